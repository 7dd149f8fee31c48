package server

import (
	"fmt"
	"go/ast"
	"go/parser"
	"maps"
	"path"
	"reflect"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/traefik/yaegi/interp"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/host/fault"
	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/stack"
	"github.com/goblaze/goblaze/engine/wire"
)

const displayPath = "github.com/goblaze/goblaze/display"

// displaySymbols are package display for interpreted code.
var displaySymbols = map[string]reflect.Value{
	"Text": reflect.ValueOf(display.Text), "HTML": reflect.ValueOf(display.HTML), "Markdown": reflect.ValueOf(display.Markdown),
	"JavaScript": reflect.ValueOf(display.JavaScript), "SVG": reflect.ValueOf(display.SVG), "Latex": reflect.ValueOf(display.Latex), "Math": reflect.ValueOf(display.Math),
	"PNG": reflect.ValueOf(display.PNG), "JPEG": reflect.ValueOf(display.JPEG), "PDF": reflect.ValueOf(display.PDF), "JSON": reflect.ValueOf(display.JSON),
	"File": reflect.ValueOf(display.File), "Display": reflect.ValueOf(display.Display), "Update": reflect.ValueOf(display.Update),
	"Clear": reflect.ValueOf(display.Clear), "NewHandle": reflect.ValueOf(display.NewHandle),
	"Bundle": reflect.ValueOf((*display.Bundle)(nil)), "Handle": reflect.ValueOf((*display.Handle)(nil)),
}

// maxCells is how many cells one yaegi serves. Each costs it 13 KB for good and
// makes the next one slower (60 µs at first, 0.5 ms after 2,000); what lowered
// statements leave behind lies in the session's storage, so that a fresh yaegi
// can take over between two cells.
const maxCells = 250

// statements runs lowered statements. Its methods are called under the
// server's run lock.
type statements struct {
	symbols Symbols
	prints  Symbols                  // what takes the place of some of them
	made    map[string]reflect.Value // helpers of straight statements, by name
	now     *generation
	next    chan *generation // the one being made, nil when none is
}

// A generation is a yaegi and what it has been given.
type generation struct {
	yi      *interp.Interpreter
	stop    *bool // the interpreted gbz_stop
	line    *int  // the interpreted gbz_at: the line of the cell that runs
	late    late
	err     error
	cells   int
	loops   int // iterations of a timed loop
	imports map[string]bool
	vars    map[string]reflect.Type // what each pointer was given as
	made    map[string]bool         // helpers, by name
	bound   map[string]string       // the functions that run methods
	funcs   map[string]func()       // what ran before, by source and variables
}

func newStatements(symbols Symbols) *statements {
	s := &statements{symbols: maps.Clone(symbols), made: map[string]reflect.Value{}}
	if s.symbols == nil {
		s.symbols = Symbols{}
	}
	s.symbols[displayPath+"/display"] = displaySymbols
	maps.Copy(s.symbols, loopSymbols)
	s.prints = printSymbols(s.symbols)
	s.prepare()
	return s
}

// prepare makes the next generation in the background.
func (s *statements) prepare() {
	s.next = make(chan *generation, 1)
	go func(made chan<- *generation) { made <- newGeneration(s.symbols) }(s.next)
}

// current returns the generation for the next cell.
func (s *statements) current() (*generation, error) {
	if s.now == nil || s.now.cells >= maxCells {
		if s.next == nil {
			s.prepare()
		}
		s.now, s.next = <-s.next, nil
	}
	g := s.now
	g.cells++
	if g.cells == maxCells/2 {
		s.prepare()
	}
	return g, g.err
}

func newGeneration(symbols Symbols) (g *generation) {
	g = &generation{imports: map[string]bool{}, vars: map[string]reflect.Type{}, made: map[string]bool{}, bound: map[string]string{}, funcs: map[string]func(){}}
	defer func() {
		if v := recover(); v != nil {
			g.err = fmt.Errorf("interpreter: %v", v)
		}
	}()
	g.yi = interp.New(yaegiOptions())
	vars := Symbols{wire.VarsPath + "/v": {"V": reflect.ValueOf(0)}, wire.HelpersPath + "/h": {"H": reflect.ValueOf(0)}}
	for _, exports := range []Symbols{symbols, runtimeSymbols(), g.symbols(), jobSymbols(), printSymbols(symbols), vars} {
		if g.err = g.yi.Use(exports); g.err != nil {
			return g
		}
	}
	for _, src := range []string{StopPrelude + "var gbz_at int\nvar gbz_late bool\n", "import gbz_v \"" + wire.VarsPath + "\"\n", "import " + wire.HelpersAlias + " \"" + wire.HelpersPath + "\"\n"} {
		if _, g.err = g.yi.Eval(src); g.err != nil {
			return g
		}
	}
	if g.stop, g.err = global[bool](g.yi, "gbz_stop"); g.err == nil {
		g.line, g.err = global[int](g.yi, "gbz_at")
	}
	if g.err == nil {
		g.late.up, g.err = global[bool](g.yi, "gbz_late")
	}
	return g
}

// global returns the address of an interpreted package variable.
func global[T any](yi *interp.Interpreter, name string) (*T, error) {
	v, err := yi.Eval("&" + name)
	if err != nil {
		return nil, err
	}
	return v.Interface().(*T), nil
}

// symbols are the functions that only lowered statements call.
func (g *generation) symbols() Symbols {
	return Symbols{RuntimeImport + "/rt": {
		"Result":      reflect.ValueOf(func(v any, static string) { rt.Current().Result(v, static) }),
		"Results":     reflect.ValueOf(func(static []string, vals ...any) { rt.Current().Results(static, vals...) }),
		"ResultErr":   reflect.ValueOf(func(err error) { rt.Current().ResultErr(err) }),
		"Declared":    reflect.ValueOf(func(n int) { rt.Current().Declared = n }),
		"Loops":       reflect.ValueOf(func() int { return g.loops }),
		"JobBegin":    reflect.ValueOf(func(key string) *parallel.Job { return parallel.BeginInterpreted(key, g.line, lineFrame) }),
		"TimerStart":  reflect.ValueOf(func() { rt.Current().TimerStart() }),
		"TimerStop":   reflect.ValueOf(func() { rt.Current().TimerStop() }),
		"Complex128":  reflect.ValueOf(func(re, im float64) complex128 { return complex(re, im) }),
		"Complex64":   reflect.ValueOf(func(re, im float32) complex64 { return complex(re, im) }),
		"Print":       reflect.ValueOf(rt.Print),
		"Println":     reflect.ValueOf(rt.Println),
		"Printf":      reflect.ValueOf(rt.Printf),
		"Exit":        reflect.ValueOf(rt.Exit),
		"Fatal":       reflect.ValueOf(rt.Fatal),
		"Fatalf":      reflect.ValueOf(rt.Fatalf),
		"Fatalln":     reflect.ValueOf(rt.Fatalln),
		"BadIndex":    reflect.ValueOf(fault.Index),
		"BadNil":      reflect.ValueOf(fault.Nil),
		"BadMake":     reflect.ValueOf(fault.Make),
		"BadShift":    reflect.ValueOf(fault.Shift),
		"Box":         reflect.ValueOf(box),
		"Anys":        reflect.ValueOf(func(vals ...any) []any { return append(make([]any, 0, len(vals)), vals...) }),
		"Bounds":      reflect.ValueOf(fault.Bounds),
		"BoundsArray": reflect.ValueOf(fault.BoundsArray),
		"BoundsFrom":  reflect.ValueOf(fault.BoundsFrom),
		"Bounds3":     reflect.ValueOf(fault.Bounds3),
		"Substring":   reflect.ValueOf(func(s string, lo, hi int) string { return s[lo:hi] }),
		"SubstringTo": reflect.ValueOf(func(s string, lo int) string { return s[lo:] }),
		"Runes":       reflect.ValueOf(runes),
		"Panic":       reflect.ValueOf(func(v any) { panic(v) }),
		"KeepSign32":  reflect.ValueOf(keepSign32),
		"KeepSign64":  reflect.ValueOf(keepSign64),
		"Signed32":    reflect.ValueOf(signed32),
		"Signed64":    reflect.ValueOf(signed64),
		"Go":          reflect.ValueOf(g.goroutine),
		"GroupGo":     reflect.ValueOf(g.groupGo),
		"Frame":       reflect.ValueOf((*rt.Frame)(nil)),
		"Deferring":   reflect.ValueOf(rt.Deferring),
	}}
}

// box assigns a value to the interface variable that p points to.
func box(p, v any) {
	to := reflect.ValueOf(p).Elem()
	if v == nil {
		to.SetZero()
		return
	}
	to.Set(reflect.ValueOf(v))
}

// runes decodes some hundred runes of s from byte lo on. The offsets, one more
// than the runes, are where each begins and the last ends.
func runes(s string, lo int) (runes []rune, offsets []int) {
	const most = 256 // what a loop may do between two looks at whether it is to stop
	size := min(len(s)-lo, most)
	runes, offsets = make([]rune, 0, size), make([]int, 0, size+1)
	for i, r := range s[lo:] {
		if len(runes) == most {
			return runes, append(offsets, lo+i)
		}
		runes, offsets = append(runes, r), append(offsets, lo+i)
	}
	return runes, append(offsets, len(s))
}

// statements runs lowered statements as a run of a cell. When yaegi refuses
// them the failure is of wire.KindRefused, and nothing has run.
func (s *server) statements(p wire.Statements) (wire.Outcome, error) {
	s.loops.set(p.Parallel)
	out := s.runCell(p.Cell, func(c *rt.Cell) {
		if len(p.Code) > 0 {
			s.stmts.runStraight(c, p)
			return
		}
		s.stmts.run(c, p, func(fn func(), _ *generation) { fn() })
	})
	out.Reports = s.loops.take()
	return out, nil
}

// timeStatements measures statements that hold a timed loop.
func (s *server) timeStatements(p wire.TimeStatements) (wire.TimeResult, error) {
	var within atomic.Pointer[rt.Timing]
	workers := max(1, p.Workers)
	out := s.runCell(p.Cell, func(c *rt.Cell) {
		s.stmts.run(c, p.Statements, func(fn func(), g *generation) {
			g.loops = p.N
			within.Store(c.ExpectTiming(workers))
			together(workers, fn)
		})
	})
	r := wire.TimeResult{Outcome: out}
	if t := within.Load(); t != nil && out.Failure == nil && t.Done() {
		r.Wall, r.User, r.Sys = t.Wall, t.User, t.Sys
	}
	return r, nil
}

// run makes the statements a function and hands it to do; a panic in it is the
// cell's.
func (s *statements) run(c *rt.Cell, p wire.Statements, do func(fn func(), g *generation)) {
	g, err := s.current()
	if err != nil {
		c.Stop(&rt.Failure{Kind: wire.KindRefused, Text: err.Error()})
		return
	}
	fn, err := g.compile(p, s.symbols)
	if err != nil {
		c.Stop(&rt.Failure{Kind: wire.KindRefused, Text: err.Error()})
		return
	}
	if p.Line != 0 {
		*g.line = p.Line
	}
	watch := g.stopWith(c)
	defer watch()
	do(func() { guarded(c, g.line, fn) }, g)
}

// guarded runs a cell's statements, which tell their line: a panic is the
// cell's.
func guarded(c *rt.Cell, line *int, fn func()) {
	returned := false
	defer func() {
		if returned {
			return
		}
		chain := rt.Panics()
		if v := recover(); v != nil {
			c.Stop(failure(v, chain, line))
		} else {
			c.Witness(frames(line)) // it was stopped
		}
	}()
	fn()
	returned = true
}

// compile gives yaegi what the statements use and makes them a function.
func (g *generation) compile(p wire.Statements, symbols Symbols) (fn func(), err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("interpreter: %v", v)
		}
	}()
	if err := within(p.Limits); err != nil {
		return nil, err
	}
	if err := g.give(p, symbols); err != nil {
		return nil, err
	}
	if err := g.bind(p); err != nil {
		return nil, err
	}
	key := fmt.Sprint(p.Body, p.Vars)
	if fn, ok := g.funcs[key]; ok {
		g.cells--
		return fn, nil
	}
	name := "gbz_s" + strconv.Itoa(g.cells)
	text := "func " + name + "() {\n" + p.Body + "\n}"
	if p.Functions != "" && !g.imports[p.Functions] {
		text = p.Functions + text
	}
	if err := g.declare(text); err != nil {
		return nil, err
	}
	if p.Functions != "" {
		g.imports[p.Functions] = true
	}
	v, err := g.function(name)
	if err != nil {
		return nil, err
	}
	fn, ok := v.Interface().(func())
	if !ok {
		return nil, fmt.Errorf("interpreter: statements became %v", v.Type())
	}
	if len(p.New) == 0 {
		g.funcs[key] = fn
	}
	return fn, nil
}

// declare gives yaegi functions. Its Eval would scan the text twice and resolve
// names that it resolves again.
func (g *generation) declare(text string) error {
	file, err := parser.ParseFile(g.yi.FileSet(), interp.DefaultSourceName, "package main; "+text, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("interpreter: %w", err)
	}
	_, err = g.execute(file)
	return err
}

// function returns a declared function.
func (g *generation) function(name string) (reflect.Value, error) {
	file, err := parser.ParseFile(g.yi.FileSet(), interp.DefaultSourceName, "package main; func main() { "+name+" }", parser.SkipObjectResolution)
	if err != nil {
		return reflect.Value{}, fmt.Errorf("interpreter: %w", err)
	}
	return g.execute(file.Decls[0].(*ast.FuncDecl).Body)
}

func (g *generation) execute(n ast.Node) (reflect.Value, error) {
	p, err := g.yi.CompileAST(n)
	if err != nil {
		return reflect.Value{}, fmt.Errorf("interpreter: %w", err)
	}
	v, err := g.yi.Execute(p)
	if err != nil {
		return reflect.Value{}, fmt.Errorf("interpreter: %w", err)
	}
	return v, nil
}

// give makes variables, units and packages known.
func (g *generation) give(p wire.Statements, symbols Symbols) error {
	if err := declare(p.Types, symbols); err != nil {
		return err
	}
	vars := map[string]reflect.Value{}
	for _, v := range p.New {
		ptr, err := newVariable(v, symbols)
		if err != nil {
			return err
		}
		vars[wire.VarSymbol(v.Var)] = ptr
	}
	for _, v := range p.Vars {
		t, err := typeOfVariable(v, symbols)
		if err != nil {
			return err
		}
		name := wire.VarSymbol(v.Var)
		if g.vars[name] == t {
			continue
		}
		if vars[name], err = variable(v, t); err != nil {
			return err
		}
	}
	if len(vars) > 0 {
		if err := g.yi.Use(Symbols{wire.VarsPath + "/v": vars}); err != nil {
			return err
		}
		for name, ptr := range vars {
			g.vars[name] = ptr.Type().Elem()
		}
	}
	for _, u := range p.Units {
		if err := g.unit(u); err != nil {
			return err
		}
	}
	if err := g.helpers(p.Helpers, symbols); err != nil {
		return err
	}
	for _, im := range p.Imports {
		if err := g.imported(wire.ImportAlias(im), im); err != nil {
			return err
		}
	}
	return nil
}

func typeOfVariable(v wire.Variable, symbols Symbols) (reflect.Type, error) {
	t, err := typeOf(v.Type, symbols)
	if err != nil {
		return nil, fmt.Errorf("variable %s: %w", v.Var, err)
	}
	return t, nil
}

// newVariable makes storage and returns the pointer to it.
func newVariable(v wire.Variable, symbols Symbols) (reflect.Value, error) {
	t, err := typeOfVariable(v, symbols)
	if err != nil {
		return reflect.Value{}, err
	}
	return rt.Declare(v.Var, t), nil
}

// variable returns the pointer to existing storage, of type t as it is seen now.
func variable(v wire.Variable, t reflect.Type) (reflect.Value, error) {
	ptr, err := rt.Variable(v.Var)
	if err == nil && ptr.Type().Elem() != t { // its type was declared again with the same layout
		ptr = reflect.NewAt(t, ptr.UnsafePointer())
	}
	return ptr, err
}

// helpers makes the helpers that are new.
func (g *generation) helpers(hs []wire.Helper, symbols Symbols) error {
	made := map[string]reflect.Value{}
	for _, h := range hs {
		if g.made[h.Name] {
			continue
		}
		v, err := makeHelper(h, symbols)
		if err != nil {
			return fmt.Errorf("helper %s: %w", h.Kind, err)
		}
		made[h.Name] = v
	}
	if len(made) == 0 {
		return nil
	}
	if err := g.yi.Use(Symbols{wire.HelpersPath + "/h": made}); err != nil {
		return err
	}
	for name := range made {
		g.made[name] = true
	}
	return nil
}

// imported imports a package once.
func (g *generation) imported(alias, path string) error {
	if g.imports[path] {
		return nil
	}
	if _, err := g.yi.Eval(fmt.Sprintf("import %s %q\n", alias, path)); err != nil {
		return err
	}
	g.imports[path] = true
	return nil
}

// unit exports a unit's functions and types to the interpreter.
func (g *generation) unit(unit string) error {
	if g.imports[unit] {
		return nil
	}
	u, ok := rt.Lookup(unit)
	if !ok {
		return fmt.Errorf("%s is not loaded", unit)
	}
	names := map[string]reflect.Value{}
	for name, f := range u.Funcs {
		names["F_"+name] = reflect.ValueOf(f)
	}
	for name, t := range u.Types {
		names["T_"+name] = reflect.Zero(reflect.PointerTo(t))
	}
	if err := g.yi.Use(Symbols{unit + "/" + path.Base(unit): names}); err != nil {
		return err
	}
	return g.imported(wire.UnitAlias(unit), unit)
}

// frames returns the call stack of a panic: compiled functions, and the
// statement of the cell that told its line.
func frames(line *int) []stack.Frame {
	pcs := make([]uintptr, 512)
	frames := stack.FromCallers(pcs[:runtime.Callers(4, pcs)])
	return append(frames, frameOf(line))
}

// stopPoll is how often the interpreted flag follows that of compiled code, and
// latePoll once a cell's statements have ended and goroutines of it are left.
const (
	stopPoll = 5 * time.Millisecond
	latePoll = 50 * time.Millisecond
)

// The flag stays up for stopHold after a stop; while goroutines of the cell are
// left (blocked for good, most likely) it is then raised for one tick in
// stopPause, so that the loops of other cells don't pay for it.
const (
	stopHold  = 3 * time.Second
	stopPause = 20
)

// late is the interpreted gbz_late, which is up as long as a goroutine of a
// stopped cell is left: what stands behind calls that may wait reads it, since
// an abandoned goroutine wakes up at any time.
type late struct {
	mu    sync.Mutex
	up    *bool
	cells int
}

func (f *late) add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cells += n
	*f.up = f.cells > 0
}

// stopWith raises the interpreted flags when the cell is stopped, until its
// goroutines have ended; the function it returns says that its statements have.
func (g *generation) stopWith(c *rt.Cell) (over func()) {
	ended := make(chan struct{})
	go g.watch(c, ended)
	return func() { close(ended) }
}

func (g *generation) watch(c *rt.Cell, over <-chan struct{}) {
	idle, stopped := c.Idle(), c.Stopped()
	tick := time.NewTicker(stopPoll)
	defer tick.Stop()
	var since time.Time // of the stop
	for n := 0; ; n++ {
		select {
		case <-idle:
			if !since.IsZero() {
				g.late.add(-1)
			}
			*g.stop = rt.Stopping.Load() != 0
			return
		case <-over:
			over = nil
			tick.Reset(latePoll)
		case <-stopped:
			stopped, since = nil, time.Now()
			g.late.add(+1)
			*g.stop = true
		case <-tick.C: // the flag of compiled code: a stack that grows too deep, another cell's stop
			held := !since.IsZero() && (time.Since(since) < stopHold || n%stopPause == 0)
			*g.stop = held || rt.Stopping.Load() != 0
		}
	}
}

// goroutine starts fn as a goroutine of the cell; line is where it tells its
// line.
func (g *generation) goroutine(line *int, fn func()) { rt.Go(g.telling(line, fn)) }

// groupGo is wg.Go(fn).
func (g *generation) groupGo(wg *sync.WaitGroup, line *int, fn func()) {
	rt.WaitGroupGo(wg, g.telling(line, fn))
}

// telling returns fn as a goroutine's function: its panics name the line.
func (g *generation) telling(line *int, fn func()) func() {
	return func() {
		rt.PlaceFrom(func() stack.Frame { return frameOf(line) })
		fn()
	}
}

func frameOf(line *int) stack.Frame {
	cell, n := wire.PlaceOf(*line)
	return stack.Frame{Cell: cell, Line: n}
}

// failure words a panic with value v, with the line of the cell.
func failure(v any, chain rt.Chain, line *int) *rt.Failure {
	f, ok := rt.SupportFailure(v)
	if !ok {
		f = &rt.Failure{Kind: rt.KindPanic, Text: chain.Text(v)}
	}
	if len(f.Stack) == 0 {
		f.Stack = frames(line)
	}
	return f
}
