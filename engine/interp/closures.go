package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// A function literal becomes a function of its own, which gets the addresses of
// the local variables it closes over before its parameters. yaegi's literals
// are not used: they share a frame with what is around them, and what a loop
// declares anew is not theirs. Where the literal is a value, compiled code binds
// the addresses.

// closure writes a function literal as a value.
func (l *lowerer) closure(x *ast.FuncLit) string {
	name, caps, catches := l.literalFunc(x, false)
	if catches {
		l.fail("recover in a function literal that is not deferred where it is written")
	}
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
	name, caps, catches := l.literalFunc(lit, false)
	var args []string
	if catches {
		args = append(args, noFrame)
	}
	for _, v := range caps {
		args = append(args, l.local(v))
	}
	if rest := l.interpretedArguments(x, l.u.Info.TypeOf(lit).(*types.Signature)); rest != "" {
		args = append(args, rest)
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// literalFunc writes the function that a literal becomes, and returns its name
// and the variables whose addresses it wants; one that recovers wants a frame
// before them, that of the call which deferred it, and one that tells its line
// elsewhere wants to know where before that.
func (l *lowerer) literalFunc(x *ast.FuncLit, tells bool) (name string, caps []*types.Var, catches bool) {
	catches = plan.Recovers(l.u.Info, x.Body)
	caps = l.captures(x)
	root := l
	if l.cell != nil {
		root = l.cell
	}
	l.isBoxed(nil)
	sub := &lowerer{u: l.u, opt: l.opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: l.imports, units: l.units, funcs: l.funcs, cell: root, boxed: l.boxed, count: l.count}
	var params parameters
	if tells {
		params.add("gbz_l", "*int", linePointer)
		sub.chunk.line = "*gbz_l"
	}
	if catches {
		params.add("gbz_c", wire.FrameType, frameType)
	}
	for _, v := range caps {
		params.add(sub.local(v), "*"+sub.typeText(v.Type()), sub.wireType(types.NewPointer(v.Type())))
	}
	sig := l.u.Info.TypeOf(x).(*types.Signature)
	for i := range sig.Params().Len() {
		sub.param(&params, sig.Params().At(i))
	}
	root.funcs.literals++
	name = fmt.Sprintf("gbz_f_lit%d", root.funcs.literals)
	text := sub.funcBody(name, params, sig, x.Body)
	l.count = sub.count
	root.funcs.texts = append(root.funcs.texts, text)
	return name + nameMark, caps, catches
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
