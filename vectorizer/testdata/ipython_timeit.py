"""Writes timeit.golden: what IPython's TimeitResult prints for many values.

    python3 ipython_timeit.py > timeit.golden     # made with IPython 8.12.3

Each line: loops, precision, runs in seconds (repr, blank separated), average,
deviation (repr), words; separated by tabs.
"""
import math
import random
import sys

from IPython.core.magics.execution import TimeitResult

random.seed(812)


def case(loops, runs, precision=3):
    per = [r / loops for r in runs]
    t = TimeitResult(loops, len(runs), min(per), max(per), runs, 0, precision)
    return [str(loops), str(precision), " ".join(map(repr, runs)), repr(t.average), repr(t.stdev), str(t)]


cases = [
    case(1, [1.01]), case(1, [0.0]), case(1, [0.0] * 7), case(10, [60.0] * 3), case(1, [60.0]), case(1, [59.9999]),
    case(1, [61.5, 3600.0]), case(1, [86400.0]), case(1, [90061.7]), case(1, [3600.4, 3601.2]), case(1, [7322.0]),
    case(1, [0.9996]), case(1, [0.99949]), case(1, [999.6e-6]), case(1, [999.6e-9]), case(1, [9.9996e-10]),
    case(1, [1e-12]), case(1000000, [1e-3] * 7), case(10000000, [0.3] * 7), case(1, [0.1, 0.2, 0.3], 1),
    case(1, [0.1, 0.2, 0.35], 6), case(1, [123.456], 2), case(1, [12.3456789], 0), case(1, [5e-324]),
    case(1, [1.0]), case(1, [10.0]), case(1, [100.0]), case(1, [999.5e-3]), case(1000, [1234.5])
]
for k in range(-15, 6):
    for x in (1, 1 - 2**-53, 1 + 2**-52, 1 - 2**-51, 9.995, 9.9949, 5, 99.95, 999.5):
        cases.append(case(1, [x * 10**k]))
        cases.append(case(1, [float("%ge%d" % (x, k))] * 2))
for _ in range(400):
    scale = 10 ** random.uniform(-10, 5)
    runs = [scale * random.uniform(0.5, 1.5) for _ in range(random.randint(1, 9))]
    cases.append(case(10 ** random.randint(0, 8), runs, random.choice([3, 3, 3, 1, 2, 5, 9])))
sys.stdout.reconfigure(encoding="utf-8")
for c in cases:
    print("\t".join(c))
