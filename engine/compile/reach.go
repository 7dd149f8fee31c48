package compile

import (
	"go/ast"
	"go/types"
)

// isDynamic reports whether n is a call that may come back to the function
// around it in ways that its source does not show: of a function value or an
// interface's method, of a library's function that gets a function, an
// interface or a value of a cell's type; or a range over a function.
//
// The code of a function literal inside runs by calls that are such themselves.
func (em *emitter) isDynamic(n ast.Node, inLit bool) bool {
	if inLit {
		return false
	}
	switch n := n.(type) {
	case *ast.RangeStmt:
		t := em.u.Info.TypeOf(n.X)
		if t == nil {
			return false
		}
		_, ok := t.Underlying().(*types.Signature)
		return ok || isTypeParam(t)
	case *ast.CallExpr:
		return em.dynamicCall(n)
	}
	return false
}

func (em *emitter) dynamicCall(call *ast.CallExpr) bool {
	tv := em.u.Info.Types[call.Fun]
	if tv.IsType() || tv.IsBuiltin() || tv.Type == nil {
		return false
	}
	fn := em.callee(call.Fun)
	if fn == nil {
		_, now := ast.Unparen(call.Fun).(*ast.FuncLit)
		return !now
	}
	sig := fn.Signature()
	if sig.Recv() != nil && types.IsInterface(sig.Recv().Type()) {
		return true
	}
	if fn.Pkg() == nil || fn.Pkg() == em.u.Pkg || fn.Pkg().Path() == "main" {
		return false // what it does is checked in its own place
	}
	for _, a := range call.Args {
		switch t := em.u.Info.TypeOf(a).(type) {
		case *types.Signature:
			return true
		case *types.Named:
			if t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == "main" {
				return true
			}
		case *types.Pointer:
			if nt, ok := t.Elem().(*types.Named); ok && nt.Obj().Pkg() != nil && nt.Obj().Pkg().Path() == "main" {
				return true
			}
		case *types.Interface, *types.TypeParam:
			return true
		}
	}
	return false
}

// callee returns the function that a call names, nil for a function value.
func (em *emitter) callee(fun ast.Expr) *types.Func {
	fun = ast.Unparen(fun)
	switch ix := fun.(type) {
	case *ast.IndexExpr:
		fun = ix.X
	case *ast.IndexListExpr:
		fun = ix.X
	}
	switch f := fun.(type) {
	case *ast.Ident:
		fn, _ := em.u.Info.Uses[f].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := em.u.Info.Uses[f.Sel].(*types.Func)
		return fn
	}
	return nil
}

// reachesBack reports whether n names a function that can reach self, as far as
// one can see; known remembers the answers.
func (em *emitter) reachesBack(n ast.Node, self types.Object, known map[types.Object]bool) bool {
	id, ok := n.(*ast.Ident)
	if !ok || self == nil {
		return false
	}
	fn, ok := em.u.Info.Uses[id].(*types.Func)
	if !ok {
		return false
	}
	fn = fn.Origin()
	if _, ok := known[fn]; !ok {
		known[fn] = fn == self || em.reachesFrom(fn, self, map[types.Object]bool{fn: true})
	}
	return known[fn]
}

// reachesFrom reports whether fn can reach self by what it names.
func (em *emitter) reachesFrom(fn *types.Func, self types.Object, seen map[types.Object]bool) bool {
	if fd := em.declOf(fn); fd != nil && fd.Body != nil {
		return em.reaches(fd, self, seen)
	}
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type()) && em.implements(self, fn) // a dynamic call may come back
}

func (em *emitter) reaches(fd *ast.FuncDecl, self types.Object, seen map[types.Object]bool) bool {
	found := false
	ast.Inspect(fd.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		fn, ok := em.u.Info.Uses[id].(*types.Func)
		if !ok {
			return true
		}
		fn = fn.Origin()
		if fn == self {
			found = true
			return false
		}
		if seen[fn] {
			return true
		}
		seen[fn] = true
		found = em.reachesFrom(fn, self, seen)
		return !found
	})
	return found
}

// implements reports whether self could be what a call of an interface's
// method fn reaches.
func (em *emitter) implements(self types.Object, fn *types.Func) bool {
	m, ok := self.(*types.Func)
	return ok && m.Signature().Recv() != nil && m.Name() == fn.Name()
}

func (em *emitter) declOf(fn *types.Func) *ast.FuncDecl {
	if fn.Pkg() != em.u.Pkg {
		return nil
	}
	for _, d := range em.u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && em.u.Info.Defs[fd.Name] == types.Object(fn) {
			return fd
		}
	}
	return nil
}
