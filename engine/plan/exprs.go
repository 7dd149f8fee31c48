package plan

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// nodeName names a construct that is not on the list.
func nodeName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncLit:
		return "a function literal"
	case *ast.GoStmt:
		return "a go statement"
	case *ast.DeferStmt:
		return "defer"
	case *ast.SelectStmt:
		return "select"
	case *ast.SendStmt:
		return "a channel"
	case *ast.TypeSwitchStmt:
		return "a type switch"
	case *ast.TypeAssertExpr:
		return "a type assertion"
	case *ast.LabeledStmt:
		return "a label"
	case *ast.ReturnStmt:
		return "return"
	case *ast.UnaryExpr:
		return "the operator " + n.Op.String()
	case *ast.BinaryExpr:
		return "the operator " + n.Op.String()
	}
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."))
}

// expr accepts an expression that is used for its one value.
func (p *planner) expr(x ast.Expr) {
	tv := p.u.Info.Types[x]
	if tv.Value != nil {
		if types.Unalias(tv.Type) == nil || !p.holds(tv.Type, 0) {
			p.refuse(x, "a constant of type %s", tv.Type)
		}
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		p.expr(x.X)
	case *ast.Ident:
		p.ident(x)
	case *ast.SelectorExpr:
		p.selector(x)
	case *ast.IndexExpr:
		p.index(x)
	case *ast.SliceExpr:
		p.slice(x)
	case *ast.StarExpr:
		p.expr(x.X)
		p.needType(x, tv.Type)
	case *ast.UnaryExpr:
		p.unary(x)
	case *ast.BinaryExpr:
		p.binary(x)
	case *ast.CallExpr:
		p.call(x, false)
		if _, ok := tv.Type.(*types.Tuple); ok {
			p.refuse(x, "a call with several results as arguments")
		}
	case *ast.CompositeLit:
		p.composite(x)
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

func (p *planner) ident(x *ast.Ident) {
	v, ok := p.u.Info.ObjectOf(x).(*types.Var)
	if !ok {
		if p.isNil(x) {
			p.refuse(x, "nil")
		}
		p.refuse(x, "%s as a value", x.Name)
	}
	p.needType(x, v.Type())
}

// selector accepts a field that is exported all the way.
func (p *planner) selector(x *ast.SelectorExpr) {
	sel := p.u.Info.Selections[x]
	if sel == nil {
		p.packageVar(x)
		return
	}
	if sel.Kind() != types.FieldVal {
		p.refuse(x, "a method value")
	}
	p.expr(x.X)
	t := sel.Recv()
	for _, i := range sel.Index() {
		if ptr, ok := under[*types.Pointer](t); ok {
			t = ptr.Elem()
		}
		f := t.Underlying().(*types.Struct).Field(i)
		if !f.Exported() {
			p.refuse(x, "the unexported field %s", f.Name())
		}
		t = f.Type()
	}
	p.needType(x, sel.Type())
}

// packageVar accepts the variables of std that nobody assigns to.
func (p *planner) packageVar(x *ast.SelectorExpr) {
	v, ok := p.u.Info.Uses[x.Sel].(*types.Var)
	if !ok || v.Pkg() == nil || !constantVars[v.Pkg().Path()+"."+v.Name()] {
		p.refuse(x, "the package variable or function value %s", x.Sel.Name)
	}
}

func (p *planner) index(x *ast.IndexExpr) {
	t := p.u.Info.TypeOf(x.X)
	switch t := types.Unalias(t).(type) {
	case *types.Basic, *types.Slice, *types.Array:
		p.indexValue(x.Index)
	case *types.Map:
		p.expr(x.Index)
		p.assignable(x.Index, p.u.Info.TypeOf(x.Index), t.Key(), false)
	default:
		p.refuse(x, "an index of %s", t)
	}
	p.expr(x.X)
	if !p.isMap(x.X) && p.u.Info.Types[x].Value == nil {
		p.pure(x.X)
	}
}

func (p *planner) isMap(x ast.Expr) bool {
	_, ok := under[*types.Map](p.u.Info.TypeOf(x))
	return ok
}

// pure is satisfied by everything lowering can evaluate twice or keep in a
// temporary.
func (p *planner) pure(ast.Expr) {}

// indexValue accepts an index: an int, or a smaller integer.
func (p *planner) indexValue(x ast.Expr) {
	if x == nil {
		return
	}
	p.expr(x)
	b := plainBasic(p.u.Info.TypeOf(x))
	if b == nil {
		p.refuse(x, "an index of a declared type")
	}
	switch b.Kind() {
	case types.Uint, types.Uint64, types.Uintptr:
		if p.u.Info.Types[x].Value == nil {
			p.refuse(x, "an index of type %s", b)
		}
	}
}

func (p *planner) slice(x *ast.SliceExpr) {
	switch t := types.Unalias(p.u.Info.TypeOf(x.X)).(type) {
	case *types.Slice:
	case *types.Basic:
	default:
		p.refuse(x, "a slice of %s", t)
	}
	p.expr(x.X)
	for _, i := range []ast.Expr{x.Low, x.High, x.Max} {
		p.indexValue(i)
	}
}

func (p *planner) unary(x *ast.UnaryExpr) {
	switch x.Op {
	case token.AND:
		p.address(x)
	case token.ADD, token.SUB, token.XOR:
		p.expr(x.X)
		p.number(x.X)
	case token.NOT:
		p.expr(x.X)
		if plainBasic(p.u.Info.TypeOf(x.X)) == nil {
			p.refuse(x, "! of a declared type")
		}
	case token.ARROW:
		p.refuse(x, "a channel")
	default:
		p.refuse(x, "%s", nodeName(x))
	}
}

// address accepts &x of a session variable and &T{…} of a compiled type.
func (p *planner) address(x *ast.UnaryExpr) {
	switch o := ast.Unparen(x.X).(type) {
	case *ast.Ident:
		if _, ok := SessionVar(p.u, p.u.Info.ObjectOf(o)); ok {
			p.ident(o)
			return
		}
		p.local(o)
	case *ast.CompositeLit:
		p.composite(o)
		if _, ok := types.Unalias(p.u.Info.TypeOf(o)).(*types.Named); !ok {
			p.refuse(x, "the address of a literal")
		}
	default:
		p.refuse(x, "an address")
	}
}

// local accepts a local variable whose address is taken. Those of a for clause
// are copied for each iteration, which is not on the list.
func (p *planner) local(x *ast.Ident) {
	p.ident(x)
	if p.counters[p.u.Info.ObjectOf(x)] {
		p.refuse(x, "the address of a loop's variable")
	}
}

// number refuses operands that aren't predeclared numbers (or, for +, strings).
func (p *planner) number(x ast.Expr) {
	if b := arithmetic(p.u.Info.TypeOf(x)); b == nil || b.Info()&types.IsNumeric == 0 {
		p.refuse(x, "arithmetic on %s", p.u.Info.TypeOf(x))
	}
}

func (p *planner) binary(x *ast.BinaryExpr) {
	switch x.Op {
	case token.EQL, token.NEQ:
		if p.isNil(x.X) || p.isNil(x.Y) {
			p.compareNil(x)
			return
		}
	}
	p.expr(x.X)
	p.expr(x.Y)
	p.operation(x, x.Op, x.X, x.Y)
}

func (p *planner) compareNil(x *ast.BinaryExpr) {
	v := x.X
	if p.isNil(v) {
		v = x.Y
	}
	p.expr(v)
	switch types.Unalias(p.u.Info.TypeOf(v)).(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return
	}
	if types.Identical(p.u.Info.TypeOf(v), types.Universe.Lookup("error").Type()) {
		return
	}
	p.refuse(x, "a comparison of %s with nil", p.u.Info.TypeOf(v))
}

// operation accepts a binary operator at the types of its operands.
func (p *planner) operation(n ast.Node, op token.Token, x, y ast.Expr) {
	tx, ty := p.u.Info.TypeOf(x), p.u.Info.TypeOf(y)
	if op == token.EQL || op == token.NEQ {
		p.comparable(n, tx, ty)
		return
	}
	bx, by := arithmetic(tx), arithmetic(ty)
	if bx == nil || by == nil {
		p.refuse(n, "the operator %s on %s", op, tx)
	}
	p.needType(n, tx)
	if (op == token.LAND || op == token.LOR) && plainBasic(tx) == nil {
		p.refuse(n, "the operator %s on %s", op, tx)
	}
}

// composite accepts literals of slices, arrays, maps, and structs with
// exported fields.
func (p *planner) composite(x *ast.CompositeLit) {
	t := p.u.Info.TypeOf(x)
	p.needType(x, t)
	switch u := t.Underlying().(type) {
	case *types.Slice:
		if isInterface(u.Elem()) && types.Identical(u.Elem(), types.Universe.Lookup("any").Type()) {
			p.anySlice(x, t)
			return
		}
		p.elements(x, nil, u.Elem())
	case *types.Array:
		p.elements(x, nil, u.Elem())
	case *types.Map:
		p.elements(x, u.Key(), u.Elem())
	case *types.Struct:
		p.fields(x, u)
	default:
		p.refuse(x, "a literal of %s", t)
	}
}

// anySlice accepts []any{…}.
func (p *planner) anySlice(x *ast.CompositeLit, t types.Type) {
	if _, ok := types.Unalias(t).(*types.Slice); !ok {
		p.refuse(x, "a literal of %s", t)
	}
	for _, e := range x.Elts {
		if _, ok := e.(*ast.KeyValueExpr); ok {
			p.refuse(x, "a literal of %s with keys", t)
		}
		if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
			p.refuse(x, "a literal without type")
		}
		if !p.isNil(e) {
			p.expr(e)
		}
	}
}

func (p *planner) elements(x *ast.CompositeLit, key, elem types.Type) {
	for _, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key != nil {
				p.element(kv.Key, key)
			}
			e = kv.Value
		}
		p.element(e, elem)
	}
}

// element accepts an element of a literal, whose type may be left out.
func (p *planner) element(x ast.Expr, t types.Type) {
	if p.isNil(x) {
		p.nilFor(x, t)
		return
	}
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		if ptr, ok := under[*types.Pointer](t); ok {
			t = ptr.Elem()
			if _, ok := types.Unalias(t).(*types.Named); !ok {
				p.refuse(x, "the address of a literal")
			}
			p.literalOf(lit, t)
			return
		}
	}
	p.expr(x)
	p.assignable(x, p.u.Info.TypeOf(x), t, false)
}

// literalOf accepts {…} standing for &T{…}.
func (p *planner) literalOf(lit *ast.CompositeLit, t types.Type) {
	st, ok := under[*types.Struct](t)
	if !ok {
		p.refuse(lit, "the address of a literal")
	}
	p.needType(lit, t)
	p.fields(lit, st)
}

func (p *planner) fields(x *ast.CompositeLit, st *types.Struct) {
	if st.NumFields() == 0 {
		return
	}
	for i := range st.NumFields() {
		if len(x.Elts) > 0 && !st.Field(i).Exported() {
			p.refuse(x, "the unexported field %s", st.Field(i).Name())
		}
	}
	for i, e := range x.Elts {
		f := st.Field(i)
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			f, _ = p.u.Info.ObjectOf(kv.Key.(*ast.Ident)).(*types.Var)
			e = kv.Value
		}
		p.element(e, f.Type())
	}
}
