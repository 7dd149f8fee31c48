// Summary reads the stream of `go test -json`, prints a line for each package
// and the output of what failed, and ends with a line that counts the tests.
// It exits with 1 when a test failed, a package did not build, a test was
// skipped, or no test ran at all. A lone failure is tried once more, see again.go.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// An event is one line of `go test -json` (see go doc test2json).
type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

// A tally counts what a stream told.
type tally struct {
	out     io.Writer
	passed  int
	failed  []string // a package and a test, or a package alone
	skipped []string
	flaky   []string            // failed, and passed when they were run again alone
	final   bool                // something failed that no second run forgives
	status  string              // how the go command exited
	ok      int                 // packages
	output  map[string][]string // by package and test
}

func main() {
	start := time.Now()
	t := &tally{out: os.Stdout, output: map[string][]string{}}
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "summary:", err)
		os.Exit(1)
	}
	t.again(goTest)
	if !t.report(time.Since(start)) {
		os.Exit(1)
	}
}

func (t *tally) read(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(t.out, lines.Text()) // not an event: the tool's own words
			continue
		}
		t.take(e)
	}
	return lines.Err()
}

func (t *tally) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		t.output[key] = append(t.output[key], e.Output)
	case "build-output":
		fmt.Fprint(t.out, e.Output)
	case "build-fail":
		t.final = true
		t.failed = append(t.failed, e.ImportPath+" (build)")
	case "exit-status": // run.sh's own
		t.status = e.Output
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.endPackage(e, key)
		} else {
			t.endTest(e, key)
		}
		delete(t.output, key)
	}
}

func (t *tally) endTest(e event, key string) {
	switch e.Action {
	case "pass":
		t.passed++
	case "skip":
		t.skipped = append(t.skipped, key)
	case "fail":
		t.failed = append(t.failed, key)
		t.show(t.output[key])
	}
}

// show prints a failure's output.
func (t *tally) show(lines []string) {
	t.final = t.final || slices.ContainsFunc(lines, unforgivable)
	fmt.Fprint(t.out, strings.Join(lines, ""))
}

func (t *tally) endPackage(e event, key string) {
	switch e.Action {
	case "pass":
		t.ok++
		fmt.Fprintf(t.out, "ok    %-60s %7.1f s\n", e.Package, e.Elapsed)
	case "fail":
		t.show(t.output[key])
		// A package may fail without a failed test: a panic, a leak, a limit.
		if !slices.ContainsFunc(t.failed, func(f string) bool { return strings.HasPrefix(f, e.Package+" ") }) {
			t.final = true
			t.failed = append(t.failed, e.Package)
			for other, lines := range t.output {
				if strings.HasPrefix(other, e.Package+" ") && other != key {
					t.show(lines)
				}
			}
		}
		fmt.Fprintf(t.out, "FAIL  %-60s %7.1f s\n", e.Package, e.Elapsed)
	}
}

// report prints the closing lines and says whether all is well.
func (t *tally) report(took time.Duration) bool {
	for _, s := range t.skipped {
		fmt.Fprintln(t.out, "skipped:", s)
	}
	for _, f := range t.flaky {
		fmt.Fprintln(t.out, "flaky:", f, "failed, and passed when it was run again alone: find out why")
	}
	for _, f := range t.failed {
		fmt.Fprintln(t.out, "failed:", f)
	}
	explained := t.status == "0" || len(t.failed)+len(t.flaky) > 0
	if !explained {
		fmt.Fprintf(t.out, "failed: go test exited with %q, and no test or package said why\n", t.status)
	}
	well := explained && len(t.failed) == 0 && len(t.skipped) == 0 && t.passed > 0
	verdict := "PASS"
	if !well {
		verdict = "FAIL"
	}
	fmt.Fprintf(t.out, "%s: %d tests passed, %d failed, %d skipped, %d flaky, in %d packages, %.0f s\n",
		verdict, t.passed, len(t.failed), len(t.skipped), len(t.flaky), t.ok, took.Seconds())
	return well
}
