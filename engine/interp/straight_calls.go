package interp

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// call writes a call: of no, one or several values.
func (s *straight) call(x *ast.CallExpr) {
	fun := ast.Unparen(x.Fun)
	tv := s.u.Info.Types[fun]
	switch {
	case tv.IsType():
		s.conversion(x)
		return
	case tv.IsBuiltin():
		s.builtin(x, fun.(*ast.Ident).Name)
		return
	}
	if _, ok := plan.MapCallOf(s.u.Info, x); ok {
		s.l.fail("a call of Map")
	}
	sig := tv.Type.Underlying().(*types.Signature)
	if len(x.Args) == 1 {
		if _, ok := s.u.Info.TypeOf(x.Args[0]).(*types.Tuple); ok {
			s.Op(wire.CodeSpread)
			s.callee(fun)
			s.several(x.Args[0])
			return
		}
	}
	s.Op(wire.CodeCall)
	s.callee(fun)
	s.flag(x.Ellipsis.IsValid())
	s.Int(int64(len(x.Args)))
	for i, a := range x.Args {
		s.value(a, paramType(sig, i, x.Ellipsis.IsValid()))
	}
}

// callee writes what is called: a compiled function or method by its name, an
// instance of a generic one, or a function value.
func (s *straight) callee(fun ast.Expr) {
	if f, ok := fun.(*ast.SelectorExpr); ok {
		if sel := s.u.Info.Selections[f]; sel != nil && sel.Kind() == types.MethodVal {
			s.method(f, sel)
			return
		}
	}
	if !s.function(fun) {
		s.expr(fun)
	}
}

// function writes a function that an expression names, and reports whether it
// names one.
func (s *straight) function(x ast.Expr) bool {
	if id, fn := plan.InstanceOf(s.u.Info, x); fn != nil {
		s.instance(fn, s.u.Info.Instances[id])
		return true
	}
	id := named(x)
	if id == nil {
		return false
	}
	fn, ok := s.u.Info.Uses[id].(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return false
	}
	if fn.Pkg().Path() != "main" {
		s.name(wire.CodeStd, fn.Pkg().Path(), fn.Name())
		return true
	}
	path, ok := s.l.opt.World.Home(fn)
	switch {
	case !ok || s.l.opt.World.Interprets(fn):
		s.l.fail("the function %s, which is interpreted", fn.Name())
	case path == plan.DisplayPath: // the predeclared Display
		s.name(wire.CodeStd, path, fn.Name())
	default:
		s.l.units[path] = true
		s.name(wire.CodeUnit, path, fn.Name())
	}
	return true
}

// instance writes an instance of a generic function.
func (s *straight) instance(fn *types.Func, inst types.Instance) {
	if fn.Pkg().Path() == "main" {
		path, key := s.l.compiled(fn, inst.TypeArgs)
		s.name(wire.CodeUnit, path, key)
		return
	}
	s.helper(wire.Helper{Kind: "std", Text: fn.FullName()}, inst.Type)
}

// helper writes a function that the engine makes.
func (s *straight) helper(h wire.Helper, ts ...types.Type) {
	_, name, _ := strings.Cut(s.l.helper(h, ts...), ".")
	s.Op(wire.CodeHelper)
	s.Text(name)
}

// functionValue writes a function that is used as a value, if an expression
// names one: a library's that may wait gets a check, since compiled code may
// call it.
func (s *straight) functionValue(x ast.Expr) bool {
	id := named(x)
	if id == nil {
		return false
	}
	fn, ok := s.u.Info.Uses[id].(*types.Func)
	if !ok {
		return false
	}
	if fn.Signature().Recv() != nil || fn.Signature().TypeParams().Len() > 0 || check.Waits(fn) {
		s.l.fail("%s as a value", fn.Name())
	}
	return s.function(x)
}

// method writes a method with its receiver; methods of cells are exported in
// compiled code.
func (s *straight) method(f *ast.SelectorExpr, sel *types.Selection) {
	fn := sel.Obj().(*types.Func)
	if _, stood := check.StandIns[fn.FullName()]; stood || sel.Kind() != types.MethodVal || fn.FullName() == "(*sync.WaitGroup).Go" {
		s.l.fail("a call of %s", fn.FullName())
	}
	name, recv, path := methodOf(sel)
	ptr, isPtr := recv.Underlying().(*types.Pointer)
	_, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer)
	s.Op(wire.CodeMethod)
	switch {
	case types.IsInterface(recv), isPtr == wantsPtr:
		s.typ(recv)
		s.Text(name)
		s.operand(f.X, sel.Recv(), path)
	case wantsPtr:
		s.typ(types.NewPointer(recv))
		s.Text(name)
		s.Op(wire.CodeAddress)
		if len(path) == 0 {
			s.target(f.X)
		} else {
			s.fieldAt(f.X, sel.Recv(), path)
		}
	default:
		s.typ(ptr.Elem())
		s.Text(name)
		s.Op(wire.CodeLoad)
		s.Op(wire.CodePointee)
		s.operand(f.X, sel.Recv(), path)
	}
}

// operand writes x, or the embedded field of it that a promoted method belongs
// to.
func (s *straight) operand(x ast.Expr, t types.Type, path []int) {
	if len(path) == 0 {
		s.expr(x)
		return
	}
	s.field(x, t, path)
}

func (s *straight) conversion(x *ast.CallExpr) {
	to := s.u.Info.TypeOf(x)
	if s.u.Info.Types[x.Args[0]].IsNil() {
		s.zero(to)
		return
	}
	if plan.IsComplex(to) {
		s.l.fail("a conversion to %s", to)
	}
	s.Op(wire.CodeConvert)
	s.typ(to)
	s.expr(x.Args[0])
}

func (s *straight) builtin(x *ast.CallExpr, name string) {
	for _, a := range x.Args {
		if _, tuple := s.u.Info.TypeOf(a).(*types.Tuple); tuple {
			s.l.fail("several values as arguments of %s", name)
		}
	}
	t := s.u.Info.TypeOf(x)
	switch name {
	case "len":
		s.Op(wire.CodeLen)
		s.expr(x.Args[0])
	case "cap":
		s.Op(wire.CodeCap)
		s.expr(x.Args[0])
	case "copy":
		s.Op(wire.CodeCopy)
		s.expr(x.Args[0])
		s.expr(x.Args[1])
	case "delete":
		s.Op(wire.CodeDelete)
		s.expr(x.Args[0])
		s.value(x.Args[1], s.u.Info.TypeOf(x.Args[0]).Underlying().(*types.Map).Key())
	case "clear":
		s.Op(wire.CodeClear)
		s.expr(x.Args[0])
	case "append":
		s.appendCall(x, t)
	case "min", "max":
		s.extreme(x, name, t)
	case "new":
		s.newCall(x, t)
	case "make":
		s.makeCall(x, t)
	case "panic":
		s.Op(wire.CodePanic)
		s.value(x.Args[0], types.Universe.Lookup("any").Type())
	default:
		s.l.fail("the builtin %s", name)
	}
}

func (s *straight) appendCall(x *ast.CallExpr, t types.Type) {
	if x.Ellipsis.IsValid() {
		s.Op(wire.CodeAppendAll)
		s.expr(x.Args[0])
		s.expr(x.Args[1])
		return
	}
	s.Op(wire.CodeAppend)
	s.order(x.Args[0], x.Args[1:]...)
	s.expr(x.Args[0])
	s.Int(int64(len(x.Args) - 1))
	for _, a := range x.Args[1:] {
		s.part(a, t.Underlying().(*types.Slice).Elem())
	}
}

func (s *straight) extreme(x *ast.CallExpr, name string, t types.Type) {
	op := byte(wire.CodeMin)
	if name == "max" {
		op = wire.CodeMax
	}
	s.Op(op, len(x.Args))
	for _, a := range x.Args {
		if v := s.u.Info.Types[a].Value; v != nil {
			s.constant(t, v)
		} else {
			s.expr(a)
		}
	}
}

// newCall writes new(T) and new(x).
func (s *straight) newCall(x *ast.CallExpr, t types.Type) {
	elem := t.Underlying().(*types.Pointer).Elem()
	if s.u.Info.Types[x.Args[0]].IsType() {
		s.Op(wire.CodeNew)
		s.typ(elem)
		return
	}
	s.Op(wire.CodeNewOf)
	s.value(x.Args[0], elem)
}

func (s *straight) makeCall(x *ast.CallExpr, t types.Type) {
	switch t.Underlying().(type) {
	case *types.Slice:
		s.Op(wire.CodeMakeSlice)
		s.typ(t)
		s.Int(int64(len(x.Args) - 1))
		for _, a := range x.Args[1:] {
			s.size(a)
		}
	case *types.Map:
		s.Op(wire.CodeMakeMap)
		s.typ(t)
		if len(x.Args) == 1 {
			s.constant(types.Typ[types.Uint64], constant.MakeInt64(0))
			return
		}
		s.size(x.Args[1])
	default:
		s.l.fail("a channel")
	}
}

// size writes a length, an index or a shift count, which may be a constant like
// 1e3.
func (s *straight) size(x ast.Expr) {
	if v := s.u.Info.Types[x].Value; v != nil {
		s.constant(types.Typ[types.Uint64], v)
		return
	}
	s.expr(x)
}

// literal writes {…} of a type.
func (s *straight) literal(x *ast.CompositeLit, t types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		at, length := s.indices(x)
		s.Op(wire.CodeSliceOf)
		s.typ(t)
		s.Int(length)
		s.elements(x, at, u.Elem())
	case *types.Array:
		at, _ := s.indices(x)
		s.Op(wire.CodeArrayOf)
		s.typ(t)
		s.elements(x, at, u.Elem())
	case *types.Map:
		s.Op(wire.CodeMapOf)
		s.typ(t)
		s.Int(int64(len(x.Elts)))
		for _, e := range x.Elts {
			kv := e.(*ast.KeyValueExpr)
			s.part(kv.Key, u.Key())
			s.part(kv.Value, u.Elem())
		}
	case *types.Struct:
		s.Op(wire.CodeStructOf)
		s.typ(t)
		s.Int(int64(len(x.Elts)))
		for i, e := range x.Elts {
			field, e := s.l.fieldOf(u, i, e)
			s.Int(int64(field))
			s.part(e, u.Field(field).Type())
		}
	default:
		s.l.fail("a literal of %s", t)
	}
}

// indices returns the index of each element of a literal, and the length.
func (s *straight) indices(x *ast.CompositeLit) (at []int64, length int64) {
	next := int64(0)
	for _, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			next, _ = constant.Int64Val(constant.ToInt(s.u.Info.Types[kv.Key].Value))
		}
		at = append(at, next)
		next++
		length = max(length, next)
	}
	return at, length
}

func (s *straight) elements(x *ast.CompositeLit, at []int64, elem types.Type) {
	s.Int(int64(len(x.Elts)))
	for i, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		s.Int(at[i])
		s.part(e, elem)
	}
}

// part writes an element of a literal, whose type may be left out.
func (s *straight) part(x ast.Expr, t types.Type) {
	lit, ok := x.(*ast.CompositeLit)
	if !ok || lit.Type != nil {
		s.value(x, t)
		return
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		s.Op(wire.CodeNewOf)
		t = ptr.Elem()
	}
	s.literal(lit, t)
}
