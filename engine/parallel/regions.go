package parallel

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// A region is a pattern of memory that the loop writes or reads: what a path
// from a variable leads to.
type region struct {
	name  string
	root  reflect.Value // the variable
	path  []string
	write bool
	spare bool // what append could write: from the length to the capacity
	hold  bool // a variable that the fold fills

	line, text string // where it stands in the loop, and how it is written there; may be empty
}

// saved tells whether the region's memory is copied before the run.
func (r region) saved() bool { return r.write && !r.spare && !r.hold }

// Write registers memory that items write in place. ptr points to a variable
// and path leads on from it, blanks between: ".f" a field, "*" what a pointer
// points to, "i+1" the element at the item's own index plus one (of a map:
// the item's own element), "f0+1" the element after the one of Fixed 0, "p0+1" those of PartSize 0 from the one after the
// item's own on, "m0+1" those of the column after the item's own, "b0+1" any element of the item's own block of Block
// 0, the one after it, "l0+1" the element after the item's own on Line 0, "y+0" and "x+0" of an
// image the pixels of the item's own row and column, "=2"
// element 2, "[]" any element, "()" what an
// interface holds, "..." all that can be reached, "cap" the slice up to its
// capacity. The memory is saved before the run, and checked: no two items may
// write the same, or one write what another reads.
//
// said are the line, and the place as it is written there, for the sentence that
// refuses the loop.
func (j *Job) Write(name string, ptr any, path string, said ...string) {
	j.register(name, ptr, path, true, false)
	j.say(said)
}

// Read registers memory that items read and that could be the same as what
// others write.
func (j *Job) Read(name string, ptr any, path string, said ...string) {
	j.register(name, ptr, path, false, false)
	j.say(said)
}

func (j *Job) say(said []string) {
	if len(said) == 2 {
		r := &j.regions[len(j.regions)-1]
		r.line, r.text = said[0], said[1]
	}
}

// Spare registers a slice that the loop appends to.
func (j *Job) Spare(name string, ptr any, path string) {
	p := strings.Fields(path)
	j.register(name, ptr, strings.Join(p[:len(p)-1], " "), true, true)
}

// Hold registers a variable, or with the path "[]" a map, that the fold fills:
// no item may reach it under another name.
func (j *Job) Hold(name string, ptr any, path string) {
	j.register(name, ptr, path, true, false)
	j.regions[len(j.regions)-1].hold = true
}

func (j *Job) register(name string, ptr any, path string, write, spare bool) {
	j.regions = append(j.regions, region{name: name, root: reflect.ValueOf(ptr).Elem(), path: strings.Fields(path), write: write, spare: spare})
}

// A span is memory of one item (-1: of any), or, when count > 1, of count
// items in a row, each size bytes, stride bytes apart.
type span struct {
	lo     uintptr
	size   uintptr
	item   int
	stride uintptr
	count  int
	region int
	back   bool   // of a row: the items come in falling order
	column string // each item has its own elements of it, the same for all that name it alike
}

func (s span) hi() uintptr {
	if s.count > 1 {
		return s.lo + uintptr(s.count-1)*s.stride + s.size
	}
	return s.lo + s.size
}

// overlaps refuses memory that two items share, one of them writing.
func (j *Job) overlaps(n int) error {
	writes := false
	for _, r := range j.regions {
		writes = writes || r.write
	}
	if !writes || n == 0 {
		return nil
	}
	if j.unfit != nil {
		return j.unfit
	}
	var spans []span
	keys := map[mapKey]int{}
	for i, r := range j.regions {
		w := &tracer{own: j.own, lines: j.lines, fixed: j.fixed, parts: j.sizes, sizes: j.blocks, n: n, region: i, seen: map[seenKey]bool{}, keys: keys}
		w.walk(r.root, r.path, -1, r.spare)
		spans = append(spans, w.spans...)
	}
	spans = j.withoutSkipped(spans, n)
	slices.SortFunc(spans, func(a, b span) int {
		switch {
		case a.lo < b.lo:
			return -1
		case a.lo > b.lo:
			return 1
		}
		return 0
	})
	return j.sweep(spans)
}

// sweep compares spans that overlap, in the order of their addresses.
func (j *Job) sweep(spans []span) error {
	var open []span
	for _, s := range spans {
		keep := open[:0]
		for _, o := range open {
			if o.hi() > s.lo {
				keep = append(keep, o)
			}
		}
		open = keep
		for _, o := range open {
			if j.clash(o, s) {
				return j.overlapError(o, s)
			}
		}
		if !said(open, s) {
			open = append(open, s)
		}
	}
	return nil
}

// said tells whether open spans stand for s, too: whatever clashes with s
// clashes with one of two items that do the same there.
func said(open []span, s span) bool {
	other := false
	for _, o := range open {
		if o.region != s.region || o.lo != s.lo || o.count != s.count || o.stride != s.stride || o.back != s.back || o.size < s.size {
			continue
		}
		if o.item == s.item || o.item < 0 || other {
			return true
		}
		other = true
	}
	return false
}

func (j *Job) clash(a, b span) bool {
	ra, rb := j.regions[a.region], j.regions[b.region]
	if !ra.write && !rb.write || a.size == 0 || b.size == 0 {
		return false
	}
	if a.column != "" && a.column == b.column && a.lo == b.lo {
		return false
	}
	if ra.spare && rb.spare {
		return a.region != b.region
	}
	if a.count > 1 && b.count > 1 && a.stride == b.stride {
		d := uintptr(0)
		if a.lo <= b.lo {
			d = (b.lo - a.lo) % a.stride
			if d >= a.size && d+b.size <= a.stride {
				return false
			}
		}
		if d+b.size > a.stride || a.back != b.back {
			return true
		}
		return a.item < 0 || b.item < 0 || b.lo-a.lo >= a.stride || b.lo-a.lo != uintptr(b.item-a.item)*a.stride+d
	}
	if a.count > 1 && b.count > 1 {
		return true
	}
	if a.count <= 1 && b.count <= 1 {
		return a.item != b.item || a.item < 0
	}
	return j.mixed(a, b)
}

// mixed compares a row of items with a single place.
func (j *Job) mixed(a, b span) bool {
	row, one := a, b
	if a.count <= 1 {
		row, one = b, a
	}
	if one.lo < row.lo || row.item < 0 || one.item < 0 {
		return true
	}
	off := one.lo - row.lo
	first := int(off / row.stride)
	in := off % row.stride
	if in >= row.size && in+one.size <= row.stride {
		return false
	}
	if row.back {
		first = -first
	}
	return row.item+first != one.item || in+one.size > row.stride
}

func (j *Job) overlapError(a, b span) error {
	x, y := j.regions[a.region], j.regions[b.region]
	if !x.write {
		x, y = y, x
		a, b = b, a
	}
	if x.name == y.name && a.item >= 0 && b.item >= 0 && a.item != b.item && (a.region == b.region || x.text != "" && x.text == y.text) {
		return &Overlap{fmt.Sprintf("items %d and %d of %s share the memory they write; give each its own", min(a.item, b.item), max(a.item, b.item), x.name)}
	}
	if x.name == y.name && x.text != "" && y.text != "" && x.text != y.text {
		if y.write {
			return &Overlap{fmt.Sprintf("%s: iterations write %s, which another iteration writes, too (%s); store at one index that is the loop's own", y.line, y.text, x.text)}
		}
		return &Overlap{fmt.Sprintf("%s: iterations read %s, which another iteration writes (%s); write to a second slice and swap after the loop; if each item needs the one before, run this loop sequentially", y.line, y.text, x.text)}
	}
	if x.name == y.name {
		return &Overlap{fmt.Sprintf("items share memory that they write in %s; give each its own", x.name)}
	}
	return &Overlap{fmt.Sprintf("%s, which the loop fills, and %s share memory; make a copy (slices.Clone) of one of them before the loop", x.name, y.name)}
}

// An Overlap is memory that items would share. Nothing has run yet.
type Overlap struct{ Reason string }

func (o *Overlap) Error() string { return o.Reason }

// A tracer walks a path through live memory.
type tracer struct {
	lines  []line
	fixed  []int
	parts  []int
	own    indices
	sizes  []int // of blocks
	n      int
	region int
	spans  []span
	seen   map[seenKey]bool
	keys   map[mapKey]int
}

type seenKey struct {
	ptr  uintptr
	typ  reflect.Type
	size int // of a slice; another one may begin at the same element, and go on further
	item int
}

func (t *tracer) add(lo, size uintptr, item int) {
	t.spans = append(t.spans, span{lo: lo, size: size, item: item, region: t.region, count: 1})
}

// walk follows path from v; item is the item whose memory this is, -1 when it
// is any's.
func (t *tracer) walk(v reflect.Value, path []string, item int, spare bool) {
	v = settable(v)
	if len(path) == 0 {
		t.leaf(v, item, spare)
		return
	}
	head, rest := path[0], path[1:]
	switch {
	case head[0] == '.' && head != "...":
		if v.Kind() == reflect.Struct {
			if f, ok := v.Type().FieldByName(head[1:]); ok {
				t.walk(v.FieldByIndex(f.Index), rest, item, spare)
			}
		}
	case head == "*":
		if v.Kind() == reflect.Pointer && !v.IsNil() {
			t.walk(v.Elem(), rest, item, spare)
		}
	case head == "()":
		if v.Kind() == reflect.Interface && !v.IsNil() {
			t.walk(v.Elem(), rest, item, spare)
		}
	case head == "...":
		t.reach(v, item)
	case head == "cap":
		t.elements(v, nil, item, spare)
	case head[0] == 'y', head[0] == 'x':
		t.pixels(v, head)
	default:
		t.index(v, head, rest, item, spare)
	}
}

// leaf books the memory of a place.
func (t *tracer) leaf(v reflect.Value, item int, spare bool) {
	if spare {
		if v.Kind() == reflect.Slice && v.Cap() > v.Len() {
			size := v.Type().Elem().Size()
			t.add(v.Pointer()+uintptr(v.Len())*size, uintptr(v.Cap()-v.Len())*size, -1)
		}
		return
	}
	if v.Kind() == reflect.Map && !v.CanAddr() || !v.CanAddr() {
		return
	}
	t.add(addr(v), v.Type().Size(), item)
}

func addr(v reflect.Value) uintptr { return uintptr(unsafe.Pointer(v.UnsafeAddr())) }

// index follows "i+1", "=2" or "[]".
func (t *tracer) index(v reflect.Value, head string, rest []string, item int, spare bool) {
	switch {
	case v.Kind() == reflect.Map:
		t.mapped(v, head, rest, item, spare)
	case v.Kind() != reflect.Slice && v.Kind() != reflect.Array:
	case head == "[]":
		t.elements(v, rest, item, spare)
	case head[0] == 'b':
		t.blocks(v, head, rest, spare)
	case head[0] == 'l':
		t.line(v, head, rest, spare)
	case head[0] == 'p':
		t.part(v, head, rest, spare)
	case head[0] == 'm':
		t.column(v, head, rest, spare)
	case head[0] == 'f':
		if k := at(t.fixed, head); k >= 0 && k < v.Len() {
			t.walk(v.Index(k), rest, item, spare)
		}
	case head[0] == '=':
		if k, err := strconv.Atoi(head[1:]); err == nil && k >= 0 && k < v.Len() {
			t.walk(v.Index(k), rest, item, spare)
		}
	default:
		off, _ := strconv.Atoi(head[1:])
		t.owned(v, off, rest, spare)
	}
}

// owned follows the path from every item's own element. Where it ends in the
// element itself, one span stands for all.
func (t *tracer) owned(v reflect.Value, off int, rest []string, spare bool) {
	flat := !slices.ContainsFunc(rest, func(s string) bool { return s[0] != '.' || s == "..." })
	lo, hi := 0, t.n
	if t.own.list == nil && t.own.step == 1 {
		lo, hi = max(0, -(t.own.start+off)), min(t.n, v.Len()-t.own.start-off)
		if flat && hi-lo > 1 && v.Index(t.own.at(lo)+off).CanAddr() {
			e := t.place(v.Index(t.own.at(lo)+off), rest)
			t.spans = append(t.spans, span{lo: addr(e), size: e.Type().Size(), item: lo, stride: v.Type().Elem().Size(), count: hi - lo, region: t.region})
			return
		}
	}
	for i := lo; i < hi; i++ {
		if k := t.own.at(i) + off; k >= 0 && k < v.Len() {
			t.walk(v.Index(k), rest, i, spare)
		}
	}
}

func (t *tracer) place(v reflect.Value, fields []string) reflect.Value {
	for _, f := range fields {
		sf, _ := v.Type().FieldByName(f[1:])
		v = v.FieldByIndex(sf.Index)
	}
	return v
}

// elements follows the path from every element; rest nil means the elements
// up to the capacity.
func (t *tracer) elements(v reflect.Value, rest []string, item int, spare bool) {
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return
	}
	n := v.Len()
	size := v.Type().Elem().Size()
	flat := !slices.ContainsFunc(rest, func(s string) bool { return s[0] != '.' || s == "..." })
	if v.Kind() == reflect.Slice && rest == nil {
		n = v.Cap()
	}
	if n == 0 {
		return
	}
	var base uintptr
	switch {
	case v.Kind() == reflect.Slice:
		base = v.Pointer()
	case v.CanAddr():
		base = addr(v)
	default:
		return
	}
	if len(rest) == 0 && (!spare || rest == nil) {
		t.add(base, uintptr(n)*size, item)
		return
	}
	if flat && n > 1 && !spare {
		e := t.place(v.Index(0), rest)
		t.spans = append(t.spans, span{lo: addr(e), size: e.Type().Size(), item: -1, stride: size, count: n, region: t.region})
		if item >= 0 {
			t.spans[len(t.spans)-1] = span{lo: base, size: uintptr(n) * size, item: item, count: 1, region: t.region}
		}
		return
	}
	for i := range n {
		t.walk(v.Index(i), rest, item, spare)
	}
}

func (t *tracer) mapped(v reflect.Value, head string, rest []string, item int, spare bool) {
	if v.IsNil() {
		return
	}
	if len(rest) == 0 && !spare {
		t.add(v.Pointer(), 1, item) // stands for the map's content
		return
	}
	for it := v.MapRange(); it.Next(); {
		i := item
		if head[0] == 'i' {
			i = t.keyItem(v, it.Key())
		}
		t.walk(it.Value(), rest, i, spare)
	}
}

// keyItem numbers the keys of a map, the same in every walk.
func (t *tracer) keyItem(m, key reflect.Value) int {
	k := mapKey{m.Pointer(), key.Interface()}
	n, ok := t.keys[k]
	if !ok {
		n = len(t.keys)
		t.keys[k] = n
	}
	return n
}

type mapKey struct {
	m   uintptr
	key any
}

// reach books all memory that can be reached from v.
func (t *tracer) reach(v reflect.Value, item int) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || t.been(v.Pointer(), v.Type(), 0, item) {
			return
		}
		t.leaf(v.Elem(), item, false)
		t.reach(v.Elem(), item)
	case reflect.Interface:
		if !v.IsNil() {
			t.reach(v.Elem(), item)
		}
	case reflect.Slice:
		if v.Len() == 0 || t.been(v.Pointer(), v.Type(), v.Len(), item) {
			return
		}
		t.elements(v, []string{}, item, false)
		t.each(v, item)
	case reflect.Array:
		t.each(v, item)
	case reflect.Map:
		if v.IsNil() || t.been(v.Pointer(), v.Type(), 0, item) {
			return
		}
		t.add(v.Pointer(), 1, item)
		for it := v.MapRange(); it.Next(); {
			t.reach(it.Key(), item)
			t.reach(it.Value(), item)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if refs(v.Field(i).Type()) {
				t.reach(v.Field(i), item)
			}
		}
	}
}

func (t *tracer) each(v reflect.Value, item int) {
	if !refs(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		t.reach(v.Index(i), item)
	}
}

func (t *tracer) been(p uintptr, typ reflect.Type, size, item int) bool {
	k := seenKey{p, typ, size, item}
	if t.seen[k] {
		return true
	}
	t.seen[k] = true
	return false
}

// refs tells whether values of a type can lead to other memory.
func refs(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return true
	case reflect.Array:
		return refs(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if refs(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
