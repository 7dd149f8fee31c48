package compile

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// descent returns the condition under which a recursive function must check,
// "" when it always must. A function that calls itself only with a smaller n,
// fib(n-1) + fib(n-2), and else does what is short, makes few calls as long as
// n is small: two calls each make at most 2²¹ while n is within 0 and 20,
// however it ends. So it checks outside of that.
func (em *emitter) descent(fd *ast.FuncDecl) string {
	self, ok := em.u.Info.Defs[fd.Name].(*types.Func)
	if !ok || self.Signature().TypeParams() != nil || self.Signature().RecvTypeParams() != nil || self.Signature().Variadic() {
		return ""
	}
	calls, ok := em.callsOf(fd, self)
	if !ok {
		return ""
	}
	for i := range self.Signature().Params().Len() {
		v := self.Signature().Params().At(i)
		if em.decreases(v, i, calls) {
			return em.smallFor(fd, self, v, len(calls))
		}
	}
	return ""
}

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

// smallFor returns the condition for a function that makes so many calls.
func (em *emitter) smallFor(fd *ast.FuncDecl, self *types.Func, v *types.Var, calls int) string {
	st := em.newStretch()
	st.self = self
	if !st.stmt(fd.Body) || st.names[v] {
		return ""
	}
	top, most := 0, 4096 // of a stack's depth
	bits, signed := width(v.Type())
	if bits < 16 {
		most = 1<<(bits-1) - 1
	}
	for all := calls * calls; top < most && all <= em.work()/(st.cost+1); all = max(all*calls, all+1) {
		top++
	}
	if top < 2 {
		return ""
	}
	if !signed {
		return fmt.Sprintf("%s > %d && ", v.Name(), top)
	}
	return fmt.Sprintf("(%s < 0 || %s > %d) && ", v.Name(), v.Name(), top)
}
