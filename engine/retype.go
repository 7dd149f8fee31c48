package engine

import (
	"go/types"

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
		t, changed := sub.of(v.Type())
		if !changed || !sameLayout(v.Type(), t, map[[2]types.Type]bool{}) {
			continue
		}
		nv := types.NewVar(v.Pos(), p.check.Pkg, name, t)
		types.NewScope(types.Universe, v.Pos(), v.Pos(), "session").Insert(nv)
		s.scope[name] = nv
		rec := *s.vars[v]
		rec.obj = nv
		s.vars[nv] = &rec
		for _, d := range s.decls.order {
			if d.uses[v] {
				d.uses[nv] = true
			}
		}
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
	case *types.Map, *types.Interface, *types.Signature:
		// A map hashes by its own key type, an interface value's methods are
		// those of its own interface, and a function keeps what it was
		// compiled for: only the very same type will do.
		return types.Identical(a, b)
	}
	return false
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
