package plan

import (
	"go/ast"
	"go/types"
)

// A MapCall is a call of package vectorizer that the engine makes in
// interpreted code's stead: its functions are generic.
type MapCall struct {
	Kind    string // "Process", "Map", "MapErr" or "ForEach"
	Context ast.Expr
	Func    ast.Expr
	Items   ast.Expr
	Options []ast.Expr
}

// MapCallOf recognises vectorizer.Map(ctx, items, f, …), MapErr and ForEach,
// and vectorizer.New(f, …).Process(items).
func MapCallOf(info *types.Info, x *ast.CallExpr) (MapCall, bool) {
	fn := vectorizerFunc(info, x)
	switch fn {
	case "Map", "MapErr", "ForEach":
		if len(x.Args) < 3 || x.Ellipsis.IsValid() {
			return MapCall{}, false
		}
		return MapCall{Kind: fn, Context: x.Args[0], Items: x.Args[1], Func: x.Args[2], Options: x.Args[3:]}, true
	}
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Process" || len(x.Args) != 1 {
		return MapCall{}, false
	}
	made, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	if !ok || vectorizerFunc(info, made) != "New" || len(made.Args) < 1 || made.Ellipsis.IsValid() {
		return MapCall{}, false
	}
	return MapCall{Kind: "Process", Func: made.Args[0], Items: x.Args[0], Options: made.Args[1:]}, true
}

// vectorizerFunc returns the name of the function of package vectorizer that a
// call names.
func vectorizerFunc(info *types.Info, x *ast.CallExpr) string {
	fun := ast.Unparen(x.Fun)
	switch f := fun.(type) {
	case *ast.IndexExpr:
		fun = f.X
	case *ast.IndexListExpr:
		fun = f.X
	}
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != VectorizerPath || fn.Signature().Recv() != nil {
		return ""
	}
	return fn.Name()
}

// background reports whether x is context.Background() or context.TODO().
func background(info *types.Info, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	return ok && (fn.FullName() == "context.Background" || fn.FullName() == "context.TODO")
}

// mapOptions are the options of package vectorizer that such calls may have.
var mapOptions = map[string]bool{"Workers": true, "Chunk": true, "CollectErrors": true, "Timeout": true, "OnProgress": true, "Each": true, "ItemText": true}

// mapCall accepts such a call, and reports whether x is one.
func (p *planner) mapCall(x *ast.CallExpr) bool {
	m, ok := MapCallOf(p.u.Info, x)
	if !ok || !p.opt.Functions {
		return false
	}
	if m.Context != nil && !background(p.u.Info, m.Context) {
		p.expr(m.Context)
	}
	p.expr(m.Func)
	p.needType(m.Func, p.u.Info.TypeOf(m.Func))
	p.expr(m.Items)
	if _, ok := types.Unalias(p.u.Info.TypeOf(m.Items)).(*types.Slice); !ok {
		p.refuse(m.Items, "items of type %s", p.u.Info.TypeOf(m.Items))
	}
	for _, o := range m.Options {
		call, ok := ast.Unparen(o).(*ast.CallExpr)
		if !ok || !mapOptions[vectorizerFunc(p.u.Info, call)] {
			p.refuse(o, "an option of the vectorizer other than Workers, Chunk, CollectErrors, Timeout, OnProgress, Each and ItemText")
		}
		for _, a := range call.Args {
			p.expr(a)
		}
	}
	return true
}
