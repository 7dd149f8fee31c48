package charts

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// A browser is one headless chromium without a network for all tests.
type browser struct{ ctx context.Context }

func newBrowser(t *testing.T) browser {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.WindowSize(900, 1000))
	alloc, stopAlloc := chromedp.NewExecAllocator(t.Context(), flags...)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(func() { stop(); stopAlloc() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start (apt-get install chromium): %v", err)
	}
	return browser{ctx}
}

// watch keeps what scripts of the page raise.
const watch = `<!doctype html><script>window.raised = [];
addEventListener('error', e => raised.push(e.message));
addEventListener('unhandledrejection', e => raised.push(String(e.reason)));</script>`

// open shows a page in a tab of its own.
func (b browser) open(t *testing.T, html string) context.Context {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(watch+html), 0o600); err != nil {
		t.Fatal(err)
	}
	tab, stop := chromedp.NewContext(b.ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(tab, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	return tab
}

// until waits for a JavaScript condition, and for the page to be without faults.
func until(t *testing.T, tab context.Context, condition string) {
	t.Helper()
	_, err := chromedp.Run(tab, chromedp.Poll[chromedp.Void](condition, chromedp.WithPollingTimeout(30*time.Second)))
	if err != nil {
		state, _ := chromedp.Run(tab, chromedp.Evaluate[string](`document.body.outerHTML.replace(/"[^"]{200,}"/g,'"…"').slice(0,1500)`))
		t.Fatalf("never %s: %v\n%s", condition, err, state)
	}
	if raised := eval[string](t, tab, `raised.join()`); raised != "" {
		t.Fatalf("the page raised: %s", raised)
	}
}

func eval[T any](t *testing.T, tab context.Context, expr string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](expr))
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return v
}

func reportOf(t *testing.T, r *vectorizer.Report, o Options) string {
	t.Helper()
	b, err := Report(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.Data[display.MIMETypeHTML].(string)
}

const (
	livePlots = `document.querySelectorAll('.goblaze-live svg').length`
	images    = `[...document.querySelectorAll('.goblaze-chart img')].filter(i => i.complete && i.naturalWidth > 100 && i.offsetWidth > 100).length`
	// inkOf is the lightness, 0 to 255, of the title of the first live chart.
	inkOf = `(() => { let e = [...document.querySelectorAll('.goblaze-live svg text')].find(e => e.textContent === 'Speedup');
		let m = /(\d+), (\d+), (\d+)/.exec(getComputedStyle(e).fill); return (+m[1] + +m[2] + +m[3]) / 3 })()`
)

func page(body string) string {
	return "<meta charset=utf-8><body>" + body + "</body>"
}

func TestBrowser(t *testing.T) {
	b := newBrowser(t)
	lib := new(Library)
	first := reportOf(t, sampleCompare(0.1, 1, 2, 4), Options{Library: lib, Cell: "a", Run: 1})
	second := reportOf(t, sampleRun(), Options{Library: lib, Cell: "b", Run: 2})
	if strings.Contains(second, libraryOpen) {
		t.Fatal("the second output carries the library too")
	}

	t.Run("live and offline, the library once", func(t *testing.T) {
		for _, order := range []string{first + second, second + first} {
			tab := b.open(t, page(order))
			until(t, tab, livePlots+" === 2")
			if n := eval[int](t, tab, images); n != 0 {
				t.Errorf("%d images are still shown", n)
			}
			if left := eval[string](t, tab, `Object.keys(window).filter(k => !k.startsWith("on") && /echarts|packed|waiting|unpack|zrender|charts/i.test(k)).join()`); left != "goblazeCharts" {
				t.Errorf("the page's globals: %s", left)
			}
			if label := eval[string](t, tab, `document.querySelector('.goblaze-live').getAttribute('aria-label')`); label == "" {
				t.Error("a live chart has no description")
			}
		}
	})
	t.Run("no scripts: the image alone", func(t *testing.T) {
		plain := regexp.MustCompile(`(?s)<script.*?</script>`).ReplaceAllString(first+second, "")
		tab := b.open(t, page(plain))
		until(t, tab, images+" === 2")
		if alt := eval[string](t, tab, `document.querySelector('img').alt`); !strings.Contains(alt, "2 workers 1.") {
			t.Errorf("alt: %q", alt)
		}
	})
	t.Run("no library on the page: the image stays", func(t *testing.T) {
		tab := b.open(t, page(second))
		until(t, tab, images+" === 1")
	})
	t.Run("a browser that cannot unpack: the image stays", func(t *testing.T) {
		tab := b.open(t, page("<script>delete window.DecompressionStream</script>"+first))
		until(t, tab, images+" === 1")
		if n := eval[int](t, tab, livePlots); n != 0 {
			t.Errorf("%d live", n)
		}
	})
	t.Run("the same output twice", func(t *testing.T) {
		tab := b.open(t, page(first+first))
		until(t, tab, livePlots+" === 2")
	})
	t.Run("beside RequireJS", func(t *testing.T) {
		tab := b.open(t, page(`<script>var calls = 0, exports = {}, module = {exports: exports};
			function define() { calls++; throw new Error('Mismatched anonymous define()'); } define.amd = {};
			function require() { calls++; throw new Error('not loaded'); }</script>`+first+second))
		until(t, tab, livePlots+" === 2")
		if got := eval[string](t, tab, `calls + ' ' + Object.keys(exports).length`); got != "0 0" {
			t.Errorf("the page's module system was used: %s", got)
		}
	})
	t.Run("scripts run before the output is on the page", func(t *testing.T) {
		tab := b.open(t, page(`<div id=cell></div>`))
		run := `(html => { let d = document.createElement('div'); d.innerHTML = html;
			for (let old of d.querySelectorAll('script')) { let s = document.createElement('script'); s.textContent = old.textContent; document.head.appendChild(s); }
			setTimeout(() => document.getElementById('cell').appendChild(d), 300); return true })(` + quotedJS(first) + `)`
		eval[bool](t, tab, run)
		until(t, tab, livePlots+" === 1")
	})
	t.Run("hidden, then shown", func(t *testing.T) {
		tab := b.open(t, page(`<div id=d style="display:none">`+first+`</div>`))
		until(t, tab, `document.querySelector('[data-goblaze-live]') !== null`)
		eval[bool](t, tab, `document.getElementById('d').style.display = 'block', true`)
		until(t, tab, livePlots+" === 1 && document.querySelector('.goblaze-live svg').clientWidth > 300")
	})
	t.Run("themes", func(t *testing.T) { testThemes(t, b, first) })
	t.Run("a page of outputs", func(t *testing.T) {
		head, out := Page([]display.Bundle{
			{Data: map[string]any{"text/html": first}}, display.Text("x"), {Data: map[string]any{"text/html": strings.SplitAfter(second, ">")}},
		})
		tab := b.open(t, page(out[0].Data["text/html"].(string)+out[2].Data["text/html"].(string)+head))
		until(t, tab, livePlots+" === 2")
	})
	t.Run("a chart of one's own", func(t *testing.T) { testOwnChart(t, b) })
	t.Run("nothing outside is asked for", func(t *testing.T) {
		for _, text := range []string{first, second} {
			if hit := regexp.MustCompile(`(?:src|href)="?(?:https?:)?//`).FindString(text); hit != "" {
				t.Errorf("%s in the output", hit)
			}
		}
	})
}

func testThemes(t *testing.T, b browser, html string) {
	for name, c := range map[string]struct {
		page string
		dark bool
	}{
		"light":              {page(html), false},
		"JupyterLab dark":    {"<meta charset=utf-8><body data-jp-theme-light=false>" + html, true},
		"JupyterLab light":   {"<meta charset=utf-8><body data-jp-theme-light=true style='background:#000'>" + html, false},
		"VS Code dark":       {"<meta charset=utf-8><body class='x vscode-dark'>" + html, true},
		"Colab dark":         {"<html theme=dark><meta charset=utf-8><body>" + html, true},
		"a dark ground":      {page("<div style='background:rgb(20,20,30)'><div style='background:rgba(255,255,255,0.1)'>" + html + "</div></div>"), true},
		"a dark light-on-it": {page("<div style='background:#111'><div style='background:#fafafa'>" + html + "</div></div>"), false},
	} {
		tab := b.open(t, c.page)
		until(t, tab, livePlots+" === 1")
		if ink := eval[float64](t, tab, inkOf); (ink > 128) != c.dark {
			t.Errorf("%s: ink of lightness %.0f", name, ink)
		}
	}
	tab := b.open(t, "<meta charset=utf-8><body data-jp-theme-light=true>"+html)
	until(t, tab, livePlots+" === 1")
	eval[bool](t, tab, `document.body.setAttribute('data-jp-theme-light', 'false'), true`)
	until(t, tab, inkOf+" > 128")
	eval[bool](t, tab, `document.body.setAttribute('data-jp-theme-light', 'true'), true`)
	until(t, tab, inkOf+" < 128")
}

// ownChart is a go-echarts chart as people write them, with a function.
func ownChart() *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithTitleOpts(opts.Title{Title: "Fruit </script> & more"}),
		charts.WithYAxisOpts(opts.YAxis{AxisLabel: &opts.AxisLabel{Formatter: opts.FuncOpts("function (v) { return v + ' kg'; }")}}),
	)
	bar.SetXAxis([]string{"apple", "pear"}).AddSeries("sold", []opts.BarData{{Value: 3}, {Value: 5}})
	return bar
}

func testOwnChart(t *testing.T, b browser) {
	out := FromBundle(display.Of(ownChart(), ""), Options{})
	tab := b.open(t, page(out.Data["text/html"].(string)))
	until(t, tab, livePlots+" === 1")
	text := eval[string](t, tab, `document.querySelector('.goblaze-live svg').textContent`)
	for _, want := range []string{"Fruit </script> & more", "5 kg", "pear"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the live chart: %q", want, text)
		}
	}
}

// quotedJS is s as a JavaScript string.
func quotedJS(s string) string {
	r := strings.NewReplacer("\\", `\\`, "`", "\\`", "${", "\\${")
	return "`" + r.Replace(s) + "`"
}
