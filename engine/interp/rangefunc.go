package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// The body of a range over a function becomes a function of its own, as that of
// a literal does, and compiled code ranges: what a function that calls its yield
// at the wrong time panics with is the runtime's. Where the body leaves more
// than the loop it says so by a code, which is looked at behind the loop.

// An around is what the body of a range over a function knows of the function
// it stands in.
type around struct {
	code  string            // the pointer to the code
	slots []string          // pointers to the function's results
	jumps []*ast.BranchStmt // what the codes from 1 on stand for
}

// codeReturn says that the function around returns.
const codeReturn = -1

// bodyLiteral is the body of a range over a function as a function literal.
func bodyLiteral(s *ast.RangeStmt) *ast.FuncLit {
	return &ast.FuncLit{Type: &ast.FuncType{Func: s.For, Params: &ast.FieldList{}}, Body: s.Body}
}

// rangesFunc returns the signature that a statement ranges over.
func rangesFunc(info *types.Info, n ast.Node) (*ast.RangeStmt, *types.Signature) {
	s, ok := n.(*ast.RangeStmt)
	if !ok || info.TypeOf(s.X) == nil {
		return nil, nil
	}
	sig, _ := info.TypeOf(s.X).Underlying().(*types.Signature)
	return s, sig
}

func (l *lowerer) rangeFunc(s *ast.RangeStmt, sig *types.Signature) {
	seq := l.temp(l.expr(s.X))
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	a := &around{code: l.temp("new(int)")}
	name, extra := l.rangeBody(s, yield, a)
	h := wire.Helper{Kind: "bind", Types: append([]wire.Type{l.wireType(yield)}, extra.types...)}
	body := l.temp(l.helper(h) + "(" + strings.Join(append([]string{name}, extra.names...), ", ") + ")")
	l.line("%s(%s, %s)", l.kind("rangefunc", l.u.Info.TypeOf(s.X), yield), seq, body)
	if l.results != nil || l.around != nil {
		l.line("if *%s == %d {", a.code, codeReturn)
		l.returnBehind(a)
		l.line("}")
	}
	for i, j := range a.jumps {
		l.line("if *%s == %d {", a.code, i+1)
		l.branch(j)
		l.line("}")
	}
}

// rangeBody writes the body's function, and returns its name and what is bound
// to it.
func (l *lowerer) rangeBody(s *ast.RangeStmt, yield *types.Signature, a *around) (name string, bound parameters) {
	root := l
	if l.cell != nil {
		root = l.cell
	}
	l.isBoxed(nil)
	sub := &lowerer{u: l.u, opt: l.opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: l.imports, units: l.units, funcs: l.funcs, cell: root, boxed: l.boxed, count: l.count, results: l.results, around: a}
	var params parameters
	pass := func(outer, inner, text string, t wire.Type) {
		bound.add(outer, text, t)
		params.add(inner, text, t)
	}
	if l.chunk.line != "" {
		pass(strings.TrimPrefix(l.chunk.line, "*"), "gbz_l", "*int", linePointer)
		sub.chunk.line = "*gbz_l"
	}
	if sub.framed = l.framed; l.framed {
		pass(frameVar, frameVar, wire.FrameType, frameType)
	}
	pass(a.code, a.code, "*int", linePointer)
	caps := l.captures(bodyLiteral(s))
	if l.results != nil {
		caps = l.slotsOf(a, sub, caps, pass)
		sub.count = max(sub.count, l.count) // the body's names are others than the slots'
	}
	for _, v := range caps {
		pass(l.local(v), sub.local(v), "*"+sub.typeText(v.Type()), sub.wireType(types.NewPointer(v.Type())))
	}
	for i, x := range []ast.Expr{s.Key, s.Value}[:yield.Params().Len()] {
		v := types.NewVar(token.NoPos, nil, "_", yield.Params().At(i).Type())
		if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
			v = l.u.Info.Defs[id].(*types.Var)
		}
		sub.param(&params, v)
	}
	sub.targets = []*target{{stmt: s, label: l.labelled[s], loop: true, body: true}}
	sub.stopCheck()
	sub.block(s.Body.List)
	sub.line("return true")
	root.funcs.literals++
	name = fmt.Sprintf("gbz_f_lit%d", root.funcs.literals)
	l.count = sub.count
	root.funcs.texts = append(root.funcs.texts, sub.funcText(name, params.texts, []string{"bool"}))
	return name + nameMark, bound
}

// slotsOf gives the body pointers to the results of the function around it:
// named ones are captured.
func (l *lowerer) slotsOf(a *around, sub *lowerer, caps []*types.Var, pass func(outer, inner, text string, t wire.Type)) []*types.Var {
	for i := range l.results.Len() {
		r := l.results.At(i)
		if r.Name() != "" && r.Name() != "_" {
			if !slices.Contains(caps, r) {
				caps = append(caps, r)
			}
			a.slots = append(a.slots, sub.local(r))
			continue
		}
		text := l.typeText(r.Type())
		outer := ""
		switch {
		case l.around != nil:
			outer = l.around.slots[i]
		case l.deferring != nil:
			outer = l.deferring[i]
		default:
			outer = l.temp("new(" + text + ")")
		}
		pass(outer, outer, "*"+text, l.wireType(types.NewPointer(r.Type())))
		a.slots = append(a.slots, outer)
	}
	return caps
}

// returnAround leaves the function around a body.
func (l *lowerer) returnAround(values []string) {
	for i, v := range values {
		values[i] = l.held(v)
	}
	for i, v := range values {
		l.store("*"+l.around.slots[i], v, l.results.At(i).Type())
	}
	l.line("*%s = %d\nreturn false", l.around.code, codeReturn)
}

// returnBehind returns, behind a loop whose body has returned.
func (l *lowerer) returnBehind(a *around) {
	switch {
	case l.around != nil:
		l.line("*%s = %d\nreturn false", l.around.code, codeReturn)
	case l.deferring != nil || l.results.Len() == 0:
		l.line("return")
	default:
		values := make([]string, l.results.Len())
		for i := range values {
			if r := l.results.At(i); r.Name() != "" && r.Name() != "_" {
				values[i] = "(*" + l.local(r) + ")"
			} else {
				values[i] = "(*" + a.slots[i] + ")"
			}
		}
		l.line("return %s", strings.Join(values, ", "))
	}
}

// branchAround writes a jump from a body to what is around its loop.
func (l *lowerer) branchAround(s *ast.BranchStmt) {
	l.around.jumps = append(l.around.jumps, s)
	l.line("*%s = %d\nreturn false", l.around.code, len(l.around.jumps))
}
