package engine

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// Where nothing can be compiled, the engine makes a cell's types at run time
// (package forge) and methods are interpreted functions. Each cell that
// declares types stands for a unit, whose path is their home.

// giveHomes makes the cell's types ones of a unit, so that what follows can
// name them; the function it returns takes that back.
func (s *Session) giveHomes(u *check.Unit) (undo func()) {
	var given []types.Object
	path, forged := "", s.forged
	for _, o := range typeNames(u) {
		if path == "" {
			s.nextForged++
			path = fmt.Sprintf("nb/i%d", s.nextForged)
		}
		s.homes[o] = path
		s.forged = append(s.forged, o)
		given = append(given, o)
	}
	for _, o := range localTypes(u) {
		s.giveLocal(o, "main."+o.Name())
		given = append(given, o)
	}
	for _, d := range u.File.Decls { // an instance is known by its function's home
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv == nil && fd.Type.TypeParams != nil {
			o := u.Info.Defs[fd.Name]
			s.nextForged++
			s.homes[o] = fmt.Sprintf("nb/i%d", s.nextForged)
			given = append(given, o)
		}
	}
	kept := *s.monos
	kept.funcs, kept.byKey = maps.Clone(kept.funcs), maps.Clone(kept.byKey)
	instances := maps.Clone(s.instances)
	return func() {
		for _, o := range given {
			delete(s.homes, o)
		}
		s.forged = forged
		s.monos, s.instances = &kept, instances
	}
}

// typeNames are the types that a unit declares, aliases left out.
func typeNames(u *check.Unit) []*types.TypeName {
	var names []*types.TypeName
	for _, d := range u.File.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		for _, sp := range g.Specs {
			if o, ok := u.Info.Defs[sp.(*ast.TypeSpec).Name].(*types.TypeName); ok && !o.IsAlias() && o.Name() != "_" {
				names = append(names, o)
			}
		}
	}
	return names
}

// giveLocal makes a type that a function declares one of a unit of its own: its
// name may be that of others. shown is what %T prints.
func (s *Session) giveLocal(o *types.TypeName, shown string) {
	s.nextForged++
	s.homes[o] = fmt.Sprintf("nb/i%d", s.nextForged)
	s.forged = append(s.forged, o)
	s.shown[o] = shown
}

// localTypes are the types that functions of a unit declare, aliases and those
// of generic functions left out: these are made with the instances.
func localTypes(u *check.Unit) []*types.TypeName {
	var names []*types.TypeName
	for _, d := range u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && (fd == u.Run || !genericFunc(fd)) {
			names = append(names, localTypesOf(u, fd)...)
		} else if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			names = append(names, localTypesOf(u, g)...)
		}
	}
	return names
}

func localTypesOf(u *check.Unit, d ast.Decl) []*types.TypeName {
	var names []*types.TypeName
	ast.Inspect(d, func(n ast.Node) bool {
		if sp, ok := n.(*ast.TypeSpec); ok {
			if o, ok := u.Info.Defs[sp.Name].(*types.TypeName); ok && !o.IsAlias() && o.Name() != "_" {
				names = append(names, o)
			}
		}
		return true
	})
	return names
}

// describeType describes a type to the engine.
func (s *Session) describeType(o *types.TypeName, opt interp.Options) (wire.Declared, error) {
	d, err := interp.Declare(o, opt)
	if shown := s.shown[o]; shown != "" {
		d.Shown = shown
	}
	return d, err
}

// decideTypes refuses types that the engine can't make.
func (s *Session) decideTypes(p *prepared) error {
	for _, o := range append(typeNames(p.check), localTypes(p.check)...) {
		if isGeneric(o) {
			continue // its instances are decided
		}
		if _, err := interp.Declare(o, interp.Options{World: s}); err != nil {
			return s.needsToolchain(p, &cellplan.Refusal{Pos: o.Pos(), Reason: fmt.Sprintf("the type %s: %v", o.Name(), err)}, "this cell")
		}
	}
	return nil
}

// addDeclared adds to statements the types that the engine has to know, and the
// methods of those that live.
func (s *Session) addDeclared(st *wire.Statements, ids map[*types.Var]string) error {
	if len(s.forged)+len(s.monos.types) == 0 {
		return nil
	}
	opt := s.lowerOptions()
	for _, o := range s.forged {
		if isGeneric(o) {
			continue
		}
		d, err := s.describeType(o, opt)
		if err != nil {
			return err
		}
		st.Types = append(st.Types, d)
	}
	for i := 0; i < len(s.monos.types); i++ { // describing one may make another
		m := s.monos.types[i]
		d, err := interp.DeclareInstance(m.named, m.path, m.key, opt)
		if err != nil {
			return err
		}
		st.Types = append(st.Types, d)
	}
	opt.Var = func(v *types.Var) (string, bool) {
		if id, ok := ids[v]; ok {
			return id, true
		}
		return s.storageOf(v)
	}
	var bodies []interp.MethodBody
	for _, d := range s.decls.order {
		if d.recv == "" || d.node == nil || !s.decls.alive(d) || d.broken {
			continue
		}
		f := interp.Function{Unit: d.check, Decl: d.node}
		if o := interp.Receiver(f); o != nil && s.homes[o] != "" && !isGeneric(o) {
			bodies = append(bodies, interp.MethodBody{Function: f, Path: s.homes[o], TypeKey: o.Name()})
		}
	}
	bodies = append(bodies, s.monos.methods...)
	if len(bodies) == 0 {
		return nil
	}
	m, err := interp.LowerMethods(bodies, opt)
	if err != nil {
		return err
	}
	st.MethodText, st.Methods = m.Text, m.Codes
	st.Imports, st.Units = union(st.Imports, m.Imports), union(st.Units, m.Units)
	for _, v := range m.Vars {
		if !slices.ContainsFunc(st.Vars, func(o wire.Variable) bool { return o.Var == v.Var }) {
			st.Vars = append(st.Vars, v)
		}
	}
	for _, h := range m.Helpers {
		if !slices.ContainsFunc(st.Helpers, func(o wire.Helper) bool { return o.Name == h.Name }) {
			st.Helpers = append(st.Helpers, h)
		}
	}
	return nil
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

func (s *Session) lowerOptions() interp.Options {
	return interp.Options{Alone: s.builder == nil, NoChecks: s.opt.NoChecks, World: s, Var: s.storageOf, New: s.newStorage, Func: s.interpretedFunc, Mono: func(key string) (*types.Func, bool) {
		fn, ok := s.monos.byKey[key]
		return fn, ok
	}}
}

// isGeneric reports whether a type has no values of its own: it has type
// parameters, or is a constraint.
func isGeneric(o *types.TypeName) bool {
	n, ok := o.Type().(*types.Named)
	if ok && n.TypeParams().Len() > 0 {
		return true
	}
	it, ok := o.Type().Underlying().(*types.Interface)
	return ok && !it.IsMethodSet()
}

// genericFunc reports whether a function, or a method's type, has type
// parameters.
func genericFunc(fd *ast.FuncDecl) bool {
	return fd.Type.TypeParams != nil || fd.Recv != nil && len(fd.Recv.List) == 1 && len(receiverParams(fd)) > 0
}

// prepareInterpreted makes a cell ready where nothing can be compiled: its
// types are made at run time and its functions interpreted, when all of them
// are on the list.
func (s *Session) prepareInterpreted(p *prepared) error {
	p.decls = s.newDecls(p.check, p.chunks)
	saved := s.decls
	s.decls = saved.clone()
	undo := s.giveHomes(p.check)
	hasRun := acts(p.check)
	err := s.decide(p)
	if err == nil && hasRun {
		_, err = s.lower(p)
	}
	s.decls = saved
	if err != nil {
		undo()
		return err
	}
	s.commit(p)
	if !hasRun {
		s.ran(p.cell, tierInterpreted, "there is no toolchain")
	}
	return nil
}

// acts reports whether a cell does more than declare.
func acts(u *check.Unit) bool {
	return len(u.List) > 0 || len(u.Vars) > 0 || len(interp.Inits(u)) > 0
}

// decide puts the cell's declarations in force if all of them can be
// interpreted.
func (s *Session) decide(p *prepared) error {
	for _, d := range p.decls {
		s.decls.put(d)
	}
	if err := s.decideTypes(p); err != nil {
		return err
	}
	for _, fd := range interp.Inits(p.check) {
		if r := cellplan.DecideFunc(p.check, fd, s.planOptions()); r != nil {
			return s.needsToolchain(p, r, "init")
		}
	}
	for _, d := range p.decls {
		if d.node == nil || genericFunc(d.node) {
			continue
		}
		if r := cellplan.DecideFunc(d.check, d.node, s.planOptions()); r != nil {
			return s.needsToolchain(p, r, d.names[0])
		}
	}
	return nil
}
