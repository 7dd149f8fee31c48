package loops

import (
	"go/ast"
	"go/types"
)

// call evaluates a call and gives its results.
func (w *walker) call(e *ast.CallExpr) []set {
	fun := unparen(e.Fun)
	tv := w.info.Types[fun]
	if tv.IsType() {
		return []set{w.conversion(e, tv.Type)}
	}
	if tv.IsBuiltin() {
		return []set{w.builtin(e, builtinName(w.info, fun))}
	}
	sig, _ := tv.Type.Underlying().(*types.Signature)
	if sig == nil {
		return nil
	}
	if fn := w.funcObject(fun); fn != nil && !w.isInterfaceCall(fun) {
		recv := w.receiver(fun, fn)
		return w.callFunc(e, fn.Origin(), recv, w.args(e, sig), e.Args)
	}
	if sel, ok := fun.(*ast.SelectorExpr); ok && w.isInterfaceCall(fun) {
		return w.callInterface(e, sel, sig)
	}
	vals := w.eval(fun)
	return w.callValue(fun, vals, w.args(e, sig), e, sig, e.Args)
}

func builtinName(info *types.Info, fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr: // unsafe.X
		return "unsafe." + f.Sel.Name
	}
	return ""
}

func (w *walker) isInterfaceCall(fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s := w.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return false
	}
	fn, ok := s.Obj().(*types.Func)
	if !ok {
		return false
	}
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// receiver gives the receiver's value as the method sees it; nil without one.
func (w *walker) receiver(fun ast.Expr, fn *types.Func) set {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	s := w.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return nil
	}
	places := w.fields(sel.X, s)
	t := w.info.TypeOf(sel.X)
	for _, i := range s.Index()[:len(s.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
	_, isPtr := t.Underlying().(*types.Pointer)
	_, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer)
	switch {
	case wantsPtr && !isPtr:
		out := set{}
		for l := range places {
			out[w.a.locs.addrOf(l)] = struct{}{}
		}
		return out
	case !wantsPtr && isPtr:
		vals := w.load(places, t, sel.X, false)
		elem := t.Underlying().(*types.Pointer).Elem()
		return w.load(w.follow(vals, stepDeref, index{}), elem, sel, true)
	}
	return w.load(places, t, sel.X, !isPtr)
}

// args evaluates the arguments, one set a parameter; variadic ones arrive in
// a slice of their own.
func (w *walker) args(e *ast.CallExpr, sig *types.Signature) []set {
	n := sig.Params().Len()
	out := make([]set, n)
	for i := range out {
		out[i] = set{}
	}
	var vals []set
	if len(e.Args) == 1 && n > 1 || len(e.Args) == 1 && isTuple(w.info.TypeOf(e.Args[0])) {
		vals = w.evalMulti(e.Args[0], tupleLen(w.info.TypeOf(e.Args[0])))
	} else {
		for _, a := range e.Args {
			vals = append(vals, w.evalWhole(a))
		}
	}
	for i, v := range vals {
		switch {
		case sig.Variadic() && i >= n-1 && !e.Ellipsis.IsValid():
			site := w.a.locs.site(e)
			w.put(site, v)
			out[n-1] = setOf(w.a.locs.addrOf(site))
		case i < n:
			out[i] = v
		}
	}
	return out
}

// evalWhole evaluates an expression whose value is handed on.
func (w *walker) evalWhole(e ast.Expr) set { return w.eval(e) }

func isTuple(t types.Type) bool { _, ok := t.(*types.Tuple); return ok }

func tupleLen(t types.Type) int {
	if tup, ok := t.(*types.Tuple); ok {
		return tup.Len()
	}
	return 1
}

func (w *walker) conversion(e *ast.CallExpr, to types.Type) set {
	if len(e.Args) != 1 {
		return set{}
	}
	v := w.eval(e.Args[0])
	if !hasRefs(to) {
		return set{}
	}
	if _, info := basicInfo(w.info.TypeOf(e.Args[0])); info&types.IsString != 0 {
		if !types.IsInterface(to) {
			return setOf(w.a.locs.addrOf(w.a.locs.site(e))) // []byte(s): fresh
		}
	}
	return v
}

func (w *walker) builtin(e *ast.CallExpr, name string) set {
	site := w.a.locs.site(e)
	fresh := func() set { return setOf(w.a.locs.addrOf(site)) }
	switch name {
	case "append":
		return w.appendCall(e, site)
	case "copy":
		dst, src := w.eval(e.Args[0]), w.eval(e.Args[1])
		vals := set{}
		if st, ok := w.info.TypeOf(e.Args[1]).Underlying().(*types.Slice); ok {
			vals = w.load(w.follow(src, stepSlice, index{}), st.Elem(), e.Args[1], false)
		}
		w.storeAt(w.follow(dst, stepSlice, index{}), vals, e.Args[0])
	case "clear", "delete":
		x := w.eval(e.Args[0])
		for _, a := range e.Args[1:] {
			w.eval(a)
		}
		if _, isMap := w.info.TypeOf(e.Args[0]).Underlying().(*types.Map); !isMap {
			w.storeAt(w.follow(x, stepSlice, index{}), nil, e.Args[0])
			break
		}
		for l := range w.follow(x, stepMap, index{}) {
			if !l.isSite() {
				w.emit(effect{kind: effDelete, l: l, node: e, name: name})
			}
		}
	case "new", "make":
		for _, a := range e.Args[1:] {
			w.eval(a)
		}
		if name == "new" && !w.info.Types[e.Args[0]].IsType() { // new(expr)
			w.put(site, w.eval(e.Args[0]))
		}
		return fresh()
	case "len", "cap":
		x := w.eval(e.Args[0])
		switch w.info.TypeOf(e.Args[0]).Underlying().(type) {
		case *types.Map:
			w.load(w.follow(x, stepMap, index{}), nil, e.Args[0], false)
		case *types.Slice:
			for l := range x {
				if !l.isSite() && name == "cap" {
					w.emit(effect{kind: effCap, l: l, node: e})
				}
			}
		case *types.Chan:
			for l := range x {
				if !l.isSite() && name == "len" {
					w.ordered(l, e, name, "len")
				}
			}
		}
	case "print", "println":
		w.evalAll(e.Args)
		w.emit(effect{kind: effPrint, node: e, name: name})
	case "close":
		for l := range w.eval(e.Args[0]) {
			if !l.isSite() {
				w.emit(effect{kind: effClose, l: l, node: e})
			}
		}
	case "recover":
		w.emit(effect{kind: effBlock, node: e, name: "recover"})
	default:
		out := w.evalAll(e.Args)
		if hasRefs(w.info.TypeOf(e)) {
			return out
		}
	}
	return set{}
}

func (w *walker) evalAll(args []ast.Expr) set {
	out := set{}
	for _, a := range args {
		if !w.info.Types[a].IsType() {
			out.add(w.eval(a))
		}
	}
	return out
}

// appendCall: the result is the old array or a new one; the old one's spare
// capacity may be written.
func (w *walker) appendCall(e *ast.CallExpr, site *loc) set {
	base := w.eval(e.Args[0])
	vals := set{}
	for i, a := range e.Args[1:] {
		v := w.eval(a)
		if e.Ellipsis.IsValid() && i == len(e.Args)-2 {
			if st, ok := w.info.TypeOf(a).Underlying().(*types.Slice); ok {
				v = w.load(w.follow(v, stepSlice, index{}), st.Elem(), a, false)
			}
		}
		vals.add(v)
	}
	w.put(site, vals)
	elem := w.info.TypeOf(e).Underlying().(*types.Slice).Elem()
	w.put(site, w.load(w.follow(base, stepSlice, index{}), elem, nil, false))
	out := setOf(w.a.locs.addrOf(site))
	if clipped(w.info, e.Args[0]) {
		return out
	}
	for v := range base {
		if v.isSite() {
			w.put(w.a.locs.at(v), vals)
			out[v] = struct{}{}
			continue
		}
		out[v] = struct{}{}
		w.emit(effect{kind: effSpare, l: v, node: e, vals: vals})
	}
	return out
}

// clipped recognises slices without spare capacity: x[:n:n], slices.Clip(x).
func clipped(info *types.Info, e ast.Expr) bool {
	switch e := unparen(e).(type) {
	case *ast.SliceExpr:
		return e.Slice3 && types.ExprString(e.High) == types.ExprString(e.Max)
	case *ast.CallExpr:
		if sel, ok := unparen(e.Fun).(*ast.SelectorExpr); ok {
			fn, _ := info.Uses[sel.Sel].(*types.Func)
			return fn != nil && fn.Name() == "Clip" && fn.Pkg() != nil && fn.Pkg().Path() == "slices"
		}
	}
	return false
}

// callInterface calls a method of an interface.
func (w *walker) callInterface(e *ast.CallExpr, sel *ast.SelectorExpr, sig *types.Signature) []set {
	recv := w.eval(sel.X)
	args := w.args(e, sig)
	fn := w.info.Selections[sel].Obj().(*types.Func)
	if fn.Pkg() == nil || isStd(fn.Pkg()) {
		w.callBehind(e, types.ExprString(sel), w.info.TypeOf(sel.X), fn, recv, args, e.Args)
		return w.callStd(e, fn, recv, args)
	}
	return w.callMethod(e, sel, fn, recv, args, e.Args)
}

// callMethod calls a method of an interface of the session: all that the
// session has behind it, and, where there may be others, one that nobody can
// look into.
func (w *walker) callMethod(node ast.Node, sel *ast.SelectorExpr, fn *types.Func, recv set, args []set, exprs []ast.Expr) []set {
	text, t := types.ExprString(sel), w.info.TypeOf(sel.X)
	out, all := w.callBehind(node, text, t, fn, recv, args, exprs)
	if all {
		return out
	}
	w.emit(effect{kind: effUnknown, node: node, name: text + " (a method of the interface " + shortType(t) + ")"})
	for i, r := range w.opaque(node, append([]set{recv}, args...), fn.Signature()) {
		out[i].add(r)
	}
	return out
}

func shortType(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

// opaque is a call nobody looks into, whose results may hold its arguments.
func (w *walker) opaque(node ast.Node, args []set, sig *types.Signature) []set {
	all := set{}
	for _, a := range args {
		all.add(a)
	}
	w.readAll(all, node, nil)
	out := make([]set, sig.Results().Len())
	for i := range out {
		out[i] = set{}
		if hasRefs(sig.Results().At(i).Type()) {
			site := w.a.locs.site(node)
			w.put(site, w.reach(all))
			out[i].add(w.reach(all))
			out[i][w.a.locs.addrOf(site)] = struct{}{}
		}
	}
	return out
}

// callValue calls a function value.
func (w *walker) callValue(fun ast.Expr, vals set, args []set, node ast.Node, sig *types.Signature, argExprs []ast.Expr) []set {
	out := make([]set, sig.Results().Len())
	for i := range out {
		out[i] = set{}
	}
	merge := func(rs []set) {
		for i, r := range rs {
			if i < len(out) {
				out[i].add(r)
			}
		}
	}
	for v := range vals {
		l := w.a.locs.at(v)
		lit := w.lits[l]
		switch {
		case l == w.a.yield:
		case lit != nil:
			merge(w.callLiteral(lit, args))
		case w.a.funcs[l] != nil:
			merge(w.callNamed(l, args, node, sig, argExprs))
		case v.isSite(): // came out of a call that was looked into
			merge(w.opaque(node, args, sig))
		default:
			merge(w.callPlace(fun, v, args, node, sig, argExprs))
		}
	}
	if len(vals) == 0 {
		merge(w.unknownValue(fun, args, node, sig, argExprs))
	}
	return out
}

// callNamed calls a function value that is a declared function or a method
// value.
func (w *walker) callNamed(l *loc, args []set, node ast.Node, sig *types.Signature, argExprs []ast.Expr) []set {
	fn := w.a.funcs[l].Origin()
	sel := w.a.bound[l]
	if sel == nil {
		return w.callFunc(node, fn, nil, args, argExprs)
	}
	if types.IsInterface(fn.Signature().Recv().Type()) {
		if fn.Pkg() == nil || isStd(fn.Pkg()) || !types.IsInterface(w.info.TypeOf(sel.X)) {
			return w.unknownValue(sel, args, node, sig, argExprs)
		}
		return w.callMethod(node, sel, fn, w.eval(sel.X), args, argExprs)
	}
	return w.callFunc(node, fn, w.receiver(sel, fn), args, argExprs)
}

// callPlace calls a function that stands in a variable from outside.
func (w *walker) callPlace(fun ast.Expr, v *loc, args []set, node ast.Node, sig *types.Signature, argExprs []ast.Expr) []set {
	if v.root.kind == rootParam && len(v.steps) == 0 {
		all := set{}
		for _, a := range args {
			all.add(a)
		}
		w.emit(effect{kind: effCallParam, l: v, node: node, vals: w.reach(all), name: types.ExprString(fun)})
		return w.opaque(node, args, sig)
	}
	if v.root.kind == rootVar && len(v.steps) == 0 {
		if lit, info, ok := w.a.closure(v.root.v); ok {
			s := w.a.summaryOf(lit, info)
			return w.apply(s, node, v.root.v.Name(), nil, args, argExprs)
		}
	}
	return w.unknownValue(fun, args, node, sig, argExprs)
}

// isParam tells whether e is a parameter of a function around the loop: what it
// is given is the callers' business, now and later.
func (w *walker) isParam(e ast.Expr) bool {
	id, ok := unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := w.info.Uses[id].(*types.Var)
	return ok && v.Kind() == types.ParamVar
}

// isYield tells whether e is the only parameter of a function literal that is an
// iterator: the body of a loop, which is walked where it stands.
func (w *walker) isYield(e ast.Expr) bool {
	if len(w.literals) == 0 || !w.isParam(e) {
		return false
	}
	sig, ok := w.info.TypeOf(w.literals[len(w.literals)-1]).(*types.Signature)
	if !ok || sig.Params().Len() != 1 || sig.Results().Len() != 0 || sig.Params().At(0) != w.info.Uses[unparen(e).(*ast.Ident)] {
		return false
	}
	yield, ok := sig.Params().At(0).Type().Underlying().(*types.Signature)
	return ok && yield.Results().Len() == 1 && types.Identical(yield.Results().At(0).Type(), types.Typ[types.Bool])
}

// unknownValue calls a function value nobody knows: any that the session has,
// or, where it has none of that type, one that nobody can look into.
func (w *walker) unknownValue(fun ast.Expr, args []set, node ast.Node, sig *types.Signature, argExprs []ast.Expr) []set {
	if w.isYield(fun) {
		return make([]set, sig.Results().Len())
	}
	if !w.isParam(fun) {
		if out, ok := w.callAny(types.ExprString(fun), args, node, sig, argExprs); ok {
			return out
		}
	}
	w.emit(effect{kind: effUnknown, node: node, name: types.ExprString(fun) + " (a function value)"})
	return w.opaque(node, args, sig)
}
