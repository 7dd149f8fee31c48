package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

type loopKind uint8

const (
	overSlice   loopKind = iota
	overArray            // an array, or a pointer to one
	overMap              // drained into keys and values
	overInt              // range n
	overString           // drained into byte positions and runes
	overChan             // drained
	overSeq0             // func(yield func() bool), counted
	overSeq              // drained
	overSeq2             // drained
	counted              // for i := a; i < b; i += c, in closed form
	countedList          // any other counted loop: its variables are listed first
)

// A shape is the loop as the analysis and the generator see it.
type shape struct {
	kind  loopKind
	stmt  ast.Stmt
	body  *ast.BlockStmt
	label string // the loop's own label, when a continue uses it
	x     ast.Expr
	xt    types.Type
	items *types.Var // stands for what is ranged over: x's variable, or one that will be generated
	key   *types.Var // nil when not named
	val   *types.Var
	outer bool // the loop's variables are declared outside (for i = …)

	// counted loops
	init, bound ast.Expr
	op          token.Token // <, <=, >, >=, !=
	step        int64
	vars        []*types.Var // countedList
	lists       []*types.Var // their values
	w           *walker
	outers      []*outerVar
	sends       []*ast.SendStmt
	prints      bool
	external    []string
	warnings    []string
	notes       []string
	own         []access // written in place
	laters      []*later
	reads       []access
}

// shapeOf classifies the loop.
func (a *analysis) shapeOf(s ast.Stmt) (*shape, *Refusal) {
	switch s := s.(type) {
	case *ast.RangeStmt:
		return a.rangeShape(s)
	case *ast.ForStmt:
		return a.countedShape(s)
	}
	return nil, a.refuse(s.Pos(), "", "this is not a for loop", "mark the for statement itself")
}

func (a *analysis) loopVar(e ast.Expr) (*types.Var, *Refusal) {
	if e == nil {
		return nil, nil
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil, a.refuse(e.Pos(), a.text(e), "the loop assigns its items to "+a.text(e), "name a loop variable with :=")
	}
	v, _ := a.in.Info.ObjectOf(id).(*types.Var)
	return v, nil
}

func (a *analysis) rangeShape(s *ast.RangeStmt) (*shape, *Refusal) {
	sh := &shape{stmt: s, body: s.Body, x: s.X, xt: a.in.Info.TypeOf(s.X), outer: s.Tok == token.ASSIGN}
	var ref *Refusal
	if sh.key, ref = a.loopVar(s.Key); ref != nil {
		return nil, ref
	}
	if sh.val, ref = a.loopVar(s.Value); ref != nil {
		return nil, ref
	}
	switch u := sh.xt.Underlying().(type) {
	case *types.Slice:
		sh.kind = overSlice
	case *types.Array, *types.Pointer:
		sh.kind = overArray
	case *types.Map:
		sh.kind = overMap
	case *types.Chan:
		sh.kind = overChan
	case *types.Basic:
		sh.kind = overInt
		if u.Info()&types.IsString != 0 {
			sh.kind = overString
		}
	case *types.Signature:
		sh.kind = []loopKind{overSeq0, overSeq, overSeq2}[yieldLen(u)]
	}
	sh.items = a.itemsVar(s.X, sh.kind, sh.xt)
	return sh, nil
}

func yieldLen(s *types.Signature) int {
	y, ok := s.Params().At(0).Type().Underlying().(*types.Signature)
	if !ok {
		return 0
	}
	return y.Params().Len()
}

// itemsVar is the variable that is ranged over, or a new one.
func (a *analysis) itemsVar(x ast.Expr, k loopKind, t types.Type) *types.Var {
	if id, ok := unparen(x).(*ast.Ident); ok && (k == overSlice || k == overArray || k == overMap) {
		if v, ok := a.in.Info.Uses[id].(*types.Var); ok {
			return v
		}
	}
	if k == overChan {
		t = types.NewSlice(t.Underlying().(*types.Chan).Elem())
	}
	if sig, ok := t.Underlying().(*types.Signature); ok && k != overSeq0 {
		yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
		t = types.NewSlice(yield.Params().At(yield.Params().Len() - 1).Type())
	}
	return types.NewVar(token.NoPos, a.in.Pkg, "gbz_x", t)
}

// countedShape takes any for loop whose course depends only on its variables
// and on what the body leaves alone.
func (a *analysis) countedShape(s *ast.ForStmt) (*shape, *Refusal) {
	sh := &shape{stmt: s, body: s.Body, kind: countedList}
	if s.Cond == nil || s.Post == nil {
		return nil, a.refuse(s.Pos(), "", "the loop has no condition or no step that is known before it starts",
			"write for i := 0; i < n; i++, or range over the items")
	}
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok {
		return nil, a.refuse(s.Pos(), "", "the loop does not set its own variable", "write for i := 0; i < n; i++")
	}
	sh.outer = init.Tok == token.ASSIGN
	for _, l := range init.Lhs {
		v, ref := a.loopVar(l)
		if ref != nil {
			return nil, ref
		}
		if v == nil {
			return nil, a.refuse(l.Pos(), "", "the loop's variable has no name", "write for i := 0; i < n; i++")
		}
		sh.vars = append(sh.vars, v)
	}
	if len(sh.vars) == 1 {
		a.closedForm(sh, s, init)
	}
	if sh.kind == counted || a.steps(s, sh.vars) {
		sh.key = sh.vars[0]
	}
	return sh, nil
}

// closedForm recognises for i := a; i < b; i += c over ints.
func (a *analysis) closedForm(sh *shape, s *ast.ForStmt, init *ast.AssignStmt) {
	v := sh.vars[0]
	cond, ok := unparen(s.Cond).(*ast.BinaryExpr)
	if !ok || len(init.Rhs) != 1 || !types.Identical(v.Type(), types.Typ[types.Int]) {
		return
	}
	id, ok := unparen(cond.X).(*ast.Ident)
	if !ok || a.in.Info.Uses[id] != v || a.mentions(cond.Y, v) {
		return
	}
	step, ok := a.stepOf(s.Post, v)
	up := cond.Op == token.LSS || cond.Op == token.LEQ
	down := cond.Op == token.GTR || cond.Op == token.GEQ
	if !ok || !(up && step > 0 || down && step < 0) || a.calls(cond.Y) {
		return
	}
	sh.kind, sh.init, sh.bound, sh.op, sh.step = counted, init.Rhs[0], cond.Y, cond.Op, step
}

// calls tells whether e calls anything but len, cap or a conversion: the
// closed form evaluates the bound once.
func (a *analysis) calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			tv := a.in.Info.Types[unparen(c.Fun)]
			if !tv.IsType() && !(tv.IsBuiltin()) {
				found = true
			}
		}
		return true
	})
	return found
}

// stepOf is the constant that the post statement adds to v.
func (a *analysis) stepOf(post ast.Stmt, v *types.Var) (int64, bool) {
	isV := func(e ast.Expr) bool {
		id, ok := unparen(e).(*ast.Ident)
		return ok && a.in.Info.ObjectOf(id) == v
	}
	switch p := post.(type) {
	case *ast.IncDecStmt:
		if isV(p.X) {
			if p.Tok == token.INC {
				return 1, true
			}
			return -1, true
		}
	case *ast.AssignStmt:
		k := slices.IndexFunc(p.Lhs, isV)
		if k < 0 || len(p.Lhs) != len(p.Rhs) {
			return 0, false
		}
		rhs, tok := p.Rhs[k], p.Tok
		if b, ok := unparen(rhs).(*ast.BinaryExpr); ok && tok == token.ASSIGN && isV(b.X) {
			rhs, tok = b.Y, map[token.Token]token.Token{token.ADD: token.ADD_ASSIGN, token.SUB: token.SUB_ASSIGN}[b.Op]
		}
		c, ok := constInt(a.in.Info, rhs)
		switch {
		case ok && tok == token.ADD_ASSIGN:
			return c, true
		case ok && tok == token.SUB_ASSIGN:
			return -c, true
		}
	}
	return 0, false
}

// steps tells whether the first variable has another value in every iteration.
// The only variable of a loop has: where its next value, and whether there is
// one, depends on nothing but itself, a value that comes twice comes for ever.
// Others may change beside it if its own step is a constant.
func (a *analysis) steps(s *ast.ForStmt, vars []*types.Var) bool {
	v := vars[0]
	if _, info := basicInfo(v.Type()); info&types.IsInteger == 0 {
		return false
	}
	if c, ok := a.stepOf(s.Post, v); ok && c != 0 {
		return true
	}
	alone := len(vars) == 1 && a.settled(s.Cond) && a.settled(s.Post)
	post, ok := s.Post.(*ast.AssignStmt)
	if !ok || len(post.Lhs) != 1 {
		return false
	}
	id, ok := unparen(post.Lhs[0]).(*ast.Ident)
	return ok && alone && a.in.Info.ObjectOf(id) == types.Object(v) && a.mentions(s.Cond, v)
}

// settled tells whether n depends on nothing but variables, which stay while the
// loop's head runs: it calls nothing and receives nothing.
func (a *analysis) settled(n ast.Node) bool {
	ok := true
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			tv := a.in.Info.Types[unparen(n.Fun)]
			ok = ok && (tv.IsType() || tv.IsBuiltin())
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		}
		return ok
	})
	return ok
}

func (a *analysis) mentions(n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && a.in.Info.ObjectOf(id) == v {
			found = true
		}
		return !found
	})
	return found
}

// walkLoop runs the walker over the loop's body.
func (a *analysis) walkLoop(sh *shape) {
	w := a.newWalker(a.in.Info, sh.stmt)
	sh.w = w
	a.noBlocks = sh.kind == overMap
	a.strides = sh.kind == counted && sh.step != 1 && sh.step != -1 || sh.kind == countedList
	for _, v := range append([]*types.Var{sh.key, sh.val}, sh.vars...) {
		if v != nil {
			w.local[v] = true
			delete(w.alias, v)
		}
	}
	a.remutate(sh)
	if sh.key != nil && sh.kind != overSeq && sh.kind != overSeq2 && sh.kind != overChan && !w.mutated[sh.key] {
		w.index[sh.key] = index{kind: indexOwn}
	}
	if f, ok := sh.stmt.(*ast.ForStmt); ok && sh.kind == countedList && sh.key != nil {
		for i, v := range sh.vars[1:] {
			if c, ok := a.stepOf(f.Post, v); ok && c != 0 && !w.mutated[v] && wideInt(v.Type()) {
				a.lines = append(a.lines, line{list: fmt.Sprintf("gbz_v%d", i+1)})
				w.index[v] = index{kind: indexOwn, n: len(a.lines)}
			}
		}
	}
	w.run(func() { a.walkBody(sh, w) })
}

// remutate forgets the changes that the loop's own header makes.
func (a *analysis) remutate(sh *shape) {
	w := sh.w
	for _, v := range append([]*types.Var{sh.key, sh.val}, sh.vars...) {
		if v == nil {
			continue
		}
		delete(w.mutated, v)
	}
	body := a.newWalker(a.in.Info, sh.body)
	for o := range body.mutated {
		w.mutated[o] = true
	}
}

func (a *analysis) walkBody(sh *shape, w *walker) {
	root := a.locs.variable(sh.items0())
	own := index{kind: indexOwn}
	switch sh.kind {
	case overSlice, overChan, overSeq, overSeq2:
		a.seedValue(sh, w, w.follow(setOf(root), stepSlice, own))
	case overMap:
		a.seedValue(sh, w, w.follow(setOf(root), stepMap, own))
		if sh.key != nil {
			w.put(a.locs.site(sh.key), setOf(root))
		}
	case overArray:
		places := setOf(root)
		if p, ok := sh.xt.Underlying().(*types.Pointer); ok {
			places = w.arrayElem(w.follow(places, stepDeref, index{}), p.Elem().Underlying().(*types.Array).Elem(), own)
		} else {
			places = w.arrayElem(places, sh.xt.Underlying().(*types.Array).Elem(), own)
		}
		a.seedValue(sh, w, places)
	}
	a.walkHead(sh, w)
	w.block(sh.body)
}

// items0 is the variable ranged over; counted loops have none.
func (sh *shape) items0() *types.Var {
	if sh.items == nil {
		sh.items = types.NewVar(token.NoPos, nil, "gbz_x", types.Typ[types.Int])
	}
	return sh.items
}

func (a *analysis) seedValue(sh *shape, w *walker, places set) {
	if sh.val == nil && !(sh.key != nil && (sh.kind == overChan || sh.kind == overSeq)) {
		return
	}
	v := sh.val
	if v == nil {
		v = sh.key
	}
	var node ast.Node = sh.stmt
	if r, ok := sh.stmt.(*ast.RangeStmt); ok {
		node = r.X
	}
	w.put(a.locs.site(v), w.load(places, v.Type(), node, false))
}
