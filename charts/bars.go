package charts

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/goblaze/goblaze/vectorizer"
)

// barChart draws runs side by side: mean time ± deviation, and how much faster
// each is than the first.
func barChart(runs []vectorizer.Run) (chart, error) {
	u := unitOf(longestRun(runs))
	c := charts.NewBar()
	c.SetGlobalOptions(append(base("Time a loop", false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: withTier("time ("+u.name+")", tiersOf(runs)...), Min: 0}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: labels(runs)}),
	)...)
	var data []opts.BarData
	var spread []opts.CustomData
	for i, r := range runs {
		data = append(data, opts.BarData{Name: r.Label, Value: scaled(r.MeanS, u)})
		spread = append(spread, opts.CustomData{Name: barText(runs, i),
			Value: []float64{float64(i), scaled(max(r.MeanS-r.StdS, 0), u), scaled(r.MeanS+r.StdS, u)}})
	}
	c.AddSeries("mean", data, charts.WithItemStyleOpts(opts.ItemStyle{Color: colMeasured}),
		charts.WithBarChartOpts(opts.BarChart{BarWidth: "56%"}))
	bars := charts.NewCustom()
	bars.AddSeries("spread", spread, charts.WithCustomChartOpts(opts.CustomChart{RenderItem: errorBar(false)}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colSpread}))
	c.Overlap(bars)
	height := min(max(120+44*len(runs), 200), 900)
	return finish(c, chartWidth, height, barAlt(runs), func(o option) { mendBars(o, runs) })
}

func longestRun(runs []vectorizer.Run) (s float64) {
	for _, r := range runs {
		s = max(s, r.MeanS)
	}
	return s
}

// labels names the runs, long names shortened in the middle.
func labels(runs []vectorizer.Run) (list []string) {
	for _, r := range runs {
		list = append(list, shortened(r.Label, 28))
	}
	return list
}

func shortened(s string, limit int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= limit {
		return string(runes)
	}
	half := (limit - 1) / 2
	return string(runes[:half]) + "…" + string(runes[len(runes)-half:])
}

// barText is a run in words: 1.04 ms ± 12 µs, 3.1× faster.
func barText(runs []vectorizer.Run, i int) string {
	text := meanText(runs[i])
	if s := vectorizer.Speedup(runs[0].MeanS, runs[i].MeanS); i > 0 && s > 0 {
		text += ", " + times(s)
	}
	return text
}

// mendBars puts each run's words after its bar and its deviation, and leaves
// the axis room for them.
func mendBars(o option, runs []vectorizer.Run) {
	x, y := o.part("xAxis", 0), o.part("yAxis", 0)
	axisName(x, 30)
	y["inverse"] = true
	y["axisTick"] = option{"show": false}
	grid := o.part("grid", 0)
	grid["top"], grid["left"], grid["right"], grid["containLabel"] = 40, 16, 190, true
	grid["bottom"] = 40
	bar, spread := o.part("series", 0), o.part("series", 1)
	bar["silent"] = true
	spread["z"] = 3
	spread["encode"] = option{"x": []int{1, 2}, "y": 0}
	data, _ := bar["data"].([]any)
	ends, _ := spread["data"].([]any)
	for i, d := range data {
		p, _ := d.(map[string]any)
		value, _ := p["value"].(float64)
		e, _ := ends[i].(map[string]any)
		v, _ := e["value"].([]any)
		past := 0.0
		if len(v) == 3 {
			high, _ := v[2].(float64)
			past = high - value
		}
		p["label"] = option{"show": true, "position": "right", "formatter": quotelessLabel(e["name"]), "distance": 8 + int(math.Ceil(past/axisTop(runs)*490))}
	}
	x["max"] = significant(axisTop(runs), 4)
	x["axisLabel"] = option{"showMaxLabel": false}
}

// quotelessLabel is a label's text with the braces echarts would read as a
// template taken out.
func quotelessLabel(v any) string {
	s, _ := v.(string)
	return strings.NewReplacer("{", "(", "}", ")").Replace(s)
}

// axisTop is the end of the longest bar with its deviation, in the axis' unit.
func axisTop(runs []vectorizer.Run) (top float64) {
	u := unitOf(longestRun(runs))
	for _, r := range runs {
		top = max(top, finite((r.MeanS+r.StdS)*u.factor))
	}
	return max(1.02*top, 1e-9)
}

func barAlt(runs []vectorizer.Run) string {
	var list []string
	for i, r := range runs {
		list = append(list, r.Label+" "+barText(runs, i))
	}
	return "Time a loop, mean ± deviation: " + strings.Join(list, "; ")
}

// isThroughput tells whether the runs are one statement on several numbers of
// workers (%timeit -w).
func isThroughput(runs []vectorizer.Run) bool {
	var seen []int
	for _, r := range runs {
		if r.Workers < 1 || slices.Contains(seen, r.Workers) {
			return false
		}
		seen = append(seen, r.Workers)
	}
	return len(runs) > 1
}

// throughputChart draws loops a second over workers: w workers that each need
// MeanS seconds a loop do w/MeanS.
func throughputChart(runs []vectorizer.Run) (chart, error) {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b vectorizer.Run) int { return a.Workers - b.Workers })
	scale, prefix := rateScale(runs)
	c := charts.NewLine()
	top, most := 0.0, runs[len(runs)-1].Workers
	var data []opts.LineData
	var spread []opts.CustomData
	var at []int
	for _, r := range runs {
		v, sd := throughput(r)
		top = max(top, (v+sd)/scale)
		at = append(at, r.Workers)
		data = append(data, opts.LineData{Name: digits(significant(v/scale, 3), 3), Symbol: "circle", SymbolSize: 9, Value: []float64{float64(r.Workers), significant(v/scale, 5)}})
		spread = append(spread, opts.CustomData{Value: []float64{float64(r.Workers), significant((v-sd)/scale, 5), significant((v+sd)/scale, 5)}})
	}
	first, _ := throughput(runs[0])
	each := first / scale / float64(runs[0].Workers)
	reach := math.Min(float64(most), 1.25*top/each)
	c.SetGlobalOptions(append(base("Throughput", true),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: "workers", Min: 0.5, Max: 1.08*float64(most) + 0.3}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Name: withTier(prefix+"loops/s", tiersOf(runs)...), Min: 0}),
	)...)
	c.AddSeries("ideal", lineData([][2]float64{{0.5, significant(0.5*each, 5)}, {significant(reach, 5), significant(reach*each, 5)}}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: colIdeal, Type: "dashed", Width: 1.5}), charts.WithItemStyleOpts(opts.ItemStyle{Color: colIdeal}))
	c.AddSeries("measured", data, charts.WithLineStyleOpts(opts.LineStyle{Color: colMeasured, Width: 2}), charts.WithItemStyleOpts(opts.ItemStyle{Color: colMeasured}))
	bars := charts.NewCustom()
	bars.AddSeries("measured", spread, charts.WithCustomChartOpts(opts.CustomChart{RenderItem: errorBar(true)}), charts.WithItemStyleOpts(opts.ItemStyle{Color: colMeasured}))
	c.Overlap(bars)
	return finish(c, chartWidth, chartHeight, throughputAlt(runs), func(o option) { mendThroughput(o, at, each) })
}

// throughput is the loops a second of a run and their deviation.
func throughput(r vectorizer.Run) (v, sd float64) {
	if !(r.MeanS > 0) {
		return 0, 0
	}
	v = float64(r.Workers) / r.MeanS
	return v, finite(v * r.StdS / r.MeanS)
}

// rateScale is what the axis' numbers are multiples of.
func rateScale(runs []vectorizer.Run) (scale float64, prefix string) {
	top := 0.0
	for _, r := range runs {
		v, _ := throughput(r)
		top = max(top, v)
	}
	switch {
	case top >= 2e9:
		return 1e9, "billion "
	case top >= 2e6:
		return 1e6, "million "
	case top >= 2e4:
		return 1e3, "thousand "
	}
	return 1, ""
}

func mendThroughput(o option, at []int, each float64) {
	x, y := o.part("xAxis", 0), o.part("yAxis", 0)
	axisName(x, 30)
	axisName(y, 46)
	x["axisTick"] = option{"customValues": at}
	x["axisLabel"] = option{"customValues": at, "hideOverlap": true}
	x["splitLine"] = option{"show": false}
	for _, s := range o.parts("series") {
		switch {
		case s["type"] == "custom":
			s["z"], s["silent"] = 3, true
			s["encode"] = option{"x": 0, "y": []int{1, 2}}
		case s["name"] == "ideal":
			s["silent"], s["symbol"] = true, "none"
		default:
			s["z"] = 4
			labelPoints(s, each)
		}
	}
	legendIcons(o)
}

func throughputAlt(runs []vectorizer.Run) string {
	var list []string
	for _, r := range runs {
		v, sd := throughput(r)
		list = append(list, fmt.Sprintf("%s %s ± %s loops/s", number(r.Workers, "worker"), digits(significant(v, 3), 3), digits(significant(sd, 2), 2)))
	}
	return "Throughput: " + strings.Join(list, ", ")
}
