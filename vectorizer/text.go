package vectorizer

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Summary is the report in one line:
//
//	100 items · 4 workers · 253 ms · 395 items/s · compiled
func (r *Report) Summary() string {
	parts := []string{fmt.Sprintf("%s %s", group(r.Items), plural(r.Items, "item"))}
	switch {
	case r.Items < 0:
		parts[0] = group(r.Done) + " " + plural(r.Done, "item")
	case r.Done+r.ItemErrors < r.Items:
		parts[0] = fmt.Sprintf("%s of %s", group(r.Done), parts[0])
	}
	if r.ItemErrors > 0 {
		parts = append(parts, group(r.ItemErrors)+" failed")
	}
	parts = append(parts, workersText(r.Workers))
	if r.Kind == "compare" {
		parts = append(parts, fmt.Sprintf("speedup %.2f", r.Speedup), "efficiency "+percent(r.Efficiency))
	} else {
		parts = append(parts, formatSeconds(r.WallS))
		if r.Done > 0 && r.WallS > 0 {
			parts = append(parts, rate(float64(r.Done)/r.WallS)+" items/s")
		}
	}
	return strings.Join(append(parts, r.Tier), " · ")
}

func workersText(n int) string {
	if n == 0 {
		return "sequential"
	}
	return fmt.Sprintf("%s %s", group(n), plural(n, "worker"))
}

// rate writes items a second with three significant digits, or in full.
func rate(x float64) string {
	if x < 100 {
		return fmt.Sprintf("%.3g", x)
	}
	digits := math.Pow10(max(floorLog10(x)-2, 0))
	return group(int(math.Round(x/digits) * digits))
}

// Text is the report as plain text: the summary, for a run its workers and
// longest items, for a comparison its table, and the verdict.
func (r *Report) Text() string {
	lines := []string{r.Summary()}
	if len(r.Runs) > 0 {
		lines = append(lines, r.Table())
		if r.Equal != nil {
			lines = append(lines, equalText(r))
		}
	} else {
		lines = append(lines, r.workerLines()...)
	}
	if r.Stopped != "" {
		lines = append(lines, "stopped: "+r.Stopped)
	}
	if r.Done != r.Items {
		lines = append(lines, r.Outcome())
	}
	return strings.Join(append(lines, r.Verdict...), "\n")
}

func equalText(r *Report) string {
	if *r.Equal {
		return "results equal"
	}
	return "results differ: " + r.Difference
}

// Outcome counts the items of a run that did not get to its end, or of which
// some failed: "12 of 100 items finished, 1 failed, 87 not started". An item
// that was cut short counts as not started.
func (r *Report) Outcome() string {
	if r.Items < 0 {
		return fmt.Sprintf("%s %s finished, %s failed", group(r.Done), plural(r.Done, "item"), group(r.ItemErrors))
	}
	return fmt.Sprintf("%s of %s %s finished, %s failed, %s not started", group(r.Done), group(r.Items),
		plural(r.Items, "item"), group(r.ItemErrors), group(max(r.Items-r.Done-r.ItemErrors, 0)))
}

// workerLines say how busy the workers were and which items took longest.
func (r *Report) workerLines() (lines []string) {
	if r.Workers > 0 && r.WallS > 0 && r.Items > 0 {
		fast, slow := 0, 0
		for k, busy := range r.BusyS {
			if busy < r.BusyS[fast] {
				fast = k
			}
			if busy > r.BusyS[slow] {
				slow = k
			}
		}
		line := fmt.Sprintf("busy %s", percent(r.BusyShare()))
		if len(r.BusyS) > 1 {
			line += fmt.Sprintf(" · least busy: worker %d, %s · busiest: worker %d, %s",
				fast, formatSeconds(r.BusyS[fast]), slow, formatSeconds(r.BusyS[slow]))
		}
		lines = append(lines, line)
	}
	if len(r.Longest) > 0 {
		l := r.Longest[0]
		name := l.name()
		lines = append(lines, fmt.Sprintf("longest: %s, %s on worker %d",
			strings.ToLower(name[:1])+name[1:], formatSeconds(l.Seconds), l.Worker))
	}
	return lines
}

// BusyShare is the share of the workers' time they spent in items, 0…1.
func (r *Report) BusyShare() float64 {
	if !(r.WallS > 0) || len(r.BusyS) == 0 {
		return 0
	}
	return min(fsum(r.BusyS)/(r.WallS*float64(len(r.BusyS))), 1)
}

// Table is the runs in columns: label, workers, mean ± deviation, the fastest,
// and for a comparison speedup and efficiency against the first run.
func (r *Report) Table() string {
	rows := [][]string{{"", "workers", "mean ± std. dev.", "min", "speedup", "efficiency"}}
	for _, run := range r.Runs {
		workers := "–"
		if run.Workers > 0 {
			workers = group(run.Workers)
		}
		s := Speedup(r.Runs[0].MeanS, run.MeanS)
		rows = append(rows, []string{
			run.Label, workers, formatSeconds(run.MeanS) + " ± " + formatSeconds(run.StdS),
			formatSeconds(run.MinS), fmt.Sprintf("%.2f", s), percent(Efficiency(s, run.Workers)),
		})
	}
	return columns(rows)
}

// columns aligns a table: the first column left, the others right.
func columns(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for c, cell := range row {
			width[c] = max(width[c], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for c, cell := range row {
			pad := strings.Repeat(" ", width[c]-utf8.RuneCountInString(cell))
			if c == 0 {
				b.WriteString(cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
}
