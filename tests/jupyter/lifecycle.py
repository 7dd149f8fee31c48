"""Starts, interrupts, restarts and ends a kernel as Jupyter does.

usage: lifecycle.py KERNEL CELLS.json

CELLS.json maps names to code of the kernel's language: "hello" prints hello,
"endless" runs until interrupted, "late" prints late after it has ended,
"ask" asks for input and prints it, "many" prints 10,000 lines, "big" prints
5 MB, "complete" is to be completed and "completion" one of its matches.
"offspring", where it is there, are cells that leave processes and goroutines
running, and the last does not end.
"""

import json
import os
import signal
import subprocess
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

PATIENCE = 60


def main(kernel, cells):
    with open(cells, encoding="utf-8") as f:
        code = json.load(f)
    km = KernelManager(kernel_name=kernel)
    km.start_kernel()
    kc = connect(km)
    try:
        check_outputs(kc, code)
        check_questions_while_running(km, kc, code)
        check_abort(kc, code)
        check_late(kc, code)
        check_input(kc, code)
        check_silent_parent(kc, code)
        kc = check_restart(km, kc, code)
    finally:
        kc.stop_channels()
    pid, connection = km.provisioner.process.pid, km.connection_file
    begin = time.monotonic()
    km.shutdown_kernel()
    check(time.monotonic() - begin < 4.5, "the kernel ended when asked")
    check(not alive(pid), "no process is left")
    check(not os.path.exists(connection), "no connection file is left")
    check_signals(kernel, code)
    check_orphan(kernel, code.get("offspring", []))


def connect(km):
    kc = km.client()
    kc.start_channels()
    kc.wait_for_ready(timeout=PATIENCE)
    return kc


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")
    print("ok:", what)


def run(kc, code, **options):
    """Executes code; returns the reply's content and the iopub messages."""
    msg_id = kc.execute(code, **options)
    return collect(kc, msg_id)


def collect(kc, msg_id):
    out = []
    while True:
        msg = kc.get_iopub_msg(timeout=PATIENCE)
        if msg["parent_header"].get("msg_id") != msg_id:
            continue
        out.append(msg)
        if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
            return reply_to(kc, msg_id), out


def reply_to(kc, msg_id):
    while True:
        reply = kc.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"].get("msg_id") == msg_id:
            return reply["content"]


def stdout(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == "stdout")


def check_outputs(kc, code):
    reply, out = run(kc, code["hello"])
    check(reply["status"] == "ok" and stdout(out) == "hello\n", "a cell prints")
    begin = time.monotonic()
    _, out = run(kc, code["many"])
    took = time.monotonic() - begin
    check(stdout(out).count("\n") == 10_000, f"10,000 lines arrive ({took * 1000:.0f} ms, {len(out)} messages)")
    begin = time.monotonic()
    _, out = run(kc, code["big"])
    took = time.monotonic() - begin
    check(len(stdout(out)) >= 4_900_000, f"5 MB arrive ({took * 1000:.0f} ms)")


def check_questions_while_running(km, kc, code):
    running = kc.execute(code["endless"])
    wait_busy(kc, running)
    asked = kc.complete(code["complete"])
    reply = reply_to(kc, asked)
    check(code["completion"] in reply["matches"], "completion answers while a cell runs")
    reply = reply_to(kc, kc.kernel_info())
    check(reply["language_info"]["name"] == "go", "kernel_info answers while a cell runs")
    begin = time.monotonic()
    km.interrupt_kernel()
    reply, out = collect(kc, running)
    took = time.monotonic() - begin
    check(reply["status"] == "error" and took < 2, f"interrupt stops the cell ({took * 1000:.0f} ms)")
    check(any(m["msg_type"] == "error" for m in out), "the interrupted cell shows an error")


def wait_busy(kc, msg_id):
    while True:
        msg = kc.get_iopub_msg(timeout=PATIENCE)
        if msg["parent_header"].get("msg_id") == msg_id and msg["msg_type"] == "execute_input":
            return


def check_abort(kc, code):
    first = kc.execute(code["error"])
    second = kc.execute(code["hello"])
    a, b = reply_to(kc, first), reply_to(kc, second)
    check(a["status"] == "error" and b["status"] in ("aborted", "abort"), "a failure aborts what waits behind it")
    first = kc.execute(code["error"], stop_on_error=False)
    second = kc.execute(code["hello"])
    a, b = reply_to(kc, first), reply_to(kc, second)
    check(a["status"] == "error" and b["status"] == "ok", "but not with stop_on_error off")
    drain(kc)


def drain(kc):
    while True:
        try:
            kc.get_iopub_msg(timeout=0.2)
        except Empty:
            return


def check_late(kc, code):
    msg_id = kc.execute(code["late"])
    _, out = collect(kc, msg_id)
    check("late" not in stdout(out), "the cell ends before its goroutine prints")
    while True:
        msg = kc.get_iopub_msg(timeout=PATIENCE)
        if msg["msg_type"] == "stream":
            check(msg["parent_header"]["msg_id"] == msg_id and "late" in msg["content"]["text"], "late output belongs to its own cell")
            return


def check_input(kc, code):
    if "ask" not in code:
        return
    msg_id = kc.execute(code["ask"], allow_stdin=True)
    request = kc.get_stdin_msg(timeout=PATIENCE)
    check(request["msg_type"] == "input_request" and request["parent_header"]["msg_id"] == msg_id, "input is asked for")
    kc.input("forty-two")
    reply, out = collect(kc, msg_id)
    check(reply["status"] == "ok" and "forty-two" in stdout(out), "input arrives")
    reply, _ = run(kc, code["ask"], allow_stdin=False)
    check(reply["status"] == "error", "input fails where it is not allowed")


def check_silent_parent(kc, code):
    reply, out = run(kc, code["hello"], silent=True, store_history=False)
    kinds = [m["msg_type"] for m in out]
    check(reply["status"] == "ok" and kinds == ["status", "status"], "a silent cell says nothing but its status")


def check_restart(km, kc, code):
    kc.stop_channels()
    before = km.provisioner.process.pid
    km.restart_kernel(now=False)
    kc = connect(km)
    check(km.provisioner.process.pid != before and not alive(before), "restart starts anew")
    reply, out = run(kc, code["hello"])
    check(reply["execution_count"] == 1 and stdout(out) == "hello\n", "the count starts at 1 again")
    return kc


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        return f.read().rsplit(")", 1)[1].split()[0] != "Z"


def await_end(pid, seconds, what):
    deadline = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > deadline:
            sys.exit(f"FAILED: {what}: process {pid} still lives after {seconds} s")
        time.sleep(0.02)
    print("ok:", what)


def check_signals(kernel, code):
    km = KernelManager(kernel_name=kernel)
    km.start_kernel()
    kc = connect(km)
    process = km.provisioner.process
    running = kc.execute(code["endless"])
    wait_busy(kc, running)
    process.send_signal(signal.SIGINT)
    reply, _ = collect(kc, running)
    check(reply["status"] == "error", "SIGINT interrupts the cell")
    kc.stop_channels()
    process.send_signal(signal.SIGTERM)
    check(process.wait(timeout=10) == 0, "SIGTERM ends the kernel in order")
    km.cleanup_resources()


def offspring(parent):
    """The command lines of the processes that the kernels of a parent process
    are, and have started, whoever is their parent now."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as f:
                if f"JPY_PARENT_PID={parent}".encode() not in f.read().split(b"\0"):
                    continue
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                found[int(pid)] = f.read().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return {pid: line for pid, line in found.items() if line and alive(pid)}


def await_none(parent, seconds, what):
    deadline = time.monotonic() + seconds
    while left := offspring(parent):
        if time.monotonic() > deadline:
            sys.exit(f"FAILED: {what}: after {seconds} s there are {left}")
        time.sleep(0.02)
    print("ok:", what)


def check_orphan(kernel, cells):
    """A Jupyter server that is killed leaves no kernel, and nothing that the
    kernel's cells have started."""
    child = subprocess.run(
        [sys.executable, "-c", f"""
import os, sys
sys.path.insert(0, {os.path.dirname(__file__)!r})
from jupyter_client.manager import KernelManager
from lifecycle import offspring, run, wait_busy
km = KernelManager(kernel_name={kernel!r})
km.start_kernel()
kc = km.client()
kc.start_channels()
kc.wait_for_ready(timeout={PATIENCE})
cells = {cells!r}
for cell in cells[:-1]:
    reply, _ = run(kc, cell)
    assert reply["status"] == "ok", reply
for cell in cells[-1:]:
    kc.execute(cell)
    while not any(line == cell.lstrip("!") for line in offspring(os.getpid()).values()):
        pass
print(os.getpid(), km.provisioner.process.pid, km.connection_file, len(offspring(os.getpid())), flush=True)
os.kill(os.getpid(), 9)
"""], stdout=subprocess.PIPE, text=True, check=False)
    parent, pid, connection, count = child.stdout.split()[-4:]
    check(int(count) > len(cells), f"{count} processes are the kernel's")
    await_end(int(pid), 10, "a kernel whose Jupyter was killed ends too")
    await_none(int(parent), 10, "and all that it and its cells have started")
    if os.path.exists(connection):
        os.remove(connection)  # Jupyter's own, which had no time to


if __name__ == "__main__":
    main(*sys.argv[1:])
