package display

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// text returns v as fmt writes it, cut to about limit bytes. What fmt would
// take long for, or never end with, is written part by part instead.
func text(v any, limit int) string {
	rv := reflect.ValueOf(v)
	verb := verbOf(v, rv)
	if formats(v) || (&sizer{nodes: nodesLimit, bytes: limit}).fits(rv, 0) {
		return cutText(fmt.Sprintf(verb, v), limit)
	}
	p := &printer{verb: verb, limit: limit}
	p.value(rv, 0)
	return cutText(p.out.String(), limit+100)
}

// verbOf is %+v for structs and what holds them, %v for the rest and for what
// formats itself.
func verbOf(v any, rv reflect.Value) string {
	if formats(v) || !rv.IsValid() {
		return "%v"
	}
	t := rv.Type()
	for range depthLimit {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
			continue
		case reflect.Struct:
			return "%+v"
		}
		break
	}
	return "%v"
}

// formats tells whether fmt leaves the writing of v to v.
func formats(v any) bool {
	switch v.(type) {
	case error, fmt.Stringer, fmt.Formatter:
		return true
	}
	return false
}

// cutText cuts s at a rune and says how much is missing.
func cutText(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n := limit
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + " … " + count(len(s)-n, "more byte")
}

// count writes n with commas and a noun in its number: "1,234 more bytes".
func count(n int, noun string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if stem, y := strings.CutSuffix(noun, "y"); n != 1 && y {
		noun = stem + "ies"
	} else if n != 1 {
		noun += "s"
	}
	return s + " " + noun
}

// A sizer tells whether fmt may be given a value: small, finite, not deep.
type sizer struct{ nodes, bytes int }

func (s *sizer) fits(v reflect.Value, depth int) bool {
	s.nodes--
	if s.nodes < 0 || s.bytes < 0 || depth > depthLimit {
		return false
	}
	switch v.Kind() {
	case reflect.String:
		s.bytes -= v.Len()
		return s.bytes >= 0
	case reflect.Interface:
		return v.IsNil() || s.fits(v.Elem(), depth+1)
	case reflect.Pointer:
		return depth > 0 || v.IsNil() || s.fits(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		return s.list(v, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			if !s.fits(v.Field(i), depth+1) {
				return false
			}
		}
	case reflect.Map:
		return s.entries(v, depth)
	}
	return true
}

func (s *sizer) list(v reflect.Value, depth int) bool {
	if v.Len() > elementsLimit {
		return false
	}
	for i := range v.Len() {
		if !s.fits(v.Index(i), depth+1) {
			return false
		}
	}
	return true
}

func (s *sizer) entries(v reflect.Value, depth int) bool {
	if v.Len() > elementsLimit {
		return false
	}
	for it := v.MapRange(); it.Next(); {
		if !s.fits(it.Key(), depth+1) || !s.fits(it.Value(), depth+1) {
			return false
		}
	}
	return true
}

// A printer writes as fmt does, but stops at a length and at cycles.
type printer struct {
	verb  string
	limit int
	out   strings.Builder
	path  []visit // the slices and maps being written
}

type visit struct {
	p   uintptr
	len int
}

func (p *printer) full() bool { return p.out.Len() > p.limit }

func (p *printer) value(v reflect.Value, depth int) {
	if p.full() {
		return
	}
	if depth > 0 && v.IsValid() && v.CanInterface() && v.Kind() != reflect.Interface && formats(v.Interface()) {
		p.leaf(v.Interface())
		return
	}
	if depth > depthLimit {
		p.out.WriteString("…")
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			p.out.WriteString("<nil>")
			return
		}
		p.value(v.Elem(), depth+1)
	case reflect.Pointer:
		p.pointer(v, depth)
	case reflect.Slice, reflect.Array:
		p.list(v, depth)
	case reflect.Map:
		p.entries(v, depth)
	case reflect.Struct:
		p.fields(v, depth)
	case reflect.String:
		p.out.WriteString(cutText(v.String(), max(p.limit-p.out.Len(), 0)))
	default:
		p.leaf(v)
	}
}

func (p *printer) leaf(v any) {
	p.out.WriteString(cutText(fmt.Sprintf(p.verb, v), max(p.limit-p.out.Len(), 0)))
}

// pointer writes what an outermost pointer to a composite points to, and the
// address of any other, as fmt does.
func (p *printer) pointer(v reflect.Value, depth int) {
	if v.IsNil() {
		p.out.WriteString("<nil>")
		return
	}
	if depth == 0 {
		switch v.Elem().Kind() {
		case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
			p.out.WriteByte('&')
			p.value(v.Elem(), depth+1)
			return
		}
	}
	fmt.Fprintf(&p.out, "0x%x", v.Pointer())
}

func (p *printer) list(v reflect.Value, depth int) {
	if v.Kind() == reflect.Slice && !p.enter(v) {
		return
	}
	p.out.WriteByte('[')
	n := v.Len()
	for i := range n {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		if i >= elementsLimit || p.full() {
			p.out.WriteString("… " + count(n-i, "more element"))
			break
		}
		p.value(v.Index(i), depth+1)
	}
	p.out.WriteByte(']')
	if v.Kind() == reflect.Slice {
		p.leave()
	}
}

func (p *printer) entries(v reflect.Value, depth int) {
	if !p.enter(v) {
		return
	}
	p.out.WriteString("map[")
	list, rest := sortedEntries(v, elementsLimit)
	for i, e := range list {
		if p.full() {
			rest += len(list) - i
			break
		}
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.value(e.key, depth+1)
		p.out.WriteByte(':')
		p.value(e.value, depth+1)
	}
	if rest > 0 {
		p.out.WriteString(" … " + count(rest, "more entry"))
	}
	p.out.WriteByte(']')
	p.leave()
}

func (p *printer) fields(v reflect.Value, depth int) {
	p.out.WriteByte('{')
	for i := range v.NumField() {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		if p.verb == "%+v" {
			p.out.WriteString(v.Type().Field(i).Name + ":")
		}
		p.value(v.Field(i), depth+1)
	}
	p.out.WriteByte('}')
}

// enter notes that v is being written; false when it already is.
func (p *printer) enter(v reflect.Value) bool {
	at := visit{v.Pointer(), v.Len()}
	if at.len > 0 && slices.Contains(p.path, at) {
		p.out.WriteString("(cycle)")
		return false
	}
	p.path = append(p.path, at)
	return true
}

func (p *printer) leave() { p.path = p.path[:len(p.path)-1] }

// sortLimit is the size up to which all keys of a map are looked at to find the
// first, 100 ns each; of a bigger map some entries are taken, and those sorted.
const sortLimit = 5_000_000

type entry struct{ key, value reflect.Value }

// sortedEntries returns at most limit entries of m in fmt's order (numbers and
// strings by value) and how many there are beyond them.
func sortedEntries(m reflect.Value, limit int) (list []entry, rest int) {
	n := m.Len()
	full := false // list holds the first limit keys of those seen
	for it := m.MapRange(); it.Next(); {
		key := it.Key()
		if full && compareKeys(key, list[limit-1].key) >= 0 {
			continue
		}
		list = append(list, entry{key, it.Value()})
		if n > sortLimit && len(list) == limit {
			break
		}
		if len(list) == 2*limit {
			list, full = firstEntries(list, limit), true
		}
	}
	list = firstEntries(list, limit)
	return list, n - len(list)
}

// firstEntries sorts the entries and returns the first of them.
func firstEntries(list []entry, limit int) []entry {
	slices.SortStableFunc(list, func(a, b entry) int { return compareKeys(a.key, b.key) })
	return list[:min(limit, len(list))]
}

// compareKeys orders as fmt does; keys of several types in one map by kind
// (fmt: by the address of the type).
func compareKeys(a, b reflect.Value) int {
	if a.Kind() == reflect.Interface {
		a, b = a.Elem(), b.Elem()
	}
	switch {
	case !a.IsValid() || !b.IsValid():
		return cmp.Compare(rank(a), rank(b))
	case a.Kind() != b.Kind():
		return cmp.Compare(a.Kind(), b.Kind())
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	case a.Kind() == reflect.String:
		return cmp.Compare(a.String(), b.String())
	case a.Kind() == reflect.Bool:
		return cmp.Compare(fmt.Sprint(a.Bool()), fmt.Sprint(b.Bool()))
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case a.Kind() == reflect.Array:
		for i := range a.Len() {
			if c := compareKeys(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	}
	return 0
}

// rank puts nil before all.
func rank(v reflect.Value) int {
	if v.IsValid() {
		return 1
	}
	return 0
}
