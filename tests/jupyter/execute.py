"""Executes a notebook through nbclient, as `jupyter execute` does.

usage: execute.py KERNEL IN.ipynb OUT.ipynb [--allow-errors]

Validates the result and prints nothing when all is well.
"""

import sys

import nbformat
from nbclient import NotebookClient


def main(kernel, source, target, *flags):
    nb = nbformat.read(source, as_version=4)
    client = NotebookClient(nb, timeout=300, kernel_name=kernel, allow_errors="--allow-errors" in flags)
    try:
        client.execute()
    finally:
        nbformat.write(nb, target)
    nbformat.validate(nbformat.read(target, as_version=4))


if __name__ == "__main__":
    main(*sys.argv[1:])
