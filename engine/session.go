package engine

import (
	"context"
	"fmt"
	"go/token"
	"go/types"
	"hash/fnv"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/interp"
	cellplan "github.com/goblaze/goblaze/engine/plan"
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
	broken   map[string]breakage       // names whose declarations no longer compile
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
	// instances are the units that compiled instances of generic types and
	// functions of cells, by check.InstanceKey.
	instances map[string]string
	builder   *builder
	host      *host
	nextVar   int
	// forged are the types of cells that the engine makes at run time.
	forged []*types.TypeName
	shown  map[*types.TypeName]string // what %T prints of those that functions declare
	// seesCallers is set once code of a cell asks the runtime for its callers.
	seesCallers bool

	monos      *monos
	nextForged int
	// loadedBytes is the size of the plugins in engine loadedGen.
	loadedGen   int
	loadedBytes int64
	nextRun     uint64
	cells       []TierEntry           // the latest cells, see TierStatus
	pending     map[types.Object]bool // functions that the cell interprets while they are built
	held        string                // the tier that a parallel loop holds the cell to, "" for none
	timed       bool                  // the cell that runs is timed
	brief       bool                  // a cell is planned that waits for a build
	lastRun     Sample                // what the latest run of statements took in the engine
	planned     time.Duration         // what the latest plan took
	straight    int                   // cells that ran as straight code
	input       input
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
	// Sources are this module's, for the types of its packages where Engine is
	// nil; without them cells can't use those packages.
	Sources fs.FS
	// MemoryLimit bounds the engine's memory in bytes; 0 is a share of what
	// the machine or its cgroup has.
	MemoryLimit int64
	// NoChecks leaves the stop checks out of what cells become: they can't be
	// stopped then. It is for measuring what the checks cost.
	NoChecks bool
	// NoStraight leaves straight-line statements to yaegi too: for the tests of
	// what is written for it.
	NoStraight bool
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
		s.importer = stdinfo.NewImporter(s.ownPackages())
	}
	s.predeclare()
	s.startHost()
	return s, nil
}

func (s *Session) forgetNames() {
	s.scope, s.imports = map[string]types.Object{}, map[string]string{}
	s.decls, s.vars = newLedger(), map[*types.Var]*variable{}
	s.kept, s.dots = map[*types.Var]*types.Var{}, nil
	s.broken, s.homes = map[string]breakage{}, map[types.Object]string{}
	s.instances = map[string]string{}
	s.forged, s.shown, s.monos = nil, map[*types.TypeName]string{}, newMonos()
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
	return s.runSource(ctx, c, src)
}

func (s *Session) runSource(ctx context.Context, c *Cell, src Source) (*display.Bundle, error) {
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
	s.input.open(ctx)
	return ctx, func() {
		s.mu.Lock()
		s.cancel = nil
		s.mu.Unlock()
		cancel(nil)
		s.input.close()
		s.exec.Unlock()
	}
}

func (s *Session) run(ctx context.Context, c *Cell, chunks []check.Chunk) (*display.Bundle, error) {
	p, err := s.prepare(ctx, c, chunks, true)
	if err != nil {
		return nil, s.located(err)
	}
	if p.beside != nil {
		return s.runBeside(ctx, p)
	}
	if p.lowered != nil {
		return s.runLowered(ctx, p)
	}
	if p.pkg == nil {
		return nil, nil
	}
	p.unit = s.unitFor(p.pkg)
	if !p.pkg.HasRun && !p.sideEffects {
		s.commit(p)
		s.startBuild(p.unit)
		return nil, nil
	}
	// Nothing becomes the session's before it is known to compile.
	if err := s.load(ctx, c, p.unit); err != nil {
		return nil, err
	}
	if p.sideEffects && !slices.Contains(s.always, p.unit) {
		s.always = append(s.always, p.unit)
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
	// limits are what variables must not exceed for that.
	limits []cellplan.Limit
	// chunks are the cell's, with the declarations of earlier cells that follow.
	chunks []check.Chunk
	// beside are the cell's declarations, compiled apart; nil when there are
	// none or the cell is one package.
	beside *beside
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
	if whole && s.builder == nil {
		chunks = append(chunks, check.CallMain)
	}
	ch, err := s.check(chunks)
	if err != nil {
		return nil, err
	}
	u := ch.unit
	noteAdded(c, u)
	p := &prepared{cell: c, check: u, checked: ch, chunks: append(ch.extra, chunks...)}
	if s.builder == nil {
		return p, s.prepareInterpreted(p)
	}
	if interpret && !whole {
		if done, err := s.lower(p); done || err != nil {
			return p, err
		}
	}
	p.pkg, err = compile.Emit(u, compile.Options{World: s, Whole: whole, NoChecks: s.opt.NoChecks})
	if err != nil {
		return nil, err
	}
	if err := s.lostVars(p); err != nil {
		return nil, err
	}
	p.decls = s.newDecls(u, p.chunks)
	for _, im := range u.Imports {
		p.sideEffects = p.sideEffects || im.Name == "_"
	}
	if !p.pkg.HasRun && len(p.decls) == 0 && !p.sideEffects {
		s.commitImports(u)
		p.pkg = nil
	}
	return p, nil
}

// noteAdded tells which imports a cell left out.
func noteAdded(c *Cell, u *check.Unit) {
	for _, im := range u.Added {
		if im.Path != displayPath {
			c.out.Stream("stderr", fmt.Sprintf("note: imported %q\n", im.Path))
		}
	}
}

// fresh drops the declarations that live already in the same words, and tells
// whether the cell is a whole program.
func (s *Session) fresh(c *Cell, chunks []check.Chunk) (out []check.Chunk, whole bool) {
	hasMain, hasPackage := false, false
	imports := s.importsIn(chunks)
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
			if d, same := s.decls.same(ch, names, imports); same {
				s.renumber(d, ch, c)
				continue
			}
		}
		out = append(out, ch)
	}
	return out, hasMain && hasPackage
}

// importsIn returns the imports in force in a cell, path by name: the session's
// and its own.
func (s *Session) importsIn(chunks []check.Chunk) map[string]string {
	imports := s.imports
	for _, ch := range chunks {
		if ch.Kind != check.Import {
			continue
		}
		f, err := parseChunk(token.NewFileSet(), ch)
		if err != nil {
			continue // the checker says so
		}
		imports = maps.Clone(imports)
		for _, im := range check.ImportsOf(f, s.importer) {
			imports[im.Name] = im.Path
		}
	}
	return imports
}

// renumber lets positions in a declaration that was repeated name the cell
// that repeated it: ch, as it stands there.
func (s *Session) renumber(d *decl, ch check.Chunk, c *Cell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch.Kind != check.Func {
		d.chunk = ch
		return
	}
	if key, ok := check.CellOf(d.chunk.File); ok {
		s.keys[key] = c.Count
	}
}
