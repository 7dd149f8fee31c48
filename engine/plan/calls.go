package plan

import (
	"go/ast"
	"go/types"
)

// call accepts a call; alone says that it is a statement of its own.
func (p *planner) call(x *ast.CallExpr, alone bool) {
	if p.glueCall(x) {
		return
	}
	fun := ast.Unparen(x.Fun)
	tv := p.u.Info.Types[fun]
	switch {
	case tv.IsType():
		p.conversion(x)
		return
	case tv.IsBuiltin():
		p.builtin(x, fun, alone)
		return
	}
	switch f := fun.(type) {
	case *ast.Ident:
		p.function(f, p.u.Info.Uses[f])
	case *ast.SelectorExpr:
		if sel := p.u.Info.Selections[f]; sel != nil {
			p.method(f, sel)
		} else {
			p.function(f, p.u.Info.Uses[f.Sel])
		}
	default:
		p.refuse(fun, "a call of %s", nodeName(fun))
	}
	p.arguments(x, tv.Type.Underlying().(*types.Signature))
}

// function accepts a function by its name: of std or of a compiled cell.
func (p *planner) function(n ast.Node, obj types.Object) {
	fn, ok := obj.(*types.Func)
	if !ok {
		p.refuse(n, "a call of a function value")
	}
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
	if lone[path+"."+fn.Name()] || p.parallel && path == ParallelPath {
		return
	}
	if !stdPackages[path] || !has(path, fn.Name()) || troublesome[path+"."+fn.Name()] {
		p.refuse(n, "a call of %s.%s", fn.Pkg().Name(), fn.Name())
	}
}

// method accepts a method of a std or compiled type.
func (p *planner) method(f *ast.SelectorExpr, sel *types.Selection) {
	if sel.Kind() != types.MethodVal {
		p.refuse(f, "a call of a method expression")
	}
	fn := sel.Obj().(*types.Func)
	if path := fn.Pkg(); path != nil && path.Path() != "main" && !stdPackages[path.Path()] {
		p.refuse(f, "a method of package %s", path.Path())
	}
	p.needType(f, sel.Recv())
	p.expr(f.X)
	recv := sel.Recv()
	if isInterface(recv) {
		return
	}
	if len(sel.Index()) != 1 {
		p.promoted(f, sel)
		return
	}
	_, isPtr := recv.Underlying().(*types.Pointer)
	_, wantsPtr := fn.Signature().Recv().Type().(*types.Pointer)
	if wantsPtr && !isPtr {
		id, ok := ast.Unparen(f.X).(*ast.Ident)
		if !ok {
			p.refuse(f, "a method called on the address of %s", nodeName(f.X))
		}
		if _, ok := SessionVar(p.u, p.u.Info.ObjectOf(id)); !ok {
			p.local(id)
		}
	}
}

// promoted accepts a method of an embedded field, called on a value or on the
// pointer that a variable holds.
func (p *planner) promoted(f *ast.SelectorExpr, sel *types.Selection) {
	if types.NewMethodSet(sel.Recv()).Lookup(sel.Obj().Pkg(), sel.Obj().Name()) == nil {
		p.refuse(f, "a promoted method that needs an address")
	}
	if _, ok := under[*types.Pointer](sel.Recv()); ok {
		p.refuse(f, "a promoted method of a pointer")
	}
}

// arguments accepts arguments; those for interface parameters may be of any
// concrete type that interpreted code holds as compiled code does.
func (p *planner) arguments(x *ast.CallExpr, sig *types.Signature) {
	for i, a := range x.Args {
		t := paramType(sig, i, x.Ellipsis.IsValid())
		if p.isNil(a) {
			if !isInterface(t) {
				p.nilFor(a, t)
			}
			continue
		}
		if _, ok := p.u.Info.TypeOf(a).(*types.Tuple); ok {
			p.tuple(a)
			continue
		}
		p.expr(a)
	}
	for i := range sig.Params().Len() {
		if p.mentionsFunc(sig.Params().At(i).Type()) {
			p.refuse(x, "a function as an argument")
		}
	}
	for i := range sig.Results().Len() {
		p.needType(x, sig.Results().At(i).Type())
	}
}

func (p *planner) mentionsFunc(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Signature, *types.Chan:
		return true
	case *types.Slice:
		if _, named := t.Elem().(*types.Named); named {
			return false
		}
		return p.mentionsFunc(t.Elem())
	}
	return false
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

// conversion accepts conversions between predeclared basic types whose result
// Go defines, and between strings and slices of bytes or runes.
func (p *planner) conversion(x *ast.CallExpr) {
	to, from := p.u.Info.TypeOf(x), p.u.Info.TypeOf(x.Args[0])
	p.expr(x.Args[0])
	if types.Identical(to, from) && !isInterface(to) {
		p.needType(x, to)
		return
	}
	if _, ok := to.(*types.TypeParam); ok || isInterface(to) {
		p.refuse(x, "a conversion to an interface")
	}
	p.needType(x, to)
	bt, bf := arithmetic(to), arithmetic(from)
	switch {
	case bt != nil && bf != nil:
		if bt.Kind() == types.String && bf.Kind() != types.String && plainBasic(to) == nil {
			p.refuse(x, "a conversion to %s", to)
		}
		if bf.Info()&types.IsFloat != 0 && bt.Info()&types.IsInteger != 0 && bt.Kind() != types.Int && bt.Kind() != types.Int64 {
			p.refuse(x, "a conversion from %s to %s", bf, bt)
		}
	case bt != nil && bt.Kind() == types.String && isText(from), bf != nil && bf.Kind() == types.String && isText(to):
	default:
		p.refuse(x, "a conversion to %s", types.TypeString(to, types.RelativeTo(p.u.Pkg)))
	}
}

// isText reports whether t is []byte or []rune.
func isText(t types.Type) bool {
	s, ok := types.Unalias(t).(*types.Slice)
	if !ok {
		return false
	}
	b, ok := types.Unalias(s.Elem()).(*types.Basic)
	return ok && (b.Kind() == types.Uint8 || b.Kind() == types.Int32)
}

func (p *planner) builtin(x *ast.CallExpr, fun ast.Expr, alone bool) {
	id, ok := fun.(*ast.Ident)
	if !ok {
		p.refuse(fun, "package unsafe")
	}
	switch id.Name {
	case "len", "cap":
		p.expr(x.Args[0])
		switch t := types.Unalias(p.u.Info.TypeOf(x.Args[0])).(type) {
		case *types.Basic, *types.Slice, *types.Map, *types.Array:
		default:
			p.refuse(x, "%s of %s", id.Name, t)
		}
	case "append":
		p.appendCall(x)
	case "copy":
		p.expr(x.Args[0])
		p.expr(x.Args[1])
	case "delete":
		p.expr(x.Args[0])
		p.expr(x.Args[1])
		p.plainSeq(x.Args[0])
	case "make":
		p.needType(x, p.u.Info.TypeOf(x))
		for _, a := range x.Args[1:] {
			p.indexValue(a)
		}
		p.plainSeqType(x, p.u.Info.TypeOf(x))
	case "min", "max":
		for _, a := range x.Args {
			p.expr(a)
			p.number(a)
		}
	case "new":
		if !p.u.Info.Types[x.Args[0]].IsType() {
			p.refuse(x, "new with a value")
		}
		p.needType(x, p.u.Info.TypeOf(x))
	case "panic":
		if b := plainBasic(p.u.Info.TypeOf(x.Args[0])); b == nil {
			p.refuse(x, "panic with a value of type %s", p.u.Info.TypeOf(x.Args[0]))
		}
		p.expr(x.Args[0])
	default:
		p.refuse(x, "the builtin %s", id.Name)
	}
	_ = alone
}

func (p *planner) appendCall(x *ast.CallExpr) {
	p.plainSeq(x.Args[0])
	elem := p.u.Info.TypeOf(x).Underlying().(*types.Slice).Elem()
	if p.isNil(x.Args[0]) {
		p.refuse(x, "append to nil")
	}
	p.expr(x.Args[0])
	for _, a := range x.Args[1:] {
		if x.Ellipsis.IsValid() {
			p.expr(a)
			p.plainSeq(a)
			continue
		}
		p.element(a, elem)
	}
}

// plainSeq accepts slices and maps whose type has no name.
func (p *planner) plainSeq(x ast.Expr) { p.plainSeqType(x, p.u.Info.TypeOf(x)) }

func (p *planner) plainSeqType(n ast.Node, t types.Type) {
	switch types.Unalias(t).(type) {
	case *types.Slice, *types.Map:
		return
	}
	p.refuse(n, "an operation on %s", t)
}
