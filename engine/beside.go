package engine

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
)

// A cell that declares something beside its statements runs as two cells would:
// its declarations are compiled, and its statements interpreted, where they are
// on the planner's list. Both come from one check, so that they mean what they
// mean in one package. Declarations come first; where they mention variables of
// the cell, the statements do, which then must not use them.

// A beside is a cell's declarations that are compiled apart from its
// statements.
type beside struct {
	pkg *compile.Package
	// mentioned are the cell's variables that the declarations use: they are
	// the session's only when the cell has declared all of them.
	mentioned []*types.Var
	waits     bool // the statements wait for the build
}

// hasDeclarations reports whether a cell declares anything but variables.
func hasDeclarations(u *check.Unit) bool {
	for _, d := range u.File.Decls {
		g, ok := d.(*ast.GenDecl)
		if d != ast.Decl(u.Run) && (!ok || g.Tok == token.TYPE || g.Tok == token.CONST) {
			return true
		}
	}
	return false
}

// lowerBeside writes the statements of a cell for the interpreter and emits its
// declarations; an error says why both must be one package.
func (s *Session) lowerBeside(p *prepared) error {
	if why := s.inseparable(p); why != "" {
		return errors.New(why)
	}
	p.decls = s.newDecls(p.check, p.chunks)
	b := &beside{mentioned: mentioned(p)}
	if len(b.mentioned) > 0 {
		if why := statementsLast(p, b.mentioned); why != "" {
			return errors.New(why)
		}
	}
	var err error
	if b.pkg, err = compile.Emit(p.check.Declarations(), compile.Options{World: s, NoChecks: s.opt.NoChecks}); err != nil {
		return err
	}
	defer s.supposeDeclared(p, b.pkg)()
	if why := s.lowerPending(p); why != nil {
		return why
	}
	b.waits = slices.Contains(p.lowered.Statements.Units, b.pkg.Path) && !s.builder.built(s.units[b.pkg.Path])
	if b.waits {
		s.brief = true
		why := s.lowerPending(p)
		s.brief = false
		if why == nil && len(p.limits) > 0 {
			why = errors.New("a loop of unknown length beside declarations")
		}
		if why != nil {
			p.lowered = nil
			return why
		}
	}
	p.beside = b
	return nil
}

// inseparable says why a cell is compiled in one piece, "" when it need not be.
func (s *Session) inseparable(p *prepared) string {
	u := p.check
	switch {
	case s.held != "" || s.timed:
		return "a declaration beside statements"
	case len(p.checked.extra)+len(p.checked.broken)+len(u.Retyped) > 0:
		return "a declaration beside statements that earlier declarations follow"
	}
	for _, im := range u.Imports {
		if im.Path == "C" {
			return "C beside statements"
		}
	}
	for _, d := range u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Recv == nil && (fd.Name.Name == "init" || fd.Name.Name == "main") {
			return "func " + fd.Name.Name + " beside statements"
		}
	}
	return ""
}

// mentioned returns the variables of a cell that its declarations use.
func mentioned(p *prepared) []*types.Var {
	var vars []*types.Var
	for _, v := range p.check.Vars {
		if slices.ContainsFunc(p.decls, func(d *decl) bool { return d.uses[v] }) {
			vars = append(vars, v)
		}
	}
	return vars
}

// statementsLast says why the statements can't run before the declarations that
// mention variables of theirs: they use a declaration, or something may fail
// before all these variables are declared. It returns "" when they can.
func statementsLast(p *prepared, vars []*types.Var) string {
	own := map[types.Object]bool{}
	for _, d := range p.decls {
		for _, o := range d.objs {
			own[o] = true
		}
	}
	for _, n := range runs(p.check) {
		for o := range usesOf(p.check, n) {
			if own[o] {
				return "a declaration that uses variables of its cell"
			}
		}
	}
	left := map[*types.Var]bool{}
	for _, v := range vars {
		left[v] = true
	}
	if p.check.PackageVars {
		for _, in := range p.check.Info.InitOrder {
			if p.check.Info.Types[in.Rhs].Value == nil {
				return "a declaration that uses variables of its cell"
			}
		}
		return ""
	}
	for _, st := range p.check.List {
		for _, v := range plainlyDeclared(p.check, st) {
			delete(left, v)
		}
		if len(left) == 0 {
			return ""
		}
		if !isPlain(p.check, st) {
			break
		}
	}
	return "a declaration that uses variables of its cell"
}

// runs are the nodes of a cell that run: its statements and the initialisers of
// its variables.
func runs(u *check.Unit) []ast.Node {
	nodes := []ast.Node{u.Run}
	for _, d := range u.File.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR && !u.IsShadow(d) {
			nodes = append(nodes, g)
		}
	}
	return nodes
}

// isPlain reports whether a statement declares variables and can't fail: they
// are zero or constants.
func isPlain(u *check.Unit, st ast.Stmt) bool { return len(plainlyDeclared(u, st)) > 0 }

// plainlyDeclared returns the variables that such a statement declares, none of
// another.
func plainlyDeclared(u *check.Unit, st ast.Stmt) []*types.Var {
	var names []*ast.Ident
	var values []ast.Expr
	switch st := st.(type) {
	case *ast.AssignStmt:
		if st.Tok != token.DEFINE {
			return nil
		}
		for _, x := range st.Lhs {
			names = append(names, x.(*ast.Ident))
		}
		values = st.Rhs
	case *ast.DeclStmt:
		g := st.Decl.(*ast.GenDecl)
		if g.Tok != token.VAR {
			return nil
		}
		for _, sp := range g.Specs {
			names = append(names, sp.(*ast.ValueSpec).Names...)
			values = append(values, sp.(*ast.ValueSpec).Values...)
		}
	}
	for _, x := range values {
		if u.Info.Types[x].Value == nil {
			return nil
		}
	}
	var vars []*types.Var
	for _, id := range names {
		if v, ok := u.Info.Defs[id].(*types.Var); ok {
			vars = append(vars, v)
		}
	}
	return vars
}

// supposeDeclared puts the declarations of a cell in force, so that its
// statements can be planned; the function it returns takes that back.
func (s *Session) supposeDeclared(p *prepared, pkg *compile.Package) (undo func()) {
	decls, instances := s.decls, s.instances
	s.decls, s.instances = decls.clone(), maps.Clone(instances)
	u := s.unitFor(pkg)
	var given []types.Object
	for _, d := range p.decls {
		d.unit = u
		s.decls.put(d)
		for _, o := range d.objs {
			if _, known := s.homes[o]; !known {
				s.homes[o] = pkg.Path
				given = append(given, o)
			}
		}
	}
	for _, key := range pkg.Instances {
		s.instances[key] = pkg.Path
	}
	s.keepBodies(p.check)
	return func() {
		s.decls, s.instances = decls, instances
		for _, o := range given {
			delete(s.homes, o)
		}
	}
}

// runBeside runs the statements of a cell whose declarations are compiled
// apart.
func (s *Session) runBeside(ctx context.Context, p *prepared) (*display.Bundle, error) {
	b := p.beside
	u := s.unitFor(b.pkg)
	if len(b.mentioned) > 0 {
		value, err := s.runLowered(ctx, p)
		reached := !slices.ContainsFunc(b.mentioned, func(v *types.Var) bool { return s.kept[v] == nil })
		if reached && p.pkg == nil {
			s.declare(p, u)
		}
		return value, err
	}
	if b.waits {
		// Nothing becomes the session's before it is known to compile.
		if err := s.load(ctx, p.cell, u); err != nil {
			return nil, err
		}
	}
	s.declare(p, u)
	p.pkg = nil
	return s.runLowered(ctx, p)
}

// declare makes the declarations that are compiled apart the session's, and
// builds them in the background.
func (s *Session) declare(p *prepared, u *unit) {
	p.pkg = u.pkg
	s.commit(p)
	s.startBuild(u)
}
