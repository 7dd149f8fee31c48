package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"hash/fnv"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
)

// functions are the interpreted functions that statements call, with those
// these call.
type functions struct {
	written map[types.Object]string // by function; "" while it waits
	wanted  []types.Object
	// lines says that functions are told where to tell their line, because
	// several workers call them; parallel that one of them holds such a loop.
	lines, parallel bool
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
	sub := &lowerer{u: f.Unit, opt: l.opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: l.imports, units: l.units, funcs: l.funcs, cell: l, parallel: plan.Parallel(f.Unit)}
	l.funcs.parallel = l.funcs.parallel || sub.parallel
	sig := obj.Type().(*types.Signature)
	if own, ok := f.Unit.Info.Defs[f.Decl.Name].(*types.Func); ok {
		sig = own.Signature()
	}
	var params, results []string
	if l.funcs.lines {
		params = append(params, "gbz_l *int")
		sub.chunk.line = "*gbz_l"
	}
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		name := "_"
		if p.Name() != "" && p.Name() != "_" {
			if name = sub.local(p); sub.isBoxed(p) { // the parameter moves into storage of its own
				name += "_in"
				sub.line("%s := new(%s)\n*%s = %s", sub.local(p), sub.typeText(p.Type()), sub.local(p), name)
			}
		}
		params = append(params, name+" "+sub.typeText(p.Type()))
	}
	for i := range sig.Results().Len() {
		results = append(results, sub.typeText(sig.Results().At(i).Type()))
	}
	sub.results = sig.Results()
	sub.line("%s", stopCheck)
	sub.block(f.Decl.Body.List)
	if len(results) > 0 {
		sub.line(`panic("unreachable")`)
	}
	return fmt.Sprintf("func gbz_f_%s%s(%s) (%s) {\n%s%s}\n", obj.Name(), nameMark, strings.Join(params, ", "), strings.Join(results, ", "), sub.slots(), sub.b.String())
}
