package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// Declarations returns the unit without its statements and variables, as if
// the cell held nothing but its imports, functions, types and constants; their
// objects are the same. Variables of the cell that they mention are then ones
// of the session.
func (u *Unit) Declarations() *Unit {
	d := *u
	d.Beside = u.Run
	d.List, d.Vars, d.Last, d.PackageVars, d.outerNames = nil, nil, nil, false, nil
	d.Run = &ast.FuncDecl{Name: ast.NewIdent(RunFunc), Type: &ast.FuncType{Func: u.Run.End(), Params: &ast.FieldList{}}, Body: &ast.BlockStmt{Lbrace: u.Run.End(), Rbrace: u.Run.End()}}
	file := *u.File
	file.Decls = nil
	for _, n := range u.File.Decls {
		if g, ok := n.(*ast.GenDecl); n != ast.Decl(u.Run) && (!ok || g.Tok != token.VAR) {
			file.Decls = append(file.Decls, n)
		}
	}
	d.File = &file
	d.Info = u.infoOf(file.Decls)
	d.Shadow = maps.Clone(u.Shadow)
	for _, v := range u.Vars {
		if v.Parent() == u.Pkg.Scope() { // functions mention it itself
			d.Shadow[v] = v
		}
	}
	return &d
}

// infoOf returns what is known of declarations; what is looked up by node only
// is that of the unit.
func (u *Unit) infoOf(decls []ast.Decl) *types.Info {
	info := *u.Info
	info.Defs, info.Uses, info.InitOrder = map[*ast.Ident]types.Object{}, map[*ast.Ident]types.Object{}, nil
	for _, d := range decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if o, ok := u.Info.Defs[id]; ok {
					info.Defs[id] = o
				}
				if o, ok := u.Info.Uses[id]; ok {
					info.Uses[id] = o
				}
			}
			return true
		})
	}
	for id := range u.Info.Instances { // those of the statements are compiled here
		info.Uses[id] = u.Info.Uses[id]
	}
	return &info
}
