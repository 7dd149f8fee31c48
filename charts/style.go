package charts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// Colours that all eyes can tell apart (after Okabe and Ito 2008; the blue is
// lighter) and that can be read on a white and on a dark ground.
const (
	colMeasured = "#1780c2"
	colIdeal    = "#8c8c8c"
	colFit      = "#d55e00"
	colCores    = "#9a7fb8"
	colLong     = "#e69f00"
	colSpread   = "#d55e00"
)

var palette = []string{colMeasured, "#009e73", colFit, "#cc79a7", colLong, "#56b4e9"}

// The size of a chart in pixels.
const (
	chartWidth  = 720
	chartHeight = 400
)

// base are the options all charts begin with.
func base(title string, legend bool) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{Width: "720px", Height: "400px"}),
		charts.WithTitleOpts(opts.Title{Title: title, Left: "12", Top: "8", TitleStyle: &opts.TextStyle{FontSize: 15}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(legend), Top: "34", Left: "12"}),
		charts.WithGridOpts(opts.Grid{Left: "64", Right: "40", Top: "76", Bottom: "56"}),
		charts.WithColorsOpts(opts.Colors(palette)),
	}
}

// function is a JavaScript function as go-echarts takes it.
func function(code string) types.FuncStr {
	return types.FuncStr(funcMark + strings.Join(strings.Fields(code), " ") + funcMark)
}

// withTier names an axis and the tier its values were measured on.
func withTier(name string, tiers ...string) string {
	list := joinNames(tiers)
	if list == "" {
		return name
	}
	return name + ", " + list
}

// joinNames joins the names that are not empty.
func joinNames(names []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" }), ", ")
}

// errorBar draws [x, low, high] as a bar with caps; vertical or, with the
// value axis along x, horizontal.
func errorBar(vertical bool) types.FuncStr {
	low, high, dx, dy := "[x,api.value(1)]", "[x,api.value(2)]", "5", "0"
	if !vertical {
		low, high, dx, dy = "[api.value(1),x]", "[api.value(2),x]", "0", "5"
	}
	return function(fmt.Sprintf(`function(params,api){
		var x=api.value(0),a=api.coord(%s),b=api.coord(%s),s=api.style({stroke:api.visual('color'),fill:null,lineWidth:1.5});
		function line(p,q){return {type:'line',shape:{x1:p[0],y1:p[1],x2:q[0],y2:q[1]},style:s};}
		function cap(p){return line([p[0]-%[3]s,p[1]-%[4]s],[p[0]+%[3]s,p[1]+%[4]s]);}
		return {type:'group',silent:true,children:[line(a,b),cap(a),cap(b)]};}`, low, high, dx, dy))
}

// axisName names an axis in its middle.
func axisName(o option, gap int) {
	o["nameLocation"], o["nameGap"] = "middle", gap
}

// finish makes a go-echarts value a chart: mend changes what go-echarts has no
// field for.
func finish(c interface {
	Validate()
	JSON() map[string]any
}, width, height int, alt string, mend func(option)) (chart, error) {
	c.Validate()
	raw, err := option(c.JSON()).json()
	if err != nil {
		return chart{}, err
	}
	o, err := parseOption(raw)
	if err != nil {
		return chart{}, err
	}
	o["animation"] = false
	mend(o)
	for _, s := range o.parts("series") {
		compact(s)
	}
	if raw, err = o.json(); err != nil {
		return chart{}, err
	}
	return chart{option: raw, width: width, height: height, alt: alt}, nil
}

// compact writes data items that are only a value as that value.
func compact(series option) {
	data, _ := series["data"].([]any)
	for i, d := range data {
		if m, ok := d.(map[string]any); ok && len(m) == 1 && m["value"] != nil {
			data[i] = m["value"]
		}
	}
}

// legendIcons gives each name of the legend the look of its series: a dash for
// a line, a dot for measured points.
func legendIcons(o option) {
	var entries []option
	seen := map[any]bool{}
	for _, s := range o.parts("series") {
		if seen[s["name"]] {
			continue
		}
		seen[s["name"]] = true
		icon := "circle"
		if s["symbol"] == "none" {
			icon = "path://M0,0L24,0L24,3L0,3Z"
		}
		entries = append(entries, option{"name": s["name"], "icon": icon})
	}
	legend := o.part("legend", 0)
	legend["data"], legend["itemWidth"], legend["itemHeight"] = entries, 18, 9
}
