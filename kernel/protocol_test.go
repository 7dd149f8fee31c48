package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"

	"github.com/goblaze/goblaze/display"
)

func TestKernelInfo(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for _, c := range []*channel{r.shell, r.ctrl} {
		got := c.reply(c.request("kernel_info_request", map[string]any{}))
		language := got.content["language_info"].(map[string]any)
		if got.header.MsgType != "kernel_info_reply" || got.content["protocol_version"] != ProtocolVersion ||
			language["name"] != "go" || language["mimetype"] != "text/x-go" || language["file_extension"] != ".go" {
			t.Errorf("kernel_info: %v", got)
		}
	}
}

func TestWithoutKey(t *testing.T) {
	r := serve(t, &scripted{}, "")
	if got := r.shell.reply(r.execute("print x")); got.content["status"] != "ok" {
		t.Errorf("reply %v", got)
	}
}

func TestExecuteOrder(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	id := r.execute("print hello")
	out := r.outputs(id)
	if want := []string{"busy", "execute_input", "stream", "idle"}; !slices.Equal(kinds(out), want) {
		t.Errorf("iopub: %v, want %v", kinds(out), want)
	}
	if got := text(out, "stdout"); got != "hello\n" {
		t.Errorf("stdout %q", got)
	}
	reply := r.shell.reply(id)
	if reply.content["status"] != "ok" || reply.content["execution_count"] != 1.0 {
		t.Errorf("reply %v", reply.content)
	}
}

func TestExecutionCount(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for i, c := range []struct {
		content map[string]any
		count   float64
		kinds   []string
	}{
		{map[string]any{"code": "value 1"}, 1, []string{"busy", "execute_input", "execute_result", "idle"}},
		{map[string]any{"code": "value 1", "store_history": false}, 1, []string{"busy", "execute_input", "execute_result", "idle"}},
		{map[string]any{"code": "value 1", "silent": true}, 1, []string{"busy", "idle"}},
		{map[string]any{"code": " \n"}, 1, []string{"busy", "execute_input", "idle"}},
		{map[string]any{"code": "value 1"}, 2, []string{"busy", "execute_input", "execute_result", "idle"}},
		{map[string]any{"code": "fail x", "store_history": false}, 2, []string{"busy", "execute_input", "error", "idle"}},
		{map[string]any{"code": "fail x", "silent": true}, 2, []string{"busy", "idle"}},
	} {
		id := r.shell.request("execute_request", c.content)
		if got := kinds(r.outputs(id)); !slices.Equal(got, c.kinds) {
			t.Errorf("%d: %v, want %v", i, got, c.kinds)
		}
		if got := r.shell.reply(id).content["execution_count"]; got != c.count {
			t.Errorf("%d: count %v, want %v", i, got, c.count)
		}
	}
}

func TestErrors(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	for code, name := range map[string]string{"fail badly": "Failure", "panic oh": "KernelError"} {
		id := r.execute(code)
		out := r.outputs(id)
		if want := []string{"busy", "execute_input", "error", "idle"}; !slices.Equal(kinds(out), want) {
			t.Errorf("%s: iopub %v, want %v", code, kinds(out), want)
			continue
		}
		reply := r.shell.reply(id).content
		shown := out[2].content
		if reply["status"] != "error" || reply["ename"] != name || shown["ename"] != name || len(shown["traceback"].([]any)) == 0 {
			t.Errorf("%s: %v %v", code, reply, shown)
		}
	}
}

// TestLongErrorsAreCut checks that an error of megabytes arrives, cut in words,
// at whole characters.
func TestLongErrorsAreCut(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	id := r.execute("fail " + strings.Repeat("世", 3<<20) + "end")
	for _, c := range []map[string]any{r.outputs(id)[2].content, r.shell.reply(id).content} {
		value, _ := c["evalue"].(string)
		line, _ := c["traceback"].([]any)[0].(string)
		for _, s := range []string{value, line} {
			if len(s) > 70_000 || !strings.Contains(s, "bytes left out) … ") || !strings.HasSuffix(s, "世end") || strings.Contains(s, "\ufffd") {
				t.Errorf("%d bytes: %.40q … %q", len(s), s, s[max(0, len(s)-40):])
			}
		}
	}
}

func TestUsage(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	ask := func() map[string]any { return r.ctrl.reply(r.ctrl.request("usage_request", map[string]any{})).content }
	first := ask()
	if first["pid"] != float64(os.Getpid()) || first["cpu_count"] != float64(runtime.NumCPU()) {
		t.Errorf("usage: %v", first)
	}
	if runtime.GOOS != "linux" {
		return
	}
	if memory, _ := first["kernel_memory"].(float64); memory < 1<<20 || first["kernel_cpu"] != 0.0 {
		t.Errorf("usage: %v", first)
	}
	host, _ := first["host_virtual_memory"].(map[string]any)
	if total, _ := host["total"].(float64); total < 1<<20 {
		t.Errorf("the machine's memory: %v", host)
	}
	if cpu, ok := ask()["kernel_cpu"].(float64); !ok || cpu < 0 {
		t.Errorf("the second answer's kernel_cpu: %v", cpu)
	}
}

func TestStopOnErrorAborts(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	ids := []string{r.execute("fail x"), r.execute("print no"), r.execute("print no")}
	for i, status := range []string{"error", "aborted", "aborted"} {
		if got := text(r.outputs(ids[i]), "stdout"); got != "" {
			t.Errorf("an aborted cell printed %q", got)
		}
		if got := r.shell.reply(ids[i]).content["status"]; got != status {
			t.Errorf("request %d: status %v, want %v", i, got, status)
		}
	}
	if got := r.shell.reply(r.execute("print yes")).content; got["status"] != "ok" || got["execution_count"] != 2.0 {
		t.Errorf("sent after the reply: %v", got)
	}
}

func TestNoAbortWithoutStopOnError(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	r.shell.request("execute_request", map[string]any{"code": "fail x", "stop_on_error": false})
	if got := r.shell.reply(r.execute("print yes")).content["status"]; got != "ok" {
		t.Errorf("status %v", got)
	}
}

// While a cell runs, questions are answered, and the front end is told again
// that the kernel is busy.
func TestQuestionsWhileRunning(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	running := r.execute("wait")
	r.iopub.until(func(m received) bool { return m.header.MsgType == "execute_input" })
	for msgType, content := range map[string]map[string]any{
		"complete_request":    {"code": "é", "cursor_pos": 1},
		"inspect_request":     {"code": "x", "cursor_pos": 1, "detail_level": 0},
		"is_complete_request": {"code": "f {"},
		"history_request":     {"hist_access_type": "tail", "n": 5, "output": false, "raw": true},
		"comm_info_request":   {},
		"kernel_info_request": {},
		"connect_request":     {},
	} {
		id := r.shell.request(msgType, content)
		reply := r.shell.reply(id)
		if want := strings.Replace(msgType, "request", "reply", 1); reply.header.MsgType != want || reply.content["status"] == "error" {
			t.Errorf("%s: %v", msgType, reply)
		}
		if got := kinds(r.outputs(id)); !slices.Equal(got, []string{"busy", "idle"}) {
			t.Errorf("%s: iopub %v", msgType, got)
		}
		again := r.iopub.until(func(received) bool { return true })[0]
		if again.parent.MsgID != running || again.content["execution_state"] != "busy" {
			t.Errorf("%s: after its idle comes %v, want busy for the cell", msgType, again)
		}
	}
	r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
	if got := r.shell.reply(running).content; got["ename"] != "Interrupt" {
		t.Errorf("the cell ended with %v", got)
	}
}

func TestAnswers(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	got := r.shell.reply(r.shell.request("complete_request", map[string]any{"code": "éa", "cursor_pos": 1})).content
	if got["cursor_start"] != 0.0 || got["cursor_end"] != 1.0 || got["matches"].([]any)[0] != "éa!" {
		t.Errorf("complete: %v", got)
	}
	got = r.shell.reply(r.shell.request("inspect_request", map[string]any{"code": ""})).content
	if got["found"] != false || got["status"] != "ok" {
		t.Errorf("inspect: %v", got)
	}
	got = r.shell.reply(r.shell.request("inspect_request", map[string]any{"code": "boom"})).content
	if got["status"] != "error" {
		t.Errorf("inspect that panics: %v", got)
	}
	got = r.shell.reply(r.shell.request("is_complete_request", map[string]any{"code": "if {"})).content
	if got["status"] != "incomplete" || got["indent"] != "\t" {
		t.Errorf("is_complete: %v", got)
	}
	got = r.ctrl.reply(r.ctrl.request("debug_request", map[string]any{"type": "request", "seq": 7, "command": "attach"})).content
	if got["success"] != false || got["request_seq"] != 7.0 {
		t.Errorf("debug: %v", got)
	}
	id := r.shell.request("comm_open", map[string]any{"comm_id": "c1", "target_name": "widget", "data": map[string]any{}})
	out := r.outputs(id)
	if !slices.Equal(kinds(out), []string{"busy", "comm_close", "idle"}) || out[1].content["comm_id"] != "c1" {
		t.Errorf("comm_open: %v", out)
	}
}

func TestHistory(t *testing.T) {
	h := newHistory()
	for i, code := range []string{"a/b", "x := 1", "x := 1", "y"} {
		h.add(i+1, code)
	}
	for name, c := range map[string]struct {
		req  HistoryRequest
		want []int
	}{
		"tail":   {HistoryRequest{AccessType: "tail", N: 2}, []int{3, 4}},
		"range":  {HistoryRequest{AccessType: "range", Start: 2, Stop: 4}, []int{2, 3}},
		"end":    {HistoryRequest{AccessType: "range", Start: -3, Stop: -1}, []int{2, 3}},
		"search": {HistoryRequest{AccessType: "search", Pattern: "a*b"}, []int{1}},
		"unique": {HistoryRequest{AccessType: "search", Pattern: "x*", Unique: true}, []int{3}},
		"n":      {HistoryRequest{AccessType: "search", N: 1}, []int{4}},
		"bad":    {HistoryRequest{AccessType: "search", Pattern: "["}, nil},
	} {
		var lines []int
		for _, e := range h.History(c.req) {
			lines = append(lines, e.Line)
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: %v, want %v", name, lines, c.want)
		}
	}
}

// The control channel takes the requests of the shell channel; a reply says
// when its cell was begun, and has the fields that ipykernel's has.
func TestCellsOnControl(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	id := r.ctrl.request("execute_request", map[string]any{"code": "fail x"})
	reply := r.ctrl.reply(id)
	_, err := time.Parse(time.RFC3339Nano, fmt.Sprint(reply.metadata["started"]))
	if reply.content["status"] != "error" || reply.content["payload"] == nil || reply.content["user_expressions"] == nil || err != nil {
		t.Errorf("reply %v, metadata %v", reply.content, reply.metadata)
	}
	if got := kinds(r.outputs(id)); !slices.Equal(got, []string{"busy", "execute_input", "error", "idle"}) {
		t.Errorf("iopub: %v", got)
	}
	got := r.ctrl.reply(r.ctrl.request("complete_request", map[string]any{"code": "a"})).content
	if got["matches"].([]any)[0] != "a!" {
		t.Errorf("complete: %v", got)
	}
	got = r.ctrl.reply(r.ctrl.request("history_request", map[string]any{"hist_access_type": "tail", "n": 1, "output": true})).content
	if want := `[[1 1 [fail x <nil>]]]`; fmt.Sprint(got["history"]) != want {
		t.Errorf("history %v, want %s", got["history"], want)
	}
}

// Where a lane is full the control channel refuses and goes on.
func TestControlNeverWaits(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	r.execute("wait")
	r.iopub.until(func(m received) bool { return m.header.MsgType == "execute_input" })
	for range maxWaiting {
		r.ctrl.request("execute_request", map[string]any{"code": "print x"})
	}
	refused := r.ctrl.reply(r.ctrl.request("execute_request", map[string]any{"code": "print x"}))
	if refused.header.MsgType != "execute_reply" || refused.content["ename"] != "Refused" {
		t.Errorf("request beyond the limit: %v", refused)
	}
	r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
}

// Ten thousand lines are joined into few messages, nothing is lost, and it is
// quick.
func TestManyLines(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	start := time.Now()
	out := r.outputs(r.execute("lines"))
	took := time.Since(start)
	if got := strings.Count(text(out, "stdout"), "a line of output\n"); got != 10_000 {
		t.Errorf("%d lines arrived", got)
	}
	if len(out) > 200 {
		t.Errorf("%d messages", len(out))
	}
	t.Logf("10,000 lines in %v, %d messages", took, len(out))
}

type call = func(ctx context.Context, arg string, req ExecuteRequest, out Output) ExecuteReply

func TestDisplayForms(t *testing.T) {
	exec := &scripted{commands: map[string]call{
		"all": func(_ context.Context, _ string, _ ExecuteRequest, out Output) ExecuteReply {
			out.Display(display.Bundle{ID: "d1", Data: map[string]any{
				"text/plain": "caf\xc3\xa9 \xff", "image/png": []byte{0, 255}, "image/svg+xml": []byte("<svg/>"),
				"application/json": map[string]any{"a": 1}, "application/x+json": []byte(`[1]`),
				"application/bad+json": func() {}, "application/worse+json": []byte("{"),
			}, Metadata: map[string]any{"image/png": map[string]any{"width": 3}}})
			out.Display(display.Bundle{ID: "d1", Update: true, Data: map[string]any{"text/plain": "new"}})
			out.Clear(true)
			out.Result(display.Text("<&>"))
			return ExecuteReply{}
		},
	}}
	r := serve(t, exec, "secret")
	out := r.outputs(r.execute("all"))
	want := []string{"busy", "execute_input", "display_data", "update_display_data", "clear_output", "execute_result", "idle"}
	if !slices.Equal(kinds(out), want) {
		t.Fatalf("iopub %v, want %v", kinds(out), want)
	}
	shown, err := json.Marshal(out[2].content)
	if err != nil {
		t.Fatal(err)
	}
	wantShown := `{"data":{"application/json":{"a":1},"application/x+json":[1],"image/png":"AP8=","image/svg+xml":"\u003csvg/\u003e",` +
		`"text/plain":"café ` + "\ufffd" + `"},"metadata":{"image/png":{"width":3}},"transient":{"display_id":"d1"}}`
	if string(shown) != wantShown {
		t.Errorf("display_data:\n%s\nwant\n%s", shown, wantShown)
	}
	if id := out[3].content["transient"].(map[string]any)["display_id"]; id != "d1" {
		t.Errorf("update: %v", out[3].content)
	}
	if out[4].content["wait"] != true || out[5].content["execution_count"] != 1.0 {
		t.Errorf("%v %v", out[4].content, out[5].content)
	}
	r.log.waitFor(t, "application/worse+json left out")
}

func TestUserExpressions(t *testing.T) {
	exec := &scripted{commands: map[string]call{
		"give": func(_ context.Context, _ string, req ExecuteRequest, _ Output) ExecuteReply {
			return ExecuteReply{Expressions: map[string]any{
				"good": display.Text(req.Expressions["good"]), "bad": &CellError{Name: "E", Value: "v"}, "raw": map[string]any{"status": "ok"},
			}}
		},
	}}
	r := serve(t, exec, "secret")
	id := r.shell.request("execute_request", map[string]any{"code": "give", "user_expressions": map[string]string{"good": "1+1"}})
	got, err := json.Marshal(r.shell.reply(id).content["user_expressions"])
	want := `{"bad":{"ename":"E","evalue":"v","status":"error","traceback":["E: v"]},` +
		`"good":{"data":{"text/plain":"1+1"},"metadata":{},"status":"ok"},"raw":{"status":"ok"}}`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// Output of a goroutine that outlives its cell keeps the cell as its parent.
func TestLateOutput(t *testing.T) {
	release := make(chan struct{})
	written := make(chan struct{})
	exec := &scripted{commands: map[string]call{
		"start": func(_ context.Context, _ string, _ ExecuteRequest, out Output) ExecuteReply {
			go func() {
				defer close(written)
				<-release
				out.Stream("stdout", "late")
			}()
			return ExecuteReply{}
		},
	}}
	r := serve(t, exec, "secret")
	first := r.execute("start")
	r.outputs(first)
	r.outputs(r.execute("print other"))
	close(release)
	got := r.iopub.until(func(m received) bool { return m.header.MsgType == "stream" })
	if last := got[len(got)-1]; last.parent.MsgID != first || last.content["text"] != "late" {
		t.Errorf("late output: %v", last)
	}
	<-written
}

// A character that arrives in pieces is shown whole; what never becomes one
// is shown at the end.
func TestSplitCharacters(t *testing.T) {
	exec := &scripted{commands: map[string]call{
		"split": func(_ context.Context, _ string, _ ExecuteRequest, out Output) ExecuteReply {
			for _, b := range []byte("é世🔥") {
				out.Stream("stdout", string([]byte{b}))
				out.Stream("stderr", "e") // between, so that nothing is joined
			}
			out.Stream("stdout", "\xf0\x9f")
			return ExecuteReply{}
		},
	}}
	r := serve(t, exec, "secret")
	if got := text(r.outputs(r.execute("split")), "stdout"); got != "é世🔥\ufffd" && got != "é世🔥\ufffd\ufffd" {
		t.Errorf("stdout %q", got)
	}
}

func TestInput(t *testing.T) {
	exec := &scripted{commands: map[string]call{
		"ask": func(ctx context.Context, prompt string, _ ExecuteRequest, out Output) ExecuteReply {
			line, err := out.(Inputter).Input(ctx, prompt, true)
			if err != nil {
				return ExecuteReply{Err: &CellError{Name: "Input", Value: err.Error()}}
			}
			out.Stream("stdout", line)
			return ExecuteReply{}
		},
	}}
	r := serve(t, exec, "secret")
	id := r.execute("ask name?")
	asked := r.stdin.until(func(m received) bool { return m.header.MsgType == "input_request" })[0]
	if asked.parent.MsgID != id || asked.content["prompt"] != "name?" || asked.content["password"] != true {
		t.Errorf("asked %v", asked)
	}
	r.stdin.request("input_reply", map[string]any{"value": "Ada"})
	if got := text(r.outputs(id), "stdout"); got != "Ada" {
		t.Errorf("stdout %q", got)
	}
	id = r.execute("ask again?")
	r.stdin.until(func(m received) bool { return m.header.MsgType == "input_request" })
	r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
	if got := r.shell.reply(id).content["evalue"]; got != ErrInputInterrupted.Error() {
		t.Errorf("interrupted: %v", got)
	}
	id = r.shell.request("execute_request", map[string]any{"code": "ask no", "allow_stdin": false})
	if got := r.shell.reply(id).content["evalue"]; got != ErrNoInput.Error() {
		t.Errorf("not allowed: %v", got)
	}
}

func TestShutdown(t *testing.T) {
	for _, channelName := range []string{"control", "shell"} {
		r := serve(t, &scripted{}, "secret")
		r.execute("wait")
		r.iopub.until(func(m received) bool { return m.header.MsgType == "execute_input" })
		c := r.ctrl
		if channelName == "shell" {
			c = r.shell
		}
		got := c.reply(c.request("shutdown_request", map[string]any{"restart": true}))
		if got.header.MsgType != "shutdown_reply" || got.content["restart"] != true {
			t.Errorf("%s: %v", channelName, got)
		}
		select {
		case err := <-r.served:
			if err != nil {
				t.Errorf("%s: Serve: %v", channelName, err)
			}
			r.served <- nil
		case <-time.After(patience):
			t.Fatalf("%s: the kernel did not end", channelName)
		}
	}
}

// An executor that does not stop does not hold the process.
func TestShutdownAbandons(t *testing.T) {
	s := stubborn{make(chan struct{})}
	server, err := Listen(ConnectionInfo{}, s, Options{Grace: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx) }()
	r := &rig{t: t, server: server, wire: newWire("", hashes["hmac-sha256"])}
	r.connect()
	r.execute("any")
	r.iopub.until(func(m received) bool { return m.header.MsgType == "execute_input" })
	cancel()
	if err := <-served; err != ErrStillRunning {
		t.Errorf("Serve: %v", err)
	}
	close(s.release)
	for _, c := range []*channel{r.shell, r.ctrl, r.stdin, r.iopub} {
		c.close()
	}
}

func TestConnectionFile(t *testing.T) {
	folder := t.TempDir()
	for content, word := range map[string]string{
		`{`:                             "unexpected end",
		`{"transport":"udp"}`:           "tcp or ipc",
		`{"signature_scheme":"hmac-x"}`: "hmac-sha256",
		`{"shell_port":70000}`:          "70000 is not a port",
		`{"transport":"ipc"}`:           "needs a path",
	} {
		path := filepath.Join(folder, "c.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadConnectionFile(path); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v, want %q", content, err, word)
		}
	}
	if _, err := ReadConnectionFile(filepath.Join(folder, "none")); err == nil {
		t.Error("a file that is not there was read")
	}
}

// Run chooses free ports and writes them into the file; over ipc it leaves no
// socket file.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "c.json")
	if err := os.WriteFile(path, []byte(`{"key":"k"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, path, &scripted{}, Options{}) }()
	for {
		info, err := ReadConnectionFile(path)
		if err == nil && info.ShellPort != 0 {
			break
		}
		select {
		case err := <-done:
			t.Fatal(err)
		case <-time.After(time.Millisecond):
		}
	}
	cancel()
	if err := <-done; err != context.Canceled {
		t.Errorf("Run: %v", err)
	}
	if w := newWire("k", hashes["hmac-sha512"]); len(w.sign(nil)) != 128 {
		t.Errorf("signature by hmac-sha512: %s", w.sign(nil))
	}
	server, err := Listen(ConnectionInfo{Transport: "ipc", IP: filepath.Join(folder, "k"), ShellPort: 1, ControlPort: 2, StdinPort: 3, IOPubPort: 4, HBPort: 5}, &scripted{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := filepath.Glob(filepath.Join(folder, "k-*")); len(found) != 5 {
		t.Errorf("socket files: %v", found)
	}
	server.Close()
	if found, _ := filepath.Glob(filepath.Join(folder, "k-*")); len(found) != 0 {
		t.Errorf("socket files left: %v", found)
	}
}

// plain hides all interfaces of an executor but Executor.
type plain struct{ Executor }

// An executor that implements Executor alone is served too: interrupt ends
// its context, questions get empty answers.
func TestPlainExecutor(t *testing.T) {
	r := serve(t, plain{&scripted{}}, "secret")
	id := r.execute("wait")
	r.iopub.until(func(m received) bool { return m.header.MsgType == "execute_input" })
	for msgType, want := range map[string]string{
		"complete_request":    `{"cursor_end":1,"cursor_start":1,"matches":[],"metadata":{"_jupyter_types_experimental":[]},"status":"ok"}`,
		"inspect_request":     `{"data":{},"found":false,"metadata":{},"status":"ok"}`,
		"is_complete_request": `{"status":"unknown"}`,
		"history_request":     `{"history":[[1,1,"wait"]],"status":"ok"}`,
	} {
		got, err := json.Marshal(r.shell.reply(r.shell.request(msgType, map[string]any{"code": "x", "hist_access_type": "tail"})).content)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s %v, want %s", msgType, got, err, want)
		}
	}
	r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
	if got := r.shell.reply(id).content["evalue"]; got != "cancelled" {
		t.Errorf("the cell ended with %v", got)
	}
}

// slow is an executor that needs a while before it listens to Interrupt.
type slow struct {
	*scripted
	entered, interrupted chan struct{}
}

func (s slow) Execute(ctx context.Context, req ExecuteRequest, out Output) ExecuteReply {
	s.entered <- struct{}{}
	<-s.interrupted
	return s.scripted.Execute(ctx, req, out)
}

// A cell that the front end sees as busy can be interrupted, though it may not
// have come to the executor yet: no interrupt is lost between the two.
func TestInterruptRightAfterBusy(t *testing.T) {
	x := slow{&scripted{}, make(chan struct{}), make(chan struct{})}
	r := serve(t, x, "secret")
	id := r.execute("wait")
	<-x.entered
	r.ctrl.reply(r.ctrl.request("interrupt_request", map[string]any{}))
	x.interrupted <- struct{}{}
	if got := r.shell.reply(id).content; got["ename"] != "Interrupt" {
		t.Fatalf("the cell ended with %v", got)
	}
}

// The heartbeat returns what it is sent.
func TestHeartbeat(t *testing.T) {
	r := serve(t, &scripted{}, "secret")
	c, err := zmq4.Open(rawDial(t, r.server.Info().HBPort), null.Security(), zmq4.Req, nil, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, beat := range []string{"ping", ""} {
		if err := c.SendMsg(zmq4.NewMsgFrom(nil, []byte(beat))); err != nil {
			t.Fatal(err)
		}
		got, err := c.RecvMsg()
		if err != nil || len(got.Frames) != 2 || string(got.Frames[1]) != beat {
			t.Errorf("heartbeat: %v %v", got, err)
		}
	}
}
