package loops

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// A loc is a place in memory as the analysis sees it: a root (a variable, a
// parameter, or something made in the iteration) and the way from there. It
// stands for the place and, as a value, for what the place holds; with addr it
// stands for the address of the place. Locs are interned: equal ones are the
// same pointer.
type loc struct {
	root  root
	steps []step
	typ   types.Type // of what the place holds; nil when not known
	addr  bool
	key   string
	trail []types.Type // the struct types that references on the way lead to
}

type rootKind uint8

const (
	rootVar   rootKind = iota // a variable from outside the analysed code
	rootParam                 // parameter n of the analysed function; 0 is the receiver if there is one
	rootSite                  // made by the analysed code: a local variable, a literal, a call's result
)

type root struct {
	kind rootKind
	v    *types.Var // rootVar
	n    int        // rootParam
	site any        // rootSite: ast.Node or types.Object
}

type stepKind uint8

const (
	stepField  stepKind = iota
	stepArray           // element of an array: no reference is followed
	stepSlice           // element of a slice
	stepMap             // element of a map
	stepDeref           // what a pointer points to
	stepAssert          // the value in an interface
	stepDeep            // anything that can be reached from here
)

// follows tells whether the step leaves the memory of the place it starts at.
func (k stepKind) follows() bool { return k != stepField && k != stepArray }

type step struct {
	kind  stepKind
	field string
	index index
	typ   types.Type // stepAssert: the type of the value
}

type indexKind uint8

const (
	indexAny    indexKind = iota
	indexOwn              // the loop's own index, or with n > 0 the line n-1 (analysis.lines) of it, plus off; or its own key
	indexConst            // the constant off
	indexParam            // parameter n plus off
	indexForm             // form n (analysis.forms) of the parameters
	indexRow              // of an image: the pixels of the row of the loop's own index plus off
	indexColumn           // and those of the column
	indexBlock            // in block n (analysis.blocks) of the loop's own index plus off
	indexPart             // in the part of size n (analysis.parts) from the loop's own index plus off on
	indexModulo           // in the column of width n (analysis.parts) of the loop's own index plus off
	indexFixed            // the value n (analysis.fixed), which stays all through the loop, plus off
)

type index struct {
	kind indexKind
	n    int
	off  int64
}

// plain tells whether the index is the loop's own as it is.
func (ix index) plain() bool { return ix.kind == indexOwn && ix.n == 0 && ix.off == 0 }

// itemsOwn tells whether the index belongs to one item.
func (ix index) itemsOwn() bool {
	switch ix.kind {
	case indexOwn, indexBlock, indexPart, indexModulo, indexRow, indexColumn:
		return true
	}
	return false
}

func (s step) String() string {
	switch s.kind {
	case stepField:
		return "." + s.field
	case stepDeref:
		return "*"
	case stepAssert:
		return ".(" + types.TypeString(s.typ, nil) + ")"
	case stepDeep:
		return "…"
	}
	name := map[stepKind]string{stepArray: "a", stepSlice: "s", stepMap: "m"}[s.kind]
	switch s.index.kind {
	case indexOwn:
		return fmt.Sprintf("%s[i%d%+d]", name, s.index.n, s.index.off)
	case indexConst:
		return fmt.Sprintf("%s[%d]", name, s.index.off)
	case indexParam:
		return fmt.Sprintf("%s[p%d%+d]", name, s.index.n, s.index.off)
	case indexForm:
		return fmt.Sprintf("%s[form%d%+d]", name, s.index.n, s.index.off)
	case indexBlock:
		return fmt.Sprintf("%s[b%d%+d]", name, s.index.n, s.index.off)
	case indexPart:
		return fmt.Sprintf("%s[p%d%+d]", name+"a", s.index.n, s.index.off)
	case indexModulo:
		return fmt.Sprintf("%s[m%d%+d]", name, s.index.n, s.index.off)
	case indexFixed:
		return fmt.Sprintf("%s[f%d%+d]", name, s.index.n, s.index.off)
	case indexRow:
		return fmt.Sprintf("%s[y%+d]", name, s.index.off)
	case indexColumn:
		return fmt.Sprintf("%s[x%+d]", name, s.index.off)
	}
	return name + "[?]"
}

// maxSteps bounds paths, so that recursive types end in a stepDeep. maxTurns does
// it for types that lead to themselves in several ways, whose paths would be as
// many as the nodes of a tree: it is how often a path leads to one struct type.
const (
	maxSteps = 8
	maxTurns = 2
)

// locs interns locs.
type locs struct{ table map[string]*loc }

func (t *locs) get(r root, steps []step, typ types.Type, addr bool) *loc {
	var b strings.Builder
	switch r.kind {
	case rootVar:
		fmt.Fprintf(&b, "v%p", r.v)
	case rootParam:
		fmt.Fprintf(&b, "p%d", r.n)
	case rootSite:
		fmt.Fprintf(&b, "s%p", r.site)
	}
	if addr {
		b.WriteByte('&')
	}
	for _, s := range steps {
		b.WriteByte(' ')
		b.WriteString(s.String())
	}
	key := b.String()
	if l := t.table[key]; l != nil {
		return l
	}
	l := &loc{root: r, steps: steps, typ: typ, addr: addr, key: key}
	t.table[key] = l
	return l
}

// site returns the place made by node or held by a local variable.
func (t *locs) site(id any) *loc { return t.get(root{kind: rootSite, site: id}, nil, nil, false) }

func (t *locs) variable(v *types.Var) *loc {
	return t.get(root{kind: rootVar, v: v}, nil, v.Type(), false)
}

func (t *locs) param(n int, typ types.Type) *loc {
	return t.get(root{kind: rootParam, n: n}, nil, typ, false)
}

func (t *locs) addrOf(l *loc) *loc {
	if l.addr {
		return l
	}
	out := t.get(l.root, l.steps, l.typ, true)
	out.trail = l.trail
	return out
}

func (t *locs) at(l *loc) *loc {
	out := t.get(l.root, l.steps, l.typ, false)
	out.trail = l.trail
	return out
}

// extend appends a step to a place.
func (t *locs) extend(l *loc, s step, typ types.Type) *loc {
	if l.root.kind == rootSite || l.deep() {
		if l.addr {
			return t.at(l)
		}
		return l
	}
	trail := l.trail
	if s.kind.follows() && typ != nil && named(typ) != "" {
		trail = append(trail[:len(trail):len(trail)], typ)
	}
	if len(l.steps) >= maxSteps || len(trail) > maxTurns && turns(trail) > maxTurns {
		s, typ = step{kind: stepDeep}, nil
	}
	steps := append(l.steps[:len(l.steps):len(l.steps)], s)
	out := t.get(l.root, steps, typ, false)
	out.trail = trail
	return out
}

// turns counts how often a path leads to the type at its end.
func turns(trail []types.Type) (n int) {
	for _, t := range trail {
		if types.Identical(t, trail[len(trail)-1]) {
			n++
		}
	}
	return n
}

func (l *loc) isSite() bool { return l.root.kind == rootSite }

func (l *loc) deep() bool {
	return len(l.steps) > 0 && l.steps[len(l.steps)-1].kind == stepDeep
}

// own tells whether the way leads through the item's own element, before any
// step that could lead to another item's.
func (l *loc) own() bool { return l.ownStep() >= 0 }

func (l *loc) ownStep() int {
	for i, s := range l.steps {
		if s.index.itemsOwn() {
			return i
		}
	}
	return -1
}

// direct tells whether the place lies in the root variable itself.
func (l *loc) direct() bool {
	for _, s := range l.steps {
		if s.kind.follows() {
			return false
		}
	}
	return true
}

// A set of values or places.
type set map[*loc]struct{}

func setOf(ls ...*loc) set {
	s := set{}
	for _, l := range ls {
		s[l] = struct{}{}
	}
	return s
}

// add merges o into s and reports whether s grew.
func (s set) add(o set) (grew bool) {
	for l := range o {
		if _, ok := s[l]; !ok {
			s[l] = struct{}{}
			grew = true
		}
	}
	return grew
}

func union(ss ...set) set {
	out := set{}
	for _, s := range ss {
		out.add(s)
	}
	return out
}

// hasRefs tells whether values of the type can lead to memory that could be
// written. Strings, times and types are immutable and count as values.
func hasRefs(t types.Type) bool { return refs(t, map[types.Type]bool{}) }

func refs(t types.Type, seen map[types.Type]bool) bool {
	if t == nil {
		return true
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	switch named(t) {
	case "time.Time", "time.Duration", "reflect.Type", "error":
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Struct:
		for i := range u.NumFields() {
			if refs(u.Field(i).Type(), seen) {
				return true
			}
		}
		return false
	case *types.Array:
		return refs(u.Elem(), seen)
	case *types.Tuple:
		for i := range u.Len() {
			if refs(u.At(i).Type(), seen) {
				return true
			}
		}
		return false
	}
	return true
}

// named gives "path.Name" of a named type, "error" for error, else "".
func named(t types.Type) string {
	switch n := types.Unalias(t).(type) {
	case *types.Named:
		o := n.Obj()
		if o.Pkg() == nil {
			return o.Name()
		}
		return o.Pkg().Path() + "." + o.Name()
	}
	return ""
}

// elemOf is the type a pointer, slice, array or map leads to; nil if t is
// none of the kind that k needs.
func elemOf(t types.Type, k stepKind) types.Type {
	if t == nil {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if k == stepDeref {
			return u.Elem()
		}
	case *types.Slice:
		if k == stepSlice {
			return u.Elem()
		}
	case *types.Array:
		if k == stepArray {
			return u.Elem()
		}
	case *types.Map:
		if k == stepMap {
			return u.Elem()
		}
	}
	return nil
}

// fieldOf finds a direct field of a struct type.
func fieldOf(t types.Type, name string) *types.Var {
	if t == nil {
		return nil
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for i := range s.NumFields() {
		if f := s.Field(i); f.Name() == name {
			return f
		}
	}
	return nil
}

func unparen(e ast.Expr) ast.Expr { return ast.Unparen(e) }
