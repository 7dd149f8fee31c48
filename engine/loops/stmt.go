package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

// block walks statements.
func (w *walker) block(b *ast.BlockStmt) {
	if b != nil {
		w.stmts(b.List)
	}
}

func (w *walker) stmts(list []ast.Stmt) {
	for _, s := range list {
		w.statement(s)
	}
}

func (w *walker) statement(s ast.Stmt) {
	if s == nil {
		return
	}
	w.a.spend()
	old := w.stmt
	w.stmt = s
	defer func() { w.stmt = old }()
	switch s := s.(type) {
	case *ast.AssignStmt:
		w.assign(s)
	case *ast.IncDecStmt:
		w.store(s.X, nil, true)
	case *ast.ExprStmt:
		w.eval(s.X)
	case *ast.DeclStmt:
		w.decl(s)
	case *ast.BlockStmt:
		w.block(s)
	case *ast.IfStmt:
		w.statement(s.Init)
		w.eval(s.Cond)
		w.block(s.Body)
		w.statement(s.Else)
	case *ast.ForStmt:
		w.statement(s.Init)
		if s.Cond != nil {
			w.eval(s.Cond)
		}
		w.block(s.Body)
		w.statement(s.Post)
	case *ast.RangeStmt:
		w.rangeStmt(s)
	case *ast.SwitchStmt:
		w.statement(s.Init)
		if s.Tag != nil {
			w.eval(s.Tag)
		}
		w.block(s.Body)
	case *ast.TypeSwitchStmt:
		w.typeSwitch(s)
	case *ast.CaseClause:
		for _, e := range s.List {
			if !w.info.Types[e].IsType() {
				w.eval(e)
			}
		}
		w.stmts(s.Body)
	case *ast.LabeledStmt:
		w.statement(s.Stmt)
	case *ast.ReturnStmt:
		w.returnStmt(s)
	case *ast.SendStmt:
		w.send(s)
	case *ast.GoStmt:
		w.emit(effect{kind: effBlock, node: s, name: "go"})
		w.eval(s.Call)
	case *ast.DeferStmt:
		w.emit(effect{kind: effBlock, node: s, name: "defer"})
		w.eval(s.Call)
	case *ast.SelectStmt:
		w.emit(effect{kind: effBlock, node: s, name: "select"})
		w.block(s.Body)
	case *ast.CommClause:
		w.statement(s.Comm)
		w.stmts(s.Body)
	}
}

func (w *walker) decl(s *ast.DeclStmt) {
	g, ok := s.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return
	}
	for _, sp := range g.Specs {
		vs := sp.(*ast.ValueSpec)
		lhs := make([]ast.Expr, len(vs.Names))
		for i, n := range vs.Names {
			lhs[i] = n
		}
		w.assignAll(lhs, vs.Values)
	}
}

func (w *walker) assign(s *ast.AssignStmt) {
	switch s.Tok {
	case token.ASSIGN, token.DEFINE:
		w.assignAll(s.Lhs, s.Rhs)
	default:
		w.eval(s.Rhs[0])
		w.store(s.Lhs[0], nil, true)
	}
}

func (w *walker) assignAll(lhs, rhs []ast.Expr) {
	if len(rhs) == 0 {
		return
	}
	if len(rhs) == 1 && len(lhs) > 1 {
		vals := w.evalMulti(rhs[0], len(lhs))
		for i, e := range lhs {
			w.store(e, vals[i], false)
		}
		return
	}
	vals := make([]set, len(rhs))
	for i, e := range rhs {
		vals[i] = w.eval(e)
	}
	for i, e := range lhs {
		w.store(e, vals[i], false)
	}
}

func (w *walker) send(s *ast.SendStmt) {
	vals := w.eval(s.Value)
	for l := range w.eval(s.Chan) {
		if l.isSite() {
			w.put(w.a.locs.at(l), vals)
		} else {
			w.emit(effect{kind: effSend, l: l, node: s, vals: vals})
		}
	}
}

func (w *walker) returnStmt(s *ast.ReturnStmt) {
	n := w.returnCount()
	var vals []set
	switch {
	case len(s.Results) == 1 && n > 1:
		vals = w.evalMulti(s.Results[0], n)
	default:
		for _, e := range s.Results {
			vals = append(vals, w.eval(e))
		}
	}
	w.addResults(vals)
}

func (w *walker) returnCount() int {
	if len(w.literals) > 0 {
		if sig, ok := w.info.TypeOf(w.literals[len(w.literals)-1]).(*types.Signature); ok {
			return sig.Results().Len()
		}
	}
	if w.fn != nil {
		return w.fn.Results().Len()
	}
	return 0
}

func (w *walker) addResults(vals []set) {
	to := &w.returns
	if len(w.literals) > 0 {
		lit := w.literals[len(w.literals)-1]
		r := w.results[lit]
		defer func() { w.results[lit] = r }()
		to = &r
	}
	for len(*to) < len(vals) {
		*to = append(*to, set{})
	}
	for i, v := range vals {
		if (*to)[i].add(v) {
			w.grew = true
		}
	}
}

func (w *walker) typeSwitch(s *ast.TypeSwitchStmt) {
	w.statement(s.Init)
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		x = a.Rhs[0].(*ast.TypeAssertExpr).X
	case *ast.ExprStmt:
		x = unparen(a.X).(*ast.TypeAssertExpr).X
	}
	vals := w.eval(x)
	for _, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		if o := w.info.Implicits[cc]; o != nil {
			w.put(w.a.locs.site(o), w.asserted(x, vals, o.Type()))
		}
		w.stmts(cc.Body)
	}
}

// asserted gives what x, which has the values vals, may be as a t.
func (w *walker) asserted(x ast.Expr, vals set, t types.Type) set {
	if isError(w.info.TypeOf(x)) && !isError(t) {
		return w.behindError(t)
	}
	return w.assert(vals, t)
}

func (w *walker) assert(vals set, t types.Type) set {
	out := set{}
	if !hasRefs(t) {
		return out
	}
	for v := range vals {
		if v.addr || v.isSite() || v.typ == nil || !types.IsInterface(v.typ) {
			out[v] = struct{}{}
			continue
		}
		out[w.a.locs.extend(v, step{kind: stepAssert, typ: t}, t)] = struct{}{}
	}
	return out
}

// rangeStmt walks a loop inside the analysed code.
func (w *walker) rangeStmt(s *ast.RangeStmt) {
	x := w.eval(s.X)
	t := w.info.TypeOf(s.X)
	var key, val set
	switch u := t.Underlying().(type) {
	case *types.Slice:
		val = w.load(w.follow(x, stepSlice, index{}), u.Elem(), valueNode(s), false)
	case *types.Array:
		val = w.load(w.elems(w.place(s.X), u.Elem()), u.Elem(), nil, false)
	case *types.Pointer:
		if arr, ok := u.Elem().Underlying().(*types.Array); ok {
			val = w.load(w.elems(w.follow(x, stepDeref, index{}), arr.Elem()), arr.Elem(), valueNode(s), false)
		}
	case *types.Map:
		places := w.follow(x, stepMap, index{})
		val = w.load(places, u.Elem(), s.X, false)
		key = w.reach(x)
	case *types.Chan:
		w.receive(x, s.X)
		key = w.reach(x)
	case *types.Signature:
		w.callValue(s.X, x, nil, s.X, u, nil)
		key, val = w.reach(x), w.reach(x)
	}
	if s.Key != nil {
		w.storeRange(s.Key, key)
	}
	if s.Value != nil {
		w.storeRange(s.Value, val)
	}
	w.block(s.Body)
}

// valueNode is where a range loop reads elements; nil when it doesn't.
func valueNode(s *ast.RangeStmt) ast.Node {
	if s.Value == nil {
		return nil
	}
	return s.Value
}

func (w *walker) storeRange(e ast.Expr, vals set) {
	if !hasRefs(w.info.TypeOf(e)) {
		vals = nil
	}
	w.store(e, vals, false)
}

func (w *walker) elems(arrays set, elem types.Type) set {
	out := set{}
	for l := range arrays {
		if l.addr || l.isSite() || elemOf(l.typ, stepArray) == nil {
			out[l] = struct{}{}
			continue
		}
		out[w.a.locs.extend(l, step{kind: stepArray}, elem)] = struct{}{}
	}
	return out
}

func (w *walker) receive(ch set, node ast.Node) {
	for l := range ch {
		if l.isSite() {
			continue
		}
		w.emit(effect{kind: effReceive, l: l, node: node})
		if !w.direct() || w.of != nil {
			w.receiveValue(l, node)
		}
	}
	if w.direct() {
		w.emit(effect{kind: effBlock, node: node, name: "receive"})
	}
}

// receiveValue notes a receive from a shared channel by a function: in the
// loop's own body every receive is refused. Signals and ticks carry nothing that
// belongs to one item.
func (w *walker) receiveValue(l *loc, node ast.Node) {
	if ch, ok := typeUnder(l).(*types.Chan); ok {
		if st, ok := ch.Elem().Underlying().(*types.Struct); ok && st.NumFields() == 0 || named(ch.Elem()) == "time.Time" {
			return
		}
	}
	w.ordered(l, node, "receive", "receive")
}
