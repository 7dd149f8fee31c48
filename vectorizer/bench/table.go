package main

import (
	"fmt"
	"io"
	"strings"
)

// printTable writes medians in ms with efficiency, then ours against the peers.
func printTable(w io.Writer, loads []load, results []map[string]result) {
	head := []string{"ms (efficiency)"}
	for _, l := range loads {
		head = append(head, l.name)
	}
	head = append(head, "sum", "allocations, "+strings.Fields(loads[len(loads)/3].name)[0])
	fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, e := range engines {
		row := []string{e.name}
		sum := 0.0
		for i, l := range loads {
			r := results[i][e.name]
			eff := results[i][sequential].seconds / r.seconds / float64(l.workers)
			cell := fmt.Sprintf("%.4g (%.2f)", 1e3*r.seconds, eff)
			if e.name == sequential || e.name[:9] == "samber/lo" {
				cell = fmt.Sprintf("%.4g", 1e3*r.seconds) // no worker limit to divide by
			}
			row = append(row, cell)
			sum += 1e3 * r.seconds
		}
		row = append(row, fmt.Sprintf("%.4g", sum), fmt.Sprint(results[len(loads)/3][e.name].allocs))
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
	fmt.Fprintln(w)
	for i, l := range loads {
		best := engines[2]
		for _, e := range engines[2:] {
			if limited(e, l) && results[i][e.name].seconds < results[i][best.name].seconds {
				best = e
			}
		}
		fmt.Fprintf(w, "%s: %.3f × the best peer (%s)\n", l.name, results[i][best.name].ratio, best.name)
	}
}

// limited tells whether an engine keeps to the load's number of workers: lo
// sleeps in a hundred goroutines where the others have four.
func limited(e engine, l load) bool { return e.name[:9] != "samber/lo" || l.workers <= 2 }
