package kernel

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel/notebook"
)

// A progress writes the run of a notebook for a terminal: a line for each
// cell, its outputs as indented text, its time. A nil progress writes
// nothing. It is safe for concurrent use.
type progress struct {
	w     io.Writer
	color bool

	mu        sync.Mutex
	lineStart bool
}

// indent stands before each line of output.
const indent = "    "

// begin names the cell that starts.
func (p *progress) begin(count, total int, source string) {
	if p == nil {
		return
	}
	const width = 72
	line, rest, _ := strings.Cut(strings.TrimSpace(source), "\n")
	title := []rune(strings.TrimSpace(line))
	if len(title) > width || strings.TrimSpace(rest) != "" {
		title = append(title[:min(len(title), width)], []rune(" …")...)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endLine()
	fmt.Fprintf(p.w, "%s %s\n", p.paint("1", fmt.Sprintf("[%d/%d]", count, total)), string(title))
}

// write shows output text.
func (p *progress) write(text string) {
	if p == nil || text == "" {
		return
	}
	if !p.color {
		text = notebook.StripANSI(text)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for line := range strings.Lines(text) {
		if p.lineStart {
			b.WriteString(indent)
		}
		b.WriteString(line)
		p.lineStart = strings.HasSuffix(line, "\n")
	}
	io.WriteString(p.w, b.String())
}

// pages shows the text of what a front end opens in a pager.
func (p *progress) pages(payload []map[string]any) {
	for _, page := range payload {
		if data, ok := page["data"].(map[string]any); ok && page["source"] == "page" {
			p.bundle(display.Bundle{Data: data})
		}
	}
}

// bundle shows the text of a display, or names its forms.
func (p *progress) bundle(b display.Bundle) {
	if p == nil || len(b.Data) == 0 {
		return
	}
	text, ok := b.Data["text/plain"].(string)
	if !ok {
		var forms []string
		for mimeType := range b.Data {
			forms = append(forms, mimeType)
		}
		slices.Sort(forms)
		text = "<" + strings.Join(forms, ", ") + ">"
	}
	if text == "" {
		return
	}
	p.newLine()
	p.write(strings.TrimRight(text, "\n") + "\n")
}

// end shows what the cell's updates came to, its error and its time.
func (p *progress) end(rec *recorder, failure *CellError, took time.Duration) {
	if p == nil {
		return
	}
	rec.run.mu.Lock()
	var last []display.Bundle
	for _, o := range rec.outputs {
		if b, ok := rec.updated[o]; ok {
			last = append(last, b)
		}
	}
	rec.updated = nil
	rec.run.mu.Unlock()
	for _, b := range last {
		p.bundle(b)
	}
	mark := p.paint("32", "✓")
	if failure != nil {
		p.newLine()
		p.write(strings.Join(errorContent(failure)["traceback"].([]string), "\n") + "\n")
		mark = p.paint("31", "✗")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endLine()
	fmt.Fprintf(p.w, "%s%s %s\n", indent, mark, p.paint("2", fmt.Sprintf("%.2f s", took.Seconds())))
}

// close drops what goroutines left running still write.
func (p *progress) close() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.w = io.Discard
}

func (p *progress) newLine() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.endLine()
}

func (p *progress) endLine() {
	if !p.lineStart {
		io.WriteString(p.w, "\n")
		p.lineStart = true
	}
}

func (p *progress) paint(code, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
