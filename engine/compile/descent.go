package compile

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/rt/stack"
)

// A descent is a parameter of a function that calls itself only with less for
// it, fib(n-1) + fib(n-2), and else does what is short. It makes few calls as
// long as n is small: two calls each make at most 2²¹ while n is within 0 and
// 20, however it ends. So it needs no check from 0 to top.
type descent struct {
	n      string
	top    int
	signed bool
	bits   int // at least
}

// within is the condition under which the function needs no check.
func (d descent) within() string {
	if !d.signed {
		return fmt.Sprintf("%s <= %d", d.n, d.top)
	}
	return fmt.Sprintf("%s >= 0 && %s <= %d", d.n, d.n, d.top)
}

// descentOf returns a function's descent, nil when there is none.
func (em *emitter) descentOf(fd *ast.FuncDecl) *descent {
	self, ok := em.u.Info.Defs[fd.Name].(*types.Func)
	if !ok {
		return nil
	}
	sig := self.Signature()
	if sig.TypeParams() != nil || sig.RecvTypeParams() != nil || sig.Variadic() {
		return nil
	}
	calls, ok := em.callsOf(fd, self)
	if !ok {
		return nil
	}
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		if em.decreases(v, i, calls) {
			return em.smallFor(fd, self, v, len(calls))
		}
	}
	return nil
}

// descentCheck writes the checks of a function with a descent.
//
// A check costs more than its instructions: one that is jumped over makes of
// fib(27) 1.09 times what it is without. So the function gets a second version
// for small n, which calls itself:
//
//	func fib(n int) int { if n >= 0 && n <= 18 { return gbz_short_fib(n) }; … }
//
// That one checks when n is below 0, which the compiler mostly knows that it is
// not: the end of the recursion was looked for before. That n would pass the
// least value and be great again takes 2³¹ nested calls, for which there is no
// stack.
func (em *emitter) descentCheck(fd *ast.FuncDecl, d *descent, risky riskyFunc) {
	switch {
	case em.short != nil:
		em.entryCheck(fd.Body, risky, d.n+" < 0 && ")
	case em.shortVersion(fd, d):
		em.entryCheck(fd.Body, risky, "")
	default:
		em.entryCheck(fd.Body, risky, "!("+d.within()+") && ")
	}
}

// shortVersion writes a function's version for small n and its call, and
// reports whether it could.
func (em *emitter) shortVersion(fd *ast.FuncDecl, d *descent) bool {
	self := em.u.Info.Defs[fd.Name].(*types.Func)
	if !d.signed || d.bits < 32 || fd.Recv != nil {
		return false
	}
	var args []string
	for p := range self.Signature().Params().Variables() {
		if p.Name() == "" || p.Name() == "_" {
			return false
		}
		args = append(args, p.Name())
	}
	sub := em.aside()
	sub.short = self
	text := sub.textOf(fd)
	em.join(sub)
	em.decls = append(em.decls, em.at(fd)+text)
	call := shortName(self) + "(" + strings.Join(args, ", ") + ")"
	if self.Signature().Results().Len() > 0 {
		call = "return " + call
	} else {
		call += "; return"
	}
	// The call's position is none of the cell's: it shows in no stack.
	after := em.u.Fset.Position(fd.Body.Lbrace + 1)
	em.e.open(em.u.Offset(fd.Body.Lbrace)+1, fmt.Sprintf("/*line /goblaze/generated:1:1*/ if %s { %s }; /*line %s:%d:%d*/", d.within(), call, after.Filename, after.Line, after.Column))
	return true
}

func shortName(f *types.Func) string { return stack.ShortPrefix + f.Name() }

// callsOf returns the calls a function makes of itself, ok false when it uses
// itself in other ways. Those in a loop don't add up: it has checks.
func (em *emitter) callsOf(fd *ast.FuncDecl, self *types.Func) (calls []*ast.CallExpr, ok bool) {
	named := 0
	ast.Inspect(fd.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if em.callee(n.Fun) == self {
				calls = append(calls, n)
			}
		case *ast.Ident:
			if em.u.Info.Uses[n] == types.Object(self) {
				named++
			}
		}
		return true
	})
	return calls, named == len(calls) && named > 0
}

// decreases reports whether every call passes less than v for v, an integer,
// the parameter with index i.
func (em *emitter) decreases(v *types.Var, i int, calls []*ast.CallExpr) bool {
	b, ok := v.Type().Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 || isTypeParam(v.Type()) || em.shared(v) || v.Name() == "" || v.Name() == "_" {
		return false
	}
	for _, c := range calls {
		if len(c.Args) <= i {
			return false
		}
		x, ok := ast.Unparen(c.Args[i]).(*ast.BinaryExpr)
		if !ok || x.Op != token.SUB || !em.names(x.X, v) {
			return false
		}
		if d := em.constant(x.Y); d == nil || constant.Sign(d) <= 0 {
			return false
		}
	}
	return true
}

// smallFor returns the descent by v of a function that calls itself so often,
// nil when it is none.
func (em *emitter) smallFor(fd *ast.FuncDecl, self *types.Func, v *types.Var, calls int) *descent {
	st := em.newStretch()
	st.self = self
	if !st.stmt(fd.Body) || st.names[v] {
		return nil
	}
	d := &descent{n: v.Name()}
	d.bits, d.signed = width(v.Type())
	most := 4096 // of a stack's depth
	if d.bits < 16 {
		most = 1<<(d.bits-1) - 1
	}
	for all := calls * calls; d.top < most && all <= em.work()/(st.cost+1); all = max(all*calls, all+1) {
		d.top++
	}
	if d.top < 2 {
		return nil
	}
	return d
}
