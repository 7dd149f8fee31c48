"""Checks notebooks against nbformat's schema. usage: validate.py NOTEBOOK…"""

import sys

import nbformat

for path in sys.argv[1:]:
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
