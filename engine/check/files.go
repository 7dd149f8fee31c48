package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// checkAll types the virtual file at once.
func (u *Unit) checkAll(req *Request, f *ast.File, hidden map[string]bool) []types.Error {
	var raw []types.Error
	u.Retyped = nil
	checker := u.newChecker(req, &raw)
	u.insertScope(req, hidden, func(types.Object) bool { return true })
	u.insertOuter(req)
	hideFromCycles(f, u.Pkg.Scope())
	_ = checker.Files([]*ast.File{f}) // its errors are in raw
	return raw
}

// checkTypesFirst types the declarations of types, constants and methods, gives
// the variables of the scope that hold values of types declared again the new
// ones, and then types the rest and the methods' bodies. ok is false when there
// is no such variable or the types need the rest: then nothing is done.
func (u *Unit) checkTypesFirst(req *Request, f *ast.File, hidden map[string]bool) (raw []types.Error, ok bool) {
	first, rest := splitTypes(f)
	if first == nil {
		return nil, false
	}
	checker := u.newChecker(req, &raw)
	isVar := func(o types.Object) bool { _, is := o.(*types.Var); return is }
	u.insertScope(req, hidden, func(o types.Object) bool { return !isVar(o) })
	hideFromCycles(f, u.Pkg.Scope())
	u.conf.IgnoreFuncBodies = true
	_ = checker.Files([]*ast.File{first})
	u.conf.IgnoreFuncBodies = false
	if len(raw) > 0 {
		return nil, false
	}
	var names []*types.TypeName
	for _, name := range u.Pkg.Scope().Names() {
		if t, is := u.Pkg.Scope().Lookup(name).(*types.TypeName); is && t.Pkg() == u.Pkg {
			names = append(names, t)
		}
	}
	if u.Retyped = req.Retype(names); len(u.Retyped) == 0 {
		return nil, false
	}
	u.insertScope(req, hidden, isVar)
	u.insertOuter(req)
	_ = checker.Files([]*ast.File{rest})
	u.oneParam(f)
	return raw, true
}

// oneParam lets the bodies of methods name the variables of the methods'
// signatures: their check made others. Those of generic types keep theirs, whose
// types are of type parameters of the body's own.
func (u *Unit) oneParam(f *ast.File) {
	of := map[types.Object]*types.Var{}
	note := func(list *ast.FieldList, vars ...*types.Var) {
		if list == nil {
			return
		}
		i := 0
		for _, field := range list.List {
			for _, name := range field.Names {
				if second := u.Info.Defs[name]; second != nil && second != types.Object(vars[i]) {
					of[second], u.Info.Defs[name] = vars[i], vars[i]
				}
				i++
			}
		}
	}
	for _, d := range f.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd.Recv == nil {
			continue
		}
		if fn, ok := u.Info.Defs[fd.Name].(*types.Func); ok && fn.Signature().RecvTypeParams().Len() == 0 {
			sig := fn.Signature()
			note(fd.Recv, sig.Recv())
			note(fd.Type.Params, slices.Collect(sig.Params().Variables())...)
			note(fd.Type.Results, slices.Collect(sig.Results().Variables())...)
		}
	}
	for id, obj := range u.Info.Uses {
		if v := of[obj]; v != nil {
			u.Info.Uses[id] = v
		}
	}
}

func (u *Unit) newChecker(req *Request, raw *[]types.Error) *types.Checker {
	u.Pkg, u.Info = types.NewPackage("main", "main"), newInfo()
	u.conf = &types.Config{
		GoVersion: GoVersion, Importer: req.Importer, FakeImportC: true,
		DisableUnusedImportCheck: true,
		Error:                    func(err error) { *raw = append(*raw, err.(types.Error)) },
	}
	return types.NewChecker(u.conf, u.Fset, u.Pkg, u.Info)
}

// insertScope puts what the session declares, and the cell does not hide, into
// the package's scope.
func (u *Unit) insertScope(req *Request, hidden map[string]bool, want func(types.Object) bool) {
	for name, obj := range req.Scope {
		if !hidden[name] && want(obj) {
			u.Pkg.Scope().Insert(u.scopeObject(obj))
		}
	}
}

// insertOuter adds the variables that the statements declare again, under
// their outer names.
func (u *Unit) insertOuter(req *Request) {
	for _, name := range u.outerNames {
		u.Pkg.Scope().Insert(types.NewVar(token.NoPos, u.Pkg, OuterPrefix+name, u.scopeObject(req.Scope[name]).Type()))
	}
}

// scopeObject returns what stands for an object of the session in this cell.
func (u *Unit) scopeObject(obj types.Object) types.Object {
	if v, ok := obj.(*types.Var); ok {
		if nv := u.Retyped[v]; nv != nil {
			return nv
		}
	}
	return obj
}

// splitTypes divides a file into the declarations of types, constants and
// methods, and the rest; both have the imports. The methods' bodies are in the
// rest, in functions without a name. It returns nil where that can't be done:
// when the order of initialisation may depend on a method, or a method names its
// type's parameters in its own way.
func splitTypes(f *ast.File) (first, rest *ast.File) {
	a, b := *f, *f
	a.Decls, b.Decls = nil, nil
	params := typeParams(f)
	vars := 0
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				vars++
			} else {
				a.Decls = append(a.Decls, d)
			}
			if d.Tok == token.VAR || d.Tok == token.IMPORT {
				b.Decls = append(b.Decls, d)
			}
		case *ast.FuncDecl:
			if d.Recv == nil {
				b.Decls = append(b.Decls, d)
				continue
			}
			fn := bodyOf(d, params)
			if fn == nil {
				return nil, nil
			}
			a.Decls, b.Decls = append(a.Decls, d), append(b.Decls, fn)
		}
	}
	if vars > 1 {
		return nil, nil
	}
	return &a, &b
}

// typeParams returns the type parameters of the types that f declares.
func typeParams(f *ast.File) map[string]*ast.FieldList {
	params := map[string]*ast.FieldList{}
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok {
			for _, s := range g.Specs {
				if t, ok := s.(*ast.TypeSpec); ok {
					params[t.Name.Name] = t.TypeParams
				}
			}
		}
	}
	return params
}

// bodyOf returns a function with a method's parameters and body: its receiver
// is the first parameter.
func bodyOf(m *ast.FuncDecl, params map[string]*ast.FieldList) *ast.FuncDecl {
	if len(m.Recv.List) != 1 {
		return nil
	}
	t := ast.Unparen(m.Recv.List[0].Type)
	if p, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(p.X)
	}
	var args []ast.Expr
	switch x := t.(type) {
	case *ast.IndexExpr:
		t, args = x.X, []ast.Expr{x.Index}
	case *ast.IndexListExpr:
		t, args = x.X, x.Indices
	}
	id, ok := t.(*ast.Ident)
	if !ok || !sameNames(args, params[id.Name]) {
		return nil
	}
	sig := *m.Type
	sig.TypeParams = params[id.Name]
	sig.Params = &ast.FieldList{Opening: m.Type.Params.Opening, List: append(m.Recv.List[:1:1], m.Type.Params.List...), Closing: m.Type.Params.Closing}
	if len(m.Recv.List[0].Names) == 0 && len(m.Type.Params.List) > 0 && len(m.Type.Params.List[0].Names) > 0 {
		sig.Params.List = m.Type.Params.List // a receiver without a name
	}
	return &ast.FuncDecl{Name: &ast.Ident{Name: "_", NamePos: m.Name.NamePos}, Type: &sig, Body: m.Body}
}

// sameNames reports whether a receiver names its type's parameters as the
// declaration of the type does.
func sameNames(args []ast.Expr, params *ast.FieldList) bool {
	var names []*ast.Ident
	if params != nil {
		for _, f := range params.List {
			names = append(names, f.Names...)
		}
	}
	if len(names) != len(args) {
		return false
	}
	for i, a := range args {
		if id, ok := a.(*ast.Ident); !ok || id.Name != names[i].Name {
			return false
		}
	}
	return true
}
