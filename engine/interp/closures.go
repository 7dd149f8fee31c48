package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
)

// A function literal becomes a function of its own, which gets the addresses of
// the local variables it closes over before its parameters. yaegi's literals
// are not used: they share a frame with what is around them, and what a loop
// declares anew is not theirs. Where the literal is a value, compiled code binds
// the addresses.

// closure writes a function literal as a value.
func (l *lowerer) closure(x *ast.FuncLit) string {
	name, caps := l.literalFunc(x)
	ts := []types.Type{l.u.Info.TypeOf(x)}
	args := []string{name}
	for _, v := range caps {
		ts = append(ts, types.NewPointer(v.Type()))
		args = append(args, l.local(v))
	}
	return l.temp(l.kind("bind", ts...) + "(" + strings.Join(args, ", ") + ")")
}

// callLiteral writes the call of a function literal.
func (l *lowerer) callLiteral(x *ast.CallExpr, lit *ast.FuncLit) string {
	name, caps := l.literalFunc(lit)
	var args []string
	for _, v := range caps {
		args = append(args, l.local(v))
	}
	if rest := l.interpretedArguments(x, l.u.Info.TypeOf(lit).(*types.Signature)); rest != "" {
		args = append(args, rest)
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// literalFunc writes the function that a literal becomes, and returns its name
// and the variables whose addresses it wants.
func (l *lowerer) literalFunc(x *ast.FuncLit) (name string, caps []*types.Var) {
	caps = l.captures(x)
	root := l
	if l.cell != nil {
		root = l.cell
	}
	l.isBoxed(nil)
	sub := &lowerer{u: l.u, opt: l.opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: l.imports, units: l.units, funcs: l.funcs, cell: root, boxed: l.boxed, count: l.count}
	var params []string
	for _, v := range caps {
		params = append(params, sub.local(v)+" *"+sub.typeText(v.Type()))
	}
	sig := l.u.Info.TypeOf(x).(*types.Signature)
	params = append(params, sub.params(sig)...)
	sub.results = sig.Results()
	sub.namedResults(sig)
	sub.stopCheck()
	sub.block(x.Body.List)
	var results []string
	for i := range sig.Results().Len() {
		results = append(results, sub.typeText(sig.Results().At(i).Type()))
	}
	if len(results) > 0 {
		sub.line(`panic("unreachable")`)
	}
	l.count = sub.count
	root.funcs.literals++
	name = fmt.Sprintf("gbz_f_lit%d%s", root.funcs.literals, nameMark)
	text := fmt.Sprintf("func %s(%s) (%s) {\n%s%s}\n", name, strings.Join(params, ", "), strings.Join(results, ", "), sub.slots(), sub.b.String())
	root.funcs.texts = append(root.funcs.texts, text)
	return name, caps
}

// params writes the parameters of a function whose body follows; those whose
// address is needed move into storage of their own.
func (l *lowerer) params(sig *types.Signature) []string {
	var params []string
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		name := "_"
		if p.Name() != "" && p.Name() != "_" {
			if name = l.local(p); l.isBoxed(p) {
				name += "_in"
				l.line("%s := new(%s)", l.local(p), l.typeText(p.Type()))
				l.store("*"+l.local(p), name, p.Type())
			}
		}
		params = append(params, name+" "+l.typeText(p.Type()))
	}
	return params
}

// captures returns the local variables of what is around a literal that it
// uses.
func (l *lowerer) captures(x *ast.FuncLit) []*types.Var {
	seen := map[*types.Var]bool{}
	var list []*types.Var
	ast.Inspect(x.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := l.u.Info.Uses[id].(*types.Var)
		if !ok || v.IsField() || seen[v] || x.Pos() <= v.Pos() && v.Pos() < x.End() {
			return true
		}
		if _, session := plan.SessionVar(l.u, v); !session && v.Pkg() != nil && v.Pkg().Path() == "main" {
			seen[v] = true
			list = append(list, v)
		}
		return true
	})
	sort.Slice(list, func(i, j int) bool { return list[i].Pos() < list[j].Pos() })
	return list
}
