package plan

import (
	"go/ast"
	"go/types"
	"strings"
)

// call accepts a call.
func (p *planner) call(x *ast.CallExpr) {
	if p.glueCall(x) || p.mapCall(x) {
		return
	}
	fun := ast.Unparen(x.Fun)
	tv := p.u.Info.Types[fun]
	switch {
	case tv.IsType():
		p.conversion(x)
		return
	case tv.IsBuiltin():
		p.builtin(x, fun)
		return
	}
	if !p.opt.Functions && p.opt.World.SeesCallers() && !ofPackage(p.u.Info, fun) {
		p.refuse(x, "a call of code that may ask for its callers")
	}
	p.callee(fun)
	p.arguments(x, tv.Type.Underlying().(*types.Signature))
}

// callee accepts what is called: a function or method by its name, an instance
// of a generic one, or a function value.
func (p *planner) callee(fun ast.Expr) {
	switch f := fun.(type) {
	case *ast.Ident:
		if fn, ok := p.u.Info.Uses[f].(*types.Func); ok {
			p.byName(f, f, fn)
			return
		}
	case *ast.SelectorExpr:
		if sel := p.u.Info.Selections[f]; sel != nil && sel.Kind() == types.MethodVal {
			p.method(f, sel)
			return
		} else if sel != nil && sel.Kind() == types.MethodExpr {
			p.methodValue(f, sel)
			return
		}
		if fn, ok := p.u.Info.Uses[f.Sel].(*types.Func); ok {
			p.byName(f, f.Sel, fn)
			return
		}
	case *ast.IndexExpr:
		if id := instantiated(f.X); id != nil && p.u.Info.Instances[id].Type != nil {
			p.callee(f.X)
			return
		}
	case *ast.IndexListExpr:
		p.callee(f.X)
		return
	case *ast.FuncLit:
		p.closure(f)
		return
	}
	p.expr(fun)
}

// ofPackage reports whether a call is one of a function of another package
// than the cells', by its name.
func ofPackage(info *types.Info, fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() != "main"
}

// instantiated returns the name of a generic function that is given its types.
func instantiated(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// byName accepts a function that is called by its name.
func (p *planner) byName(n ast.Node, id *ast.Ident, fn *types.Func) {
	if fn.Signature().TypeParams().Len() == 0 {
		p.function(n, fn)
		return
	}
	inst := p.u.Info.Instances[id]
	if fn.Pkg().Path() != "main" {
		if !p.stdInstance(fn, inst) {
			p.refuse(n, "a call of the generic function %s.%s", fn.Pkg().Name(), fn.Name())
		}
		return
	}
	if _, ok := p.compiled(fn, inst.TypeArgs); !ok {
		p.refuse(n, "a call of the generic function %s, which is not compiled for these types", fn.Name())
	}
}

// function accepts a function by its name: of std or of a compiled cell.
func (p *planner) function(n ast.Node, obj types.Object) {
	fn := obj.(*types.Func)
	if fn.Signature().TypeParams().Len() > 0 {
		p.refuse(n, "a call of the generic function %s", fn.Name())
	}
	path := fn.Pkg().Path()
	if path == "main" {
		if _, ok := p.opt.World.Home(fn); !ok && !p.opt.World.Interprets(fn) {
			p.refuse(n, "a call of %s, which is not compiled", fn.Name())
		}
		return
	}
	p.namedBy(n, fn)
	if lone[path+"."+fn.Name()] || p.opt.Functions && loneAlone[path+"."+fn.Name()] || p.parallel && path == ParallelPath {
		return
	}
	if !p.onList(path) || !has(path, fn.Name()) || troublesome[path+"."+fn.Name()] && !(p.opt.Functions && aloneFuncs[fn.FullName()]) {
		p.refuse(n, "a call of %s.%s", fn.Pkg().Name(), fn.Name())
	}
}

// method accepts a method of a std or compiled type.
func (p *planner) method(f *ast.SelectorExpr, sel *types.Selection) {
	if sel.Kind() != types.MethodVal {
		p.refuse(f, "a call of a method expression")
	}
	fn := sel.Obj().(*types.Func)
	if path := fn.Pkg(); path != nil && path.Path() != "main" && !p.onList(path.Path()) {
		p.refuse(f, "a method of package %s", path.Path())
	}
	if refusedMethods[fn.FullName()] {
		p.refuse(f, "a call of %s", fn.FullName())
	}
	p.needType(f, sel.Recv())
	p.expr(f.X)
	p.embedded(f, sel, len(sel.Index())-1)
	if isInterface(sel.Recv()) || !needsAddress(sel) {
		return
	}
	p.addressable(f.X)
}

// needsAddress reports whether a method is one of a pointer to what the
// selection starts at, or to a field in it.
func needsAddress(sel *types.Selection) bool {
	fn := sel.Obj().(*types.Func)
	if _, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer); !wantsPtr {
		return false
	}
	t := sel.Recv()
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		if _, ok := under[*types.Pointer](t); ok {
			return false // behind a pointer everything has an address
		}
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
	_, isPtr := under[*types.Pointer](t)
	return !isPtr
}

// arguments accepts arguments; those for interface parameters may be of any
// concrete type that interpreted code holds as compiled code does.
func (p *planner) arguments(x *ast.CallExpr, sig *types.Signature) {
	literals := false
	for i, a := range x.Args {
		if lit, ok := ast.Unparen(a).(*ast.FuncLit); ok {
			p.closure(lit)
			literals = true
			continue
		}
		if _, ok := p.u.Info.TypeOf(a).(*types.Tuple); ok {
			p.tuple(a)
			continue
		}
		t := paramType(sig, i, x.Ellipsis.IsValid())
		if p.isNil(a) && isInterface(t) {
			continue
		}
		if p.isNil(a) {
			p.needType(a, t)
			continue
		}
		p.expr(a)
		if isInterface(t) && p.apart(p.u.Info.TypeOf(a)) && !p.prints(x) {
			p.refuse(a, "a struct type without a name that becomes an interface")
		}
	}
	p.compiledType(x, sig)
	if literals {
		p.borrows(x)
	}
	for i := range sig.Results().Len() {
		p.needType(x, sig.Results().At(i).Type())
	}
}

// prints reports whether a call is of a function of fmt that keeps nothing.
func (p *planner) prints(x *ast.CallExpr) bool {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := p.u.Info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(fn.Name(), "Print") || strings.HasPrefix(fn.Name(), "Fprint") || strings.HasPrefix(fn.Name(), "Sprint")
}

// paramType returns the type of the i-th argument's parameter.
func paramType(sig *types.Signature, i int, ellipsis bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !ellipsis {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte]
	}
	return sig.Params().At(i).Type()
}

// conversion accepts conversions between numbers and strings whose result Go
// defines, between strings and slices of bytes or runes, to interfaces, and
// between types of one layout.
func (p *planner) conversion(x *ast.CallExpr) {
	to, from := p.u.Info.TypeOf(x), p.u.Info.TypeOf(x.Args[0])
	p.needType(x, to)
	if p.isNil(x.Args[0]) {
		return
	}
	p.expr(x.Args[0])
	bt, bf := arithmetic(to), arithmetic(from)
	switch {
	case types.Identical(to, from), p.complexes(to) && p.complexes(from):
	case isInterface(to):
		p.assignable(x, from, to)
	case bt != nil && bf != nil:
		if bt.Kind() == types.String && bf.Kind() != types.String && plainBasic(to) == nil {
			p.refuse(x, "a conversion to %s", to)
		}
	case bt != nil && bt.Kind() == types.String && isText(from), bf != nil && bf.Kind() == types.String && isText(to):
	case types.IdenticalIgnoreTags(to.Underlying(), from.Underlying()):
	case p.opt.Functions && isPointer(to) && isPointer(from), p.opt.Functions && isChan(to) && isChan(from):
		p.needType(x, from)
	default:
		p.refuse(x, "a conversion to %s", types.TypeString(to, types.RelativeTo(p.u.Pkg)))
	}
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// isText reports whether t is []byte or []rune.
func isText(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := types.Unalias(s.Elem()).(*types.Basic)
	return ok && (b.Kind() == types.Uint8 || b.Kind() == types.Int32)
}

func (p *planner) builtin(x *ast.CallExpr, fun ast.Expr) {
	id, ok := fun.(*ast.Ident)
	if !ok {
		p.refuse(fun, "package unsafe")
	}
	switch id.Name {
	case "len", "cap":
		p.expr(x.Args[0])
		p.needType(x, p.u.Info.TypeOf(x.Args[0]))
	case "append":
		p.appendCall(x)
	case "copy", "delete", "clear":
		for _, a := range x.Args {
			p.expr(a)
			p.needType(a, p.u.Info.TypeOf(a))
		}
		if m, ok := under[*types.Map](p.u.Info.TypeOf(x.Args[0])); ok && id.Name == "delete" {
			p.hashed(x, p.u.Info.TypeOf(x.Args[1]))
			p.assignable(x, p.u.Info.TypeOf(x.Args[1]), m.Key())
		}
	case "make":
		p.needType(x, p.u.Info.TypeOf(x))
		for _, a := range x.Args[1:] {
			p.indexValue(a)
		}
	case "min", "max":
		for _, a := range x.Args {
			p.expr(a)
			if b := arithmetic(p.u.Info.TypeOf(a)); b == nil {
				p.refuse(a, "%s of %s", id.Name, p.u.Info.TypeOf(a))
			}
		}
	case "new":
		p.needType(x, p.u.Info.TypeOf(x))
		if !p.u.Info.Types[x.Args[0]].IsType() {
			p.expr(x.Args[0])
		}
	case "close":
		if !p.opt.Functions || p.parallel {
			p.refuse(x, "the builtin close")
		}
		p.expr(x.Args[0])
		p.needType(x, p.u.Info.TypeOf(x.Args[0]))
	case "real", "imag", "complex":
		if !p.opt.Functions || p.parallel {
			p.refuse(x, "the builtin %s", id.Name)
		}
		for _, a := range x.Args {
			p.expr(a)
			p.needType(a, types.Default(p.u.Info.TypeOf(a)))
		}
	case "print", "println":
		p.builtinPrint(x)
	case "recover":
		p.recovers(x)
	case "panic":
		if !p.isNil(x.Args[0]) {
			p.expr(x.Args[0])
			p.assignable(x, p.u.Info.TypeOf(x.Args[0]), types.Universe.Lookup("any").Type())
		}
	default:
		p.refuse(x, "the builtin %s", id.Name)
	}
}

// builtinPrint accepts print and println of what has a look of its own; of an
// interface they tell where its type is.
func (p *planner) builtinPrint(x *ast.CallExpr) {
	for _, a := range x.Args {
		p.expr(a)
		t := types.Default(p.u.Info.TypeOf(a))
		p.needType(a, t)
		switch t.Underlying().(type) {
		case *types.Interface, *types.Signature:
			p.refuse(x, "the builtin %s of %s", ast.Unparen(x.Fun).(*ast.Ident).Name, t)
		}
	}
}

func (p *planner) appendCall(x *ast.CallExpr) {
	p.needType(x, p.u.Info.TypeOf(x))
	elem := p.u.Info.TypeOf(x).Underlying().(*types.Slice).Elem()
	if p.isNil(x.Args[0]) {
		p.refuse(x, "append to nil")
	}
	if types.Identical(elem.Underlying(), p.u.Info.TypeOf(x).Underlying()) {
		p.refuse(x, "append to a slice whose elements are such slices") // yaegi takes an element for a list of them
	}
	p.expr(x.Args[0])
	for _, a := range x.Args[1:] {
		if !x.Ellipsis.IsValid() {
			p.element(a, elem)
			continue
		}
		if p.isNil(a) {
			p.refuse(x, "append of nil")
		}
		p.expr(a)
		p.needType(a, p.u.Info.TypeOf(a))
	}
}
