package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/rt/spelling"
	"github.com/goblaze/goblaze/engine/wire"
)

// call writes a call without keeping its result.
func (l *lowerer) call(x *ast.CallExpr) string {
	if l.parallel {
		if text, ok := l.glueCalled(x); ok {
			return text
		}
	}
	if text, ok := l.mapCall(x); ok {
		return text
	}
	fun := ast.Unparen(x.Fun)
	tv := l.u.Info.Types[fun]
	switch {
	case tv.IsType():
		return l.conversion(x)
	case tv.IsBuiltin():
		return l.builtin(x, fun.(*ast.Ident).Name)
	}
	if lit, ok := fun.(*ast.FuncLit); ok {
		return l.callLiteral(x, lit)
	}
	if text, ok := l.standIn(x); ok {
		return text
	}
	text, tells := l.callee(fun)
	sig := tv.Type.Underlying().(*types.Signature)
	if l.callsInterpreted(fun) {
		args := l.interpretedArguments(x, sig)
		if l.catches(fun) {
			args = strings.TrimSuffix(noFrame+", "+args, ", ")
		}
		if tells {
			args = l.withLine(args)
		}
		return text + "(" + args + ")"
	}
	return text + "(" + l.arguments(x, sig) + ")"
}

// callee writes what is called; tells says that it is an interpreted function
// that is told where to tell its line.
func (l *lowerer) callee(fun ast.Expr) (text string, tells bool) {
	switch f := fun.(type) {
	case *ast.IndexExpr:
		if id := named(f.X); id != nil && l.u.Info.Instances[id].Type != nil {
			return l.callee(ast.Unparen(f.X))
		}
	case *ast.IndexListExpr:
		return l.callee(ast.Unparen(f.X))
	case *ast.SelectorExpr:
		if sel := l.u.Info.Selections[f]; sel != nil && sel.Kind() == types.MethodVal {
			return l.method(f, sel), false
		} else if sel != nil && sel.Kind() == types.MethodExpr {
			return l.methodValue(f, sel), false
		}
	}
	if id := named(fun); id != nil {
		if fn, ok := l.u.Info.Uses[id].(*types.Func); ok {
			if inst, ok := l.u.Info.Instances[id]; ok {
				return l.instance(fn, inst)
			}
			return l.function(fn), l.tellsLine(fn)
		}
	}
	f := l.temp(l.expr(fun))
	l.line("if %s(%s) { gbz_rt.BadNil() }", l.kind("isnil", l.u.Info.TypeOf(fun)), f)
	return f, false
}

// named returns the name of a function, without its package.
func named(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// instance writes an instance of a generic function.
func (l *lowerer) instance(fn *types.Func, inst types.Instance) (text string, tells bool) {
	if fn.Pkg().Path() != "main" {
		return l.helper(wire.Helper{Kind: "std", Text: fn.FullName()}, inst.Type), false
	}
	if own, ok := l.mono(fn, inst); ok {
		return l.interpreted(own), l.tellsLine(own)
	}
	path, key := l.compiled(fn, inst.TypeArgs)
	return l.helper(wire.Helper{Kind: "instance", Text: path + " " + key}), false
}

// mono returns the plain function that an instance became where nothing can be
// compiled.
func (l *lowerer) mono(fn *types.Func, inst types.Instance) (*types.Func, bool) {
	if l.opt.Mono == nil {
		return nil, false
	}
	key, ok := check.InstanceKey(l.opt.World.Home, fn, inst.TypeArgs)
	if !ok || !l.opt.World.Instantiate(key, fn, inst.TypeArgs) {
		return nil, false
	}
	return l.opt.Mono(key)
}

// compiled returns the unit that compiled an instance, and its name there.
func (l *lowerer) compiled(o types.Object, args *types.TypeList) (path, key string) {
	key, ok := check.InstanceKey(l.opt.World.Home, o, args)
	if ok && l.opt.World.Instantiate(key, o, args) {
		path, ok = l.opt.World.Instance(key)
	} else {
		ok = false
	}
	if !ok {
		l.fail("an instance of %s", o.Name())
	}
	l.units[path] = true
	return path, key
}

func (l *lowerer) function(obj types.Object) string {
	fn, ok := obj.(*types.Func)
	if !ok {
		return l.fail("a call of a function value")
	}
	if name, ok := ownRuntime[fn.FullName()]; ok && l.opt.Alone {
		return "gbz_rt." + name
	}
	if fn.Pkg().Path() == "main" {
		if l.opt.World.Interprets(fn) {
			return l.interpreted(fn)
		}
		if path, _ := l.opt.World.Home(fn); path == plan.DisplayPath { // the predeclared Display
			return l.std(path) + "." + fn.Name()
		}
		return l.home(fn) + ".F_" + fn.Name()
	}
	return l.std(fn.Pkg().Path()) + "." + fn.Name()
}

// ownRuntime are functions of std that end the process, for which those of the
// run-time package end the cell, and those that print, which know when a cell
// has ended so.
var ownRuntime = map[string]string{
	"os.Exit": "Exit", "log.Fatal": "Fatal", "log.Fatalf": "Fatalf", "log.Fatalln": "Fatalln", "fmt.Print": "Print", "fmt.Println": "Println", "fmt.Printf": "Printf",
}

// methodOf returns how compiled code spells a selected method, the type of what it
// belongs to, and the fields that lead there.
func methodOf(sel *types.Selection) (name string, recv types.Type, path []int) {
	fn := sel.Obj().(*types.Func)
	name = fn.Name()
	if fn.Pkg() != nil && fn.Pkg().Path() == "main" {
		name = spelling.OfMethod(name)
	}
	path, recv = sel.Index()[:len(sel.Index())-1], sel.Recv()
	for _, i := range path {
		if p, ok := recv.Underlying().(*types.Pointer); ok {
			recv = p.Elem()
		}
		recv = recv.Underlying().(*types.Struct).Field(i).Type()
	}
	return name, recv, path
}

// method writes the method's receiver and name; methods of cells are exported
// in compiled code.
func (l *lowerer) method(f *ast.SelectorExpr, sel *types.Selection) string {
	fn := sel.Obj().(*types.Func)
	name, recv, path := methodOf(sel)
	operand := func() string {
		if len(path) == 0 {
			return l.expr(f.X)
		}
		return l.embedded(f, sel, path)
	}
	if types.IsInterface(recv) {
		v := l.temp(operand())
		l.line("if %s(%s) { gbz_rt.BadNil() }", l.kind("isnil", recv), v)
		return v + "." + name
	}
	_, isPtr := recv.Underlying().(*types.Pointer)
	_, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer)
	switch {
	case wantsPtr && !isPtr:
		return l.receiverAddr(f, sel, path) + "." + name
	case isPtr && !wantsPtr:
		return "(*" + l.notNil(operand()) + ")." + name
	case len(path) > 0:
		return l.temp(operand()) + "." + name
	}
	return l.place(f.X) + "." + name
}

// embedded writes the embedded field that a promoted method belongs to.
func (l *lowerer) embedded(f *ast.SelectorExpr, sel *types.Selection, path []int) string {
	if _, isPtr := sel.Recv().Underlying().(*types.Pointer); isPtr || l.u.Info.Types[f.X].Addressable() {
		p, t := l.holder(f.X, sel.Recv())
		return "(*" + l.follow(p, t, path) + ")"
	}
	return l.fieldsOf(l.expr(f.X), sel.Recv(), path)
}

// receiverAddr writes the address of a method's receiver.
func (l *lowerer) receiverAddr(f *ast.SelectorExpr, sel *types.Selection, path []int) string {
	if len(path) == 0 {
		return l.addr(f.X)
	}
	if _, isPtr := sel.Recv().Underlying().(*types.Pointer); isPtr || l.u.Info.Types[f.X].Addressable() {
		p, t := l.holder(f.X, sel.Recv())
		return l.follow(p, t, path)
	}
	text := l.fieldsOf(l.expr(f.X), sel.Recv(), path)
	if !strings.HasPrefix(text, "(*") {
		l.fail("a promoted method that needs an address")
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, "(*"), ")")
}

func (l *lowerer) arguments(x *ast.CallExpr, sig *types.Signature) string {
	args := make([]string, len(x.Args))
	if len(x.Args) == 1 {
		if t, ok := l.u.Info.TypeOf(x.Args[0]).(*types.Tuple); ok {
			return l.spread(x.Args[0], t)
		}
	}
	for i, a := range x.Args {
		args[i] = l.argument(a, paramType(sig, i, x.Ellipsis.IsValid()))
	}
	text := strings.Join(args, ", ")
	if x.Ellipsis.IsValid() {
		text += "..."
	}
	return text
}

// argument writes an argument; compiled functions make it an interface where
// they want one.
func (l *lowerer) argument(x ast.Expr, t types.Type) string {
	if types.IsInterface(t) && !l.u.Info.Types[x].IsNil() {
		return l.expr(x)
	}
	return l.value(x, t)
}

// spread writes the results of a call that are another's arguments.
func (l *lowerer) spread(x ast.Expr, t *types.Tuple) string {
	return strings.Join(l.several(x, t.Len()), ", ")
}

func paramType(sig *types.Signature, i int, ellipsis bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !ellipsis {
		return sig.Params().At(n - 1).Type().(*types.Slice).Elem()
	}
	return sig.Params().At(i).Type()
}

func (l *lowerer) builtin(x *ast.CallExpr, name string) string {
	t := l.u.Info.TypeOf(x)
	switch name {
	case "len", "cap":
		return l.length(x, name)
	case "copy":
		return "copy(" + l.base(x.Args[0]) + ", " + l.text(x.Args[1]) + ")"
	case "delete":
		m := l.u.Info.TypeOf(x.Args[0]).Underlying().(*types.Map)
		base := l.base(x.Args[0])
		return "delete(" + base + ", " + l.value(x.Args[1], m.Key()) + ")"
	case "clear":
		return l.kind("clear", l.u.Info.TypeOf(x.Args[0])) + "(" + l.expr(x.Args[0]) + ")"
	case "append":
		return l.appendCall(x, t)
	case "make":
		return l.makeCall(x, t)
	case "min", "max":
		return l.extreme(x, name, t)
	case "new":
		return l.newCall(x)
	case "close":
		return l.kind("close", l.u.Info.TypeOf(x.Args[0])) + "(" + l.expr(x.Args[0]) + ")"
	case "real", "imag", "complex":
		return l.complexParts(x, name, t)
	case "print", "println":
		return l.printer(x, name) + "(" + strings.Join(l.printed(x), ", ") + ")"
	case "recover":
		return l.temp("gbz_c.Recover()")
	case "panic":
		if l.u.Info.Types[x.Args[0]].IsNil() {
			return "gbz_rt.Panic(nil)"
		}
		return "gbz_rt.Panic(" + l.expr(x.Args[0]) + ")"
	}
	return l.fail("the builtin %s", name)
}

// printer writes the function that stands for print or println with the
// arguments of a call.
func (l *lowerer) printer(x *ast.CallExpr, name string) string {
	return l.kind(name, l.printedTypes(x)...)
}

func (l *lowerer) printedTypes(x *ast.CallExpr) []types.Type {
	ts := make([]types.Type, len(x.Args))
	for i, a := range x.Args {
		ts[i] = types.Default(l.u.Info.TypeOf(a))
	}
	return ts
}

func (l *lowerer) printed(x *ast.CallExpr) []string {
	texts := make([]string, len(x.Args))
	for i, a := range x.Args {
		texts[i] = l.expr(a)
	}
	return texts
}

// length writes len and cap.
func (l *lowerer) length(x *ast.CallExpr, name string) string {
	arg := x.Args[0]
	switch t := l.u.Info.TypeOf(arg).Underlying().(type) {
	case *types.Chan:
		return l.kind(name, l.u.Info.TypeOf(arg)) + "(" + l.expr(arg) + ")"
	case *types.Pointer:
		return strconv.FormatInt(t.Elem().Underlying().(*types.Array).Len(), 10)
	}
	return name + "(" + l.text(arg) + ")"
}

// text writes a constant, or what base writes.
func (l *lowerer) text(x ast.Expr) string {
	if l.u.Info.Types[x].Value != nil {
		return l.expr(x)
	}
	return l.base(x)
}

// newCall writes new(T) and new(x).
func (l *lowerer) newCall(x *ast.CallExpr) string {
	t := l.u.Info.TypeOf(x).Underlying().(*types.Pointer).Elem()
	if l.u.Info.Types[x.Args[0]].IsType() {
		return "new(" + l.typeText(t) + ")"
	}
	text := l.value(x.Args[0], t)
	p := l.temp("new(" + l.typeText(t) + ")")
	l.line("*%s = %s", p, text)
	return p
}

func (l *lowerer) appendCall(x *ast.CallExpr, t types.Type) string {
	elem := t.Underlying().(*types.Slice).Elem()
	first := l.expr(x.Args[0])
	if !unnamed(l.u.Info.TypeOf(x.Args[0])) {
		first = l.become(first, l.u.Info.TypeOf(x.Args[0]), t.Underlying())
	}
	args := []string{first}
	for i, a := range x.Args[1:] {
		if !x.Ellipsis.IsValid() {
			text := l.element(a, elem)
			if i > 0 && !token.IsIdentifier(text) && l.u.Info.Types[a].Value == nil { // yaegi reads it when those before it are stored
				text = l.temp(text)
			}
			args = append(args, text)
			continue
		}
		text := l.text(a)
		if _, ok := l.u.Info.TypeOf(a).Underlying().(*types.Basic); ok { // append(bytes, text...)
			text = "[]byte(" + text + ")"
		}
		args = append(args, text+"...")
	}
	return l.become("append("+strings.Join(args, ", ")+")", t.Underlying(), t)
}

func (l *lowerer) makeCall(x *ast.CallExpr, t types.Type) string {
	u := t.Underlying()
	args := []string{l.typeText(u)}
	for _, a := range x.Args[1:] {
		args = append(args, l.stableInt(a))
	}
	switch u.(type) {
	case *types.Slice:
		c := args[len(args)-1]
		l.line("if %s < 0 || %s < %s { gbz_rt.BadMake(%s, %s) }", args[1], c, args[1], args[1], c)
	case *types.Chan:
		if len(args) == 1 {
			args = append(args, "0")
		}
		return l.kind("chan", t) + "(" + args[1] + ")"
	}
	return l.become("make("+strings.Join(args, ", ")+")", u, t)
}

// extreme writes min and max, which yaegi does not know. NaN and the sign of
// zero are those of std's functions, which follow the same rules.
func (l *lowerer) extreme(x *ast.CallExpr, name string, t types.Type) string {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return l.fail("%s of %s", name, t)
	}
	acc := l.next("gbz_t")
	l.line("var %s %s = %s", acc, l.typeText(t), l.value(x.Args[0], t))
	for _, a := range x.Args[1:] {
		v := l.stable(a, t)
		switch {
		case b.Kind() == types.Float64:
			fn := strings.ToUpper(name[:1]) + name[1:]
			l.line("%s = %s(%s.%s(float64(%s), float64(%s)))", acc, l.typeText(t), l.std("math"), fn, acc, v)
		case b.Kind() == types.Float32:
			fn := strings.ToUpper(name[:1]) + name[1:]
			l.line("%s = %s(%s.%s(float64(%s), float64(%s)))", acc, l.typeText(t), l.std("math"), fn, acc, v)
		case name == "min":
			l.line("if %s < %s { %s = %s }", l.basic(t, v), l.basic(t, acc), acc, v)
		default:
			l.line("if %s > %s { %s = %s }", l.basic(t, v), l.basic(t, acc), acc, v)
		}
	}
	return acc
}
