package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// A function with defer statements becomes two: its body, which is given a
// frame (rt.Frame) and pointers to the results, and one that has the frame run
// the body and then what it deferred. What is deferred are calls made ready in
// compiled code; recover asks the frame, which a deferred function is given.

// frameType describes the type of frames.
var frameType = wire.Type{Kind: "basic", Name: wire.FrameType}

// linePointer describes what a function is given that tells its line elsewhere.
var linePointer = wire.Type{Kind: "pointer", Elem: &wire.Type{Kind: "basic", Name: "int"}}

// noFrame is the frame of functions that are not called by a defer statement.
const noFrame = "(" + wire.FrameType + ")(nil)"

// frameVar names the frame of the function whose body is written.
const frameVar = "gbz_d"

// deferringBody writes a function with defer statements. Its parameters have
// been written as those of the body.
func (l *lowerer) deferringBody(name string, params parameters, sig *types.Signature, body *ast.BlockStmt) string {
	l.isBoxed(nil)
	var inner parameters
	inner.add(frameVar, wire.FrameType, frameType)
	l.deferring, l.framed = []string{}, true
	var before, values []string
	for i := range sig.Results().Len() {
		r := sig.Results().At(i)
		at := fmt.Sprintf("gbz_r%d", i)
		l.deferring = append(l.deferring, at)
		if r.Name() != "" && r.Name() != "_" {
			l.names[r], l.boxed[r] = at, true
		}
		text := l.typeText(r.Type())
		inner.add(at, "*"+text, l.wireType(types.NewPointer(r.Type())))
		before, values = append(before, at+" := new("+text+")\n"), append(values, "*"+at)
	}
	for i, name := range params.names {
		if name != "_" {
			inner.names, inner.texts, inner.types = append(inner.names, name), append(inner.texts, params.texts[i]), append(inner.types, params.types[i])
		}
	}
	l.stopCheck()
	l.block(body.List)
	text := l.funcText(name+"_body", inner.texts, nil)
	h := wire.Helper{Kind: "bind", Types: append([]wire.Type{{Kind: "func"}}, inner.types...)}
	run := fmt.Sprintf("%s.Run(%s(%s_body%s, %s))\n", frameVar, l.helper(h), name, nameMark, strings.Join(inner.names, ", "))
	line := "&" + wire.LineVar
	if l.chunk.line != "" {
		line = strings.TrimPrefix(l.chunk.line, "*")
	}
	return text + fmt.Sprintf("func %s%s(%s) (%s) {\n%s := gbz_rt.Deferring(%s)\n%s%sreturn %s\n}\n", name, nameMark, strings.Join(params.texts, ", "),
		strings.Join(l.typeTexts(sig.Results()), ", "), frameVar, line, strings.Join(before, ""), run, strings.Join(values, ", "))
}

// leave writes a return of values. Where calls were deferred they are the
// results' from now on.
func (l *lowerer) leave(values []string) {
	if l.around != nil {
		l.returnAround(values)
		return
	}
	if l.deferring == nil {
		l.line("return %s", strings.Join(l.namedReturn(values), ", "))
		return
	}
	if len(values) > 1 {
		for i, v := range values {
			values[i] = l.held(v)
		}
	}
	for i, v := range values {
		l.store("*"+l.deferring[i], v, l.results.At(i).Type())
	}
	l.line("return")
}

// held keeps a value that is returned in a temporary.
func (l *lowerer) held(v string) string {
	if v == "nil" {
		return v
	}
	return l.temp(v)
}

func (l *lowerer) deferStmt(s *ast.DeferStmt) {
	l.at(s)
	l.line("%s.Push(%s)", frameVar, l.later(s.Call, frameVar))
}

// later writes a call that is made later as a func(): what is called and the
// arguments are evaluated now. The frame is what a function that recovers gets.
func (l *lowerer) later(x *ast.CallExpr, frame string) string {
	l.hoist = true
	l.hoistOperands(x)
	fun := ast.Unparen(x.Fun)
	if l.u.Info.Types[fun].IsBuiltin() {
		return l.laterBuiltin(x, fun.(*ast.Ident).Name)
	}
	sig := l.u.Info.TypeOf(fun).Underlying().(*types.Signature)
	text, given := l.laterCallee(fun, frame)
	t := wire.Type{Kind: "func", In: append(given.types, l.wireTypes(sig.Params())...), Out: l.wireTypes(sig.Results()), Variadic: sig.Variadic()}
	if l.isInterpreted(fun) {
		t.Variadic = false
	}
	args := append([]string{text}, given.names...)
	if rest := l.interpretedArguments(x, sig); rest != "" {
		args = append(args, rest)
	}
	return l.thunk(t, args)
}

func (l *lowerer) thunk(t wire.Type, args []string) string {
	return l.temp(l.helper(wire.Helper{Kind: "thunk", Types: []wire.Type{t}}) + "(" + strings.Join(args, ", ") + ")")
}

// isInterpreted reports whether what a call names is a function that yaegi
// runs, a variadic one over a slice.
func (l *lowerer) isInterpreted(fun ast.Expr) bool {
	_, literal := fun.(*ast.FuncLit)
	return literal || l.callsInterpreted(fun)
}

// laterCallee writes what is called later, and what it is given before the
// call's own arguments.
func (l *lowerer) laterCallee(fun ast.Expr, frame string) (text string, given parameters) {
	if lit, ok := fun.(*ast.FuncLit); ok {
		line := l.goLine
		l.goLine = ""
		name, caps, catches := l.literalFunc(lit, line != "")
		if line != "" {
			given.add(line, "", linePointer)
		}
		if catches {
			given.add(frame, "", frameType)
		}
		for _, v := range caps {
			given.add(l.local(v), "", l.wireType(types.NewPointer(v.Type())))
		}
		return name, given
	}
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		if s := l.u.Info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
			return l.methodValue(sel, s), given
		}
	}
	if fn := l.calledFunc(fun); fn != nil {
		text, _ := l.callee(fun)
		if l.callsInterpreted(fun) {
			l.told(&given, fun, frame)
		}
		return text, given
	}
	return l.expr(fun), given
}

// calledFunc returns the function that a call names, nil when it is a value.
func (l *lowerer) calledFunc(fun ast.Expr) *types.Func {
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	id := named(fun)
	if id == nil {
		return nil
	}
	fn, _ := l.u.Info.Uses[id].(*types.Func)
	return fn
}

// told adds what an interpreted function is given beside its arguments.
func (l *lowerer) told(given *parameters, fun ast.Expr, frame string) {
	if _, tells := l.callee(fun); tells && l.goLine != "" {
		given.add(l.goLine, "", linePointer)
	} else if tells {
		given.add(l.withLine(""), "", linePointer)
	}
	if l.catches(fun) {
		given.add(frame, "", frameType)
	}
}

// catches reports whether an interpreted function that a call names calls
// recover itself.
func (l *lowerer) catches(fun ast.Expr) bool {
	fn := l.calledFunc(ast.Unparen(fun))
	if fn == nil {
		return false
	}
	f, ok := l.functionOf(fn, fun)
	return ok && plan.Recovers(f.Unit.Info, f.Decl.Body)
}

// functionOf returns the interpreted function, perhaps the plain one that an
// instance became.
func (l *lowerer) functionOf(fn *types.Func, fun ast.Expr) (Function, bool) {
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	if inst, ok := l.u.Info.Instances[named(fun)]; ok {
		own, ok := l.mono(fn, inst)
		if !ok {
			return Function{}, false
		}
		fn = own
	}
	if !l.opt.World.Interprets(fn) {
		return Function{}, false
	}
	return l.opt.Func(fn)
}

// laterBuiltin writes close, panic, print and println, to be called later.
func (l *lowerer) laterBuiltin(x *ast.CallExpr, name string) string {
	if name == "print" || name == "println" {
		t := wire.Type{Kind: "func"}
		for _, arg := range l.printedTypes(x) {
			t.In = append(t.In, l.wireType(arg))
		}
		return l.thunk(t, append([]string{l.printer(x, name)}, l.printed(x)...))
	}
	t := l.u.Info.TypeOf(x.Args[0])
	switch name {
	case "close":
		return l.thunk(wire.Type{Kind: "func", In: []wire.Type{l.wireType(t)}}, []string{l.kind("close", t), l.expr(x.Args[0])})
	case "panic":
		v := l.value(x.Args[0], types.Universe.Lookup("any").Type())
		return l.thunk(wire.Type{Kind: "func", In: []wire.Type{{Kind: "basic", Name: "any"}}}, []string{"gbz_rt.Panic", v})
	}
	return l.fail("the builtin %s, called later", name)
}
