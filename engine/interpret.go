package engine

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// maxCells is how many of the latest cells TierStatus lists.
const maxCells = 50

// lower writes a cell for the interpreter where package plan allows it. It
// reports whether the cell is interpreted; an error means that it may run in no
// other way.
func (s *Session) lower(p *prepared) (bool, error) {
	if len(p.check.List) == 0 && len(p.check.Vars) == 0 {
		return false, nil
	}
	tier := s.Tier()
	if tier == "compiled" {
		s.ran(p.cell, tierCompiled, "the tier is held")
		return false, nil
	}
	var why error
	if s.builder != nil && s.followed(p.check) {
		s.ran(p.cell, tierCompiled, "functions of other cells follow a variable that it declares again")
		return false, nil
	}
	if r := cellplan.Decide(p.check, s.planOptions()); r != nil {
		why = r
	} else if p.lowered, why = interp.Lower(p.check, interp.Options{World: s, Var: s.storageOf, New: s.newStorage, Func: s.interpretedFunc}); why == nil {
		s.ran(p.cell, tierInterpreted, "")
		return true, s.lostVars(p)
	}
	if s.builder == nil {
		return false, s.needsToolchain(p, why, "this cell")
	}
	if tier == "interp" {
		return false, fmt.Errorf("not interpreted: %w; %%tier auto compiles it", why)
	}
	s.ran(p.cell, tierCompiled, why.Error())
	return false, nil
}

func (s *Session) planOptions() cellplan.Options {
	return cellplan.Options{World: s, Patient: s.Tier() == "interp" || s.builder == nil, Functions: s.builder == nil}
}

// Interprets implements plan.World.
func (s *Session) Interprets(fn types.Object) bool {
	_, ok := s.interpretedFunc(fn)
	return ok
}

// interpretedFunc returns a function that is interpreted, because nothing can
// be compiled.
func (s *Session) interpretedFunc(fn types.Object) (interp.Function, bool) {
	d := s.decls.byName[fn.Name()]
	if d == nil || d.node == nil || len(d.objs) != 1 || d.objs[0] != fn {
		return interp.Function{}, false
	}
	return interp.Function{Unit: d.check, Decl: d.node}, true
}

// needsToolchain is the error of what the interpreter does not do where
// nothing can be compiled.
func (s *Session) needsToolchain(p *prepared, why error, what string) error {
	where := ""
	var r *cellplan.Refusal
	if errors.As(why, &r) {
		where = fmt.Sprintf(" (line %d)", p.check.Fset.Position(r.Pos).Line)
	}
	remedy := s.opt.NoToolchain
	if remedy == "" {
		remedy = noToolchain
	}
	return fmt.Errorf("%s needs the Go toolchain, because of %w%s: %s", what, why, where, remedy)
}

// prepareInterpreted makes a cell ready where nothing can be compiled: its
// functions are interpreted too, when they are on the list.
func (s *Session) prepareInterpreted(p *prepared, chunks []check.Chunk, whole bool) error {
	p.decls = s.newDecls(p.check, chunks)
	saved := s.decls
	s.decls = saved.clone()
	if err := s.decide(p); err != nil {
		s.decls = saved
		return err
	}
	if whole {
		s.decls = saved
		return s.needsToolchain(p, errors.New("package main"), "this cell")
	}
	hasRun := len(p.check.List) > 0 || len(p.check.Vars) > 0
	if hasRun {
		if _, err := s.lower(p); err != nil {
			s.decls = saved
			return err
		}
	}
	s.decls = saved
	s.commit(p)
	if !hasRun {
		s.ran(p.cell, tierInterpreted, "there is no toolchain")
	}
	return nil
}

// decide puts the cell's declarations in force if all of them can be
// interpreted.
func (s *Session) decide(p *prepared) error {
	for _, d := range p.decls {
		s.decls.put(d)
	}
	for _, n := range p.check.File.Decls {
		if g, ok := n.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			return s.needsToolchain(p, &cellplan.Refusal{Pos: g.Pos(), Reason: "a declared type"}, "this cell")
		}
	}
	for _, d := range p.decls {
		if d.node == nil {
			continue
		}
		if r := cellplan.DecideFunc(d.check, d.node, s.planOptions()); r != nil {
			return s.needsToolchain(p, r, d.names[0])
		}
	}
	return nil
}

func (s *Session) storageOf(v *types.Var) (string, bool) {
	rec := s.vars[v]
	if rec == nil {
		return "", false
	}
	return rec.id, true
}

func (s *Session) newStorage(v *types.Var) string { return s.newVarID(v.Name()) }

// ran keeps a cell's tier, and why, for TierStatus.
func (s *Session) ran(c *Cell, tier, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells = append(s.cells, TierEntry{Name: fmt.Sprintf("cell %d", c.Count), Tier: tier, Why: why})
	if n := len(s.cells) - maxCells; n > 0 {
		s.cells = append(s.cells[:0], s.cells[n:]...)
	}
}

// runLowered runs a cell in the interpreter, over the units it uses.
func (s *Session) runLowered(ctx context.Context, p *prepared) (*display.Bundle, error) {
	s.commitImports(p.check)
	s.commitBroken(p.checked)
	s.keepBodies(p.check)
	var need []*unit
	for _, path := range p.lowered.Statements.Units {
		if u, ok := s.units[path]; ok {
			need = append(need, u)
		}
	}
	if len(need) > 0 {
		if err := s.load(ctx, p.cell, need...); err != nil {
			return nil, err
		}
	}
	req := p.lowered.Statements
	req.Cell = s.nextRunID(p.cell)
	var out wire.Outcome
	if err := s.call(ctx, wire.MethodStatements, req, &out); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // also after an interrupt the session follows what ran
	if f := out.Failure; f != nil && f.Kind == wire.KindRefused {
		return s.afterRefusal(ctx, p, f.Text)
	}
	for i, v := range p.check.Vars {
		if i < out.Declared {
			s.commitVar(p, v, p.lowered.IDs[v])
		}
	}
	if len(p.check.Vars) > 0 {
		if err := s.rebind(ctx); err != nil {
			return nil, err
		}
	}
	s.lastRun = Sample{out.RunWall, out.RunUser, out.RunSys}
	return s.outcome(p.cell, &out)
}

// loadLowered brings the units into the engine that a lowered cell uses.
func (s *Session) loadLowered(ctx context.Context, p *prepared) error {
	var need []*unit
	for _, path := range p.lowered.Statements.Units {
		if u, ok := s.units[path]; ok {
			need = append(need, u)
		}
	}
	if len(need) == 0 {
		return nil
	}
	return s.load(ctx, p.cell, need...)
}

// afterRefusal compiles a cell of which the interpreter would not run
// anything, though it was on the list.
func (s *Session) afterRefusal(ctx context.Context, p *prepared, why string) (*display.Bundle, error) {
	if s.builder == nil || s.Tier() == "interp" {
		return nil, errors.New("not interpreted: " + why)
	}
	s.cells[len(s.cells)-1] = TierEntry{Name: s.cells[len(s.cells)-1].Name, Tier: tierCompiled, Why: "the interpreter refused it: " + why}
	var err error
	if p.pkg, err = compile.Emit(p.check, compile.Options{World: s}); err != nil {
		return nil, err
	}
	p.unit = s.unitFor(p.pkg)
	if err := s.load(ctx, p.cell, p.unit); err != nil {
		return nil, err
	}
	s.commit(p)
	return s.runUnit(ctx, p)
}
