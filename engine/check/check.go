// Package check types a cell against the session's scope with go/types: Check
// is what to call first. A cell is laid out as a virtual Go file whose line
// directives name the cell, so that every error has the cell's position.
package check

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// GoVersion is the language version cells are written in.
const GoVersion = "go1.26"

// A Request is a cell to check.
type Request struct {
	Chunks []Chunk // the cell's, in order
	// Extra are declarations of earlier cells that are checked again beside
	// this one, because something they use is declared again.
	Extra []Chunk
	// Scope holds the session's live objects (variables, functions, types,
	// constants) by name; all belong to packages with the path "main".
	Scope map[string]types.Object
	// Imports are the session's imports, path by name.
	Imports map[string]string
	// Dots are the paths the session imports with a dot; one is in force in a
	// cell that uses a name of it which nothing else declares.
	Dots     []string
	Importer types.Importer
	// Suggest proposes the std package to import when name is undefined and used
	// as name.member; ok is false when that is ambiguous or there is none.
	Suggest func(name string, members []string) (path string, ok bool)
	// Paths, when set, returns the std packages of a name.
	Paths func(name string) []string
	// Tolerate, when set, tells which errors of the checker don't matter.
	Tolerate func(msg string) bool
	// Retype, when set, returns new variables for those of Scope that take the
	// types which the cell declares again: their types are the new ones.
	Retype func(declared []*types.TypeName) map[*types.Var]*types.Var
	// VarTypes are the types, as written, of variables that the statements
	// declare from their own earlier values (x := x + "!"), when a check
	// without Extra has found them.
	VarTypes map[string]string
}

// A Unit is a checked cell.
type Unit struct {
	Fset *token.FileSet
	Src  []byte // the virtual file; raw offsets (PositionFor(p, false)) index it
	File *ast.File
	Info *types.Info
	Pkg  *types.Package
	Run  *ast.FuncDecl // holds the statements
	List []ast.Stmt    // the statements
	// Beside holds the statements that run elsewhere, see Declarations; nil
	// when there are none.
	Beside *ast.FuncDecl
	// PackageVars says that var declarations stand at package level and are
	// initialised in the order of Info.InitOrder, before the statements.
	PackageVars bool
	// Vars are the session variables the cell declares, in order.
	Vars []*types.Var
	// Shadow maps a variable as functions of the same cell see it to the one
	// in Vars.
	Shadow map[types.Object]*types.Var
	// Outer maps a variable around the statements to the session variable it
	// stands for, which the statements declare again.
	Outer map[types.Object]*types.Var
	// Retyped are the variables of the scope that were given new types.
	Retyped map[*types.Var]*types.Var
	// Last is the expression whose value the cell shows, nil when there is none.
	Last ast.Expr
	// Unused are the local variables that are declared and not used.
	Unused map[*ast.Ident]bool
	// Imports are the imports the file has, own ones and the session's.
	Imports []ImportSpec
	// Added are the std imports nobody wrote.
	Added              []ImportSpec
	shadowLo, shadowHi int
	outerNames         []string
	conf               *types.Config
}

// CallMain is the statement that runs a whole program, whose variables stay at
// package level.
var CallMain = Chunk{Kind: Stmt, Text: "main()", File: genFile, Line: 1, Col: 1}

// Check checks a cell. The error, if any, is an ErrorList.
func Check(req Request) (*Unit, error) {
	hasStmt, hasVar := false, false
	for _, c := range req.Chunks {
		hasStmt = hasStmt || c.Kind == Stmt && c != CallMain
		hasVar = hasVar || c.Kind == Var
	}
	u, err := checkWithImports(req, !hasStmt)
	if err == nil || !hasStmt || !hasVar {
		return u, err
	}
	// Variables in an order that only a file allows, beside statements.
	if u2, err2 := checkWithImports(req, true); err2 == nil {
		return u2, nil
	}
	return u, err
}

// checkWithImports checks req, adding the std imports that are missing.
func checkWithImports(req Request, packageVars bool) (*Unit, error) {
	var added []ImportSpec
	for {
		u, errs, missing := checkOnce(&req, packageVars, added)
		if u == nil {
			return nil, errs
		}
		if len(missing) == 0 {
			if len(errs) > 0 {
				return nil, errs
			}
			u.Added = added
			return u, nil
		}
		added = append(added, missing...)
	}
}

func checkOnce(req *Request, packageVars bool, added []ImportSpec) (*Unit, ErrorList, []ImportSpec) {
	f, u, errs := parseUnit(req, packageVars, added)
	if errs != nil {
		return nil, errs, nil
	}
	if errs := u.bulk(f, req.Scope); errs != nil {
		return nil, errs, nil
	}
	hidden := declared(f)
	for _, im := range ImportsOf(f, req.Importer) {
		hidden[im.Name] = true
		u.Imports = append(u.Imports, im)
	}
	raw := u.check(req, f, hidden)
	u.collectVars()
	for i, name := range u.outerNames {
		id := u.Run.Body.List[i].(*ast.AssignStmt).Lhs[0].(*ast.Ident)
		if obj := u.Info.Defs[id]; obj != nil {
			u.Outer[obj] = u.scopeObject(req.Scope[name]).(*types.Var)
		}
	}
	u.findLast(req.Chunks)
	errs, missing := u.sortErrors(req, raw, added)
	return u, errs, missing
}

// hideFromCycles puts parentheses around the right side of `type T U` when U is
// of an earlier cell: the checker follows bare names in its search for cycles
// (go/types, directCycle), and knows no declaration of U.
func hideFromCycles(f *ast.File, scope *types.Scope) {
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.TypeSpec); ok {
			if id, ok := s.Type.(*ast.Ident); ok && scope.Lookup(id.Name) != nil {
				s.Type = &ast.ParenExpr{Lparen: id.Pos(), X: id, Rparen: id.End() - 1}
			}
		}
		return true
	})
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
}

// parseUnit lays the cell out and parses it, with the session's imports it
// uses and shadows of the variables its declarations mention.
func parseUnit(req *Request, packageVars bool, added []ImportSpec) (*ast.File, *Unit, ErrorList) {
	v := layout(req, nil, packageVars, nil, nil)
	fset, f, err := parseVirtual(v)
	if err != nil {
		return nil, nil, syntaxErrors(err, req)
	}
	imports := neededImports(req, f, added)
	var shadows, shadowed, outer []string
	if !packageVars || hasKind(req.Chunks, Stmt) {
		shadows, shadowed = shadowDecls(f, v.buf.Bytes(), fset, req.VarTypes)
	}
	for _, name := range shadowed {
		if _, ok := req.Scope[name].(*types.Var); ok {
			outer = append(outer, name)
		}
	}
	if len(imports) > 0 || len(shadows) > 0 || len(outer) > 0 {
		v = layout(req, imports, packageVars, shadows, outer)
		if fset, f, err = parseVirtual(v); err != nil {
			return nil, nil, syntaxErrors(err, req)
		}
	}
	u := &Unit{Fset: fset, Src: v.buf.Bytes(), File: f, Run: runBody(f), List: runList(f), PackageVars: packageVars,
		Outer: map[types.Object]*types.Var{}, outerNames: outer, Unused: map[*ast.Ident]bool{}, Shadow: map[types.Object]*types.Var{}, shadowLo: v.shadowLo, shadowHi: v.shadowHi}
	return f, u, nil
}

func hasKind(chunks []Chunk, k Kind) bool {
	for _, c := range chunks {
		if c.Kind == k {
			return true
		}
	}
	return false
}

// neededImports returns the session's imports (and added ones) whose names f
// uses and neither declares nor imports itself.
func neededImports(req *Request, f *ast.File, added []ImportSpec) []ImportSpec {
	roots, have := selectorRoots(f), declared(f)
	for _, im := range ImportsOf(f, req.Importer) {
		have[im.Name] = true
	}
	var specs []ImportSpec
	for name, path := range req.Imports {
		if roots[name] && !have[name] && req.Scope[name] == nil {
			specs = append(specs, ImportSpec{name, path})
			have[name] = true
		}
	}
	for _, im := range added {
		if !have[im.Name] {
			specs = append(specs, im)
		}
	}
	for _, path := range req.Dots {
		if usesDot(req, f, path, have) {
			specs = append(specs, ImportSpec{".", path})
		}
	}
	sort.Slice(specs, func(i, j int) bool { return specs[i].Name < specs[j].Name })
	return specs
}

// usesDot reports whether f uses a name of a package that the session imports
// with a dot, and f does not.
func usesDot(req *Request, f *ast.File, path string, have map[string]bool) bool {
	for _, im := range f.Imports {
		if im.Path.Value == strconv.Quote(path) && im.Name != nil && im.Name.Name == "." {
			return false
		}
	}
	pkg, err := req.Importer.Import(path)
	if err != nil || pkg == nil {
		return false
	}
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.IsExported() && !have[id.Name] && req.Scope[id.Name] == nil && pkg.Scope().Lookup(id.Name) != nil
		return !found
	})
	return found
}

// packageName returns the name a package declares, or the last element of its
// path where it can't be imported (the checker says so).
func packageName(imp types.Importer, path string) string {
	if p, err := imp.Import(path); err == nil && p != nil {
		return p.Name()
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// Offset returns the index in Src of a position.
func (u *Unit) Offset(p token.Pos) int { return u.Fset.PositionFor(p, false).Offset }

// Text returns the source of a node.
func (u *Unit) Text(n ast.Node) string { return string(u.Src[u.Offset(n.Pos()):u.Offset(n.End())]) }

func (u *Unit) inShadow(p token.Pos) bool {
	off := u.Offset(p)
	return u.shadowLo <= off && off < u.shadowHi
}

// IsShadow reports whether a declaration only types the bodies around it.
func (u *Unit) IsShadow(d ast.Decl) bool { return u.inShadow(d.Pos()) }

// collectVars fills Vars and Shadow.
func (u *Unit) collectVars() {
	byName := map[string]*types.Var{}
	add := func(specs []*ast.ValueSpec) {
		for _, s := range specs {
			for _, id := range s.Names {
				if v, ok := u.Info.Defs[id].(*types.Var); ok && id.Name != "_" {
					u.Vars = append(u.Vars, v)
					byName[id.Name] = v
				}
			}
		}
	}
	for _, d := range u.File.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR && !u.IsShadow(d) {
			add(declStmt(&ast.DeclStmt{Decl: g}))
		}
	}
	for _, s := range u.List {
		add(declStmt(s))
	}
	for _, d := range u.File.Decls {
		if g, ok := d.(*ast.GenDecl); ok && u.IsShadow(d) {
			for _, id := range g.Specs[0].(*ast.ValueSpec).Names {
				if obj := u.Info.Defs[id]; obj != nil && byName[id.Name] != nil {
					u.Shadow[obj] = byName[id.Name]
				}
			}
		}
	}
}

// findLast finds the expression whose value is shown: the cell's last chunk,
// when it is an expression statement.
func (u *Unit) findLast(chunks []Chunk) {
	if n := len(chunks); n == 0 || chunks[n-1].Kind != Stmt {
		return
	}
	list := u.List
	if len(list) == 0 {
		return
	}
	if e, ok := list[len(list)-1].(*ast.ExprStmt); ok {
		u.Last = e.X
	}
}

// inLast reports whether a position is in the cell's last expression, but not in
// a function literal there: what stands in that is a statement of its own.
func (u *Unit) inLast(pos token.Pos) bool {
	return u.Last != nil && pos >= u.Last.Pos() && pos < u.Last.End() && !inLiteral(u.Last, pos)
}

// sortErrors turns the checker's errors into the cell's: it drops what a
// notebook tolerates, notes unused variables, and finds missing imports.
func (u *Unit) sortErrors(req *Request, raw []types.Error, added []ImportSpec) (ErrorList, []ImportSpec) {
	var errs ErrorList
	var missing []ImportSpec
	undefined := u.undefinedRoots(req, added)
	for _, e := range raw {
		switch {
		case strings.HasPrefix(e.Msg, "declared and not used"), strings.HasSuffix(e.Msg, "declared and not used"):
			if id := u.identAt(e.Pos); id != nil {
				u.Unused[id] = true
			}
		case strings.HasSuffix(e.Msg, "is not used") && u.inLast(e.Pos):
		case u.inShadow(e.Pos):
		case req.Tolerate != nil && req.Tolerate(e.Msg):
		case strings.HasPrefix(e.Msg, implicitField) && u.sessionLiteral(e.Pos):
			// A struct of an earlier cell: for the user it is the same package.
		default:
			if im, ok := undefined[e.Pos]; ok && strings.HasPrefix(e.Msg, "undefined:") {
				if !contains(missing, im) {
					missing = append(missing, im)
				}
				continue
			}
			errs = errs.add(u, req, e)
		}
	}
	for id, obj := range u.Info.Uses {
		if u.Shadow[obj] != nil && id.Pos() >= u.Run.Pos() {
			errs = append(errs, u.errorAt(id.Pos(), "undefined: "+id.Name+" (it is declared further down in this cell)", ""))
		}
	}
	if len(errs) == 0 && len(missing) == 0 {
		// The checker knows nothing of C's types; a variable needs one.
		for _, v := range u.Vars {
			if v.Type() == types.Typ[types.Invalid] {
				errs = append(errs, u.errorAt(v.Pos(), "the type of "+v.Name()+" comes from C, which is not known before it is compiled", "write var "+v.Name()+" with its Go type"))
			}
		}
	}
	if len(errs) == 0 {
		errs = append(errs, u.largeChans()...)
	}
	if d := u.embeds(); d != nil {
		errs = append(errs, u.errorAt(d.Pos(), "//go:embed has no effect in a cell: there is no folder that is compiled with it", "read the file where it is needed: data, err := os.ReadFile(name)"))
	}
	errs.sort()
	return slices.Compact(errs), missing
}

func contains(specs []ImportSpec, im ImportSpec) bool {
	for _, s := range specs {
		if s == im {
			return true
		}
	}
	return false
}

// undefinedRoots maps the position of each package name that could be imported
// to the import: the package that has every member the cell uses of it.
func (u *Unit) undefinedRoots(req *Request, added []ImportSpec) map[token.Pos]ImportSpec {
	out := map[token.Pos]ImportSpec{}
	if req.Suggest == nil {
		return out
	}
	members, places := map[string][]string{}, map[string][]token.Pos{}
	ast.Inspect(u.File, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && u.Info.Uses[id] == nil {
			members[id.Name] = append(members[id.Name], sel.Sel.Name)
			places[id.Name] = append(places[id.Name], id.Pos())
		}
		return true
	})
	for name, sels := range members {
		path, ok := req.Suggest(name, sels)
		if im := (ImportSpec{name, path}); ok && !contains(added, im) {
			for _, p := range places[name] {
				out[p] = im
			}
		}
	}
	return out
}

func syntaxErrors(err error, req *Request) ErrorList {
	var out ErrorList
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return ErrorList{{Msg: err.Error()}}
	}
	seen := map[int]bool{}
	for _, e := range list {
		if e.Pos.Filename == genFile || strings.HasSuffix(e.Pos.Filename, "virtual.go") {
			e.Pos = endOf(req.Chunks)
			if i := strings.Index(e.Msg, "found "); i >= 0 {
				e.Msg = e.Msg[:i] + "found the end of the cell"
			}
		}
		if seen[e.Pos.Line] {
			continue // the parser's later words about one line are noise
		}
		seen[e.Pos.Line] = true
		out = append(out, Error{File: e.Pos.Filename, Line: e.Pos.Line, Col: e.Pos.Column, Msg: "syntax error: " + e.Msg})
	}
	return out
}

// endOf returns the position behind the last chunk.
func endOf(chunks []Chunk) token.Position {
	if len(chunks) == 0 {
		return token.Position{Line: 1, Column: 1}
	}
	c := chunks[len(chunks)-1]
	p := token.Position{Filename: c.File, Line: c.Line + strings.Count(c.Text, "\n"), Column: c.Col + len(c.Text)}
	if i := strings.LastIndexByte(c.Text, '\n'); i >= 0 {
		p.Column = len(c.Text) - i
	}
	return p
}
