package engine

import (
	"context"
	"errors"
	"fmt"
	"go/types"
	"slices"
	"time"

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
	if s.builder == nil && !acts(p.check) || s.builder != nil && len(p.check.List)+len(p.check.Vars) == 0 {
		return false, nil
	}
	tier := s.Tier()
	if tier == "compiled" && s.held == "" || s.held == tierCompiled {
		s.ran(p.cell, tierCompiled, "the tier is held")
		return false, nil
	}
	if s.builder != nil && s.followed(p.check) {
		s.ran(p.cell, tierCompiled, "functions of other cells follow a variable that it declares again")
		return false, nil
	}
	attempt := s.lowerPending
	if s.builder != nil && hasDeclarations(p.check) {
		attempt = s.lowerBeside
	}
	start := time.Now()
	why := attempt(p)
	s.planned = time.Since(start)
	if why == nil {
		p.lowered.Statements.Limits = s.wireLimits(p.limits)
		s.ran(p.cell, tierInterpreted, "")
		return true, s.lostVars(p)
	}
	if s.builder == nil {
		return false, s.needsToolchain(p, why, "this cell")
	}
	if s.held == tierInterpreted {
		return false, fmt.Errorf("not interpreted: %w%s; --tier compiled runs it", why, lineOfRefusal(p, why))
	}
	if tier == "interp" {
		return false, fmt.Errorf("not interpreted: %w; %%tier auto compiles it", why)
	}
	s.ran(p.cell, tierCompiled, why.Error())
	return false, nil
}

// lowerPending plans a cell and writes it for the interpreter, with the simple
// functions that it calls where these are being built.
func (s *Session) lowerPending(p *prepared) error {
	if s.builder != nil && s.held == "" && s.Tier() == "auto" {
		s.pending = s.simplePending(p)
		defer func() { s.pending = nil }()
	}
	why := s.tryInterpreted(p)
	if why != nil && len(s.pending) > 0 { // over the functions as they will be compiled
		s.pending = nil
		why = s.tryInterpreted(p)
	}
	return why
}

// tryInterpreted plans a cell and writes it for the interpreter.
func (s *Session) tryInterpreted(p *prepared) (why error) {
	if err := s.decideAll(p); err != nil {
		return err
	}
	if p.lowered, why = s.written(p.check); why != nil {
		return why
	}
	if why = s.addDeclared(&p.lowered.Statements, p.lowered.IDs); why != nil {
		p.lowered = nil
	}
	return why
}

// written writes statements for the engine: as straight code, which costs less
// to start than yaegi's, where they are that.
func (s *Session) written(u *check.Unit) (*interp.Lowered, error) {
	if !s.opt.NoStraight {
		if lowered, err := interp.Straight(u, s.lowerOptions()); err == nil {
			return lowered, nil
		}
	}
	return interp.Lower(u, s.lowerOptions())
}

func (s *Session) planOptions() cellplan.Options {
	return cellplan.Options{World: s, Patient: s.Tier() == "interp" || s.builder == nil || s.held == tierInterpreted, Functions: s.builder == nil,
		Beside: s.builder != nil && s.held == "", Brief: s.brief}
}

// decideAll decides a cell, and with --tier interp the session's functions that
// it calls: they are then interpreted too, since the report says so.
func (s *Session) decideAll(p *prepared) error {
	limits, r := cellplan.Decide(p.check, s.planOptions())
	if r != nil {
		return r
	}
	p.limits = limits
	if s.builder == nil || s.held != tierInterpreted {
		return nil
	}
	seen := map[types.Object]bool{}
	var walk func(uses map[types.Object]bool) error
	walk = func(uses map[types.Object]bool) error {
		for fn := range uses {
			f, ok := s.interpretedFunc(fn)
			if !ok || seen[fn] {
				continue
			}
			seen[fn] = true
			if r := cellplan.DecideFunc(f.Unit, f.Decl, s.planOptions()); r != nil {
				at := f.Unit.Fset.Position(r.Pos)
				key, _ := check.CellOf(at.Filename)
				return fmt.Errorf("the function %s has %s (cell %d, line %d)", fn.Name(), r.Reason, s.count(key), at.Line)
			}
			if err := walk(usesOf(f.Unit, f.Decl)); err != nil {
				return err
			}
		}
		return nil
	}
	uses := map[types.Object]bool{}
	for _, o := range p.check.Info.Uses {
		uses[o] = true
	}
	if err := walk(uses); err != nil {
		return err
	}
	for o := range uses {
		if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil && fn.Pkg() != nil && fn.Pkg().Path() == "main" {
			p.cell.out.Stream("stderr", "note: methods of declared types run compiled\n")
			break
		}
	}
	return nil
}

// lineOfRefusal says where the planner stopped.
func lineOfRefusal(p *prepared, why error) string {
	var r *cellplan.Refusal
	if !errors.As(why, &r) {
		return ""
	}
	return fmt.Sprintf(" (line %d)", p.check.Fset.Position(r.Pos).Line)
}

// Interprets implements plan.World.
func (s *Session) Interprets(fn types.Object) bool {
	_, ok := s.interpretedFunc(fn)
	return ok
}

// SeesCallers implements plan.World.
func (s *Session) SeesCallers() bool { return s.seesCallers }

// callerNames are what asks for the stack of the goroutine that calls it, or
// makes loggers do so, by package.
var callerNames = map[string][]string{
	"runtime": {"Caller", "Callers", "Stack"}, "runtime/debug": {"Stack", "PrintStack"},
	"log": {"Lshortfile", "Llongfile"}, "log/slog": {"AddSource"},
}

// seesCallers reports whether a unit uses one of callerNames.
func seesCallers(u *check.Unit) bool {
	imported := false
	for _, im := range u.Imports {
		imported = imported || callerNames[im.Path] != nil
	}
	if !imported {
		return false
	}
	for _, o := range u.Info.Uses {
		if o.Pkg() != nil && slices.Contains(callerNames[o.Pkg().Path()], o.Name()) {
			return true
		}
	}
	return false
}

// interpretedFunc returns a function that is interpreted, because nothing can
// be compiled or because a loop's tier is held.
func (s *Session) interpretedFunc(fn types.Object) (interp.Function, bool) {
	if f, ok := s.monos.funcs[fn]; ok {
		return f, true
	}
	if s.builder != nil && s.held != tierInterpreted && !s.pending[fn] || fn.Parent() == nil {
		return interp.Function{}, false
	}
	d := s.decls.byName[fn.Name()]
	if d == nil || d.node == nil || len(d.objs) != 1 || d.objs[0] != fn {
		return interp.Function{}, false
	}
	return interp.Function{Unit: d.check, Decl: d.node}, true
}

// needsToolchain is the error of what the interpreter does not do where
// nothing can be compiled.
func (s *Session) needsToolchain(p *prepared, why error, what string) error {
	where := lineOfRefusal(p, why)
	return fmt.Errorf("%s needs the Go toolchain, because of %w%s: %s", what, why, where, s.noToolchain())
}

func (s *Session) storageOf(v *types.Var) (string, bool) {
	if o := s.kept[v]; o != nil { // declared beside the function that uses it
		v = o
	}
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
	s.commitBroken(p)
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
	req.Cell, req.Parallel = s.nextRunID(p.cell), s.loops
	var out wire.Outcome
	if err := s.call(ctx, wire.MethodStatements, req, &out); err != nil {
		return nil, err
	}
	if len(req.Code) > 0 {
		s.straight++
	}
	if f := out.Failure; f != nil && f.Kind == wire.KindRefused {
		return s.afterRefusal(ctx, p, f.Text)
	}
	ctx = context.WithoutCancel(ctx) // also after an interrupt the session follows what ran
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
	s.reports = out.Reports
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
	if p.pkg, err = compile.Emit(p.check, compile.Options{World: s, NoChecks: s.opt.NoChecks}); err != nil {
		return nil, err
	}
	p.unit = s.unitFor(p.pkg)
	if err := s.load(ctx, p.cell, p.unit); err != nil {
		return nil, err
	}
	s.commit(p)
	return s.runUnit(ctx, p)
}
