package interp

import (
	"go/ast"
	"go/token"
)

// Where an unlabelled break means the loop that yaegi runs it is written as it
// is. Every other jump (out of a switch or select, to a label) is a goto of
// yaegi, whose code is a graph in which a goto is an edge, to a label behind the
// statement, or at the end of a loop's body.

// A target is a statement that break and continue may mean.
type target struct {
	stmt   ast.Stmt
	label  string // the user's, "" for none
	loop   bool
	body   bool   // the loop's body is a function of its own
	behind string // yaegi's label behind the statement, "" while nobody jumps there
	next   string // the one at the end of the body
}

// breakable writes a statement that break and continue may mean.
func (l *lowerer) breakable(s ast.Stmt, write func()) {
	t := &target{stmt: s, label: l.labelled[s]}
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		t.loop = true
	}
	l.targets = append(l.targets, t)
	write()
	l.targets = l.targets[:len(l.targets)-1]
	l.mark(t.behind)
}

// mark writes a label that somebody jumps to.
func (l *lowerer) mark(name string) {
	if name != "" {
		l.line("%s:\n{ }", name)
	}
}

// loopBody writes the statements of a loop's body.
func (l *lowerer) loopBody(b *ast.BlockStmt) {
	l.block(b.List)
	l.mark(l.targets[len(l.targets)-1].next)
}

// labelledStmt writes a statement that has a label.
func (l *lowerer) labelledStmt(s *ast.LabeledStmt) {
	if l.labelled == nil {
		l.labelled = map[ast.Stmt]string{}
	}
	l.labelled[s.Stmt] = s.Label.Name
	if l.gotos()[s.Label.Name] {
		l.mark(l.userLabel(s.Label.Name))
		l.stopCheck()
	}
	l.stmt(s.Stmt)
}

// gotos are the labels that goto statements of the function or the cell name.
// (Labels of other functions may be among them, which costs a stop check.)
func (l *lowerer) gotos() map[string]bool {
	if l.jumpsTo == nil {
		l.jumpsTo = map[string]bool{}
		ast.Inspect(l.u.File, func(n ast.Node) bool {
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
				l.jumpsTo[b.Label.Name] = true
			}
			return true
		})
	}
	return l.jumpsTo
}

// userLabel names a label of the user's that goto statements mean.
func (l *lowerer) userLabel(name string) string {
	if l.userLabels == nil {
		l.userLabels = map[string]string{}
	}
	if l.userLabels[name] == "" {
		l.userLabels[name] = l.next("gbz_j")
	}
	return l.userLabels[name]
}

// branch writes break, continue and goto.
func (l *lowerer) branch(s *ast.BranchStmt) {
	if s.Tok == token.GOTO {
		l.line("goto %s", l.userLabel(s.Label.Name))
		return
	}
	n := len(l.targets) - 1
	for ; n >= 0; n-- {
		t := l.targets[n]
		if s.Label != nil && t.label == s.Label.Name || s.Label == nil && (t.loop || s.Tok == token.BREAK) {
			break
		}
	}
	switch {
	case n < 0 && s.Label == nil: // of a loop that something else writes
		l.line("%s", s.Tok)
		return
	case n < 0 && l.around != nil:
		l.branchAround(s)
		return
	case n < 0:
		l.fail("the label %s", s.Label.Name)
	}
	t := l.targets[n]
	if t.body {
		l.line("return %t", s.Tok == token.CONTINUE)
		return
	}
	if s.Label == nil && t.loop {
		l.line("%s", s.Tok)
		return
	}
	to := &t.behind
	if s.Tok == token.CONTINUE {
		to = &t.next
	}
	if *to == "" {
		*to = l.next("gbz_j")
	}
	l.line("goto %s", *to)
}
