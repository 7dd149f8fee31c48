package loops

import (
	"go/ast"
	"go/types"
	"slices"
)

// callLiteral calls a function literal of the analysed code.
func (w *walker) callLiteral(lit *ast.FuncLit, args []set) []set {
	w.bind(lit, args)
	out := w.results[lit]
	return slices.Clone(out)
}

func (w *walker) bind(lit *ast.FuncLit, args []set) {
	i := 0
	for _, f := range lit.Type.Params.List {
		for _, name := range f.Names {
			if o := w.info.Defs[name]; o != nil && i < len(args) && hasRefs(o.Type()) {
				w.put(w.a.locs.site(o), args[i])
			}
			i++
		}
		if len(f.Names) == 0 {
			i++
		}
	}
}

// callUnordered stands for any number of calls of function values with any of
// vals as arguments: what sort.Slice does with its less.
func (w *walker) callUnordered(fns, vals set, node ast.Node) {
	reach := w.reach(vals)
	for v := range fns {
		l := w.a.locs.at(v)
		switch {
		case w.lits[l] != nil:
			lit := w.lits[l]
			args := make([]set, lit.Type.Params.NumFields())
			for i := range args {
				args[i] = reach
			}
			w.bind(lit, args)
		case w.a.funcs[l] != nil:
			sig := w.a.funcs[l].Origin().Signature()
			args := make([]set, sig.Params().Len())
			for i := range args {
				args[i] = reach
			}
			w.callNamed(l, args, node, sig, nil)
		case v.root.kind == rootParam && len(v.steps) == 0:
			w.emit(effect{kind: effCallParam, l: v, node: node, vals: reach})
		case v.root.kind == rootVar:
			sig, ok := typeUnder(v).(*types.Signature)
			if !ok {
				continue
			}
			args := make([]set, sig.Params().Len())
			for i := range args {
				args[i] = reach
			}
			w.callPlace(ast.NewIdent(v.name()), v, args, node, sig, nil)
		}
	}
}

// callFunc calls a declared function or method.
func (w *walker) callFunc(node ast.Node, fn *types.Func, recv set, args []set, argExprs []ast.Expr) []set {
	if w.a.in.FuncBody != nil {
		if decl, info, ok := w.a.in.FuncBody(fn); ok && decl.Body != nil {
			s := w.a.summaryOf(decl, info)
			return w.apply(s, node, funcName(fn), recv, args, argExprs)
		}
	}
	if fn.Pkg() == nil || isStd(fn.Pkg()) || ours(fn.Pkg()) {
		return w.callStd(node, fn, recv, args)
	}
	name := funcName(fn)
	if fn.Pkg() != w.a.in.Pkg {
		name = fn.Pkg().Name() + "." + name
	}
	w.emit(effect{kind: effUnknown, node: node, name: name + " (its source is not in the session)"})
	return w.opaque(node, append([]set{recv}, args...), fn.Signature())
}

func funcName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t := recv.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name() + "." + fn.Name()
	}
	return fn.Name()
}
