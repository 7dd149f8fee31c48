package compile

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// A session variable lives behind a pointer, which keeps the compiler from
// holding it in a register. In a loop in which nothing else can reach the
// variable, a local copy stands for it: it is read once before the loop, and
// every assignment in the loop also writes the variable, so that a panic, an
// interrupt and code behind the loop find its value.

// A region is a loop in which copies stand for session variables.
type region struct {
	stmt   ast.Stmt
	lo, hi int
	head   string // declares the copies
	copies map[*types.Var]string
}

// findRegions chooses the loops of the statements and the variables that have
// copies in them.
func (em *emitter) findRegions() {
	private := em.privateVars()
	if hasGoto(em.u.Run) {
		return
	}
	for _, d := range em.u.File.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd.Body == nil || em.u.IsShadow(d) || fd.Type.TypeParams != nil {
			continue
		}
		if fd != em.u.Run && hasGoto(fd) {
			continue
		}
		em.regionsIn(fd.Body, private, nil)
	}
}

func hasGoto(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.GOTO
		return !found
	})
	return found
}

func (em *emitter) regionsIn(n ast.Node, private, taken map[*types.Var]bool) {
	ast.Inspect(n, func(c ast.Node) bool {
		s, ok := c.(ast.Stmt)
		if !ok {
			return true
		}
		body, ok := s.(*ast.LabeledStmt)
		loop := s
		if ok {
			loop = body.Stmt
		}
		if !isLoop(loop) || c == n {
			return true
		}
		now := map[*types.Var]bool{}
		for v := range taken {
			now[v] = true
		}
		if copies := em.copiesIn(loop, private, taken); len(copies) > 0 {
			em.addRegion(s, copies)
			for v := range copies {
				now[v] = true
			}
		}
		em.regionsIn(loop, private, now)
		return false
	})
}

func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

func (em *emitter) addRegion(s ast.Stmt, copies map[*types.Var]bool) {
	r := region{stmt: s, lo: em.u.Offset(s.Pos()), hi: em.u.Offset(s.End()), copies: map[*types.Var]string{}}
	var vars []*types.Var
	for v := range copies {
		vars = append(vars, v)
	}
	sort.Slice(vars, func(i, j int) bool { return vars[i].Name() < vars[j].Name() })
	var b strings.Builder
	b.WriteString("{ ")
	for _, v := range vars {
		name := em.next("gbl") + "_" + v.Name()
		r.copies[v] = name
		fmt.Fprintf(&b, "%s := *%s; _ = %s; ", name, em.slot(v), name)
		if em.u.Run.Pos() <= s.Pos() && s.Pos() < em.u.Run.End() {
			em.inRun[v] = true
		}
	}
	r.head = b.String()
	em.regions = append(em.regions, r)
	em.e.open(r.lo, r.head)
	em.regionEnd[s] = true
}

// copyOf returns the copy that stands for a session variable at an offset.
func (em *emitter) copyOf(v *types.Var, off int) (string, bool) {
	for i := len(em.regions) - 1; i >= 0; i-- {
		r := em.regions[i]
		if name, ok := r.copies[v]; ok && r.lo <= off && off < r.hi {
			return name, true
		}
	}
	return "", false
}

// writeThrough returns what follows an assignment in a loop.
func (em *emitter) writeThrough(s ast.Stmt) string {
	var b strings.Builder
	for _, l := range assigned(s) {
		id, ok := ast.Unparen(l).(*ast.Ident)
		if !ok {
			continue
		}
		if v, ok := em.sessionVar(em.objectOf(id)); ok {
			if name, ok := em.copyOf(v, em.u.Offset(id.Pos())); ok {
				fmt.Fprintf(&b, "; *%s = %s", em.slot(v), name)
			}
		}
	}
	return b.String()
}

func (em *emitter) objectOf(id *ast.Ident) types.Object {
	if o := em.u.Info.Uses[id]; o != nil {
		return o
	}
	return em.u.Info.Defs[id]
}

func assigned(s ast.Node) []ast.Expr {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return s.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{s.X}
	}
	return nil
}

// privateVars returns the variables that only the statements of this cell can
// reach while they run: declared here, in no declaration and no function
// literal, their address never taken.
func (em *emitter) privateVars() map[*types.Var]bool {
	vars := map[*types.Var]bool{}
	for _, v := range em.u.Vars {
		vars[v] = !em.u.PackageVars
	}
	for s, v := range em.u.Shadow {
		delete(vars, v)
		_ = s
	}
	depth := 0
	var stack []ast.Node
	ast.Inspect(em.u.Run, func(n ast.Node) bool {
		if n == nil {
			if _, ok := stack[len(stack)-1].(*ast.FuncLit); ok {
				depth--
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.FuncLit:
			depth++
		case *ast.Ident:
			if v, ok := em.sessionVar(em.objectOf(n)); ok && depth > 0 {
				delete(vars, v)
			}
		default:
			if v := em.addressed(n); v != nil {
				delete(vars, v)
			}
		}
		return true
	})
	return vars
}

// addressed returns the session variable whose address n takes, by & or by a
// method on a pointer.
func (em *emitter) addressed(n ast.Node) *types.Var {
	var x ast.Expr
	switch n := n.(type) {
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			x = n.X
		}
	case *ast.SelectorExpr:
		sel := em.u.Info.Selections[n]
		if sel != nil && sel.Kind() == types.MethodVal {
			if _, isPtr := sel.Recv().Underlying().(*types.Pointer); !isPtr && !types.IsInterface(sel.Recv()) {
				x = n.X
			}
		}
	}
	if id, ok := ast.Unparen(x).(*ast.Ident); ok && x != nil {
		if v, ok := em.sessionVar(em.objectOf(id)); ok {
			return v
		}
	}
	return nil
}

// copiesIn returns the variables that may have a copy in a loop.
func (em *emitter) copiesIn(loop ast.Stmt, private, taken map[*types.Var]bool) map[*types.Var]bool {
	l := &loopUse{em: em, used: map[*types.Var]bool{}, bad: map[*types.Var]bool{}, quiet: true}
	l.scan(loop)
	for v := range l.used {
		_, isStruct := v.Type().Underlying().(*types.Struct)
		_, isArray := v.Type().Underlying().(*types.Array)
		switch {
		case l.bad[v] || taken[v] || isStruct || isArray,
			!private[v] && (!l.quiet || l.storesTo(v.Type())):
			delete(l.used, v)
		}
	}
	return l.used
}

// A loopUse is what a loop does with session variables.
type loopUse struct {
	em     *emitter
	used   map[*types.Var]bool
	bad    map[*types.Var]bool // written where a statement can't follow, or address taken
	stores []types.Type        // of what is written through pointers
	quiet  bool                // calls nothing that could reach session variables
}

func (l *loopUse) storesTo(t types.Type) bool {
	for _, s := range l.stores {
		if types.Identical(s, t) {
			return true
		}
	}
	return false
}

func (l *loopUse) scan(loop ast.Stmt) {
	em := l.em
	// Statements that stand in a list can be followed by a write.
	listed := map[ast.Node]bool{}
	list := func(ss []ast.Stmt) {
		for _, s := range ss {
			for lab, ok := s.(*ast.LabeledStmt); ok; lab, ok = s.(*ast.LabeledStmt) {
				s = lab.Stmt
			}
			listed[s] = true
		}
	}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			list(n.List)
		case *ast.CaseClause:
			list(n.Body)
		case *ast.CommClause:
			list(n.Body)
			l.quiet = false
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.SelectStmt:
			l.quiet = false
		case *ast.RangeStmt:
			l.rangeOver(n)
		case *ast.CallExpr:
			l.quiet = l.quiet && em.harmless(n)
		case *ast.UnaryExpr:
			l.quiet = l.quiet && n.Op != token.ARROW
		case *ast.Ident:
			if v, ok := em.sessionVar(em.objectOf(n)); ok {
				l.used[v] = true
			}
		}
		if v := em.addressed(n); v != nil {
			l.bad[v] = true
		}
		for _, x := range assigned(n) {
			l.assign(x, listed[n])
		}
		return true
	})
}

func (l *loopUse) rangeOver(n *ast.RangeStmt) {
	switch l.em.under(n.X).(type) {
	case *types.Chan, *types.Signature:
		l.quiet = false
	}
	if n.Tok == token.ASSIGN {
		for _, x := range []ast.Expr{n.Key, n.Value} {
			if x != nil {
				l.assign(x, false)
			}
		}
	}
}

func (l *loopUse) assign(x ast.Expr, listed bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if v, ok := l.em.sessionVar(l.em.objectOf(x)); ok && !listed {
			l.bad[v] = true
		}
	case *ast.StarExpr:
		l.stores = append(l.stores, l.em.u.Info.TypeOf(x))
	}
}

// harmlessPackages hold functions that can't reach session variables.
var harmlessPackages = map[string]bool{"math": true, "math/bits": true, "math/cmplx": true, "strconv": true, "unicode": true, "unicode/utf8": true}

// harmless reports whether a call can reach no session variable: conversions,
// builtins, and plain functions of std.
func (em *emitter) harmless(n *ast.CallExpr) bool {
	tv := em.u.Info.Types[n.Fun]
	if tv.IsType() || tv.IsBuiltin() {
		return true
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := em.u.Info.Uses[sel.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && harmlessPackages[fn.Pkg().Path()] && fn.Signature().Recv() == nil
}
