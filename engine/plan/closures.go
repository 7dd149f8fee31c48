package plan

import (
	"go/ast"
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
)

// callCost is how many steps of a loop a call of interpreted code from compiled
// code costs (2 to 4 µs).
const callCost = 30

// borrowing are functions of std that call a function argument before they
// return, on the caller's goroutine, and don't keep it.
var borrowing = map[string]bool{
	"sort.Slice": true, "sort.SliceStable": true, "sort.SliceIsSorted": true, "sort.Search": true, "sort.Find": true,
	"strings.Map": true, "strings.IndexFunc": true, "strings.LastIndexFunc": true, "strings.ContainsFunc": true, "strings.FieldsFunc": true,
	"strings.TrimFunc": true, "strings.TrimLeftFunc": true, "strings.TrimRightFunc": true,
	"bytes.Map": true, "bytes.IndexFunc": true, "bytes.ContainsFunc": true, "bytes.FieldsFunc": true, "bytes.TrimFunc": true,
	"slices.SortFunc": true, "slices.SortStableFunc": true, "slices.IndexFunc": true, "slices.ContainsFunc": true, "slices.DeleteFunc": true,
	"slices.MaxFunc": true, "slices.MinFunc": true,
	"(*regexp.Regexp).ReplaceAllStringFunc": true,
}

// closure accepts a function literal that does not outlive its statement: its
// body is held to the list. What it closes over lives behind pointers.
func (p *planner) closure(x *ast.FuncLit) {
	sig := p.u.Info.TypeOf(x).(*types.Signature)
	p.needType(x, sig)
	p.literal(x)
}

// borrows accepts a call with function literals among its arguments: of a
// function that calls them before it returns, and keeps them nowhere.
func (p *planner) borrows(x *ast.CallExpr) {
	if p.opt.Functions { // literals may be kept: nothing is compiled that could do better
		return
	}
	fn := p.called(x)
	if fn == nil {
		p.refuse(x, "a function literal as an argument of a function value")
	}
	if fn.Pkg() == nil || fn.Pkg().Path() != "main" {
		if !borrowing[fn.FullName()] {
			p.refuse(x, "a function literal as an argument of %s", fn.Name())
		}
		p.calledOften(x, 1)
		return
	}
	if p.opt.World.Interprets(fn) {
		p.refuse(x, "a function literal as an argument of an interpreted function")
	}
	depth := 0
	for i, a := range x.Args {
		if _, ok := ast.Unparen(a).(*ast.FuncLit); !ok {
			continue
		}
		d, ok := p.lends(fn, i, map[*types.Func]bool{})
		if !ok {
			p.refuse(x, "a function literal that %s may keep", fn.Name())
		}
		depth = max(depth, d)
	}
	p.calledOften(x, depth)
}

// called returns the function or method that a call names.
func (p *planner) called(x *ast.CallExpr) *types.Func {
	fun := ast.Unparen(x.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, _ := p.u.Info.Uses[id].(*types.Func)
	return fn
}

// calledOften refuses a call that calls its literal so often that compiled code
// would be worth a build: depth loops deep, over the arguments.
func (p *planner) calledOften(x *ast.CallExpr, depth int) {
	n := int64(callCost)
	for range depth {
		n *= unknownTrips
	}
	if p.loops > 0 {
		n *= p.work
	}
	if n > p.longest() && !p.opt.Patient {
		p.refuse(x, "a function literal that is called in nested loops")
	}
	if depth == 0 {
		return
	}
	for _, a := range x.Args {
		if v, ok := ast.Unparen(a).(*ast.Ident); ok {
			p.limit(v, longLoop/callCost)
		}
		if n := p.constant(a); n > longLoop/callCost && !p.opt.Patient {
			p.refuse(a, "a function literal that may be called %d times", n)
		}
	}
}

// lends reports whether a function of a cell only calls its i-th parameter, or
// hands it to one that does, and how deep in loops.
func (p *planner) lends(fn *types.Func, i int, seen map[*types.Func]bool) (depth int, ok bool) {
	decl, info, ok := p.opt.World.Body(fn)
	if !ok || seen[fn] || decl.Body == nil {
		return 0, false
	}
	seen[fn] = true
	params := fn.Origin().Signature().Params()
	if i >= params.Len() || fn.Signature().Variadic() && i >= params.Len()-1 {
		return 0, false
	}
	l := lender{p: p, info: info, param: paramObject(info, decl, i), seen: seen, ok: true}
	if l.param == nil {
		return 0, true // without a name it is not used
	}
	l.walk(decl.Body, 0)
	return l.depth, l.ok
}

// paramObject returns the i-th parameter of a declaration.
func paramObject(info *types.Info, decl *ast.FuncDecl, i int) types.Object {
	n := 0
	for _, f := range decl.Type.Params.List {
		for _, id := range f.Names {
			if n == i {
				return info.Defs[id]
			}
			n++
		}
	}
	return nil
}

// A lender looks for what a function does with a parameter.
type lender struct {
	p     *planner
	info  *types.Info
	param types.Object
	seen  map[*types.Func]bool
	depth int
	ok    bool
}

func (l *lender) walk(n ast.Node, depth int) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			l.parts(depth, n.Init)
			l.parts(depth+1, n.Cond, n.Post, n.Body)
			return false
		case *ast.RangeStmt:
			l.parts(depth, n.X)
			l.parts(depth+1, n.Key, n.Value, n.Body)
			return false
		case *ast.FuncLit, *ast.GoStmt:
			l.ok = l.ok && !l.mentions(n)
			return false
		case *ast.CallExpr:
			l.call(n, depth)
			return false
		case *ast.Ident:
			l.ok = l.ok && l.info.Uses[n] != l.param
		}
		return l.ok
	})
}

// parts walks what is there of a statement's parts.
func (l *lender) parts(depth int, ns ...ast.Node) {
	for _, n := range ns {
		switch n := n.(type) {
		case nil:
		case ast.Stmt:
			if n != nil {
				l.walk(n, depth)
			}
		case ast.Expr:
			if n != nil {
				l.walk(n, depth)
			}
		}
	}
}

func (l *lender) mentions(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && l.info.Uses[id] == l.param {
			found = true
		}
		return !found
	})
	return found
}

// call accepts f(…) of the parameter, and it as an argument of a function that
// lends it on.
func (l *lender) call(x *ast.CallExpr, depth int) {
	if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && l.info.Uses[id] == l.param {
		l.depth = max(l.depth, depth)
	} else {
		l.walk(x.Fun, depth)
	}
	for i, a := range x.Args {
		id, ok := ast.Unparen(a).(*ast.Ident)
		if !ok || l.info.Uses[id] != l.param {
			l.walk(a, depth)
			continue
		}
		d, ok := l.passes(x, i)
		l.depth = max(l.depth, depth+d)
		l.ok = l.ok && ok
	}
}

// passes reports whether the call lends its i-th argument.
func (l *lender) passes(x *ast.CallExpr, i int) (depth int, ok bool) {
	q := &planner{u: &check.Unit{Info: l.info}}
	fn := q.called(x)
	switch {
	case fn == nil:
		return 0, false
	case fn.Pkg() == nil || fn.Pkg().Path() != "main":
		return 1, borrowing[fn.FullName()]
	}
	return l.p.lends(fn, i, l.seen)
}

// onlyCalled reports whether a local variable that holds a function literal is
// used for nothing but calls.
func (p *planner) onlyCalled(v types.Object) bool {
	calls := map[*ast.Ident]bool{}
	ok := true
	ast.Inspect(p.u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			ok = false
		case *ast.CallExpr:
			if id, is := ast.Unparen(n.Fun).(*ast.Ident); is {
				calls[id] = true
			}
		case *ast.Ident:
			if p.u.Info.Uses[n] == v && !calls[n] {
				ok = false
			}
		}
		return ok
	})
	return ok
}
