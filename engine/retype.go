package engine

import (
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
)

// retype gives the session's variables the types that p declares again, where
// the layout stayed the same; the others keep the old type. s.mu is held.
func (s *Session) retype(p *prepared) {
	sub := substitution{}
	for _, d := range p.decls {
		for _, o := range d.objs {
			if t, ok := o.(*types.TypeName); ok {
				sub.byName = append(sub.byName, t)
			}
		}
	}
	if len(sub.byName) == 0 {
		return
	}
	for name, o := range s.scope {
		v, ok := o.(*types.Var)
		if !ok || s.vars[v] == nil {
			continue
		}
		nv := p.check.Retyped[v]
		if nv == nil {
			nv = sub.variable(v)
		}
		if nv == nil {
			continue
		}
		s.scope[name] = nv
		rec := *s.vars[v]
		rec.obj = nv
		s.vars[nv] = &rec
		delete(s.kept, nv)
		s.kept[v] = nv
		for _, d := range s.decls.order {
			if d.uses[v] {
				d.uses[nv] = true
			}
		}
	}
}

// retyper returns how the variables of the session take the types that chunks
// declare again; nil when these declare no type again.
func (s *Session) retyper(chunks []check.Chunk) func([]*types.TypeName) map[*types.Var]*types.Var {
	again := false
	for _, ch := range chunks {
		if ch.Kind != check.Type {
			continue
		}
		names, _ := chunkNames(ch)
		for _, n := range names {
			_, is := s.scope[n].(*types.TypeName)
			again = again || is
		}
	}
	if !again || len(s.vars) == 0 {
		return nil
	}
	return func(declared []*types.TypeName) map[*types.Var]*types.Var {
		sub := substitution{byName: declared}
		out := map[*types.Var]*types.Var{}
		for _, o := range s.scope {
			v, ok := o.(*types.Var)
			if !ok || s.vars[v] == nil {
				continue
			}
			if nv := sub.variable(v); nv != nil {
				out[v] = nv
				s.kept[nv] = v // until the cell is committed
			}
		}
		return out
	}
}

// A substitution maps types of earlier packages to their namesakes.
type substitution struct{ byName []*types.TypeName }

func (s substitution) find(o *types.TypeName) *types.TypeName {
	if o.Pkg() == nil || o.Pkg().Path() != "main" {
		return nil
	}
	for _, n := range s.byName {
		if n.Name() == o.Name() && n != o && o.Parent() != nil && o.Parent().Parent() == types.Universe {
			return n
		}
	}
	return nil
}

// variable returns v with the new types, nil when it has none of them or their
// layout is another.
func (s substitution) variable(v *types.Var) *types.Var {
	t, changed := s.of(v.Type())
	if !changed || !sameLayout(v.Type(), t, map[[2]types.Type]bool{}) {
		return nil
	}
	nv := types.NewVar(v.Pos(), v.Pkg(), v.Name(), t)
	types.NewScope(types.Universe, v.Pos(), v.Pos(), "session").Insert(nv)
	return nv
}

// of returns t with the old types replaced, and whether there were any.
func (s substitution) of(t types.Type) (types.Type, bool) {
	switch t := t.(type) {
	case *types.Alias:
		if n := s.find(t.Obj()); n != nil {
			return n.Type(), true
		}
		return t, false
	case *types.Named:
		return s.named(t)
	case *types.Pointer:
		e, ok := s.of(t.Elem())
		return pick(ok, types.Type(types.NewPointer(e)), t), ok
	case *types.Slice:
		e, ok := s.of(t.Elem())
		return pick(ok, types.Type(types.NewSlice(e)), t), ok
	case *types.Array:
		e, ok := s.of(t.Elem())
		return pick(ok, types.Type(types.NewArray(e, t.Len())), t), ok
	case *types.Chan:
		e, ok := s.of(t.Elem())
		return pick(ok, types.Type(types.NewChan(t.Dir(), e)), t), ok
	case *types.Map:
		k, ok1 := s.of(t.Key())
		e, ok2 := s.of(t.Elem())
		return pick(ok1 || ok2, types.Type(types.NewMap(k, e)), t), ok1 || ok2
	case *types.Signature:
		p, ok1 := s.tuple(t.Params())
		r, ok2 := s.tuple(t.Results())
		if !ok1 && !ok2 {
			return t, false
		}
		return types.NewSignatureType(nil, nil, nil, p, r, t.Variadic()), true
	case *types.Struct:
		return s.structure(t)
	}
	return t, false
}

func pick(ok bool, a, b types.Type) types.Type {
	if ok {
		return a
	}
	return b
}

func (s substitution) named(t *types.Named) (types.Type, bool) {
	var base types.Type = t.Origin()
	changed := false
	if n := s.find(t.Obj()); n != nil {
		base, changed = n.Type(), true
	}
	if t.TypeArgs().Len() == 0 {
		return pick(changed, base, t), changed
	}
	args := make([]types.Type, t.TypeArgs().Len())
	for i := range args {
		a, ok := s.of(t.TypeArgs().At(i))
		args[i], changed = a, changed || ok
	}
	if !changed {
		return t, false
	}
	inst, err := types.Instantiate(nil, base, args, false)
	if err != nil {
		return t, false
	}
	return inst, true
}

func (s substitution) tuple(t *types.Tuple) (*types.Tuple, bool) {
	changed := false
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		v := t.At(i)
		nt, ok := s.of(v.Type())
		vars[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), nt)
		changed = changed || ok
	}
	return types.NewTuple(vars...), changed
}

func (s substitution) structure(t *types.Struct) (types.Type, bool) {
	changed := false
	fields, tags := make([]*types.Var, t.NumFields()), make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		nt, ok := s.of(f.Type())
		fields[i], tags[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), nt, f.Embedded()), t.Tag(i)
		changed = changed || ok
	}
	if !changed {
		return t, false
	}
	return types.NewStruct(fields, tags), true
}

// sameLayout reports whether values of two types look alike in memory, and
// whether what they point to does.
func sameLayout(a, b types.Type, seen map[[2]types.Type]bool) bool {
	key := [2]types.Type{a, b}
	if a == b || seen[key] {
		return true
	}
	seen[key] = true
	switch x := a.Underlying().(type) {
	case *types.Basic:
		y, ok := b.Underlying().(*types.Basic)
		return ok && x.Kind() == y.Kind()
	case *types.Pointer:
		y, ok := b.Underlying().(*types.Pointer)
		return ok && sameLayout(x.Elem(), y.Elem(), seen)
	case *types.Slice:
		y, ok := b.Underlying().(*types.Slice)
		return ok && sameLayout(x.Elem(), y.Elem(), seen)
	case *types.Array:
		y, ok := b.Underlying().(*types.Array)
		return ok && x.Len() == y.Len() && sameLayout(x.Elem(), y.Elem(), seen)
	case *types.Chan:
		y, ok := b.Underlying().(*types.Chan)
		return ok && sameLayout(x.Elem(), y.Elem(), seen)
	case *types.Struct:
		y, ok := b.Underlying().(*types.Struct)
		return ok && sameFields(x, y, seen)
	case *types.Map:
		// Keys of one layout hash and compare alike.
		y, ok := b.Underlying().(*types.Map)
		return ok && sameLayout(x.Key(), y.Key(), seen) && sameLayout(x.Elem(), y.Elem(), seen)
	case *types.Signature:
		// Values of one layout are passed alike; the body stays what it was.
		y, ok := b.Underlying().(*types.Signature)
		return ok && x.Variadic() == y.Variadic() && sameTuple(x.Params(), y.Params(), seen) && sameTuple(x.Results(), y.Results(), seen)
	case *types.Interface:
		y, ok := b.Underlying().(*types.Interface)
		return types.Identical(a, b) || ok && sameMethods(x, y, seen)
	}
	return false
}

// sameMethods reports whether values of an interface may be taken for ones of
// another: their methods have the same names and are called alike, and one has
// another type. A value's table of methods is that of its own interface, and ==
// compares it: were all types the same, an old value could not equal a new one
// that holds the same. As they are not, no type has the methods of both.
func sameMethods(x, y *types.Interface, seen map[[2]types.Type]bool) bool {
	if x.NumMethods() != y.NumMethods() || !x.IsMethodSet() || !y.IsMethodSet() {
		return false
	}
	other := false
	for i := range x.NumMethods() {
		m, n := x.Method(i), y.Method(i)
		if m.Id() != n.Id() || !sameLayout(m.Signature(), n.Signature(), seen) {
			return false
		}
		other = other || !types.Identical(m.Signature(), n.Signature())
	}
	return other
}

func sameTuple(x, y *types.Tuple, seen map[[2]types.Type]bool) bool {
	if x.Len() != y.Len() {
		return false
	}
	for i := range x.Len() {
		if !sameLayout(x.At(i).Type(), y.At(i).Type(), seen) {
			return false
		}
	}
	return true
}

func sameFields(x, y *types.Struct, seen map[[2]types.Type]bool) bool {
	if x.NumFields() != y.NumFields() {
		return false
	}
	for i := range x.NumFields() {
		if x.Field(i).Name() != y.Field(i).Name() || !sameLayout(x.Field(i).Type(), y.Field(i).Type(), seen) {
			return false
		}
	}
	return true
}

var _ compile.World = (*Session)(nil)
