package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

var errNothingTimed = errors.New("nothing to time: write a statement")

// interpretedTimer prepares a timed loop that the interpreter runs.
func (s *Session) interpretedTimer(ctx context.Context, c *Cell, setup, stmt Source) (*Timer, error) {
	start := time.Now()
	chunks, err := s.timedBlock(c, setup, stmt)
	if err != nil {
		return nil, s.located(err)
	}
	checked, err := s.check(chunks)
	if err != nil {
		return nil, s.located(err)
	}
	noteAdded(c, checked.unit)
	p := &prepared{cell: c, check: checked.unit, checked: checked}
	if _, r := cellplan.Decide(p.check, s.planOptions()); r != nil {
		return nil, s.notTimed(p, r)
	}
	if p.lowered, err = interp.LowerTimed(p.check, s.lowerOptions()); err != nil {
		return nil, s.notTimed(p, err)
	}
	if err := s.addDeclared(&p.lowered.Statements, p.lowered.IDs); err != nil {
		return nil, s.notTimed(p, err)
	}
	if err := s.lostVars(p); err != nil {
		return nil, err
	}
	if err := s.loadLowered(ctx, p); err != nil {
		return nil, err
	}
	s.commitAdded(checked.unit)
	return &Timer{s: s, p: p, tier: tierInterpreted, compile: time.Since(start)}, nil
}

func (s *Session) notTimed(p *prepared, why error) error {
	if s.builder == nil {
		return s.needsToolchain(p, why, "this timing")
	}
	return fmt.Errorf("not interpreted: %w; %%tier auto compiles it", why)
}

// timedBlock writes { setup; for range 1 { stmt } }.
func (s *Session) timedBlock(c *Cell, setup, stmt Source) ([]check.Chunk, error) {
	if strings.TrimSpace(stmt.Text) == "" {
		return nil, errNothingTimed
	}
	before, err := check.Split(check.Source{Text: setup.Text, File: c.file(), Line: setup.Line, Col: setup.Col})
	if err != nil {
		return nil, err
	}
	body, err := check.Split(check.Source{Text: stmt.Text, File: c.file(), Line: stmt.Line, Col: stmt.Col})
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("{\n")
	writeChunks(&b, before)
	b.WriteString("\nfor range 1 {\n")
	if e, ok := s.plainExpression(body); ok {
		b.WriteString("_ = " + lineOf(e) + e.Text)
	} else {
		writeChunks(&b, body)
	}
	b.WriteString("\n}\n}")
	var out []check.Chunk
	for _, ch := range append(before, body...) {
		if ch.Kind == check.Import {
			out = append(out, ch)
		}
	}
	return append(out, check.Chunk{Kind: check.Stmt, Text: b.String(), File: "/goblaze/generated", Line: 1, Col: 1}), nil
}

func (t *Timer) runInterpreted(ctx context.Context, n, workers int) (Sample, error) {
	s := t.s
	if err := s.loadLowered(ctx, t.p); err != nil {
		return Sample{}, err
	}
	req := wire.TimeStatements{Statements: t.p.lowered.Statements, N: n, Workers: workers}
	req.Cell = s.nextRunID(t.p.cell)
	var r wire.TimeResult
	if err := s.call(ctx, wire.MethodTimeStatements, req, &r); err != nil {
		return Sample{}, err
	}
	if _, err := s.outcome(t.p.cell, &r.Outcome); err != nil {
		return Sample{}, err
	}
	return Sample{r.Wall, r.User, r.Sys}, nil
}
