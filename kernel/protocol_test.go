package kernel

import (
	"slices"
	"testing"
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
