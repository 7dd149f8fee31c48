package main

import (
	"fmt"

	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/tests/bench"
)

// interpreted compares cells in a session without a toolchain, where functions
// are interpreted too, with the same cells in one that leaves the stop checks
// out. The two take turns; the least processor time of each counts.
func interpreted() error {
	var both []session
	for _, noChecks := range []bool{false, true} {
		b, err := bench.NewSession(func(o *engine.Options) {
			o.Engine, o.NoToolchain, o.NoChecks = nil, "interpreted cells are measured", noChecks
		})
		if err != nil {
			return err
		}
		defer b.Close()
		both = append(both, session{b})
	}
	fmt.Println("checkpoint cost, interpreted   with    without   ratio   (aim: 1.15)")
	missed := 0
	for _, w := range workloads {
		name, src := sized(w.name, w.small), sized(w.src, w.small)
		best := []float64{1e9, 1e9}
		for _, s := range both {
			if err := s.declare(src); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		for range *turnsInterpreted {
			for i, s := range both {
				_, took, err := s.Time("total = work()", bench.Silent{})
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				best[i] = min(best[i], (took.User+took.Sys).Seconds()*1e3)
			}
		}
		missed += row(name, best[0], best[1])
	}
	fmt.Printf("%d of %d within the aim\n", len(workloads)-missed, len(workloads))
	return nil
}

// declare declares a workload and what it needs.
func (s session) declare(src string) error {
	if _, err := s.Run("import \"math\"\ntotal := 0", bench.Silent{}); err != nil {
		return err
	}
	_, err := s.Run(src, bench.Silent{})
	return err
}
