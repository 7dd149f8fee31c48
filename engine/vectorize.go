package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/loops"
	"github.com/goblaze/goblaze/engine/wire"
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

	trial bool // everything is as before afterwards
}

// A Vectorized is how a parallel run went.
type Vectorized struct {
	Report *vectorizer.Report
	Value  *display.Bundle // the result, when nothing is assigned
	// Earlier are the reports of the other tiers of a list, in its order.
	Earlier []*vectorizer.Report
}

// Vectorize runs a parallel map or loop: the analysis writes the parallel form
// in Go, which then runs as the cell's statements do. The report is valid also
// when the error is not nil; it is nil when nothing ran.
func (s *Session) Vectorize(ctx context.Context, c *Cell, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error) {
	ctx, done := s.begin(ctx)
	defer done()
	if tiers := strings.Split(spec.Tier, ","); len(tiers) > 1 {
		return s.vectorizeTiers(ctx, c, spec, tiers, progress)
	}
	return s.vectorize1(ctx, c, spec, progress)
}

// vectorize1 is Vectorize on one tier.
func (s *Session) vectorize1(ctx context.Context, c *Cell, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error) {
	release, err := s.hold(spec.Tier)
	if err != nil {
		return Vectorized{}, err
	}
	defer release()
	var chunks []check.Chunk
	var key string
	if spec.Loop.Text != "" {
		chunks, key, err = s.loopChunks(c, spec)
	} else {
		chunks, key, err = s.lineChunks(c, spec)
	}
	if err != nil {
		return Vectorized{}, s.located(err)
	}
	if s.builder != nil {
		if err := s.builder.wait(ctx); err != nil {
			return Vectorized{}, err
		}
	}
	s.setLoop(key, spec, progress)
	defer s.clearProgress()
	value, err := s.run(ctx, c, chunks)
	out := Vectorized{Value: value}
	for _, r := range s.reports {
		rep := new(vectorizer.Report)
		if r.Key == key && json.Unmarshal(r.Report, rep) == nil {
			out.Report = rep
		}
	}
	s.reports = nil
	return out, err
}

// hold lets the cell that runs a parallel loop run on a tier ("" and "auto": the
// session's, compiled where that can be had) until the function it returns is
// called.
func (s *Session) hold(tier string) (release func(), err error) {
	switch {
	case tier == "interp", tier != "compiled" && (s.builder == nil || s.Tier() == "interp"):
		s.held = tierInterpreted
	case s.builder == nil:
		return nil, fmt.Errorf("the compiled tier needs the Go toolchain: %s", s.noToolchain())
	default:
		s.held = tierCompiled
	}
	return func() { s.held = "" }, nil
}

// setLoop gives the engine the settings of a loop with the next run.
func (s *Session) setLoop(key string, spec VectorizeSpec, progress func(done, total int)) {
	workers := spec.Workers
	if len(workers) == 0 {
		workers = []int{s.Workers()}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.loops == nil {
		s.loops, s.quiet = map[string]wire.Parallel{}, map[string]bool{}
	}
	s.quiet[key] = spec.Quiet
	s.loops[key] = wire.Parallel{
		Workers: workers, Chunk: spec.Chunk, Collect: spec.Collect, Timeout: int64(spec.Timeout),
		Compare: spec.Compare, Trial: spec.trial, Repeat: spec.Repeat, Progress: progress != nil,
	}
	s.progress = progress
}

func (s *Session) clearProgress() {
	s.mu.Lock()
	s.progress = nil
	s.mu.Unlock()
}

// progressed passes on how far the parallel loop that runs is.
func (s *Session) progressed(_ uint64, p wire.Progress) {
	s.mu.Lock()
	f := s.progress
	s.mu.Unlock()
	if f != nil {
		f(p.Done, p.Total)
	}
}

// checkAside checks statements in the session without running them.
func (s *Session) checkAside(chunks []check.Chunk, tolerate func(string) bool) (*check.Unit, error) {
	return check.Check(check.Request{
		Chunks: chunks, Scope: s.scope, Imports: s.imports, Importer: s.importer, Tolerate: tolerate,
		Suggest: suggest,
	})
}

// exprType returns the type of an expression, nil for an empty one.
func (s *Session) exprType(c *Cell, e Source) (types.Type, error) {
	if strings.TrimSpace(e.Text) == "" {
		return nil, nil
	}
	u, err := s.checkAside([]check.Chunk{s.stmt(c, "gbz_x := "+c.placed(e).String(), e.Line, 1)}, nil)
	if err != nil {
		return nil, err
	}
	for _, v := range u.Vars {
		if v.Name() == "gbz_x" {
			return v.Type(), nil
		}
	}
	return nil, fmt.Errorf("%s has no value", e.Text)
}

func (s *Session) stmt(c *Cell, text string, line, col int) check.Chunk {
	return check.Chunk{Kind: check.Stmt, Text: text, File: c.file(), Line: line, Col: max(col, 1)}
}

// lineChunks writes the line form as statements.
func (s *Session) lineChunks(c *Cell, spec VectorizeSpec) ([]check.Chunk, string, error) {
	items, err := s.exprType(c, spec.Items)
	if err != nil {
		return nil, "", err
	}
	init, err := s.exprType(c, spec.Init)
	if err != nil {
		return nil, "", err
	}
	u, err := s.probe(c, spec, items, init)
	if err != nil {
		return nil, "", err
	}
	in, key, err := s.loopInput(c, u, u.List[0], spec)
	if err != nil {
		return nil, "", err
	}
	plan, refusal := loops.Line(loops.LineInput{Input: in, Result: spec.Result, Op: spec.Op})
	if refusal != nil {
		return nil, "", s.refused(c, refusal)
	}
	s.warn(c, plan)
	return planImports(c, plan, []check.Chunk{s.stmt(c, plan.Source, spec.Func.Line, 1)}), key, nil
}

// probe checks the loop that the line form stands for.
func (s *Session) probe(c *Cell, spec VectorizeSpec, items, init types.Type) (*check.Unit, error) {
	text := loops.LineText{Func: c.placed(spec.Func), Items: c.placed(spec.Items), Init: c.placed(spec.Init)}
	for i, a := range spec.Args {
		var spread bool
		a.Text, spread = strings.CutSuffix(strings.TrimSpace(a.Text), "...")
		text.Args = append(text.Args, c.placed(a))
		text.Spread = spread && i == len(spec.Args)-1
	}
	probe, err := loops.Probe(text, items, init)
	if unfit := new(loops.Unfit); errors.As(err, &unfit) {
		at := spec.Items
		if unfit.Init {
			at = spec.Init
		}
		return nil, check.ErrorList{{File: c.file(), Line: at.Line, Col: at.Col, Msg: unfit.Error()}}
	}
	if err != nil {
		return nil, err
	}
	u, err := s.checkAside([]check.Chunk{s.stmt(c, probe, spec.Func.Line, spec.Func.Col)},
		func(msg string) bool { return loops.ProbeNoise(types.Error{Msg: msg}) })
	var list check.ErrorList
	if errors.As(err, &list) {
		for i := range list {
			list[i].Msg = loops.ProbeWords(list[i].Msg)
		}
		return nil, list
	}
	return u, err
}

// placed is a piece of the cell in front of which stands where it comes from.
func (c *Cell) placed(e Source) loops.Piece {
	if strings.TrimSpace(e.Text) == "" {
		return loops.Piece{}
	}
	return loops.Piece{Text: e.Text, Mark: fmt.Sprintf("/*line %s:%d:%d*/", c.file(), e.Line, e.Col)}
}

// loopChunks replaces the loop of a cell by its parallel form.
func (s *Session) loopChunks(c *Cell, spec VectorizeSpec) ([]check.Chunk, string, error) {
	chunks, err := check.Split(check.Source{Text: spec.Loop.Text, File: c.file(), Line: spec.Loop.Line, Col: spec.Loop.Col})
	if err != nil {
		return nil, "", err
	}
	u, err := s.checkAside(chunks, nil)
	if err != nil {
		return nil, "", err
	}
	loop, err := theLoop(u)
	if err != nil {
		return nil, "", err
	}
	in, key, err := s.loopInput(c, u, loop, spec)
	if err != nil {
		return nil, "", err
	}
	plan, refusal := loops.Loop(in)
	if refusal != nil {
		return nil, "", s.refused(c, refusal)
	}
	s.warn(c, plan)
	if err := replaceNode(u, chunks, loop, plan.Source); err != nil {
		return nil, "", err
	}
	return planImports(c, plan, chunks), key, nil
}

// theLoop finds the loop that a %%vectorize cell is about: the only one at its
// top level.
func theLoop(u *check.Unit) (ast.Stmt, error) {
	var found []ast.Stmt
	for _, st := range u.List {
		for l, ok := st.(*ast.LabeledStmt); ok; l, ok = st.(*ast.LabeledStmt) {
			st = l.Stmt
		}
		switch st.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = append(found, st)
		}
	}
	switch len(found) {
	case 0:
		return nil, errors.New("%%vectorize: the cell has no loop at its top level: write the for statement that is to run in parallel")
	case 1:
		return found[0], nil
	}
	lines := make([]string, len(found))
	for i, st := range found {
		lines[i] = strconv.Itoa(u.Fset.Position(st.Pos()).Line)
	}
	return nil, fmt.Errorf("%%%%vectorize: the cell has loops at lines %s: write //goblaze:vectorize on the line above the one that is meant, and leave out %%%%vectorize", strings.Join(lines, " and "))
}

// loopInput describes a loop of a checked unit to the analysis.
func (s *Session) loopInput(c *Cell, u *check.Unit, loop ast.Stmt, spec VectorizeSpec) (loops.Input, string, error) {
	each, err := s.exprType(c, spec.Each)
	if err != nil {
		return loops.Input{}, "", err
	}
	pos := u.Fset.Position(loop.Pos())
	key := fmt.Sprintf("%d:%d:%d", c.key, pos.Line, pos.Column)
	info := ownInfo(u)
	return loops.Input{
		Fset: u.Fset, Src: u.Src, File: c.file(), Info: info, Pkg: u.Pkg, Loop: loop, Around: u.Run.Body,
		FuncBody: s.funcBody(u, info), ClosureBody: s.closureBody(u, info), FuncValues: s.funcValues(u, info), StandsFor: func(o types.Object) types.Object { return standsFor(u, o) },
		Qualifier: s.loopQualifier(u), Key: key,
		Options: loops.Options{Force: spec.Force, Compare: spec.Compare, Init: spec.Init.Text != "", Each: spec.Each.Text, EachMark: c.placed(spec.Each).Mark, EachType: each},
		Position: func(p token.Pos) (string, int, int) {
			at := u.Fset.Position(p)
			return at.Filename, at.Line, at.Column
		},
	}, key, nil
}

// loopQualifier names packages in generated source: by the name the cell
// imports them under, or their own, which is then imported.
func (s *Session) loopQualifier(u *check.Unit) types.Qualifier {
	return func(p *types.Package) string {
		if p.Path() == "main" {
			return ""
		}
		for _, im := range u.Imports {
			if im.Path == p.Path() {
				return im.Name
			}
		}
		return p.Name()
	}
}

// refused words the analysis's refusal as an error of the cell.
func (s *Session) refused(c *Cell, r *loops.Refusal) error {
	msg := r.Reason
	if r.Instead != "" {
		msg += "; " + r.Instead
	}
	return check.ErrorList{{File: c.file(), Line: r.Line, Col: r.Col, Msg: msg}}
}

func (s *Session) warn(c *Cell, p *loops.Plan) {
	for _, w := range p.Warnings {
		c.out.Stream("stderr", "warning: "+w+"\n")
	}
	for _, n := range p.Notes {
		c.out.Stream("stderr", "note: "+n+"\n")
	}
}

// planImports are the imports that generated source needs and the chunks lack.
func planImports(c *Cell, p *loops.Plan, chunks []check.Chunk) []check.Chunk {
	have := map[string]bool{}
	for _, ch := range chunks {
		have[ch.Text] = ch.Kind == check.Import
	}
	for _, alias := range slices.Sorted(maps.Keys(p.Imports)) {
		if text := fmt.Sprintf("import %s %q", alias, p.Imports[alias]); !have[text] {
			chunks = append([]check.Chunk{{Kind: check.Import, Text: text, File: c.file(), Line: 1, Col: 1}}, chunks...)
		}
	}
	return chunks
}

// replaceNode puts text in the place of a node of the chunk it stands in.
func replaceNode(u *check.Unit, chunks []check.Chunk, n ast.Node, text string) error {
	from, to := u.Fset.Position(n.Pos()), u.Fset.Position(n.End())
	for i, ch := range chunks {
		lo, ok1 := ch.Offset(from.Line, from.Column)
		hi, ok2 := ch.Offset(to.Line, to.Column)
		if ch.File != from.Filename || !ok1 || !ok2 {
			continue
		}
		chunks[i].Text = ch.Text[:lo] + text + fmt.Sprintf("/*line %s:%d:%d*/", ch.File, to.Line, to.Column) + ch.Text[hi:]
		return nil
	}
	return errors.New("the loop stands in no part of the cell")
}
