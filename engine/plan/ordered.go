package plan

import (
	"go/ast"
	"go/token"
	"go/types"
)

// orderedStmt looks at the operands of a statement.
func (p *planner) orderedStmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		p.ordered(s.X)
	case *ast.AssignStmt:
		if s.Tok != token.ASSIGN && s.Tok != token.DEFINE && p.readLate(s.Lhs[0]) {
			p.behind(s.Lhs[0], s.Rhs[0])
			return
		}
		var xs []ast.Expr
		for _, l := range s.Lhs {
			if _, ok := ast.Unparen(l).(*ast.Ident); !ok || s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
				xs = append(xs, l)
			}
		}
		p.assignOrder(xs, s.Rhs)
	case *ast.DeclStmt:
		for _, sp := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := sp.(*ast.ValueSpec); ok {
				p.ordered(v.Values...)
			}
		}
	case *ast.ReturnStmt:
		p.ordered(s.Results...)
	case *ast.SendStmt:
		p.ordered(s.Chan, s.Value)
	case *ast.IfStmt:
		p.ordered(s.Cond)
	case *ast.ForStmt:
		p.ordered(s.Cond)
	case *ast.RangeStmt:
		p.ordered(s.X)
	case *ast.SwitchStmt:
		p.ordered(s.Tag)
	case *ast.CaseClause:
		for _, x := range s.List {
			p.ordered(x)
		}
	case *ast.GoStmt:
		p.ordered(s.Call)
	case *ast.DeferStmt:
		p.ordered(s.Call)
	}
}

// assignOrder looks at the operands of an assignment: those of the targets, but
// not the memory that is only assigned to.
func (p *planner) assignOrder(targets, values []ast.Expr) {
	var all []ast.Expr
	for _, t := range targets {
		switch t := ast.Unparen(t).(type) {
		case *ast.IndexExpr:
			all = append(all, t.X, t.Index)
		case *ast.SelectorExpr:
			all = append(all, t.X)
		case *ast.StarExpr:
			all = append(all, t.X)
		default:
			all = append(all, t)
		}
	}
	p.ordered(append(all, values...)...)
}

// ordered refuses operands of one statement of which one may change what
// another reads.
func (p *planner) ordered(xs ...ast.Expr) { p.beside(xs...) }

// beside joins the uses of operands, and refuses those that disturb another.
func (p *planner) beside(xs ...ast.Expr) use {
	var all use
	for _, x := range xs {
		if x == nil {
			continue
		}
		u := p.uses(x)
		for _, r := range all.reads {
			p.undisturbed(x, r, u.calls)
		}
		all.join(u)
	}
	return all
}

// readLate reports whether the compiler reads an operand when it is used, behind
// the calls of the operands after it: a variable, a field, an element of a slice
// or an array, or what a pointer leads to, of a number, or the slice that is
// appended to.
func (p *planner) readLate(x ast.Expr) bool {
	t := p.u.Info.TypeOf(x)
	if t == nil {
		return false
	}
	switch b := t.Underlying().(type) {
	case *types.Basic:
		return b.Info()&types.IsNumeric != 0 && b.Info()&types.IsComplex == 0 && p.readsPlainly(x)
	case *types.Slice:
		return p.readsPlainly(x)
	}
	return false
}

func (p *planner) readsPlainly(x ast.Expr) bool {
	if p.u.Info.Types[x].Value != nil {
		return true
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		_, ok := p.u.Info.Uses[x].(*types.Var)
		return ok
	case *ast.SelectorExpr:
		sel := p.u.Info.Selections[x]
		return sel != nil && sel.Kind() == types.FieldVal && p.readsPlainly(x.X)
	case *ast.StarExpr:
		return p.readsPlainly(x.X)
	case *ast.IndexExpr:
		switch sequenceOf(p.u.Info.TypeOf(x.X)).(type) {
		case *types.Slice, *types.Array:
			return p.readsPlainly(x.X) && p.readsPlainly(x.Index)
		}
	}
	return false
}

// behind is beside for a first operand that is read behind the others' calls.
func (p *planner) behind(first ast.Expr, rest ...ast.Expr) use {
	all := p.beside(rest...)
	u := p.uses(first)
	for _, x := range rest {
		for _, r := range p.uses(x).reads {
			p.undisturbed(first, r, u.calls)
		}
	}
	all.join(u)
	return all
}

func (p *planner) undisturbed(n ast.Node, r read, calls []effect) {
	for _, e := range calls {
		hit := e.all || e.any && len(r.places) > 0
		for _, at := range r.places {
			hit = hit || e.mem[at]
		}
		if r.v != nil {
			if _, session := SessionVar(p.u, r.v); session {
				hit = hit || e.vars[r.v.Name()]
			}
			hit = hit || e.objs[r.v] || p.shared()[r.v] == addressTaken && e.mem[placeName("w", r.v.Type(), "")]
		}
		if hit {
			p.refuse(n, "a call that may change what is read beside it")
		}
	}
}

// uses says what evaluating an expression reads and may change.
func (p *planner) uses(x ast.Expr) use {
	if x == nil || p.u.Info.Types[x].Value != nil || p.u.Info.Types[x].IsType() {
		return use{}
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return p.uses(x.X)
	case *ast.Ident:
		return p.variable(x)
	case *ast.SelectorExpr:
		u := p.uses(x.X)
		if sel := p.u.Info.Selections[x]; sel != nil && sel.Kind() == types.FieldVal {
			u.reads = append(u.reads, read{places: fieldOf(p.u.Info.TypeOf(x.X), x.Sel.Name)})
		}
		return u
	case *ast.StarExpr:
		return p.memory(p.uses(x.X), wholeOf(p.u.Info.TypeOf(x)))
	case *ast.IndexExpr:
		u := p.beside(x.X, x.Index)
		switch sequenceOf(p.u.Info.TypeOf(x.X)).(type) {
		case *types.Slice, *types.Map, *types.Pointer:
			u = p.memory(u, wholeOf(p.elementType(x)))
		}
		return u
	case *ast.SliceExpr:
		return p.beside(x.X, x.Low, x.High, x.Max)
	case *ast.UnaryExpr:
		return p.unaryUses(x)
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			u := p.uses(x.X)
			u.join(p.uses(x.Y))
			return u
		}
		if p.readLate(x.X) {
			return p.behind(x.X, x.Y)
		}
		return p.beside(x.X, x.Y)
	case *ast.TypeAssertExpr:
		return p.uses(x.X)
	case *ast.KeyValueExpr:
		if p.u.Info.Types[x.Key].Type == nil { // a field's name
			return p.uses(x.Value)
		}
		return p.beside(x.Key, x.Value)
	case *ast.CompositeLit:
		return p.beside(x.Elts...)
	case *ast.CallExpr:
		return p.callUses(x)
	}
	return use{}
}

func (p *planner) memory(u use, places []string) use {
	u.reads = append(u.reads, read{places: places})
	return u
}

// elementType returns the type of x[i], of which v, ok := x[i] has two.
func (p *planner) elementType(x *ast.IndexExpr) types.Type {
	if t, ok := p.u.Info.TypeOf(x).(*types.Tuple); ok {
		return t.At(0).Type()
	}
	return p.u.Info.TypeOf(x)
}

func sequenceOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func (p *planner) unaryUses(x *ast.UnaryExpr) use {
	u := p.uses(x.X)
	switch x.Op {
	case token.AND:
		u.reads = nil // of an operand's address
	case token.ARROW:
		e := effect{}
		e.place(channels)
		u = use{calls: append(u.calls, e)}
	}
	return u
}

func (p *planner) variable(x *ast.Ident) use {
	v, ok := p.u.Info.Uses[x].(*types.Var)
	if !ok || v.IsField() {
		return use{}
	}
	if s, session := SessionVar(p.u, v); session {
		return use{reads: []read{{v: s}}}
	}
	if p.shared()[v] != 0 {
		return use{reads: []read{{v: v}}}
	}
	return use{}
}

// callUses joins the uses of a call's parts, whose reads are over when it is
// made, and what it may change itself.
func (p *planner) callUses(x *ast.CallExpr) use {
	fun := ast.Unparen(x.Fun)
	tv := p.u.Info.Types[fun]
	if tv.IsType() {
		u := p.uses(x.Args[0])
		if t, ok := sequenceOf(p.u.Info.TypeOf(x.Args[0])).(*types.Slice); ok {
			u = p.memory(u, wholeOf(t.Elem()))
		}
		return u
	}
	if id, ok := fun.(*ast.Ident); ok && tv.IsBuiltin() {
		u := use{}
		if id.Name == "append" && p.readLate(x.Args[0]) {
			u = p.behind(x.Args[0], x.Args[1:]...)
		} else {
			u = p.beside(x.Args...)
		}
		switch id.Name {
		case "append", "copy", "delete", "clear":
			e := effect{}
			if _, part := ast.Unparen(x.Args[0]).(*ast.SliceExpr); part || id.Name != "append" { // else it writes behind the slice's end
				builtinEffect(&e, p.u.Info, x, id.Name)
			}
			return use{calls: append(u.calls, e)}
		case "len", "cap":
			switch t := sequenceOf(p.u.Info.TypeOf(x.Args[0])).(type) {
			case *types.Map:
				return p.memory(u, []string{placeName("w", t, "")})
			case *types.Chan:
				return p.memory(u, []string{channels})
			}
		}
		return u
	}
	parts := x.Args
	if sel, ok := fun.(*ast.SelectorExpr); ok && p.u.Info.Selections[sel] != nil {
		parts = append([]ast.Expr{sel.X}, parts...)
	} else if p.called(x) == nil {
		parts = append([]ast.Expr{fun}, parts...)
	}
	u := use{calls: p.beside(parts...).calls}
	e := effect{}
	p.effectOf(&e, p.u.Info, x, nil, map[any]bool{})
	if !e.none() {
		u.calls = append(u.calls, e)
	}
	return u
}
