"""Types what the cells of a Go kernel read from standard input.

usage: stdin.py KERNEL
"""

import json
import os
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager
from lifecycle import PATIENCE, check, collect, connect, run, stdout, wait_busy


def type_into(kc, code, *lines):
    """Runs a cell, answers each of its questions with the next line; returns
    the reply's content, the iopub messages and the prompts."""
    msg_id = kc.execute(code, allow_stdin=True)
    prompts = []
    for line in lines:
        request = kc.get_stdin_msg(timeout=PATIENCE)
        check(request["parent_header"]["msg_id"] == msg_id, "the question is the cell's")
        prompts.append(request["content"]["prompt"])
        kc.input(line)
    reply, out = collect(kc, msg_id)
    return reply, out, prompts


def main(kernel):
    km = KernelManager(kernel_name=kernel)
    km.start_kernel()
    kc = connect(km)
    try:
        check_reads(kc)
        check_loops(kc)
        check_kept(kc)
        check_command(kc)
        check_interrupt(km, kc)
        check_goroutine(kc)
    finally:
        kc.stop_channels()
        km.shutdown_kernel()


def check_reads(kc):
    reply, out, prompts = type_into(kc, 'var name string; var age int\nfmt.Print("Who? ")\nn, err := fmt.Scanln(&name, &age)\nfmt.Println(n, err, name, age+1)', "Zoë 41")
    check(reply["status"] == "ok" and stdout(out) == "Who? 2 <nil> Zoë 42\n", f"fmt.Scanln reads a line: {stdout(out)!r}")
    check(prompts == [""], "the program's own prompt is enough")
    _, out, _ = type_into(kc, 'fmt.Scan(&age)\nfmt.Println(age)', "", "", "7")
    check(stdout(out) == "7\n", "fmt.Scan goes on over empty lines")


LOOP = '''func total(r io.Reader) (sum int) {
	for s := bufio.NewScanner(r); s.Scan(); {
		n, _ := strconv.Atoi(s.Text())
		sum += n
	}
	return sum
}'''


def check_loops(kc):
    run(kc, LOOP)
    for end in ("\x04", "^D"):
        _, out, prompts = type_into(kc, "fmt.Println(total(os.Stdin))", "1", "20", "300", end)
        check(stdout(out) == "321\n", f"a scanner reads until {end!r}: {stdout(out)!r}")
        check("^D" in prompts[1], "the second question tells how to end")
    reply, out = run(kc, "fmt.Println(total(os.Stdin))", allow_stdin=False)
    check(stdout(out) == "0\n" and reply["status"] == "ok", "standard input is empty where nobody answers")
    notes = "".join(m["content"]["text"] for m in out if m["msg_type"] == "stream" and m["content"]["name"] == "stderr")
    check(notes.count("nobody to ask") == 1, f"a note says so: {notes!r}")


def check_kept(kc):
    run(kc, "in := bufio.NewReader(os.Stdin)")
    for word in ("first", "second"):
        _, out, _ = type_into(kc, 'line, err := in.ReadString(\'\\n\')\nfmt.Printf("%q %v\\n", line, err)', word)
        check(stdout(out) == f'"{word}\\n" <nil>\n', f"a reader is kept over cells: {stdout(out)!r}")


def check_command(kc):
    _, out, _ = type_into(kc, 'c := exec.Command("head", "-n1")\nc.Stdin = os.Stdin\nb, err := c.Output()\nfmt.Printf("%q %v\\n", b, err)', "for a command")
    check(stdout(out) == '"for a command\\n" <nil>\n', f"a command reads: {stdout(out)!r}")


def check_interrupt(km, kc):
    msg_id = kc.execute('fmt.Scanln(&name)\nfmt.Println("went on")', allow_stdin=True)
    kc.get_stdin_msg(timeout=PATIENCE)
    begin = time.monotonic()
    km.interrupt_kernel()
    reply, out = collect(kc, msg_id)
    took = time.monotonic() - begin
    check(reply["status"] == "error" and reply["ename"] == "Interrupt" and stdout(out) == "", f"a question is interrupted: {reply.get('ename')} {stdout(out)!r}")
    check(took < 1, f"at once ({took * 1000:.0f} ms)")
    notes = "".join(m["content"]["text"] for m in out if m["msg_type"] == "stream")
    check(notes == "", f"nothing is left behind: {notes!r}")
    _, out, _ = type_into(kc, "fmt.Scanln(&name)\nfmt.Println(name)", "again")
    check(stdout(out) == "again\n", f"the next cell reads: {stdout(out)!r}")


def check_goroutine(kc):
    """A busy program reads, and a goroutine that does not matter is asked for
    only as long as its cell runs."""
    code = '''lines := make(chan string)
stop := make(chan bool)
go func() {
	for n := 0; ; n++ {
		select {
		case <-stop:
			return
		default:
		}
	}
}()
go func() {
	s := bufio.NewScanner(os.Stdin)
	s.Scan()
	lines <- s.Text()
}()
fmt.Println(<-lines)
close(stop)'''
    _, out, _ = type_into(kc, code, "while others compute")
    check(stdout(out) == "while others compute\n", f"a busy program reads: {stdout(out)!r}")
    with tempfile.TemporaryDirectory() as folder:
        asked = os.path.join(folder, "asked")
        msg_id = kc.execute(f"""go fmt.Scanln(&name)
for {{
	if _, err := os.Stat({json.dumps(asked)}); err == nil {{
		break
	}}
	time.Sleep(10 * time.Millisecond)
}}""", allow_stdin=True)
        kc.get_stdin_msg(timeout=PATIENCE)
        with open(asked, "w", encoding="utf-8"):
            pass
        reply, _ = collect(kc, msg_id)
    check(reply["status"] == "ok", "a cell ends though a goroutine of it waits for input")
    reply, out = run(kc, 'fmt.Println("and the next runs")')
    check(reply["status"] == "ok" and stdout(out) == "and the next runs\n", "the next cell runs")


if __name__ == "__main__":
    main(sys.argv[1])
