package parallel

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A line is an index that goes forth or back with the item's own: base + own, or
// base - own; or one that is listed, item by item.
type line struct {
	base int
	back bool
	list []int
}

// Line registers the next line.
func (j *Job) Line(base int, back bool) { j.lines = append(j.lines, line{base: base, back: back}) }

// LineList registers the next line by its values.
func (j *Job) LineList(list []int) { j.lines = append(j.lines, line{list: list}) }

// Fixed registers the next index that has one value all through the loop.
func (j *Job) Fixed(k int) { j.fixed = append(j.fixed, k) }

// at is the index that "f0+1" stands for.
func at(fixed []int, head string) int {
	sign := strings.IndexAny(head, "+-")
	k, _ := strconv.Atoi(head[1:sign])
	off, _ := strconv.Atoi(head[sign:])
	return fixed[k] + off
}

// line follows the path from the element that every item has on a line. Where it
// ends in the element itself, one span stands for all.
func (t *tracer) line(v reflect.Value, head string, rest []string, spare bool) {
	at := strings.IndexAny(head, "+-")
	k, _ := strconv.Atoi(head[1:at])
	off, _ := strconv.Atoi(head[at:])
	l := t.lines[k]
	off += l.base
	if l.list != nil {
		for i, k := range l.list {
			if k += off; k >= 0 && k < v.Len() {
				t.walk(v.Index(k), rest, i, spare)
			}
		}
		return
	}
	if !l.back {
		t.owned(v, off, rest, spare)
		return
	}
	flat := !slices.ContainsFunc(rest, func(s string) bool { return s[0] != '.' || s == "..." })
	if start := t.own.start; flat && t.own.list == nil && t.own.step == 1 && abs(start) < math.MaxInt/4 && abs(off) < math.MaxInt/4 {
		// item i has element off - start - i
		lo, hi := max(0, off-start-v.Len()+1), min(t.n, off-start+1)
		if hi-lo > 1 && v.Index(off-start-hi+1).CanAddr() {
			e := t.place(v.Index(off-start-hi+1), rest)
			t.spans = append(t.spans, span{lo: addr(e), size: e.Type().Size(), item: hi - 1, stride: v.Type().Elem().Size(), count: hi - lo, region: t.region, back: true})
			return
		}
	}
	for i := range t.n {
		if k := off - t.own.at(i); k >= 0 && k < v.Len() {
			t.walk(v.Index(k), rest, i, spare)
		}
	}
}

func abs(n int) int { return max(n, -n) }
