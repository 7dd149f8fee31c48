"""Lets a cell of a Go kernel that was installed with a memory limit take
memory without end.

usage: memory.py KERNEL LIMIT

LIMIT is what `goblaze install --memory-limit` was given, as messages write it.
"""

import sys

from jupyter_client.manager import KernelManager
from lifecycle import check, connect, run, stdout


def main(kernel, limit):
    km = KernelManager(kernel_name=kernel)
    km.start_kernel()
    kc = connect(km)
    try:
        check(limit.replace(" ", "") in km.kernel_spec.argv, f"kernel.json holds the limit: {km.kernel_spec.argv}")
        reply, _ = run(kc, "func double(n int) int { return 2 * n }")
        check(reply["status"] == "ok", "a function is declared")
        for round in range(2):  # the second time in the session that the first one left
            check_runaway(kc, limit)
            _, out = run(kc, "fmt.Println(double(21))")
            check(stdout(out) == "42\n", "what was declared lives on")
    finally:
        kc.stop_channels()
        km.shutdown_kernel()


def check_runaway(kc, limit):
    reply, out = run(kc, "var kept [][]byte\nfor {\n\tkept = append(kept, bytes.Repeat([]byte{1}, 1<<20))\n}", stop_on_error=False)
    error = [m["content"] for m in out if m["msg_type"] == "error"]
    check(reply["status"] == "error" and len(error) == 1, "the cell that takes memory without end fails")
    words = f"out of memory: the limit is {limit} (the session used "
    check(words in error[0]["evalue"], f"and says why: {error[0]['evalue']!r}")
    # Where memory grows faster than it is looked at the engine goes, perhaps without a word of where.
    traceback = "\n".join(error[0]["traceback"])
    check(", line 3" in traceback or "engine process ended" in traceback, f"and where: {traceback!r}")
    run(kc, "kept = nil", stop_on_error=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
