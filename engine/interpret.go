package engine

import (
	"context"
	"errors"
	"fmt"
	"go/types"

	"github.com/goblaze/goblaze/display"
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
	if r := cellplan.Decide(p.check, cellplan.Options{World: s, Patient: tier == "interp" || s.builder == nil}); r != nil {
		why = r
	} else if p.lowered, why = interp.Lower(p.check, interp.Options{World: s, Var: s.storageOf, New: s.newStorage}); why == nil {
		s.ran(p.cell, tierInterpreted, "")
		return true, s.lostVars(p)
	}
	if tier == "interp" {
		return false, fmt.Errorf("not interpreted: %w; %%tier auto compiles it", why)
	}
	s.ran(p.cell, tierCompiled, why.Error())
	return false, nil
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
	req.Cell, req.Key = s.nextRunID(p.cell), p.cell.key
	var out wire.Outcome
	if err := s.call(ctx, wire.MethodStatements, req, &out); err != nil {
		return nil, err
	}
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
	s.commit(p)
	return s.runUnit(ctx, p)
}
