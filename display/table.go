package display

import (
	"fmt"
	"html"
	"reflect"
	"strings"
)

// Limits of an HTML table.
const (
	rowsLimit    = 100
	columnsLimit = 30
	cellLimit    = 200 // bytes of a cell's text
)

// table returns a slice or array of structs (or of pointers to them), or a map,
// as an HTML table; false for anything else, for what is empty and for what
// writes itself.
func table(v reflect.Value) (string, bool) {
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if !v.IsValid() || !v.CanInterface() || formats(v.Interface()) {
		return "", false
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 || !isRow(v.Type().Elem()) {
			return "", false
		}
		return listTable(v), true
	case reflect.Map:
		if v.Len() == 0 {
			return "", false
		}
		return mapTable(v), true
	}
	return "", false
}

// isRow tells whether values of t have columns: a struct that fmt would write
// field by field.
func isRow(t reflect.Type) bool {
	s := t
	if s.Kind() == reflect.Pointer {
		s = s.Elem()
	}
	if s.Kind() != reflect.Struct || s.NumField() == 0 {
		return false
	}
	for _, own := range []reflect.Type{errorType, reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[fmt.Formatter]()} {
		if t.Implements(own) {
			return false
		}
	}
	return true
}

func listTable(v reflect.Value) string {
	w := &tableWriter{}
	w.head("", v.Type().Elem())
	n := v.Len()
	for i := range min(n, rowsLimit) {
		w.row(fmt.Sprint(i), v.Index(i))
	}
	return w.close(n - rowsLimit)
}

func mapTable(v reflect.Value) string {
	w := &tableWriter{}
	w.head("key", v.Type().Elem())
	list, rest := sortedEntries(v, rowsLimit)
	for _, e := range list {
		w.row(cellText(e.key), e.value)
	}
	return w.close(rest)
}

type tableWriter struct{ out strings.Builder }

// head writes the heading for a first column and the columns of t.
func (w *tableWriter) head(first string, t reflect.Type) {
	w.out.WriteString(`<table class="goblaze-table"><thead><tr>`)
	w.cell("th", first)
	if !isRow(t) {
		w.cell("th", "value")
	} else {
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		for i := range min(t.NumField(), columnsLimit) {
			w.cell("th", t.Field(i).Name)
		}
		if t.NumField() > columnsLimit {
			w.cell("th", "… "+count(t.NumField()-columnsLimit, "more field"))
		}
	}
	w.out.WriteString("</tr></thead><tbody>\n")
}

func (w *tableWriter) row(first string, v reflect.Value) {
	w.out.WriteString("<tr>")
	w.cell("th", first)
	if !isRow(v.Type()) {
		w.cell("td", cellText(v))
	} else {
		w.fields(v)
	}
	w.out.WriteString("</tr>\n")
}

func (w *tableWriter) fields(v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			w.cell("td", "<nil>")
			return
		}
		v = v.Elem()
	}
	for i := range min(v.NumField(), columnsLimit) {
		w.cell("td", cellText(v.Field(i)))
	}
}

func (w *tableWriter) cell(tag, s string) {
	fmt.Fprintf(&w.out, "<%s>%s</%s>", tag, html.EscapeString(s), tag)
}

func (w *tableWriter) close(rest int) string {
	w.out.WriteString("</tbody></table>")
	if rest > 0 {
		w.out.WriteString("<p>… " + count(rest, "more row") + "</p>")
	}
	return w.out.String()
}

// cellText writes one cell: methods of exported values count, as in fmt. A
// pointer is not followed.
func cellText(v reflect.Value) string {
	if v.IsValid() && v.CanInterface() && formats(v.Interface()) {
		return cutText(fmt.Sprintf("%v", v.Interface()), cellLimit)
	}
	p := &printer{verb: "%v", limit: cellLimit}
	p.value(v, 1)
	return cutText(p.out.String(), cellLimit+60)
}
