package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel"
)

var updateScripts = flag.Bool("update", false, "write what the cells of testdata/vectorize give as what is expected, to be read before it is kept")

// TestVectorizeScripts runs testdata/vectorize: sections "cell" run one after
// another in one session as the kernel runs them, magics and all. Each is
// followed by what it shows: "out" (stdout), "note" (stderr), "report" (the
// text of reports), "value", "error". A section left out means: nothing of the
// kind. What depends on the clock is written as a word, see unclocked.
func TestVectorizeScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/vectorize/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runScript(t, f)
		})
	}
}

func runScript(t *testing.T, file string) {
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := txtar.Parse(want)
	x := testExecutor(t)
	got := &txtar.Archive{Comment: a.Comment}
	count := 0
	for _, f := range a.Files {
		if f.Name != "cell" {
			continue
		}
		count++
		got.Files = append(got.Files, f)
		for _, s := range execute(x, count, string(f.Data)).sections() {
			got.Files = append(got.Files, txtar.File{Name: s[0], Data: []byte(s[1] + "\n")})
		}
	}
	if text := txtar.Format(got); *updateScripts {
		if err := os.WriteFile(file, text, 0o666); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(text, want) {
		t.Errorf("%s:\n%s", file, difference(string(want), string(text)))
	}
}

// difference shows the first lines in which two texts differ, with the cell.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	from := max(0, i-12)
	return fmt.Sprintf("after\n%s\nwant\n%s\ngot\n%s", strings.Join(w[from:i], "\n"),
		strings.Join(w[i:min(len(w), i+8)], "\n"), strings.Join(g[i:min(len(g), i+8)], "\n"))
}

func testExecutor(t *testing.T) *executor {
	t.Helper()
	x, stop, err := startSession(context.Background(), t.TempDir(), 0, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return x
}

// A page is what a cell shows.
type page struct {
	mu       sync.Mutex
	out, err strings.Builder
	shown    []display.Bundle
	value    *display.Bundle
	failure  *kernel.CellError
}

func execute(x *executor, count int, code string) *page {
	p := &page{}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	p.failure = x.Execute(ctx, kernel.ExecuteRequest{Code: code, Count: count, CellID: fmt.Sprint("cell", count)}, p).Err
	return p
}

func (p *page) Stream(name, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if name == "stdout" {
		p.out.WriteString(text)
	} else {
		p.err.WriteString(text)
	}
}

func (p *page) Display(b display.Bundle) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = append(p.shown, b)
}

func (p *page) Result(b display.Bundle) { p.value = &b }
func (p *page) Clear(bool)              {}

const reportType = "application/vnd.goblaze.report+json"

// sections lists what was shown, in the scripts' order.
func (p *page) sections() (list [][2]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	add := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, [2]string{name, text})
		}
	}
	add("out", whenever(p.out.String()))
	add("note", strings.ReplaceAll(p.err.String(), "note: compiling…\n", ""))
	for _, b := range p.shown {
		if b.Data[reportType] != nil {
			add("report", unclocked(fmt.Sprint(b.Data["text/plain"])))
		}
	}
	if p.value != nil {
		add("value", fmt.Sprint(p.value.Data["text/plain"]))
	}
	if p.failure != nil {
		text := plainText(strings.Join(p.failure.Traceback, "\n"))
		add("error", course.ReplaceAllString(whenever(text), "on worker …; $1"))
	}
	return list
}

var (
	stopped = regexp.MustCompile(`stopped after [\d.]+ m?s`)
	running = regexp.MustCompile(`, still running: item [\d…]+(, item [\d…]+)*`) // a busy machine may not give an item 200 ms to end
	course  = regexp.MustCompile(`on worker \d+; \d+ (of \d+ items finished, \d+ failed), \d+ not started`)
	colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)
	figures = regexp.MustCompile(`\d[\d,.]*(e\d+)? ?(ns|µs|ms|s|min|h|items/s|%|×)`)
)

// whenever takes the clock's part out of what a stopped run tells.
func whenever(text string) string {
	return stopped.ReplaceAllString(running.ReplaceAllString(text, ""), "stopped after …")
}

// unclocked keeps of a report what doesn't depend on the clock: its first
// line up to the duration.
func unclocked(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	at := figures.FindStringIndex(first)
	if at == nil {
		return first
	}
	return first[:at[0]] + "…" + first[strings.LastIndex(first, " · "):]
}

func plainText(s string) string { return colours.ReplaceAllString(s, "") }
