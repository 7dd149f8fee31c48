package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel/notebook"
)

// book builds a notebook document with the given code cells.
func book(t *testing.T, sources ...string) []byte {
	t.Helper()
	cells := []any{map[string]any{
		"cell_type": "markdown", "id": "intro", "metadata": map[string]any{"mine": 1}, "source": []string{"# Title\n", "text"},
	}}
	for i, s := range sources {
		cells = append(cells, map[string]any{
			"cell_type": "code", "id": string(rune('a' + i)), "metadata": map[string]any{}, "execution_count": 99,
			"outputs": []any{map[string]any{"output_type": "stream", "name": "stdout", "text": "old"}}, "source": s,
		})
	}
	data, err := json.Marshal(map[string]any{
		"nbformat": 4, "nbformat_minor": 5, "cells": cells, "unknown": map[string]any{"kept": 1.50},
		"metadata": map[string]any{"kernelspec": map[string]any{"name": "gophernotes", "language": "go", "display_name": "Go"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// displays is an executor with a display, an update and a clear.
func displays() *scripted {
	type call = func(ctx context.Context, arg string, req ExecuteRequest, out Output) ExecuteReply
	return &scripted{commands: map[string]call{
		"show": func(_ context.Context, arg string, _ ExecuteRequest, out Output) ExecuteReply {
			out.Display(display.Bundle{ID: "d", Data: map[string]any{
				"text/plain": arg, "text/html": "<b>" + arg + "</b>\n<i>x</i>", "image/png": []byte("PNG\xff"),
				"application/json": map[string]any{"n": 1},
			}})
			return ExecuteReply{}
		},
		"update": func(_ context.Context, arg string, _ ExecuteRequest, out Output) ExecuteReply {
			out.Display(display.Bundle{ID: "d", Update: true, Data: map[string]any{"text/plain": arg}})
			return ExecuteReply{}
		},
		"clear": func(_ context.Context, arg string, _ ExecuteRequest, out Output) ExecuteReply {
			out.Stream("stdout", "gone")
			out.Clear(true)
			out.Stream("stdout", arg)
			return ExecuteReply{}
		},
	}}
}

func runBook(t *testing.T, exec Executor, in []byte, opts NotebookOptions) (*notebook.Document, []byte, error) {
	t.Helper()
	out, err := RunNotebook(context.Background(), exec, in, opts)
	if out == nil {
		t.Fatal(err)
	}
	doc, parseErr := notebook.Parse(out)
	if parseErr != nil {
		t.Fatal(parseErr)
	}
	return doc, out, err
}

func TestRunNotebookOutputs(t *testing.T) {
	var shown strings.Builder
	doc, out, err := runBook(t, displays(), book(t, "print one", "value 42", "show first", "update second", "clear kept", "", "print two"),
		NotebookOptions{Progress: &shown})
	if err != nil {
		t.Fatal(err)
	}
	cells := doc.Cells()
	want := map[int][]notebook.Output{
		1: {{Type: "stream", Name: "stdout", Text: "one\n"}},
		2: {{Type: "execute_result", Data: map[string]any{"text/plain": "42"}, Metadata: map[string]any{}, Count: 2}},
		3: {{Type: "display_data", Data: map[string]any{"text/plain": "second"}, Metadata: map[string]any{}}},
		4: nil,
		5: {{Type: "stream", Name: "stdout", Text: "kept"}},
		6: nil,
		7: {{Type: "stream", Name: "stdout", Text: "two\n"}},
	}
	for i, w := range want {
		if got := cells[i].Outputs(); !reflect.DeepEqual(got, w) {
			t.Errorf("cell %d: %+v, want %+v", i, got, w)
		}
	}
	for i, w := range map[int]string{1: "1", 2: "2", 5: "5", 6: "", 7: "6"} {
		if got := cells[i].Count(); got != w {
			t.Errorf("cell %d has count %q, want %q", i, got, w)
		}
	}
	if cells[0].ID() != "intro" || cells[2].ID() != "b" {
		t.Error("ids changed")
	}
	for _, kept := range []string{`"kept": 1.5`, `"mine": 1`, `"name": "gophernotes"`, `"mimetype": "text/x-go"`} {
		if !strings.Contains(string(out), kept) {
			t.Errorf("%s is missing in the document:\n%s", kept, out)
		}
	}
	for _, line := range []string{"[1/6] print one\n    one\n    ✓", "    42\n", "    first\n", "    kept\n"} {
		if !strings.Contains(shown.String(), line) {
			t.Errorf("%q is missing in the progress:\n%s", line, shown.String())
		}
	}
}

func TestRunNotebookForms(t *testing.T) {
	_, out, err := runBook(t, displays(), book(t, "show x"), NotebookOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Cells []struct {
			Outputs []struct{ Data map[string]any }
		}
	}
	if err := json.Unmarshal(out, &document); err != nil {
		t.Fatal(err)
	}
	data := document.Cells[1].Outputs[0].Data
	want := map[string]any{
		"text/plain": []any{"x"}, "text/html": []any{"<b>x</b>\n", "<i>x</i>"}, "image/png": "UE5H/w==",
		"application/json": map[string]any{"n": 1.0},
	}
	if !reflect.DeepEqual(data, want) {
		t.Errorf("data %v, want %v", data, want)
	}
}

func TestRunNotebookFailure(t *testing.T) {
	doc, _, err := runBook(t, &scripted{}, book(t, "print one", "fail badly", "print two"), NotebookOptions{})
	var failure *CellFailure
	if !errors.As(err, &failure) || failure.Count != 2 || failure.ID != "b" || failure.Err.Value != "badly" {
		t.Fatalf("error %v", err)
	}
	cells := doc.Cells()
	if got := cells[2].Outputs(); len(got) != 1 || got[0].Type != "error" || got[0].ErrName != "Failure" {
		t.Errorf("failed cell: %+v", got)
	}
	if cells[3].Outputs() != nil || cells[3].Count() != "" {
		t.Error("the cell after the failure was run, or keeps old outputs")
	}
	doc, _, err = runBook(t, &scripted{}, book(t, "fail badly", "print two"), NotebookOptions{AllowErrors: true})
	if err != nil || len(doc.Cells()[2].Outputs()) != 1 {
		t.Errorf("with AllowErrors: %v %v", err, doc.Cells()[2].Outputs())
	}
}

func TestRunNotebookTimeout(t *testing.T) {
	doc, _, err := runBook(t, &scripted{}, book(t, "wait"), NotebookOptions{Timeout: 20 * time.Millisecond})
	var failure *CellFailure
	if !errors.As(err, &failure) || failure.Err.Name != "Timeout" {
		t.Fatalf("error %v", err)
	}
	if got := doc.Cells()[1].Outputs(); len(got) != 1 || got[0].ErrName != "Timeout" {
		t.Errorf("outputs %+v", got)
	}
}

// stubborn does not stop before it is released.
type stubborn struct{ release chan struct{} }

func (s stubborn) Execute(context.Context, ExecuteRequest, Output) ExecuteReply {
	<-s.release
	return ExecuteReply{}
}

func TestRunNotebookAbandons(t *testing.T) {
	s := stubborn{make(chan struct{})}
	defer close(s.release)
	_, _, err := runBook(t, s, book(t, "any"), NotebookOptions{Timeout: time.Millisecond, Grace: time.Millisecond})
	if !errors.Is(err, ErrStillRunning) {
		t.Errorf("error %v", err)
	}
}

func TestRunNotebookRefuses(t *testing.T) {
	for word, in := range map[string]string{
		"not a notebook":     `{"nbformat": 4`,
		"nbformat 3":         `{"nbformat": 3, "worksheets": []}`,
		"no list of cells":   `{"nbformat": 4, "metadata": {}}`,
		"cell 1":             `{"nbformat": 4, "cells": [1]}`,
		"after the document": `{"nbformat": 4, "cells": []} x`,
		"written in python":  `{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}`,
	} {
		out, err := RunNotebook(context.Background(), &scripted{}, []byte(in), NotebookOptions{})
		if err == nil || !strings.Contains(err.Error(), word) || out != nil {
			t.Errorf("%s: %v, want %q", in, err, word)
		}
	}
}

// The end of ctx (Ctrl-C) interrupts the cell; what was executed so far is in
// the document.
func TestRunNotebookCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	exec := &scripted{commands: map[string]call{
		"stop": func(ctx context.Context, _ string, _ ExecuteRequest, out Output) ExecuteReply {
			out.Stream("stdout", "begun")
			cancel()
			<-ctx.Done()
			return ExecuteReply{Err: &CellError{Name: "Interrupt", Value: "stopped"}}
		},
	}}
	for _, allow := range []bool{false, true} {
		out, err := RunNotebook(ctx, exec, book(t, "stop", "print never"), NotebookOptions{AllowErrors: allow})
		if err == nil || out == nil {
			t.Fatalf("allow %v: error %v, document %d bytes", allow, err, len(out))
		}
		doc, parseErr := notebook.Parse(out)
		if parseErr != nil {
			t.Fatal(parseErr)
		}
		if got := doc.Cells()[1].Outputs(); len(got) != 2 || got[0].Text != "begun" || got[1].ErrName != "Interrupt" {
			t.Errorf("allow %v: outputs %+v", allow, got)
		}
		if doc.Cells()[2].Count() != "" {
			t.Errorf("allow %v: the next cell ran", allow)
		}
	}
}

// A display that was updated to nothing (a progress bar that is done) is not
// kept; what a cell itself shows empty is.
func TestRunNotebookDropsWhatWasTakenAway(t *testing.T) {
	out, err := RunNotebook(context.Background(), displays(), book(t, "show bar", "update ", "show "), NotebookOptions{})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := notebook.Parse(out)
	if err != nil {
		t.Fatal(err)
	}
	cells := doc.Cells()
	if first := cells[1].Outputs(); len(first) != 0 {
		t.Errorf("kept %v", first)
	}
	if third := cells[3].Outputs(); len(third) != 1 {
		t.Errorf("the third cell shows %v", third)
	}
}
