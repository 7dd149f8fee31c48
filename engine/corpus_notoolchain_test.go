package engine

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var noToolchainAll = flag.Bool("no-toolchain", false, "run the whole corpus without a toolchain, not a sample of it")

// noToolchainSample is which programs run without -no-toolchain: every Nth.
const noToolchainSample = 6

// noToolchainShare is the least share of the programs that has to run.
const noToolchainShare = 0.8

// TestCorpusNoToolchain runs programs of the corpus as cells where nothing can
// be compiled: each prints what go build's program prints, or is refused before
// anything of it runs.
func TestCorpusNoToolchain(t *testing.T) {
	command := interpretingEngine(t)
	progs := corpus(t)
	if !*noToolchainAll && *corpusFlag == "" {
		var some []*program
		for i := 0; i < len(progs); i += noToolchainSample {
			some = append(some, progs[i])
		}
		progs = some
	}
	var mu sync.Mutex
	ran, reasons := 0, map[string][]string{}
	work := make(chan *program)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for p := range work {
				why := runWithoutToolchain(t, command, p)
				mu.Lock()
				if why == "" {
					ran++
				} else {
					why, line, _ := strings.Cut(why, "\x00")
					reasons[why] = append(reasons[why], p.name+line)
				}
				mu.Unlock()
			}
		})
	}
	for _, p := range progs {
		work <- p
	}
	close(work)
	wg.Wait()
	t.Logf("%d of %d programs run; refused because of\n%s", ran, len(progs), byCount(reasons))
	if *noToolchainAll && float64(ran) < noToolchainShare*float64(len(progs)) {
		t.Errorf("%d of %d programs run, want %.0f %%", ran, len(progs), 100*noToolchainShare)
	}
}

var refusedBecause = regexp.MustCompile(`because of (.*?)(?: \(line (\d+)\))?: `)

// runWithoutToolchain runs a program and returns why it was refused, with the
// line behind a zero byte, "" when it ran.
func runWithoutToolchain(t *testing.T, command []string, p *program) (why string) {
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: command, Sources: os.DirFS("..")})
	if err != nil {
		t.Error(err)
		return "no session"
	}
	defer s.Close()
	rec := &recorder{}
	_, err = s.Exec(t.Context(), s.Begin(1, p.src, rec), Source{Text: p.src, Line: 1, Col: 1})
	var re *RuntimeError
	switch {
	case err == nil || errors.As(err, &re):
		if out := rec.stdout(); out != p.want {
			t.Errorf("%s differs (%v)\n%s", p.name, err, firstDifference(p.want, out))
			return "it differs"
		}
		return ""
	case rec.stdout() != "":
		t.Errorf("%s was refused after it had run: %v\n%s", p.name, err, rec.stdout())
	case strings.HasPrefix(err.Error(), "not interpreted: "):
		t.Errorf("%s: planned, but refused by the interpreter: %v", p.name, err)
		return "the interpreter"
	}
	if m := refusedBecause.FindStringSubmatch(err.Error()); m != nil {
		return m[1] + "\x00:" + m[2]
	}
	return err.Error()
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	at := func(lines []string) string {
		if i < len(lines) {
			return lines[i]
		}
		return "(the end)"
	}
	return "line " + at(w) + "\n got " + at(g)
}

// byCount lists reasons with the programs refused for each, the most frequent
// first.
func byCount(reasons map[string][]string) string {
	keys := slices.SortedFunc(maps.Keys(reasons), func(a, b string) int {
		return cmp.Or(len(reasons[b])-len(reasons[a]), strings.Compare(a, b))
	})
	var b strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&b, "  %d × %s (%s)\n", len(reasons[k]), k, strings.Join(slices.Sorted(slices.Values(reasons[k])), " "))
	}
	return b.String()
}
