package loops

import (
	"go/ast"
	"go/token"
)

// jumps refuses ways out of the loop. They can't be forced.
func (a *analysis) jumps(sh *shape) (ref *Refusal) {
	inner := map[string]bool{}
	var walk func(n ast.Node, loops, switches int)
	walk = func(n ast.Node, loops, switches int) {
		ast.Inspect(n, func(m ast.Node) bool {
			if ref != nil {
				return false
			}
			if m == n {
				return true
			}
			switch m := m.(type) {
			case *ast.FuncLit:
				return false
			case *ast.LabeledStmt:
				inner[m.Label.Name] = true
			case *ast.ForStmt, *ast.RangeStmt:
				walk(m, loops+1, switches)
				return false
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				walk(m, loops, switches+1)
				return false
			case *ast.ReturnStmt:
				ref = a.refuse(m.Pos(), "", "return leaves the loop", "let the loop run to its end and return after it")
			case *ast.BranchStmt:
				ref = a.jump(sh, m, loops, switches, inner)
			}
			return true
		})
	}
	walk(sh.body, 0, 0)
	return ref
}

func (a *analysis) jump(sh *shape, m *ast.BranchStmt, loops, switches int, inner map[string]bool) *Refusal {
	switch {
	case m.Tok == token.FALLTHROUGH, m.Label != nil && inner[m.Label.Name] && m.Tok != token.GOTO:
		return nil
	case m.Tok == token.GOTO && hasLabel(sh.body, m.Label.Name):
		return a.refuse(m.Pos(), "", "goto "+m.Label.Name+" jumps within the item: what it has done by then is not followed", "use for, if and continue")
	case m.Tok == token.GOTO:
		return a.refuse(m.Pos(), "", "goto jumps out of the item", "use if and continue")
	case m.Tok == token.CONTINUE:
		if m.Label != nil {
			if sh.label = a.labelOf(sh.stmt); sh.label != m.Label.Name {
				return a.refuse(m.Pos(), "", "continue "+m.Label.Name+" goes on with a loop further out", "mark that loop instead")
			}
		}
		return nil
	case m.Label == nil && loops+switches > 0:
		return nil
	}
	return a.refuse(m.Pos(), "", "break ends the loop early: which items run would depend on the workers",
		"compute all items and look for the first one after the loop")
}

// labelOf is the label of a loop, "" without one.
func (a *analysis) labelOf(loop ast.Stmt) (name string) {
	if a.in.Around == nil {
		return ""
	}
	ast.Inspect(a.in.Around, func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok && l.Stmt == loop {
			name = l.Label.Name
		}
		return name == ""
	})
	return name
}

// hasLabel tells whether the body has a statement with the label.
func hasLabel(body *ast.BlockStmt, name string) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		found = found || ok && l.Label.Name == name
		return !found
	})
	return found
}
