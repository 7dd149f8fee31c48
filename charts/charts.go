// Package charts turns measurements and go-echarts values into display
// bundles that every front end shows without a network.
//
// Start with Report, which shows all of a vectorizer.Report: the summary, the
// chart that fits it, the table and the verdict. FromBundle turns what
// display.Of made of a chart built in a cell into a bundle that front ends
// know; Page makes the outputs of a whole notebook one self-contained page.
//
// A chart is a static image (SVG by echarts' own server-side rendering) in a
// div, which a script turns into the live chart. The library for that, 275 KB,
// travels once a notebook (Library); where it is missing, or scripts are not
// run, the image stays.
package charts

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"strconv"
	"strings"
)

// Options say where a chart is shown. The zero value is right anywhere: each
// output carries the library, at 275 KB.
type Options struct {
	// Library is the notebook's; nil: the output carries the library itself.
	Library *Library
	// Cell and Run tell the Library which output this is: the cell's id and
	// its execution count.
	Cell string
	Run  int
	// SelfContained makes the output carry the library in any case, for front
	// ends that give each output a frame of its own (Colab).
	SelfContained bool
}

// carries tells whether the output that is being made holds the library.
func (o Options) carries() bool {
	// The library is asked in any case: it has to know of a carrier.
	if o.Library == nil {
		return true
	}
	return o.Library.take(o.Cell, o.Run) || o.SelfContained
}

// A chart is one drawing before it becomes HTML.
type chart struct {
	option        []byte // JSON, functions between marks
	width, height int    // pixels
	alt           string // the numbers in words
}

// maxSVG bounds the static image; a drawing with more is shown live only.
const maxSVG = 1 << 20

// html returns the chart's element and script, without the library. The error
// says why there is no static image; the element is then only worth showing
// when it is not empty.
func (c chart) html() (string, error) {
	code, err := script(c.option)
	if err != nil {
		return "", err
	}
	svg, err := staticSVG(code, c.width, c.height)
	if err != nil {
		return "", err
	}
	inner := c.image(svg)
	id := c.id()
	return fmt.Sprintf(`<div class="goblaze-chart" data-goblaze-chart="%s" style="max-width:%dpx">%s</div>`+
		`<script>(function(){var g=window.goblazeCharts||(window.goblazeCharts={});`+
		`(g.queue||(g.queue=[])).push({id:"%s",width:%d,height:%d,option:function(echarts){return %s`+"\n"+`}});if(g.run)g.run();})();</script>`,
		id, c.width, inner, id, c.width, c.height, code), nil
}

func (c chart) image(svg string) string {
	if len(svg) > maxSVG {
		return "<p>" + html.EscapeString(c.alt) + "</p>"
	}
	return fmt.Sprintf(`<img src="data:image/svg+xml;base64,%s" alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto;background:#fff">`,
		base64.StdEncoding.EncodeToString([]byte(svg)), html.EscapeString(c.alt), c.width, c.height)
}

// id is made of the content, so that running a notebook again changes nothing
// in it; a page may show the same chart several times.
func (c chart) id() string {
	h := sha256.New()
	h.Write(c.option)
	h.Write([]byte(strconv.Itoa(c.width) + "x" + strconv.Itoa(c.height)))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// drawAll returns the charts' HTML in order, the library first where needed;
// the charts that could not be drawn are a sentence each.
func drawAll(list []chart, o Options) string {
	var b strings.Builder
	drawn := false
	for _, c := range list {
		h, err := c.html()
		if err != nil {
			h = `<p class="goblaze-note">` + html.EscapeString(c.alt+" (no chart: "+err.Error()+")") + `</p>`
		}
		drawn = drawn || err == nil
		b.WriteString(h)
	}
	if drawn && o.carries() {
		return b.String() + libraryElement()
	}
	return b.String()
}
