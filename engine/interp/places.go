package interp

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

func (l *lowerer) ident(x *ast.Ident) string {
	obj := l.u.Info.ObjectOf(x)
	if p, ok := l.slot(obj); ok {
		return "(*" + p + ")"
	}
	if fn, ok := obj.(*types.Func); ok {
		if l.opt.World.Interprets(fn) {
			return l.temp(l.kind("bind", fn.Type()) + "(" + l.bare(fn) + ")")
		}
		return l.function(fn)
	}
	if _, ok := obj.(*types.Var); !ok {
		l.fail("%s as a value", x.Name)
	}
	if name, ok := l.chunk.alias[obj]; ok {
		return name
	}
	if l.isBoxed(obj) {
		return "(*" + l.local(obj) + ")"
	}
	return l.local(obj)
}

// stable writes an expression that may be evaluated twice: a name, or a
// temporary that holds its value now.
func (l *lowerer) stable(x ast.Expr, t types.Type) string {
	text := l.value(x, t)
	if isName(text) || l.u.Info.Types[x].Value != nil {
		return text
	}
	return l.temp(text)
}

// isName reports whether text is a variable, or a variable of the session.
func isName(text string) bool {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "(*"), ")")
	return strings.HasPrefix(text, "gbz_") && !strings.ContainsAny(text, ".()[]+-*/ ")
}

// notNil looks at a pointer before it is followed.
func (l *lowerer) notNil(p string) string {
	if !isName(p) || strings.HasPrefix(p, "(") {
		p = l.temp(p)
	}
	l.line("if %s == nil { gbz_rt.BadNil() }", p)
	return p
}

// field writes a field. Where all fields on the way are exported yaegi selects
// them; what is hidden is read through a pointer, or a copy.
func (l *lowerer) field(x *ast.SelectorExpr) string {
	sel := l.u.Info.Selections[x]
	if sel == nil {
		return l.packageName(x)
	}
	if sel.Kind() != types.FieldVal {
		return l.methodValue(x, sel)
	}
	if hidden(sel.Recv(), sel.Index()) {
		if _, isPtr := sel.Recv().Underlying().(*types.Pointer); isPtr || l.u.Info.Types[x.X].Addressable() {
			return "(*" + l.fieldAddr(x) + ")"
		}
		return l.fieldsOf(l.expr(x.X), sel.Recv(), sel.Index())
	}
	text := l.place(x.X)
	t := sel.Recv()
	for _, i := range sel.Index() {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			text = l.notNil(text)
			t = p.Elem()
		}
		f := t.Underlying().(*types.Struct).Field(i)
		text += "." + f.Name()
		t = f.Type()
	}
	return text
}

// hidden reports whether yaegi can't select a field: one on the way is not
// exported, or belongs to a type that yaegi has no name for.
func hidden(t types.Type, index []int) bool {
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); !ok || n.TypeArgs().Len() > 0 {
			return true
		}
		f := t.Underlying().(*types.Struct).Field(i)
		if !f.Exported() {
			return true
		}
		t = f.Type()
	}
	return false
}

// fieldAddr writes the address of a field, in a name of its own.
func (l *lowerer) fieldAddr(x *ast.SelectorExpr) string {
	sel := l.u.Info.Selections[x]
	p, t := l.holder(x.X, sel.Recv())
	return l.follow(p, t, sel.Index())
}

// holder writes the address of the struct that an operand is, or points to.
func (l *lowerer) holder(x ast.Expr, t types.Type) (p string, st types.Type) {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return l.notNil(l.expr(x)), ptr.Elem()
	}
	return l.addr(x), t
}

// follow writes the address of a field below the struct that p points to.
func (l *lowerer) follow(p string, t types.Type, index []int) string {
	start, path := t, []int(nil)
	for n, i := range index {
		if ptr, ok := t.Underlying().(*types.Pointer); ok && n > 0 {
			at := l.temp(l.helper(wire.Helper{Kind: "field", Path: path}, start) + "(" + p + ")")
			p = l.notNil("(*" + at + ")")
			start, path = ptr.Elem(), nil
			t = start
		}
		path = append(path, i)
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
	return l.temp(l.helper(wire.Helper{Kind: "field", Path: path}, start) + "(" + p + ")")
}

// fieldsOf writes a field of a value that has no address.
func (l *lowerer) fieldsOf(text string, t types.Type, index []int) string {
	start, path := t, []int(nil)
	for n, i := range index {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			if len(path) > 0 {
				text = l.helper(wire.Helper{Kind: "get", Path: path}, start) + "(" + text + ")"
			}
			return "(*" + l.follow(l.notNil(text), ptr.Elem(), index[n:]) + ")"
		}
		path = append(path, i)
		t = t.Underlying().(*types.Struct).Field(i).Type()
	}
	return l.temp(l.helper(wire.Helper{Kind: "get", Path: path}, start) + "(" + text + ")")
}

// packageName writes a variable or a function of a std package.
func (l *lowerer) packageName(x *ast.SelectorExpr) string {
	switch o := l.u.Info.Uses[x.Sel].(type) {
	case *types.Var:
		return l.std(o.Pkg().Path()) + "." + o.Name()
	case *types.Func:
		return l.lateValue(l.function(o), o, l.u.Info.TypeOf(x))
	}
	return l.fail("the selector %s", x.Sel.Name)
}

// place writes an operand whose parts are selected: it keeps its address.
func (l *lowerer) place(x ast.Expr) string {
	text := l.expr(x)
	if strings.HasPrefix(text, "gbz_") || strings.HasPrefix(text, "(*gbz_") {
		if !strings.HasSuffix(text, ")") || strings.HasPrefix(text, "(*gbz_") && strings.Count(text, "(") == 1 {
			return text
		}
	}
	if l.u.Info.Types[x].Addressable() {
		l.fail("an operand whose address is not kept") // a copy would be changed instead
	}
	return l.temp(text)
}

// base writes what is indexed, ranged over or sliced, as a value of a type
// without a name; an array keeps its address.
func (l *lowerer) base(x ast.Expr) string {
	t := l.u.Info.TypeOf(x)
	switch u := t.Underlying().(type) {
	case *types.Pointer: // to an array
		p := l.notNil(l.expr(x))
		if !unnamed(u.Elem()) {
			p = l.temp(l.kind("convert", t, types.NewPointer(u.Elem().Underlying())) + "(" + p + ")")
		}
		return "(*" + p + ")"
	case *types.Array:
		if unnamed(t) {
			return l.place(x)
		}
		if l.u.Info.Types[x].Addressable() {
			return "(*" + l.temp(l.kind("convert", types.NewPointer(t), types.NewPointer(u))+"("+l.addr(x)+")") + ")"
		}
	default:
		if unnamed(t) {
			return l.place(x)
		}
	}
	return l.temp(l.become(l.expr(x), t, t.Underlying()))
}

// index writes x[i], with the look at its bounds.
func (l *lowerer) index(x *ast.IndexExpr) string {
	base := l.base(x.X)
	if m, ok := l.u.Info.TypeOf(x.X).Underlying().(*types.Map); ok {
		return base + "[" + l.value(x.Index, m.Key()) + "]"
	}
	i := l.stableInt(x.Index)
	if !l.inRange(x) {
		l.checkIndex(base, i)
	}
	return base + "[" + i + "]"
}

func (l *lowerer) checkIndex(base, i string) {
	n := "len(" + base + ")"
	if _, err := strconv.Atoi(i); err == nil {
		l.line("if %s >= %s { gbz_rt.BadIndex(%s, %s) }", i, n, i, n)
		return
	}
	l.line("if %s < 0 || %s >= %s { gbz_rt.BadIndex(%s, %s) }", i, i, n, i, n)
}

// stableInt writes an index as an int that may be evaluated twice.
func (l *lowerer) stableInt(x ast.Expr) string {
	tv := l.u.Info.Types[x]
	if tv.Value != nil {
		return constant.ToInt(tv.Value).ExactString()
	}
	text := l.expr(x)
	if b, ok := types.Unalias(tv.Type).(*types.Basic); !ok || b.Kind() != types.Int {
		return l.temp("int(" + text + ")")
	}
	if isName(text) {
		return text
	}
	return l.temp(text)
}

// slice writes x[lo:hi:max]; what it is of gets its named type back.
func (l *lowerer) slice(x *ast.SliceExpr) string {
	t := l.u.Info.TypeOf(x.X)
	base, of := "", "Bounds"
	switch u := t.Underlying().(type) {
	case *types.Array:
		of = "BoundsArray"
		base = l.temp(l.kind("whole", types.NewPointer(t)) + "(" + l.addr(x.X) + ")")
		t = types.NewSlice(u.Elem())
	case *types.Pointer:
		of = "BoundsArray"
		base = l.temp(l.kind("whole", t) + "(" + l.notNil(l.expr(x.X)) + ")")
		t = types.NewSlice(u.Elem().Underlying().(*types.Array).Elem())
	default:
		base = l.base(x.X)
	}
	text := l.sliceOf(x, base, of, t)
	if unnamed(t) {
		return text
	}
	return l.become(text, t.Underlying(), t)
}

// sliceOf writes a slice of base, with the look at its bounds, which the
// function of that name takes.
func (l *lowerer) sliceOf(x *ast.SliceExpr, base, bounds string, t types.Type) string {
	bound := func(e ast.Expr) string {
		if e == nil {
			return ""
		}
		return l.stableInt(e)
	}
	lo, hi, top := bound(x.Low), bound(x.High), bound(x.Max)
	low := lo
	if low == "" {
		low = "0"
	}
	if _, ok := t.Underlying().(*types.Basic); ok {
		if hi == "" {
			return l.temp("gbz_rt.SubstringTo(" + base + ", " + low + ")")
		}
		return l.temp("gbz_rt.Substring(" + base + ", " + low + ", " + hi + ")")
	}
	switch {
	case top != "":
		l.line("gbz_rt.Bounds3(%s, %s, %s, cap(%s))", low, hi, top, base)
		return base + "[" + lo + ":" + hi + ":" + top + "]"
	case hi != "":
		l.line("gbz_rt.%s(%s, %s, cap(%s))", bounds, low, hi, base)
	default:
		l.line("gbz_rt.BoundsFrom(%s, len(%s))", low, base)
	}
	return base + "[" + lo + ":" + hi + "]"
}

// address writes &x.
func (l *lowerer) address(x ast.Expr) string {
	if lit, ok := x.(*ast.CompositeLit); ok {
		return l.literalAddr(lit, l.u.Info.TypeOf(lit))
	}
	return l.addr(x)
}

// addr writes the address of an operand that has one.
func (l *lowerer) addr(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return l.pointerTo(x)
	case *ast.StarExpr:
		return l.notNil(l.expr(x.X))
	case *ast.SelectorExpr:
		return l.fieldAddr(x)
	case *ast.IndexExpr:
		return l.elemAddr(x)
	}
	return l.fail("the address of %T", x)
}

// elemAddr writes the address of an element of a slice or array.
func (l *lowerer) elemAddr(x *ast.IndexExpr) string {
	t := l.u.Info.TypeOf(x.X)
	base, n := "", ""
	switch t.Underlying().(type) {
	case *types.Slice:
		base = l.stable(x.X, nil)
		n = base
	case *types.Pointer:
		base = l.notNil(l.expr(x.X))
		n = "(*" + base + ")"
	case *types.Array:
		base = l.addr(x.X)
		n = "(*" + base + ")"
		t = types.NewPointer(t)
	default:
		return l.fail("the address of an element of %s", t)
	}
	i := l.stableInt(x.Index)
	l.checkIndex(n, i)
	return l.temp(l.kind("elem", t) + "(" + base + ", " + i + ")")
}

// pointerTo writes the address of a variable.
func (l *lowerer) pointerTo(x *ast.Ident) string {
	obj := l.u.Info.ObjectOf(x)
	if p, ok := l.slot(obj); ok {
		return p
	}
	if !l.isBoxed(obj) {
		l.fail("the address of %s", x.Name)
	}
	return l.local(obj)
}
