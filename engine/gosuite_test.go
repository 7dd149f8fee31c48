package engine

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	goSuite = flag.String("go-suite", "", "parts of the Go toolchain's own tests to run as cells, comma-separated: whole, cells, bare (no toolchain), errors, "+
		"and the examples of std's packages: ex-whole, ex-cells, ex-bare")
	goSuiteNamed = flag.String("go-suite-named", "", "of the suite's programs only those whose name holds one of these, comma-separated, or 1/N")
)

// suiteLimit is how long a cell of the suite may run.
const suiteLimit = time.Minute

// TestGoSuite runs the programs under GOROOT/test, and the examples of std, as
// cells, and wants what `go run` prints: in one cell, with the statements of
// main in cells of their own, and without a toolchain, where a program may be
// refused. testdata/gosuite/exceptions.txt names the programs that differ, with
// the reason. The parts take from half a minute (errors) to an hour (cells):
//
//	go test ./engine -run TestGoSuite -go-suite whole,errors -v -timeout 2h
func TestGoSuite(t *testing.T) {
	for _, part := range strings.FieldsFunc(*goSuite, func(r rune) bool { return r == ',' }) {
		t.Run(part, func(t *testing.T) {
			programs := suitePrograms(t)
			switch {
			case part == "errors":
				programs = suiteErrors(t)
			case strings.HasPrefix(part, "ex-"):
				programs = suiteExamples(t)
			}
			runSuite(t, part, suiteOptions(t, part), programs)
		})
	}
}

func suiteOptions(t *testing.T, part string) Options {
	if strings.HasSuffix(part, "bare") {
		return Options{Command: interpretingEngine(t), Sources: os.DirFS("..")}
	}
	env := testEngine(t)
	return Options{Engine: env, Command: []string{env.Binary}}
}

// runSuite runs programs, two at once, and counts what comes of them.
func runSuite(t *testing.T, part string, opt Options, programs []*suiteProgram) {
	excepted := suiteExceptions(t, part)
	var mu sync.Mutex
	counts := map[string]int{}
	work := make(chan *suiteProgram)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for p := range work {
				verdict, detail := suiteVerdict(t, part, opt, p)
				reason, known := excepted[p.name]
				mu.Lock()
				switch {
				case verdict == "equal" || verdict == "refused" || verdict == "left out":
					counts[verdict]++
				case known:
					counts["excepted"]++
					t.Logf("%s: %s, %s", p.name, verdict, reason)
				default:
					counts[verdict]++
					t.Errorf("%s: %s\n%s", p.name, verdict, detail)
				}
				mu.Unlock()
			}
		})
	}
	for _, p := range programs {
		work <- p
	}
	close(work)
	wg.Wait()
	t.Logf("%s: %d programs: %v", part, len(programs), counts)
}

// suiteVerdict runs a program in a session of its own and says what came of it:
// equal, refused, left out (it does not run by itself), or how it differs.
func suiteVerdict(t *testing.T, part string, opt Options, p *suiteProgram) (verdict, detail string) {
	if err := p.expect(); err != nil {
		return "go run", err.Error()
	}
	if p.left {
		return "left out", ""
	}
	opt.Notebook, opt.Dir = t.TempDir(), t.TempDir()
	s, err := NewSession(opt)
	if err != nil {
		return "no session", err.Error()
	}
	defer s.Close()
	if part == "errors" {
		return p.judgeErrors(suiteExec(s, 1, p.src, &recorder{}))
	}
	cells := []string{p.src}
	if strings.HasSuffix(part, "cells") {
		if cells, err = p.cells(); err != nil {
			return "go/types", err.Error()
		}
	}
	rec := &recorder{}
	for i, text := range cells {
		if err = suiteExec(s, i+1, text, rec); err != nil {
			detail = fmt.Sprintf("cell %d: ", i+1)
			break
		}
	}
	verdict, more := p.judge(err, rec)
	return verdict, detail + more
}

// suiteExec runs a cell; a fault of the kernel's is an error.
func suiteExec(s *Session, n int, text string, rec *recorder) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the kernel panicked: %v", v)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), suiteLimit)
	defer cancel()
	_, err = s.Exec(ctx, s.Begin(n, text, rec), Source{Text: text, Line: 1, Col: 1})
	if ctx.Err() != nil {
		return fmt.Errorf("over %v: %v", suiteLimit, err)
	}
	return err
}

// judge compares what cells did with what the program does by itself.
func (p *suiteProgram) judge(err error, rec *recorder) (verdict, detail string) {
	var re *RuntimeError
	if err != nil && !errors.As(err, &re) {
		switch {
		case !strings.Contains(err.Error(), "needs the Go toolchain"):
			return "error", err.Error()
		case rec.stdout() != "":
			return "refused after it ran", err.Error()
		}
		return "refused", ""
	}
	stdout, stderr := p.seen(rec.stdout()), withoutNotes(rec.stderr())
	want := p.seen(p.Stdout)
	switch {
	case err == nil && p.Code != 0:
		return "does not fail", p.Stderr
	case err != nil && p.Code == 0:
		return "fails", re.Trace() + stderr
	case stdout != want:
		return "stdout", difference(want, stdout)
	case err == nil && !p.example && stderr != p.Stderr:
		return "stderr", difference(p.Stderr, stderr)
	case err != nil && !strings.HasPrefix(stderr+re.Text, strings.TrimRight(lastWords(p.Stderr), "\n")):
		return "words", "want " + lastWords(p.Stderr) + "\ngot " + stderr + re.Text
	}
	return "equal", ""
}

// lastWords is what a process wrote before the stacks of its goroutines.
func lastWords(stderr string) string {
	for _, end := range []string{"\n\ngoroutine ", "\n[signal ", "exit status"} {
		stderr, _, _ = strings.Cut(stderr, end)
	}
	return stderr
}

// judgeErrors looks at the errors of a program that has some: the first one
// stands on a line that the program marks.
func (p *suiteProgram) judgeErrors(err error) (verdict, detail string) {
	var ce *CompileError
	switch {
	case err == nil:
		return "accepted", ""
	case !errors.As(err, &ce):
		return "error", err.Error()
	case !p.marked[ce.Errors[0].Line]:
		return "position", err.Error()
	}
	return "equal", ""
}
