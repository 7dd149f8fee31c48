package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// walk registers the edits of a declaration.
func (em *emitter) walk(root ast.Node) {
	var stack []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			var parent ast.Node
			if len(stack) > 0 {
				parent = stack[len(stack)-1]
			}
			em.leave(last, parent)
			return true
		}
		if g, ok := n.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			return false
		}
		var parent ast.Node
		if len(stack) > 0 {
			parent = stack[len(stack)-1]
		}
		em.enter(n, parent)
		stack = append(stack, n)
		return true
	})
}

func (em *emitter) enter(n, parent ast.Node) {
	em.bridges(n, func(x ast.Expr, b bridge) { em.e.open(em.u.Offset(x.Pos()), b.open) })
	switch n.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		em.funcs = append(em.funcs, n)
	}
	switch n := n.(type) {
	case *ast.Ident:
		em.ident(n, parent)
	case *ast.SelectorExpr:
		em.selector(n, parent)
	case *ast.StructType:
		em.shapeType(n)
	case *ast.CompositeLit:
		em.composite(n)
	case *ast.FuncDecl:
		em.funcDecl(n)
	case *ast.FuncLit:
		em.entryCheck(n.Body, em.isDynamic, "")
		em.unusedIn(n.Body)
	case *ast.BranchStmt:
		em.gotoCheck(n)
	case *ast.BlockStmt:
		em.unusedIn(n)
	case *ast.CaseClause:
		em.unusedStmts(n.Body)
	case *ast.CommClause:
		em.unusedStmts(n.Body)
	case *ast.IfStmt:
		em.unusedInit(n.Init, n.Body)
	case *ast.ForStmt:
		em.unusedInit(n.Init, n.Body)
		em.loopCheck(n, n.Body, parent)
		em.keepResults(n)
	case *ast.RangeStmt:
		em.rangeStmt(n, parent)
	case *ast.SwitchStmt:
		em.unusedSwitch(n.Init, n.Body)
	case *ast.TypeSwitchStmt:
		em.typeSwitch(n)
	case *ast.GoStmt:
		em.goStmt(n)
	case *ast.DeferStmt:
		em.haltBehind(n)
	case *ast.CallExpr:
		em.call(n, parent)
	case *ast.UnaryExpr:
		em.receive(n, parent)
	case *ast.SendStmt:
		em.send(n, parent)
	case *ast.SelectStmt:
		em.selectStmt(n)
	}
}

func (em *emitter) leave(n, parent ast.Node) {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		em.selectorEnd(n, parent)
	case *ast.CompositeLit:
		em.compositeEnd(n)
	case *ast.FuncDecl, *ast.FuncLit:
		em.funcs = em.funcs[:len(em.funcs)-1]
	case *ast.ForStmt:
		em.loopEnd(n)
	case *ast.RangeStmt:
		em.loopEnd(n)
	case *ast.ExprStmt:
		em.checkBehind(n, parent)
	}
	em.bridges(n, func(x ast.Expr, b bridge) { em.e.close(em.u.Offset(x.End()), b.close) })
	if s, ok := n.(ast.Stmt); ok && len(em.regions) > 0 {
		if text := em.writeThrough(s); text != "" {
			em.e.close(em.u.Offset(s.End()), text)
		}
		if em.regionEnd[s] {
			em.e.close(em.u.Offset(s.End()), " }")
		}
	}
}

// ident rewrites a name that stands for something of the session.
func (em *emitter) ident(id *ast.Ident, parent ast.Node) {
	obj := em.u.Info.Uses[id]
	if obj == nil {
		if obj = em.u.Info.Defs[id]; obj == nil {
			return
		}
		em.definition(id, obj)
		return
	}
	if p, ok := obj.(*types.PkgName); ok {
		im := check.ImportSpec{Name: id.Name, Path: p.Imported().Path()}
		em.userIm[im] = append(em.userIm[im], em.u.Offset(id.Pos()))
		return
	}
	lo, hi := em.u.Offset(id.Pos()), em.u.Offset(id.End())
	if v, ok := em.sessionVar(obj); ok {
		if em.u.Run.Pos() <= id.Pos() && id.Pos() < em.u.Run.End() || em.initialises(id) {
			em.inRun[v] = true
		}
		if name, ok := em.copyOf(v, lo); ok {
			em.e.replace(lo, hi, name)
			return
		}
		em.e.replace(lo, hi, "(*"+em.slot(v)+")")
		return
	}
	switch obj := obj.(type) {
	case *types.Func:
		if obj == em.short {
			em.e.replace(lo, hi, shortName(obj))
			return
		}
		if obj.Signature().Recv() != nil {
			if methodName(obj) != id.Name {
				em.e.replace(lo, hi, methodName(obj))
			}
			return
		}
		em.global(lo, hi, id, obj.Origin())
	case *types.Const:
		em.global(lo, hi, id, obj)
	}
}

// initialises reports whether id stands in the initialiser of a package-level
// variable, which becomes a statement.
func (em *emitter) initialises(id *ast.Ident) bool {
	for _, in := range em.u.Info.InitOrder {
		if in.Rhs.Pos() <= id.Pos() && id.Pos() < in.Rhs.End() {
			return true
		}
	}
	return false
}

// global rewrites the use of a function or constant.
func (em *emitter) global(lo, hi int, id *ast.Ident, obj types.Object) {
	switch {
	case em.own[obj]:
		if exported(id.Name) != id.Name {
			em.e.replace(lo, hi, exported(id.Name))
		}
	case em.foreign(obj):
		em.e.replace(lo, hi, em.homeAlias(obj)+"."+exported(obj.Name()))
	}
}

// definition rewrites a declared name to its exported spelling; variables and
// types keep theirs.
func (em *emitter) definition(id *ast.Ident, obj types.Object) {
	lo, hi := em.u.Offset(id.Pos()), em.u.Offset(id.End())
	if v, ok := em.sessionVar(obj); ok {
		em.inRun[v] = true
		em.e.replace(lo, hi, "(*"+em.slot(v)+")")
		return
	}
	switch obj := obj.(type) {
	case *types.Func:
		switch {
		case obj == em.short:
			em.e.replace(lo, hi, shortName(obj))
		case obj.Signature().Recv() != nil:
			if methodName(obj) != id.Name {
				em.e.replace(lo, hi, methodName(obj))
			}
		case id.Name == "init":
			name := em.next("gbz_init")
			em.inits = append(em.inits, name)
			em.e.replace(lo, hi, name)
		case id.Name != "_" && id.Name != check.RunFunc && exported(id.Name) != id.Name:
			em.e.replace(lo, hi, exported(id.Name))
		}
	case *types.Const:
		if em.own[obj] && exported(id.Name) != id.Name {
			em.e.replace(lo, hi, exported(id.Name))
		}
	}
}

// typeSwitch drops the variable of a type switch that no clause uses.
func (em *emitter) typeSwitch(s *ast.TypeSwitchStmt) {
	em.unusedSwitch(s.Init, s.Body)
	as, ok := s.Assign.(*ast.AssignStmt)
	if !ok {
		return
	}
	if id, ok := as.Lhs[0].(*ast.Ident); ok && em.u.Unused[id] {
		em.e.replace(em.u.Offset(id.Pos()), em.u.Offset(as.Rhs[0].Pos()), "")
	}
}

func (em *emitter) unusedIn(b *ast.BlockStmt) { em.unusedStmts(b.List) }

// unusedStmts keeps the compiler from refusing variables that are declared and
// not used: a notebook tolerates them.
func (em *emitter) unusedStmts(list []ast.Stmt) {
	for _, s := range list {
		for l, ok := s.(*ast.LabeledStmt); ok; l, ok = s.(*ast.LabeledStmt) {
			s = l.Stmt
		}
		switch s := s.(type) {
		case *ast.AssignStmt, *ast.DeclStmt:
			if names := em.unusedNames(s); names != "" {
				em.e.close(em.u.Offset(s.End()), "; "+names)
			}
		}
	}
}

// unusedInit does the same for the variables of an if or for header.
func (em *emitter) unusedInit(init ast.Stmt, body *ast.BlockStmt) {
	if init == nil {
		return
	}
	if names := em.unusedNames(init); names != "" {
		em.e.open(em.u.Offset(body.Lbrace)+1, " "+names+"; ")
	}
}

// unusedSwitch does it for a switch, whose body has no place for statements
// before the first clause: the name is blanked instead.
func (em *emitter) unusedSwitch(init ast.Stmt, _ *ast.BlockStmt) {
	as, ok := init.(*ast.AssignStmt)
	if !ok || as.Tok != token.DEFINE {
		return
	}
	blank := 0
	for _, l := range as.Lhs {
		if id, ok := l.(*ast.Ident); ok && (em.u.Unused[id] || id.Name == "_") {
			blank++
			if em.u.Unused[id] {
				em.e.replace(em.u.Offset(id.Pos()), em.u.Offset(id.End()), "_")
			}
		}
	}
	if blank == len(as.Lhs) {
		em.e.replace(em.u.Offset(as.TokPos), em.u.Offset(as.TokPos)+2, "=")
	}
}

// unusedNames returns `_, _ = x, y` for the unused variables a statement
// declares, "" when there are none.
func (em *emitter) unusedNames(s ast.Stmt) string {
	var names []string
	ast.Inspect(s, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && em.u.Unused[id] {
			if _, isSession := em.sessionVar(em.u.Info.Defs[id]); !isSession {
				names = append(names, id.Name)
			}
		}
		return true
	})
	if len(names) == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.Repeat("_, ", len(names)), ", ") + " = " + strings.Join(names, ", ")
}
