package parallel

import (
	"reflect"
	"slices"
	"unsafe"
)

// memory is a copy of places that are written in place.
type memory struct {
	places []reflect.Value // addressable values, or maps
	copies []reflect.Value
}

// A variable is one that the loop fills by its fold.
type variable struct {
	name  string
	value reflect.Value
	saved reflect.Value
}

// Fill registers a variable that Fold writes; ptr points to it.
func (j *Job) Fill(name string, ptr any) {
	j.fills = append(j.fills, &variable{name: name, value: reflect.ValueOf(ptr).Elem()})
}

// save copies what the run will write.
func (j *Job) save(n int) {
	j.saves = j.saves[:0]
	for _, r := range j.regions {
		if r.saved() {
			c := &collector{own: j.own, fixed: j.fixed, n: n, seen: map[seenKey]bool{}}
			c.walk(r.root, r.path)
			j.saves = append(j.saves, &c.memory)
		}
	}
	spare := &memory{}
	for _, f := range j.fills {
		f.saved = snapshot(f.value)
		for _, list := range lists(f.value) {
			if list.Cap() > list.Len() {
				spare.add(list.Slice3(list.Len(), list.Cap(), list.Cap()))
			}
		}
	}
	if j.set.Compare { // the one run that is kept, or the only one, may write there; those before it must leave nothing
		j.saves = append(j.saves, spare)
	}
}

// restore puts everything back as it was at save.
func (j *Job) restore() {
	for _, m := range j.saves {
		m.restore()
	}
	for _, f := range j.fills {
		f.restore()
	}
}

func (v *variable) restore() { putBack(v.value, v.saved) }

// snapshot copies a variable: a map with its entries, all else as Go assigns.
func snapshot(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Map && !v.IsNil() {
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			m.SetMapIndex(it.Key(), it.Value())
		}
		pair := reflect.New(reflect.TypeFor[mapSnapshot]()).Elem()
		pair.Set(reflect.ValueOf(mapSnapshot{v.Pointer(), m.Interface(), v.Interface()}))
		return pair
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(settable(v))
	return c
}

// A mapSnapshot is a map's entries, and the map they belong to.
type mapSnapshot struct {
	ptr      uintptr
	entries  any
	original any
}

func putBack(v, saved reflect.Value) {
	if s, ok := saved.Interface().(mapSnapshot); ok && v.Kind() == reflect.Map {
		m := reflect.ValueOf(s.original)
		m.Clear()
		for it := reflect.ValueOf(s.entries).MapRange(); it.Next(); {
			m.SetMapIndex(it.Key(), it.Value())
		}
		if v.CanAddr() {
			settable(v).Set(m)
		}
		return
	}
	settable(v).Set(saved)
}

// settable gives v without the mark of an unexported field.
func settable(v reflect.Value) reflect.Value {
	if v.CanAddr() && !v.CanSet() {
		return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	return v
}

func (m *memory) add(v reflect.Value) {
	if v.Kind() == reflect.Map && v.IsNil() {
		return
	}
	if v.Kind() == reflect.Slice { // the elements, whatever becomes of the place that holds the slice
		v = v.Slice(0, v.Len())
		m.places = append(m.places, v)
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		m.copies = append(m.copies, c)
		return
	}
	m.places = append(m.places, v)
	m.copies = append(m.copies, snapshot(v))
}

func (m *memory) restore() {
	for i, v := range slices.Backward(m.places) {
		if v.Kind() == reflect.Slice {
			reflect.Copy(v, m.copies[i])
			continue
		}
		putBack(v, m.copies[i])
	}
}

// A collector copies the memory that a path leads to. Elements of slices are
// copied a slice at a time.
type collector struct {
	memory
	own   indices
	fixed []int
	n     int
	seen  map[seenKey]bool
}

func (c *collector) walk(v reflect.Value, path []string) {
	v = settable(v)
	if len(path) == 0 {
		if v.CanAddr() {
			c.add(onePlace(v))
		}
		return
	}
	head, rest := path[0], path[1:]
	switch {
	case head[0] == '.' && head != "...":
		if v.Kind() != reflect.Struct {
			break // an interface that holds another type
		}
		if f, ok := v.Type().FieldByName(head[1:]); ok {
			c.walk(v.FieldByIndex(f.Index), rest)
		}
	case head == "*", head == "()":
		if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && !v.IsNil() {
			c.walk(v.Elem(), rest)
		}
	case head == "...":
		c.reach(v)
	case head[0] == 'y', head[0] == 'x':
		if pix := v.FieldByName("Pix"); pix.Len() > 0 {
			c.add(pix)
		}
	case head == "cap":
		if v.Kind() == reflect.Slice && v.Cap() > 0 {
			c.add(v.Slice(0, v.Cap()))
		}
	case head[0] == 'f' && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array):
		if k := at(c.fixed, head); k >= 0 && k < v.Len() {
			c.walk(v.Index(k), rest)
		}
	default:
		c.index(v, rest)
	}
}

// onePlace gives a place as a slice of one element, so that a slice held
// there is copied as a value.
func onePlace(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Slice {
		return v
	}
	arr := reflect.NewAt(reflect.ArrayOf(1, v.Type()), unsafe.Pointer(v.UnsafeAddr())).Elem()
	return arr.Slice(0, 1)
}

func (c *collector) index(v reflect.Value, rest []string) {
	flat := !slices.ContainsFunc(rest, func(s string) bool { return s[0] != '.' || s == "..." })
	switch v.Kind() {
	case reflect.Slice:
		if flat {
			if v.Len() > 0 && !c.been(v.Pointer(), v.Type(), v.Len()) {
				c.add(v)
			}
			return
		}
		for i := range v.Len() {
			c.walk(v.Index(i), rest)
		}
	case reflect.Array:
		if flat {
			if v.CanAddr() {
				c.add(v)
			}
			return
		}
		for i := range v.Len() {
			c.walk(v.Index(i), rest)
		}
	case reflect.Map:
		if len(rest) == 0 {
			c.add(v)
			return
		}
		for it := v.MapRange(); it.Next(); {
			c.walk(it.Value(), rest)
		}
	}
}

func (c *collector) been(p uintptr, t reflect.Type, size int) bool {
	k := seenKey{p, t, size, 0}
	if c.seen[k] {
		return true
	}
	c.seen[k] = true
	return false
}

// reach copies all memory that can be reached from v.
func (c *collector) reach(v reflect.Value) {
	v = settable(v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !c.been(v.Pointer(), v.Type(), 0) {
			c.add(onePlace(v.Elem()))
			c.reach(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			c.reach(v.Elem())
		}
	case reflect.Slice:
		if v.Len() > 0 && !c.been(v.Pointer(), v.Type(), v.Len()) {
			c.add(v)
			c.each(v)
		}
	case reflect.Array:
		c.each(v)
	case reflect.Map:
		if !v.IsNil() && !c.been(v.Pointer(), v.Type(), 0) {
			c.add(v)
			for it := v.MapRange(); it.Next(); {
				c.reach(it.Value())
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if refs(v.Field(i).Type()) {
				c.reach(v.Field(i))
			}
		}
	}
}

func (c *collector) each(v reflect.Value) {
	if refs(v.Type().Elem()) {
		for i := range v.Len() {
			c.reach(v.Index(i))
		}
	}
}
