package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// implicitField begins what the checker says of a struct literal without keys
// whose field another package declared. For the user cells are one package.
const implicitField = "implicit assignment to unexported field"

// check types the file. The checker leaves the values of literals without keys
// unchecked where the struct is of an earlier cell (see implicitField): these
// literals are typed once more with keys, which name the fields of any cell.
func (u *Unit) check(req *Request, f *ast.File, hidden map[string]bool) []types.Error {
	raw := u.checkOrdered(req, f, hidden)
	keyed := u.giveKeys(raw)
	if len(keyed) == 0 {
		return append(raw, u.anonymousCycles(f)...)
	}
	raw = u.checkOrdered(req, f, hidden)
	for _, lit := range keyed {
		u.takeKeys(lit)
	}
	return append(raw, u.anonymousCycles(f)...)
}

// checkOrdered types the file, its types first where variables of the session
// follow them.
func (u *Unit) checkOrdered(req *Request, f *ast.File, hidden map[string]bool) []types.Error {
	if req.Retype != nil {
		if raw, ok := u.checkTypesFirst(req, f, hidden); ok {
			return raw
		}
	}
	return u.checkAll(req, f, hidden)
}

// giveKeys puts the fields' names before the values of the literals that the
// checker complained about. It leaves out literals of another length, which
// stay errors, and structs with blank fields, which have no name to give.
func (u *Unit) giveKeys(raw []types.Error) (keyed []*ast.CompositeLit) {
	at := map[token.Pos]bool{}
	for _, e := range raw {
		if strings.HasPrefix(e.Msg, implicitField) {
			at[e.Pos] = true
		}
	}
	if len(at) == 0 {
		return nil
	}
	ast.Inspect(u.File, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		st := u.sessionStruct(lit)
		if st == nil || st.NumFields() != len(lit.Elts) || hasBlank(st) {
			return true
		}
		for _, e := range lit.Elts {
			if at[e.Pos()] {
				keyed = append(keyed, lit)
				break
			}
		}
		return true
	})
	for _, lit := range keyed {
		st := u.sessionStruct(lit)
		for i, e := range lit.Elts {
			lit.Elts[i] = &ast.KeyValueExpr{Key: &ast.Ident{NamePos: e.Pos(), Name: st.Field(i).Name()}, Colon: e.Pos(), Value: e}
		}
	}
	return keyed
}

// takeKeys gives a literal back the elements that it is written with.
func (u *Unit) takeKeys(lit *ast.CompositeLit) {
	for i, e := range lit.Elts {
		kv := e.(*ast.KeyValueExpr)
		delete(u.Info.Uses, kv.Key.(*ast.Ident))
		lit.Elts[i] = kv.Value
	}
}

// sessionStruct returns the struct that a literal makes, nil when it makes
// something else or the struct's fields were not declared in a cell.
func (u *Unit) sessionStruct(lit *ast.CompositeLit) *types.Struct {
	t := u.Info.TypeOf(lit)
	if t == nil {
		return nil
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok { // an element &T{…} with its type left out
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || st.NumFields() == 0 || st.Field(0).Pkg() == nil || st.Field(0).Pkg().Path() != "main" {
		return nil
	}
	return st
}

func hasBlank(st *types.Struct) bool {
	for f := range st.Fields() {
		if f.Name() == "_" {
			return true
		}
	}
	return false
}

// sessionLiteral reports whether the element of a struct literal at p is the
// value of a field that was declared in a cell.
func (u *Unit) sessionLiteral(p token.Pos) bool {
	found := false
	ast.Inspect(u.File, func(n ast.Node) bool {
		if n == nil || p < n.Pos() || p >= n.End() {
			return false
		}
		if lit, ok := n.(*ast.CompositeLit); ok && u.sessionStruct(lit) != nil {
			for _, e := range lit.Elts {
				found = found || e.Pos() == p
			}
		}
		return true
	})
	return found
}
