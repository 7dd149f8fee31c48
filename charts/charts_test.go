package charts

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"math"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	gocharts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/components"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

var imageSource = regexp.MustCompile(`<img src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"`)

// drawings returns the static images of HTML and their alternative texts.
func drawings(t *testing.T, text string) (svgs, alts []string) {
	t.Helper()
	for _, m := range imageSource.FindAllStringSubmatch(text, -1) {
		svg, err := base64.StdEncoding.DecodeString(m[1])
		if err != nil {
			t.Fatal(err)
		}
		svgs, alts = append(svgs, string(svg)), append(alts, html.UnescapeString(m[2]))
	}
	return svgs, alts
}

func TestReportsOfEveryKind(t *testing.T) {
	for name, want := range map[string]struct {
		charts int
		text   []string // of the bundle
		drawn  []string // of the images
	}{
		"run": {1, []string{"100 items · 4 workers · 285 ms · 351 items/s · compiled", "busy 94 %", "fastest worker 0 done after 265 ms, slowest worker 1 after 285 ms", `longest item 97 ("a <b> c") 31.0 ms`, "Items wait"},
			[]string{"time (ms), compiled", "worker", `yellow: longest item 97 ("a <b> c") 31.0 ms`}},
		"run-long":      {1, []string{"16 workers"}, []string{">15<"}},
		"compare":       {1, []string{"results equal", "1.04 s ± 42 ms", "4.65×", "58 %"}, []string{"speedup, compiled", "Amdahl fit, 10 % serial", "4 cores", "4.65×", "ideal"}},
		"compare-ideal": {1, []string{"3.95×"}, []string{"Amdahl fit, 0 % serial"}},
		"compare-two":   {1, []string{"1.90×"}, []string{"1.90×"}},
		"compare-many":  {1, []string{"64 workers"}, []string{"4.81×"}},
		"timeit":        {1, []string{"parallel(texts)", "262 ms ± 13 ms", "3.97×"}, []string{"262 ms ± 13 ms, 3.97×", "time (s), compiled"}},
		"throughput":    {1, []string{"1,900,000", "loops/s"}, []string{"thousand loops/s, compiled", "990"}},
	} {
		r := samples()[name]
		b, err := Report(r, Options{Library: &Library{sent: true}})
		if err != nil {
			t.Fatal(err)
		}
		text := b.Data[display.MIMETypeText].(string)
		page := b.Data[display.MIMETypeHTML].(string)
		svgs, alts := drawings(t, page)
		if len(svgs) != want.charts || alts[0] == "" {
			t.Errorf("%s: %d charts, alt %q", name, len(svgs), alts)
		}
		for _, w := range want.text {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in the text\n%s", name, w, text)
			}
			if !strings.Contains(page, html.EscapeString(w)) && !strings.Contains(w, "  ") {
				t.Errorf("%s: no %q in the HTML", name, w)
			}
		}
		for _, w := range want.drawn {
			if !strings.Contains(html.UnescapeString(strings.Join(svgs, "")), w) {
				t.Errorf("%s: no %q in the image", name, w)
			}
		}
		if strings.Contains(page, libraryOpen) || len(page) > 32_000 {
			t.Errorf("%s: %d bytes of HTML without the library", name, len(page))
		}
		var back vectorizer.Report
		if err := json.Unmarshal(b.Data[vectorizer.ReportMIME].(json.RawMessage), &back); err != nil || back.Kind != r.Kind || len(back.Runs) != len(r.Runs) {
			t.Errorf("%s: the report's JSON: %v", name, err)
		}
	}
}

func TestReportsAreReproducible(t *testing.T) {
	for name, r := range samples() {
		if name == "throughput" {
			continue // the sample comes from a map
		}
		first, _ := Report(r, Options{})
		again, _ := Report(r, Options{})
		if !reflect.DeepEqual(first, again) {
			t.Errorf("%s: a second drawing differs", name)
		}
	}
}

// TestOddReports holds what must not break: nothing done, no time, no number.
func TestOddReports(t *testing.T) {
	yes := false
	for name, c := range map[string]struct {
		r    vectorizer.Report
		want string
	}{
		"empty":      {vectorizer.Report{Kind: "run", Tier: "compiled"}, "0 items · sequential · 0 s · compiled"},
		"one":        {vectorizer.Report{Kind: "run", Items: 1, Done: 1, Workers: 1, WallS: 1e-7, Tier: "interpreted"}, "1 item · 1 worker · 100 ns · 10,000,000 items/s · interpreted"},
		"stopped":    {vectorizer.Report{Kind: "run", Items: 1000, Done: 57, Workers: 2, WallS: 0.9999, Stopped: "interrupt"}, "stopped (interrupt): 57 of 1,000 items finished"},
		"failed":     {vectorizer.Report{Kind: "run", ItemErrors: 3, WallS: 61}, "3 items failed"},
		"differ":     {vectorizer.Report{Kind: "compare", Equal: &yes, Difference: "item 3: 4, not 5"}, "results differ: item 3: 4, not 5"},
		"zero times": {vectorizer.Report{Kind: "compare", Runs: []vectorizer.Run{{Label: "sequential"}, {Workers: 2}}}, "2 workers"},
		"zero spans": {vectorizer.Report{Kind: "run", WallS: 1, Timeline: []vectorizer.Span{{}}}, "1.00 s"},
	} {
		b, err := Report(&c.r, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if text := b.Data["text/plain"].(string); !strings.Contains(text, c.want) || strings.Contains(text, "NaN") {
			t.Errorf("%s: %q", name, text)
		}
		if page := b.Data["text/html"].(string); strings.Contains(page, "no chart") {
			t.Errorf("%s: %s", name, page)
		}
	}
	if _, err := Report(&vectorizer.Report{WallS: math.NaN()}, Options{}); err == nil {
		t.Error("a report that JSON can't hold gives no error")
	}
}

func TestSpeedups(t *testing.T) {
	run := func(w int, tier string, mean, std float64) vectorizer.Run {
		return vectorizer.Run{Workers: w, Tier: tier, MeanS: mean, StdS: std}
	}
	got := speedups([]vectorizer.Run{run(4, "compiled", 0.25, 0.025), run(0, "compiled", 1, 0), run(2, "compiled", 0.5, 0), run(1, "interpreted", 10, 1), run(2, "interpreted", 5, 0)})
	want := []speedupLine{
		{"compiled", []speedupPoint{{2, 2, 0}, {4, 4, 0.4}}},
		{"interpreted", []speedupPoint{{1, 1, math.Hypot(0.1, 0.1)}, {2, 2, 0.2}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestTimelineIsBounded(t *testing.T) {
	var spans []vectorizer.Span
	for i := range 100_000 {
		spans = append(spans, vectorizer.Span{Worker: i % 3, StartS: float64(i), EndS: float64(i) + 1, Lo: i, Hi: i + 1, Items: 1, Chunks: 1, BusyS: 1})
	}
	got := mergedSpans(spans, maxBars)
	items := 0
	for _, s := range got {
		items += s.Items
	}
	if len(got) > maxBars || len(got) < maxBars/4 || items != 100_000 {
		t.Errorf("%d bars of %d items", len(got), items)
	}
}

func TestLibraryTravelsOnce(t *testing.T) {
	lib := new(Library)
	for i, c := range []struct {
		cell string
		run  int
		want bool
	}{{"a", 1, true}, {"a", 1, false}, {"b", 2, false}, {"a", 3, true}, {"a", 3, false}, {"b", 4, false}, {"", 5, false}} {
		if got := lib.take(c.cell, c.run); got != c.want {
			t.Errorf("step %d: cell %q run %d: %v", i, c.cell, c.run, got)
		}
	}
	lib.Started("b")
	if lib.take("b", 6) {
		t.Error("another cell's start counts")
	}
	lib.Started("a") // and it fails before it shows a chart
	if !lib.take("b", 7) {
		t.Error("the library is lost with the cell that carried it")
	}
	if !(Options{}).carries() || !(Options{Library: lib, SelfContained: true, Cell: "c"}).carries() || (Options{Library: lib, Cell: "c"}).carries() {
		t.Error("Options do not decide as they say")
	}
	if n := len(libraryElement()); n > 280_000 {
		t.Errorf("the library is %d bytes", n)
	}
}

func TestPage(t *testing.T) {
	with := reportOf(t, sampleRun(), Options{})
	given := []display.Bundle{{Data: map[string]any{"text/html": with}}, {Data: map[string]any{"text/html": []any{"<b>", "x"}}}, display.Text("x")}
	head, out := Page(given)
	if head != libraryElement() || strings.Contains(out[0].Data["text/html"].(string), libraryOpen) {
		t.Error("the library did not move to the head")
	}
	if given[0].Data["text/html"] != with || !reflect.DeepEqual(out[1:], given[1:]) {
		t.Error("other bundles changed")
	}
	if head, _ := Page(given[1:]); head != "" {
		t.Error("a page without charts has a head")
	}
}

func TestOwnCharts(t *testing.T) {
	b := FromBundle(display.Of(ownChart(), ""), Options{})
	if text := b.Data["text/plain"]; text != "Fruit </script> & more\nfor apple pear\nseries  type  values\nsold     bar     3 5" {
		t.Errorf("text: %q", text)
	}
	svgs, _ := drawings(t, b.Data["text/html"].(string))
	if len(svgs) != 1 || !strings.Contains(svgs[0], "5 kg") || !strings.Contains(svgs[0], `width="900"`) {
		t.Errorf("%d images", len(svgs))
	}
	if _, ok := b.Data[display.ChartMIME]; ok {
		t.Error("the private type is still there")
	}

	// The spec survives the pipe between the processes.
	of := display.Of(ownChart(), "")
	raw, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	var back display.Bundle
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if got := FromBundle(back, Options{}); got.Data["text/html"] != b.Data["text/html"] {
		t.Error("a chart that crossed the pipe differs")
	}

	page := components.NewPage()
	page.AddCharts(ownChart(), ownChart())
	if svgs, _ := drawings(t, FromBundle(display.Of(page, ""), Options{}).Data["text/html"].(string)); len(svgs) != 2 {
		t.Errorf("a page of two charts has %d", len(svgs))
	}
	if plain := display.Text("x"); !reflect.DeepEqual(FromBundle(plain, Options{}), plain) {
		t.Error("a bundle without a chart changed")
	}
}

// TestOwnChartTypes draws each series of the embedded build by go-echarts.
func TestOwnChartTypes(t *testing.T) {
	pie := gocharts.NewPie()
	pie.AddSeries("p", []opts.PieData{{Name: "slice", Value: 3}, {Name: "other", Value: 4}})
	heat := gocharts.NewHeatMap()
	heat.SetGlobalOptions(gocharts.WithXAxisOpts(opts.XAxis{Type: "category", Data: []string{"slice"}}), gocharts.WithVisualMapOpts(opts.VisualMap{Min: 0, Max: 9}), gocharts.WithYAxisOpts(opts.YAxis{Type: "category", Data: []string{"row"}}))
	heat.AddSeries("h", []opts.HeatMapData{{Value: []any{0, 0, 7}}})
	box := gocharts.NewBoxPlot()
	box.SetXAxis([]string{"slice"}).AddSeries("b", []opts.BoxPlotData{{Value: []int{1, 2, 3, 4, 5}}})
	scatter := gocharts.NewScatter()
	scatter.SetXAxis([]string{"slice"}).AddSeries("s", []opts.ScatterData{{Value: 3}})
	line := gocharts.NewLine()
	line.SetXAxis([]string{"slice"}).AddSeries("l", []opts.LineData{{Value: 3}})
	for _, c := range []any{pie, heat, box, scatter, line} {
		svgs, _ := drawings(t, FromBundle(display.Of(c, ""), Options{}).Data["text/html"].(string))
		if len(svgs) != 1 || !strings.Contains(svgs[0], "slice") || strings.Count(svgs[0], "<path") < 3 {
			t.Errorf("%T: %q", c, regexp.MustCompile(`<text.*?</text>`).FindAllString(svgs[0], -1))
		}
	}
}

func TestChartsThatCannotBe(t *testing.T) {
	for raw, want := range map[string]string{
		`{`:    "no JSON object",
		`null`: "is null",
		`[]`:   "no JSON object",
		`{"series":[{"type":"radar"},{"type":"sankey"}]}`: "no series of type radar, sankey, only bar",
	} {
		if _, err := FromOptions([]byte(raw), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for raw, want := range map[string]string{
		`{"series":[{"type":"bar","data":[1]}],"xAxis":{"data":["a"]},"yAxis":{"axisLabel":{"formatter":"__f__function(v){throw new Error('no <ink>')}__f__"}}}`: "no &lt;ink&gt;",
		`{"x":"__f__function( {__f__","series":[]}`: "SyntaxError",
	} {
		b, err := FromOptions([]byte(raw), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if page := b.Data["text/html"].(string); !strings.Contains(page, "no chart: ") || !strings.Contains(page, want) || strings.Contains(page, "<script") {
			t.Errorf("%s: %s", raw, page)
		}
	}
	b := FromBundle(display.Bundle{Data: map[string]any{display.ChartMIME: json.RawMessage("{")}}, Options{})
	if text := b.Data["text/plain"].(string); !strings.Contains(text, "can't be read") {
		t.Errorf("text: %q", text)
	}
	// And the next chart is drawn.
	if svgs, _ := drawings(t, reportOf(t, sampleRun(), Options{})); len(svgs) != 1 {
		t.Error("after a failure nothing is drawn")
	}
}

func TestScript(t *testing.T) {
	for raw, want := range map[string]string{
		`{"a":"x\"y","b":1}`:                          `{"a":"x\"y","b":1}`,
		`{"f":"__f__function(a){return \"q\"}__f__"}`: "{\"f\":function(a){return \"q\"}\n}",
		`{"f":"__f__v // end__f__","g":2}`:            "{\"f\":v // end\n,\"g\":2}",
		`{"s":"</script><!-- __f__"}`:                 `{"s":"<\/script><\!-- __f__"}`,
		`{"s":"open`:                                  `{"s":"open`,
	} {
		got, err := script([]byte(raw))
		if err != nil || got != want {
			t.Errorf("%s: %q, %v", raw, got, err)
		}
	}
}

func TestUnits(t *testing.T) {
	for s, want := range map[float64]string{0: "0 s", 1.5e-9: "1.50 ns", 12.34e-6: "12.3 µs", 0.253: "253 ms", 0.9999: "1.00 s", 1.04: "1.04 s", 125: "125 s", 12345: "12,345 s"} {
		if got := seconds(s); got != want {
			t.Errorf("%g: %s, want %s", s, got, want)
		}
	}
	for _, c := range [][2]string{{number(1, "item"), "1 item"}, {number(1234567, "item"), "1,234,567 items"}, {number(0, "core"), "0 cores"},
		{percent(0.974), "97 %"}, {times(3.724), "3.72×"}, {rate(100, 0.253, "items"), "395 items/s"}, {rate(1, 0, "items"), ""},
		{digits(-1234.5, 3), "-1,234"}, {digits(999.7, 3), "1,000"}, {digits(math.NaN(), 3), "0"}, {shortened("a very long label of a run", 11), "a ver…a run"}} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}

func TestConcurrentDrawing(t *testing.T) {
	var wg sync.WaitGroup
	want := reportOf(t, sampleTimeit(), Options{})
	for range 6 {
		wg.Go(func() {
			if b, err := Report(sampleTimeit(), Options{}); err != nil || b.Data["text/html"] != want {
				t.Errorf("differs: %v", err)
			}
		})
	}
	wg.Wait()
}

func FuzzScript(f *testing.F) {
	f.Add(`{"a":"</script>","f":"__f__function(){return 1}__f__"}`)
	f.Add(`{"series":[{"type":"bar","data":[{"value":[1,"<!--"]}]}]}`)
	f.Fuzz(func(t *testing.T, raw string) {
		code, err := script([]byte(raw))
		if err == nil && (strings.Contains(code, "</") || strings.Contains(code, "<!--")) {
			t.Fatalf("%q can end its element", code)
		}
		if o, err := parseOption([]byte(raw)); err == nil {
			describe(o)
		}
	})
}
