package check

import (
	"go/ast"
	"go/types"
)

// anonymousCycles finds the interface types without a name whose methods lead
// back to them, which only the compiler refuses (go.dev/issue/56103):
//
//	type T interface{ M(interface{ T }) }
func (u *Unit) anonymousCycles(f *ast.File) []types.Error {
	var errs []types.Error
	ast.Inspect(f, func(n ast.Node) bool {
		x, ok := n.(*ast.InterfaceType)
		if !ok {
			return true
		}
		if t, ok := u.Info.TypeOf(x).(*types.Interface); ok && holds(t, t, map[*types.Interface]bool{}) {
			errs = append(errs, types.Error{Fset: u.Fset, Pos: x.Pos(), Msg: "invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)"})
		}
		return true
	})
	return errs
}

// holds reports whether a type holds an interface, other than by a name; that
// a type is the interface does not count. seen are the interfaces looked at.
func holds(t types.Type, it *types.Interface, seen map[*types.Interface]bool) bool {
	part := func(t types.Type) bool {
		i, ok := types.Unalias(t).(*types.Interface)
		return ok && i == it || holds(t, it, seen)
	}
	switch t := types.Unalias(t).(type) {
	case *types.Interface:
		if seen[t] {
			return false
		}
		seen[t] = true
		for m := range t.Methods() {
			if part(m.Type()) {
				return true
			}
		}
	case *types.Signature:
		return part(t.Params()) || part(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if part(v.Type()) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if part(f.Type()) {
				return true
			}
		}
	case *types.Map:
		return part(t.Key()) || part(t.Elem())
	case interface{ Elem() types.Type }: // a pointer, slice, array or channel
		return part(t.Elem())
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if part(arg) {
				return true
			}
		}
	}
	return false
}
