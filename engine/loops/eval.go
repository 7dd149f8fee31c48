package loops

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// eval gives the values e may have, and notes what it reads and does. Values
// without references come as the empty set.
func (w *walker) eval(e ast.Expr) set {
	switch e := unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return w.evalPath(e)
	case *ast.CallExpr:
		return w.evalMulti(e, 1)[0]
	case *ast.CompositeLit:
		return w.composite(e)
	case *ast.FuncLit:
		return w.literal(e)
	case *ast.UnaryExpr:
		return w.unary(e)
	case *ast.BinaryExpr:
		w.eval(e.X)
		w.eval(e.Y)
	case *ast.SliceExpr:
		return w.slice(e)
	case *ast.TypeAssertExpr:
		return w.asserted(e.X, w.eval(e.X), w.info.TypeOf(e))
	case *ast.KeyValueExpr:
		w.eval(e.Value)
	}
	return set{}
}

// evalMulti evaluates an expression for n values.
func (w *walker) evalMulti(e ast.Expr, n int) []set {
	e = unparen(e)
	out := make([]set, max(n, 1))
	for i := range out {
		out[i] = set{}
	}
	if call, ok := e.(*ast.CallExpr); ok {
		for i, v := range w.call(call) {
			if i < len(out) {
				out[i] = v
			}
		}
		return out
	}
	if t, ok := e.(*ast.TypeAssertExpr); ok {
		typ := w.info.TypeOf(t)
		if tup, ok := typ.(*types.Tuple); ok {
			typ = tup.At(0).Type()
		}
		out[0] = w.asserted(t.X, w.eval(t.X), typ)
		return out
	}
	out[0] = w.eval(e)
	return out
}

func (w *walker) evalPath(e ast.Expr) set {
	tv := w.info.Types[e]
	if tv.IsType() || tv.IsBuiltin() || tv.Value != nil || tv.IsNil() {
		return set{}
	}
	if ix, ok := e.(*ast.IndexExpr); ok { // an instantiated generic function
		if _, isFunc := w.info.TypeOf(ix.X).Underlying().(*types.Signature); isFunc {
			return w.eval(ix.X)
		}
	}
	if obj := w.funcObject(e); obj != nil {
		l := w.a.locs.site(obj)
		if sel, ok := e.(*ast.SelectorExpr); ok && w.info.Selections[sel] != nil {
			if w.info.Selections[sel].Kind() == types.MethodVal {
				l = w.a.locs.site(sel)
				w.a.bound[l] = sel
				w.put(l, w.eval(sel.X))
			}
		}
		w.a.funcs[l] = obj
		return setOf(w.a.locs.addrOf(l))
	}
	t := w.info.TypeOf(e)
	if tup, ok := t.(*types.Tuple); ok {
		t = tup.At(0).Type()
	}
	return w.load(w.place(e), t, e, false)
}

// funcObject is the declared function or method that e names, if it does.
func (w *walker) funcObject(e ast.Expr) *types.Func {
	switch e := unparen(e).(type) {
	case *ast.Ident:
		f, _ := w.info.Uses[e].(*types.Func)
		return f
	case *ast.SelectorExpr:
		f, _ := w.info.Uses[e.Sel].(*types.Func)
		return f
	case *ast.IndexExpr:
		return w.funcObject(e.X)
	case *ast.IndexListExpr:
		return w.funcObject(e.X)
	}
	return nil
}

// place gives the places e denotes.
func (w *walker) place(e ast.Expr) set {
	switch e := unparen(e).(type) {
	case *ast.Ident:
		return w.placeIdent(e)
	case *ast.SelectorExpr:
		return w.placeSelector(e)
	case *ast.IndexExpr:
		return w.placeIndex(e)
	case *ast.StarExpr:
		return w.follow(w.eval(e.X), stepDeref, index{})
	}
	return w.eval(e)
}

func (w *walker) placeIdent(e *ast.Ident) set {
	v, ok := w.info.ObjectOf(e).(*types.Var)
	if !ok {
		return set{}
	}
	if w.local[v] {
		return setOf(w.a.locs.site(v))
	}
	return setOf(w.a.locs.variable(v))
}

func (w *walker) placeSelector(e *ast.SelectorExpr) set {
	sel := w.info.Selections[e]
	if sel == nil { // pkg.Var
		if v, ok := w.info.Uses[e.Sel].(*types.Var); ok {
			return setOf(w.a.locs.variable(v))
		}
		return set{}
	}
	return w.fields(e.X, sel)
}

// fields follows the (possibly embedded) fields of a selection.
func (w *walker) fields(x ast.Expr, sel *types.Selection) set {
	t := w.info.TypeOf(x)
	places := w.place(x)
	idx := sel.Index()
	if sel.Kind() != types.FieldVal {
		idx = idx[:len(idx)-1]
	}
	for _, i := range idx {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			places = w.follow(w.load(places, t, x, false), stepDeref, index{})
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			break
		}
		f := st.Field(i)
		places = w.field(places, f)
		t = f.Type()
	}
	return places
}

func (w *walker) placeIndex(e *ast.IndexExpr) set {
	t := w.info.TypeOf(e.X)
	w.eval(e.Index)
	ix := w.indexOf(e.Index)
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return w.follow(w.eval(e.X), stepSlice, ix)
	case *types.Map:
		if !ix.mayBeKey() {
			ix = index{}
		}
		return w.follow(w.eval(e.X), stepMap, ix)
	case *types.Pointer:
		arr, ok := u.Elem().Underlying().(*types.Array)
		if ok {
			return w.arrayElem(w.follow(w.eval(e.X), stepDeref, index{}), arr.Elem(), ix)
		}
	case *types.Array:
		return w.arrayElem(w.place(e.X), u.Elem(), ix)
	}
	w.eval(e.X)
	return set{}
}

func (w *walker) arrayElem(arrays set, elem types.Type, ix index) set {
	out := set{}
	for l := range arrays {
		if l.addr || l.isSite() || elemOf(l.typ, stepArray) == nil {
			out[l] = struct{}{}
			continue
		}
		out[w.a.locs.extend(l, step{kind: stepArray, index: ix}, elem)] = struct{}{}
	}
	return out
}

func (w *walker) composite(e *ast.CompositeLit) set {
	site := w.a.locs.site(e)
	for _, x := range e.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			if _, isStruct := w.info.TypeOf(e).Underlying().(*types.Struct); !isStruct {
				w.put(site, w.eval(kv.Key))
			}
			x = kv.Value
		}
		w.put(site, w.eval(x))
	}
	if !hasRefs(w.info.TypeOf(e)) {
		return set{}
	}
	switch w.info.TypeOf(e).Underlying().(type) {
	case *types.Struct, *types.Array:
		return union(w.content[site]) // the value is what it holds
	}
	return setOf(w.a.locs.addrOf(site))
}

func (w *walker) unary(e *ast.UnaryExpr) set {
	switch e.Op {
	case token.AND:
		if lit, ok := unparen(e.X).(*ast.CompositeLit); ok {
			w.composite(lit)
			return setOf(w.a.locs.addrOf(w.a.locs.site(lit)))
		}
		out := set{}
		for l := range w.place(e.X) {
			out[w.a.locs.addrOf(l)] = struct{}{}
		}
		return out
	case token.ARROW:
		ch := w.eval(e.X)
		w.receive(ch, e)
		if hasRefs(w.info.TypeOf(e)) {
			return w.reach(ch)
		}
		return set{}
	}
	w.eval(e.X)
	return set{}
}

func (w *walker) slice(e *ast.SliceExpr) set {
	for _, x := range []ast.Expr{e.Low, e.High, e.Max} {
		if x != nil {
			w.eval(x)
		}
	}
	if _, isArray := w.info.TypeOf(e.X).Underlying().(*types.Array); isArray {
		out := set{}
		for l := range w.place(e.X) {
			if !fromStart(w.info, e) && !l.isSite() {
				l = w.a.locs.extend(l, step{kind: stepDeep}, nil)
			}
			out[w.a.locs.addrOf(l)] = struct{}{}
		}
		return out
	}
	vals := w.eval(e.X)
	if out, ok := w.window(e, vals); ok {
		return out
	}
	if fromStart(w.info, e) || !hasRefs(w.info.TypeOf(e)) {
		if !hasRefs(w.info.TypeOf(e)) {
			return set{}
		}
		return vals
	}
	// The elements have other numbers now: any of them may be meant.
	out := set{}
	for v := range vals {
		if !v.addr && !v.isSite() {
			v = w.a.locs.extend(v, step{kind: stepDeep}, nil)
		}
		out[v] = struct{}{}
	}
	return out
}

// fromStart tells whether a slice expression keeps the numbers of elements.
func fromStart(info *types.Info, e *ast.SliceExpr) bool {
	if e.Low == nil {
		return true
	}
	c, ok := constInt(info, e.Low)
	return ok && c == 0
}

// literal walks a function literal as if it were called.
func (w *walker) literal(e *ast.FuncLit) set {
	site := w.a.locs.site(e)
	w.lits[site] = e
	if !w.called[e] {
		w.called[e] = true
		w.literals = append(w.literals, e)
		old := w.stmt
		w.block(e.Body)
		w.stmt = old
		w.literals = w.literals[:len(w.literals)-1]
	}
	return setOf(w.a.locs.addrOf(site))
}

func constInt(info *types.Info, e ast.Expr) (int64, bool) {
	tv, ok := info.Types[e]
	if !ok || tv.Value == nil {
		return 0, false
	}
	v := constant.ToInt(tv.Value)
	if v.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v)
}

func basicInfo(t types.Type) (types.BasicKind, types.BasicInfo) {
	if t == nil {
		return types.Invalid, 0
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Kind(), b.Info()
	}
	return types.Invalid, 0
}

// wideInt: arithmetic on indices does not wrap in practice.
func wideInt(t types.Type) bool {
	switch k, _ := basicInfo(t); k {
	case types.Int, types.Int64, types.UntypedInt:
		return true
	}
	return false
}

// keepsInts tells whether a conversion between integer types keeps different
// values different.
func keepsInts(from, to types.Type) bool {
	fk, fi := basicInfo(from)
	tk, ti := basicInfo(to)
	if fi&types.IsInteger == 0 || ti&types.IsInteger == 0 {
		return false
	}
	size := func(k types.BasicKind) int64 { return types.SizesFor("gc", "amd64").Sizeof(types.Typ[k]) }
	if fk == types.UntypedInt || fk == types.UntypedRune {
		return true
	}
	return size(tk) >= size(fk)
}
