package engine

import (
	"context"
	"errors"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// A VectorizeSpec is what %vectorize or %%vectorize asks for.
type VectorizeSpec struct {
	// The line form: FUNC ITEMS [ARGS…] as Go expressions. Unset for a loop.
	Func, Items Source
	Args        []Source
	Init, Each  Source
	// Result are the names assigned, LHS the left side as written, Op the
	// operator; unset when the result is only shown.
	Result []string
	LHS    Source
	Op     string
	// Loop is the cell's Go for the loop form.
	Loop Source

	Workers []int // nil: the session's default
	Chunk   int   // 0: automatic
	Collect bool
	Timeout time.Duration
	Tier    string
	Compare bool
	Repeat  int
	Force   bool
	Quiet   bool
}

// A Vectorized is how a parallel run went.
type Vectorized struct {
	Report *vectorizer.Report
	Value  *display.Bundle // the result, when nothing is assigned
}

// Vectorize runs a parallel map or loop.
func (s *Session) Vectorize(ctx context.Context, c *Cell, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error) {
	return Vectorized{}, errors.New("not yet")
}
