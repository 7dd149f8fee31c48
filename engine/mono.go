package engine

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// Where nothing can be compiled, generics become plain declarations, one for
// each instance a cell uses: the declaration is checked again without its type
// parameters, in a scope in which their names are aliases of the arguments.
// Methods of an instance become functions of the receiver.

// instances are what was made of generic declarations.
type monos struct {
	funcs   map[types.Object]interp.Function // by the function's own object
	byKey   map[string]*types.Func
	types   []monoType
	methods []interp.MethodBody
}

type monoType struct {
	named     *types.Named
	path, key string
}

func newMonos() *monos {
	return &monos{funcs: map[types.Object]interp.Function{}, byKey: map[string]*types.Func{}}
}

// Instantiate implements plan.World: it makes an instance of a generic type or
// function of a cell, and reports whether there is one.
func (s *Session) Instantiate(key string, o types.Object, args *types.TypeList) bool {
	if s.builder != nil {
		return true // what is compiled is known by its key
	}
	if _, ok := s.instances[key]; ok {
		return true
	}
	d := s.decls.byName[o.Name()]
	if d == nil || !slices.Contains(d.objs, o) {
		return false
	}
	list := make([]types.Type, args.Len())
	for i := range list {
		list[i] = args.At(i)
	}
	s.nextForged++
	path := fmt.Sprintf("nb/g%d", s.nextForged)
	s.instances[key] = path
	ok := false
	switch o := o.(type) {
	case *types.TypeName:
		ok = s.instantiateType(o, list, monoType{path: path, key: key})
	case *types.Func:
		ok = s.instantiateFunc(d, o, list, key)
	}
	if !ok {
		delete(s.instances, key)
	}
	return ok
}

func (s *Session) instantiateType(o *types.TypeName, args []types.Type, m monoType) bool {
	inst, err := types.Instantiate(nil, o.Type(), args, false)
	if err != nil {
		return false
	}
	named, ok := inst.(*types.Named)
	if !ok {
		return false
	}
	m.named = named
	kept := *s.monos
	s.monos.types = append(s.monos.types, m)
	for _, d := range s.decls.methods(o.Name()) {
		f, fn, err := s.monoFunc(d, receiverParams(d.node), args)
		if err != nil || !s.giveLocals(f, args) || cellplan.DecideFunc(f.Unit, f.Decl, s.planOptions()) != nil {
			s.monos.types, s.monos.methods = kept.types, kept.methods
			return false
		}
		s.monos.funcs[fn] = f
		s.monos.methods = append(s.monos.methods, interp.MethodBody{Function: f, Path: m.path, TypeKey: m.key, Method: spelling.OfMethod(d.node.Name.Name)})
	}
	if _, err := interp.DeclareInstance(named, m.path, m.key, s.lowerOptions()); err != nil {
		s.monos.types, s.monos.methods = kept.types, kept.methods
		return false
	}
	return true
}

func (s *Session) instantiateFunc(d *decl, o *types.Func, args []types.Type, key string) bool {
	var names []string
	params := o.Signature().TypeParams()
	for i := range params.Len() {
		names = append(names, params.At(i).Obj().Name())
	}
	f, fn, err := s.monoFunc(d, names, args)
	if err != nil {
		return false
	}
	s.monos.funcs[fn], s.monos.byKey[key] = f, fn
	if !s.giveLocals(f, args) || cellplan.DecideFunc(f.Unit, f.Decl, s.planOptions()) != nil {
		delete(s.monos.byKey, key)
		return false
	}
	return true
}

// giveLocals makes the types that an instance's function declares, and reports
// whether the engine can. They are shown with the instance's type arguments.
func (s *Session) giveLocals(f interp.Function, args []types.Type) bool {
	for _, o := range localTypesOf(f.Unit, f.Decl) {
		if slices.ContainsFunc(args, cellplan.NamesLocal) {
			return false // they are shown with numbers that the compiler gives
		}
		s.giveLocal(o, interp.ShownInstance("main."+o.Name(), args))
		if _, err := s.describeType(o, s.lowerOptions()); err != nil {
			return false
		}
	}
	return true
}

// receiverParams are the names that a method gives its type's parameters.
func receiverParams(fd *ast.FuncDecl) []string {
	t := fd.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	var list []ast.Expr
	switch t := t.(type) {
	case *ast.IndexExpr:
		list = []ast.Expr{t.Index}
	case *ast.IndexListExpr:
		list = t.Indices
	}
	var names []string
	for _, x := range list {
		if id, ok := x.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
	}
	return names
}

const monoPrefix = "gbzm_"

// monoFunc checks a generic function or method with the names of its type
// parameters standing for types.
func (s *Session) monoFunc(d *decl, names []string, args []types.Type) (interp.Function, *types.Func, error) {
	none := interp.Function{}
	if len(names) != len(args) || slices.Contains(names, "_") {
		return none, nil, fmt.Errorf("%s has %d type parameters", d.names[0], len(names))
	}
	s.nextForged++
	text, err := monoText(d.chunk, s.nextForged)
	if err != nil {
		return none, nil, err
	}
	scope := maps.Clone(s.scope)
	pkg := d.check.Pkg.Scope()
	for _, name := range pkg.Names() {
		if strings.HasPrefix(name, "gbz") {
			continue // the front end's own
		}
		scope[name] = standsFor(d.check, pkg.Lookup(name))
	}
	for i, name := range names {
		// No types.Alias: the name of the parameter would show in types' names.
		o := types.NewTypeName(token.NoPos, d.check.Pkg, name, args[i])
		types.NewScope(types.Universe, token.NoPos, token.NoPos, "instance").Insert(o)
		scope[name] = o
	}
	imports := maps.Clone(s.imports)
	for _, im := range d.check.Imports {
		imports[im.Name] = im.Path
	}
	u, err := check.Check(check.Request{
		Chunks: []check.Chunk{{Kind: check.Func, Text: text, File: d.chunk.File, Line: d.chunk.Line, Col: d.chunk.Col}},
		Scope:  scope, Imports: imports, Importer: s.importer, Suggest: suggest,
	})
	if err != nil {
		return none, nil, err
	}
	for _, v := range d.check.Vars { // declared beside the function
		if u.Outer[v] == nil {
			u.Outer[v] = v
		}
	}
	for _, n := range u.File.Decls {
		if fd, ok := n.(*ast.FuncDecl); ok && strings.HasPrefix(fd.Name.Name, monoPrefix) {
			if fn, ok := u.Info.Defs[fd.Name].(*types.Func); ok {
				return interp.Function{Unit: u, Decl: fd}, fn, nil
			}
		}
	}
	return none, nil, fmt.Errorf("%s is no function", d.names[0])
}

// monoText writes a generic function without its type parameters, and a method
// as a function of its receiver, on the same lines.
func monoText(ch check.Chunk, n int) (string, error) {
	fset := token.NewFileSet()
	f, err := parseChunk(fset, ch)
	if err != nil {
		return "", err
	}
	fd, ok := f.Decls[0].(*ast.FuncDecl)
	if !ok {
		return "", fmt.Errorf("no function")
	}
	src := "package p\n" + ch.Text
	at := func(p token.Pos) int { return fset.Position(p).Offset }
	cut := func(from, to token.Pos) string { return src[at(from):at(to)] }
	name := fmt.Sprintf("%s%d_%s", monoPrefix, n, fd.Name.Name)
	if fd.Recv == nil {
		return src[at(f.Decls[0].Pos()):at(fd.Name.Pos())] + name + strings.Repeat("\n", strings.Count(cut(fd.Name.End(), fd.Type.Params.Pos()), "\n")) + src[at(fd.Type.Params.Pos()):], nil
	}
	field := fd.Recv.List[0]
	recv := cut(field.Pos(), field.End())
	if len(field.Names) == 0 {
		recv = "_ " + recv
	}
	sep := ""
	if len(fd.Type.Params.List) > 0 {
		sep = ", "
	}
	return "func " + name + "(" + recv + sep + src[at(fd.Type.Params.Opening)+1:], nil
}
