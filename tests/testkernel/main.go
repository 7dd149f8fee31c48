// Testkernel is a kernel whose cells are commands, for testing package kernel
// with real front ends apart from the Go engine. Its command line is that of
// goblaze: `testkernel install`, `testkernel kernel CONNECTION_FILE`, and
// `testkernel run IN.ipynb OUT.ipynb`.
//
// A cell holds one command a line:
//
//	print TEXT      to stdout        warn TEXT      to stderr
//	lines N         N lines          bytes N        N bytes of text in lines
//	value TEXT      as the result    html TEXT      as a display
//	show ID TEXT    a display        update ID TEXT replaces it
//	clear           the output       fail TEXT      end with an error
//	sleep DURATION  interruptible    late DURATION TEXT  print after the cell
//	input PROMPT    ask, print       exit           end the process
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "testkernel:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "install":
		_, err := kernel.Install(kernel.InstallOptions{Name: "testkernel", DisplayName: "Test"})
		return err
	case len(args) == 2 && args[0] == "kernel":
		e := &commands{}
		defer e.late.Wait()
		return kernel.Run(context.Background(), args[1], e, kernel.Options{Version: "0"})
	case len(args) == 3 && args[0] == "run":
		return runNotebook(args[1], args[2])
	}
	return fmt.Errorf("usage: testkernel install | kernel CONNECTION_FILE | run IN.ipynb OUT.ipynb")
}

func runNotebook(source, target string) error {
	in, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	e := &commands{}
	defer e.late.Wait()
	out, err := kernel.RunNotebook(context.Background(), e, in, kernel.NotebookOptions{AllowErrors: true})
	if err != nil {
		return err
	}
	return os.WriteFile(target, out, 0o644)
}

// commands is the executor.
type commands struct {
	late sync.WaitGroup

	mu   sync.Mutex
	stop chan struct{} // closed by Interrupt; nil when no cell runs
}

func (e *commands) Execute(ctx context.Context, req kernel.ExecuteRequest, out kernel.Output) kernel.ExecuteReply {
	stop := make(chan struct{})
	e.mu.Lock()
	e.stop = stop
	e.mu.Unlock()
	for line := range strings.Lines(req.Code) {
		if err := e.command(ctx, stop, strings.TrimRight(line, "\n"), out); err != nil {
			return kernel.ExecuteReply{Err: err}
		}
	}
	return kernel.ExecuteReply{}
}

// Interrupt implements kernel.Interrupter.
func (e *commands) Interrupt() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stop != nil {
		close(e.stop)
		e.stop = nil
	}
}

func (e *commands) command(ctx context.Context, stop <-chan struct{}, line string, out kernel.Output) *kernel.CellError {
	name, arg, _ := strings.Cut(line, " ")
	first, rest, _ := strings.Cut(arg, " ")
	switch name {
	case "print":
		out.Stream("stdout", arg+"\n")
	case "warn":
		out.Stream("stderr", arg+"\n")
	case "lines":
		for i := range number(arg) {
			out.Stream("stdout", fmt.Sprintf("line %d of the output\n", i))
		}
	case "bytes":
		row := strings.Repeat("0123456789", 10)[1:] + "\n"
		out.Stream("stdout", strings.Repeat(row, number(arg)/len(row)))
	case "value":
		out.Result(display.Text(arg))
	case "html":
		out.Display(display.Bundle{Data: map[string]any{"text/html": arg, "text/plain": "html"}})
	case "show", "update":
		b := display.Text(rest)
		b.ID, b.Update = first, name == "update"
		out.Display(b)
	case "clear":
		out.Clear(false)
	case "fail":
		return &kernel.CellError{Name: "Failure", Value: arg, Traceback: []string{"Failure: " + arg}}
	case "sleep":
		return sleep(ctx, stop, first)
	case "late":
		d, err := time.ParseDuration(first)
		if err != nil {
			return &kernel.CellError{Name: "Usage", Value: err.Error()}
		}
		e.late.Go(func() {
			time.Sleep(d)
			out.Stream("stdout", rest+"\n")
		})
	case "input":
		return ask(ctx, arg, out)
	case "exit":
		os.Exit(3)
	default:
		return &kernel.CellError{Name: "Usage", Value: "unknown command " + name}
	}
	return nil
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func sleep(ctx context.Context, stop <-chan struct{}, arg string) *kernel.CellError {
	d, err := time.ParseDuration(arg)
	if err != nil {
		return &kernel.CellError{Name: "Usage", Value: err.Error()}
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-stop:
	case <-ctx.Done():
	}
	return &kernel.CellError{Name: "Interrupt", Value: "the cell was interrupted"}
}

func ask(ctx context.Context, prompt string, out kernel.Output) *kernel.CellError {
	line, err := out.(kernel.Inputter).Input(ctx, prompt, false)
	if err != nil {
		return &kernel.CellError{Name: "Input", Value: err.Error()}
	}
	out.Stream("stdout", "you said "+line+"\n")
	return nil
}

// Complete implements kernel.Completer: it completes command names.
func (e *commands) Complete(_ context.Context, code string, cursor int) kernel.Completions {
	found := kernel.Completions{Start: 0, End: cursor}
	for _, name := range []string{"print", "warn", "lines", "value"} {
		if strings.HasPrefix(name, string([]rune(code)[:cursor])) {
			found.Matches = append(found.Matches, name)
			found.Types = append(found.Types, "function")
		}
	}
	return found
}

// Inspect implements kernel.Inspector.
func (e *commands) Inspect(_ context.Context, code string, _, _ int) (display.Bundle, bool) {
	return display.Text("the command " + code), code == "print"
}

// IsComplete implements kernel.CompletenessChecker.
func (e *commands) IsComplete(code string) (status, indent string) {
	switch {
	case strings.HasSuffix(code, "\\"):
		return "incomplete", "  "
	case strings.HasPrefix(code, "?"):
		return "invalid", ""
	}
	return "complete", ""
}
