package compile

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"
)

// runBody registers the edits that turn declarations of session variables into
// assignments, and returns the body of gbz_run, "" when there is
// nothing to run.
func (em *emitter) runBody() string {
	list := em.u.List
	if len(list) == 0 && len(em.u.Vars) == 0 && len(em.inits) == 0 && len(em.u.Info.InitOrder) == 0 && !em.opt.Whole {
		return ""
	}
	reached := 0
	declares := make([]int, len(list)) // how many variables are declared after each statement
	for i, s := range list {
		em.runStmt(s)
		reached += len(em.declaredBy(s))
		declares[i] = reached
	}
	em.e.sorted()
	var b strings.Builder
	b.WriteString(em.initialisers(&reached))
	for _, name := range em.inits {
		b.WriteString(name + "()\n")
	}
	before := 0
	if em.u.PackageVars {
		before = len(em.u.Vars)
	}
	for i, s := range list {
		b.WriteString(em.at(s) + em.stmtText(s) + "\n")
		if n := before + declares[i]; i == 0 && n > before || i > 0 && declares[i] > declares[i-1] {
			fmt.Fprintf(&b, "gbz_c.Reached(%d)\n", n)
		}
	}
	if em.opt.Whole {
		b.WriteString("//line /goblaze/generated:1:1\nGbz_main()\n") // no line of the cell calls it
	}
	return em.slotCopies() + b.String()
}

// slotCopies copies the slots the statements use, so that closures keep the
// variables they saw when a name is declared again later.
func (em *emitter) slotCopies() string {
	var names []string
	for v := range em.inRun {
		names = append(names, em.slot(v))
	}
	if len(names) == 0 {
		return ""
	}
	sort.Strings(names)
	names = slices.Compact(names) // a variable and its shadow have one slot
	list := strings.Join(names, ", ")
	blanks := strings.TrimSuffix(strings.Repeat("_, ", len(names)), ", ")
	return list + " := " + list + "\n" + blanks + " = " + list + "\n"
}

// initialisers returns the package-level variables' initialisation, in Go's
// order.
func (em *emitter) initialisers(reached *int) string {
	if !em.u.PackageVars {
		return ""
	}
	var b strings.Builder
	for _, in := range em.u.Info.InitOrder {
		lhs := make([]string, 0, len(in.Lhs))
		shadow := false
		for _, v := range in.Lhs {
			if em.u.Shadow[v] != nil {
				shadow = true
			}
			if v.Name() == "_" {
				lhs = append(lhs, "_")
			} else {
				em.inRun[v] = true
				lhs = append(lhs, "(*"+em.slot(v)+")")
			}
		}
		if shadow {
			continue
		}
		rhs := em.e.apply(em.u.Offset(in.Rhs.Pos()), em.u.Offset(in.Rhs.End()))
		fmt.Fprintf(&b, "%s = %s%s\n", strings.Join(lhs, ", "), em.at(in.Rhs), rhs)
	}
	if len(em.u.Vars) > 0 {
		fmt.Fprintf(&b, "gbz_c.Reached(%d)\n", len(em.u.Vars))
	}
	return b.String()
}

// declaredBy returns the session variables a top-level statement declares.
func (em *emitter) declaredBy(s ast.Stmt) []*types.Var {
	var vars []*types.Var
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.Ident:
			if v, ok := em.u.Info.Defs[n].(*types.Var); ok {
				for _, sv := range em.u.Vars {
					if sv == v {
						vars = append(vars, v)
					}
				}
			}
		}
		return true
	})
	return vars
}

// runStmt rewrites what a top-level statement declares.
func (em *emitter) runStmt(s ast.Stmt) {
	for l, ok := s.(*ast.LabeledStmt); ok; l, ok = s.(*ast.LabeledStmt) {
		s = l.Stmt
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			em.e.replace(em.u.Offset(s.TokPos), em.u.Offset(s.TokPos)+2, "=")
		}
	case *ast.DeclStmt:
		if g, ok := s.Decl.(*ast.GenDecl); ok && g.Tok == token.VAR {
			em.runVar(g)
		}
	}
}

// runVar rewrites `var x T = v` as `x = v`, group by group.
func (em *emitter) runVar(g *ast.GenDecl) {
	off := em.u.Offset
	em.e.replace(off(g.TokPos), off(g.TokPos)+3, "")
	if g.Lparen.IsValid() {
		em.e.replace(off(g.Lparen), off(g.Lparen)+1, "")
		em.e.replace(off(g.Rparen), off(g.Rparen)+1, "")
	}
	for _, sp := range g.Specs {
		s := sp.(*ast.ValueSpec)
		blank := true
		for _, id := range s.Names {
			blank = blank && id.Name == "_"
		}
		switch {
		case blank && len(s.Values) > 0 && s.Type != nil:
			em.e.open(off(s.Pos()), "var ")
		case len(s.Values) == 0:
			em.e.drop(off(s.Pos()), off(s.End()))
		case s.Type != nil:
			em.e.drop(off(s.Type.Pos()), off(s.Type.End()))
		}
	}
}

// stmtText returns a top-level statement; the last expression is handed over
// as the cell's result.
func (em *emitter) stmtText(s ast.Stmt) string {
	text := em.e.apply(em.u.Offset(s.Pos()), em.u.Offset(s.End()))
	es, ok := s.(*ast.ExprStmt)
	if !ok || es.X != em.u.Last {
		return text
	}
	return em.resultText(es.X, text)
}

func (em *emitter) resultText(x ast.Expr, text string) string {
	tv := em.u.Info.Types[x]
	if em.ofC(x, tv.Type) {
		return "gbz_c.ResultOfC(" + text + ")"
	}
	_, isCall := ast.Unparen(x).(*ast.CallExpr)
	switch t := tv.Type.(type) {
	case *types.Tuple:
		return em.tupleText(t, text)
	case nil:
		return text
	default:
		switch {
		case tv.IsVoid() || isCall && em.printsOnly(x):
			return text
		case tv.IsType() || tv.IsBuiltin():
			return text
		case isCall && isError(t):
			return "gbz_c.ResultErr(" + text + ")"
		case tv.Value != nil && tv.Value.Kind() == constant.Int && !fits(tv):
			return fmt.Sprintf("gbz_c.Result(%q, %q)", tv.Value.ExactString(), "untyped int constant")
		case isError(t): // a nil error is not shown
			e := em.next("gbz_e")
			return fmt.Sprintf("if %s := %s; %s.Failed(%s) { gbz_c.Result(%s, %q) }", e, text, em.rt(), e, e, em.static(t))
		}
		return fmt.Sprintf("gbz_c.Result(%s, %q)", text, em.static(t))
	}
}

// ofC reports whether an expression has its type from C: it is known to cgo
// only, which runs after the checker.
func (em *emitter) ofC(x ast.Expr, t types.Type) bool {
	if t != nil && t != types.Typ[types.Invalid] {
		return false
	}
	of := false
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "C" {
			pkg, ok := em.u.Info.Uses[id].(*types.PkgName)
			of = of || ok && pkg.Imported().Path() == "C"
		}
		return !of
	})
	return of
}

// fits reports whether an untyped integer constant has a value of type int.
func fits(tv types.TypeAndValue) bool {
	if b, ok := tv.Type.(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 {
		return true
	}
	_, exact := constant.Int64Val(tv.Value)
	return exact
}

// tupleText shows the results of a call with several; a last error that is not
// nil fails the cell.
func (em *emitter) tupleText(t *types.Tuple, text string) string {
	if em.printsOnlyText(text) || t.Len() == 0 {
		return text
	}
	names, statics := make([]string, t.Len()), make([]string, t.Len())
	for i := range names {
		names[i] = em.next("gbz_r")
		statics[i] = fmt.Sprintf("%q", em.static(t.At(i).Type()))
	}
	n := t.Len()
	var b strings.Builder
	fmt.Fprintf(&b, "{ %s := %s; ", strings.Join(names, ", "), text)
	if isError(t.At(n - 1).Type()) {
		fmt.Fprintf(&b, "gbz_c.ResultErr(%s); ", names[n-1])
		n--
	}
	if n == 1 {
		fmt.Fprintf(&b, "gbz_c.Result(%s, %s) }", names[0], statics[0])
	} else {
		fmt.Fprintf(&b, "gbz_c.Results(%s.Words{%s}, %s) }", em.rt(), strings.Join(statics[:n], ", "), strings.Join(names[:n], ", "))
	}
	return b.String()
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// static writes a type as the user would.
func (em *emitter) static(t types.Type) string {
	return types.TypeString(types.Default(t), func(p *types.Package) string { return p.Name() })
}

// printsOnly reports whether a call is one of fmt's printing functions, whose
// results nobody wants to see.
func (em *emitter) printsOnly(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := em.u.Info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "fmt" {
		return strings.HasPrefix(fn.Name(), "Print") || strings.HasPrefix(fn.Name(), "Fprint")
	}
	return false
}

func (em *emitter) printsOnlyText(string) bool {
	return em.u.Last != nil && em.printsOnly(em.u.Last)
}
