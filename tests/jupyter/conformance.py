"""Runs jupyter_kernel_test's conformance suite against an installed kernel.

usage: conformance.py KERNEL SAMPLES.json

SAMPLES.json gives the attributes of jupyter_kernel_test.KernelTests for the
kernel's language. Exits with 1 when a test fails or none ran.
"""

import json
import sys
import unittest

from jupyter_kernel_test import KernelTests


def main(kernel, samples):
    with open(samples, encoding="utf-8") as f:
        attributes = json.load(f)
    attributes["kernel_name"] = kernel
    case = type("Conformance", (KernelTests,), attributes)
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    wanted = set(attributes.pop("wanted"))
    skipped = {t.id().rsplit(".", 1)[1] for t, _ in result.skipped}
    if wanted & skipped:
        print("wanted but skipped:", sorted(wanted & skipped))
    return 0 if result.wasSuccessful() and result.testsRun > 0 and not wanted & skipped else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
