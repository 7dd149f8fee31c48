package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/loops"
	"github.com/goblaze/goblaze/vectorizer"
)

// A Directive is a //goblaze:vectorize line in Go of a cell: the loop below it
// runs in parallel, whenever it runs.
type Directive struct {
	Line int // of the directive, in the cell
	Spec VectorizeSpec
}

// ExecLoops is Exec for Go with directives.
func (s *Session) ExecLoops(ctx context.Context, c *Cell, src Source, marks []Directive) (*display.Bundle, error) {
	if len(marks) == 0 {
		return s.Exec(ctx, c, src)
	}
	ctx, done := s.begin(ctx)
	defer done()
	chunks, err := check.Split(check.Source{Text: src.Text, File: c.file(), Line: src.Line, Col: src.Col})
	if err != nil {
		return nil, s.located(err)
	}
	for _, m := range marks {
		if m.Spec.Tier != marks[0].Spec.Tier {
			return nil, s.located(check.ErrorList{{File: c.file(), Line: m.Line, Col: 1, Msg: "the loops of one cell run on one tier: give each the same --tier, or a cell of its own"}})
		}
	}
	release, err := s.hold(marks[0].Spec.Tier)
	if err != nil {
		return nil, err
	}
	defer release()
	for i := len(marks) - 1; i >= 0; i-- {
		if chunks, err = s.mark(c, chunks, marks[i]); err != nil {
			return nil, s.located(err)
		}
	}
	return s.run(ctx, c, chunks)
}

// mark replaces the loop under one directive.
func (s *Session) mark(c *Cell, chunks []check.Chunk, m Directive) ([]check.Chunk, error) {
	u, err := s.checkAside(chunks, nil)
	if err != nil {
		return nil, err
	}
	loop, around := loopBelow(u, c.file(), m.Line)
	if loop == nil {
		return nil, check.ErrorList{{File: c.file(), Line: m.Line, Col: 1, Msg: "//goblaze:vectorize must stand on the line above a for loop"}}
	}
	in, key, err := s.loopInput(c, u, loop, m.Spec)
	if err != nil {
		return nil, err
	}
	in.Around = around
	plan, refusal := loops.Loop(in)
	if refusal != nil {
		return nil, s.refused(c, refusal)
	}
	s.warn(c, plan)
	if err := replaceNode(u, chunks, loop, plan.Source); err != nil {
		return nil, err
	}
	s.setLoop(key, m.Spec, nil)
	return planImports(c, plan, chunks), nil
}

// loopBelow finds the loop that starts first after a line of the cell, with
// the function body around it.
func loopBelow(u *check.Unit, file string, line int) (loop ast.Stmt, around ast.Node) {
	best := 0
	var bodies []ast.Node
	ast.Inspect(u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			return false
		case *ast.FuncDecl:
			if n.Body != nil {
				bodies = append(bodies, n.Body)
			}
		case *ast.ForStmt, *ast.RangeStmt:
			p := u.Fset.Position(n.Pos())
			if p.Filename == file && p.Line > line && p.Line <= line+2 && (loop == nil || p.Line < best) {
				loop, best = n.(ast.Stmt), p.Line
			}
		}
		return true
	})
	for _, b := range bodies {
		if loop != nil && b.Pos() <= loop.Pos() && loop.End() <= b.End() {
			around = b
		}
	}
	return loop, around
}

// A LoopReport is what a marked loop measured in the latest run: the last of
// Runs runs.
type LoopReport struct {
	Report *vectorizer.Report
	Runs   int
	Quiet  bool
}

// TakeReports returns what marked loops measured in the latest run, and
// forgets it.
func (s *Session) TakeReports() []LoopReport {
	s.mu.Lock()
	defer s.mu.Unlock()
	byKey := map[string]*LoopReport{}
	var out []*LoopReport
	for _, r := range s.reports {
		rep := new(vectorizer.Report)
		if json.Unmarshal(r.Report, rep) != nil {
			continue
		}
		lr, ok := byKey[r.Key]
		if !ok {
			lr = &LoopReport{Quiet: s.quiet[r.Key]}
			byKey[r.Key] = lr
			out = append(out, lr)
		}
		lr.Report = rep
		lr.Runs++
	}
	s.reports = nil
	list := make([]LoopReport, len(out))
	for i, r := range out {
		list[i] = *r
	}
	return list
}

// Title says how often a marked loop ran, "" when it was once.
func (r LoopReport) Title() string {
	if r.Runs < 2 {
		return ""
	}
	return fmt.Sprintf("the last of %d runs:", r.Runs)
}
