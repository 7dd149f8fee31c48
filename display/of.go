package display

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
)

// Limits of what is shown of a value. They bound time and memory too: Of looks
// at no more of a value than it shows, but for the keys of a map.
const (
	textLimit     = 100_000 // bytes of text/plain
	besideLimit   = 2_000   // bytes of text/plain beside a richer form
	elementsLimit = 1_000   // elements shown of a list, entries of a map
	nodesLimit    = 20_000  // parts a value may have to be handed to fmt
	depthLimit    = 100     // levels of nesting shown
)

// Of returns v in every form it has; it never panics and never returns a
// bundle without text/plain.
//
//   - A Bundle is itself. Values with gophernotes' methods (HTML, Markdown,
//     Latex, SVG, PNG, JPEG, PDF, JSON, JavaScript, Render, SimpleRender) show
//     what those return, images are PNG, go-echarts charts a ChartSpec under
//     ChartMIME that the kernel makes a chart of.
//   - Anything else is text, as fmt's %v writes it (%+v when it is or holds
//     structs), a function's type; long text, lists and maps are cut with a
//     count. A slice of structs and a map are an HTML table too.
//
// static is the static type's name as the reader knows it ("" when unknown),
// used in notes. A method of v that panics is shown as fmt shows it.
func Of(v any, static string) (b Bundle) {
	defer func() {
		if r := recover(); r != nil {
			b = Text(fmt.Sprintf("%%!v(PANIC=%T: %v)", v, r))
		}
	}()
	switch b := v.(type) {
	case Bundle:
		return complete(b)
	case *Bundle:
		if b != nil {
			return complete(*b)
		}
	case nil:
		return Text("<nil>")
	}
	if b, ok := chartBundle(v); ok {
		return b
	}
	if b, ok := imageBundle(v, static); ok {
		return b
	}
	if b, ok := methodBundle(v); ok {
		return b
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Func && !rv.IsNil() && !formats(v) {
		return Text(funcText(v, static)) // fmt would write its address
	}
	b = Text(text(v, textLimit))
	if html, ok := table(reflect.ValueOf(v)); ok {
		b.Data[MIMETypeHTML] = html
	}
	return b
}

// funcText is the type of a function: what tells one from another.
func funcText(v any, static string) string {
	if static == "" || !strings.HasPrefix(static, "func") {
		return fmt.Sprintf("%T", v)
	}
	return static
}

// complete returns b with a text/plain form.
func complete(b Bundle) Bundle {
	if _, ok := b.Data[MIMETypeText]; ok {
		return b
	}
	b.Data = maps.Clone(b.Data)
	if b.Data == nil {
		b.Data = map[string]any{}
	}
	b.Data[MIMETypeText] = ""
	return b
}

// A form is a method by which a value shows itself.
type form struct {
	method, mime string
	binary       bool
}

var forms = []form{
	{"HTML", MIMETypeHTML, false},
	{"Markdown", MIMETypeMarkdown, false},
	{"Latex", MIMETypeLatex, false},
	{"SVG", MIMETypeSVG, false},
	{"PNG", MIMETypePNG, true},
	{"JPEG", MIMETypeJPEG, true},
	{"PDF", MIMETypePDF, true},
	{"JSON", MIMETypeJSON, false},
	{"JavaScript", MIMETypeJavaScript, false},
}

// methodBundle asks v's own methods. A method counts when it takes nothing and
// returns content, or content and an error: text as a string or bytes,
// binary content as bytes, JSON as anything encoding/json writes.
func methodBundle(v any) (Bundle, bool) {
	b, found := rendered(v)
	rv := reflect.ValueOf(v)
	notes := ""
	for _, f := range forms {
		m := rv.MethodByName(f.method)
		if !m.IsValid() || !f.fits(m.Type()) {
			continue
		}
		found = true
		content, note := f.call(m)
		switch {
		case note != "":
			notes += "\n" + note
		case content != nil:
			b.Data[f.mime] = content
		}
	}
	if !found {
		return Bundle{}, false
	}
	if _, ok := b.Data[MIMETypeText]; !ok {
		b.Data[MIMETypeText] = text(v, besideLimit) + notes
	}
	return b, true
}

var errorType = reflect.TypeFor[error]()

func (f form) fits(t reflect.Type) bool {
	if t.NumIn() != 0 || t.NumOut() < 1 || t.NumOut() > 2 {
		return false
	}
	if t.NumOut() == 2 && t.Out(1) != errorType {
		return false
	}
	out := t.Out(0)
	bytes := out.Kind() == reflect.Slice && out.Elem().Kind() == reflect.Uint8
	switch {
	case f.mime == MIMETypeJSON:
		return true
	case f.binary:
		return bytes
	}
	return bytes || out.Kind() == reflect.String
}

// call returns the method's content, or a note that says why there is none.
func (f form) call(m reflect.Value) (content any, note string) {
	defer func() {
		if r := recover(); r != nil {
			content, note = nil, fmt.Sprintf("%%!v(PANIC=%s method: %v)", f.method, r)
		}
	}()
	out := m.Call(nil)
	if len(out) == 2 && !out[1].IsNil() {
		return nil, fmt.Sprintf("(%s method: %v)", f.method, out[1].Interface())
	}
	if f.mime == MIMETypeJSON {
		return jsonContent(out[0])
	}
	if f.binary {
		return out[0].Bytes(), ""
	}
	if out[0].Kind() == reflect.String {
		return out[0].String(), ""
	}
	return string(out[0].Bytes()), ""
}

// jsonContent takes text that is JSON as it is, other values through
// encoding/json.
func jsonContent(v reflect.Value) (any, string) {
	var raw []byte
	switch {
	case v.Kind() == reflect.String:
		raw = []byte(v.String())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		raw = v.Bytes()
	}
	if raw != nil && json.Valid(raw) {
		return json.RawMessage(raw), ""
	}
	raw, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, fmt.Sprintf("(JSON method: %v)", err)
	}
	return json.RawMessage(raw), ""
}

// rendered asks for a whole bundle: gophernotes' Renderer and SimpleRenderer.
func rendered(v any) (b Bundle, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			b, ok = Text(fmt.Sprintf("%%!v(PANIC=Render method: %v)", r)), true
		}
	}()
	switch r := v.(type) {
	case interface{ Render() Bundle }:
		b, ok = r.Render(), true
	case interface {
		Render() struct{ Data, Metadata, Transient map[string]any }
	}:
		d := r.Render()
		b, ok = Bundle{Data: d.Data, Metadata: d.Metadata}, true
	case interface{ SimpleRender() map[string]any }:
		b, ok = Bundle{Data: r.SimpleRender()}, true
	}
	b.Data = maps.Clone(b.Data)
	if b.Data == nil {
		b.Data = map[string]any{}
	}
	return b, ok
}
