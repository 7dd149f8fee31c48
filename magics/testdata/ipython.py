"""Writes ipython.json: what IPython 8.12 prints, for the tests of this package.

Run it by hand with an IPython 8.12 (python3 ipython.py); the tests only read
the file. Times are scripted, so that the output is the same on every machine.
"""

import io
import json
import pathlib
import sys

import IPython
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magics import execution
from traitlets.config import Config

config = Config()
config.HistoryManager.hist_file = ":memory:"
shell = InteractiveShell.instance(config=config)


def capture(run):
    """Runs a function and returns what it printed, as a terminal with UTF-8."""
    raw, old = io.BytesIO(), sys.stdout
    text = sys.stdout = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
    try:
        run()
        text.flush()
    finally:
        sys.stdout = old
    return raw.getvalue().decode()


class ScriptedTimer:
    """Stands for IPython's Timer: each timing takes what the script says."""

    script, calls = [], []

    def __init__(self, timer=None):
        pass

    def timeit(self, number):
        ScriptedTimer.calls.append(number)
        i = min(len(ScriptedTimer.calls), len(ScriptedTimer.script)) - 1
        return ScriptedTimer.script[i]

    def repeat(self, repeat, number):
        return [self.timeit(number) for _ in range(repeat)]


def timeit(line, script):
    ScriptedTimer.script, ScriptedTimer.calls = script, []
    original, execution.Timer = execution.Timer, ScriptedTimer
    try:
        out = capture(lambda: shell.run_line_magic("timeit", line))
    finally:
        execution.Timer = original
    return {"line": line, "script": script, "calls": ScriptedTimer.calls, "output": out}


def time(wall, user, sys_):
    """%time with scripted clocks."""
    clocks = iter([0.0, wall])
    cpu = iter([(0.0, 0.0), (user, sys_)])
    real_time, real_clock = execution.time.time, execution.clock2
    execution.time.time, execution.clock2 = (lambda: next(clocks)), (lambda: next(cpu))
    try:
        out = capture(lambda: shell.run_line_magic("time", "None"))
    finally:
        execution.time.time, execution.clock2 = real_time, real_clock
    return {"wall": wall, "user": user, "sys": sys_, "output": out}


def names():
    """%who and %whos over a few variables."""
    shell.user_ns_hidden.update(shell.user_ns)
    values = {"alpha": 123, "beta": "test", "long": "0123456789" * 6, "lines": "a\nb", "größe": 1.5}
    values.update({"n%d" % i: i for i in range(8)})
    shell.user_ns.update(values)
    listed = [{"name": k, "type": type(v).__name__, "info": str(v)} for k, v in values.items()]
    cases = [{"line": l, "output": capture(lambda: shell.run_line_magic(*l.split(" ", 1) if " " in l else (l, "")))}
             for l in ["who", "who int", "who func", "whos", "whos str"]]
    for k in values:
        del shell.user_ns[k]
    cases.append({"line": "who", "empty": True, "output": capture(lambda: shell.run_line_magic("who", ""))})
    return {"names": listed, "cases": cases}


def history():
    """%history over a few cells; outputs as IPython keeps them."""
    cells = ["a = 1", "if a:\n\tb = 2   \n", "a + 1", "a"]
    for cell in cells:
        shell.run_cell(cell, store_history=True, silent=False)
    cases = []
    for line in ["", "-n", "-p -n", "-o", "2", "-n 2-3", "-l 2", "-g a", "-n -l 2"]:
        cases.append({"line": line, "output": capture(lambda: shell.run_line_magic("history", line))})
    return {"cells": cells, "outputs": ["", "", "2", "1"], "cases": cases}


us, ms = 1e-6, 1e-3
result = {
    "ipython": IPython.__version__,
    "history": history(),
    "timeit": [
        timeit("f()", [0.001, 0.01, 0.1, 1.0, 1.02, 0.98, 1.01, 1.0, 1.03, 0.99, 1.2]),
        timeit("f()", [1.012]),
        timeit("f()", [0.199999, 0.2]),
        timeit("f()", [1e-9 * 10 ** i for i in range(10)]),
        timeit("f()", [0.0]),
        timeit("f()", [2.0 * us] * 3 + [0.3] * 8),
        timeit("-n 3 f()", [1 * ms, 5 * ms, 1.1 * ms]),
        timeit("-n1 -r1 f()", [90061.5]),
        timeit("-n1 -r3 f()", [59.999, 60, 61.5]),
        timeit("-n1 -r3 f()", [3600, 7325.25, 86400]),
        timeit("-n 1234567 -r 2 f()", [0.5, 0.6]),
        timeit("-n10 -r2 -p 6 f()", [0.123456789, 0.2]),
        timeit("-n10 -r2 -p 1 f()", [0.123456789, 0.2]),
        timeit("-n10 -r2 -p 0 f()", [0.123456789, 0.2]),
        timeit("-q -n10 f()", [0.5]),
        timeit("-n 1 -r 2 f()", [0.9995 * ms, 0.99951 * ms]),
        timeit("-n 1 -r 4 f()", [1 * us, 4.1 * us, 1 * us, 1 * us]),
        timeit("-n 1 -r 4 f()", [0.2 * us, 0.9 * us, 0.2 * us, 0.2 * us]),
        timeit("-n 1000 -r 2 f()", [1e-3, 1e-3]),
    ],
    "time": [time(1.234567, 0.5, 0.25), time(0.0, 0.0, 0.0), time(75.2, 61, 0.0123), time(2 * ms, 4.5 * us, 999.9 * us)],
    "names": names(),
}
pathlib.Path(__file__).with_name("ipython.json").write_text(
    json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
