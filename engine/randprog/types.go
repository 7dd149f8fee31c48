package randprog

import (
	"strconv"
	"strings"
)

type kind int

const (
	kBool kind = iota
	kInt       // of any size, signed or not
	kFloat
	kString
	kStruct
	kSlice
	kArray
	kMap
	kPointer
	kFunc
	kIface
	kAny
)

// A typ is a type of the program being written. A declared type (or an
// instance of a generic one) has a name and the parts of its underlying type.
type typ struct {
	kind    kind
	name    string // of basic and declared types
	named   bool   // declared by the program
	elem    *typ
	key     *typ
	n       int // length of an array
	fields  []*field
	sig     *signature
	methods []*method
	bits    int  // of an integer; the values of literals stay small
	signed  bool // of an integer
}

type field struct {
	name     string
	t        *typ
	embedded bool
	mayNil   bool // nothing is reached through it
}

type signature struct {
	params, results []*typ
	variadic        bool
}

// A method is declared on a type, or wanted by an interface.
type method struct {
	name    string
	sig     *signature
	pointer bool // its receiver is a pointer
	writes  bool // it changes something that others see
	prints  bool
	cost    int
}

var (
	tBool    = &typ{kind: kBool, name: "bool"}
	tInt     = &typ{kind: kInt, name: "int", bits: 64, signed: true}
	tString  = &typ{kind: kString, name: "string"}
	tFloat   = &typ{kind: kFloat, name: "float64"}
	tAny     = &typ{kind: kAny, name: "any"}
	tError   = &typ{kind: kIface, name: "error", methods: []*method{{name: "Error", sig: &signature{results: []*typ{tString}}, cost: 5}}}
	integers = []*typ{
		{kind: kInt, name: "int8", bits: 8, signed: true}, {kind: kInt, name: "uint8", bits: 8},
		{kind: kInt, name: "int32", bits: 32, signed: true}, {kind: kInt, name: "uint16", bits: 16},
		{kind: kInt, name: "int64", bits: 64, signed: true}, {kind: kInt, name: "uint", bits: 64},
		{kind: kInt, name: "rune", bits: 32, signed: true}, {kind: kInt, name: "byte", bits: 8},
	}
)

func sliceOf(t *typ) *typ   { return &typ{kind: kSlice, elem: t} }
func pointerTo(t *typ) *typ { return &typ{kind: kPointer, elem: t} }
func mapOf(k, v *typ) *typ  { return &typ{kind: kMap, key: k, elem: v} }

// String returns the type as the program spells it.
func (t *typ) String() string {
	if t.name != "" {
		return t.name
	}
	return t.literal()
}

// literal spells the underlying type.
func (t *typ) literal() string {
	switch t.kind {
	case kSlice:
		return "[]" + t.elem.String()
	case kArray:
		return "[" + strconv.Itoa(t.n) + "]" + t.elem.String()
	case kMap:
		return "map[" + t.key.String() + "]" + t.elem.String()
	case kPointer:
		return "*" + t.elem.String()
	case kFunc:
		return "func" + t.sig.String()
	case kStruct:
		parts := make([]string, len(t.fields))
		for i, f := range t.fields {
			parts[i] = f.String()
		}
		return "struct{ " + strings.Join(parts, "; ") + " }"
	}
	return t.name
}

func (f *field) String() string {
	if f.embedded {
		return f.t.String()
	}
	return f.name + " " + f.t.String()
}

// String returns the parameters and results, without names.
func (s *signature) String() string { return s.named(nil, nil) }

// named writes the signature with names of parameters and results, none for nil.
func (s *signature) named(params, results []string) string {
	list := func(ts []*typ, names []string, variadic bool) string {
		out := make([]string, len(ts))
		for i, t := range ts {
			text := t.String()
			if variadic && i == len(ts)-1 {
				text = "..." + t.elem.String()
			}
			if names != nil {
				text = names[i] + " " + text
			}
			out[i] = text
		}
		return strings.Join(out, ", ")
	}
	text := "(" + list(s.params, params, s.variadic) + ")"
	switch {
	case len(s.results) == 0:
		return text
	case len(s.results) == 1 && results == nil:
		return text + " " + s.results[0].String()
	}
	return text + " (" + list(s.results, results, false) + ")"
}

func same(a, b *typ) bool {
	return a == b || a.kind == b.kind && (a.name == "") == (b.name == "") && a.String() == b.String()
}

func sameSig(a, b *signature) bool {
	return a.String() == b.String() && a.variadic == b.variadic
}

// printable reports whether fmt writes a value of the type the same in every
// run: no address shows.
func (t *typ) printable() bool {
	switch t.kind {
	case kPointer, kFunc, kIface:
		return false
	case kSlice, kArray:
		return t.elem.printable()
	case kMap:
		return t.key.printable() && t.elem.printable()
	case kStruct:
		for _, f := range t.fields {
			if !f.t.printable() {
				return false
			}
		}
	}
	return true
}

// comparable reports whether == on the type never panics and means the value.
func (t *typ) comparable() bool {
	switch t.kind {
	case kBool, kInt, kString:
		return true
	case kArray:
		return t.elem.comparable()
	case kStruct:
		for _, f := range t.fields {
			if !f.t.comparable() {
				return false
			}
		}
		return true
	}
	return false
}

// zeroWorks reports whether the zero value can be used in every way.
func (t *typ) zeroWorks() bool {
	switch t.kind {
	case kPointer, kFunc, kIface, kMap:
		return false
	case kArray:
		return t.elem.zeroWorks()
	case kStruct:
		for _, f := range t.fields {
			if !f.mayNil && !f.t.zeroWorks() {
				return false
			}
		}
	}
	return true
}

func (t *typ) ordered() bool { return t.kind == kInt || t.kind == kString || t.kind == kFloat }

// A member is a field or method as a selector finds it.
type member struct {
	name    string
	f       *field
	m       *method
	pointer bool // there is a pointer on the way: it is addressable
	depth   int
}

// members returns what can be selected from a value of the type (or from a
// pointer to it), own and promoted: what is ambiguous or may go through nil is
// left out.
func (t *typ) members() []member {
	found := map[string]member{}
	count := map[string]int{}
	var order []string
	type level struct {
		t       *typ
		pointer bool
	}
	this := []level{{t, false}}
	for depth := 0; len(this) > 0 && depth < 4; depth++ {
		var next []level
		here := map[string]int{}
		note := func(m member) {
			if count[m.name] > 0 {
				return
			}
			if here[m.name]++; here[m.name] == 1 {
				found[m.name] = m
				order = append(order, m.name)
			}
		}
		for _, l := range this {
			u, pointer := l.t, l.pointer
			if u.kind == kPointer {
				u, pointer = u.elem, true
			}
			for _, m := range u.methods {
				note(member{name: m.name, m: m, pointer: pointer, depth: depth})
			}
			if u.kind != kStruct {
				continue
			}
			for _, f := range u.fields {
				note(member{name: f.name, f: f, pointer: pointer, depth: depth})
				if f.embedded && !f.mayNil {
					next = append(next, level{f.t, pointer})
				}
			}
		}
		for name, n := range here {
			count[name] = n
		}
		this = next
	}
	var out []member
	for _, name := range order {
		if m := found[name]; count[name] == 1 && (m.f == nil || !m.f.mayNil) {
			out = append(out, m)
		}
	}
	return out
}

// implements reports whether the type has the methods of an interface.
func (t *typ) implements(iface *typ) bool {
	if t.kind == kPointer && t.elem.kind == kIface {
		return false
	}
	for _, want := range iface.methods {
		ok := false
		for _, m := range t.members() {
			if m.m != nil && m.name == want.name && sameSig(m.m.sig, want.sig) {
				ok = !m.m.pointer || m.pointer || t.kind == kPointer
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

func (g *gen) typeName(base string) string {
	g.typeCount++
	name := base + strconv.Itoa(g.typeCount) + g.suffix
	if g.chance(3) {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}

func (g *gen) fieldName() string {
	return pick(g, "x", "y", "Name", "size", "Total", "key", "next", "Items", "flag", "who", "Rate", "level", "é")
}

// basic returns a basic or declared non-composite type.
func (g *gen) basic() *typ {
	switch g.r.IntN(9) {
	case 0, 1, 2:
		return tInt
	case 3, 4:
		return tString
	case 5:
		return tBool
	case 6:
		return tFloat
	case 7:
		return integers[g.r.IntN(len(integers))]
	}
	if t := g.declared(func(t *typ) bool { return t.kind <= kString }); t != nil {
		return t
	}
	return tInt
}

// keyType returns a type of map keys.
func (g *gen) keyType() *typ {
	if t := g.declared(func(t *typ) bool { return t.comparable() && t.kind != kBool }); t != nil && g.chance(3) {
		return t
	}
	return pick(g, tInt, tString, tString)
}

// declared returns a declared type that has a property, nil when there is none.
func (g *gen) declared(ok func(*typ) bool) *typ {
	var list []*typ
	for _, t := range g.types {
		if ok(t) {
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[g.r.IntN(len(list))]
}

// anyType returns a type for a variable, field, parameter or result.
func (g *gen) anyType(depth int) *typ {
	if depth <= 0 {
		return g.basic()
	}
	switch g.r.IntN(14) {
	case 0, 1, 2, 3:
		if t := g.declared(func(*typ) bool { return true }); t != nil {
			return t
		}
	case 4, 5:
		return sliceOf(g.anyType(depth - 1))
	case 6:
		return mapOf(g.keyType(), g.anyType(depth-1))
	case 7:
		return &typ{kind: kArray, n: 1 + g.r.IntN(3), elem: g.anyType(depth - 1)}
	case 8:
		if t := g.declared(func(t *typ) bool { return t.kind == kStruct }); t != nil {
			return pointerTo(t)
		}
	case 9:
		return &typ{kind: kStruct, fields: g.fields(1+g.r.IntN(2), depth-1, false)}
	case 10:
		return &typ{kind: kFunc, sig: g.signature(depth - 1)}
	case 11:
		return g.instance()
	}
	return g.basic()
}

func (g *gen) signature(depth int) *signature {
	s := &signature{}
	for range g.r.IntN(3) {
		s.params = append(s.params, g.anyType(depth))
	}
	if g.chance(6) {
		s.params = append(s.params, sliceOf(g.anyType(0)))
		s.variadic = true
	}
	for range 1 + g.r.IntN(5)/4 {
		s.results = append(s.results, g.anyType(depth))
	}
	return s
}

// fields returns fields of distinct names; embedding takes declared types.
func (g *gen) fields(n, depth int, embedding bool) []*field {
	var out []*field
	taken := map[string]bool{}
	for range n {
		f := &field{name: g.fieldName(), t: g.anyType(depth)}
		if embedding && g.chance(3) {
			if t := g.declared(func(t *typ) bool { return !strings.Contains(t.name, "[") && t.kind != kPointer }); t != nil {
				f = &field{name: t.name, t: t, embedded: true}
				if t.kind == kStruct && g.chance(3) {
					f.t = pointerTo(t)
				}
			}
		}
		if !taken[f.name] {
			taken[f.name] = true
			out = append(out, f)
		}
	}
	return out
}
