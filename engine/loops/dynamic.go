package loops

import (
	"go/ast"
	"go/types"
)

// A method is what a call through an interface may come to: a method of the
// session, reached along path from a value of type dyn.
type method struct {
	name string // the type's
	fn   *types.Func
	dyn  types.Type // the type in the interface, T or *T
	path []int      // the embedded fields on the way, and the method's own number
}

// methodsBehind lists the session's methods that a call of m on a value of
// interface type t may come to. all is false when there may be others: of a
// generic type, or of a type of an imported package.
func (a *analysis) methodsBehind(t types.Type, m *types.Func) (found []method, all bool) {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil, false
	}
	all = true
	scope := a.in.Pkg.Scope()
	for _, name := range scope.Names() {
		n := namedType(scope.Lookup(name))
		if n == nil || types.IsInterface(n) {
			continue
		}
		if n.TypeParams().Len() > 0 {
			all = all && !hasMethod(n, m.Name())
			continue
		}
		for _, dyn := range []types.Type{n, types.NewPointer(n)} {
			if !types.Implements(dyn, iface) {
				continue
			}
			o, path, _ := types.LookupFieldOrMethod(dyn, true, m.Pkg(), m.Name())
			if fn, ok := o.(*types.Func); ok {
				found = append(found, method{name, fn, dyn, path})
			}
		}
	}
	return found, all && len(found) > 0 && !a.imported(iface)
}

func namedType(o types.Object) *types.Named {
	tn, ok := o.(*types.TypeName)
	if !ok || tn.IsAlias() {
		return nil
	}
	n, _ := tn.Type().(*types.Named)
	return n
}

func hasMethod(n *types.Named, name string) bool {
	for m := range n.Methods() {
		if m.Name() == name {
			return true
		}
	}
	return false
}

// imported tells whether a type of a package that the cell imports implements
// iface.
func (a *analysis) imported(iface *types.Interface) bool {
	for _, p := range a.in.Pkg.Imports() {
		for _, name := range p.Scope().Names() {
			n := namedType(p.Scope().Lookup(name))
			if n != nil && n.Obj().Exported() && !types.IsInterface(n) && n.TypeParams().Len() == 0 &&
				(types.Implements(n, iface) || types.Implements(types.NewPointer(n), iface)) {
				return true
			}
		}
	}
	return false
}

// callBehind calls every method that a call through an interface may come to.
// all is false when it may come to others.
func (w *walker) callBehind(node ast.Node, text string, t types.Type, m *types.Func, recv set, args []set, exprs []ast.Expr) (out []set, all bool) {
	out = make([]set, m.Signature().Results().Len())
	for i := range out {
		out[i] = set{}
	}
	found, all := w.a.methodsBehind(t, m)
	for _, f := range found {
		fn := f.fn.Origin()
		decl, info, ok := w.a.bodyOf(fn)
		if !ok { // promoted from an interface or from a package's type
			all = false
			continue
		}
		s := w.a.summaryOf(decl, info)
		name := text + " of " + f.name
		for i, r := range w.apply(s, node, name, w.receiverBehind(f, recv), args, exprs) {
			if i < len(out) {
				out[i].add(r)
			}
		}
	}
	return out, all
}

// bodyOf gives the declaration of a function or method of the session.
func (a *analysis) bodyOf(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
	if a.in.FuncBody == nil {
		return nil, nil, false
	}
	decl, info, ok := a.in.FuncBody(fn)
	return decl, info, ok && decl.Body != nil
}

// receiverBehind gives the receiver that f is called with, of what interface
// values hold.
func (w *walker) receiverBehind(f method, recv set) set {
	vals, t := w.assert(recv, f.dyn), f.dyn
	for _, i := range f.path[:len(f.path)-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			vals, t = w.follow(vals, stepDeref, index{}), p.Elem()
		}
		field := t.Underlying().(*types.Struct).Field(i)
		vals, t = w.field(vals, field), field.Type()
		if _, isPtr := t.Underlying().(*types.Pointer); isPtr {
			vals = w.loadQuiet(vals)
		}
	}
	p, isPtr := t.Underlying().(*types.Pointer)
	_, wantsPtr := f.fn.Signature().Recv().Type().Underlying().(*types.Pointer)
	switch {
	case wantsPtr && !isPtr:
		out := set{}
		for l := range vals {
			out[w.a.locs.addrOf(l)] = struct{}{}
		}
		return out
	case !wantsPtr && isPtr:
		return w.load(w.follow(vals, stepDeref, index{}), p.Elem(), nil, true)
	}
	return vals
}

// formatMethods are what fmt calls of the values that it prints.
var formatMethods = []string{"Format", "GoString", "Error", "String"}

// formatted calls the session's methods by which fmt prints the arguments.
func (w *walker) formatted(node ast.Node, fn *types.Func, args []set) {
	for v := range w.printed(node, args) {
		t := v.typ
		if v.addr && t != nil {
			t = types.NewPointer(t)
		}
		if t == nil || types.IsInterface(t) {
			continue
		}
		for _, name := range formatMethods {
			o, path, _ := types.LookupFieldOrMethod(t, true, w.a.in.Pkg, name)
			m, ok := o.(*types.Func)
			if !ok {
				continue
			}
			decl, info, ok := w.a.bodyOf(m.Origin())
			if !ok {
				continue
			}
			s := w.a.summaryOf(decl, info)
			w.apply(s, node, fn.Name()+" → "+funcName(m), w.receiverBehind(method{fn: m, dyn: t, path: path}, setOf(v)), make([]set, m.Signature().Params().Len()), nil)
		}
	}
}

// printed gives the values behind the arguments of a printing function, those
// of a variadic one too.
func (w *walker) printed(node ast.Node, args []set) set {
	out := set{}
	for _, a := range args {
		for v := range a {
			if v.isSite() && v.root.site == any(node) {
				out.add(w.content[w.a.locs.at(v)])
				continue
			}
			if !v.isSite() {
				out[v] = struct{}{}
			}
		}
	}
	for v := range out {
		if v.isSite() {
			delete(out, v)
		}
	}
	return out
}
