package magics

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"
)

// golden is what testdata/ipython.py saw IPython print.
type golden struct {
	IPython string
	Timeit  []struct {
		Line   string
		Script []float64
		Calls  []int
		Output string
	}
	Time []struct {
		Wall, User, Sys float64
		Output          string
	}
	Names struct {
		Names []struct{ Name, Type, Info string }
		Cases []struct {
			Line, Output string
			Empty        bool
		}
	}
	History struct {
		Cells, Outputs []string
		Cases          []struct{ Line, Output string }
	}
}

func readGolden(t *testing.T) (g golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/ipython.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func seconds(s float64) time.Duration { return time.Duration(s*1e9 + 0.5) }

func TestTimeitPrintsWhatIPythonPrints(t *testing.T) {
	for _, c := range readGolden(t).Timeit {
		f := &fake{}
		for _, s := range c.Script {
			f.script = append(f.script, Sample{Wall: seconds(s)})
		}
		p := must(t, &Runner{Eval: f}, "%timeit "+c.Line)
		// Go's autorange stops after 2 s of wall-clock time, which none of
		// these reaches before IPython's own 0.2 s.
		if p.stdout != c.Output {
			t.Errorf("%%timeit %s\ngot  %q\nwant %q", c.Line, p.stdout, c.Output)
		}
		if !slices.Equal(f.loops, c.Calls) {
			t.Errorf("%%timeit %s: loops %v, want %v", c.Line, f.loops, c.Calls)
		}
		if f.closed != 1 {
			t.Errorf("timer closed %d times", f.closed)
		}
	}
}

func TestTimePrintsWhatIPythonPrints(t *testing.T) {
	for _, c := range readGolden(t).Time {
		f := &fake{timed: Sample{Wall: seconds(c.Wall), User: seconds(c.User), Sys: seconds(c.Sys)}}
		if p := must(t, &Runner{Eval: f}, "%time f()"); p.stdout != c.Output {
			t.Errorf("got  %q\nwant %q", p.stdout, c.Output)
		}
	}
}

func TestWhoPrintsWhatIPythonPrints(t *testing.T) {
	g := readGolden(t).Names
	for _, c := range g.Cases {
		f := &fake{}
		for _, n := range g.Names {
			f.names = append(f.names, Name{Name: n.Name, Kind: "var", Type: n.Type, Info: n.Info})
		}
		if c.Empty {
			f.names = nil
		}
		if p := must(t, &Runner{Eval: f}, "%"+c.Line); p.stdout != c.Output {
			t.Errorf("%%%s\ngot  %q\nwant %q", c.Line, p.stdout, c.Output)
		}
	}
}

func TestHistoryPrintsWhatIPythonPrints(t *testing.T) {
	g := readGolden(t).History
	r := &Runner{Eval: &fake{}}
	for i, c := range g.Cells {
		r.History.add(i+1, c)
		r.History.setOutput(i+1, g.Outputs[i])
	}
	for _, c := range g.Cases {
		if p := must(t, r, "%history "+c.Line); p.stdout != c.Output {
			t.Errorf("%%history %s\ngot  %q\nwant %q", c.Line, p.stdout, c.Output)
		}
	}
}
