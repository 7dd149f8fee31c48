package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A FuncValue is a function that a variable of the session may hold: a literal,
// or a declared function or method that is used as a value.
type FuncValue struct {
	Lit  *ast.FuncLit
	Fn   *types.Func // Lit is nil
	Info *types.Info // of the file with Lit
	// Var is the name of the only variable that was given the literal, "" when
	// it was handed on at once. As long as that variable is only called, no
	// other holds the literal.
	Var string
}

// FuncValues finds the functions that become values in checked code, and the
// names of the function variables that are used other than in calls. Literals
// that are called where they stand, or handed to a function of std, are not
// among them.
func FuncValues(n ast.Node, info *types.Info) (values []FuncValue, handed []string) {
	c := &valueCollector{info: info}
	c.walk(n)
	return c.values, c.handed
}

type valueCollector struct {
	info   *types.Info
	values []FuncValue
	handed []string
}

func (c *valueCollector) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			c.call(n)
			return false
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE && len(n.Lhs) == len(n.Rhs) {
				for i, r := range n.Rhs {
					c.given(n.Lhs[i], r)
				}
				return false
			}
		case *ast.ValueSpec:
			if len(n.Names) == len(n.Values) {
				for i, r := range n.Values {
					c.given(n.Names[i], r)
				}
				return false
			}
		case *ast.FuncLit:
			c.values = append(c.values, FuncValue{Lit: n, Info: c.info})
		case *ast.SelectorExpr:
			c.named(n.Sel)
			c.walk(n.X)
			return false
		case *ast.Ident:
			c.named(n)
		}
		return true
	})
}

// given deals with a new variable's value.
func (c *valueCollector) given(name, value ast.Expr) {
	lit, ok := unparen(value).(*ast.FuncLit)
	id, isIdent := name.(*ast.Ident)
	if !ok || !isIdent {
		c.walk(value)
		return
	}
	c.values = append(c.values, FuncValue{Lit: lit, Info: c.info, Var: id.Name})
	c.walk(lit.Body)
}

// named notes a use of a function, or of a variable that holds one, as a value.
func (c *valueCollector) named(id *ast.Ident) {
	switch o := c.info.Uses[id].(type) {
	case *types.Func:
		c.values = append(c.values, FuncValue{Fn: o})
	case *types.Var:
		if _, ok := o.Type().Underlying().(*types.Signature); ok {
			c.handed = append(c.handed, o.Name())
		}
	}
}

func (c *valueCollector) call(e *ast.CallExpr) {
	var callee *ast.Ident
	switch fun := unparen(e.Fun).(type) {
	case *ast.FuncLit:
		c.walk(fun.Body)
	case *ast.Ident:
		callee = fun
	case *ast.SelectorExpr:
		callee = fun.Sel
		c.walk(fun.X)
	default:
		c.walk(fun)
	}
	std := false
	if callee != nil {
		fn, _ := c.info.Uses[callee].(*types.Func)
		std = fn != nil && fn.Pkg() != nil && isStd(fn.Pkg())
	}
	for _, a := range e.Args {
		if lit, ok := unparen(a).(*ast.FuncLit); ok && std {
			c.walk(lit.Body)
			continue
		}
		c.walk(a)
	}
}

// callAny calls all that a function value of the session may be. It reports
// false when there is no such function.
func (w *walker) callAny(text string, args []set, node ast.Node, sig *types.Signature, exprs []ast.Expr) (out []set, ok bool) {
	if w.a.in.FuncValues == nil {
		return nil, false
	}
	name := text + " (it may be any " + types.TypeString(sig, func(p *types.Package) string { return "" }) + " that the session holds)"
	out = make([]set, sig.Results().Len())
	for i := range out {
		out[i] = set{}
	}
	for _, v := range w.a.in.FuncValues() {
		if v.Var != "" && v.Var != text {
			continue
		}
		s, recv := w.a.valueSummary(v, sig)
		if s == nil {
			continue
		}
		ok = true
		for i, r := range w.apply(s, node, name, recv, args, exprs) {
			if i < len(out) {
				out[i].add(r)
			}
		}
	}
	return out, ok
}

// valueSummary analyses a function value, if it has the signature and does not
// stand in the loop, or around it. A method's receiver counts as a variable
// from outside.
func (a *analysis) valueSummary(v FuncValue, sig *types.Signature) (s *summary, recv set) {
	if v.Lit != nil {
		around := v.Info == a.in.Info && v.Lit.Pos() < a.in.Loop.End() && a.in.Loop.Pos() < v.Lit.End()
		if around || v.Info.TypeOf(v.Lit) == nil || !types.Identical(v.Info.TypeOf(v.Lit).Underlying(), sig) {
			return nil, nil
		}
		return a.summaryOf(v.Lit, v.Info), nil
	}
	decl, info, ok := a.bodyOf(v.Fn.Origin())
	if !ok || decl.Pos() < a.in.Loop.End() && a.in.Loop.Pos() < decl.End() && info == a.in.Info || !types.Identical(unbound(v.Fn.Signature()), sig) {
		return nil, nil
	}
	if r := v.Fn.Signature().Recv(); r != nil {
		recv = setOf(a.locs.variable(r))
	}
	return a.summaryOf(decl, info), recv
}

// unbound is a method's signature as that of a method value.
func unbound(s *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}
