package engine

import (
	"context"
	"errors"
	"fmt"
	"go/types"
	"path"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/wire"
	"github.com/goblaze/goblaze/vectorizer"
)

// ExecTimed is Exec with what the statements took inside the engine and how
// long checking, compiling and loading took. No build runs meanwhile.
func (s *Session) ExecTimed(ctx context.Context, c *Cell, src Source) (*display.Bundle, Sample, time.Duration, error) {
	if s.builder != nil {
		if err := s.builder.wait(ctx); err != nil {
			return nil, Sample{}, 0, err
		}
	}
	ctx, done := s.begin(ctx)
	defer done()
	s.lastRun, s.timed = Sample{}, true
	defer func() { s.timed = false }()
	start := time.Now()
	b, err := s.runSource(ctx, c, src)
	return b, s.lastRun, max(0, time.Since(start)-s.lastRun.Wall), err
}

// Planned is what it took to decide how the latest cell with statements runs, and
// to write them for the engine where they are interpreted.
func (s *Session) Planned() time.Duration {
	s.exec.Lock()
	defer s.exec.Unlock()
	return s.planned
}

// Sprint prints the value of one expression as fmt.Sprint does.
func (s *Session) Sprint(ctx context.Context, c *Cell, expr string) (string, error) {
	b, err := s.Exec(ctx, c, Source{Text: "import gbz_fmt \"fmt\"; gbz_fmt.Sprint(" + expr + ")", Line: 1, Col: 1})
	if err != nil || b == nil {
		return "", err
	}
	text, _ := b.Data["text/plain"].(string)
	return text, nil
}

// Assign gives names the value a magic computed: a string, a []string, a
// map[string]string, or a *vectorizer.Timing. With two names the second gets
// errText as an error, nil when it is empty.
func (s *Session) Assign(ctx context.Context, c *Cell, lhs Source, op string, value any, errText string) error {
	rhs, imports, err := goLiteral(value)
	if err != nil {
		return err
	}
	if strings.Contains(lhs.Text, ",") {
		if errText == "" {
			rhs += ", error(nil)"
		} else {
			rhs += ", gbz_errors.New(" + strconv.Quote(errText) + ")"
			imports = append(imports, "errors")
		}
	}
	ctx, done := s.begin(ctx)
	defer done()
	var chunks []check.Chunk
	for _, im := range imports {
		chunks = append(chunks, check.Chunk{Kind: check.Import, Text: "import gbz_" + path.Base(im) + " " + strconv.Quote(im), File: c.file(), Line: lhs.Line, Col: lhs.Col})
	}
	chunks = append(chunks, check.Chunk{Kind: check.Stmt, Text: lhs.Text + " " + op + " " + rhs, File: c.file(), Line: lhs.Line, Col: lhs.Col})
	_, err = s.run(ctx, c, chunks)
	return err
}

// goLiteral writes a value as Go source on one line.
func goLiteral(value any) (text string, imports []string, err error) {
	switch v := value.(type) {
	case string:
		return strconv.Quote(v), nil, nil
	case []string:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = strconv.Quote(x)
		}
		return "[]string{" + strings.Join(parts, ", ") + "}", nil, nil
	case map[string]string:
		var parts []string
		for k, x := range v {
			parts = append(parts, strconv.Quote(k)+": "+strconv.Quote(x))
		}
		sort.Strings(parts)
		return "map[string]string{" + strings.Join(parts, ", ") + "}", nil, nil
	case *vectorizer.Timing:
		lit := strings.ReplaceAll(fmt.Sprintf("%#v", v), "vectorizer.", "gbz_vectorizer.")
		return lit, []string{"github.com/goblaze/goblaze/vectorizer"}, nil
	}
	return "", nil, fmt.Errorf("a %T can't be assigned", value)
}

// IsBool reports whether a name is a variable or function of type bool: what
// follows Go's ! and not a shell's.
func (s *Session) IsBool(operand string) bool {
	s.mu.Lock()
	o := s.scope[operand]
	s.mu.Unlock()
	if o == nil {
		return false
	}
	b, ok := o.Type().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// A Name is one live name of the session.
type Name struct {
	Name, Kind, Type, Info string // Kind: var, func, type, const or import
	Cell                   int    // the execution count that declared it, 0 unknown
}

// Names lists the session's names in alphabetical order.
func (s *Session) Names(ctx context.Context) []Name {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []Name
	for name, o := range s.scope {
		if s.homes[o] == displayPath {
			continue // predeclared
		}
		n := Name{Name: name, Type: types.TypeString(o.Type(), qualifier)}
		switch o := o.(type) {
		case *types.Var:
			n.Kind = "var"
			if v := s.vars[o]; v != nil {
				n.Cell = v.cell
				if v.lost {
					n.Info = "lost"
				}
			}
		case *types.Func:
			n.Kind = "func"
		case *types.TypeName:
			n.Kind, n.Type = "type", types.TypeString(o.Type().Underlying(), qualifier)
		case *types.Const:
			n.Kind, n.Info = "const", o.Val().String()
		}
		if d := s.decls.byName[name]; d != nil && n.Cell == 0 {
			if key, ok := check.CellOf(d.chunk.File); ok {
				n.Cell = s.keys[key]
			}
		}
		names = append(names, n)
	}
	for name, path := range s.imports {
		names = append(names, Name{Name: name, Kind: "import", Type: path})
	}
	sort.Slice(names, func(i, j int) bool { return names[i].Name < names[j].Name })
	return names
}

// Values returns what the session's variables hold, by name and in a few words.
// Methods of theirs, like String, run as the cell's code does; ctx stops them.
func (s *Session) Values(ctx context.Context, c *Cell) (map[string]string, error) {
	ctx, done := s.begin(ctx)
	defer done()
	if s.host.gen == 0 {
		return nil, nil // no engine yet, no variable either
	}
	names := map[string]string{}
	req := wire.Values{Cell: s.nextRunID(c)}
	for o, v := range s.vars {
		if s.scope[o.Name()] == o && !v.lost {
			names[v.id] = o.Name()
			req.Vars = append(req.Vars, v.id)
		}
	}
	slices.Sort(req.Vars)
	var r wire.ValuesResult
	if err := s.call(ctx, wire.MethodValues, req, &r); err != nil {
		return nil, err
	}
	if _, err := s.outcome(c, &r.Outcome); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for id, text := range r.Texts {
		texts[names[id]] = text
	}
	return texts, nil
}

// Reset forgets all names; their storage is freed.
func (s *Session) Reset(ctx context.Context) error {
	ctx, done := s.begin(ctx)
	defer done()
	var ids []string
	for _, v := range s.vars {
		if !v.lost {
			ids = append(ids, v.id)
		}
	}
	s.mu.Lock()
	s.forgetNames()
	s.predeclare()
	s.mu.Unlock()
	if len(ids) == 0 || s.host.gen == 0 {
		return nil
	}
	return s.call(ctx, wire.MethodForget, wire.Forget{Vars: ids}, nil)
}

// Chdir changes the working folder of cells.
func (s *Session) Chdir(ctx context.Context, dir string) (string, error) {
	abs, err := s.host.sup.Chdir(ctx, dir)
	return abs, s.died(err)
}

// Dir is the working folder as it was when a cell last ended; unlike Getwd it
// answers while one runs.
func (s *Session) Dir() string { return s.host.sup.Dir() }

// Getwd returns the working folder of cells.
func (s *Session) Getwd(ctx context.Context) (string, error) {
	var d wire.Dir
	err := s.call(ctx, wire.MethodGetwd, nil, &d)
	return d.Dir, err
}

// Setenv sets an environment variable of cells.
func (s *Session) Setenv(ctx context.Context, key, value string) error {
	return s.died(s.host.sup.Setenv(ctx, wire.Env{Key: key, Value: value}))
}

// Environ returns the environment of cells as KEY=value.
func (s *Session) Environ(ctx context.Context) ([]string, error) {
	var e wire.Environ
	err := s.call(ctx, wire.MethodEnviron, nil, &e)
	return e.Env, err
}

// Shell runs a command in the engine's folder and environment.
func (s *Session) Shell(ctx context.Context, c *Cell, sh wire.Shell) (wire.ShellResult, error) {
	ctx, done := s.begin(ctx)
	defer done()
	sh.Cell = s.nextRunID(c)
	var r wire.ShellResult
	err := s.call(ctx, wire.MethodShell, sh, &r)
	if err == nil && r.Interrupted {
		err = &RuntimeError{Kind: "interrupt", Text: "interrupted"}
	}
	return r, err
}

// Get adds a module to the session: path, path@version or a local folder.
func (s *Session) Get(ctx context.Context, spec string) (string, error) {
	ctx, done := s.begin(ctx)
	defer done()
	if s.builder == nil {
		return "", errors.New("modules need the Go toolchain: " + noToolchain)
	}
	r, err := s.builder.sess.Get(ctx, spec)
	return r.Note, err
}

// GOMAXPROCS returns how many threads run Go code in the engine at once.
func (s *Session) GOMAXPROCS(ctx context.Context) (int, error) {
	var st wire.Status
	err := s.call(ctx, wire.MethodStatus, nil, &st)
	return st.Procs, err
}

// Workers returns the default number of workers, -1 for every core.
func (s *Session) Workers() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.workers
}

// SetWorkers sets the default number of workers, -1 for every core.
func (s *Session) SetWorkers(n int) error {
	if n < -1 {
		return fmt.Errorf("%d workers: give -1 for every core, 0 for the calling goroutine, or a number of workers", n)
	}
	s.mu.Lock()
	s.workers = n
	s.mu.Unlock()
	return nil
}

// Tier returns the tier mode: auto, interp or compiled.
func (s *Session) Tier() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tier
}

// SetTier sets the tier mode.
func (s *Session) SetTier(mode string) error {
	switch mode {
	case "auto", "interp", "compiled":
	default:
		return fmt.Errorf("tier %q: give auto, interp or compiled", mode)
	}
	if mode == "compiled" && s.builder == nil {
		return errors.New("the compiled tier needs the Go toolchain: " + noToolchain)
	}
	s.mu.Lock()
	s.tier = mode
	s.mu.Unlock()
	return nil
}

// Cores returns the machine's logical cores.
func Cores() int { return runtime.NumCPU() }
