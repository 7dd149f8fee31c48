package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (l *lowerer) block(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

func (l *lowerer) stmt(s ast.Stmt) {
	if l.parallel && l.glue(s) {
		return
	}
	switch s := s.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		l.scan(s)
		l.at(s)
		l.statement(l.call(ast.Unparen(s.X).(*ast.CallExpr)))
	case *ast.AssignStmt:
		l.at(s)
		l.assign(s)
	case *ast.IncDecStmt:
		l.at(s)
		l.incDec(s)
	case *ast.DeclStmt:
		l.varDecl(s.Decl.(*ast.GenDecl))
	case *ast.BlockStmt:
		l.line("{")
		l.block(s.List)
		l.line("}")
	case *ast.IfStmt:
		l.ifStmt(s)
	case *ast.ForStmt:
		l.forStmt(s)
	case *ast.RangeStmt:
		l.rangeStmt(s)
	case *ast.SwitchStmt:
		l.switchStmt(s)
	case *ast.ReturnStmt:
		l.returnStmt(s)
	case *ast.BranchStmt:
		l.line("%s", s.Tok)
	default:
		l.fail("%T", s)
	}
}

// statement writes a call whose results nobody wants.
func (l *lowerer) statement(text string) {
	if strings.HasSuffix(text, ")") {
		l.line("%s", text)
		return
	}
	l.line("_ = %s", text)
}

func (l *lowerer) returnStmt(s *ast.ReturnStmt) {
	l.scan(s)
	l.at(s)
	if len(s.Results) == 1 && l.results.Len() > 1 {
		names := make([]string, l.results.Len())
		for i := range names {
			names[i] = l.next("gbz_t")
		}
		list := strings.Join(names, ", ")
		l.line("%s := %s", list, l.tuple(s.Results[0]))
		l.line("return %s", list)
		return
	}
	parts := make([]string, len(s.Results))
	for i, x := range s.Results {
		parts[i] = l.value(x, l.results.At(i).Type())
	}
	l.line("return %s", strings.Join(parts, ", "))
}

func (l *lowerer) incDec(s *ast.IncDecStmt) {
	l.scan(s)
	op := "+"
	if s.Tok == token.DEC {
		op = "-"
	}
	t, typ := l.target(s.X), l.u.Info.TypeOf(s.X)
	l.line("%s = %s", t, l.rename(typ, fmt.Sprintf("%s %s %s(1)", l.basic(typ, t), op, basicName(typ.Underlying().(*types.Basic)))))
}

// target writes what is assigned to; its operands are evaluated and looked at
// before.
func (l *lowerer) target(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if x.Name == "_" {
			return "_"
		}
		return strings.TrimSuffix(strings.TrimPrefix(l.ident(x), "("), ")")
	case *ast.IndexExpr:
		if m, ok := types.Unalias(l.u.Info.TypeOf(x.X)).(*types.Map); ok {
			base := l.place(x.X)
			return base + "[" + l.stable(x.Index, m.Key()) + "]"
		}
		return l.index(x)
	case *ast.SelectorExpr:
		return l.field(x)
	case *ast.StarExpr:
		return "*" + l.notNil(l.expr(x.X))
	}
	return l.fail("%T on the left", x)
}

func (l *lowerer) assign(s *ast.AssignStmt) {
	l.scan(s)
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		op := strings.TrimSuffix(s.Tok.String(), "=")
		t := l.target(s.Lhs[0])
		v, typ := l.operand(opOf(op), s.Rhs[0]), l.u.Info.TypeOf(s.Lhs[0])
		l.line("%s = %s", t, l.rename(typ, fmt.Sprintf("%s %s %s", l.basic(typ, t), op, v)))
		return
	}
	targets := make([]func(string), len(s.Lhs))
	for i, x := range s.Lhs {
		if id, ok := x.(*ast.Ident); ok && s.Tok == token.DEFINE {
			if v, ok := l.u.Info.Defs[id].(*types.Var); ok && l.ids[v] == "" {
				targets[i] = l.defines(v)
				continue
			}
		}
		t := l.target(x)
		targets[i] = func(text string) { l.line("%s = %s", t, text) }
		if i < len(s.Rhs) && len(s.Lhs) == len(s.Rhs) && l.boxes(x, s.Rhs[i]) {
			id, ok := x.(*ast.Ident)
			p, is := l.slot(l.u.Info.ObjectOf(id))
			if !ok || !is {
				l.fail("a value that becomes an interface")
			}
			targets[i] = func(text string) { l.line("gbz_rt.Box(%s, %s)", p, text) }
		}
	}
	l.assignAll(targets, s.Rhs, func(i int) types.Type { return l.u.Info.TypeOf(s.Lhs[i]) })
}

// boxes reports whether an assignment makes a concrete value an interface.
func (l *lowerer) boxes(to ast.Expr, from ast.Expr) bool {
	tt, tf := l.u.Info.TypeOf(to), l.u.Info.TypeOf(from)
	return tt != nil && types.IsInterface(tt) && !types.Identical(tt, tf)
}

func opOf(op string) token.Token {
	switch op {
	case "<<":
		return token.SHL
	case ">>":
		return token.SHR
	}
	return token.ADD
}

// defines declares a local variable with a value.
func (l *lowerer) defines(v *types.Var) func(string) {
	return func(text string) { l.variable(v, text) }
}

// assignAll assigns values to targets at once.
func (l *lowerer) assignAll(targets []func(string), values []ast.Expr, typeOf func(int) types.Type) {
	if len(targets) == 1 && len(values) == 1 {
		text := l.value(values[0], typeOf(0))
		targets[0](text)
		return
	}
	temps := make([]string, len(targets))
	if len(values) == 1 {
		for i := range temps {
			temps[i] = l.next("gbz_t")
		}
		l.line("%s := %s", strings.Join(temps, ", "), l.tuple(values[0]))
	} else {
		for i, v := range values {
			temps[i] = l.next("gbz_t")
			text := l.value(v, typeOf(i))
			l.line("%s := %s", temps[i], text)
		}
	}
	for i, t := range targets {
		t(temps[i])
	}
}

// tuple writes what has several values.
func (l *lowerer) tuple(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return l.call(x)
	case *ast.IndexExpr:
		return l.index(x)
	}
	return l.fail("%T", x)
}

func (l *lowerer) varDecl(g *ast.GenDecl) {
	for _, sp := range g.Specs {
		s := sp.(*ast.ValueSpec)
		l.scan(s)
		l.at(s)
		targets := make([]func(string), len(s.Names))
		for i, id := range s.Names {
			v, _ := l.u.Info.Defs[id].(*types.Var)
			switch {
			case v == nil || id.Name == "_":
				targets[i] = func(text string) { l.line("_ = %s", text) }
			case l.ids[v] != "":
				p := l.storage[v]
				targets[i] = func(text string) { l.line("*%s = %s", p, text) }
				if i < len(s.Values) && len(s.Names) == len(s.Values) && types.IsInterface(v.Type()) && !types.Identical(v.Type(), l.u.Info.TypeOf(s.Values[i])) {
					targets[i] = func(text string) { l.line("gbz_rt.Box(%s, %s)", p, text) }
				}
			default:
				targets[i] = l.defines(v)
				if len(s.Values) == 0 {
					l.variable(v, "")
				}
			}
		}
		if len(s.Values) == 0 {
			l.line("")
			continue
		}
		l.assignAll(targets, s.Values, func(i int) types.Type {
			if s.Type != nil {
				return l.u.Info.TypeOf(s.Type)
			}
			return l.u.Info.TypeOf(s.Names[i])
		})
	}
}

func (l *lowerer) ifStmt(s *ast.IfStmt) {
	l.line("{")
	l.stmt(s.Init)
	l.scan(s.Cond)
	l.at(s.Cond)
	cond := l.expr(s.Cond)
	l.line("if %s {", cond)
	l.block(s.Body.List)
	if s.Else != nil {
		l.line("} else {")
		l.stmt(s.Else)
	}
	l.line("}")
	l.line("}")
}

const stopCheck = "if gbz_stop { gbz_halt() }"

func (l *lowerer) forStmt(s *ast.ForStmt) {
	l.line("{")
	l.stmt(s.Init)
	post, again := "", ""
	if s.Post != nil {
		post = l.simple(s.Post)
	}
	if strings.Contains(post, "\n") { // a step of several lines stands before the condition
		again = l.temp("false")
		l.line("for {")
		l.line("if %s {\n%s\n}", again, post)
		l.line("%s = true", again)
	} else {
		l.line("for ; ; %s {", post)
	}
	l.line(stopCheck)
	if s.Cond != nil {
		l.scan(s.Cond)
		l.at(s.Cond)
		l.line("if !(%s) { break }", l.expr(s.Cond))
	}
	l.line("{")
	l.block(s.Body.List)
	l.line("}")
	l.line("}")
	l.line("}")
}

// simple writes a loop's step apart.
func (l *lowerer) simple(s ast.Stmt) string {
	before := l.b.String()
	l.b.Reset()
	switch s := s.(type) {
	case *ast.IncDecStmt:
		l.incDec(s)
	case *ast.AssignStmt:
		l.assign(s)
	default:
		l.fail("%T after a loop's body", s)
	}
	text := strings.TrimSuffix(l.b.String(), "\n")
	l.b.Reset()
	l.b.WriteString(before)
	return text
}

func (l *lowerer) rangeStmt(s *ast.RangeStmt) {
	l.scan(s.X)
	l.line("{")
	l.at(s)
	switch t := types.Unalias(l.u.Info.TypeOf(s.X)).(type) {
	case *types.Basic:
		if t.Info()&types.IsString != 0 {
			l.rangeString(s)
		} else {
			l.rangeInt(s)
		}
	case *types.Slice, *types.Array:
		l.rangeSlice(s, t)
	case *types.Map:
		l.rangeMap(s)
	default:
		l.fail("a range over %s", t)
	}
	l.line("}")
}

// bind gives a loop variable its value of this iteration.
func (l *lowerer) bind(s *ast.RangeStmt, x ast.Expr, text string) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Name == "_" {
		return
	}
	if s.Tok == token.DEFINE {
		v, _ := l.u.Info.Defs[id].(*types.Var)
		l.defines(v)(text)
		return
	}
	l.line("%s = %s", l.target(id), text)
}

func isBlank(x ast.Expr) bool {
	if x == nil {
		return true
	}
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

func (l *lowerer) body(s *ast.RangeStmt) {
	l.line("{")
	l.block(s.Body.List)
	l.line("}")
	l.line("}")
}

func (l *lowerer) rangeInt(s *ast.RangeStmt) {
	t := l.u.Info.TypeOf(s.X)
	if id, ok := s.Key.(*ast.Ident); ok && id.Name != "_" {
		if kt := l.u.Info.TypeOf(id); kt != nil {
			t = kt
		}
	}
	text := l.typeText(t)
	n := l.next("gbz_t")
	l.line("var %s %s = %s", n, text, l.expr(s.X))
	i := l.next("gbz_t")
	l.line("for %s := %s(0); %s < %s; %s++ {", i, text, i, n, i)
	l.line(stopCheck)
	l.bind(s, s.Key, i)
	l.body(s)
}

func (l *lowerer) rangeSlice(s *ast.RangeStmt, t types.Type) {
	var base string
	if _, isArray := t.(*types.Array); isArray && isBlank(s.Value) {
		base = l.place(s.X)
	} else {
		base = l.temp(l.expr(s.X))
	}
	n := l.temp("len(" + base + ")")
	i := l.next("gbz_t")
	l.line("for %s := 0; %s < %s; %s++ {", i, i, n, i)
	l.line(stopCheck)
	l.bind(s, s.Key, i)
	if !isBlank(s.Value) {
		l.bind(s, s.Value, base+"["+i+"]")
	}
	l.body(s)
}

func (l *lowerer) rangeString(s *ast.RangeStmt) {
	base := l.temp(l.expr(s.X))
	k, v := l.next("gbz_t"), l.next("gbz_t")
	l.line("for %s, %s := range %s {", k, v, base)
	l.line("_, _ = %s, %s", k, v)
	l.line(stopCheck)
	l.bind(s, s.Key, k)
	l.bind(s, s.Value, v)
	l.body(s)
}

func (l *lowerer) rangeMap(s *ast.RangeStmt) {
	base := l.temp(l.expr(s.X))
	k, v := l.next("gbz_t"), l.next("gbz_t")
	if isBlank(s.Value) {
		l.line("for %s := range %s {", k, base)
		l.line("_ = %s", k)
	} else {
		l.line("for %s, %s := range %s {", k, v, base)
		l.line("_, _ = %s, %s", k, v)
	}
	l.line(stopCheck)
	l.bind(s, s.Key, k)
	l.bind(s, s.Value, v)
	l.body(s)
}

// switchStmt writes a switch as a chain of ifs.
func (l *lowerer) switchStmt(s *ast.SwitchStmt) {
	l.line("{")
	l.stmt(s.Init)
	tag := ""
	if s.Tag != nil {
		l.scan(s.Tag)
		l.at(s.Tag)
		tag = l.temp(l.expr(s.Tag))
	}
	open := 0
	var fallback *ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			fallback = c
			continue
		}
		l.scan(c)
		l.at(c)
		hit := l.temp("false")
		for i, x := range c.List {
			if i > 0 {
				l.line("if !%s {", hit)
			}
			if tag != "" {
				l.line("%s = %s == %s", hit, tag, l.expr(x))
			} else {
				l.line("%s = %s", hit, l.expr(x))
			}
			if i > 0 {
				l.line("}")
			}
		}
		l.line("if %s {", hit)
		l.block(c.Body)
		l.line("} else {")
		open++
	}
	if fallback != nil {
		l.block(fallback.Body)
	}
	l.line("%s", strings.Repeat("}\n", open))
	l.line("}")
}
