package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// usesC reports whether a cell imports "C".
func usesC(req *Request) bool {
	for _, c := range req.Chunks {
		if c.Kind == Import && strings.Contains(c.Text, `"C"`) {
			return true
		}
	}
	return false
}

// typedByC returns a statement `n := int(C.f())` or `s := C.GoString(p)` as a
// declaration with the type that is written there, or that the function is known
// to have: what the checker learns of C's names makes n a variable of none. Any
// other statement stays.
func typedByC(req *Request, c Chunk) string {
	const before = "package p; func _() { "
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", before+c.Text+"\n}", parser.SkipObjectResolution)
	if err != nil || len(f.Decls) != 1 || len(f.Decls[0].(*ast.FuncDecl).Body.List) != 1 {
		return c.Text
	}
	s, ok := f.Decls[0].(*ast.FuncDecl).Body.List[0].(*ast.AssignStmt)
	if !ok || s.Tok != token.DEFINE || len(s.Lhs) != 1 || len(s.Rhs) != 1 {
		return c.Text
	}
	t := typeOfCall(req, s.Rhs[0])
	if t == "" {
		return c.Text
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset - len(before) }
	lhs, value := offset(s.Lhs[0].Pos()), offset(s.Rhs[0].Pos())
	line, col := c.Line+strings.Count(c.Text[:value], "\n"), c.Col+value
	if nl := strings.LastIndexByte(c.Text[:value], '\n'); nl >= 0 {
		col = value - nl
	}
	return c.Text[:lhs] + "var " + c.Text[lhs:offset(s.Lhs[0].End())] + " " + t + " = " + lineDirective(c.File, line, col) + c.Text[value:]
}

// typeOfCall returns the type of a conversion of something of C's to a
// predeclared type, and of cgo's own functions, "" for anything else.
func typeOfCall(req *Request, x ast.Expr) string {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		_, predeclared := types.Universe.Lookup(fun.Name).(*types.TypeName)
		if predeclared && req.Scope[fun.Name] == nil && len(call.Args) == 1 && namesC(call.Args[0]) {
			return fun.Name
		}
	case *ast.SelectorExpr:
		if id, ok := fun.X.(*ast.Ident); ok && id.Name == "C" {
			return map[string]string{"GoString": "string", "GoStringN": "string", "GoBytes": "[]byte"}[fun.Sel.Name]
		}
	}
	return ""
}

func namesC(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			id, is := sel.X.(*ast.Ident)
			found = found || is && id.Name == "C"
		}
		return !found
	})
	return found
}
