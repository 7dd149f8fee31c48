package loops

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// Input is a loop in its type-checked surroundings.
type Input struct {
	Fset *token.FileSet
	Src  []byte // the text of the file in which Loop stands
	File string // the name generated line directives carry; "" leaves them out
	Info *types.Info
	Pkg  *types.Package
	Loop ast.Stmt // *ast.RangeStmt or *ast.ForStmt
	// Around is the function body or block in which Loop stands. Function
	// literals assigned once in it are followed. May be nil.
	Around ast.Node
	// FuncBody gives the declaration of a function or method of the session,
	// from this cell or an earlier one.
	FuncBody func(fn *types.Func) (decl *ast.FuncDecl, info *types.Info, ok bool)
	// ClosureBody gives the function literal that is a session variable's only
	// value. May be nil.
	ClosureBody func(v *types.Var) (lit *ast.FuncLit, info *types.Info, ok bool)
	// FuncValues gives the functions that variables of the session may hold. May
	// be nil.
	FuncValues func() []FuncValue
	// StandsFor gives the object that Info names instead of one in a scope,
	// where they differ. May be nil.
	StandsFor func(types.Object) types.Object
	// Qualifier names packages in types that are written out; nil names the
	// loop's own package with "", others with their name.
	Qualifier types.Qualifier
	// Position maps to the cell; nil uses Fset (adjusted by line directives).
	Position func(token.Pos) (cell string, line, col int)
	// Key names the loop to parallel.Begin, so that the engine's settings and
	// the report find each other.
	Key     string
	Options Options
}

// Options are the options of the magic that change the generated source. The
// others (workers, chunk, …) travel through parallel.Settings.
type Options struct {
	Force    bool       // accept what is refused for the sake of order or sharing
	Compare  bool       // also generate the sequential loop
	Init     bool       // --init was given (the line form only)
	Each     string     // --each FUNC as source; "" when absent
	EachMark string     // a line directive that says where it stands, may be empty
	EachType types.Type // its type
}

// A Plan replaces a loop.
type Plan struct {
	Source   string            // Go statements; generated names start with gbz_
	Imports  map[string]string // alias → path that Source needs
	Warnings []string          // calls nobody can look into
	Notes    []string          // what differs from a sequential run, though not in results
	Writes   []string          // what the loop fills, as it is written in the source
	Prints   bool              // the body may print
	External bool              // the body has effects outside the session
}

// A Refusal says why a loop isn't run in parallel. Line and Col are those of
// the cell.
type Refusal struct {
	Cell      string
	Line, Col int
	Var       string // the variable at the heart of it, "" when there is none
	Reason    string // what is wrong
	Instead   string // what to write instead
}

// Error gives the sentence a person reads.
func (r *Refusal) Error() string {
	s := fmt.Sprintf("line %d: %s", r.Line, r.Reason)
	if r.Instead != "" {
		s += "; " + r.Instead
	}
	return s
}

// The imports of generated source.
const (
	parallelPath   = "github.com/goblaze/goblaze/engine/parallel"
	vectorizerPath = "github.com/goblaze/goblaze/vectorizer"
)

// Loop analyses in.Loop and generates its parallel form.
func Loop(in Input) (*Plan, *Refusal) {
	plan, ref, _ := attempt(&in, false)
	if ref == nil {
		return plan, nil
	}
	if trusted, closer, took := attempt(&in, true); took { // more was understood
		return trusted, closer
	}
	return nil, ref
}

// attempt is one analysis. A trusting one may take for granted what is seen before
// the start; took tells whether it did.
func attempt(in *Input, trusting bool) (plan *Plan, ref *Refusal, took bool) {
	a := newAnalysis(in)
	a.trusting = trusting
	sh, ref := a.shapeOf(in.Loop)
	if ref != nil {
		return nil, ref, false
	}
	if in.Options.Init {
		return nil, a.refuse(in.Loop.Pos(), "", "--init gives FUNC one more argument, which a loop doesn't have", "use the line form, or make what an item needs in the body"), false
	}
	if ref := cmp.Or(a.eachFits(in.Loop.Pos(), nil), a.check(sh)); ref != nil {
		return nil, ref, len(a.bounds) > 0
	}
	plan, ref = a.emitLoop(sh)
	return plan, ref, len(a.bounds) > 0
}
