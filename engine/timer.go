package engine

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/wire"
)

// timedFunc is the entry point of a timed loop.
const timedFunc = compile.TimedFunc

// A Timer is a compiled timed loop: Setup once, then Stmt n times.
type Timer struct {
	s       *Session
	p       *prepared
	tier    string
	compile time.Duration
}

// A Sample is one timing: wall-clock time, and the CPU time of the engine
// process meanwhile.
type Sample struct{ Wall, User, Sys time.Duration }

// NewTimer prepares a timed loop. Names that setup and stmt declare are its
// own; what they assign to is the session's.
func (s *Session) NewTimer(ctx context.Context, c *Cell, setup, stmt Source) (*Timer, error) {
	ctx, done := s.begin(ctx)
	defer done()
	chunks, err := s.timedChunks(c, setup, stmt)
	if err != nil {
		return nil, s.located(err)
	}
	start := time.Now()
	if s.builder == nil || s.Tier() == "interp" {
		return s.interpretedTimer(ctx, c, setup, stmt)
	}
	p, err := s.prepare(ctx, c, chunks, false)
	if err != nil {
		return nil, s.located(err)
	}
	s.commitAdded(p.check)
	p.unit = s.unitFor(p.pkg)
	if err := s.load(ctx, c, p.unit); err != nil {
		return nil, err
	}
	return &Timer{s: s, p: p, tier: tierCompiled, compile: time.Since(start)}, nil
}

// The names of the tiers, as reports and charts write them.
const (
	tierCompiled    = "compiled"
	tierInterpreted = "interpreted"
)

// Tier returns the tier the statement runs on.
func (t *Timer) Tier() string { return t.tier }

// CompileTime is how long checking, compiling and loading took.
func (t *Timer) CompileTime() time.Duration { return t.compile }

// Run times n loops on each of workers goroutines that start together.
func (t *Timer) Run(ctx context.Context, n, workers int) (Sample, error) {
	s := t.s
	ctx, done := s.begin(ctx)
	defer done()
	if s.builder != nil {
		if err := s.builder.wait(ctx); err != nil {
			return Sample{}, err
		}
	}
	if t.p.lowered != nil {
		return t.runInterpreted(ctx, n, workers)
	}
	if err := s.load(ctx, t.p.cell, t.p.unit); err != nil {
		return Sample{}, err
	}
	req := wire.Time{Run: wire.Run{Cell: s.nextRunID(t.p.cell), Unit: t.p.unit.pkg.Path, Entry: timedFunc, N: n}, Workers: workers}
	var r wire.TimeResult
	if err := s.call(ctx, wire.MethodTime, req, &r); err != nil {
		return Sample{}, err
	}
	if _, err := s.outcome(t.p.cell, &r.Outcome); err != nil {
		return Sample{}, err
	}
	return Sample{r.Wall, r.User, r.Sys}, nil
}

// timedChunks writes the entry point around the user's source.
func (s *Session) timedChunks(c *Cell, setup, stmt Source) ([]check.Chunk, error) {
	if strings.TrimSpace(stmt.Text) == "" {
		return nil, errNothingTimed
	}
	chunks, err := check.Split(check.Source{Text: setup.Text, File: c.file(), Line: setup.Line, Col: setup.Col})
	if err != nil {
		return nil, err
	}
	body, err := check.Split(check.Source{Text: stmt.Text, File: c.file(), Line: stmt.Line, Col: stmt.Col})
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "func %s(gbz_c *gbz_rt.Cell, gbz_n int) {\n", timedFunc)
	writeChunks(&b, chunks)
	b.WriteString("\ngbz_c.TimerStart()\nfor gbz_i := 0; gbz_i < gbz_n; gbz_i++ {\n")
	if e, ok := s.plainExpression(body); ok {
		fmt.Fprintf(&b, "gbz_rt.Keep(%s%s)", lineOf(e), e.Text)
	} else {
		writeChunks(&b, body)
	}
	b.WriteString("\n}\ngbz_c.TimerStop()\n}")
	out := []check.Chunk{{Kind: check.Import, Text: fmt.Sprintf("import gbz_rt %q", compile.RuntimePath), File: "/goblaze/generated", Line: 1, Col: 1}}
	for _, ch := range append(chunks, body...) {
		if ch.Kind == check.Import {
			out = append(out, ch)
		}
	}
	return append(out, check.Chunk{Kind: check.Func, Text: b.String(), File: "/goblaze/generated", Line: 1, Col: 1}), nil
}

func lineOf(ch check.Chunk) string { return fmt.Sprintf("/*line %s:%d:%d*/", ch.File, ch.Line, ch.Col) }

// writeChunks writes statements inside a function, each with its position.
func writeChunks(b *strings.Builder, chunks []check.Chunk) {
	for _, ch := range chunks {
		if ch.Kind == check.Import {
			continue
		}
		b.WriteString(lineOf(ch) + ch.Text + "\n")
	}
	b.WriteString("/*line /goblaze/generated:1:1*/")
}

// plainExpression reports whether the statements are one expression that Go
// would not take for a statement: other than a call of a function, or a
// receive.
func (s *Session) plainExpression(body []check.Chunk) (check.Chunk, bool) {
	if len(body) != 1 || body[0].Kind != check.Stmt {
		return check.Chunk{}, false
	}
	x, err := parser.ParseExpr(body[0].Text)
	if err != nil {
		return check.Chunk{}, false
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return body[0], s.onlyValue(x.Fun)
	case *ast.UnaryExpr:
		if x.Op.String() == "<-" {
			return check.Chunk{}, false
		}
	}
	return body[0], true
}

// onlyValue reports whether a call of fun is no statement: a conversion, or a
// builtin like len that is called for its value.
func (s *Session) onlyValue(fun ast.Expr) bool {
	var o types.Object
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		if o = s.scope[fun.Name]; o == nil {
			o = types.Universe.Lookup(fun.Name)
		}
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok {
			for _, p := range s.view().packages(x.Name) {
				o = p.Scope().Lookup(fun.Sel.Name)
			}
		}
	case *ast.IndexExpr:
		return s.onlyValue(fun.X)
	case *ast.IndexListExpr:
		return s.onlyValue(fun.X)
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType, *ast.StarExpr:
		return true
	}
	switch o := o.(type) {
	case *types.TypeName:
		return true
	case *types.Builtin:
		return !slices.Contains([]string{"clear", "close", "copy", "delete", "panic", "print", "println", "recover"}, o.Name())
	}
	return false
}
