package main

import (
	"fmt"
	"strings"
	"testing"
)

// A chart that a cell builds with go-echarts shows itself, as the last value
// and by its address, with nothing from the network.
func TestChartsInCells(t *testing.T) {
	x := testExecutor(t)
	for i, code := range []string{
		"import \"github.com/go-echarts/go-echarts/v2/charts\"\nimport \"github.com/go-echarts/go-echarts/v2/opts\"\n" +
			"pie := charts.NewPie()\npie.AddSeries(\"shares\", []opts.PieData{{Name: \"a\", Value: 1}, {Name: \"b\", Value: 2}})\npie",
		"func shares() *charts.Pie { return pie }\nshares()",
		"var either interface{ Validate() } = pie\neither",
	} {
		p := execute(x, i+1, code)
		if p.failure != nil || p.value == nil {
			t.Fatalf("%s\n%+v", code, p.failure)
		}
		if got, want := fmt.Sprint(p.value.Data["text/plain"]), "chart\nseries  type   values\nshares   pie  a 1 b 2"; got != want {
			t.Errorf("%s\nas text:\n%q", code, got)
		}
		html := fmt.Sprint(p.value.Data["text/html"])
		if !strings.Contains(html, "data-goblaze-chart=") || strings.Contains(html, "src=\"http") {
			t.Errorf("%s\nas HTML: %.300s", code, html)
		}
	}
}
