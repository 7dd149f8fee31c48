package plan

import (
	"go/ast"
	"go/types"
)

// needType refuses a type that interpreted code can't hold as compiled code
// does.
func (p *planner) needType(n ast.Node, t types.Type) {
	if !p.holds(t, 0) {
		p.refuse(n, "the type %s", types.TypeString(t, types.RelativeTo(p.u.Pkg)))
	}
}

// holds reports whether values of a type are the same in interpreted and
// compiled code, identity included: basic types, named types of std and of
// compiled cells, and pointers, slices, arrays and maps of those.
func (p *planner) holds(t types.Type, depth int) bool {
	if depth > 8 {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Info()&types.IsComplex == 0 && t.Kind() != types.UnsafePointer && t.Kind() != types.UntypedNil && t.Kind() != types.Invalid
	case *types.Named:
		return p.named(t)
	case *types.Pointer:
		return p.holds(t.Elem(), depth+1)
	case *types.Slice:
		return p.holds(t.Elem(), depth+1)
	case *types.Array:
		return p.holds(t.Elem(), depth+1)
	case *types.Map:
		return p.holds(t.Key(), depth+1) && p.holds(t.Elem(), depth+1)
	case *types.Interface:
		return t.Empty()
	}
	return false
}

func (p *planner) named(t *types.Named) bool {
	o := t.Obj()
	switch {
	case t.TypeArgs().Len() > 0 || t.TypeParams().Len() > 0:
		return false
	case o.Pkg() == nil:
		return o.Name() == "error"
	case o.Pkg().Path() == "main":
		_, ok := p.opt.World.Home(o)
		return ok && o.Parent() != nil && o.Parent().Parent() == types.Universe
	}
	return stdPackages[o.Pkg().Path()] && o.Exported() && has(o.Pkg().Path(), o.Name())
}

// plainBasic returns the predeclared basic type t is, nil when it is another.
func plainBasic(t types.Type) *types.Basic {
	b, _ := types.Unalias(t).(*types.Basic)
	if b == nil || b.Kind() == types.UntypedNil || b.Kind() == types.Invalid || b.Kind() == types.UnsafePointer || b.Info()&types.IsComplex != 0 {
		return nil
	}
	return types.Default(b).(*types.Basic)
}

func isInterface(t types.Type) bool { return types.IsInterface(t) }

func under[T types.Type](t types.Type) (T, bool) {
	u, ok := t.Underlying().(T)
	return u, ok
}

// assignable accepts a value for what has the type to, nil when that is the
// value's own. A concrete value becomes an interface in compiled code (boxed
// says that lowering writes it so); interpreted interface values keep less.
func (p *planner) assignable(n ast.Node, from, to types.Type, boxed bool) {
	if to == nil || !isInterface(to) || boxed {
		return
	}
	if from != nil && isInterface(from) && types.Identical(from, to) {
		return
	}
	p.refuse(n, "a value that becomes an interface")
}

// comparable refuses operands of == that interpreted code compares otherwise.
func (p *planner) comparable(n ast.Node, x, y types.Type) {
	if !types.Identical(types.Default(x), types.Default(y)) || isInterface(x) || !p.plainCompare(x) {
		p.refuse(n, "a comparison of %s", x)
	}
}

func (p *planner) plainCompare(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic, *types.Pointer:
		return true
	case *types.Array:
		return p.plainCompare(t.Elem())
	case *types.Struct:
		for i := range t.NumFields() {
			if !p.plainCompare(t.Field(i).Type()) {
				return false
			}
		}
		return true
	}
	return false
}

// arithmetic returns the basic type below t, predeclared or named; nil when
// there is none.
func arithmetic(t types.Type) *types.Basic {
	b, _ := t.Underlying().(*types.Basic)
	if b == nil || b.Kind() == types.UntypedNil || b.Kind() == types.Invalid || b.Kind() == types.UnsafePointer || b.Info()&types.IsComplex != 0 {
		return nil
	}
	return types.Default(b).(*types.Basic)
}
