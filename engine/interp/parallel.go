package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// The parallel form of a loop, as package loops writes it, is a job with
// functions that share variables: a body for a chunk of items, which several
// workers run at once, and what is done before and after. They are written as
// function literals. What they share is safe with them because a variable that
// any of them assigns lives behind a pointer (see captured), so that nothing of
// yaegi's frames changes once the literals exist. What an item costs beside the
// user's code is a pointer read (does the run end?), a pointer written (which
// item?) and the step of the loop; see Job.Chunk.

// A chunk is the part of the lowerer's state that belongs to the literal it
// writes.
type chunk struct {
	index, stop string                  // pointers, in a body
	line        string                  // what `at` assigns to, "" for the cell's own
	alias       map[types.Object]string // names that stand for shared variables nobody assigns meanwhile
}

// glue writes a statement of package loops, and reports whether it is one.
func (l *lowerer) glue(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return ok && l.glueStatement(s, call)
	case *ast.DeferStmt:
		l.line("defer %s.Close(%s)", l.std(plan.ParallelPath), l.expr(s.Call.Args[0]))
		return true
	case *ast.IfStmt:
		return l.glueIf(s)
	case *ast.AssignStmt:
		return l.glueAssign(s)
	case *ast.ForStmt:
		return l.chunkLoop(s)
	case *ast.ReturnStmt:
		return l.glueReturn(s)
	}
	return false
}

func (l *lowerer) glueStatement(s *ast.ExprStmt, call *ast.CallExpr) bool {
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "panic" {
		if x, ok := call.Args[0].(*ast.Ident); ok && x.Name == "gbz_e" {
			l.line("gbz_rt.Panic(%s)", l.expr(x))
			return true
		}
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !plan.IsGlue(l.u.Info, sel.X) {
		return false
	}
	l.scan(call)
	l.at(s)
	l.line("%s", l.glueCall(call, sel))
	return true
}

// glueIf writes `if gbz_w.Stopped() { return }`, and leaves
// `if false { goto L }` out.
func (l *lowerer) glueIf(s *ast.IfStmt) bool {
	if call, ok := s.Cond.(*ast.CallExpr); ok {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Stopped" && plan.IsGlue(l.u.Info, sel.X) {
			l.line("if *%s { return }", l.chunk.stop)
			return true
		}
	}
	id, ok := s.Cond.(*ast.Ident)
	return ok && id.Name == "false" && s.Init == nil
}

func (l *lowerer) glueAssign(s *ast.AssignStmt) bool {
	if len(s.Lhs) == 1 && len(s.Rhs) == 1 {
		if l.glueAssign1(s) {
			return true
		}
	}
	if x, ok := ast.Unparen(s.Rhs[0]).(*ast.TypeAssertExpr); ok && len(s.Lhs) == 2 { // gbz_s, _ := gbz_w.State.(S)
		from := ""
		if sel, ok := x.X.(*ast.SelectorExpr); ok {
			from = l.local(l.u.Info.ObjectOf(sel.X.(*ast.Ident))) + ".State"
		} else {
			from = l.expr(x.X)
		}
		l.line("%s, _ := %s.(%s)", l.local(l.u.Info.ObjectOf(s.Lhs[0].(*ast.Ident))), from, l.typeText(l.u.Info.TypeOf(x.Type)))
		return true
	}
	return false
}

func (l *lowerer) glueAssign1(s *ast.AssignStmt) bool {
	switch lhs := s.Lhs[0].(type) {
	case *ast.SelectorExpr:
		if !plan.IsGlue(l.u.Info, lhs.X) {
			return false
		}
		switch {
		case lhs.Sel.Name == "Index":
			l.line("%s[0] = %s", l.chunk.index, l.expr(s.Rhs[0]))
		default:
			name := l.next("gbz_t")
			l.line("%s := %s", name, l.jobFunction(s.Rhs[0].(*ast.FuncLit), lhs))
			l.line("gbz_rt.Job%s(%s, %s)", lhs.Sel.Name, l.expr(lhs.X), name)
		}
		return true
	case *ast.Ident:
		switch {
		case s.Tok == token.DEFINE && l.ofItem(s.Rhs[0]) && !l.isBoxed(l.u.Info.Defs[lhs]):
			l.line("%s := %s", l.local(l.u.Info.Defs[lhs]), l.expr(s.Rhs[0]))
			return true
		case lhs.Name == "_":
			_, ok := s.Rhs[0].(*ast.Ident) // it says that a variable is used
			return ok
		case plan.IsGlue(l.u.Info, lhs):
			key := s.Rhs[0].(*ast.CallExpr).Args[0] // gbz_job := gbz_parallel.Begin(key)
			l.line("%s := gbz_rt.JobBegin(%s)", l.local(l.u.Info.ObjectOf(lhs)), l.expr(key))
			return true
		case plan.GlueValue(lhs):
			l.glueFunction(lhs, s.Rhs[0])
			return true
		}
	}
	return false
}

// ofItem reports whether an expression is the item of an iteration, or its
// index: gbz_x[gbz_i], gbz_i.
func (l *lowerer) ofItem(x ast.Expr) bool {
	if ix, ok := x.(*ast.IndexExpr); ok {
		return l.inRange(ix) && l.chunk.alias[l.u.Info.Uses[ix.X.(*ast.Ident)]] != ""
	}
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "gbz_i" && l.chunk.stop != ""
}

// glueFunction declares the variable that holds FUNC or --each. A literal, as
// an interpreted function, is told where to tell its line.
func (l *lowerer) glueFunction(lhs *ast.Ident, x ast.Expr) {
	obj := l.u.Info.ObjectOf(lhs)
	if l.tells == nil {
		l.tells = map[types.Object]bool{}
	}
	text := ""
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		l.tells[obj] = true
		text = l.funcLit(x, func() { l.chunk = chunk{line: "*gbz_l"} })
		text = strings.Replace(text, "func(", "func(gbz_l *int, ", 1)
	case *ast.Ident:
		fn := l.u.Info.Uses[x]
		l.tells[obj] = l.tellsLine(fn)
		text = l.function(fn)
	case *ast.SelectorExpr:
		text = l.function(l.u.Info.Uses[x.Sel])
	}
	l.line("%s := %s", l.local(obj), text)
}

// tellsLine reports whether a function is an interpreted one that is told where
// to tell its line.
func (l *lowerer) tellsLine(fn types.Object) bool {
	return l.funcs.lines && fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "main" && l.opt.World.Interprets(fn)
}

// withLine adds where the line is told to the arguments of a call.
func (l *lowerer) withLine(args string) string {
	p := "&" + wire.LineVar
	if l.chunk.line != "" {
		p = strings.TrimPrefix(l.chunk.line, "*")
	}
	if args == "" {
		return p
	}
	return p + ", " + args
}

// jobFunction writes one of the job's functions.
func (l *lowerer) jobFunction(x *ast.FuncLit, lhs *ast.SelectorExpr) string {
	job := l.expr(lhs.X)
	switch lhs.Sel.Name {
	case "Body":
		return l.funcLit(x, func() {
			w := l.local(l.u.Info.Defs[x.Type.Params.List[0].Names[0]])
			l.chunk = chunk{index: l.next("gbz_t"), stop: l.next("gbz_t"), line: l.next("gbz_t")}
			l.line("%s, %s, %s := %s.Chunk(%s)", l.chunk.index, l.chunk.stop, l.chunk.line, job, w)
			l.chunk.line = "*" + l.chunk.line
			l.shared(x)
		})
	case "Sequential":
		return l.funcLit(x, func() {
			l.chunk = chunk{index: l.next("gbz_t"), line: l.next("gbz_t")}
			l.line("%s, %s := %s.Alone()", l.chunk.index, l.chunk.line, job)
			l.chunk.line = "*" + l.chunk.line
		})
	}
	if lhs.Sel.Name == "Text" || lhs.Sel.Name == "Reset" { // they run between the loop and what it fails with
		return l.funcLit(x, func() {
			l.chunk = chunk{line: l.next("gbz_t")}
			l.line("%s := new(int)", l.chunk.line)
			l.chunk.line = "*" + l.chunk.line
		})
	}
	return l.funcLit(x, nil)
}

// shared gives names of the body's own to what it shares with the other
// functions and none of them assigns while it runs.
func (l *lowerer) shared(x *ast.FuncLit) {
	l.chunk.alias = map[types.Object]string{}
	ast.Inspect(x.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := l.u.Info.Uses[id].(*types.Var)
		if !ok || v.IsField() || l.chunk.alias[v] != "" || x.Pos() <= v.Pos() && v.Pos() < x.End() || !isItems(v.Name()) {
			return true
		}
		text := l.local(v)
		if l.isBoxed(v) {
			text = "*" + text
		}
		name := l.next("gbz_t")
		l.line("%s := %s", name, text)
		l.chunk.alias[v] = name
		return true
	})
}

// isItems reports whether a variable of package loops is one that bodies only
// read (items, keys, bounds) or store elements of (results).
func isItems(name string) bool {
	switch rest, ok := strings.CutPrefix(name, "gbz_"); {
	case !ok:
		return false
	case rest == "x", rest == "n", rest == "a", rest == "key", rest == "b":
		return true
	default:
		return len(rest) > 1 && strings.ContainsRune("bvz", rune(rest[0])) && strings.Trim(rest[1:], "0123456789") == ""
	}
}

// funcLit writes a function literal; before writes what its body starts with.
func (l *lowerer) funcLit(x *ast.FuncLit, before func()) string {
	outer, results, order, ch := l.b.String(), l.results, l.ordering, l.chunk
	l.b.Reset()
	sig := l.u.Info.TypeOf(x).(*types.Signature)
	var params, out []string
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		name := "_"
		if v.Name() != "" && v.Name() != "_" {
			name = l.local(v)
			boxed := l.isBoxed(v)
			if boxed {
				name += "_in"
			}
			l.signed(name, v.Type())
			if boxed {
				l.line("%s := new(%s)\n*%s = %s", l.local(v), l.typeText(v.Type()), l.local(v), name)
			}
		}
		params = append(params, name+" "+l.glueType(v.Type()))
	}
	for i := range sig.Results().Len() {
		out = append(out, l.typeText(sig.Results().At(i).Type()))
	}
	l.results = sig.Results()
	if before != nil {
		before()
	}
	l.block(x.Body.List)
	if len(out) > 0 {
		l.unreachable(x.Body)
	}
	text := fmt.Sprintf("func(%s) (%s) {\n%s}", strings.Join(params, ", "), strings.Join(out, ", "), l.b.String())
	l.b.Reset()
	l.b.WriteString(outer)
	l.results, l.ordering, l.chunk = results, order, ch
	return text
}

func (l *lowerer) glueType(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		if n, ok := p.Elem().(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == plan.VectorizerPath {
			return "*" + l.std(plan.VectorizerPath) + "." + n.Obj().Name()
		}
	}
	return l.typeText(t)
}

// glueCalled writes a call of what only package loops calls.
func (l *lowerer) glueCalled(x *ast.CallExpr) (string, bool) {
	switch fun := ast.Unparen(x.Fun).(type) {
	case *ast.FuncLit:
		if len(x.Args) != 0 {
			return "", false
		}
		return l.temp(l.funcLit(fun, nil)) + "()", true
	case *ast.Ident:
		if !plan.GlueValue(fun) {
			return "", false
		}
		sig := l.u.Info.TypeOf(fun).Underlying().(*types.Signature)
		args := l.arguments(x, sig)
		if obj := l.u.Info.ObjectOf(fun); l.tells[obj] {
			args = l.withLine(l.interpretedArguments(x, sig))
		}
		return l.local(l.u.Info.ObjectOf(fun)) + "(" + args + ")", true
	case *ast.SelectorExpr:
		if plan.IsGlue(l.u.Info, fun.X) {
			return l.glueCall(x, fun), true
		}
	}
	return "", false
}

// glueCall writes a call of a method, or of a function, of the job or worker.
func (l *lowerer) glueCall(x *ast.CallExpr, sel *ast.SelectorExpr) string {
	args := make([]string, len(x.Args))
	for i, a := range x.Args {
		args[i] = l.glueArg(a)
	}
	if s := l.u.Info.Selections[sel]; s != nil && s.Kind() == types.FieldVal { // gbz_job.Reset(), gbz_job.Init(0)
		return fmt.Sprintf("gbz_rt.Do%s(%s)", sel.Sel.Name, strings.Join(append([]string{l.expr(sel.X)}, args...), ", "))
	}
	return l.expr(sel.X) + "." + sel.Sel.Name + "(" + strings.Join(args, ", ") + ")"
}

func (l *lowerer) glueArg(a ast.Expr) string {
	u, ok := a.(*ast.UnaryExpr)
	if !ok || u.Op != token.AND {
		return l.expr(a)
	}
	if id, ok := ast.Unparen(u.X).(*ast.Ident); ok {
		return l.pointerTo(id)
	}
	// The field of a variable: its address is taken in compiled code.
	path, x := "", ast.Unparen(u.X)
	for {
		sel, ok := x.(*ast.SelectorExpr)
		if !ok {
			break
		}
		s := l.u.Info.Selections[sel]
		if s == nil || s.Kind() != types.FieldVal {
			return l.fail("the address of what the loop fills")
		}
		path = "." + sel.Sel.Name + path
		x = ast.Unparen(sel.X)
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return l.fail("the address of what the loop fills")
	}
	if _, isPtr := l.u.Info.TypeOf(id).Underlying().(*types.Pointer); isPtr {
		return fmt.Sprintf("gbz_rt.FieldAddr(%s, %q)", l.expr(id), path)
	}
	return fmt.Sprintf("gbz_rt.FieldAddr(%s, %q)", l.pointerTo(id), path)
}

// chunkLoop writes the loop over the items of a chunk.
func (l *lowerer) chunkLoop(s *ast.ForStmt) bool {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok {
		return false
	}
	id, ok := init.Lhs[0].(*ast.Ident)
	if !ok || id.Name != "gbz_i" || init.Tok != token.DEFINE {
		return false
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	if !ok {
		return false
	}
	i := l.local(l.u.Info.Defs[id])
	lo, hi := l.expr(init.Rhs[0]), l.expr(cond.Y)
	if strings.HasPrefix(hi, "(*") {
		hi = l.temp(hi)
	}
	l.line("for %s := %s; %s < %s; %s++ {", i, lo, i, hi, i)
	if l.chunk.stop == "" {
		l.stopCheck()
	}
	l.block(s.Body.List)
	l.line("}")
	return true
}

// glueReturn writes a return of a worker's state, which becomes an interface.
func (l *lowerer) glueReturn(s *ast.ReturnStmt) bool {
	if l.results == nil || l.results.Len() != 2 || len(s.Results) != 2 || !types.IsInterface(l.results.At(0).Type()) {
		return false
	}
	l.scan(s)
	l.at(s)
	l.line("return gbz_rt.Any(%s), %s", l.expr(s.Results[0]), l.value(s.Results[1], l.results.At(1).Type()))
	return true
}

// inRange reports whether x[i] is one of package loops whose index is an item.
func (l *lowerer) inRange(x *ast.IndexExpr) bool {
	if !l.parallel {
		return false
	}
	base, ok := x.X.(*ast.Ident)
	i, ok2 := x.Index.(*ast.Ident)
	return ok && ok2 && i.Name == "gbz_i" && isItems(base.Name)
}

// capture marks the local variables that function literals share and assign:
// they live behind pointers.
func (l *lowerer) capture(boxed map[types.Object]bool) {
	assigned := assignments(l.u)
	for _, d := range l.u.File.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if !ok {
				return true
			}
			ast.Inspect(lit.Body, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return true
				}
				v, ok := l.u.Info.Uses[id].(*types.Var)
				if ok && !v.IsField() && (v.Pos() < lit.Pos() || lit.End() <= v.Pos()) && assigned[v] {
					if _, session := plan.SessionVar(l.u, v); !session {
						boxed[v] = true
					}
				}
				return true
			})
			return true
		})
	}
}

// lineVar is where the line of the cell is told.
func (l *lowerer) lineVar() string {
	if l.chunk.line != "" {
		return l.chunk.line
	}
	return wire.LineVar
}
