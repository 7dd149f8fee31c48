package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// mostAgain is how many failed tests are run a second time: more of them at
// once are a break, not bad luck.
const mostAgain = 2

// again runs the failed tests once more, each alone, and counts those that pass
// then as flaky. The suite measures, interrupts and kills real processes on
// machines that others load, so one of its thousand tests fails now and then
// for the machine's sake; its output stands above and the closing lines name
// it. What a lucky second run would hide is never tried again: a build, a data
// race, a leak, a crash, a package that failed with no test to name.
func (t *tally) again(run func(pkg, test string) (output string, passed bool)) {
	var tests []string // a package and a test without its subtest
	for _, f := range t.failed {
		pkg, test, _ := strings.Cut(f, " ")
		test, _, _ = strings.Cut(test, "/")
		if whole := pkg + " " + test; !slices.Contains(tests, whole) {
			tests = append(tests, whole)
		}
	}
	if t.final || len(tests) > mostAgain {
		return
	}
	t.failed = nil
	for _, f := range tests {
		pkg, test, _ := strings.Cut(f, " ")
		fmt.Fprintf(t.out, "again %s %s, alone\n", pkg, test)
		if output, passed := run(pkg, test); passed {
			t.flaky = append(t.flaky, f)
		} else {
			fmt.Fprint(t.out, output)
			t.failed = append(t.failed, f)
		}
	}
}

// goTest runs one test alone, without the race detector: what it found is not
// tried again.
func goTest(pkg, test string) (output string, passed bool) {
	out, err := exec.Command("go", "test", "-count=1", "-timeout=15m", "-run=^"+test+"$", pkg).CombinedOutput()
	return string(out), err == nil
}

// unforgivable tells a line of output after which a test is not tried again.
func unforgivable(line string) bool {
	for _, mark := range []string{"WARNING: DATA RACE", "goleak: ", "panic: ", "fatal error: "} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}
