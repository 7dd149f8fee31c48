// Package interp writes the statements of a checked cell as they are interpreted
// rightly: straight lines as code for the engine's own evaluator ([Straight]),
// everything else for yaegi ([Lower]). What package plan accepts is rewritten so that
// yaegi's own meaning is Go's: local names are unique, constants are written
// with their types, session variables are pointers into the session's storage,
// and an index, a pointer or a length is looked at before it is used, because
// yaegi's own panics have reflect's words.
package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// Options say where things are.
type Options struct {
	World plan.World
	// Var returns the storage of an existing session variable.
	Var func(v *types.Var) (id string, ok bool)
	// New names the storage of a variable that the cell declares.
	New func(v *types.Var) (id string)
	// Mono returns the plain function that an instance of a generic one, by its
	// check.InstanceKey, became. May be nil.
	Mono func(key string) (*types.Func, bool)
	// Func returns a function that is itself interpreted.
	Func func(fn types.Object) (Function, bool)
	// Alone says that nothing can be compiled.
	Alone bool
	// NoChecks leaves the stop checks out: for measuring what they cost.
	NoChecks bool
}

// A Function is a declared function that package plan accepts.
type Function struct {
	Unit *check.Unit
	Decl *ast.FuncDecl
}

// Lowered is what the engine runs for a cell.
type Lowered struct {
	Statements wire.Statements // without the cell's id
	// IDs are the storage of the variables the cell declares.
	IDs map[*types.Var]string
}

// An unsupported is what Lower can't write; package plan should have refused it.
type unsupported struct{ what string }

func (e unsupported) Error() string { return e.what }

// Lower writes the statements of a cell that plan.Decide accepts. An error
// means that they must be compiled after all.
func Lower(u *check.Unit, opt Options) (*Lowered, error) {
	return lower(u, opt, (*lowerer).run, plan.Parallel(u))
}

// LowerTimed is Lower for statements that are one block whose last statement is
// a loop to be timed: it runs as often as the engine is told.
func LowerTimed(u *check.Unit, opt Options) (*Lowered, error) {
	return lower(u, opt, (*lowerer).timed, false)
}

// lower writes statements; lines is that of functions.
func lower(u *check.Unit, opt Options, write func(*lowerer), lines bool) (out *Lowered, err error) {
	l := newLowerer(u, opt, lines)
	defer refused(&err)
	for _, v := range u.Vars {
		l.declare(v)
	}
	write(l)
	l.out.Body = l.withSlots(l.b.String())
	l.functions()
	callbacks := opt.Alone || l.funcs.callbacks
	l.out.Body, l.out.Functions = fewerMarks(l.out.Body, callbacks), fewerMarks(l.out.Functions, callbacks)
	l.out.Line, l.out.Body = firstMark(l.out.Body)
	if l.funcs.parallel && !lines {
		return lower(u, opt, write, true)
	}
	l.out.Imports, l.out.Units = sorted(l.imports), sorted(l.units)
	return &Lowered{Statements: l.out, IDs: l.ids}, nil
}

func newLowerer(u *check.Unit, opt Options, lines bool) *lowerer {
	return &lowerer{u: u, opt: opt, ids: map[*types.Var]string{}, storage: map[*types.Var]string{}, names: map[types.Object]string{}, kept: map[ast.Expr]string{},
		used: map[string]bool{}, imports: map[string]bool{}, units: map[string]bool{}, funcs: &functions{written: map[types.Object]string{}, lines: lines},
		parallel: u != nil && plan.Parallel(u)}
}

// refused turns what could not be written into an error.
func refused(err *error) {
	switch r := recover().(type) {
	case nil:
	case unsupported:
		*err = r
	default:
		*err = unsupported{plan.Fault(r)}
	}
}

func sorted(set map[string]bool) []string {
	var list []string
	for s := range set {
		list = append(list, s)
	}
	sort.Strings(list)
	return list
}

type lowerer struct {
	u   *check.Unit
	opt Options
	out wire.Statements
	b   strings.Builder // the statements so far

	ids     map[*types.Var]string   // of the variables the cell declares
	storage map[*types.Var]string   // local name of the pointer to a session variable
	names   map[types.Object]string // of local variables
	kept    map[ast.Expr]string     // temporaries that hold the value of a call, a look-up, an assertion
	helped  map[string]bool         // helpers by name
	boxed   map[types.Object]bool   // local variables that are pointers
	used    map[string]bool         // ids of existing variables
	imports map[string]bool
	units   map[string]bool
	funcs   *functions
	decls   []string          // `gbz_x := gbz_v.V3`
	limits  map[string]string // where strips of loops end, by type
	count   int
	ordering
	// Of a unit that holds a loop in its parallel form: see glue.
	parallel bool
	chunk    chunk
	tells    map[types.Object]bool
	// Of a function: the cell whose statements call it, and its results.
	cell    *lowerer
	results *types.Tuple
	// deferring are the names of the pointers to the results, where the function
	// has deferred calls; else nil.
	deferring []string
	framed    bool // the function's frame is at hand
	// Of break, continue and goto: see breakable.
	targets    []*target
	labelled   map[ast.Stmt]string
	jumpsTo    map[string]bool
	userLabels map[string]string
	// Of the body of a range over a function.
	around *around
	// goLine is where the goroutine that is being started tells its line.
	goLine string
}

// ordering is what is known about the statement that is written: see scan.
type ordering struct {
	hoist   bool // calls of the statement go into temporaries
	checked bool // something in it is looked at before it is used
	// lastCall is where the last call of the statement that is ordered begins.
	lastCall token.Pos
	// firstChecked and lastChecked are where the first and the last part of it begin
	// that are looked at.
	firstChecked, lastChecked token.Pos
}

func (l *lowerer) fail(format string, args ...any) string {
	panic(unsupported{fmt.Sprintf(format, args...)})
}

// line writes one line of the function.
func (l *lowerer) line(format string, args ...any) {
	fmt.Fprintf(&l.b, format, args...)
	l.b.WriteByte('\n')
}

// at says where in the cell the next lines stand, if n may panic: yaegi does
// not tell.
func (l *lowerer) at(n ast.Node) {
	risky := false
	ast.Inspect(n, func(n ast.Node) bool {
		if _, ok := n.(*ast.BlockStmt); ok {
			return false
		}
		risky = risky || l.mayPanic(n)
		return !risky
	})
	if risky {
		l.here(n)
	}
}

// here says where in the cell the next lines stand.
func (l *lowerer) here(n ast.Node) { l.line("%s = %d%s", l.lineVar(), l.where(n), markSuffix) }

// mayPanic reports whether a node, its parts left out, may panic, or run so
// long that one wants to know where.
func (l *lowerer) mayPanic(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.SelectorExpr, *ast.TypeAssertExpr, *ast.SendStmt:
		return true
	case *ast.CallExpr:
		return !l.safeCall(n)
	case *ast.CompositeLit: // a map's keys may have no hash
		_, isMap := l.u.Info.TypeOf(n).Underlying().(*types.Map)
		return isMap
	case *ast.BinaryExpr:
		switch n.Op {
		case token.QUO, token.REM, token.SHL, token.SHR:
			return l.riskyOperand(n.Op, n.Y)
		case token.EQL, token.NEQ:
			return !simple(l.u.Info.TypeOf(n.X))
		}
	case *ast.AssignStmt:
		switch n.Tok {
		case token.QUO_ASSIGN:
			return l.riskyOperand(token.QUO, n.Rhs[0])
		case token.REM_ASSIGN:
			return l.riskyOperand(token.REM, n.Rhs[0])
		case token.SHL_ASSIGN, token.SHR_ASSIGN:
			return l.riskyOperand(token.SHL, n.Rhs[0])
		}
	}
	return false
}

// MayPanic reports whether a function's own code may panic, calls left out.
func MayPanic(u *check.Unit, fd *ast.FuncDecl) bool {
	l, risky := &lowerer{u: u}, false
	ast.Inspect(fd.Body, func(n ast.Node) bool {
		call, isCall := n.(*ast.CallExpr)
		switch {
		case isCall:
			id, ok := ast.Unparen(call.Fun).(*ast.Ident)
			risky = risky || ok && id.Name == "panic" && u.Info.Types[id].IsBuiltin()
		case n != nil:
			sel, ok := n.(*ast.SelectorExpr)
			risky = risky || l.mayPanic(n) && !(ok && u.Info.Selections[sel] == nil) // a package's name
		}
		return !risky
	})
	return risky
}

// riskyOperand reports whether an operator panics for some values of its right
// operand: a division by zero, a negative shift count. Of constants the checker
// has seen to it.
func (l *lowerer) riskyOperand(op token.Token, y ast.Expr) bool {
	tv := l.u.Info.Types[y]
	b, ok := tv.Type.Underlying().(*types.Basic)
	switch {
	case tv.Value != nil:
		return false
	case !ok:
		return true
	case op == token.QUO || op == token.REM:
		return b.Info()&types.IsFloat == 0
	}
	return b.Info()&types.IsUnsigned == 0
}

// safeCall reports whether a call is a conversion between numbers, or len, cap,
// min or max.
func (l *lowerer) safeCall(x *ast.CallExpr) bool {
	fun := ast.Unparen(x.Fun)
	switch tv := l.u.Info.Types[fun]; {
	case tv.IsType():
		return isNumber(tv.Type) && isNumber(l.u.Info.TypeOf(x.Args[0]))
	case tv.IsBuiltin():
		id, ok := fun.(*ast.Ident)
		return ok && (id.Name == "len" || id.Name == "cap" || id.Name == "min" || id.Name == "max")
	}
	return false
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

// where tells where a node stands.
func (l *lowerer) where(n ast.Node) int {
	p := l.u.Fset.Position(n.Pos())
	key, _ := check.CellOf(p.Filename)
	return wire.Place(key, p.Line)
}

func (l *lowerer) next(prefix string) string {
	l.count++
	return prefix + strconv.Itoa(l.count)
}

// temp keeps a value in a new local variable.
func (l *lowerer) temp(text string) string {
	name := l.next("gbz_t")
	l.line("%s := %s", name, text)
	return name
}

// declare gives a variable of the cell its storage.
func (l *lowerer) declare(v *types.Var) {
	id := l.opt.New(v)
	l.ids[v] = id
	l.out.New = append(l.out.New, wire.Variable{Var: id, Type: l.wireType(v.Type())})
	l.pointer(v, id)
}

// pointer names the local pointer to a session variable.
func (l *lowerer) pointer(v *types.Var, id string) string {
	name := l.next("gbz_p")
	l.storage[v] = name
	l.decls = append(l.decls, name+" := "+wire.VarName(id))
	return name
}

// slots writes the pointers to the session variables.
func (l *lowerer) slots() string {
	if len(l.decls) == 0 {
		return ""
	}
	return strings.Join(l.decls, "\n") + "\n"
}

// withSlots writes statements after the pointers to the session variables; what is
// used once, and in no loop, needs none.
func (l *lowerer) withSlots(body string) string {
	if !l.parallel && !strings.Contains(body, "for ") {
		decls := l.decls[:0]
		for _, d := range l.decls {
			name, value, isPointer := strings.Cut(d, " := ")
			at, uses := occurs(body, name)
			if !isPointer || uses != 1 || at == 0 || body[at-1] != '*' {
				decls = append(decls, d)
				continue
			}
			body = body[:at] + value + body[at+len(name):]
		}
		l.decls = decls
	}
	return l.slots() + body
}

// occurs returns where a name stands last in a text, and how often.
func occurs(text, name string) (at, uses int) {
	for i := 0; ; {
		next := strings.Index(text[i:], name)
		if next < 0 {
			return at, uses
		}
		start := i + next
		if i = start + len(name); i == len(text) || text[i] == '.' || !isNameByte(text[i]) {
			at = start
			uses++
		}
	}
}

// slot returns the local pointer to the session variable an object is.
func (l *lowerer) slot(obj types.Object) (string, bool) {
	v, ok := plan.SessionVar(l.u, obj)
	if !ok {
		return "", false
	}
	if name, ok := l.storage[v]; ok {
		return name, true
	}
	id, ok := l.opt.Var(v)
	if l.cell != nil { // the cell may declare the variable itself
		if own, is := l.cell.ids[v]; is {
			return l.pointer(v, own), true
		}
	}
	if !ok {
		l.fail("the variable %s has no storage", v.Name())
	}
	root := l
	if l.cell != nil {
		root = l.cell
	}
	if !root.used[id] {
		root.used[id] = true
		root.out.Vars = append(root.out.Vars, wire.Variable{Var: id, Type: l.wireType(v.Type())})
	}
	return l.pointer(v, id), true
}

// local returns the name of a local variable.
func (l *lowerer) local(obj types.Object) string {
	if name, ok := l.names[obj]; ok {
		return name
	}
	name := l.next("gbz_" + obj.Name() + "_")
	l.names[obj] = name
	return name
}

// isBoxed reports whether a local variable's address is needed: it is then a
// pointer to its storage.
func (l *lowerer) isBoxed(obj types.Object) bool {
	if l.boxed == nil {
		l.boxed = map[types.Object]bool{}
		ranges := false // over a function
		ast.Inspect(l.u.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					l.box(n.X)
				}
			case *ast.SelectorExpr:
				if l.wantsAddress(n) {
					l.box(n.X)
				}
			case *ast.SliceExpr:
				if _, ok := l.u.Info.TypeOf(n.X).Underlying().(*types.Array); ok {
					l.box(n.X)
				}
			case *ast.FuncLit:
				if !l.parallel {
					for _, v := range l.captures(n) {
						l.boxed[v] = true
					}
				}
			case *ast.RangeStmt:
				if s, sig := rangesFunc(l.u.Info, n); sig != nil {
					for _, v := range l.captures(bodyLiteral(s)) {
						l.boxed[v] = true
					}
					ranges = true
				}
			case *ast.Ident:
				if v, ok := l.u.Info.Defs[n].(*types.Var); ok && !v.IsField() && needsStorage(v.Type(), 0) {
					l.boxed[v] = true
				}
			}
			return true
		})
		if ranges {
			l.boxResults()
		}
		for _, v := range l.u.Info.Implicits { // of type switches
			if v, ok := v.(*types.Var); ok && needsStorage(v.Type(), 0) {
				l.boxed[v] = true
			}
		}
		if l.parallel {
			l.capture(l.boxed)
		}
	}
	return l.boxed[obj]
}

// boxResults notes that named results are needed by their addresses.
func (l *lowerer) boxResults() {
	ast.Inspect(l.u.File, func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncType); ok && f.Results != nil {
			for _, field := range f.Results.List {
				for _, id := range field.Names {
					if o := l.u.Info.Defs[id]; o != nil {
						l.boxed[o] = true
					}
				}
			}
		}
		return true
	})
}

// box notes that the variable is needed by its address that x is, or is a part
// of.
func (l *lowerer) box(x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		l.boxed[l.u.Info.ObjectOf(x)] = true
	case *ast.SelectorExpr:
		if sel := l.u.Info.Selections[x]; sel != nil && sel.Kind() == types.FieldVal {
			if _, isPtr := sel.Recv().Underlying().(*types.Pointer); !isPtr {
				l.box(x.X)
			}
		}
	case *ast.IndexExpr:
		if _, ok := l.u.Info.TypeOf(x.X).Underlying().(*types.Array); ok {
			l.box(x.X)
		}
	}
}

// needsStorage reports whether variables of a type are always behind pointers:
// their fields are reached by address, or they are arrays with a name.
func needsStorage(t types.Type, depth int) bool {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if unnamed(t) || depth > 4 {
			return true
		}
		if n, ok := types.Unalias(t).(*types.Named); ok && n.TypeArgs().Len() > 0 {
			return true
		}
		for i := range u.NumFields() {
			if !u.Field(i).Exported() || needsStorage(u.Field(i).Type(), depth+1) {
				return true
			}
		}
	case *types.Array:
		return !unnamed(t) || needsStorage(u.Elem(), depth+1)
	}
	return false
}

// wantsAddress reports whether x.m is a method of &x, or of the address of a
// field in x.
func (l *lowerer) wantsAddress(n *ast.SelectorExpr) bool {
	sel := l.u.Info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal || types.IsInterface(sel.Recv()) {
		return false
	}
	_, isPtr := sel.Recv().Underlying().(*types.Pointer)
	_, wantsPtr := sel.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
	return !isPtr && (wantsPtr || len(sel.Index()) > 1)
}

// variable declares a local variable with a value, "" for zero.
func (l *lowerer) variable(v types.Object, value string) {
	name, t := l.local(v), l.typeText(v.Type())
	switch {
	case l.isBoxed(v):
		l.line("%s := new(%s)", name, t)
		if value != "" {
			l.store("*"+name, value, v.Type())
		}
	case value == "":
		l.line("var %s %s", name, t)
	default:
		l.line("var %s %s = %s", name, t, unparen(value))
	}
}

// run writes the initialisers and the statements.
func (l *lowerer) run() {
	reached := 0
	if l.u.PackageVars {
		for _, in := range l.u.Info.InitOrder {
			l.initialiser(in)
		}
		if reached = len(l.u.Vars); reached > 0 {
			l.line("gbz_rt.Declared(%d)", reached)
		}
	}
	l.inits()
	for i, s := range l.u.List {
		es, ok := s.(*ast.ExprStmt)
		if ok && es.X == l.u.Last && i == len(l.u.List)-1 {
			l.last(es)
			continue
		}
		l.stmt(s)
		if n := l.declared(s); n > 0 {
			reached += n
			l.line("gbz_rt.Declared(%d)", reached)
		}
	}
}

// inits writes the unit's init functions and calls them in their order.
func (l *lowerer) inits() {
	for i, fd := range Inits(l.u) {
		name := fmt.Sprintf("gbz_f_init%d", i)
		l.funcs.texts = append(l.funcs.texts, l.functionText(name, Function{l.u, fd}, l.u.Info.Defs[fd.Name].(*types.Func).Signature()))
		var args []string
		if l.funcs.lines {
			args = append(args, l.withLine(""))
		}
		if plan.Recovers(l.u.Info, fd.Body) {
			args = append(args, noFrame)
		}
		l.line("%s%s(%s)", name, nameMark, strings.Join(args, ", "))
	}
}

// Inits are the init functions that a unit declares.
func Inits(u *check.Unit) []*ast.FuncDecl {
	var list []*ast.FuncDecl
	for _, d := range u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd != u.Run && fd.Recv == nil && fd.Name.Name == "init" && fd.Body != nil {
			list = append(list, fd)
		}
	}
	return list
}

// timed writes the setup and the timed loop.
func (l *lowerer) timed() {
	list := l.u.List[0].(*ast.BlockStmt).List
	loop := list[len(list)-1].(*ast.RangeStmt)
	l.block(list[:len(list)-1])
	n, i := l.temp("gbz_rt.Loops()"), l.next("gbz_t")
	l.line("gbz_rt.TimerStart()")
	l.line("for %s := 0; %s < %s; %s++ {", i, i, n, i)
	l.stopCheck()
	l.block(loop.Body.List)
	l.line("}")
	l.line("gbz_rt.TimerStop()")
}

func (l *lowerer) initialiser(in *types.Initializer) {
	l.at(in.Rhs)
	l.look(in.Rhs)
	l.hoistValues([]ast.Expr{in.Rhs}, len(in.Lhs))
	targets := make([]func(string), len(in.Lhs))
	for i, v := range in.Lhs {
		if v.Name() == "_" {
			targets[i] = func(text string) { l.line("_ = %s", text) }
			continue
		}
		p, _ := l.slot(v)
		targets[i] = func(text string) { l.store("*"+p, text, v.Type()) }
	}
	l.assignAll(targets, []ast.Expr{in.Rhs}, func(i int) types.Type { return in.Lhs[i].Type() })
}

// declared counts the session variables a top-level statement declares.
func (l *lowerer) declared(s ast.Stmt) int {
	if lab, ok := s.(*ast.LabeledStmt); ok {
		return l.declared(lab.Stmt)
	}
	n := 0
	count := func(id *ast.Ident) {
		if v, ok := l.u.Info.Defs[id].(*types.Var); ok && l.ids[v] != "" {
			n++
		}
	}
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, x := range s.Lhs {
				if id, ok := x.(*ast.Ident); ok {
					count(id)
				}
			}
		}
	case *ast.DeclStmt:
		for _, sp := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := sp.(*ast.ValueSpec); ok {
				for _, id := range v.Names {
					count(id)
				}
			}
		}
	}
	return n
}
