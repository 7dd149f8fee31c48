package charts

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// Report returns all of a report: text/plain, text/html with the charts that
// fit it (a timeline for a run, the speedup for a comparison of workers, bars
// or throughput for timings), and the report itself as JSON. The error is not
// nil only when the report can't be written as JSON; charts that can't be
// drawn are sentences. It costs about 0.1 s a chart, 0.3 s more the first time.
func Report(r *vectorizer.Report, o Options) (display.Bundle, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return display.Bundle{}, fmt.Errorf("charts: the report: %w", err)
	}
	lines := summary(r)
	b := display.Text(reportText(r, lines))
	b.Data[display.MIMETypeHTML] = reportHTML(r, lines, o)
	b.Data[vectorizer.ReportMIME] = json.RawMessage(raw)
	return b, nil
}

// ReportText returns only the text of a report, for terminals and %vectorize
// without charts.
func ReportText(r *vectorizer.Report) string { return reportText(r, summary(r)) }

func reportText(r *vectorizer.Report, lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l + "\n")
	}
	if len(r.Runs) > 0 {
		b.WriteString(runTable(r).text())
	}
	for _, v := range r.Verdict {
		b.WriteString(v + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func reportHTML(r *vectorizer.Report, lines []string, o Options) string {
	var b strings.Builder
	b.WriteString(`<div class="goblaze-report">`)
	for i, l := range lines {
		text := html.EscapeString(l)
		if i == 0 {
			text = "<b>" + text + "</b>"
		}
		b.WriteString(`<div>` + text + `</div>`)
	}
	if len(r.Runs) > 0 {
		b.WriteString(runTable(r).html())
	}
	for _, v := range r.Verdict {
		b.WriteString(`<p style="margin:6px 0;max-width:720px">` + html.EscapeString(v) + `</p>`)
	}
	list, failed := reportCharts(r)
	b.WriteString(drawAll(list, o))
	for _, err := range failed {
		b.WriteString(`<p class="goblaze-note">no chart: ` + html.EscapeString(err.Error()) + `</p>`)
	}
	return b.String() + "</div>"
}

// reportCharts chooses the charts that fit what was measured.
func reportCharts(r *vectorizer.Report) (list []chart, failed []error) {
	add := func(c chart, err error) {
		if err != nil {
			failed = append(failed, err)
			return
		}
		list = append(list, c)
	}
	switch {
	case r.Kind == "compare" && len(counts(speedups(r.Runs))) > 0:
		add(speedupChart(r))
	case isThroughput(r.Runs):
		add(throughputChart(r.Runs))
	case len(r.Runs) > 1:
		add(barChart(r.Runs))
	}
	if len(r.Timeline) > 0 && r.WallS > 0 {
		add(timelineChart(r))
	}
	return list, failed
}

// summary is the report's first lines; the first is the whole in short:
// 100 items · 4 workers · 253 ms · 395 items/s · compiled.
func summary(r *vectorizer.Report) []string {
	if r.Kind == "timeit" {
		return nil
	}
	first := []string{number(r.Items, "item")}
	if r.Kind == "run" {
		first = append(first, workersText(r.Workers), seconds(r.WallS))
		if r.Done > 0 {
			first = append(first, rate(float64(r.Done), r.WallS, "items"))
		}
	} else if r.Cores > 0 {
		first = append(first, number(r.Cores, "core"))
	}
	first = append(first, r.Tier)
	lines := []string{joinDots(first)}
	if second := joinDots([]string{busyText(r), workersEnd(r), longestLine(r)}); second != "" {
		lines = append(lines, second)
	}
	return append(lines, outcome(r)...)
}

func joinDots(parts []string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

func workersText(n int) string {
	if n == 0 {
		return "sequential"
	}
	return number(n, "worker")
}

// busyShare is the share of the workers' time that they worked.
func busyShare(r *vectorizer.Report) float64 {
	sum := 0.0
	for _, s := range r.BusyS {
		sum += s
	}
	if len(r.BusyS) == 0 || !(r.WallS > 0) {
		return 0
	}
	return min(finite(sum/(float64(len(r.BusyS))*r.WallS)), 1)
}

func busyText(r *vectorizer.Report) string {
	if len(r.BusyS) == 0 || r.Done+r.ItemErrors == 0 {
		return ""
	}
	return "busy " + percent(busyShare(r))
}

// workersEnd names the workers that were done first and last, of those that
// got items, and counts the others.
func workersEnd(r *vectorizer.Report) string {
	fast, slow, idle := -1, -1, 0
	for i, e := range r.EndS {
		switch {
		case e <= 0:
			idle++
			continue
		case fast < 0:
			fast, slow = i, i
		}
		if e < r.EndS[fast] {
			fast = i
		}
		if e > r.EndS[slow] {
			slow = i
		}
	}
	var parts []string
	if fast != slow {
		parts = append(parts, fmt.Sprintf("fastest worker %d done after %s, slowest worker %d after %s", fast, seconds(r.EndS[fast]), slow, seconds(r.EndS[slow])))
	}
	if idle > 0 && idle < len(r.EndS) {
		parts = append(parts, number(idle, "worker")+" got no item")
	}
	return joinDots(parts)
}

func longestLine(r *vectorizer.Report) string {
	if len(r.Longest) == 0 {
		return ""
	}
	return "longest " + longestText(r.Longest[0])
}

func longestText(l vectorizer.LongestItem) string {
	name := "item " + digits(float64(l.Index), 1)
	if l.Of > 1 {
		name = fmt.Sprintf("chunk of %s from %s", number(l.Of, "item"), digits(float64(l.Index), 1))
	}
	if l.ItemText != "" {
		name += " (" + shortened(l.ItemText, 40) + ")"
	}
	return name + " " + seconds(l.Seconds)
}

// outcome says what is out of the ordinary: failures, an early end, and
// whether compared results are equal.
func outcome(r *vectorizer.Report) (lines []string) {
	if r.Equal != nil && *r.Equal {
		lines = append(lines, "results equal")
	} else if r.Equal != nil {
		lines = append(lines, strings.TrimSuffix("results differ: "+r.Difference, ": "))
	}
	if r.ItemErrors > 0 {
		lines = append(lines, number(r.ItemErrors, "item")+" failed")
	}
	if r.Stopped != "" {
		lines = append(lines, fmt.Sprintf("stopped (%s): %s of %s finished", r.Stopped, digits(float64(r.Done), 1), number(r.Items, "item")))
	}
	return lines
}

// runTable is one row a run. Speedup and efficiency are those over the
// baseline of the run's tier; a timing's speedup is that over the first.
func runTable(r *vectorizer.Report) grid {
	compare := r.Kind == "compare" && len(counts(speedups(r.Runs))) > 0
	perLoop := isThroughput(r.Runs) && !compare
	g := grid{head: []string{"run", "tier", "mean ± std. dev.", "best"}}
	switch {
	case compare:
		g.head = append(g.head, "speedup", "efficiency")
	case perLoop:
		g.head = append(g.head, "loops/s")
	case len(r.Runs) > 1:
		g.head = append(g.head, "speedup")
	}
	for _, run := range r.Runs {
		row := []string{runLabel(run), run.Tier, meanText(run), seconds(run.MinS)}
		switch {
		case compare:
			base, _ := baseline(r.Runs, run.Tier)
			s := vectorizer.Speedup(base.MeanS, run.MeanS)
			row = append(row, times(s), percent(vectorizer.Efficiency(s, run.Workers)))
		case perLoop:
			v, _ := throughput(run)
			row = append(row, digits(significant(v, 3), 3))
		case len(r.Runs) > 1:
			row = append(row, times(vectorizer.Speedup(r.Runs[0].MeanS, run.MeanS)))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

func runLabel(run vectorizer.Run) string {
	if run.Label != "" {
		return run.Label
	}
	return workersText(run.Workers)
}
