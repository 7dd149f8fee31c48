package engine

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/compile"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/spelling"
	"github.com/goblaze/goblaze/engine/rt/stack"
	"github.com/goblaze/goblaze/engine/stdinfo"
	"github.com/goblaze/goblaze/engine/wire"
)

// A unit is an emitted package on its way into the engine.
type unit struct {
	pkg  *compile.Package
	deps []*unit
	seq  int // order of creation

	// plugin is set once it is built; guarded by builder.mu.
	plugin *build.Plugin
	// loaded is the generation of the engine process that holds it.
	loaded int
	// bound are the variable ids its slots point to, in that generation.
	bound map[string]string
}

// unitFor returns the unit of a package; the same source is the same unit.
func (s *Session) unitFor(pkg *compile.Package) *unit {
	if u, ok := s.units[pkg.Path]; ok {
		u.pkg = pkg
		return u
	}
	for _, sh := range pkg.Shapes {
		s.unitFor(sh)
	}
	u := &unit{pkg: pkg, seq: len(s.units), bound: map[string]string{}}
	for _, path := range pkg.Imports {
		if d, ok := s.units[path]; ok {
			u.deps = append(u.deps, d)
		}
	}
	s.units[pkg.Path] = u
	return u
}

// closure returns u and all units it needs, dependencies first.
func closure(us ...*unit) []*unit {
	seen := map[*unit]bool{}
	var out []*unit
	var visit func(*unit)
	visit = func(u *unit) {
		if seen[u] {
			return
		}
		seen[u] = true
		for _, d := range u.deps {
			visit(d)
		}
		out = append(out, u)
	}
	for _, u := range us {
		visit(u)
	}
	return out
}

// A builder builds units, in the background or at once.
type builder struct {
	sess *build.Session

	mu      sync.Mutex
	pending []*unit
	cancel  context.CancelFunc // of the background build
	done    chan struct{}      // closed when it has ended
	log     string             // of the last build that failed
}

func newBuilder(opt Options) (*builder, error) {
	bs, err := opt.Engine.Session(opt.Dir, opt.Notebook)
	if err != nil {
		return nil, err
	}
	return &builder{sess: bs}, nil
}

// open opens a package's export data for the checker.
func (b *builder) open(path string) (io.ReadCloser, error) {
	file, err := b.sess.Export(context.Background(), path)
	if err != nil {
		return nil, err
	}
	return os.Open(file)
}

func (b *builder) close() {
	b.stop()
	_ = b.sess.Close()
}

// startBuild builds a unit in the background, together with what is pending and
// still needed.
func (s *Session) startBuild(u *unit) {
	live := []*unit{u}
	for _, d := range s.decls.byName {
		if d.unit != nil {
			live = append(live, d.unit)
		}
	}
	s.builder.start(u, closure(live...))
}

// start builds units in the background, together with those of live that are
// pending: what was declared again since is built when something asks for it.
func (b *builder) start(u *unit, live []*unit) {
	b.stop()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending = slices.DeleteFunc(b.pending, func(x *unit) bool { return !slices.Contains(live, x) })
	for _, x := range closure(u) {
		if x.plugin == nil && !slices.Contains(b.pending, x) {
			b.pending = append(b.pending, x)
		}
	}
	batch := append([]*unit(nil), b.pending...)
	if len(batch) == 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	b.cancel, b.done = cancel, done
	go func() {
		defer close(done)
		_ = b.build(ctx, batch)
	}()
}

// stop cancels the background build and waits for its end.
func (b *builder) stop() {
	b.mu.Lock()
	cancel, done := b.cancel, b.done
	b.cancel, b.done = nil, nil
	b.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
}

// built reports whether a unit's build has ended well.
func (b *builder) built(u *unit) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return u.plugin != nil
}

// wait returns when no build is under way: timings must not overlap one.
func (b *builder) wait(ctx context.Context) error {
	b.mu.Lock()
	done := b.done
	b.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// build compiles and links the units that are not built, as one plugin.
func (b *builder) build(ctx context.Context, us []*unit) error {
	var todo []*unit
	var pkgs []build.Package
	for _, u := range us {
		if u.plugin == nil {
			todo = append(todo, u)
			pkgs = append(pkgs, build.Package{Path: u.pkg.Path, Files: map[string][]byte{"cell.go": u.pkg.Source}})
		}
	}
	if len(todo) == 0 {
		return nil
	}
	p, err := b.sess.Build(ctx, pkgs...)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil {
			b.log = buildLog(err)
			b.dropFailed(err)
		}
		return err
	}
	for _, u := range todo {
		u.plugin = p
	}
	var left []*unit
	for _, u := range b.pending {
		if u.plugin == nil {
			left = append(left, u)
		}
	}
	b.pending = left
	return nil
}

// dropFailed takes the unit that does not compile out of what waits: the
// others must not fail with it. The cell that needs it gets the error.
func (b *builder) dropFailed(err error) {
	var ce *build.CompileError
	if !errors.As(err, &ce) {
		return
	}
	var left []*unit
	for _, u := range b.pending {
		if u.pkg.Path != ce.Path {
			left = append(left, u)
		}
	}
	b.pending = left
}

// buildLog returns what the tools wrote of a build that failed.
func buildLog(err error) string {
	var ce *build.CompileError
	var le *build.LinkError
	switch {
	case errors.As(err, &ce):
		return ce.Log
	case errors.As(err, &le):
		return le.Log
	}
	return err.Error()
}

// status returns how many units wait for their build, and the log of the last
// build that failed.
func (b *builder) status() (pending int, log string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.pending), b.log
}

// slowBuild is how long a cell waits for a build before it says so.
const slowBuild = time.Second

// load brings units into the engine: what is not built is built, what is not
// loaded is loaded, and slots point to the session's variables.
func (s *Session) load(ctx context.Context, c *Cell, us ...*unit) error {
	need := closure(append(us, s.always...)...)
	var missing []*unit
	for _, u := range need {
		if u.plugin == nil {
			missing = append(missing, u)
		}
	}
	if len(missing) > 0 {
		if err := s.buildNow(ctx, c, missing); err != nil {
			return err
		}
	}
	_, gen, err := s.engine(ctx)
	if err != nil {
		return err
	}
	for _, u := range need {
		if u.loaded == gen {
			continue
		}
		if err := s.call(ctx, wire.MethodLoad, wire.Load{Path: u.plugin.File, Unit: u.pkg.Path}, nil); err != nil {
			return unreadable(err, u.plugin.File)
		}
		if s.markLoaded(u, gen) {
			c.out.Stream("stderr", manyPlugins)
		}
	}
	for _, u := range need {
		if err := s.bind(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// pluginBound is how many bytes of plugins an engine may hold before the user
// is told: they can't be unloaded.
const pluginBound = 1 << 30

const manyPlugins = "note: compiled cells of this session take 1 GiB by now, and Go can't unload them; restart the kernel when memory is short (%tier tells how much)\n"

// unreadable says what to do when the engine can't open a plugin that is there.
func unreadable(err error, file string) error {
	if _, gone := os.Stat(file); gone != nil || !strings.Contains(err.Error(), "realpath failed") {
		return err
	}
	return fmt.Errorf("the engine process can't read what was compiled (%s): a cell changed its user or its root folder (syscall.Setuid, Chroot); what is interpreted still runs, all else needs a restart of the kernel", file)
}

// markLoaded notes that a plugin's units, and all they need, are in the
// engine. It reports whether the engine's plugins grew past pluginBound.
func (s *Session) markLoaded(u *unit, gen int) bool {
	if s.loadedGen != gen {
		s.loadedGen, s.loadedBytes = gen, 0
	}
	was := s.loadedBytes
	s.loadedBytes += u.plugin.Size
	for _, x := range s.units {
		if x.plugin == u.plugin {
			for _, y := range closure(x) {
				if y.loaded != gen {
					y.loaded, y.bound = gen, map[string]string{}
				}
			}
		}
	}
	return was < pluginBound && s.loadedBytes >= pluginBound
}

// sayCompiling shows, after a second, that the cell waits for a build; the
// function it returns takes that away.
func (s *Session) sayCompiling(c *Cell) (done func()) {
	id := "goblaze-compiling-" + strconv.FormatUint(rand.Uint64(), 36)
	var mu sync.Mutex
	shown, ended := false, false
	slow := time.AfterFunc(slowBuild, func() {
		mu.Lock()
		defer mu.Unlock()
		if !ended {
			shown = true
			c.out.Display(display.Bundle{ID: id, Data: map[string]any{"text/plain": "compiling…", "text/html": "<i>compiling…</i>"}})
		}
	})
	return func() {
		slow.Stop()
		mu.Lock()
		defer mu.Unlock()
		ended = true
		if shown {
			c.out.Display(display.Bundle{ID: id, Update: true, Data: map[string]any{"text/plain": "", "text/html": ""}})
		}
	}
}

func (s *Session) buildNow(ctx context.Context, c *Cell, missing []*unit) error {
	s.builder.stop()
	defer s.sayCompiling(c)()
	err := s.builder.build(ctx, missing)
	var ce *build.CompileError
	if errors.As(err, &ce) {
		return s.compileFailed(ce)
	}
	return err
}

// placeInMsg is a place in a cell in the compiler's words: with the line of the
// source as it was compiled behind it.
var placeInMsg = regexp.MustCompile(regexp.QuoteMeta(stack.FilePrefix) + `(\d+)` + regexp.QuoteMeta(stack.FileSuffix) + `:(\d+)(?::\d+)?(?:\[[^\]]*\])?`)

// compileFailed words what the compiler refused after the checker accepted it.
func (s *Session) compileFailed(ce *build.CompileError) error {
	var list check.ErrorList
	for _, d := range ce.Diags {
		msg := placeInMsg.ReplaceAllString(spelling.Plain(d.Msg), "cell $1, line $2")
		e := check.Error{File: d.File, Line: d.Line, Col: d.Col, Msg: msg}
		list = append(list, s.relabel(e))
	}
	if len(list) == 0 {
		return ce
	}
	return &CompileError{list}
}

// bind points the slots of a unit to the variables its names stand for now.
func (s *Session) bind(ctx context.Context, u *unit) error {
	var binds []rt.Binding
	for _, slot := range u.pkg.Slots {
		id, ok := s.varID(slot)
		if ok && u.bound[slot.Name] != id {
			binds = append(binds, rt.Binding{Slot: slot.Name, Var: id})
		}
	}
	if len(binds) == 0 {
		return nil
	}
	req := wire.Run{Unit: u.pkg.Path, Bind: binds, BindOnly: true}
	if err := s.call(ctx, wire.MethodRun, req, nil); err != nil {
		return err
	}
	for _, b := range binds {
		u.bound[b.Slot] = b.Var
	}
	return nil
}

// varID returns the storage that a slot's name stands for now.
func (s *Session) varID(slot compile.Slot) (string, bool) {
	v := s.storage(slot.Var)
	if v == nil || v.lost {
		return "", false
	}
	return v.id, true
}

// storage returns the session variable that a unit's variable stands for now,
// nil when there is none.
func (s *Session) storage(obj *types.Var) *variable {
	for kept := s.kept[obj]; kept != nil && kept != obj; kept = s.kept[obj] {
		obj = kept
	}
	return s.vars[obj]
}

// runUnit loads a unit and runs its statements.
func (s *Session) runUnit(ctx context.Context, p *prepared) (*display.Bundle, error) {
	if err := s.load(ctx, p.cell, p.unit); err != nil {
		return nil, err
	}
	ids := map[string]string{}
	var binds []rt.Binding
	for _, slot := range p.pkg.Slots {
		if slot.New {
			id := s.newVarID(slot.Var.Name())
			ids[slot.Var.Name()] = id
			binds = append(binds, rt.Binding{Slot: slot.Name, Var: id, New: true, Replaces: s.replaced(slot.Var), At: 1 + slices.Index(p.pkg.Vars, slot.Var)})
			p.unit.bound[slot.Name] = id
		}
	}
	run := wire.Run{Cell: s.nextRunID(p.cell), Unit: p.unit.pkg.Path, Bind: binds, Parallel: s.loops}
	var out wire.Outcome
	if err := s.call(ctx, wire.MethodRun, run, &out); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // also after an interrupt the session follows what ran
	var old []string
	for i, v := range p.pkg.Vars {
		if i < out.Declared {
			old = append(old, s.commitVar(p, v, ids[v.Name()])...)
		}
	}
	if err := s.rebind(ctx); err != nil {
		return nil, err
	}
	if len(old) > 0 {
		// What closures and goroutines still hold lives on.
		if err := s.call(ctx, wire.MethodForget, wire.Forget{Vars: old}, nil); err != nil {
			return nil, err
		}
	}
	s.reports = out.Reports
	s.lastRun = Sample{out.RunWall, out.RunUser, out.RunSys}
	return s.outcome(p.cell, &out)
}

// rebind lets loaded functions follow variables that were declared again.
func (s *Session) rebind(ctx context.Context) error {
	for _, d := range s.decls.order {
		if d.unit != nil && d.unit.loaded == s.host.gen {
			if err := s.bind(ctx, d.unit); err != nil {
				return err
			}
		}
	}
	return nil
}

// replaced returns the storage of the variable that v replaces for functions
// of other cells too: the one of its name and type, "" when there is none.
func (s *Session) replaced(v *types.Var) string {
	old, ok := s.scope[v.Name()].(*types.Var)
	if !ok || s.vars[old] == nil || s.vars[old].lost || !types.Identical(old.Type(), v.Type()) {
		return ""
	}
	return s.vars[old].id
}

// followed reports whether the cell declares a variable again that functions
// of other cells use: they follow within the cell, which the compiled form does.
func (s *Session) followed(u *check.Unit) bool {
	for _, v := range u.Vars {
		old, ok := s.scope[v.Name()].(*types.Var)
		if !ok || s.replaced(v) == "" {
			continue
		}
		for _, d := range s.decls.order {
			if d.uses[old] && s.decls.alive(d) {
				return true
			}
		}
	}
	return false
}

// keptRuns is how many of the latest runs are remembered: what a goroutine of
// an earlier one still prints goes to the latest cell.
const keptRuns = 10_000

func (s *Session) nextRunID(c *Cell) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextRun++
	c.id = s.nextRun
	s.runs[s.nextRun] = c
	delete(s.runs, s.nextRun-keptRuns)
	return s.nextRun
}

func (s *Session) outcome(c *Cell, out *wire.Outcome) (*display.Bundle, error) {
	if n := len(out.Abandoned); n > 0 {
		c.out.Stream("stderr", s.abandonedNote(out))
	}
	if out.Live > len(out.Abandoned) {
		c.out.Stream("stderr", goroutineNote(out.Live-len(out.Abandoned)))
	}
	if err := s.failure(out.Failure); err != nil {
		return nil, err
	}
	if out.Result == nil {
		return nil, nil
	}
	b := out.Result.Display()
	return &b, nil
}

func goroutineNote(n int) string {
	if n == 1 {
		return "note: 1 goroutine of this cell is still running\n"
	}
	return fmt.Sprintf("note: %d goroutines of this cell are still running\n", n)
}

func (s *Session) abandonedNote(out *wire.Outcome) string {
	var lines []string
	for _, g := range out.Abandoned {
		where := ""
		if len(g.Frames) > 0 {
			f := s.frames(g.Frames[:1])[0]
			where = " at cell " + strconv.Itoa(f.Cell) + ", line " + strconv.Itoa(f.Line)
		}
		lines = append(lines, fmt.Sprintf("note: a goroutine blocked in %s%s can't be stopped and was left behind", g.Op, where))
	}
	return counted(lines)
}

// resolveImports makes the packages that the cell imports available, fetching
// third-party modules with a note.
func (s *Session) resolveImports(ctx context.Context, c *Cell, chunks []check.Chunk) error {
	for _, path := range importPaths(chunks) {
		if path == "C" || path == "unsafe" || stdinfo.IsStd(path) {
			continue
		}
		if s.builder == nil {
			if _, err := s.importer.Import(path); err == nil {
				continue // of this module
			}
			return importError(chunks, path, fmt.Sprintf("import %q needs the Go toolchain", path), s.noToolchain())
		}
		r, err := s.builder.sess.Resolve(ctx, path)
		if err != nil && ctx.Err() == nil {
			return importError(chunks, path, err.Error(), "")
		} else if err != nil {
			return err
		}
		if r.Note != "" {
			c.out.Stream("stderr", "note: "+r.Note+"\n")
		}
	}
	return nil
}

const noToolchain = "install Go from https://go.dev/dl and a C compiler, then restart the kernel"

// noToolchain says what is missing where nothing can be compiled, and what to
// do about it.
func (s *Session) noToolchain() string {
	if s.opt.NoToolchain != "" {
		return s.opt.NoToolchain
	}
	return noToolchain
}

// importError is an error of a cell's import, at its path.
func importError(chunks []check.Chunk, path, msg, hint string) error {
	for _, ch := range chunks {
		if ch.Kind != check.Import {
			continue
		}
		fset := token.NewFileSet()
		f, err := parseChunk(fset, ch)
		if err != nil {
			continue
		}
		for _, im := range f.Imports {
			if p, err := strconv.Unquote(im.Path.Value); err == nil && p == path {
				at := fset.Position(im.Path.Pos()) // line 1 is parseChunk's own
				e := check.Error{File: ch.File, Line: ch.Line + at.Line - 2, Col: at.Column, Msg: msg, Hint: hint}
				if at.Line == 2 {
					e.Col += ch.Col - 1
				}
				return check.ErrorList{e}
			}
		}
	}
	return check.ErrorList{{Msg: msg, Hint: hint}}
}

func importPaths(chunks []check.Chunk) []string {
	var paths []string
	for _, ch := range chunks {
		if ch.Kind == check.Import {
			paths = append(paths, chunkImports(ch)...)
		}
	}
	sort.Strings(paths)
	return paths
}
