package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"github.com/goblaze/goblaze/vectorizer"
)

// maxBars bounds the bars of a timeline: more could not be told apart, and
// each costs 100 bytes twice.
const maxBars = 240

// timelineChart draws what each worker did when: one row a worker, one bar a
// chunk.
func timelineChart(r *vectorizer.Report) (chart, error) {
	u := unitOf(r.WallS)
	rows := rowsOf(r)
	height := min(max(150+28*rows, 210), 720)
	c := charts.NewCustom()
	c.SetGlobalOptions(append(base("Timeline", false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Name: withTier("time ("+u.name+")", r.Tier), Min: 0}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Name: "worker", Data: ranks(rows)}),
	)...)
	c.AddSeries("chunks", chunkData(r, u),
		charts.WithCustomChartOpts(opts.CustomChart{RenderItem: chunkBar(0.68)}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colMeasured}))
	l, hasLong := longestItem(r)
	if hasLong {
		c.AddSeries("longest", []opts.CustomData{{Name: longestText(l),
			Value: []float64{float64(l.Worker), scaled(l.StartS, u), scaled(l.StartS+l.Seconds, u), 0}}},
			charts.WithCustomChartOpts(opts.CustomChart{RenderItem: chunkBar(0.16)}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: colLong}))
	}
	return finish(c, chartWidth, height, timelineAlt(r), func(o option) {
		mendTimeline(o, r, u)
		if hasLong {
			title := o.part("title", 0)
			title["subtext"], title["itemGap"] = "yellow: longest "+longestText(l), 10
			o.part("grid", 0)["top"] = 66
		}
	})
}

func rowsOf(r *vectorizer.Report) int {
	rows := max(r.Workers, len(r.BusyS), 1)
	for _, s := range r.Timeline {
		rows = max(rows, s.Worker+1)
	}
	return rows
}

func ranks(n int) (list []string) {
	for i := range n {
		list = append(list, strconv.Itoa(i))
	}
	return list
}

func scaled(s float64, u unit) float64 { return significant(finite(s*u.factor), 5) }

// chunkData is [row, start, end, shade, lo, hi, items, chunks] a bar;
// neighbours differ in shade.
func chunkData(r *vectorizer.Report, u unit) (data []opts.CustomData) {
	seen := map[int]int{}
	for _, s := range mergedSpans(r.Timeline, maxBars) {
		shade := seen[s.Worker] % 2
		seen[s.Worker]++
		items := s.Items
		if items == 0 {
			items = s.Hi - s.Lo
		}
		data = append(data, opts.CustomData{Value: []float64{float64(s.Worker), scaled(s.StartS, u), scaled(s.EndS, u),
			float64(shade), float64(s.Lo), float64(s.Hi - 1), float64(items), float64(max(s.Chunks, 1))}})
	}
	return data
}

// chunkTooltip is a bar in words. A name, which may hold anything, is shown as
// text.
func chunkTooltip(u unit) types.FuncStr {
	return function(fmt.Sprintf(`function(p){
		var v=p.value,t=p.name;
		if(!t)t=(v[6]===1?'item '+v[4]:v[6]+' items in '+v[4]+'–'+v[5])+(v[7]>1?', '+v[7]+' chunks':'')+': '+Number((v[2]-v[1]).toPrecision(3))+' %s';
		return echarts.format.encodeHTML('worker '+v[0]+': '+t);}`, u.name))
}

// mergedSpans joins neighbours on a worker until there are at most limit spans.
func mergedSpans(spans []vectorizer.Span, limit int) []vectorizer.Span {
	list := slices.Clone(spans)
	slices.SortStableFunc(list, func(a, b vectorizer.Span) int {
		return cmp.Or(cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.StartS, b.StartS))
	})
	for len(list) > limit {
		var half []vectorizer.Span
		for i := 0; i < len(list); i++ {
			if i+1 == len(list) || list[i+1].Worker != list[i].Worker {
				half = append(half, list[i])
				continue
			}
			half = append(half, joined(list[i], list[i+1]))
			i++
		}
		if len(half) == len(list) {
			return list // one span a worker: there is nothing more to join
		}
		list = half
	}
	return list
}

func joined(a, b vectorizer.Span) vectorizer.Span {
	return vectorizer.Span{
		Worker: a.Worker, StartS: a.StartS, EndS: max(a.EndS, b.EndS), Lo: min(a.Lo, b.Lo), Hi: max(a.Hi, b.Hi),
		Items: a.Items + b.Items, Chunks: max(a.Chunks, 1) + max(b.Chunks, 1), BusyS: a.BusyS + b.BusyS,
	}
}

// chunkBar draws [row, start, end, shade] as a bar of a share of the row's
// height, at least one pixel wide.
func chunkBar(share float64) types.FuncStr {
	return function(fmt.Sprintf(`function(params,api){
		var a=api.coord([api.value(1),api.value(0)]),b=api.coord([api.value(2),api.value(0)]),
		h=Math.min(api.size([0,1])[1],36)*%[1]g,g=params.coordSys,
		x=Math.max(a[0],g.x),w=Math.min(b[0],g.x+g.width)-x;
		if(w<0)return;
		return {type:'rect',shape:{x:x,y:a[1]+(%[1]g<0.5?Math.min(api.size([0,1])[1],36)*0.34-h:-h/2),width:Math.max(w-(w>3?0.5:0),1),height:h},
		style:{fill:api.visual('color'),opacity:api.value(3)?0.62:1}};}`, share))
}

func mendTimeline(o option, r *vectorizer.Report, u unit) {
	x, y := o.part("xAxis", 0), o.part("yAxis", 0)
	axisName(x, 28)
	axisName(y, 34)
	x["max"] = scaled(math.Max(r.WallS, lastEnd(r)), u)
	x["axisLabel"] = option{"showMaxLabel": false}
	y["inverse"] = true
	y["splitLine"], y["axisTick"] = option{"show": false}, option{"show": false}
	o.part("grid", 0)["top"] = 44
	o.part("grid", 0)["right"] = 24
	for _, s := range o.parts("series") {
		s["encode"] = option{"x": []int{1, 2}, "y": 0}
		s["tooltip"] = option{"formatter": chunkTooltip(u)}
	}
}

func lastEnd(r *vectorizer.Report) (end float64) {
	for _, s := range r.Timeline {
		end = max(end, s.EndS)
	}
	return end
}

// longestItem is the longest item or chunk, where it is long enough to be seen.
func longestItem(r *vectorizer.Report) (vectorizer.LongestItem, bool) {
	if len(r.Longest) == 0 || !(r.Longest[0].Seconds > 0.01*r.WallS) {
		return vectorizer.LongestItem{}, false
	}
	return r.Longest[0], true
}

func timelineAlt(r *vectorizer.Report) string {
	return fmt.Sprintf("Timeline of %s over %s, busy %s", number(rowsOf(r), "worker"), seconds(r.WallS), percent(busyShare(r)))
}
