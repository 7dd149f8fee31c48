package vectorizer_test

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/vectorizer"
)

//go:embed testdata/timeit.golden
var timeitGolden string // by testdata/ipython_timeit.py

func TestTimingReadsAsIPythons(t *testing.T) {
	n := 0
	for line := range strings.Lines(timeitGolden) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		loops, _ := strconv.Atoi(f[0])
		precision, _ := strconv.Atoi(f[1])
		var runs []float64
		for _, s := range strings.Fields(f[2]) {
			x, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatal(err)
			}
			runs = append(runs, x)
		}
		got := vectorizer.NewTiming(loops, runs, 0, precision)
		average, _ := strconv.ParseFloat(f[3], 64)
		stdev, _ := strconv.ParseFloat(f[4], 64)
		if got.Average() != average || math.Abs(got.Stdev()-stdev) > 1e-15*stdev {
			t.Errorf("%v: average %v, want %v; deviation %v, want %v", runs, got.Average(), average, got.Stdev(), stdev)
		}
		if got.String() != f[5] {
			t.Errorf("%v in %d loops:\ngot  %s\nwant %s", runs, loops, got, f[5])
		}
		n++
	}
	if n < 700 {
		t.Errorf("only %d cases", n)
	}
}

func TestTimingWarning(t *testing.T) {
	for _, c := range []struct {
		runs []float64
		want string
	}{
		{[]float64{1, 4}, ""},
		{[]float64{1, 4.1}, "The slowest run took 4.10 times longer than the fastest. This could mean that an intermediate result is being cached."},
		{[]float64{1e-7, 9e-7}, ""},
		{[]float64{0, 1}, ""},
		{nil, ""},
	} {
		if got := vectorizer.NewTiming(1, c.runs, 0, 3).Warning(); got != c.want {
			t.Errorf("%v: %q", c.runs, got)
		}
	}
	one := vectorizer.NewTiming(10, []float64{1, 3}, 5, 3)
	if one.Best != 0.1 || one.Worst != 0.3 || one.Repeat != 2 || one.CompileTime != 5 {
		t.Errorf("%+v", one)
	}
}
