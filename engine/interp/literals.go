package interp

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// composite writes a literal with every type spelled.
func (l *lowerer) composite(x *ast.CompositeLit) string {
	return l.literal(x, l.u.Info.TypeOf(x))
}

// literal writes {…} of a type.
func (l *lowerer) literal(x *ast.CompositeLit, t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if plainStruct(t) {
			return l.typeText(t) + "{" + strings.Join(l.fields(x, u), ", ") + "}"
		}
		return "(*" + l.structAddr(x, t) + ")"
	case *types.Slice:
		if len(x.Elts) > 0 && isAny(u.Elem()) && unnamed(t) && !keyed(x) {
			return l.anySlice(x)
		}
		if types.IsInterface(u.Elem()) {
			return l.become(l.filled(x, u, u.Elem()), u, t)
		}
		return l.become(l.braces(x, u, nil, u.Elem()), u, t)
	case *types.Array:
		if types.IsInterface(u.Elem()) {
			return l.become(l.filled(x, u, u.Elem()), u, t)
		}
		return l.become(l.braces(x, u, nil, u.Elem()), u, t)
	case *types.Map:
		if types.IsInterface(u.Elem()) || types.IsInterface(u.Key()) {
			return l.become(l.filledMap(x, u), u, t)
		}
		return l.become(l.braces(x, u, u.Key(), u.Elem()), u, t)
	}
	return l.fail("a literal of %s", t)
}

// literalAddr writes &T{…}.
func (l *lowerer) literalAddr(x *ast.CompositeLit, t types.Type) string {
	if _, ok := t.Underlying().(*types.Struct); ok {
		if plainStruct(t) {
			return "&" + l.literal(x, t)
		}
		return l.structAddr(x, t)
	}
	text := l.literal(x, t)
	p := l.temp("new(" + l.typeText(t) + ")")
	l.line("*%s = %s", p, text)
	return p
}

// plainStruct reports whether yaegi makes values of a struct type: it has a
// name, and its fields are exported.
func plainStruct(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.TypeArgs().Len() > 0 {
		return false
	}
	st := t.Underlying().(*types.Struct)
	for i := range st.NumFields() {
		if !st.Field(i).Exported() {
			return false
		}
	}
	return true
}

// fields writes the fields of a plain struct.
func (l *lowerer) fields(x *ast.CompositeLit, st *types.Struct) []string {
	parts := make([]string, len(x.Elts))
	for i, e := range x.Elts {
		f, e := l.fieldOf(st, i, e)
		parts[i] = st.Field(f).Name() + ": " + l.element(e, st.Field(f).Type())
	}
	return parts
}

// fieldOf returns the field that the i-th element of a literal sets.
func (l *lowerer) fieldOf(st *types.Struct, i int, e ast.Expr) (int, ast.Expr) {
	kv, ok := e.(*ast.KeyValueExpr)
	if !ok {
		return i, e
	}
	for j := range st.NumFields() {
		if st.Field(j).Name() == kv.Key.(*ast.Ident).Name {
			return j, kv.Value
		}
	}
	l.fail("a field of a literal")
	return 0, nil
}

// structAddr writes a new struct, whose fields compiled code sets.
func (l *lowerer) structAddr(x *ast.CompositeLit, t types.Type) string {
	st := t.Underlying().(*types.Struct)
	path, args := make([]int, len(x.Elts)), make([]string, len(x.Elts))
	for i, e := range x.Elts {
		f, e := l.fieldOf(st, i, e)
		path[i] = f
		args[i] = l.element(e, st.Field(f).Type())
	}
	return l.temp(l.helper(wire.Helper{Kind: "struct", Path: path}, t) + "(" + strings.Join(args, ", ") + ")")
}

func isAny(t types.Type) bool {
	i, ok := types.Unalias(t).(*types.Interface)
	return ok && i.Empty()
}

func keyed(x *ast.CompositeLit) bool {
	for _, e := range x.Elts {
		if _, ok := e.(*ast.KeyValueExpr); ok {
			return true
		}
	}
	return false
}

// anySlice writes []any{…}, whose elements compiled code makes interfaces.
func (l *lowerer) anySlice(x *ast.CompositeLit) string {
	parts := make([]string, len(x.Elts))
	for i, e := range x.Elts {
		if l.u.Info.Types[e].IsNil() {
			parts[i] = "nil"
			continue
		}
		parts[i] = l.expr(e)
	}
	return "gbz_rt.Anys(" + strings.Join(parts, ", ") + ")"
}

// filled writes a slice or array whose elements are interfaces, one by one.
func (l *lowerer) filled(x *ast.CompositeLit, t, elem types.Type) string {
	at, n := int64(0), int64(0)
	index, values := make([]int64, len(x.Elts)), make([]string, len(x.Elts))
	for i, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			at, _ = constant.Int64Val(constant.ToInt(l.u.Info.Types[kv.Key].Value))
			e = kv.Value
		}
		index[i], values[i] = at, l.keep(e, elem)
		at++
		n = max(n, at)
	}
	name := l.next("gbz_t")
	if _, ok := t.(*types.Array); ok {
		l.line("var %s %s", name, l.typeText(t))
	} else {
		l.line("%s := make(%s, %d)", name, l.typeText(t), n)
	}
	for i, v := range values {
		l.line("%s[%d] = %s", name, index[i], v)
	}
	return name
}

// filledMap writes a map whose keys or elements are interfaces.
func (l *lowerer) filledMap(x *ast.CompositeLit, t *types.Map) string {
	name := l.temp("make(" + l.typeText(t) + ")")
	for _, e := range x.Elts {
		kv := e.(*ast.KeyValueExpr)
		k, v := l.keep(kv.Key, t.Key()), l.keep(kv.Value, t.Elem())
		l.line("%s[%s] = %s", name, k, v)
	}
	return name
}

// keep keeps an element in a temporary.
func (l *lowerer) keep(x ast.Expr, t types.Type) string {
	if l.u.Info.Types[x].IsNil() {
		return l.typedNil(t)
	}
	return l.temp(l.element(x, t))
}

// braces writes a literal as yaegi reads it.
func (l *lowerer) braces(x *ast.CompositeLit, t, key, elem types.Type) string {
	parts := make([]string, len(x.Elts))
	for i, e := range x.Elts {
		prefix := ""
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key != nil {
				prefix = l.element(kv.Key, key) + ": "
			} else {
				prefix = constant.ToInt(l.u.Info.Types[kv.Key].Value).ExactString() + ": "
			}
			e = kv.Value
		}
		parts[i] = prefix + l.element(e, elem)
	}
	return l.typeText(t) + "{" + strings.Join(parts, ", ") + "}"
}

// inLiteral writes a value in braces: of arithmetic with what a pointer points
// to yaegi would take the type for that of the pointer's address there.
func (l *lowerer) inLiteral(text string) string {
	if strings.Contains(text, "(*") && !isName(text) && strings.ContainsAny(text, "+-/%&|^ ") {
		return l.temp(text)
	}
	return text
}

// element writes a value in a literal, whose type may be left out.
func (l *lowerer) element(x ast.Expr, t types.Type) string {
	lit, ok := x.(*ast.CompositeLit)
	if !ok || lit.Type != nil {
		return l.inLiteral(l.value(x, t))
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return l.literalAddr(lit, p.Elem())
	}
	return l.literal(lit, t)
}
