package parallel

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// PartSize registers the next size of parts, or width of columns, as the product
// of factors.
func (j *Job) PartSize(factors ...int) {
	size := 1
	for _, f := range factors {
		if f <= 0 {
			size = 0
			break
		}
		if size > math.MaxInt/f {
			size = math.MaxInt
			break
		}
		size *= f
	}
	j.sizes = append(j.sizes, size)
}

// numbered takes "p0+1" apart.
func numbered(head string) (k, off int) {
	at := strings.IndexAny(head, "+-")
	k, _ = strconv.Atoi(head[1:at])
	off, _ = strconv.Atoi(head[at:])
	return k, off
}

// part follows the path from the elements that begin at every item's own index.
func (t *tracer) part(v reflect.Value, head string, rest []string, spare bool) {
	k, off := numbered(head)
	size, n := t.parts[k], v.Len()
	if size == 0 || n == 0 || !v.Index(0).CanAddr() {
		return
	}
	elem := v.Type().Elem().Size()
	base := addr(v.Index(0))
	for i := range t.n {
		at := t.own.at(i)
		if at > math.MaxInt/2 || at < -math.MaxInt/2 {
			t.add(base, uintptr(n)*elem, -1)
			return
		}
		lo := at + off
		hi := n
		if size < n-lo {
			hi = lo + size
		}
		lo = max(lo, 0)
		switch {
		case lo >= hi:
		case len(rest) > 0:
			for e := lo; e < hi; e++ {
				t.walk(v.Index(e), rest, i, spare)
			}
		default:
			t.add(base+uintptr(lo)*elem, uintptr(hi-lo)*elem, i)
		}
	}
}

// column follows the path from the elements of every item's own column. Where
// no two items have the same one, all of it is each item's own.
func (t *tracer) column(v reflect.Value, head string, rest []string, spare bool) {
	k, off := numbered(head)
	n := v.Len()
	if n == 0 || t.n == 0 || !v.Index(0).CanAddr() {
		return
	}
	elem := v.Type().Elem().Size()
	base := addr(v.Index(0))
	if !t.apart(t.parts[k]) {
		for item := range 2 { // both may have any of them
			t.add(base, uintptr(n)*elem, item)
		}
		return
	}
	if slices.ContainsFunc(rest, func(s string) bool { return s[0] != '.' || s == "..." }) {
		for e := range n {
			t.walk(v.Index(e), rest, -1, spare)
		}
		return
	}
	t.spans = append(t.spans, span{lo: base, size: uintptr(n) * elem, item: -1, region: t.region, count: 1, column: fmt.Sprintf("m%d%+d", k, off)})
}

// apart tells whether the items' own indices are different ones when divided by
// width.
func (t *tracer) apart(width int) bool {
	if t.n <= 1 {
		return true
	}
	if t.n > width {
		return false
	}
	first, last := t.own.at(0), t.own.at(t.n-1)
	if t.own.list == nil {
		return first > -math.MaxInt/2 && last > -math.MaxInt/2 && first < math.MaxInt/2 && last < math.MaxInt/2 && abs(last-first) < width
	}
	return slices.Max(t.own.list) < math.MaxInt/2 && slices.Min(t.own.list) > -math.MaxInt/2 && slices.Max(t.own.list)-slices.Min(t.own.list) < width
}
