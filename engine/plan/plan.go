// Package plan decides what of a cell the interpreter runs: [Decide]. The
// interpreter is right only in part of Go; the list of what it runs is typed
// (a construct counts with the types it is used at) and each row of it is held
// by the generated programs of package proof. What is not on the list is
// compiled.
package plan

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
)

// A World knows where the session's live objects were compiled.
type World interface {
	// Home returns the import path of the unit that declares a function, type
	// or constant of an earlier cell.
	Home(obj types.Object) (path string, ok bool)
	// Instance returns the unit that compiled an instance of a generic type or
	// function of a cell, by its check.InstanceKey.
	Instance(key string) (path string, ok bool)
	// Instantiate makes such an instance where nothing can be compiled, and
	// reports whether there may be one.
	Instantiate(key string, obj types.Object, args *types.TypeList) bool
	// Body returns the declaration of a function of a cell, and what the checker
	// found out about it.
	Body(fn *types.Func) (*ast.FuncDecl, *types.Info, bool)
	// Code visits what earlier cells declared and ran, and reports whether that is
	// all of it.
	Code(visit func(root ast.Node, info *types.Info)) bool
	// Interprets reports whether a function of a cell is itself interpreted.
	Interprets(fn types.Object) bool
	// SeesCallers reports whether code of some cell asks the runtime for the
	// functions that called it: interpreted statements are none of these.
	SeesCallers() bool
}

// Options are how a cell is judged.
type Options struct {
	World World
	// Patient accepts loops that compiled code would run much faster: there is
	// no compiled code to be had.
	Patient bool
	// Functions accepts functions declared beside the statements; they are
	// decided one by one, see DecideFunc.
	Functions bool
	// Beside accepts declarations beside the statements: they are compiled.
	Beside bool
	// Brief accepts less work: nothing is gained by interpreting it, since the
	// cell waits for a build in any case.
	Brief bool
}

// A Refusal says what keeps a cell from being interpreted.
type Refusal struct {
	Pos    token.Pos
	Reason string // a noun phrase: "a function literal"
}

func (r *Refusal) Error() string { return r.Reason }

// A Limit is what a session variable must not exceed when the cell starts (its
// length, or its value) to be interpreted: loops depend on it.
type Limit struct {
	Var *types.Var
	Max int64
}

// Decide returns nil when the interpreter runs the cell's statements as
// compiled code would (if the limits hold), else the first thing it is not known
// to do. The cost is
// that of one walk over the statements.
func Decide(u *check.Unit, opt Options) (limits []Limit, refusal *Refusal) {
	p := &planner{u: u, opt: opt, parallel: Parallel(u)}
	defer caught(&refusal)
	for _, s := range u.List {
		p.noC(s)
	}
	p.declarations()
	for i, s := range u.List {
		if !p.parallel {
			p.orderedStmt(s)
		}
		if es, ok := s.(*ast.ExprStmt); ok && es.X == u.Last && i == len(u.List)-1 {
			p.last(es.X)
			continue
		}
		p.stmt(s)
	}
	return p.sortedLimits(), nil
}

// FaultsPanic lets a fault of the planner or the lowerer itself end in its
// panic, as tests want it. Else what they fail at is compiled.
var FaultsPanic bool

// caught turns a refusal that ended the walk into a result.
func caught(refusal **Refusal) {
	switch r := recover().(type) {
	case nil:
	case *Refusal:
		*refusal = r
	default:
		*refusal = &Refusal{Reason: Fault(r)}
	}
}

// Fault returns the reason for compiling what the planner or the lowerer panics
// at with v.
func Fault(v any) string {
	if FaultsPanic {
		panic(v)
	}
	return fmt.Sprintf("a construct that the planner fails at (%v)", v)
}

// DecideFunc is Decide for a function: one with parameters and results of types
// that interpreted code holds, and a body of statements on the list.
func DecideFunc(u *check.Unit, fd *ast.FuncDecl, opt Options) (refusal *Refusal) {
	p := &planner{u: u, opt: opt, inFunc: true, parallel: Parallel(u)}
	defer caught(&refusal)
	sig := u.Info.Defs[fd.Name].(*types.Func).Signature()
	switch {
	case fd.Recv != nil && !opt.Functions:
		p.refuse(fd, "a method")
	case sig.TypeParams().Len() > 0:
		p.refuse(fd, "a generic function")
	case fd.Body == nil:
		p.refuse(fd, "a function without body")
	}
	if sig.Recv() != nil {
		p.needType(fd, sig.Recv().Type())
	}
	for i := range sig.Params().Len() {
		p.needType(fd, sig.Params().At(i).Type())
	}
	for i := range sig.Results().Len() {
		p.needType(fd, sig.Results().At(i).Type())
	}
	p.noC(fd.Body)
	p.results, p.mayRecover = sig.Results(), fd.Recv == nil && opt.Functions
	p.block(fd.Body)
	return nil
}

// noC refuses what names something of C: it has no type before cgo has run.
func (p *planner) noC(n ast.Node) {
	imported := false
	for _, im := range p.u.Imports {
		imported = imported || im.Path == "C"
	}
	if !imported {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "C" {
			if pkg, ok := p.u.Info.Uses[id].(*types.PkgName); ok && pkg.Imported().Path() == "C" {
				p.refuse(id, "a name of C")
			}
		}
		return true
	})
}

type planner struct {
	u     *check.Unit
	opt   Options
	loops int // open loops
	work  int64

	limits  map[*types.Var]int64   // of session variables that loops depend on
	sizes   map[types.Object]int64 // of variables that the cell makes
	changed map[*types.Var]bool    // session variables that the cell assigns

	parallel bool // a loop in its parallel form is among the statements

	rangeBodies int // open bodies of ranges over functions

	inFunc  bool // a function is walked, with these results
	results *types.Tuple
	// deferred is the literal of the defer statement that is being walked;
	// mayRecover says that it is known whether what is walked was deferred.
	deferred   *ast.FuncLit
	sharedVars map[types.Object]int          // see shared
	literals   map[types.Object]*ast.FuncLit // see onlyLiteral
	mayRecover bool
}

// refuse ends the walk.
func (p *planner) refuse(n ast.Node, format string, args ...any) {
	panic(&Refusal{n.Pos(), fmt.Sprintf(format, args...)})
}

// declarations accepts a cell that declares nothing but variables, and what is
// compiled or decided apart.
func (p *planner) declarations() {
	apart := p.opt.Functions || p.opt.Beside
	for _, d := range p.u.File.Decls {
		if d == ast.Decl(p.u.Run) || p.u.IsShadow(d) {
			continue
		}
		g, ok := d.(*ast.GenDecl)
		switch {
		case ok && g.Tok == token.IMPORT:
			p.imports(g)
		case ok && g.Tok == token.VAR:
			p.varDecl(g)
		case !apart:
			p.refuse(d, "a declaration beside statements")
		}
	}
	if len(p.u.Shadow) > 0 && !apart {
		p.refuse(p.u.Run, "a declaration beside statements")
	}
}

func (p *planner) imports(d *ast.GenDecl) {
	for _, s := range d.Specs {
		if im := s.(*ast.ImportSpec); im.Name != nil && (im.Name.Name == "." || im.Name.Name == "_") {
			p.refuse(d, "an import for its effects")
		}
	}
}

// last accepts the expression whose value is shown.
func (p *planner) last(x ast.Expr) {
	tv := p.u.Info.Types[x]
	if tv.IsType() || tv.IsBuiltin() {
		p.refuse(x, "a type as value")
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && tv.Value == nil {
		p.call(call)
		return
	}
	p.expr(x)
}

// SessionVar returns the session variable that an object of a checked cell
// stands for, if it is one.
func SessionVar(u *check.Unit, obj types.Object) (*types.Var, bool) {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() {
		return nil, false
	}
	if o := u.Outer[v]; o != nil {
		return o, true
	}
	if o := u.Shadow[v]; o != nil {
		return o, true
	}
	for _, own := range u.Vars {
		if own == v {
			return v, true
		}
	}
	if v.Pkg() != nil && v.Pkg().Path() == "main" && v.Parent() != nil && v.Parent().Parent() == types.Universe {
		return v, true
	}
	return nil, false
}
