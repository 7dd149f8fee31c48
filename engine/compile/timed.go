package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// TimedFunc is the name of the entry point of a timed loop. The statements of
// its loop over gbz_i keep their operands and results alive.
const TimedFunc = "gbz_timed"

// keepResults makes the results of a timed loop's statements used, as
// testing.B.Loop does, and lets an error result end the run.
func (em *emitter) keepResults(loop *ast.ForStmt) {
	init, ok := loop.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE {
		return
	}
	if id, ok := init.Lhs[0].(*ast.Ident); !ok || id.Name != "gbz_i" {
		return
	}
	em.timed = loop.Body
	for _, s := range loop.Body.List {
		switch s := s.(type) {
		case *ast.ExprStmt:
			em.keepCall(s)
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				em.keepNames(s)
			}
		}
	}
}

func (em *emitter) keepCall(s *ast.ExprStmt) {
	var results []types.Type
	switch t := em.u.Info.TypeOf(s.X).(type) {
	case nil:
		return
	case *types.Tuple:
		for i := range t.Len() {
			results = append(results, t.At(i).Type())
		}
	default:
		if em.u.Info.Types[s.X].IsVoid() || isRuntimeCall(em, s.X) {
			return
		}
		results = []types.Type{t}
	}
	if len(results) == 0 {
		return
	}
	names := make([]string, len(results))
	var tail strings.Builder
	for i := range names {
		names[i] = em.next("gbz_k")
		tail.WriteString("; " + em.rt() + ".Keep(" + names[i] + ")")
	}
	if last := len(results) - 1; isError(results[last]) {
		tail.WriteString("; if " + em.rt() + ".Failed(" + names[last] + ") { gbz_c.ResultErr(" + names[last] + "); return }")
	}
	off := em.u.Offset
	em.e.open(off(s.Pos()), strings.Join(names, ", ")+" := ")
	em.e.close(off(s.End()), tail.String())
}

// isRuntimeCall reports whether x is the Keep that the front end wrote.
func isRuntimeCall(em *emitter, x ast.Expr) bool {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn := em.u.Info.Uses[sel.Sel]
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == RuntimePath
}

func (em *emitter) keepNames(s *ast.AssignStmt) {
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); ok && id.Name != "_" && em.u.Info.Defs[id] != nil {
			em.e.close(em.u.Offset(s.End()), "; "+em.rt()+".Keep("+id.Name+")")
		}
	}
}
