package plan

import (
	"go/ast"
	"go/types"
)

// ident accepts a variable, or a function as a value.
func (p *planner) ident(x *ast.Ident) {
	switch o := p.u.Info.ObjectOf(x).(type) {
	case *types.Var:
		p.needType(x, o.Type())
	case *types.Func:
		p.function(x, o)
		p.plainValue(x, o)
		p.needType(x, p.u.Info.TypeOf(x))
		if p.opt.World.Interprets(o) && !p.opt.Functions {
			p.refuse(x, "%s as a value", x.Name)
		}
	default:
		if p.isNil(x) {
			p.refuse(x, "nil")
		}
		p.refuse(x, "%s as a value", x.Name)
	}
}

// selector accepts a field, and functions and variables of std.
func (p *planner) selector(x *ast.SelectorExpr) {
	sel := p.u.Info.Selections[x]
	if sel == nil {
		p.packageName(x)
		return
	}
	if sel.Kind() != types.FieldVal {
		p.methodValue(x, sel)
		return
	}
	p.expr(x.X)
	p.needType(x, sel.Recv())
	p.namedBy(x, sel.Obj())
	p.embedded(x, sel, len(sel.Index()))
	p.needType(x, sel.Type())
	if !p.apart(sel.Recv()) {
		p.compiledType(x, sel.Type())
	}
}

// embedded accepts the types of the first n fields on a selection's way.
func (p *planner) embedded(x ast.Node, sel *types.Selection, n int) {
	t := sel.Recv()
	for _, i := range sel.Index()[:n] {
		if ptr, ok := under[*types.Pointer](t); ok {
			t = ptr.Elem()
		}
		p.needType(x, t)
		if _, named := types.Unalias(t).(*types.Named); named {
			p.compiledType(x, t.Underlying().(*types.Struct).Field(i).Type())
		}
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
}

// packageName accepts the variables of std that nobody assigns to, and std's
// functions as values.
func (p *planner) packageName(x *ast.SelectorExpr) {
	switch o := p.u.Info.Uses[x.Sel].(type) {
	case *types.Func:
		p.function(x, o)
		p.needType(x, p.u.Info.TypeOf(x))
		return
	case *types.Var:
		if o.Pkg() == nil {
			break
		}
		p.namedBy(x, o)
		if constantVars[o.Pkg().Path()+"."+o.Name()] {
			return
		}
		if p.opt.Functions && p.onList(o.Pkg().Path()) && has(o.Pkg().Path(), o.Name()) { // nothing assigns to it: see memory
			p.needType(x, o.Type())
			return
		}
	}
	p.refuse(x, "the package variable %s", x.Sel.Name)
}

// sequence returns what is indexed, ranged over or sliced: the type below the
// name, or that a pointer to an array points to.
func sequence(t types.Type) types.Type {
	u := t.Underlying()
	if ptr, ok := u.(*types.Pointer); ok {
		if a, ok := ptr.Elem().Underlying().(*types.Array); ok {
			return a
		}
	}
	return u
}

func (p *planner) index(x *ast.IndexExpr) {
	t := p.u.Info.TypeOf(x.X)
	p.needType(x, t)
	switch t := sequence(t).(type) {
	case *types.Basic, *types.Slice, *types.Array:
		p.indexValue(x.Index)
	case *types.Map:
		p.operand(x.Index, t.Key())
		p.hashed(x.Index, p.u.Info.TypeOf(x.Index))
	default:
		p.refuse(x, "an index of %s", t)
	}
	p.expr(x.X)
}

// operand accepts a value, nil among them, for what has a type.
func (p *planner) operand(x ast.Expr, t types.Type) {
	if p.isNil(x) {
		if t == nil {
			p.refuse(x, "nil")
		}
		p.needType(x, t)
		return
	}
	p.expr(x)
	p.assignable(x, p.u.Info.TypeOf(x), t)
}

// indexValue accepts an index: an integer.
func (p *planner) indexValue(x ast.Expr) {
	if x == nil {
		return
	}
	p.expr(x)
	b := arithmetic(p.u.Info.TypeOf(x))
	if b == nil {
		p.refuse(x, "an index of type %s", p.u.Info.TypeOf(x))
	}
	switch b.Kind() {
	case types.Uint, types.Uint64, types.Uintptr:
		if p.u.Info.Types[x].Value == nil {
			p.refuse(x, "an index of type %s", b)
		}
	}
}

func (p *planner) slice(x *ast.SliceExpr) {
	t := p.u.Info.TypeOf(x.X)
	p.needType(x, t)
	switch t := sequence(t).(type) {
	case *types.Slice, *types.Basic:
		p.expr(x.X)
	case *types.Array:
		if t != types.Unalias(p.u.Info.TypeOf(x.X)).Underlying() {
			p.expr(x.X)
		} else {
			p.addressable(x.X)
		}
	default:
		p.refuse(x, "a slice of %s", t)
	}
	for _, i := range []ast.Expr{x.Low, x.High, x.Max} {
		p.indexValue(i)
	}
}

// address accepts &x of what is in memory, and &T{…}.
func (p *planner) address(x *ast.UnaryExpr) {
	p.needType(x, p.u.Info.TypeOf(x))
	if lit, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok {
		p.composite(lit)
		return
	}
	p.addressable(x.X)
}

// addressable accepts an operand whose address is taken: a variable, what a
// pointer points to, and fields and elements of those.
func (p *planner) addressable(x ast.Expr) {
	p.expr(x)
	p.ownMemory(x)
	if !p.u.Info.Types[x].Addressable() {
		p.refuse(x, "the address of %s", nodeName(x))
	}
}

// ownMemory refuses a variable of std where it may be changed, or a part of it:
// the interpreter has copies of these.
func (p *planner) ownMemory(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		sel := p.u.Info.Selections[x]
		if sel == nil {
			p.refuse(x, "the variable %s of a package where it may be changed", x.Sel.Name)
		}
		if !sel.Indirect() && !isPointer(sel.Recv()) {
			p.ownMemory(x.X)
		}
	case *ast.IndexExpr:
		if _, ok := sequenceOf(p.u.Info.TypeOf(x.X)).(*types.Array); ok {
			p.ownMemory(x.X)
		}
	}
}
