package engine

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/interp"
	"github.com/goblaze/goblaze/engine/stdinfo"
	"github.com/goblaze/goblaze/engine/wire"
)

// An Output receives what a cell shows, in order, also after the cell's end
// (from goroutines left running). It is safe for concurrent use.
type Output interface {
	Stream(name, text string)
	Display(b display.Bundle)
	Clear(wait bool)
}

// A Cell is one execution of one cell of the notebook.
type Cell struct {
	Count int // the execution count
	key   int // names the cell's text in line directives
	out   Output
	id    uint64 // of the latest run
}

// file is the cell's name in line directives.
func (c *Cell) file() string { return check.CellFile(c.key) }

// A Session is the state that lives across cells. Its methods that run code
// are serialised; Complete, Inspect and Interrupt may be called meanwhile.
type Session struct {
	opt  Options
	exec sync.Mutex // held while a cell runs

	mu       sync.Mutex // guards what follows: read by completion while cells run
	scope    map[string]types.Object
	imports  map[string]string
	dots     []string // paths imported with a dot
	decls    *ledger
	vars     map[*types.Var]*variable
	kept     map[*types.Var]*types.Var // a unit's variable → the session's that it declared
	broken   map[string]string         // names whose declarations no longer compile
	keys     map[int]int               // cell key → execution count
	runs     map[uint64]*Cell          // by run id: where output of a run goes
	tier     string
	workers  int
	cancel   context.CancelCauseFunc  // of the cell that runs
	loops    map[string]wire.Parallel // settings of parallel loops, by key
	progress func(done, total int)    // of the parallel loop that runs
	bodies   *bodies                  // of the session's functions
	reports  []wire.Report            // of the latest run's parallel loops
	quiet    map[string]bool          // loops whose reports nobody wants to see

	importer *stdinfo.Importer
	units    map[string]*unit
	always   []*unit // loaded into every engine: they import for side effects
	homes    map[types.Object]string
	builder  *builder
	host     *host
	nextVar  int
	// loadedBytes is the size of the plugins in engine loadedGen.
	loadedGen   int
	loadedBytes int64
	nextRun     uint64
	cells       []TierEntry // the latest cells, see TierStatus
	lastRun     Sample      // what the latest run of statements took in the engine
}

// A variable is a session variable: a name's storage in the engine.
type variable struct {
	id   string // name#version, the storage's name in the engine
	obj  *types.Var
	cell int  // the execution count of the cell that declared it
	lost bool // its engine process died
}

// Options configure a session.
type Options struct {
	// Notebook is the folder of the notebook: the working folder of cells.
	Notebook string
	// Dir holds the session's private files; the caller removes it.
	Dir string
	// Engine is the toolchain's engine, nil when there is none: then
	// everything is interpreted.
	Engine *build.Engine
	// Command starts the engine process.
	Command []string
	// NoToolchain says why Engine is nil and what to do about it.
	NoToolchain string
	// MemoryLimit bounds the engine's memory in bytes; 0 is a share of what
	// the machine or its cgroup has.
	MemoryLimit int64
}

// NewSession returns a session without names. Its engine process is started
// before the first cell needs it.
func NewSession(opt Options) (*Session, error) {
	s := &Session{opt: opt, workers: -1, tier: "auto", keys: map[int]int{}, runs: map[uint64]*Cell{}, units: map[string]*unit{}}
	s.forgetNames()
	if opt.Engine != nil {
		var err error
		if s.builder, err = newBuilder(opt); err != nil {
			return nil, err
		}
		s.importer = stdinfo.NewImporter(s.builder.open)
	} else {
		s.importer = stdinfo.NewImporter(nil)
	}
	s.predeclare()
	s.startHost()
	return s, nil
}

func (s *Session) forgetNames() {
	s.scope, s.imports = map[string]types.Object{}, map[string]string{}
	s.decls, s.vars = newLedger(), map[*types.Var]*variable{}
	s.kept, s.dots = map[*types.Var]*types.Var{}, nil
	s.broken, s.homes = map[string]string{}, map[types.Object]string{}
	s.bodies = newBodies()
}

// Close ends the engine process and waits for builds to end.
func (s *Session) Close() error {
	s.Interrupt()
	s.host.sup.Close()
	if s.builder != nil {
		s.builder.close()
	}
	return nil
}

// Begin starts a cell: its parts are then run by Exec and the other methods.
func (s *Session) Begin(count int, text string, out Output) *Cell {
	h := fnv.New32a()
	h.Write([]byte(text))
	c := &Cell{Count: count, key: int(h.Sum32() >> 1), out: out}
	s.mu.Lock()
	s.keys[c.key] = count
	s.mu.Unlock()
	return c
}

// Home implements compile.World.
func (s *Session) Home(obj types.Object) (string, bool) {
	p, ok := s.homes[obj]
	return p, ok
}

// A Source is Go of a cell and where it stands in it (1-based).
type Source struct {
	Text      string
	Line, Col int
}

// Exec runs Go: any mix of imports, declarations and statements. It returns
// the value of a last expression, nil when there is none.
func (s *Session) Exec(ctx context.Context, c *Cell, src Source) (*display.Bundle, error) {
	ctx, done := s.begin(ctx)
	defer done()
	chunks, err := check.Split(check.Source{Text: src.Text, File: c.file(), Line: src.Line, Col: src.Col})
	if err != nil {
		return nil, s.located(err)
	}
	return s.run(ctx, c, chunks)
}

// begin takes the session for one operation that Interrupt can stop.
func (s *Session) begin(ctx context.Context) (context.Context, func()) {
	s.exec.Lock()
	ctx, cancel := context.WithCancelCause(ctx)
	s.mu.Lock()
	s.cancel = cancel
	s.mu.Unlock()
	return ctx, func() {
		s.mu.Lock()
		s.cancel = nil
		s.mu.Unlock()
		cancel(nil)
		s.exec.Unlock()
	}
}

func (s *Session) run(ctx context.Context, c *Cell, chunks []check.Chunk) (*display.Bundle, error) {
	p, err := s.prepare(ctx, c, chunks, true)
	if err != nil {
		return nil, s.located(err)
	}
	if p.lowered != nil {
		return s.runLowered(ctx, p)
	}
	if p.pkg == nil {
		return nil, nil
	}
	p.unit = s.unitFor(p.pkg)
	if p.sideEffects {
		s.always = append(s.always, p.unit)
	}
	if !p.pkg.HasRun && !p.sideEffects {
		s.commit(p)
		s.builder.start(p.unit)
		return nil, nil
	}
	// Nothing becomes the session's before it is known to compile.
	if err := s.load(ctx, c, p.unit); err != nil {
		return nil, err
	}
	s.commit(p)
	if !p.pkg.HasRun {
		return nil, nil
	}
	return s.runUnit(ctx, p)
}

// A prepared is a checked cell, ready to run.
type prepared struct {
	cell    *Cell
	check   *check.Unit
	checked *checked
	pkg     *compile.Package
	unit    *unit
	// decls are the declarations the unit compiles, of this cell and of
	// earlier ones.
	decls []*decl
	// sideEffects says that the cell imports a package for its init only.
	sideEffects bool
	// lowered is the cell for the interpreter, nil when it is compiled.
	lowered *interp.Lowered
}

// prepare checks a cell and lowers its statements, where they may be
// interpreted, or emits its package; pkg is nil when nothing is to be compiled.
func (s *Session) prepare(ctx context.Context, c *Cell, chunks []check.Chunk, interpret bool) (*prepared, error) {
	if s.host.gen != 0 {
		if _, _, err := s.engine(ctx); err != nil { // notices that the engine died
			return nil, err
		}
	}
	if err := s.resolveImports(ctx, c, chunks); err != nil {
		return nil, err
	}
	chunks, whole := s.fresh(c, chunks)
	ch, err := s.check(chunks)
	if err != nil {
		return nil, err
	}
	u := ch.unit
	for _, im := range u.Added {
		if im.Path != displayPath {
			c.out.Stream("stderr", fmt.Sprintf("note: imported %q\n", im.Path))
		}
	}
	p := &prepared{cell: c, check: u, checked: ch}
	if s.builder == nil {
		return p, s.prepareInterpreted(p, append(ch.extra, chunks...), whole)
	}
	if interpret && !whole {
		if done, err := s.lower(p); done || err != nil {
			return p, err
		}
	}
	p.pkg, err = compile.Emit(u, compile.Options{World: s, Whole: whole})
	if err != nil {
		return nil, err
	}
	if err := s.lostVars(p); err != nil {
		return nil, err
	}
	p.decls = s.newDecls(u, append(ch.extra, chunks...))
	for _, im := range u.Imports {
		p.sideEffects = p.sideEffects || im.Name == "_"
	}
	if !p.pkg.HasRun && len(p.decls) == 0 && !p.sideEffects {
		s.commitImports(u)
		p.pkg = nil
	}
	return p, nil
}

// fresh drops the declarations that live already in the same words, and tells
// whether the cell is a whole program.
func (s *Session) fresh(c *Cell, chunks []check.Chunk) (out []check.Chunk, whole bool) {
	hasMain, hasPackage := false, false
	for _, ch := range chunks {
		switch ch.Kind {
		case check.Package:
			hasPackage = true
			continue
		case check.Func, check.Type, check.Const:
			names, _ := chunkNames(ch)
			if len(names) == 1 && names[0] == "main" {
				hasMain = true
				break // it is called by the package that declares it
			}
			if d, same := s.decls.same(ch, names); same {
				s.renumber(d, c)
				continue
			}
		}
		out = append(out, ch)
	}
	return out, hasMain && hasPackage
}

// renumber lets positions in a declaration that was repeated name the cell
// that repeated it.
func (s *Session) renumber(d *decl, c *Cell) {
	if key, ok := check.CellOf(d.chunk.File); ok {
		s.mu.Lock()
		s.keys[key] = c.Count
		s.mu.Unlock()
	}
}

// A checked is a cell's types, with what its declarations do to earlier cells.
type checked struct {
	unit *check.Unit
	// extra are the declarations of earlier cells that follow.
	extra []check.Chunk
	// broken says why declarations of earlier cells can't follow; they become
	// unusable with the cell.
	broken map[*decl]string
}

// check types the chunks together with the declarations of earlier cells that
// must follow.
func (s *Session) check(chunks []check.Chunk) (*checked, error) {
	replaced := map[string]bool{}
	changed := map[types.Object]bool{}
	for _, ch := range chunks {
		names, _ := chunkNames(ch)
		for _, n := range names {
			replaced[n] = true
			if d := s.decls.byName[n]; d != nil && ch.Kind != check.Var {
				for _, o := range d.objs {
					if o.Name() == n {
						changed[o] = true
					}
				}
			}
		}
	}
	varTypes := map[string]string{}
	for round := 0; ; round++ {
		deps := s.decls.dependents(changed, replaced)
		c, err := s.checkWith(chunks, deps, varTypes)
		if err != nil {
			return nil, err
		}
		grown := false
		for _, v := range c.unit.Vars {
			varTypes[v.Name()] = types.TypeString(v.Type(), qualifier)
			replaced[v.Name()] = true
			old := s.scope[v.Name()]
			if old == nil || changed[old] || s.keepsObject(old, v) {
				continue
			}
			changed[old] = true
			grown = true
		}
		if !grown || round > 8 {
			return c, nil
		}
	}
}

// qualifier writes types of cells without a package.
func qualifier(p *types.Package) string {
	if p.Path() == "main" {
		return ""
	}
	return p.Name()
}

// keepsObject reports whether a variable declared again leaves the code that
// uses it as it is: its type is the same.
func (s *Session) keepsObject(old types.Object, v *types.Var) bool {
	ov, ok := old.(*types.Var)
	return ok && types.Identical(ov.Type(), v.Type())
}

// checkWith checks chunks beside dependents; a dependent that does not compile
// is left out.
func (s *Session) checkWith(chunks []check.Chunk, deps []*decl, varTypes map[string]string) (*checked, error) {
	c := &checked{broken: map[*decl]string{}}
	for {
		req := check.Request{Chunks: chunks, Scope: s.scope, Imports: s.imports, Dots: s.dots, Importer: s.importer, VarTypes: varTypes,
			Suggest: suggest}
		gone := map[string]bool{}
		for _, d := range deps {
			if c.broken[d] == "" {
				req.Extra = append(req.Extra, d.chunk)
				continue
			}
			for _, n := range d.names {
				gone[n] = true
			}
		}
		if len(gone) > 0 {
			req.Scope = map[string]types.Object{}
			for n, o := range s.scope {
				if !gone[n] {
					req.Scope[n] = o
				}
			}
		}
		u, err := check.Check(req)
		if err == nil {
			c.unit, c.extra = u, req.Extra
			return c, nil
		}
		list, ok := err.(check.ErrorList)
		if !ok {
			return nil, err
		}
		if !s.breakDependents(c, deps, list) {
			return nil, s.explainBroken(c, list)
		}
	}
}

// breakDependents notes the dependents that the errors stand in; false when
// all errors are the cell's own.
func (s *Session) breakDependents(c *checked, deps []*decl, list check.ErrorList) bool {
	found := false
	for _, e := range list {
		for _, d := range deps {
			if c.broken[d] == "" && d.contains(e) {
				c.broken[d] = s.relabel(e).Error()
				found = true
			}
		}
	}
	return found
}

func (d *decl) contains(e check.Error) bool {
	return e.File == d.chunk.File && e.Line >= d.chunk.Line && e.Line <= d.chunk.Line+strings.Count(d.chunk.Text, "\n")
}

// explainBroken says of an undefined name that was once declared why it is no
// more.
func (s *Session) explainBroken(c *checked, list check.ErrorList) error {
	why := map[string]string{}
	for name, text := range s.broken {
		why[name] = text
	}
	for d, text := range c.broken {
		for _, n := range d.names {
			why[n] = text
		}
	}
	for i, e := range list {
		name, ok := strings.CutPrefix(e.Msg, "undefined: ")
		if ok && why[name] != "" {
			list[i].Msg = name + " no longer compiles since what it uses was declared again: " + why[name]
			list[i].Hint = "declare " + name + " again"
		}
	}
	return list
}

// commitBroken makes the declarations that can't follow a checked cell
// unusable.
func (s *Session) commitBroken(c *checked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for d, why := range c.broken {
		d.broken = why
		for _, n := range d.names {
			s.broken[n] = why
			delete(s.scope, n)
		}
	}
}

// newDecls returns the decl of every declaration chunk of a checked unit.
func (s *Session) newDecls(u *check.Unit, chunks []check.Chunk) []*decl {
	byName := map[string]check.Chunk{}
	for _, ch := range chunks {
		if ch.Kind == check.Func || ch.Kind == check.Type || ch.Kind == check.Const {
			names, _ := chunkNames(ch)
			if len(names) > 0 {
				byName[names[0]] = ch
			}
		}
	}
	var out []*decl
	for _, n := range u.File.Decls {
		d := &decl{uses: usesOf(u, n)}
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n == u.Run {
				continue
			}
			if s.builder == nil {
				d.check, d.node = u, n
			}
			if n.Recv != nil {
				d.recv = receiverName(n)
				d.names = []string{d.recv + "." + n.Name.Name}
			} else {
				d.names = []string{n.Name.Name}
				if o := u.Info.Defs[n.Name]; o != nil && n.Name.Name != "init" && n.Name.Name != "_" {
					d.objs = []types.Object{o}
				}
			}
		case *ast.GenDecl:
			if n.Tok != token.TYPE && n.Tok != token.CONST {
				continue
			}
			d.names, d.objs = specNames(u, n)
		}
		if len(d.names) == 0 || d.names[0] == "init" || d.names[0] == "_" {
			continue
		}
		ch, ok := byName[d.names[0]]
		if !ok {
			continue
		}
		d.chunk = ch
		out = append(out, d)
	}
	return out
}

func specNames(u *check.Unit, g *ast.GenDecl) (names []string, objs []types.Object) {
	for _, sp := range g.Specs {
		var ids []*ast.Ident
		switch sp := sp.(type) {
		case *ast.TypeSpec:
			ids = []*ast.Ident{sp.Name}
		case *ast.ValueSpec:
			ids = sp.Names
		}
		for _, id := range ids {
			if id.Name == "_" {
				continue
			}
			names = append(names, id.Name)
			if o := u.Info.Defs[id]; o != nil {
				objs = append(objs, o)
			}
		}
	}
	return names, objs
}

// commit makes a checked cell's declarations and imports the session's.
// Variables follow when their declarations have run.
func (s *Session) commit(p *prepared) {
	s.commitImports(p.check)
	s.commitBroken(p.checked)
	path := ""
	if p.pkg != nil {
		p.unit, path = s.unitFor(p.pkg), p.pkg.Path
	}
	s.keepBodies(p.check)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range p.decls {
		d.unit = p.unit
		s.decls.put(d)
		for i, o := range d.objs {
			name := d.names[min(i, len(d.names)-1)]
			if o.Name() != "_" {
				name = o.Name()
				s.scope[name] = o
				if p.pkg != nil {
					s.homes[o] = path
				}
				delete(s.imports, name)
			}
			delete(s.broken, name)
		}
	}
	s.retype(p)
}

func (s *Session) commitImports(u *check.Unit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, im := range u.Imports {
		if im.Name == "." && !slices.Contains(s.dots, im.Path) {
			s.dots = append(s.dots, im.Path)
		}
		if im.Name == "_" || im.Name == "." || strings.HasPrefix(im.Name, "gbz") {
			continue
		}
		s.imports[im.Name] = im.Path
		if o := s.scope[im.Name]; o != nil {
			delete(s.scope, im.Name)
		}
	}
	for _, im := range u.Added {
		s.imports[im.Name] = im.Path
	}
}

// commitVar makes a variable the session's, once its declaration has run, and
// returns the storage that the name stood for before.
func (s *Session) commitVar(p *prepared, v *types.Var, id string) (old []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := v.Name()
	obj, _ := s.scope[name].(*types.Var)
	if obj == nil || !types.Identical(obj.Type(), v.Type()) {
		obj = types.NewVar(v.Pos(), p.check.Pkg, name, v.Type())
		types.NewScope(types.Universe, token.NoPos, token.NoPos, "session").Insert(obj)
	}
	s.kept[v] = obj
	for _, d := range p.decls {
		if d.uses[v] {
			delete(d.uses, v)
			d.uses[obj] = true
		}
	}
	delete(s.imports, name)
	delete(s.broken, name)
	if d := s.decls.byName[name]; d != nil {
		s.decls.drop(name)
	}
	if was := s.vars[obj]; was != nil && !was.lost {
		old = append(old, was.id)
	}
	s.scope[name] = obj
	s.vars[obj] = &variable{id: id, obj: obj, cell: p.cell.Count}
	return old
}

func (s *Session) newVarID(name string) string {
	s.nextVar++
	return name + "#" + strconv.Itoa(s.nextVar)
}

func parseChunk(fset *token.FileSet, c check.Chunk) (*ast.File, error) {
	return parser.ParseFile(fset, "", "package p\n"+c.Text, parser.SkipObjectResolution)
}
