package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/wire"
)

// Operations on channels are helpers, which a stop ends; a go statement hands a
// call that is made ready to the engine, which knows the goroutine's cell.

func (l *lowerer) send(s *ast.SendStmt) {
	l.at(s)
	l.scan(s)
	t := l.u.Info.TypeOf(s.Chan)
	ch := l.temp(l.expr(s.Chan))
	l.line("%s(%s, %s)", l.kind("send", t), ch, l.value(s.Value, t.Underlying().(*types.Chan).Elem()))
}

// receive writes <-ch, in one value or two.
func (l *lowerer) receive(x *ast.UnaryExpr, kind string) string {
	return l.kind(kind, l.u.Info.TypeOf(x.X)) + "(" + l.expr(x.X) + ")"
}

// received returns the receive that an expression is, nil when it is something
// else.
func received(x ast.Expr) *ast.UnaryExpr {
	u, ok := ast.Unparen(x).(*ast.UnaryExpr)
	if !ok || u.Op != token.ARROW {
		return nil
	}
	return u
}

// rangeChan writes a range over a channel.
func (l *lowerer) rangeChan(s *ast.RangeStmt, t types.Type) {
	ch := l.temp(l.expr(s.X))
	l.line("for {")
	l.stopCheck()
	v, ok := l.next("gbz_t"), l.next("gbz_t")
	l.line("%s, %s := %s(%s)", v, ok, l.kind("recv2", t), ch)
	l.line("_ = %s\nif !%s { break }", v, ok)
	l.bind(s, s.Key, v)
	l.body(s)
}

// goStmt writes a go statement. The goroutine tells its line where nobody else
// does.
func (l *lowerer) goStmt(s *ast.GoStmt) {
	l.funcs.parallel = true
	l.at(s)
	line := l.ownLine(s)
	l.goLine = line
	call := l.later(s.Call, noFrame)
	l.goLine = ""
	l.line("gbz_rt.Go(%s, %s)", line, call)
}

// ownLine writes where a goroutine that starts at n tells its line.
func (l *lowerer) ownLine(n ast.Node) string {
	line := l.temp("new(int)")
	l.line("*%s = %d", line, l.where(n))
	return line
}

// groupGo writes wg.Go(f).
func (l *lowerer) groupGo(x *ast.CallExpr, wg string) string {
	l.funcs.parallel = true
	wg = l.temp(wg)
	line := l.ownLine(x)
	l.goLine = line
	call := l.later(&ast.CallExpr{Fun: x.Args[0], Lparen: x.Lparen, Rparen: x.Rparen}, noFrame)
	l.goLine = ""
	return "gbz_rt.GroupGo(" + wg + ", " + line + ", " + call + ")"
}

// selectStmt writes a select statement: channels and values first, in their
// order, then the choice, and a chain of ifs.
func (l *lowerer) selectStmt(s *ast.SelectStmt) {
	l.at(s)
	if len(s.Body.List) == 0 {
		l.line("gbz_rt.Forever()")
		return
	}
	l.line("{")
	h := wire.Helper{Kind: "select"}
	var args []string
	var ts []types.Type
	got := map[*ast.CommClause]string{} // the pointer to what was received
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		l.hoist = true
		switch comm := c.Comm.(type) {
		case nil:
			h.Text = "default"
			continue
		case *ast.SendStmt:
			l.hoistCalls(comm.Chan)
			l.hoistCalls(comm.Value)
			t := l.u.Info.TypeOf(comm.Chan)
			ts, h.Path = append(ts, t), append(h.Path, 0)
			ch := l.temp(l.expr(comm.Chan))
			args = append(args, ch, l.keep(comm.Value, t.Underlying().(*types.Chan).Elem()))
		default:
			x := receivedIn(comm)
			l.hoistCalls(x.X)
			t := l.u.Info.TypeOf(x.X)
			ts, h.Path = append(ts, t), append(h.Path, 1)
			ch := l.temp(l.expr(x.X))
			got[c] = l.temp("new(" + l.typeText(t.Underlying().(*types.Chan).Elem()) + ")")
			args = append(args, ch, got[c])
		}
	}
	chosen, ok := l.next("gbz_t"), l.next("gbz_t")
	l.line("%s, %s := %s(%s)\n_ = %s", chosen, ok, l.helper(h, ts...), strings.Join(args, ", "), ok)
	l.clauses(s, chosen, ok, got)
	l.line("}")
}

// receivedIn returns the receive of a select's case.
func receivedIn(comm ast.Stmt) *ast.UnaryExpr {
	if s, ok := comm.(*ast.AssignStmt); ok {
		return received(s.Rhs[0])
	}
	return received(comm.(*ast.ExprStmt).X)
}

// clauses writes the bodies of a select statement.
func (l *lowerer) clauses(s *ast.SelectStmt, chosen, ok string, got map[*ast.CommClause]string) {
	n := 0
	for _, c := range s.Body.List {
		if c.(*ast.CommClause).Comm != nil {
			n++
		}
	}
	i := 0
	for _, c := range s.Body.List {
		c := c.(*ast.CommClause)
		number := i
		if c.Comm == nil {
			number = n
		} else {
			i++
		}
		l.line("if %s == %d {", chosen, number)
		if as, is := c.Comm.(*ast.AssignStmt); is {
			l.receivers(as, got[c], ok)
		}
		l.block(c.Body)
		l.line("}")
	}
}

// receivers assigns what a select's case received.
func (l *lowerer) receivers(s *ast.AssignStmt, got, ok string) {
	from := []types.Type{l.u.Info.TypeOf(received(s.Rhs[0]).X).Underlying().(*types.Chan).Elem(), types.Typ[types.Bool]}
	for i, text := range []string{"(*" + got + ")", ok}[:len(s.Lhs)] {
		x := s.Lhs[i]
		id, isName := x.(*ast.Ident)
		if isName && id.Name == "_" {
			continue
		}
		if v, is := l.u.Info.Defs[id].(*types.Var); isName && s.Tok == token.DEFINE && is {
			l.variable(v, text)
			continue
		}
		l.at(x)
		l.scan(x)
		t := l.target(x)
		l.store(t, l.become(text, from[i], l.u.Info.TypeOf(x)), l.u.Info.TypeOf(x))
	}
}

// standIn writes the call of a method that has a stand-in, and reports whether
// x is one.
func (l *lowerer) standIn(x *ast.CallExpr) (string, bool) {
	f, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	sel := l.u.Info.Selections[f]
	if sel == nil || sel.Kind() != types.MethodVal {
		return "", false
	}
	name := sel.Obj().(*types.Func).FullName()
	if name == "(*sync.WaitGroup).Go" {
		return l.groupGo(x, l.receiver(f, sel)), true
	}
	to, ok := check.StandIns[name]
	if !ok {
		return "", false
	}
	return fmt.Sprintf("gbz_rt.%s(%s)", to, l.receiver(f, sel)), true
}

// receiver writes what a method is called on.
func (l *lowerer) receiver(f *ast.SelectorExpr, sel *types.Selection) string {
	text := l.method(f, sel)
	return text[:strings.LastIndexByte(text, '.')]
}
