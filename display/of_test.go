package display

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/big"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

type point struct{ X, y int }

type named struct{ N int }

func (n named) String() string { return fmt.Sprintf("#%d", n.N) }

type ptrStringer struct{ n int }

func (p *ptrStringer) String() string { return fmt.Sprint(p.n) }

type panicker struct{}

func (panicker) String() string { panic("boom") }
func (panicker) HTML() string   { panic("no HTML") }

type page struct{ body string }

func (p page) HTML() string              { return "<b>" + p.body + "</b>" }
func (p page) PNG() ([]byte, error)      { return nil, errors.New("no ink") }
func (p page) JPEG() []byte              { return []byte{0xff, 0xd8} }
func (p page) JSON() map[string]any      { return map[string]any{"body": p.body} }
func (p page) Latex(unused int) string   { return "takes an argument" }
func (p *page) Markdown() string         { return "*" + p.body + "*" }
func (p page) SVG() (string, int, error) { return "three results", 0, nil }

type simple struct{}

func (simple) SimpleRender() map[string]any { return map[string]any{"text/html": "<i>s</i>"} }

type renderer struct{}

func (renderer) Render() struct{ Data, Metadata, Transient map[string]any } {
	return struct{ Data, Metadata, Transient map[string]any }{Data: map[string]any{"text/plain": "r", "text/html": "<i>r</i>"}}
}

func TestOfText(t *testing.T) {
	var nilPtr *ptrStringer
	var nilImage *image.RGBA
	cyclic := []any{1, nil}
	cyclic[1] = cyclic
	loop := map[string]any{}
	loop["self"] = loop
	type node struct{ Next *node }
	ring := &node{}
	ring.Next = ring
	for name, c := range map[string]struct {
		v    any
		want string
	}{
		"nil":            {nil, "<nil>"},
		"int":            {42, "42"},
		"string":         {"a\nb", "a\nb"},
		"bytes":          {[]byte("ab"), "[97 98]"},
		"struct":         {point{1, 2}, "{X:1 y:2}"},
		"pointer":        {&point{1, 2}, "&{X:1 y:2}"},
		"structs":        {[]point{{1, 2}}, "[{X:1 y:2}]"},
		"map":            {map[string]int{"b": 2, "a": 1}, "map[a:1 b:2]"},
		"NaN key":        {map[float64]int{math.NaN(): 1}, "map[NaN:1]"},
		"function":       {strings.ToUpper, "func(string) string"},
		"named function": {http.HandlerFunc(http.NotFound), "http.HandlerFunc"},
		"nil function":   {(func())(nil), "<nil>"},
		"stringer":       {named{3}, "#3"},
		"stringers":      {[]named{{3}}, "[#3]"},
		"error":          {fmt.Errorf("no: %w", errors.New("x")), "no: x"},
		"duration":       {1500 * time.Millisecond, "1.5s"},
		"big":            {big.NewInt(5), "5"},
		"nil pointer":    {nilPtr, "<nil>"},
		"nil image":      {nilImage, "<nil>"},
		"nil slice":      {[]int(nil), "[]"},
		"panic":          {[]panicker{{}}, "[%!v(PANIC=String method: boom)]"},
		"panics":         {panicker{}, "%!v(PANIC=String method: boom)\n%!v(PANIC=HTML method: no HTML)"},
		"cyclic slice":   {cyclic, "[1 (cycle)]"},
		"cyclic map":     {loop, "map[self:(cycle)]"},
		"Uniform":        {image.NewUniform(color.White), "image of 2000000000×2000000000 pixels (*image.Uniform): not shown, an image of 1 to 40,000,000 pixels would be"},
		"bundle":         {Text("x"), "x"},
		"empty bundle":   {Bundle{}, ""},
		"simple":         {simple{}, "{}"},
		"reflect.Value":  {reflect.ValueOf(7), "7"},
		"invalid Value":  {reflect.Value{}, "<invalid reflect.Value>"},
		"wide interface": {[]any{1, "a", nil, named{2}}, "[1 a <nil> #2]"},
	} {
		if got := Of(c.v, "").Data["text/plain"]; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := Of(ring, "").Data["text/plain"].(string); !strings.HasPrefix(got, "&{Next:0x") {
		t.Errorf("ring: %q", got)
	}
}

func TestOfCutsWithACount(t *testing.T) {
	deep := any(1)
	for range 1_000_000 {
		deep = []any{deep}
	}
	big := map[int]int{}
	for i := range 5000 {
		big[i] = i
	}
	grid := make([][]int, 900)
	for i := range grid {
		grid[i] = make([]int, 900)
	}
	for name, c := range map[string]struct {
		v    any
		tail string
	}{
		"long string":    {strings.Repeat("é", 100_000), " … 100,000 more bytes"},
		"long list":      {make([]int, 1_000_000_000), "0 0 … 999,999,000 more elements]"},
		"long in struct": {struct{ S []int }{make([]int, 2000)}, "0 0 … 1,000 more elements]}"},
		"map":            {big, "998:998 999:999 … 4,000 more entries]"},
		"deep":           {deep, "[[…]]"},
		"grid":           {grid, "more elements] … 844 more elements]"},
		"stringer":       {longStringer{}, " … 50,000 more bytes"},
	} {
		got := Of(c.v, "").Data["text/plain"].(string)
		if len(got) > textLimit+200 {
			t.Errorf("%s: %d bytes", name, len(got))
		}
		if name == "deep" {
			got = strings.ReplaceAll(got, "]]]", "]]")
		}
		if name == "deep" && !strings.Contains(got, "[…]") || name != "deep" && !strings.HasSuffix(got, c.tail) {
			t.Errorf("%s ends %q, want %q", name, got[max(0, len(got)-60):], c.tail)
		}
	}
}

type longStringer struct{}

func (longStringer) String() string { return strings.Repeat("x", 150_000) }

func TestOfForms(t *testing.T) {
	b := Of(page{"hi"}, "main.page")
	if b.Data["text/html"] != "<b>hi</b>" || string(b.Data["image/jpeg"].([]byte)) != "\xff\xd8" {
		t.Errorf("forms: %v", b.Data)
	}
	if raw := b.Data["application/json"].(json.RawMessage); string(raw) != `{"body":"hi"}` {
		t.Errorf("JSON: %s", raw)
	}
	if got := b.Data["text/plain"]; got != "{body:hi}\n(PNG method: no ink)" {
		t.Errorf("text: %q", got)
	}
	for _, absent := range []string{"text/latex", "image/svg+xml", "image/png", "text/markdown"} {
		if _, ok := b.Data[absent]; ok {
			t.Errorf("%s is there", absent)
		}
	}
	if got := Of(&page{"hi"}, "").Data["text/markdown"]; got != "*hi*" {
		t.Errorf("pointer method: %v", got)
	}
	if got := Of((*page)(nil), "").Data["text/plain"].(string); !strings.HasPrefix(got, "<nil>") {
		t.Errorf("nil with methods: %q", got)
	}
	if Of(simple{}, "").Data["text/html"] != "<i>s</i>" || Of(renderer{}, "").Data["text/html"] != "<i>r</i>" {
		t.Error("gophernotes' renderers are not asked")
	}
}

func TestOfTables(t *testing.T) {
	long := make([]point, 250)
	for name, c := range map[string]struct {
		v    any
		want []string
	}{
		"structs":  {[]point{{1, 2}, {3, 4}}, []string{"<th>X</th><th>y</th>", "<th>1</th><td>3</td><td>4</td>"}},
		"pointers": {[]*point{{1, 2}, nil}, []string{"<td>1</td><td>2</td>", "<td>&lt;nil&gt;</td>"}},
		"map":      {map[string]string{"<b>": "&"}, []string{"<th>&lt;b&gt;</th><td>&amp;</td>"}},
		"map of structs": {map[int]point{7: {1, 2}}, []string{
			"<th>key</th><th>X</th><th>y</th>", "<th>7</th><td>1</td><td>2</td>"}},
		"cut":  {long, []string{"<p>… 150 more rows</p>"}},
		"none": {[]int{1}, nil}, "stringers": {[]named{{1}}, nil}, "empty": {[]point{}, nil}, "times": {[]time.Time{{}}, nil},
	} {
		got, _ := Of(c.v, "").Data["text/html"].(string)
		if (got == "") != (c.want == nil) {
			t.Errorf("%s: %q", name, got)
		}
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in %q", name, w, got)
			}
		}
	}
}

func TestOfImage(t *testing.T) {
	b := Of(image.NewGray(image.Rect(0, 0, 3, 2)), "")
	if png := b.Data["image/png"].([]byte); string(png[1:4]) != "PNG" {
		t.Errorf("png: %q", png)
	}
	if got := fmt.Sprint(b.Metadata["image/png"]); got != "map[height:2 width:3]" {
		t.Errorf("metadata: %s", got)
	}
	if got := b.Data["text/plain"]; got != "image of 3×2 pixels (*image.Gray)" {
		t.Errorf("text: %q", got)
	}
}

type optionText string

type fakeChart struct {
	Initialization struct{ Width, Height string }
	valid          bool
	option         string
}

func (c *fakeChart) Validate() { c.valid = true }
func (c *fakeChart) JSONNotEscaped() optionText {
	if !c.valid {
		panic("not validated")
	}
	return optionText(c.option)
}
func (c *fakeChart) JSON() map[string]any { return map[string]any{"wrong": true} }

func TestOfCharts(t *testing.T) {
	c := &fakeChart{option: `{"series":[]}`}
	c.Initialization.Width = "700px"
	spec := Of(c, "").Data[ChartMIME].(ChartSpec)
	if len(spec.Charts) != 1 || string(spec.Charts[0].Option) != c.option || spec.Charts[0].Width != "700px" {
		t.Errorf("chart: %+v", spec)
	}
	p := &struct{ Charts []any }{[]any{c, c}}
	if spec := Of(p, "").Data[ChartMIME].(ChartSpec); len(spec.Charts) != 2 {
		t.Errorf("page: %+v", spec)
	}
	if got := Of(&fakeChart{option: "{NaN"}, "").Data["text/plain"].(string); !strings.Contains(got, "no JSON") {
		t.Errorf("broken chart: %q", got)
	}
	if got := Of((*fakeChart)(nil), "").Data["text/plain"].(string); !strings.HasPrefix(got, "<nil>") {
		t.Errorf("nil chart: %q", got)
	}
}

// TestPrinterIsFmt holds the printer for big values against fmt on small ones.
func TestPrinterIsFmt(t *testing.T) {
	type inner struct {
		M map[string][]int
		e error
		N named
	}
	x := 3
	for _, v := range []any{
		1, -2.5, "s", true, nil, 'x', complex(1, 2), []byte("ab"), [2]bool{true}, &[]int{1}, &map[string]int{"a": 1}, uintptr(x),
		point{1, 2}, &point{3, 4}, []any{1, "a", nil, []string{"x"}}, map[point]named{{1, 2}: {3}}, struct{}{},
		map[any]int{5: 1, 2: 3, nil: 4}, map[bool]int{true: 1, false: 2}, []named{{1}}, map[bool][]point{true: {{1, 2}}},
		inner{map[string][]int{"b": {1}, "a": nil}, errors.New("x"), named{4}}, []error{errors.New("e"), nil},
		[]*int{nil}, (*point)(nil), map[string]any(nil), []time.Duration{time.Second}, panicker{}, big.NewInt(4), [][2]int{{1, 2}},
		map[[2]int]string{{2, 1}: "b", {1, 9}: "a"}, map[uint8]int8{3: -3, 1: -1}, struct{ any }{named{1}}, []panicker{{}},
	} {
		rv := reflect.ValueOf(v)
		for _, verb := range []string{"%v", "%+v"} {
			p := &printer{verb: verb, limit: textLimit}
			if formats(v) || !rv.IsValid() {
				continue
			}
			p.value(rv, 0)
			if want := fmt.Sprintf(verb, v); p.out.String() != want {
				t.Errorf("%s of %T: %q, want %q", verb, v, p.out.String(), want)
			}
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("key", []byte(`{"a":[1,2,{"b":null}],"c":"<script>"}`), 3, 1.5)
	f.Add("", []byte(`[[[[[[]]]]]]`), -1, math.Inf(1))
	f.Fuzz(func(t *testing.T, s string, raw []byte, n int, x float64) {
		var decoded any
		_ = json.Unmarshal(raw, &decoded)
		row := struct {
			S string
			N int
			x float64
			D any
		}{s, n, x, decoded}
		m := map[string]any{s: decoded, "x": x, "n": &row}
		for _, v := range []any{s, raw, decoded, row, &row, []any{row, m}, m, map[float64]any{x: s}, []struct{ A any }{{decoded}, {m}}} {
			b := Of(v, "")
			got := b.Data["text/plain"].(string)
			if len(got) > textLimit+200 {
				t.Fatalf("%d bytes of text", len(got))
			}
			if html, _ := b.Data["text/html"].(string); strings.Contains(html, "<script") {
				t.Fatalf("not escaped: %s", html)
			}
		}
		if got := Of(row, "").Data["text/plain"]; len(raw) < 1000 && len(s) < 1000 && got != fmt.Sprintf("%+v", row) {
			t.Fatalf("%q, fmt writes %+v", got, row)
		}
	})
}

// The first keys of a map are shown, however many it has.
func TestLargeMapsBeginWithTheirFirstKeys(t *testing.T) {
	m := map[int]bool{}
	for i := range 120_000 {
		m[i] = true
	}
	list, rest := sortedEntries(reflect.ValueOf(m), 1000)
	for i, e := range list {
		if e.key.Int() != int64(i) {
			t.Fatalf("entry %d has the key %d", i, e.key.Int())
		}
	}
	if len(list) != 1000 || rest != 119_000 {
		t.Errorf("%d entries and %d more", len(list), rest)
	}
}
