package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// A form is an index that a function computes from its parameters, as y*g.w+x in
// g.Set(x, y, v): a sum or product of ints that are parameters, fields of them,
// variables of the session and constants. Where the function is called, the
// arguments take the parameters' places, and the index is recognised there.
type form struct {
	expr   ast.Expr
	info   *types.Info
	params map[types.Object]int
	text   string
}

// formOf recognises a form in a function's body.
func (w *walker) formOf(e ast.Expr) (index, bool) {
	if w.of == nil || !wideInt(w.info.TypeOf(e)) || !w.computed(e, 0) {
		return index{}, false
	}
	f := form{e, w.info, w.params, types.ExprString(e)}
	n := slices.IndexFunc(w.a.forms, func(g form) bool {
		return g.expr == e || g.info == w.info && g.text == f.text && maps.Equal(g.params, f.params)
	})
	if n < 0 {
		n = len(w.a.forms)
		w.a.forms = append(w.a.forms, f)
	}
	return index{kind: indexForm, n: n}, true
}

// computed tells whether an int is made of parameters, of fields of them, and of
// what lies outside the function.
func (w *walker) computed(e ast.Expr, depth int) bool {
	if _, isConst := constInt(w.info, e); isConst {
		return true
	}
	if depth > 12 {
		return false
	}
	switch e := unparen(e).(type) {
	case *ast.Ident:
		v, ok := w.info.Uses[e].(*types.Var)
		if !ok {
			return false
		}
		if _, isParam := w.params[v]; isParam {
			return !w.mutated[v]
		}
		return !w.local[v]
	case *ast.SelectorExpr:
		s := w.info.Selections[e]
		return s != nil && s.Kind() == types.FieldVal && w.computed(e.X, depth+1)
	case *ast.BinaryExpr:
		return (e.Op == token.ADD || e.Op == token.SUB || e.Op == token.MUL) && w.computed(e.X, depth+1) && w.computed(e.Y, depth+1)
	case *ast.CallExpr: // a function that gives a form
		f, args, ok := w.inlined(e)
		return ok && f.closed() && !slices.ContainsFunc(args, func(a ast.Expr) bool { return a == nil || !w.computed(a, depth+1) })
	}
	return false
}

// closed tells whether a function's result is a form of its parameters.
func (f form) closed() bool {
	ok := true
	ast.Inspect(f.expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.UnaryExpr:
			ok = false
		case *ast.BinaryExpr:
			ok = ok && (n.Op == token.ADD || n.Op == token.SUB || n.Op == token.MUL)
		}
		return ok
	})
	return ok
}

// inlined takes a call of a function whose body is return EXPR for EXPR, with the
// arguments, the receiver first.
func (w *walker) inlined(call *ast.CallExpr) (f form, args []ast.Expr, ok bool) {
	fun := unparen(call.Fun)
	var typ *ast.FuncType
	var body *ast.BlockStmt
	var recv *ast.FieldList
	if fn := w.funcObject(fun); fn != nil && w.a.in.FuncBody != nil && !w.isInterfaceCall(fun) {
		decl, info, found := w.a.in.FuncBody(fn.Origin())
		if !found || decl.Body == nil || fn.Signature().TypeParams().Len() > 0 || fn.Signature().RecvTypeParams().Len() > 0 {
			return form{}, nil, false
		}
		typ, body, recv, f.info = decl.Type, decl.Body, decl.Recv, info
		if recv != nil {
			if args = receiverOf(call, w.info); args[0] == nil {
				return form{}, nil, false
			}
		}
	} else if id := identOf(fun); id != nil {
		v, isVar := w.info.Uses[id].(*types.Var)
		if !isVar {
			return form{}, nil, false
		}
		lit, info, found := w.a.closure(v)
		if !found {
			return form{}, nil, false
		}
		typ, body, f.info = lit.Type, lit.Body, info
	}
	if body == nil || len(body.List) != 1 || call.Ellipsis.IsValid() {
		return form{}, nil, false
	}
	ret, isReturn := body.List[0].(*ast.ReturnStmt)
	if !isReturn || len(ret.Results) != 1 {
		return form{}, nil, false
	}
	f.expr, f.params = ret.Results[0], map[types.Object]int{}
	args = append(args, call.Args...)
	n := 0
	for _, list := range []*ast.FieldList{recv, typ.Params} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				f.params[f.info.Defs[name]] = n
				n++
			}
			if len(field.Names) == 0 {
				n++
			}
		}
	}
	return f, args, n == len(args) && wideInt(f.info.TypeOf(f.expr))
}

// receiverOf is the receiver of a method call, nil in place of one that is no
// field of the operand itself.
func receiverOf(node ast.Node, info *types.Info) []ast.Expr {
	if call, ok := node.(*ast.CallExpr); ok {
		if sel, ok := unparen(call.Fun).(*ast.SelectorExpr); ok {
			if s := info.Selections[sel]; s != nil && s.Kind() == types.MethodVal && len(s.Index()) == 1 {
				return []ast.Expr{sel.X}
			}
		}
	}
	return []ast.Expr{nil}
}

// filled puts arguments for the parameters of a form; nil where one is not known.
// The copy gets types of its own, for which the walker's are copied once.
func (w *walker) filled(f form, args []ast.Expr, at token.Pos) ast.Expr {
	w.info = w.a.overlay(w.info)
	ok := true
	var fill func(e ast.Expr) ast.Expr
	note := func(from, to ast.Expr) ast.Expr {
		w.info.Types[to] = f.info.Types[from]
		return to
	}
	fill = func(e ast.Expr) ast.Expr {
		switch e := e.(type) {
		case *ast.ParenExpr:
			return fill(e.X)
		case *ast.BasicLit:
			return note(e, &ast.BasicLit{ValuePos: at, Kind: e.Kind, Value: e.Value})
		case *ast.Ident:
			o := f.info.Uses[e]
			if n, isParam := f.params[o]; isParam {
				if n >= len(args) || args[n] == nil {
					ok = false
					return e
				}
				return args[n]
			}
			id := &ast.Ident{NamePos: at, Name: e.Name}
			w.info.Uses[id] = o
			w.info.Types[id] = types.TypeAndValue{}
			if o != nil {
				w.info.Types[id] = f.info.Types[e]
			}
			return id
		case *ast.SelectorExpr:
			s := f.info.Selections[e]
			x := fill(e.X)
			ok = ok && s != nil
			sel := &ast.SelectorExpr{X: x, Sel: &ast.Ident{NamePos: at, Name: e.Sel.Name}}
			w.info.Selections[sel] = s
			w.info.Uses[sel.Sel] = f.info.Uses[e.Sel]
			return note(e, sel)
		case *ast.BinaryExpr:
			return note(e, &ast.BinaryExpr{X: fill(e.X), OpPos: at, Op: e.Op, Y: fill(e.Y)})
		case *ast.CallExpr:
			call := &ast.CallExpr{Fun: fill(e.Fun), Lparen: at, Rparen: at}
			for _, a := range e.Args {
				call.Args = append(call.Args, fill(a))
			}
			return note(e, call)
		}
		ok = false
		return e
	}
	out := fill(f.expr)
	if !ok {
		return nil
	}
	return out
}

// overlay copies what is known of a cell's expressions, so that more can be added.
func (a *analysis) overlay(info *types.Info) *types.Info {
	if a.overlays[info] == nil {
		c := *info
		c.Types, c.Uses, c.Selections = maps.Clone(info.Types), maps.Clone(info.Uses), maps.Clone(info.Selections)
		if c.Selections == nil {
			c.Selections = map[*ast.SelectorExpr]*types.Selection{}
		}
		a.overlays[info], a.overlays[&c] = &c, &c
	}
	return a.overlays[info]
}

// calledIndex recognises the index that a function of the session gives.
func (w *walker) calledIndex(call *ast.CallExpr) (index, bool) {
	f, args, ok := w.inlined(call)
	if !ok || !f.closed() || w.inlining > 4 {
		return index{}, false
	}
	e := w.filled(f, args, call.Pos())
	if e == nil {
		return index{}, false
	}
	w.inlining++
	defer func() { w.inlining-- }()
	return w.indexOf(e), true
}
