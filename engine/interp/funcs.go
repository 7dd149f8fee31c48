package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"hash/fnv"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// functions are the interpreted functions that statements call, with those
// these call.
type functions struct {
	written map[types.Object]string // by function; "" while it waits
	wanted  []types.Object
	// lines says that functions are told where to tell their line, because
	// several workers call them; parallel that one of them holds such a loop.
	lines, parallel bool
	callbacks       bool     // compiled code is given interpreted functions
	texts           []string // of function literals
	literals        int
}

// nameMark stands in function names for a hash of all the functions' text: a
// function declared again is another one, and so are those that call it.
const nameMark = "@@"

// interpreted names an interpreted function, to be called.
func (l *lowerer) interpreted(fn types.Object) string {
	if _, ok := l.funcs.written[fn]; !ok {
		l.funcs.written[fn] = ""
		l.funcs.wanted = append(l.funcs.wanted, fn)
	}
	return "gbz_f_" + fn.Name() + nameMark
}

// functions writes the functions that are called, and puts their final names
// into the statements.
func (l *lowerer) functions() {
	for len(l.funcs.wanted) > 0 {
		fn := l.funcs.wanted[0]
		l.funcs.wanted = l.funcs.wanted[1:]
		l.funcs.written[fn] = l.function1(fn)
	}
	if len(l.funcs.written)+len(l.funcs.texts) == 0 {
		return
	}
	texts := l.funcs.texts
	for _, text := range l.funcs.written {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	all := strings.Join(texts, "")
	h := fnv.New64a()
	h.Write([]byte(all))
	suffix := fmt.Sprintf("_%x", h.Sum64())
	l.out.Functions = strings.ReplaceAll(all, nameMark, suffix)
	l.out.Body = strings.ReplaceAll(l.out.Body, nameMark, suffix)
}

// function1 writes one function.
func (l *lowerer) function1(obj types.Object) string {
	f, ok := l.opt.Func(obj)
	if !ok {
		l.fail("a call of %s, which is not interpreted", obj.Name())
	}
	return l.functionText("gbz_f_"+obj.Name(), f, obj.Type().(*types.Signature))
}

// functionText writes a function, or a method, whose receiver is then its first
// parameter.
func (l *lowerer) functionText(name string, f Function, sig *types.Signature) string {
	sub := &lowerer{u: f.Unit, opt: l.opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: l.imports, units: l.units, funcs: l.funcs, cell: l, parallel: plan.Parallel(f.Unit)}
	l.funcs.parallel = l.funcs.parallel || sub.parallel
	if own, ok := f.Unit.Info.Defs[f.Decl.Name].(*types.Func); ok {
		sig = own.Signature()
	}
	var params parameters
	if l.funcs.lines {
		params.add("gbz_l", "*int", linePointer)
		sub.chunk.line = "*gbz_l"
	}
	if plan.Recovers(f.Unit.Info, f.Decl.Body) {
		params.add("gbz_c", wire.FrameType, frameType)
	}
	if sig.Recv() != nil {
		sub.param(&params, sig.Recv())
	}
	for i := range sig.Params().Len() {
		sub.param(&params, sig.Params().At(i))
	}
	return sub.funcBody(name, params, sig, f.Decl.Body)
}

// A parameters is a list of parameters: as text, and as the engine's types.
type parameters struct {
	names, texts []string
	types        []wire.Type
}

func (p *parameters) add(name, text string, t wire.Type) {
	p.names, p.texts, p.types = append(p.names, name), append(p.texts, name+" "+text), append(p.types, t)
}

// funcBody writes a function whose parameters are given.
func (l *lowerer) funcBody(name string, params parameters, sig *types.Signature, body *ast.BlockStmt) string {
	l.results = sig.Results()
	if plan.Defers(body) {
		return l.deferringBody(name, params, sig, body)
	}
	l.namedResults(sig)
	l.stopCheck()
	l.block(body.List)
	results := l.typeTexts(sig.Results())
	if len(results) > 0 {
		l.unreachable(body)
	}
	return l.funcText(name, params.texts, results)
}

// unreachable ends a function with results whose last statement returns in no way
// that yaegi knows.
func (l *lowerer) unreachable(body *ast.BlockStmt) {
	if n := len(body.List); n > 0 {
		if _, ok := body.List[n-1].(*ast.ReturnStmt); ok {
			return
		}
	}
	l.line(`panic("unreachable")`)
}

// funcText writes a function around the lines so far.
func (l *lowerer) funcText(name string, params, results []string) string {
	return fmt.Sprintf("func %s%s(%s) (%s) {\n%s%s}\n", name, nameMark, strings.Join(params, ", "), strings.Join(results, ", "), l.slots(), l.b.String())
}

func (l *lowerer) typeTexts(list *types.Tuple) []string {
	var texts []string
	for i := range list.Len() {
		texts = append(texts, l.typeText(list.At(i).Type()))
	}
	return texts
}

// param writes a parameter; one whose address is taken moves into storage of
// its own. A variadic one is a slice, which those who call make.
func (l *lowerer) param(params *parameters, p *types.Var) {
	name := "_"
	if p.Name() != "" && p.Name() != "_" {
		name = l.local(p)
		boxed := l.isBoxed(p)
		if boxed {
			name += "_in"
		}
		l.signed(name, p.Type())
		if boxed {
			l.line("%s := new(%s)", l.local(p), l.typeText(p.Type()))
			l.store("*"+l.local(p), name, p.Type())
		}
	}
	params.add(name, l.typeText(p.Type()), l.wireType(p.Type()))
}

// callsInterpreted reports whether a call is one of an interpreted function by
// its name.
func (l *lowerer) callsInterpreted(fun ast.Expr) bool {
	fn := l.calledFunc(fun)
	return fn != nil && fn.Signature().Recv() == nil && fn.Pkg() != nil && fn.Pkg().Path() == "main" && l.opt.World.Interprets(fn)
}

// interpretedArguments writes the arguments of an interpreted function, each of
// its parameter's own type.
func (l *lowerer) interpretedArguments(x *ast.CallExpr, sig *types.Signature) string {
	var texts []string
	var from []types.Type
	if t, ok := l.tupleArgument(x); ok {
		for i, name := range strings.Split(l.spread(x.Args[0], t), ", ") {
			texts, from = append(texts, name), append(from, t.At(i).Type())
		}
	} else {
		for i, a := range x.Args {
			t := paramType(sig, i, x.Ellipsis.IsValid())
			texts = append(texts, l.value(a, t))
			from = append(from, t)
		}
	}
	for i := range texts {
		t := paramType(sig, i, x.Ellipsis.IsValid())
		texts[i] = l.become(texts[i], from[i], t)
		if i >= len(x.Args) || l.u.Info.Types[x.Args[i]].Value == nil { // no constant is -0.0
			if fixed := sig.Params().Len(); !sig.Variadic() || i < fixed-1 {
				texts[i] = l.keepSign(texts[i], t)
			}
		}
	}
	if !sig.Variadic() || x.Ellipsis.IsValid() {
		return strings.Join(texts, ", ")
	}
	n := sig.Params().Len() - 1
	return strings.Join(append(texts[:n:n], l.packed(texts[n:], sig.Params().At(n).Type().(*types.Slice))), ", ")
}

func (l *lowerer) tupleArgument(x *ast.CallExpr) (*types.Tuple, bool) {
	if len(x.Args) != 1 {
		return nil, false
	}
	t, ok := l.u.Info.TypeOf(x.Args[0]).(*types.Tuple)
	return t, ok
}

// packed writes the slice of a variadic parameter.
func (l *lowerer) packed(values []string, t *types.Slice) string {
	if len(values) == 0 {
		return l.null(t)
	}
	if isAny(t.Elem()) {
		return "gbz_rt.Anys(" + strings.Join(values, ", ") + ")"
	}
	for i, v := range values {
		values[i] = l.inLiteral(v)
	}
	return l.typeText(t) + "{" + strings.Join(values, ", ") + "}"
}

// namedResults declares a function's named results.
func (l *lowerer) namedResults(sig *types.Signature) {
	for i := range sig.Results().Len() {
		if r := sig.Results().At(i); r.Name() != "" && r.Name() != "_" {
			l.variable(r, "")
		}
	}
}

// bare names an interpreted function that is told nothing beside its arguments.
func (l *lowerer) bare(fn *types.Func) string {
	if f, ok := l.opt.Func(fn); ok && plan.Recovers(f.Unit.Info, f.Decl.Body) {
		l.fail("%s, which calls recover, as a value", fn.Name())
	}
	name := l.function(fn)
	if !l.tellsLine(fn) {
		return name
	}
	sig := fn.Signature()
	var params, args []string
	var before strings.Builder
	for i := range sig.Params().Len() {
		p := l.next("gbz_t")
		params, args = append(params, p+" "+l.typeText(sig.Params().At(i).Type())), append(args, p)
		l.keptSign(&before, p, sig.Params().At(i).Type())
	}
	var results []string
	for i := range sig.Results().Len() {
		results = append(results, l.typeText(sig.Results().At(i).Type()))
	}
	root := l
	if l.cell != nil {
		root = l.cell
	}
	root.funcs.literals++
	own := fmt.Sprintf("gbz_f_bare%d%s", root.funcs.literals, nameMark)
	call := name + "(" + strings.Join(append([]string{"&" + wire.LineVar}, args...), ", ") + ")"
	if len(results) > 0 {
		call = "return " + call
	}
	root.funcs.texts = append(root.funcs.texts, fmt.Sprintf("func %s(%s) (%s) {\n%s%s\n}\n", own, strings.Join(params, ", "), strings.Join(results, ", "), before.String(), call))
	return own
}

// bareReturn writes a return of the named results as they are.
func (l *lowerer) bareReturn() {
	if l.around != nil {
		l.returnAround(nil)
		return
	}
	if l.deferring != nil {
		l.line("return")
		return
	}
	names := make([]string, l.results.Len())
	for i := range names {
		r := l.results.At(i)
		switch {
		case r.Name() == "_":
			names[i] = l.zero(r.Type())
		case l.isBoxed(r):
			names[i] = "(*" + l.local(r) + ")"
		default:
			names[i] = l.local(r)
		}
	}
	l.line("return %s", strings.Join(names, ", "))
}

// zero writes the zero value of a type.
func (l *lowerer) zero(t types.Type) string {
	name := l.next("gbz_t")
	l.line("var %s %s", name, l.typeText(t))
	return name
}

// namedReturn keeps what is returned in the named results too, where function
// literals may see them afterwards.
func (l *lowerer) namedReturn(values []string) []string {
	shared := false
	for i := range l.results.Len() {
		r := l.results.At(i)
		shared = shared || r.Name() != "" && r.Name() != "_" && l.isBoxed(r)
	}
	if !shared {
		return values
	}
	for i, v := range values {
		values[i] = l.held(v)
	}
	for i, v := range values {
		if r := l.results.At(i); r.Name() != "_" && l.isBoxed(r) {
			l.store("*"+l.local(r), v, r.Type())
		}
	}
	return values
}
