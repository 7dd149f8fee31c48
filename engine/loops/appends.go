package loops

import (
	"fmt"
	"go/ast"
	"go/types"
)

// What a loop appends is gathered by chunk, and appended after the run as the
// loop would have: by as many calls with as many elements each. One call for
// all would leave another capacity, and where the slice's array is somebody
// else's, too, other elements in it.

// gathered returns the type of the list in which o's chunks gather what they
// append to a slice of the given type: its elements, where all calls append
// each of them (else each is 0), or the list of what each call appends.
func (g *gen) gathered(o *outerVar, slice types.Type) (typ string, each int) {
	var calls []*ast.CallExpr
	for _, s := range o.stmts {
		call := unparen(s.(*ast.AssignStmt).Rhs[0]).(*ast.CallExpr)
		if len(call.Args) > 1 {
			calls = append(calls, call)
		}
	}
	each = 1
	for i, call := range calls {
		switch n := len(call.Args) - 1; {
		case call.Ellipsis.IsValid(), i > 0 && n != each:
			return g.listed(calls, slice), 0
		default:
			each = n
		}
	}
	return g.typ(slice), each
}

// listed makes each call append a list of its arguments.
func (g *gen) listed(calls []*ast.CallExpr, slice types.Type) (typ string) {
	list := "[]" + g.typ(slice.Underlying().(*types.Slice).Elem())
	for _, call := range calls {
		g.edits = append(g.edits,
			edit{call.Args[0].End(), call.Args[1].Pos(), ", append(" + list + "(nil), "},
			edit{call.Rparen, call.Rparen, ")"})
	}
	return "[]" + list
}

// appendAll writes the appending of a gathered list, each elements a call, or,
// with 0, a list a call. Blocks that fit the capacity are copied at once.
func appendAll(slice, list string, each int) string {
	if each == 0 {
		return fmt.Sprintf("for _, gbz_x := range %s { %s = append(%s, gbz_x...) }", list, slice, slice)
	}
	return fmt.Sprintf("for gbz_x := %[2]s; len(gbz_x) > 0; { gbz_m := (cap(%[1]s) - len(%[1]s)) / %[3]d * %[3]d\n"+
		"if gbz_m > len(gbz_x) { gbz_m = len(gbz_x) }\n"+
		"if gbz_m == 0 { gbz_m = %[3]d }\n"+
		"%[1]s = append(%[1]s, gbz_x[:gbz_m]...)\n"+
		"gbz_x = gbz_x[gbz_m:] }", slice, list, each)
}
