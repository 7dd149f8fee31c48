package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
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
}

// A Vectorized is how a parallel run went.
type Vectorized struct {
	Report *vectorizer.Report
	Value  *display.Bundle // the result, when nothing is assigned
}

// Vectorize runs a parallel map or loop: the analysis writes the parallel form
// in Go, which then runs as the cell's statements do. The report is valid also
// when the error is not nil; it is nil when nothing ran.
func (s *Session) Vectorize(ctx context.Context, c *Cell, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error) {
	ctx, done := s.begin(ctx)
	defer done()
	var chunks []check.Chunk
	var key string
	var err error
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
		Workers: workers, Chunk: spec.Chunk, Collect: spec.Collect, Timeout: int64(spec.Timeout), Tier: tierCompiled,
		Compare: spec.Compare, Repeat: spec.Repeat, Progress: progress != nil,
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
	u, err := s.checkAside([]check.Chunk{s.stmt(c, "gbz_x := "+e.Text, e.Line, e.Col-len("gbz_x := "))}, nil)
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
	each, err := s.exprType(c, spec.Each)
	if err != nil {
		return nil, "", err
	}
	text := loops.LineText{Func: spec.Func.Text, Items: spec.Items.Text, Init: spec.Init.Text}
	for i, a := range spec.Args {
		arg, spread := strings.CutSuffix(strings.TrimSpace(a.Text), "...")
		text.Args = append(text.Args, arg)
		text.Spread = spread && i == len(spec.Args)-1
	}
	probe, err := loops.Probe(text, items, init)
	if err != nil {
		return nil, "", err
	}
	u, err := s.checkAside([]check.Chunk{s.stmt(c, probe, spec.Func.Line, spec.Func.Col)},
		func(msg string) bool { return loops.ProbeNoise(types.Error{Msg: msg}) })
	if err != nil {
		return nil, "", err
	}
	in, key := s.loopInput(c, u, u.List[0], spec)
	in.Options.Init, in.Options.Each, in.Options.EachType = init != nil, spec.Each.Text, each
	plan, refusal := loops.Line(loops.LineInput{Input: in, Result: spec.Result, Op: spec.Op})
	if refusal != nil {
		return nil, "", s.refused(c, refusal)
	}
	s.warn(c, plan)
	return append(planImports(c, plan), s.stmt(c, plan.Source, spec.Func.Line, 1)), key, nil
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
	in, key := s.loopInput(c, u, loop, spec)
	plan, refusal := loops.Loop(in)
	if refusal != nil {
		return nil, "", s.refused(c, refusal)
	}
	s.warn(c, plan)
	if err := replaceNode(u, chunks, loop, plan.Source); err != nil {
		return nil, "", err
	}
	return append(planImports(c, plan), chunks...), key, nil
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
func (s *Session) loopInput(c *Cell, u *check.Unit, loop ast.Stmt, spec VectorizeSpec) (loops.Input, string) {
	pos := u.Fset.Position(loop.Pos())
	key := fmt.Sprintf("%d:%d:%d", c.key, pos.Line, pos.Column)
	return loops.Input{
		Fset: u.Fset, Src: u.Src, File: c.file(), Info: u.Info, Pkg: u.Pkg, Loop: loop, Around: u.Run.Body,
		FuncBody: s.funcBody(u), Qualifier: s.loopQualifier(u), Key: key,
		Options: loops.Options{Force: spec.Force, Compare: spec.Compare},
		Position: func(p token.Pos) (string, int, int) {
			at := u.Fset.Position(p)
			return at.Filename, at.Line, at.Column
		},
	}, key
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

// funcBody finds the declarations of functions of this cell and earlier ones.
func (s *Session) funcBody(u *check.Unit) func(*types.Func) (*ast.FuncDecl, *types.Info, bool) {
	return func(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
		for _, d := range u.File.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && u.Info.Defs[fd.Name] == types.Object(fn) {
				return fd, u.Info, true
			}
		}
		b, ok := s.bodies[fn.Origin()]
		return b.decl, b.info, ok
	}
}

// A body is the checked declaration of a session function.
type body struct {
	decl *ast.FuncDecl
	info *types.Info
}

// keepBodies remembers the bodies of a checked cell's functions for the loop
// analysis.
func (s *Session) keepBodies(u *check.Unit) {
	for _, d := range u.File.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd == u.Run || fd.Body == nil {
			continue
		}
		if fn, ok := u.Info.Defs[fd.Name].(*types.Func); ok {
			s.bodies[fn] = body{fd, u.Info}
		}
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

func planImports(c *Cell, p *loops.Plan) []check.Chunk {
	var out []check.Chunk
	for alias, path := range p.Imports {
		out = append(out, check.Chunk{Kind: check.Import, Text: fmt.Sprintf("import %s %q", alias, path), File: c.file(), Line: 1, Col: 1})
	}
	return out
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
