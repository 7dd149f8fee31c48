package compile

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"
)

// typeText writes types as they are spelled in the package being emitted.
type typeText struct{ em *emitter }

func (w typeText) of(t types.Type) string {
	switch t := t.(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return w.em.importAlias("unsafe") + ".Pointer"
		}
		return w.em.word(types.Default(t).(*types.Basic).Name())
	case *types.Alias:
		if t.Obj().Pkg() == nil {
			return w.em.word(t.Obj().Name()) + w.args(t.TypeArgs())
		}
		if t.Obj().Parent() != t.Obj().Pkg().Scope() || t.Obj().Pkg().Path() == "main" {
			return w.of(types.Unalias(t))
		}
		return w.object(t.Obj()) + w.args(t.TypeArgs())
	case *types.Named:
		return w.object(t.Obj()) + w.args(t.TypeArgs())
	case *types.TypeParam:
		return t.Obj().Name()
	case *types.Pointer:
		return "*" + w.of(t.Elem())
	case *types.Slice:
		return "[]" + w.of(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + w.of(t.Elem())
	case *types.Map:
		return "map[" + w.of(t.Key()) + "]" + w.of(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Signature:
		return "func" + w.signature(t)
	case *types.Struct:
		if w.em.shaped(t) {
			return w.em.shape(t)
		}
		return w.structure(t, false)
	case *types.Interface:
		return w.iface(t)
	case *types.Union:
		return w.union(t)
	}
	return t.String()
}

func (w typeText) args(list *types.TypeList) string {
	if list.Len() == 0 {
		return ""
	}
	parts := make([]string, list.Len())
	for i := range parts {
		parts[i] = w.of(list.At(i))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// params writes a type parameter list with constraints, or only the names.
func (w typeText) params(list *types.TypeParamList, constraints bool) string {
	if list.Len() == 0 {
		return ""
	}
	parts := make([]string, list.Len())
	for i := range parts {
		if parts[i] = list.At(i).Obj().Name(); parts[i] == "_" {
			parts[i] = "gbz_T" + strconv.Itoa(i)
		}
		if constraints {
			parts[i] += " " + w.of(list.At(i).Constraint())
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (w typeText) object(o *types.TypeName) string {
	switch {
	case o.Pkg() == nil:
		return w.em.word(o.Name())
	case o.Pkg().Path() == "main":
		return w.em.typeName(o)
	}
	return w.em.importAlias(o.Pkg().Path()) + "." + o.Name()
}

func (w typeText) channel(t *types.Chan) string {
	elem := w.of(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if c, ok := t.Elem().(*types.Chan); ok && c.Dir() == types.RecvOnly {
		return "chan (" + elem + ")"
	}
	return "chan " + elem
}

func (w typeText) signature(t *types.Signature) string {
	var b strings.Builder
	b.WriteByte('(')
	for i := range t.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		p := t.Params().At(i).Type()
		if t.Variadic() && i == t.Params().Len()-1 {
			if s, ok := p.(*types.Slice); ok {
				b.WriteString("..." + w.of(s.Elem()))
			} else {
				b.WriteString("..." + w.em.word("byte")) // append([]byte, string...)
			}
			continue
		}
		b.WriteString(w.of(p))
	}
	b.WriteByte(')')
	switch r := t.Results(); r.Len() {
	case 0:
	case 1:
		b.WriteString(" " + w.of(r.At(0).Type()))
	default:
		parts := make([]string, r.Len())
		for i := range parts {
			parts[i] = w.of(r.At(i).Type())
		}
		b.WriteString(" (" + strings.Join(parts, ", ") + ")")
	}
	return b.String()
}

// structure writes a struct type. A mirror has the same layout and field
// names, but no embedded fields: an embedded type's name may be out of reach.
func (w typeText) structure(t *types.Struct, mirror bool) string {
	fields := make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		text := w.of(f.Type())
		if !f.Embedded() || mirror {
			text = f.Name() + " " + text
		}
		if tag := t.Tag(i); tag != "" && !mirror {
			text += " " + strconv.Quote(tag)
		}
		fields[i] = text
	}
	return "struct{ " + strings.Join(fields, "; ") + " }"
}

func (w typeText) iface(t *types.Interface) string {
	if t.Empty() {
		return w.em.word("any")
	}
	var parts []string
	for i := range t.NumExplicitMethods() {
		m := t.ExplicitMethod(i)
		parts = append(parts, methodName(m)+w.signature(m.Type().(*types.Signature)))
	}
	for i := range t.NumEmbeddeds() {
		parts = append(parts, w.of(t.EmbeddedType(i)))
	}
	return "interface{ " + strings.Join(parts, "; ") + " }"
}

func (w typeText) union(t *types.Union) string {
	parts := make([]string, t.Len())
	for i := range parts {
		if t.Term(i).Tilde() {
			parts[i] = "~"
		}
		parts[i] += w.of(t.Term(i).Type())
	}
	return strings.Join(parts, " | ")
}

// under returns the underlying type of an expression, an invalid one where cgo
// alone knows it.
func (em *emitter) under(x ast.Expr) types.Type {
	if t := em.u.Info.TypeOf(x); t != nil {
		return t.Underlying()
	}
	return types.Typ[types.Invalid]
}

// mirror declares a struct type with the layout of a named struct whose
// unexported fields belong to another package, and returns its spelling here.
func (em *emitter) mirror(t *types.Named) string {
	o := t.Origin().Obj()
	name, ok := em.mirrors[o]
	if !ok {
		name = fmt.Sprintf("gbm%d_%s", len(em.mirrors), o.Name())
		em.mirrors[o] = name
		st := t.Origin().Underlying().(*types.Struct)
		w := typeText{em}
		em.decls = append(em.decls, fmt.Sprintf("type %s%s %s", name, w.params(t.Origin().TypeParams(), true), w.structure(st, true)))
	}
	return name
}

// mirrorOf returns the spelling of a struct type whose every field may be
// named here.
func (em *emitter) mirrorOf(t types.Type) string {
	t = types.Unalias(t)
	w := typeText{em}
	if n, ok := t.(*types.Named); ok {
		return em.mirror(n) + w.args(n.TypeArgs())
	}
	return w.structure(t.Underlying().(*types.Struct), true)
}
