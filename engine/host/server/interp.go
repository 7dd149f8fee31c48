package server

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"reflect"
	"regexp"
	"sync"

	"github.com/traefik/yaegi/interp"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/stack"
	"github.com/goblaze/goblaze/engine/wire"
)

// StopPrelude declares what lowered interpreted code uses to be stoppable: it
// holds `if gbz_stop { gbz_halt() }` at loop back-edges and function entries.
// An interpreted variable is read in a few nanoseconds where a call into
// compiled code would cost 150.
const StopPrelude = `
import gbz_rt "` + RuntimeImport + `"
var gbz_stop bool
func gbz_halt() { gbz_rt.Halt() }
`

// RuntimeImport is the path under which interpreted code imports rt's
// functions: Halt, Go, Sleep, Exit, Print, Println, Printf and the stand-ins of
// package sync.
const RuntimeImport = "github.com/goblaze/goblaze/engine/rt"

// PointerPrefix and a variable's name is the name under which interpreted code
// finds the pointer to it: yaegi refuses to assign to an exported variable of
// a basic type, but not through a pointer.
const PointerPrefix = "gbz_p_"

// KindInterp is the failure of source that the interpreter refuses.
const KindInterp = "interp"

// interpreter is the session's yaegi. Evals are serialised by the server's
// run lock; it is made at the first use.
type interpreter struct {
	symbols Symbols

	once sync.Once
	err  error
	yi   *interp.Interpreter
	stop *bool // the interpreted gbz_stop
	mu   sync.Mutex
	held int // cells that want stop set
}

func newInterpreter(symbols Symbols) *interpreter {
	return &interpreter{symbols: symbols}
}

// yaegiOptions has cells print as they do compiled, and see and set the
// process's own environment: by default yaegi gives them one of their own.
func yaegiOptions() interp.Options {
	return interp.Options{Stdin: nothing{}, Stdout: stdWriter(1), Stderr: &noiseFilter{w: stdWriter(2)}, Unrestricted: true}
}

// start makes the interpreter, in 5 to 10 ms with all of std.
func (i *interpreter) start() error {
	i.once.Do(func() { i.err = i.init() })
	return i.err
}

func (i *interpreter) init() (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("interpreter: %v", v)
		}
	}()
	i.yi = interp.New(yaegiOptions())
	for _, exports := range []Symbols{i.symbols, runtimeSymbols(), printSymbols(i.symbols)} {
		if err := i.yi.Use(exports); err != nil {
			return fmt.Errorf("interpreter: %w", err)
		}
	}
	if _, err := i.yi.Eval(StopPrelude); err != nil {
		return fmt.Errorf("interpreter prelude: %w", err)
	}
	v, err := i.yi.Eval("&gbz_stop")
	if err != nil {
		return fmt.Errorf("interpreter prelude: %w", err)
	}
	i.stop = v.Interface().(*bool)
	return nil
}

// eval evaluates a source text as a run of a cell.
func (s *server) eval(p wire.Interp) (wire.Outcome, error) {
	if err := s.interp.start(); err != nil {
		return wire.Outcome{}, err
	}
	return s.runCell(p.Cell, func(c *rt.Cell) {
		go s.interp.stopWith(c)
		v, err := s.interp.eval(p.Source)
		switch {
		case err != nil:
			c.Stop(interpFailure(err))
		case p.Show && v.IsValid() && v.CanInterface():
			c.Result(v.Interface(), p.Static)
		}
	}), nil
}

// eval is Eval without the panics that escape it.
func (i *interpreter) eval(src string) (v reflect.Value, err error) {
	returned := false
	defer func() {
		if returned {
			return
		}
		if r := recover(); r != nil {
			err = interp.Panic{Value: r}
		}
	}()
	v, err = i.yi.Eval(src)
	returned = true
	return v, err
}

// stopWith raises the interpreted flag while the cell is being stopped: until
// its goroutines have ended.
func (i *interpreter) stopWith(c *rt.Cell) {
	idle := c.Idle()
	select {
	case <-c.Stopped():
	case <-idle:
		return
	}
	i.hold(+1)
	<-idle
	i.hold(-1)
}

func (i *interpreter) hold(n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.held += n
	*i.stop = i.held > 0
}

// interpFailure translates an error of Eval.
func interpFailure(err error) *rt.Failure {
	var p interp.Panic
	if errors.As(err, &p) {
		return &rt.Failure{Kind: rt.KindPanic, Text: "panic: " + rt.PanicText(p.Value), Stack: stack.FromCallers(p.Callers)}
	}
	return &rt.Failure{Kind: KindInterp, Text: err.Error()}
}

// use exports a unit's declarations to interpreted code.
func (s *server) use(p wire.Use) (none, error) {
	u, ok := rt.Lookup(p.Unit)
	if !ok {
		return none{}, fmt.Errorf("use %s: the unit is not loaded", p.Unit)
	}
	if err := s.interp.start(); err != nil {
		return none{}, err
	}
	names := map[string]reflect.Value{}
	for name, f := range u.Funcs {
		names[name] = reflect.ValueOf(f)
	}
	for name, t := range u.Types {
		names[name] = reflect.Zero(reflect.PointerTo(t))
	}
	for name, slot := range u.Vars {
		v := reflect.ValueOf(slot).Elem()
		if v.IsNil() {
			return none{}, fmt.Errorf("use %s: variable %s is not bound yet", p.Unit, name)
		}
		names[name] = v.Elem()
		names[PointerPrefix+name] = reflect.ValueOf(v.Interface())
	}
	s.runMu.Lock()
	defer s.runMu.Unlock()
	return none{}, s.interp.yi.Use(Symbols{p.Path + "/" + path.Base(p.Path): names})
}

// runtimeSymbols are rt's functions for interpreted code.
func runtimeSymbols() Symbols {
	return Symbols{RuntimeImport + "/rt": {
		"Halt":          reflect.ValueOf(rt.Halt),
		"Guard":         reflect.ValueOf(rt.Guard),
		"Done":          reflect.ValueOf(rt.Done),
		"Sleep":         reflect.ValueOf(rt.Sleep),
		"Exit":          reflect.ValueOf(rt.Exit),
		"Forever":       reflect.ValueOf(rt.Forever),
		"Print":         reflect.ValueOf(rt.Print),
		"Println":       reflect.ValueOf(rt.Println),
		"Printf":        reflect.ValueOf(rt.Printf),
		"Fatal":         reflect.ValueOf(rt.Fatal),
		"Fatalf":        reflect.ValueOf(rt.Fatalf),
		"Fatalln":       reflect.ValueOf(rt.Fatalln),
		"WaitGroupWait": reflect.ValueOf(rt.WaitGroupWait),
		"WaitGroupGo":   reflect.ValueOf(rt.WaitGroupGo),
		"MutexLock":     reflect.ValueOf(rt.MutexLock),
		"RWMutexLock":   reflect.ValueOf(rt.RWMutexLock),
		"RWMutexRLock":  reflect.ValueOf(rt.RWMutexRLock),
		"LockerLock":    reflect.ValueOf(rt.LockerLock),
		"CondWait":      reflect.ValueOf(rt.CondWait),
		"AfterFunc":     reflect.ValueOf(rt.AfterFunc),
		"WithTimeout":   reflect.ValueOf(rt.WithTimeout),
		"WithDeadline":  reflect.ValueOf(rt.WithDeadline),
	}}
}

// printSymbols replaces what yaegi puts in place of fmt's printing, log's and
// flag's state and the functions that end the process. The key fmt/fmt would
// have it put all that there once more.
func printSymbols(std Symbols) Symbols {
	out := Symbols{}
	replace := func(pkg string, names map[string]reflect.Value, own ...string) {
		all, ok := std[pkg+"/"+path.Base(pkg)]
		if !ok {
			return
		}
		shared := maps.Clone(names)
		for _, name := range own {
			shared[name] = all[name]
		}
		out[pkg+"/shared"] = shared
	}
	replace("fmt", map[string]reflect.Value{
		"Print": reflect.ValueOf(rt.Print), "Println": reflect.ValueOf(rt.Println), "Printf": reflect.ValueOf(rt.Printf),
	}, "Scan", "Scanf", "Scanln")
	replace("os", map[string]reflect.Value{"Exit": reflect.ValueOf(rt.Exit)}, "Stdin", "Stdout", "Stderr")
	replace("log", map[string]reflect.Value{
		"Fatal": reflect.ValueOf(rt.Fatal), "Fatalf": reflect.ValueOf(rt.Fatalf), "Fatalln": reflect.ValueOf(rt.Fatalln),
	}, "Flags", "Output", "Panic", "Panicf", "Panicln", "Prefix", "Print", "Printf", "Println", "SetFlags", "SetOutput", "SetPrefix", "Writer")
	replace("flag", map[string]reflect.Value{}, "CommandLine")
	replace("runtime", map[string]reflect.Value{"SetFinalizer": reflect.ValueOf(rt.SetFinalizer)})
	replace("time", map[string]reflect.Value{
		"Sleep": reflect.ValueOf(rt.Sleep), "AfterFunc": reflect.ValueOf(rt.AfterFunc),
	})
	replace("context", map[string]reflect.Value{
		"WithTimeout": reflect.ValueOf(rt.WithTimeout), "WithDeadline": reflect.ValueOf(rt.WithDeadline), "AfterFunc": reflect.ValueOf(rt.ContextAfterFunc),
	})
	return out
}

type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }

// noiseFilter drops the lines that yaegi writes for each frame it unwinds.
type noiseFilter struct{ w io.Writer }

var noise = regexp.MustCompile(`^\S*\d+:\d+: panic: .*\(\.\.\.\)\n$`)

func (f *noiseFilter) Write(p []byte) (int, error) {
	if noise.Match(p) {
		return len(p), nil
	}
	return f.w.Write(p)
}

// stdWriter writes to os.Stdout or os.Stderr as they are at the time.
type stdWriter int

func (fd stdWriter) Write(p []byte) (int, error) {
	if fd == 2 {
		return os.Stderr.Write(p)
	}
	return os.Stdout.Write(p)
}
