package engine

import (
	"context"
	"errors"
	"fmt"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// vectorizeTiers compares on several tiers, one after another: the runs on all
// but the last are trials, after which everything is as before. What stands
// before and after the loop of a cell runs once.
func (s *Session) vectorizeTiers(ctx context.Context, c *Cell, spec VectorizeSpec, tiers []string, progress func(done, total int)) (Vectorized, error) {
	var before, after []check.Chunk
	if spec.Loop.Text != "" {
		var err error
		if before, spec.Loop, after, err = s.aroundLoop(c, spec); err != nil {
			return Vectorized{}, s.located(err)
		}
	} else if err := s.readTwice(c, spec); err != nil {
		return Vectorized{}, s.located(err)
	}
	if len(before) > 0 {
		if _, err := s.run(ctx, c, before); err != nil {
			return Vectorized{}, err
		}
	}
	var out Vectorized
	for i, tier := range tiers {
		one := spec
		one.Tier, one.trial = tier, i < len(tiers)-1
		if one.trial {
			one.Result, one.Op, one.LHS = nil, "", Source{}
		}
		v, err := s.vectorize1(ctx, c, one, progress)
		if v.Report != nil && one.trial {
			out.Earlier = append(out.Earlier, v.Report)
		} else {
			out.Report, out.Value = v.Report, v.Value
		}
		if err != nil {
			return out, err
		}
	}
	if len(after) > 0 {
		value, err := s.run(ctx, c, after)
		out.Value = value
		return out, err
	}
	return out, nil
}

// aroundLoop cuts a cell into what stands before its loop, the loop, and what
// stands after it, once the loop is known to run in parallel.
func (s *Session) aroundLoop(c *Cell, spec VectorizeSpec) (before []check.Chunk, loop Source, after []check.Chunk, err error) {
	if _, _, err := s.loopChunks(c, spec); err != nil {
		return nil, Source{}, nil, err
	}
	chunks, err := check.Split(check.Source{Text: spec.Loop.Text, File: c.file(), Line: spec.Loop.Line, Col: spec.Loop.Col})
	if err != nil {
		return nil, Source{}, nil, err
	}
	u, err := s.checkAside(chunks, nil)
	if err != nil {
		return nil, Source{}, nil, err
	}
	st, err := theLoop(u)
	if err != nil {
		return nil, Source{}, nil, err
	}
	from, to := u.Fset.Position(st.Pos()), u.Fset.Position(st.End())
	for i, ch := range chunks {
		lo, ok1 := ch.Offset(from.Line, from.Column)
		hi, ok2 := ch.Offset(to.Line, to.Column)
		if ch.File != from.Filename || !ok1 || !ok2 {
			continue
		}
		head, tail := ch, ch
		head.Text = ch.Text[:lo]
		tail.Text, tail.Line, tail.Col = ch.Text[hi:], to.Line, to.Column
		before = append(before, chunks[:i]...)
		if strings.TrimSpace(head.Text) != "" {
			before = append(before, head)
		}
		if strings.TrimSpace(tail.Text) != "" {
			after = append(after, tail)
		}
		return before, Source{Text: ch.Text[lo:hi], Line: from.Line, Col: from.Column}, append(after, chunks[i+1:]...), nil
	}
	return nil, Source{}, nil, errors.New("the loop stands in no part of the cell")
}

// readTwice refuses items that are gone once they were read.
func (s *Session) readTwice(c *Cell, spec VectorizeSpec) error {
	t, err := s.exprType(c, spec.Items)
	if err != nil {
		return err
	}
	switch t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return check.ErrorList{{File: c.file(), Line: spec.Items.Line, Col: spec.Items.Col,
			Msg: fmt.Sprintf("%s can be read once only, and several tiers read it in turn; give a slice", spec.Items.Text)}}
	}
	return nil
}
