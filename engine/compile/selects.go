package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// commAssign takes apart the assignment of a select clause, so that a stop
// that comes with what is received is seen before the assignment:
//
//	case x, ok = <-ch:  →  case v, is := <-ch: check; x, ok = v, is
//
// It returns the text for behind the check, "" for other clauses.
func (em *emitter) commAssign(c *ast.CommClause) string {
	as, ok := c.Comm.(*ast.AssignStmt)
	if !ok || as.Tok != token.ASSIGN {
		return ""
	}
	to, from := make([]string, len(as.Lhs)), make([]string, len(as.Lhs))
	got := make([]string, len(as.Lhs))
	for i, l := range as.Lhs {
		got[i] = em.next("gbz_v")
		to[i], from[i] = em.nameText(l), got[i]
		if t := em.u.Info.TypeOf(l); i == 1 && !isBlank(l) && !types.IsInterface(t) && t != types.Typ[types.Bool] {
			from[i] = typeText{em}.of(t) + "(" + got[i] + ")"
		}
	}
	off := em.u.Offset
	em.e.replace(off(c.Case), off(as.Rhs[0].Pos()), "case "+strings.Join(got, ", ")+" := ")
	return " " + strings.Join(to, ", ") + " = " + strings.Join(from, ", ") + "; "
}
