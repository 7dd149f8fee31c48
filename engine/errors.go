package engine

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/spelling"
	"github.com/goblaze/goblaze/engine/rt/stack"
)

// A CompileError is what the checker found in a cell; nothing of it ran.
type CompileError struct{ Errors check.ErrorList }

func (e *CompileError) Error() string { return e.Errors.Error() }

// A RuntimeError is how user code failed.
type RuntimeError struct {
	Kind   string // one of rt's kinds, or "died"
	Text   string // in Go's own words
	Frames []stack.Frame
	Notes  []string
}

func (e *RuntimeError) Error() string { return e.Text }

// Trace returns the words, the call stack in cell positions, and the notes.
func (e *RuntimeError) Trace() string {
	var b strings.Builder
	b.WriteString(e.Text + "\n")
	for _, f := range e.Frames {
		name := f.Func
		if name != "" {
			name += "(…) "
		}
		fmt.Fprintf(&b, "    %scell %d, line %d\n", name, f.Cell, f.Line)
	}
	for _, n := range e.Notes {
		b.WriteString(n + "\n")
	}
	return b.String()
}

// The further kinds of RuntimeError.
const (
	KindDied = "died" // the engine process ended
	KindLost = "lost" // a variable went with an engine process
)

// located turns positions by cell text into positions by execution count.
func (s *Session) located(err error) error {
	var list check.ErrorList
	var syn *check.SyntaxError
	switch {
	case errors.As(err, &list):
		out := make(check.ErrorList, len(list))
		for i, e := range list {
			out[i] = s.relabel(e)
		}
		return &CompileError{out}
	case errors.As(err, &syn):
		e := s.relabel(check.Error{File: syn.File, Line: syn.Line, Col: syn.Col, Msg: "syntax error: " + syn.Msg})
		return &CompileError{check.ErrorList{e}}
	}
	return err
}

func (s *Session) relabel(e check.Error) check.Error {
	if key, ok := check.CellOf(e.File); ok {
		e.File = check.CellFile(s.count(key))
	}
	e.Msg = s.relabelled(e.Msg)
	return e
}

// count returns the execution count that a cell key last had.
func (s *Session) count(key int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, ok := s.keys[key]; ok {
		return n
	}
	return key
}

func (s *Session) frames(in []stack.Frame) []stack.Frame {
	out := make([]stack.Frame, 0, len(in))
	for _, f := range in {
		f.Cell = s.count(f.Cell)
		f.Func = shownFunc(f.Func)
		if n := len(out); n > 0 && f.Func == "" && out[n-1] == f {
			continue // a literal called where it stands, as generated code has them
		}
		out = append(out, f)
	}
	return out
}

var (
	cellKey  = regexp.MustCompile(`\bcell (\d+)`)
	literals = regexp.MustCompile(`^func\d+(\.\d+|\.func\d+|\.gowrap\d+)*$`)
)

// shownText gives the engine's words the cells' numbers and the names as
// written.
func (s *Session) shownText(text string) string {
	return spelling.Plain(s.relabelled(text))
}

// relabelled gives the cells named in a text their execution counts.
func (s *Session) relabelled(text string) string {
	return cellKey.ReplaceAllStringFunc(text, func(m string) string {
		key, err := strconv.Atoi(m[len("cell "):])
		if err != nil {
			return m
		}
		return "cell " + strconv.Itoa(s.count(key))
	})
}

// shownFunc is a function's name as the user wrote it: "" for the statements
// of a cell and function literals in them.
func shownFunc(name string) string {
	name = spelling.Plain(name)
	if strings.HasPrefix(name, "gbz_") || literals.MatchString(name) {
		return ""
	}
	return name
}

// failure turns an outcome's failure into an error.
func (s *Session) failure(f *rt.Failure) error {
	if f == nil || f.Kind == rt.KindExit && f.Code == 0 {
		return nil
	}
	e := &RuntimeError{Kind: f.Kind, Text: s.shownText(f.Text), Frames: s.frames(f.Stack)}
	if m := oldType.FindStringSubmatch(e.Text); m != nil && m[1] == m[2] {
		e.Notes = append(e.Notes, "note: "+strings.ReplaceAll(m[1], "main.", "")+" was declared again after this value was made: run the cell that makes it again")
	}
	if m := gobTwice.FindStringSubmatch(e.Text); m != nil && m[1] == m[2] {
		e.Notes = append(e.Notes, "note: gob keeps a type that was registered for good, and "+strings.ReplaceAll(m[1], "main.", "")+" was declared again since: register it under a new name (gob.RegisterName), or restart the kernel")
	}
	if f.Kind == rt.KindMemory {
		e.Notes = append(e.Notes, memoryAdvice)
	}
	return e
}

// gobTwice finds the registration of a type that was declared again.
var gobTwice = regexp.MustCompile(`gob: registering duplicate types for ".*": (main\.\S+) != (\S+)`)

// oldType finds an assertion that failed because the value's type was declared
// again since.
var oldType = regexp.MustCompile(`interface conversion: .* is (\S*main\.\S+), not (\S+) \(types from different `)

// lostVars refuses a cell that uses a variable whose value went with an engine
// process, itself or through the functions it calls.
func (s *Session) lostVars(p *prepared) error {
	if len(s.vars) == 0 {
		return nil
	}
	seen := map[types.Object]bool{}
	var lost []*variable
	var visit func(types.Object)
	visit = func(o types.Object) {
		if seen[o] {
			return
		}
		seen[o] = true
		if v, ok := o.(*types.Var); ok {
			if rec := s.storage(v); rec != nil && rec.lost {
				lost = append(lost, rec)
			}
		}
		if d := s.decls.byName[o.Name()]; d != nil {
			for _, own := range d.objs {
				if own == o {
					for used := range d.uses {
						visit(used)
					}
				}
			}
			if _, ok := o.(*types.TypeName); ok {
				for _, m := range s.decls.methods(o.Name()) {
					for used := range m.uses {
						visit(used)
					}
				}
			}
		}
	}
	for o := range usesOf(p.check, p.check.File) {
		visit(o)
	}
	if len(lost) == 0 || p.pkg != nil && !p.pkg.HasRun {
		return nil
	}
	sort.Slice(lost, func(i, j int) bool { return lost[i].obj.Name() < lost[j].obj.Name() })
	var parts []string
	for _, v := range lost {
		text := fmt.Sprintf("%s was lost when the engine process ended: run cell %d again", v.obj.Name(), v.cell)
		if assigns(p.check, v.obj) {
			text += fmt.Sprintf(", or declare it anew with %s := …", v.obj.Name())
		}
		parts = append(parts, text)
	}
	return &RuntimeError{Kind: KindLost, Text: strings.Join(parts, "\n")}
}

// assigns reports whether a statement of the cell gives a variable a value
// whatever it had before.
func assigns(u *check.Unit, v types.Object) bool {
	for _, s := range u.List {
		as, ok := s.(*ast.AssignStmt)
		if !ok || as.Tok != token.ASSIGN {
			continue
		}
		for _, x := range as.Lhs {
			if id, ok := ast.Unparen(x).(*ast.Ident); ok && id.Name == v.Name() {
				return true
			}
		}
	}
	return false
}
