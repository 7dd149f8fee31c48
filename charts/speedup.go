package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/goblaze/goblaze/vectorizer"
)

// A speedupPoint is the speedup of one run over the baseline of its tier.
type speedupPoint struct {
	workers     int
	speedup, sd float64
}

// A speedupLine is the points of one tier, by workers.
type speedupLine struct {
	tier   string
	points []speedupPoint
}

// speedups groups the runs of a comparison by tier. The baseline of a tier is
// its sequential run, else the one with the fewest workers. The deviation of
// a quotient is that of its parts: s·√((σ₀/t₀)² + (σ/t)²).
func speedups(runs []vectorizer.Run) (lines []speedupLine) {
	for _, tier := range tiersOf(runs) {
		base, ok := baseline(runs, tier)
		if !ok {
			continue
		}
		line := speedupLine{tier: tier}
		for _, r := range runs {
			if r.Tier != tier || r.Workers < 1 || !(r.MeanS > 0) {
				continue
			}
			s := base.MeanS / r.MeanS
			sd := s * math.Hypot(base.StdS/base.MeanS, r.StdS/r.MeanS)
			line.points = append(line.points, speedupPoint{r.Workers, finite(s), finite(sd)})
		}
		slices.SortFunc(line.points, func(a, b speedupPoint) int { return cmp.Compare(a.workers, b.workers) })
		if len(line.points) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

func tiersOf(runs []vectorizer.Run) (tiers []string) {
	for _, r := range runs {
		if !slices.Contains(tiers, r.Tier) {
			tiers = append(tiers, r.Tier)
		}
	}
	return tiers
}

func baseline(runs []vectorizer.Run, tier string) (base vectorizer.Run, ok bool) {
	for _, r := range runs {
		if r.Tier == tier && r.MeanS > 0 && (!ok || r.Workers < base.Workers) {
			base, ok = r, true
		}
	}
	return base, ok
}

// speedupChart draws measured speedup against the ideal and, where there is
// one, the fitted Amdahl curve.
func speedupChart(r *vectorizer.Report) (chart, error) {
	lines := speedups(r.Runs)
	most, top := extent(lines)
	c := charts.NewLine()
	c.SetGlobalOptions(append(base("Speedup", true),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: "workers", Min: 0.5, Max: float64(most) + 0.08*float64(most) + 0.3}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: withTier("speedup", tiersOf(r.Runs)...), Min: 0, Max: top}),
	)...)
	reach := math.Min(float64(most), top)
	c.AddSeries("ideal", lineData([][2]float64{{0.5, 0.5}, {reach, reach}}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: colIdeal, Type: "dashed", Width: 1.5}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colIdeal}))
	s, hasFit := fitted(r, lines)
	if hasFit {
		c.AddSeries(fmt.Sprintf("Amdahl fit, %s serial", share(s)), lineData(amdahlCurve(s, most)),
			charts.WithLineStyleOpts(opts.LineStyle{Color: colFit, Width: 1.5}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: colFit}))
	}
	for i, line := range lines {
		addMeasured(c, line, palette[i%2], !hasFit)
	}
	return finish(c, chartWidth, chartHeight, speedupAlt(r, lines), func(o option) { mendSpeedup(o, r, lines, most) })
}

// extent returns the largest number of workers and the top of the axis: the
// ideal line may leave the chart rather than press the measured points down.
func extent(lines []speedupLine) (most int, top float64) {
	most = 1
	best := 1.0
	for _, l := range lines {
		for _, p := range l.points {
			most = max(most, p.workers)
			best = max(best, p.speedup+p.sd)
		}
	}
	top = math.Min(math.Max(float64(most), best), 1.6*best+0.5)
	return most, niceTop(1.06 * math.Max(top, 1.5))
}

// niceTop is the end of an axis that its ticks reach: 1, 1.2, 1.5, 2 … times a
// power of ten.
func niceTop(x float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(x)))
	for _, n := range []float64{1, 1.2, 1.6, 2, 2.5, 3, 4, 5, 6, 8} {
		if n*p >= x {
			return significant(n*p, 3)
		}
	}
	return significant(10*p, 3)
}

// fitted is the serial fraction of the curve, from three worker counts on and
// where all runs are of one tier.
func fitted(r *vectorizer.Report, lines []speedupLine) (float64, bool) {
	if len(lines) != 1 || len(counts(lines)) < 3 {
		return 0, false
	}
	if r.Fit != nil {
		return r.Fit.SerialFraction, true
	}
	if r.SerialFraction != nil {
		return min(max(*r.SerialFraction, 0), 1), true
	}
	return 0, false
}

func share(s float64) string {
	if s < 0.0005 {
		return "0 %"
	}
	return digits(100*s, 2) + " %"
}

// counts returns the different numbers of workers, ascending.
func counts(lines []speedupLine) (list []int) {
	for _, l := range lines {
		for _, p := range l.points {
			list = append(list, p.workers)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// amdahlCurve samples 1/(s + (1−s)/x) (Amdahl 1967) from 1 to most workers.
func amdahlCurve(s float64, most int) (curve [][2]float64) {
	const steps = 32
	for i := range steps + 1 {
		x := 1 + float64(most-1)*float64(i)/steps
		curve = append(curve, [2]float64{significant(x, 5), significant(1/(s+(1-s)/x), 5)})
	}
	return curve
}

func lineData(points [][2]float64) (data []opts.LineData) {
	for _, p := range points {
		data = append(data, opts.LineData{Value: p[:]})
	}
	return data
}

// addMeasured adds the points of one tier and their spread; a line joins them
// where no fitted curve does.
func addMeasured(c *charts.Line, l speedupLine, color string, join bool) {
	width := float32(2)
	if !join {
		width = 0.01 // go-echarts leaves a 0 out
	}
	name := "measured"
	if l.tier != "" {
		name += ", " + l.tier
	}
	var data []opts.LineData
	var bars []opts.CustomData
	for _, p := range l.points {
		data = append(data, opts.LineData{Name: times(p.speedup), Symbol: "circle", SymbolSize: 9,
			Value: []float64{float64(p.workers), significant(p.speedup, 5), significant(p.sd, 3)}})
		bars = append(bars, opts.CustomData{Value: []float64{float64(p.workers), significant(p.speedup-p.sd, 5), significant(p.speedup+p.sd, 5)}})
	}
	c.AddSeries(name, data,
		charts.WithLineStyleOpts(opts.LineStyle{Color: color, Width: width}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: color}))
	spread := charts.NewCustom()
	spread.AddSeries(name, bars,
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: errorBar(true)}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: color}))
	c.Overlap(spread)
}

// mendSpeedup sets what go-echarts has no field for: ticks at the measured
// numbers of workers, labels on the side where no line is, the cores.
func mendSpeedup(o option, r *vectorizer.Report, lines []speedupLine, most int) {
	x, y := o.part("xAxis", 0), o.part("yAxis", 0)
	axisName(x, 30)
	axisName(y, 40)
	x["axisTick"] = option{"customValues": counts(lines)}
	x["axisLabel"] = option{"customValues": counts(lines), "hideOverlap": true}
	x["splitLine"] = option{"show": false}
	for _, s := range o.parts("series") {
		if s["type"] == "custom" {
			s["z"], s["silent"] = 3, true
			s["encode"] = option{"x": 0, "y": []int{1, 2}}
			continue
		}
		s["showSymbol"], s["clip"] = true, true
		name, _ := s["name"].(string)
		if name == "ideal" || strings.HasPrefix(name, "Amdahl") {
			s["silent"], s["symbol"] = true, "none"
			continue
		}
		s["z"] = 4
		s["tooltip"] = option{"formatter": function(`function(p){return p.value[0]+(p.value[0]===1?' worker: ':' workers: ')+p.name+' ± '+p.value[2];}`)}
		labelPoints(s, 1)
	}
	legendIcons(o)
	if r.Cores > 0 && most > r.Cores {
		markCores(o.part("series", 0), r.Cores)
	}
}

// labelPoints puts the numbers of a series' points where no line runs. slope is
// that of the ideal line.
func labelPoints(series option, slope float64) {
	data, _ := series["data"].([]any)
	for _, d := range data {
		p, _ := d.(map[string]any)
		v, _ := p["value"].([]any)
		if len(v) < 2 {
			continue
		}
		x, _ := v[0].(float64)
		y, _ := v[1].(float64)
		if x == 1 && y == slope {
			continue // the baseline itself
		}
		p["label"] = labelBeside(y > 1.001*slope*x)
	}
	series["labelLayout"] = option{"hideOverlap": true}
}

// labelBeside is below and right of a point, where neither the ideal line nor a
// rising curve runs; above and left of a point that is better than ideal.
func labelBeside(better bool) option {
	if better {
		return option{"show": true, "formatter": "{b}", "position": "left", "offset": []int{-2, -12}}
	}
	return option{"show": true, "formatter": "{b}", "position": "right", "offset": []int{2, 13}}
}

// markCores draws where the machine's cores end.
func markCores(series option, cores int) {
	series["markLine"] = option{
		"silent": true, "symbol": "none", "animation": false,
		"lineStyle": option{"color": colCores, "type": "dotted", "width": 1.5},
		"label":     option{"formatter": number(cores, "core"), "position": "end", "distance": 4, "color": colCores},
		"data":      []option{{"xAxis": cores}},
	}
}

func speedupAlt(r *vectorizer.Report, lines []speedupLine) string {
	var b strings.Builder
	b.WriteString("Speedup over the sequential run")
	for _, l := range lines {
		if l.tier != "" {
			b.WriteString(", " + l.tier)
		}
		for i, p := range l.points {
			b.WriteString(map[bool]string{true: ": ", false: ", "}[i == 0])
			b.WriteString(number(p.workers, "worker") + " " + times(p.speedup) + " ± " + digits(p.sd, 2))
		}
	}
	if s, ok := fitted(r, lines); ok {
		b.WriteString("; Amdahl fit with serial fraction " + share(s))
	}
	return b.String()
}
