package compile

import (
	"go/ast"
	"go/types"
	"strings"
)

// outOfReach reports whether a field can't be named in this package: it is
// unexported and its struct type was written in another cell's package.
func (em *emitter) outOfReach(f *types.Var) bool {
	f = f.Origin()
	return !f.Exported() && f.Pkg() != nil && f.Pkg().Path() == "main" && !em.ownFld[f]
}

// fieldPath returns the fields a selection walks through; for a method, the
// embedded fields before it.
func fieldPath(sel *types.Selection) []step {
	t := sel.Recv()
	index := sel.Index()
	if sel.Kind() != types.FieldVal {
		index = index[:len(index)-1]
	}
	var path []step
	for _, i := range index {
		isPtr := false
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t, isPtr = p.Elem(), true
		}
		st := t.Underlying().(*types.Struct)
		path = append(path, step{st: t, field: st.Field(i), pointer: isPtr})
		t = st.Field(i).Type()
	}
	return path
}

// A step is one field access: pointer says that it goes through a pointer to st.
type step struct {
	st      types.Type
	field   *types.Var
	pointer bool
}

// selector rewrites x.f where f, or an embedded field on the way, is out of
// reach: (*mirror)(unsafe.Pointer(&x)).f.
func (em *emitter) selector(n *ast.SelectorExpr, parent ast.Node) {
	if em.isLateValue(n, parent) {
		em.e.open(em.u.Offset(n.Pos()), em.rt()+".CheckedFunc(")
	}
	em.standIn(n)
	if prefix, _, ok := em.reach(n); ok {
		em.e.open(em.u.Offset(n.Pos()), prefix)
	}
}

func (em *emitter) selectorEnd(n *ast.SelectorExpr, parent ast.Node) {
	if _, suffix, ok := em.reach(n); ok {
		em.e.replace(em.u.Offset(n.X.End()), em.u.Offset(n.Sel.Pos()), suffix)
	}
	if em.isLateValue(n, parent) {
		em.e.close(em.u.Offset(n.End()), ")")
	}
}

// reach returns what stands before x and between x and the selected name.
func (em *emitter) reach(n *ast.SelectorExpr) (prefix, suffix string, ok bool) {
	sel := em.u.Info.Selections[n]
	if sel == nil || sel.Kind() == types.MethodExpr {
		return "", "", false
	}
	path := fieldPath(sel)
	first := -1
	for i, s := range path {
		if em.outOfReach(s.field) {
			// A promoted method needs only its embedded fields; Go finds them.
			if sel.Kind() == types.FieldVal {
				first = i
			}
			break
		}
	}
	if first < 0 {
		return "", "", false
	}
	addressable := em.u.Info.Types[n.X].Addressable() || path[0].pointer
	prefix, suffix = em.reachPath(path, addressable)
	return prefix, suffix + ".", true
}

// reachPath returns the text around x for all steps of a path; the suffix ends
// before the dot of the last field.
func (em *emitter) reachPath(path []step, addressable bool) (prefix, suffix string) {
	ptr := path[0].pointer
	for i, s := range path {
		if i > 0 && s.pointer {
			ptr, addressable = true, true
		}
		if em.outOfReach(s.field) {
			open := "(*" + em.mirrorOf(s.st) + ")(" + em.importAlias("unsafe") + ".Pointer("
			switch {
			case ptr:
				prefix, suffix = open+prefix, suffix+"))"
			case addressable:
				prefix, suffix = open+"&"+prefix, suffix+"))"
			default:
				prefix, suffix = open+em.rt()+".Addr("+prefix, suffix+")))"
			}
			addressable = true
		}
		ptr = false
		if i < len(path)-1 {
			suffix += "." + s.field.Name()
		}
	}
	return prefix, suffix
}

// literalType returns the struct type a composite literal builds when its
// fields are out of reach here, and whether the literal is of a pointer to it
// (in an elided &T{…}).
func (em *emitter) literalType(n *ast.CompositeLit) (t types.Type, pointer, ok bool) {
	t = em.u.Info.TypeOf(n)
	if t == nil || len(n.Elts) == 0 {
		return nil, false, false
	}
	if p, isPtr := t.Underlying().(*types.Pointer); isPtr && n.Type == nil {
		t, pointer = p.Elem(), true
	}
	st, isStruct := t.Underlying().(*types.Struct)
	if !isStruct {
		return nil, false, false
	}
	for i := range st.NumFields() {
		if em.outOfReach(st.Field(i)) {
			return t, pointer, true
		}
	}
	return nil, false, false
}

// composite rewrites T{…}: the literal is built of the mirror and taken for a T.
func (em *emitter) composite(n *ast.CompositeLit) {
	t, pointer, ok := em.literalType(n)
	if !ok {
		if em.shapeLiteral(n) {
			em.e.open(em.u.Offset(n.Pos()), "(")
		}
		return
	}
	text := typeText{em}.of(t)
	prefix := "(*" + text + ")(" + em.importAlias("unsafe") + ".Pointer(&"
	if !pointer {
		prefix = "(*" + prefix
	}
	lo := em.u.Offset(n.Pos())
	if n.Type == nil {
		em.e.open(lo, prefix+em.mirrorOf(t))
		return
	}
	em.e.open(lo, prefix)
	hi := em.u.Offset(n.Lbrace)
	em.e.replace(lo, hi, em.mirrorOf(t)+strings.Repeat(" ", 0))
}

func (em *emitter) compositeEnd(n *ast.CompositeLit) {
	if _, pointer, ok := em.literalType(n); ok {
		if pointer {
			em.e.close(em.u.Offset(n.End()), "))")
		} else {
			em.e.close(em.u.Offset(n.End()), ")))")
		}
	} else if em.shapeLiteral(n) {
		em.e.close(em.u.Offset(n.End()), ")")
	}
}

// shapeLiteral reports whether a literal gets a name for its type: in the head
// of a statement such a literal stands in parentheses.
func (em *emitter) shapeLiteral(n *ast.CompositeLit) bool {
	st, ok := n.Type.(*ast.StructType)
	return ok && em.shapes[st] != nil
}
