package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/kernel/notebook"
)

// NotebookOptions configure RunNotebook. The zero value runs without a time
// limit, stops at the first failing cell and is silent.
type NotebookOptions struct {
	Timeout     time.Duration // of each cell, 0 for none
	AllowErrors bool          // go on after a cell that fails
	Progress    io.Writer     // cells, their outputs as text, and times; nil for none
	Color       bool          // Progress understands ANSI colours
	Grace       time.Duration // for an interrupted cell to end, default 5 s
}

// A CellFailure says which cell of a notebook failed first.
type CellFailure struct {
	Count  int    // its execution count, as in "[3]"
	ID     string // its id, "" in old documents
	Source string // its code
	Err    *CellError
}

func (f *CellFailure) Error() string {
	return fmt.Sprintf("cell [%d] failed: %v", f.Count, f.Err)
}

func (f *CellFailure) Unwrap() error { return f.Err }

// RunNotebook executes the code cells of the notebook document in, one after
// another, and returns the executed document: outputs, execution counts and
// display updates as a front end would save them, everything else as it was.
//
// When a cell fails, the document executed so far comes with a *CellFailure,
// unless opts.AllowErrors is set or the cell has the tag raises-exception.
// Cells with the tag skip-execution are left alone. When ctx ends, or a cell
// exceeds its time, the cell is interrupted; one that does not end within the
// grace period is abandoned, and the error is ErrStillRunning. Cells write to
// opts.Progress from other goroutines, but never two at once.
func RunNotebook(ctx context.Context, exec Executor, in []byte, opts NotebookOptions) (out []byte, err error) {
	doc, err := notebook.Parse(in)
	if err != nil {
		return nil, err
	}
	if err := checkLanguage(doc); err != nil {
		return nil, err
	}
	if opts.Grace == 0 {
		opts.Grace = 5 * time.Second
	}
	run := &notebookRun{exec: exec, opts: opts, displays: map[string][]*notebook.Output{}, gone: map[*notebook.Output]bool{}}
	if opts.Progress != nil {
		run.progress = &progress{w: opts.Progress, color: opts.Color, lineStart: true}
	}
	failure := run.cells(ctx, doc)
	run.save(doc)
	run.progress.close()
	out, err = doc.Encode()
	if err != nil {
		return nil, err
	}
	return out, failure
}

// checkLanguage refuses notebooks of other languages.
func checkLanguage(doc *notebook.Document) error {
	for key, field := range map[string]string{"kernelspec": "language", "language_info": "name"} {
		info, ok := doc.Metadata()[key].(map[string]any)
		if !ok {
			continue
		}
		if language, _ := info[field].(string); language != "" && !strings.EqualFold(language, "go") {
			return fmt.Errorf("this notebook is written in %s, not in Go", language)
		}
	}
	return nil
}

// A notebookRun is one call of RunNotebook.
type notebookRun struct {
	exec     Executor
	opts     NotebookOptions
	progress *progress // nil for none

	mu       sync.Mutex // guards what recorders share and hold
	displays map[string][]*notebook.Output
	gone     map[*notebook.Output]bool // displays updated to nothing
	executed []executedCell
}

type executedCell struct {
	cell *notebook.Cell
	rec  *recorder
}

// cells executes all cells and returns why it stopped early, or nil.
func (r *notebookRun) cells(ctx context.Context, doc *notebook.Document) error {
	total := 0
	for _, c := range doc.Cells() {
		if runs(c) {
			total++
		}
	}
	count := 0
	var first error
	for _, c := range doc.Cells() {
		if !runs(c) {
			continue
		}
		count++
		err := r.cell(ctx, c, count, total)
		var failure *CellFailure
		switch {
		case errors.As(err, &failure):
			if !r.opts.AllowErrors && !c.HasTag("raises-exception") && first == nil {
				first = err
			}
		case err != nil:
			return err
		}
		if first != nil {
			return first
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return nil
}

func runs(c *notebook.Cell) bool {
	return c.Type() == "code" && !c.HasTag("skip-execution") && strings.TrimSpace(c.Source()) != ""
}

// errCellTimeout is the cause of the end of a cell that took too long.
var errCellTimeout = errors.New("time limit")

// cell executes one cell and returns a *CellFailure when it failed.
func (r *notebookRun) cell(ctx context.Context, c *notebook.Cell, count, total int) error {
	source := c.Source()
	rec := &recorder{run: r, count: count}
	r.mu.Lock()
	r.executed = append(r.executed, executedCell{c, rec})
	r.mu.Unlock()
	r.progress.begin(count, total, source)
	start := time.Now()

	cellCtx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if r.opts.Timeout > 0 {
		timer := time.AfterFunc(r.opts.Timeout, func() { cancel(errCellTimeout) })
		defer timer.Stop()
	}
	reply, ended := r.execute(cellCtx, ExecuteRequest{Code: source, Count: count, StoreHistory: true, CellID: c.ID()}, rec)
	if errors.Is(context.Cause(cellCtx), errCellTimeout) && (!ended || reply.Err != nil) {
		value := fmt.Sprintf("the cell took longer than %v", r.opts.Timeout)
		reply.Err = &CellError{Name: "Timeout", Value: value, Traceback: []string{"Timeout: " + value + " and was interrupted"}}
	}
	if !ended && reply.Err == nil {
		reply.Err = &CellError{Name: "Interrupt", Value: "the cell did not stop when interrupted"}
	}
	if reply.Err != nil {
		rec.fail(reply.Err)
	}
	r.progress.pages(reply.Payload)
	r.progress.end(rec, reply.Err, time.Since(start))
	switch {
	case !ended:
		return fmt.Errorf("cell [%d]: %v: %w", count, reply.Err, ErrStillRunning)
	case reply.Err != nil:
		return &CellFailure{Count: count, ID: c.ID(), Source: source, Err: reply.Err}
	}
	return nil
}

// execute runs the executor; ended is false when it was abandoned.
func (r *notebookRun) execute(ctx context.Context, req ExecuteRequest, rec *recorder) (reply ExecuteReply, ended bool) {
	done := make(chan ExecuteReply, 1)
	go func() { done <- safely(ctx, r.exec, req, rec) }()
	select {
	case reply = <-done:
		return reply, true
	case <-ctx.Done():
	}
	if i, ok := r.exec.(Interrupter); ok {
		i.Interrupt()
	}
	grace := time.NewTimer(r.opts.Grace)
	defer grace.Stop()
	select {
	case reply = <-done:
		return reply, true
	case <-grace.C:
		return ExecuteReply{}, false
	}
}

// save writes what the cells showed into the document.
func (r *notebookRun) save(doc *notebook.Document) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.executed {
		outputs := make([]notebook.Output, 0, len(e.rec.outputs))
		for _, o := range e.rec.outputs {
			if !r.gone[o] {
				outputs = append(outputs, *o)
			}
		}
		e.cell.SetExecuted(e.rec.count, outputs)
	}
	ran := map[*notebook.Cell]bool{}
	for _, e := range r.executed {
		ran[e.cell] = true
	}
	for _, c := range doc.Cells() {
		if c.Type() == "code" && !ran[c] && !c.HasTag("skip-execution") {
			c.SetExecuted(0, nil)
		}
	}
	metadata := doc.Metadata()
	metadata["language_info"] = LanguageInfo()
	if _, ok := metadata["kernelspec"]; !ok {
		metadata["kernelspec"] = map[string]any{"name": DefaultName, "display_name": DefaultDisplayName, "language": "go"}
	}
}
