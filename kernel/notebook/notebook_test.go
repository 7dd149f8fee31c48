package notebook

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

const small = `{
 "cells": [
  {
   "attachments": {
    "a.png": {
     "image/png": "QUJD"
    }
   },
   "cell_type": "markdown",
   "id": "m1",
   "metadata": {
    "x": [
     1,
     2.50
    ]
   },
   "source": [
    "# A <title>\n",
    "\n",
    "![pic](attachment:a.png) | a\n"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "c1",
   "metadata": {
    "tags": [
     "raises-exception"
    ]
   },
   "outputs": [],
   "source": [
    "x := 1 // é"
   ]
  }
 ],
 "custom": 12345678901234567890,
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`

func parse(t *testing.T, data string) *Document {
	t.Helper()
	d, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestUnchangedStaysUnchanged(t *testing.T) {
	out, err := parse(t, small).Encode()
	if err != nil || string(out) != small {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestMissingIDs(t *testing.T) {
	d := parse(t, `{"nbformat":4,"nbformat_minor":5,"cells":[{"cell_type":"code","id":"a"},{"cell_type":"code","id":"a"},{"cell_type":"code"}]}`)
	if _, err := d.Encode(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range d.Cells() {
		if c.ID() == "" || seen[c.ID()] {
			t.Errorf("id %q is empty or not unique", c.ID())
		}
		seen[c.ID()] = true
	}
	if d.Cells()[0].ID() != "a" {
		t.Error("the first id changed")
	}
	old := parse(t, `{"nbformat":4,"nbformat_minor":4,"cells":[{"cell_type":"code"}]}`)
	if out, err := old.Encode(); err != nil || strings.Contains(string(out), `"id"`) {
		t.Errorf("minor 4 has ids: %v %s", err, out)
	}
}

func TestOutputsRoundTrip(t *testing.T) {
	d := parse(t, small)
	c := d.Cells()[1]
	outputs := []Output{
		{Type: "stream", Name: "stdout", Text: "one\ntwo"},
		{Type: "display_data", Data: map[string]any{"text/html": "<b>\n</b>", "image/png": "QUJD", "application/json": []any{json.Number("1")}}, Metadata: map[string]any{}},
		{Type: "execute_result", Data: map[string]any{"text/plain": "2"}, Metadata: map[string]any{}, Count: 7},
		{Type: "error", ErrName: "panic", ErrValue: "x", Traceback: []string{"a", "b"}},
	}
	c.SetExecuted(7, outputs)
	if got := c.Outputs(); !reflect.DeepEqual(got, outputs) {
		t.Errorf("before encoding: %+v", got)
	}
	data, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again := parse(t, string(data)).Cells()[1]
	if got := again.Outputs(); !reflect.DeepEqual(got, outputs) || again.Count() != "7" || !again.HasTag("raises-exception") {
		t.Errorf("after: %+v", got)
	}
}

func TestOverwrite(t *testing.T) {
	for in, want := range map[string]string{
		"plain\n": "plain\n", "10%\r20%\r100%\n": "100%\n", "abc\rx\n": "xbc\n", "a\r\nb\r\n": "a\nb\n", "\r": "",
	} {
		if got := overwrite(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestANSI(t *testing.T) {
	for in, want := range map[string]string{
		"a<b":                                "a&lt;b",
		"\x1b[31mred\x1b[0m":                 `<span class="a31">red</span>`,
		"\x1b[1;32mx\x1b[39my\x1b[m":         `<span class="a1 a32">x</span><span class="a1">y</span>`,
		"\x1b[38;5;200mx\x1b[48;2;1;2;3my":   "xy",
		"\x1b[2Kz\x1b]8;;http://x\x1b\\link": "zlink",
	} {
		if got := ansiHTML(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := StripANSI("\x1b[1;31mx\x1b[0m\x1b]0;t\x07y"); got != "xy" {
		t.Errorf("stripped %q", got)
	}
}

func TestHTML(t *testing.T) {
	d := parse(t, small)
	d.Cells()[1].SetExecuted(3, []Output{
		{Type: "stream", Name: "stderr", Text: "<warn>"},
		{Type: "display_data", Data: map[string]any{"text/html": "<script>run()</script>", "text/plain": "not this"}},
		{Type: "display_data", Data: map[string]any{"image/png": "QU\nJD\n", "text/plain": `a "chart"`}, Metadata: map[string]any{"image/png": map[string]any{"width": json.Number("10")}}},
		{Type: "display_data", Data: map[string]any{"image/svg+xml": "<?xml version='1.0'?><svg></svg>"}},
		{Type: "execute_result", Data: map[string]any{"application/json": map[string]any{"k": "v"}}},
		{Type: "error", ErrName: "E", ErrValue: "v"},
	})
	data, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	out, err := HTML(data, "fallback")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>A &lt;title&gt;</title>", `src="data:image/png;base64,QUJD" alt="pic"`, "[3]", `<pre class="stderr">&lt;warn&gt;</pre>`,
		"<script>run()</script>", `<img alt="a &#34;chart&#34;" src="data:image/png;base64,QUJD" width="10">`,
		`<div class="image"><svg></svg></div>`, "&#34;k&#34;: &#34;v&#34;", `<pre class="error">E: v</pre>`, `class="chroma"`,
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%s is missing in the page", want)
		}
	}
	for _, not := range []string{"not this", "http://", "https://"} {
		if strings.Contains(string(out), not) {
			t.Errorf("%s is in the page", not)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}

// A colour made for a light ground must not be left over on a dark one.
func TestHighlightingKeepsToItsGround(t *testing.T) {
	css, err := newPage().highlightingCSS()
	if err != nil {
		t.Fatal(err)
	}
	depth, rules := 0, 0
	for line := range strings.Lines(css) {
		if strings.Contains(line, "color:") {
			rules++
			if depth != 1 {
				t.Errorf("holds on every ground: %s", line)
			}
		}
		depth += strings.Count(line, "{") - strings.Count(line, "}")
	}
	if rules < 50 || depth != 0 {
		t.Errorf("%d colours, %d blocks left open", rules, depth)
	}
}
