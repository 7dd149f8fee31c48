package charts

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/display"
)

// FromBundle returns b with the go-echarts charts that display.Of put under
// display.ChartMIME made HTML; a bundle without them as it is. It never fails:
// a chart that can't be drawn is a sentence with the reason.
func FromBundle(b display.Bundle, o Options) display.Bundle {
	v, ok := b.Data[display.ChartMIME]
	if !ok {
		return b
	}
	b.Data = maps.Clone(b.Data)
	delete(b.Data, display.ChartMIME)
	spec, err := specOf(v)
	if err != nil {
		b.Data[display.MIMETypeText] = "a chart that can't be read: " + err.Error()
		return b
	}
	shown := fromSpec(spec, o)
	maps.Copy(b.Data, shown.Data)
	return b
}

// specOf reads a ChartSpec in any form it has on its way: the value itself,
// JSON, or decoded JSON.
func specOf(v any) (spec display.ChartSpec, err error) {
	if s, ok := v.(display.ChartSpec); ok {
		return s, nil
	}
	raw, ok := v.(json.RawMessage)
	if !ok {
		if raw, err = json.Marshal(v); err != nil {
			return spec, err
		}
	}
	err = json.Unmarshal(raw, &spec)
	return spec, err
}

// FromOptions returns the bundle of one chart given as echarts option JSON, in
// which functions are strings between __f__ marks, as go-echarts'
// JSONNotEscaped (after Validate) writes them. Series that the embedded build
// lacks (it has bar, boxplot, custom, heatmap, line, pie and scatter) and
// options that are no JSON are an error.
func FromOptions(optionJSON []byte, o Options) (display.Bundle, error) {
	c, err := userChart(display.Chart{Option: optionJSON})
	if err != nil {
		return display.Bundle{}, err
	}
	b := display.Text(c.text)
	b.Data[display.MIMETypeHTML] = drawAll([]chart{c.chart}, o)
	return b, nil
}

func fromSpec(spec display.ChartSpec, o Options) display.Bundle {
	var list []chart
	var text []string
	var notes strings.Builder
	for _, one := range spec.Charts {
		c, err := userChart(one)
		if err != nil {
			text = append(text, err.Error())
			notes.WriteString(`<p class="goblaze-note">` + html.EscapeString(err.Error()) + "</p>")
			continue
		}
		list = append(list, c.chart)
		text = append(text, c.text)
	}
	b := display.Text(strings.Join(text, "\n\n"))
	b.Data[display.MIMETypeHTML] = drawAll(list, o) + notes.String()
	return b
}

// A user's chart has a table of its numbers as text.
type describedChart struct {
	chart
	text string
}

func userChart(c display.Chart) (describedChart, error) {
	opt, err := parseOption(c.Option)
	if err != nil {
		return describedChart{}, err
	}
	if types := opt.unknownSeries(); types != nil {
		return describedChart{}, fmt.Errorf("the charts that GoBlaze carries for offline use have no series of type %s, only %s",
			strings.Join(types, ", "), strings.Join(knownSeries, ", "))
	}
	if c.Background != "" {
		opt["backgroundColor"] = c.Background
	}
	raw, err := opt.json()
	if err != nil {
		return describedChart{}, err
	}
	text := describe(opt)
	return describedChart{chart{option: raw, width: pixels(c.Width, 900), height: pixels(c.Height, 500), alt: text}, text}, nil
}

// pixels reads a CSS length in pixels; anything else (100%, 40em) is otherwise.
func pixels(css string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(css, "px")))
	if err != nil || n < 40 || n > 4000 {
		return otherwise
	}
	return n
}

// The numbers of a chart shown as text.
const (
	describedSeries = 12
	describedValues = 12
)

// describe is a chart in words: its title and a table of its series.
func describe(o option) string {
	title := "chart"
	if t := o.part("title", 0); t != nil {
		if s, _ := t["text"].(string); s != "" {
			title = s
		}
	}
	list := o.parts("series")
	g := grid{head: []string{"series", "type", "values"}}
	for i, s := range list {
		if i == describedSeries {
			g.rows = append(g.rows, []string{fmt.Sprintf("… %d more", len(list)-i), "", ""})
			break
		}
		name, _ := s["name"].(string)
		kind, _ := s["type"].(string)
		data, _ := s["data"].([]any)
		g.rows = append(g.rows, []string{shortened(name, 30), kind, values(data)})
	}
	return title + categories(o) + "\n" + strings.TrimSuffix(g.text(), "\n")
}

// categories names what the values belong to, where an axis says.
func categories(o option) string {
	for _, key := range []string{"xAxis", "yAxis"} {
		if axis := o.part(key, 0); axis != nil {
			if data, _ := axis["data"].([]any); len(data) > 0 {
				return "\nfor " + values(data)
			}
		}
	}
	return ""
}

func values(data []any) string {
	var list []string
	for i, d := range data {
		if i == describedValues {
			list = append(list, fmt.Sprintf("… %d more", len(data)-i))
			break
		}
		list = append(list, valueText(d))
	}
	return strings.Join(list, " ")
}

// valueText is a data item: a number, a list of numbers, or an object that
// holds either.
func valueText(d any) string {
	switch v := d.(type) {
	case map[string]any:
		text := valueText(v["value"])
		if name, _ := v["name"].(string); name != "" {
			text = shortened(name, 20) + " " + text
		}
		return text
	case []any:
		var list []string
		for i, x := range v {
			if i == 8 {
				list = append(list, "…")
				break
			}
			list = append(list, valueText(x))
		}
		return "(" + strings.Join(list, ", ") + ")"
	case float64:
		return strconv.FormatFloat(v, 'g', 6, 64)
	case nil:
		return "-"
	}
	return shortened(fmt.Sprint(d), 40)
}
