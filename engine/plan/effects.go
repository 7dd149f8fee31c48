package plan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// What a call changes, and what stands before it in one statement, Go leaves in
// no order, and the compiler's own (early for some operands, late for others)
// depends on what it inlines. So a statement in which a call may change what an
// operand before it reads is not interpreted. What stands behind a call is read
// after it, by the compiler and here.

// An effect is what a call may change.
type effect struct {
	all  bool                  // anything
	any  bool                  // anything in memory: of a type that a type parameter stands for
	mem  map[string]bool       // what pointers, slices and maps lead to, by place
	vars map[string]bool       // variables of the session, by name
	objs map[types.Object]bool // variables of the function around a literal
}

func (e *effect) name(name string) {
	if e.vars == nil {
		e.vars = map[string]bool{}
	}
	e.vars[name] = true
}

func (e *effect) place(at string) {
	if e.mem == nil {
		e.mem = map[string]bool{}
	}
	e.mem[at] = true
}

func (e *effect) object(v types.Object) {
	if e.objs == nil {
		e.objs = map[types.Object]bool{}
	}
	e.objs[v] = true
}

func (e *effect) none() bool { return !e.all && !e.any && len(e.mem)+len(e.vars)+len(e.objs) == 0 }

// A read is of memory, at one of the places, of a session variable, or of one
// that literals or pointers reach.
//
// A place is named by its type, as two pointers may lead to one: "w T" is a
// value of type T as a whole, "f T.x" its field x, and "p T" any part of it.
type read struct {
	places []string
	v      types.Object
}

func placeName(kind string, t types.Type, field string) string {
	if p, ok := t.Underlying().(*types.Pointer); ok && kind == "f" {
		t = p.Elem()
	}
	s := kind + " " + types.TypeString(t, (*types.Package).Path)
	if n, ok := types.Unalias(t).(*types.Named); ok && n.TypeArgs().Len() > 0 { // one place for all instances
		s = kind + " " + n.Obj().Pkg().Path() + "." + n.Obj().Name()
	}
	if field != "" {
		s += "." + field
	}
	return s
}

// wholeOf are the places of which a read of a whole value is.
func wholeOf(t types.Type) []string { return []string{placeName("w", t, ""), placeName("p", t, "")} }

// fieldOf are those of a read of a field of t.
func fieldOf(t types.Type, field string) []string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return []string{placeName("w", t, ""), placeName("f", t, field)}
}

func (e *effect) whole(t types.Type) {
	if namesParam(t) {
		e.any = true
	}
	e.place(placeName("w", t, ""))
}

// namesParam reports whether a type is, or is made of, a type parameter. Fields
// of instances are known by the generic type.
func namesParam(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Map:
		return namesParam(t.Key()) || namesParam(t.Elem())
	case interface{ Elem() types.Type }:
		return namesParam(t.Elem())
	case *types.Signature:
		return true
	}
	return false
}

func (e *effect) field(t types.Type, field string) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	e.place(placeName("f", t, field))
	e.place(placeName("p", t, ""))
}

// A use is what evaluating an expression reads and may change.
type use struct {
	reads []read
	calls []effect
}

func (u *use) join(o use) {
	u.reads, u.calls = append(u.reads, o.reads...), append(u.calls, o.calls...)
}

// channels is the place of what a channel holds.
const channels = "channels"

// builtinEffect adds what a builtin changes.
func builtinEffect(e *effect, info *types.Info, x *ast.CallExpr, name string) {
	switch name {
	case "append", "copy", "delete", "clear":
		switch t := info.TypeOf(x.Args[0]).Underlying().(type) {
		case *types.Slice:
			e.whole(t.Elem())
		case *types.Map:
			e.whole(t)
			e.whole(t.Elem())
		}
	}
}

// quiet are packages whose functions change nothing.
var quiet = map[string]bool{
	"strings": true, "strconv": true, "math": true, "math/bits": true, "unicode": true, "unicode/utf8": true, "errors": true, "fmt": true, "path": true, "path/filepath": true,
	"time": true, "bytes": true, "html": true, "cmp": true, "runtime": true, "os": true, "encoding/hex": true, "encoding/base64": true, "math/rand": true, "math/rand/v2": true, "reflect": true, "encoding/json": true,
}

// effectOf adds what a call may change. within is the function around it, whose
// own variables nobody else sees; nil for the statement's.
func (p *planner) effectOf(e *effect, info *types.Info, x *ast.CallExpr, within ast.Node, seen map[any]bool) {
	fun := ast.Unparen(x.Fun)
	if info.Types[fun].IsType() {
		return
	}
	if id, ok := fun.(*ast.Ident); ok && info.Types[fun].IsBuiltin() {
		if len(x.Args) == 0 || !fresh(info, within, x.Args[0]) {
			builtinEffect(e, info, x, id.Name)
		}
		return
	}
	if lit, ok := fun.(*ast.FuncLit); ok {
		p.bodyEffect(e, info, lit, lit.Body, seen)
		return
	}
	fn := calledBy(info, fun)
	switch {
	case fn == nil:
		if id, ok := fun.(*ast.Ident); ok && info == p.u.Info {
			if lit := p.onlyLiteral(info.Uses[id]); lit != nil {
				p.bodyEffect(e, info, lit, lit.Body, seen)
				return
			}
		}
		p.valueEffect(e, info.TypeOf(fun), seen)
	case fn.Pkg() == nil: // error.Error
	case fn.Pkg().Path() != "main":
		p.libraryEffect(e, info, x, fn, within, seen)
	case fn.Signature().Recv() != nil && isInterface(fn.Signature().Recv().Type()):
		p.methodsNamed(e, fn.Name(), seen)
	default:
		decl, in, ok := p.body(fn)
		if !ok || decl.Body == nil {
			e.all = true
			return
		}
		p.receiverEffect(e, info, fun, fn, within)
		p.bodyEffect(e, in, decl, decl.Body, seen)
	}
}

// body returns the declaration of a function that stands beside the statements,
// or of an earlier cell.
func (p *planner) body(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
	for _, d := range p.u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && p.u.Info.Defs[fd.Name] == types.Object(fn.Origin()) {
			return fd, p.u.Info, true
		}
	}
	return p.opt.World.Body(fn)
}

// methodsNamed adds what the session's methods of a name do: one of them may be
// called through an interface.
func (p *planner) methodsNamed(e *effect, name string, seen map[any]bool) {
	p.everywhere(func(root ast.Node, info *types.Info) { // declarations are all remembered
		if fd, ok := root.(*ast.FuncDecl); ok && fd.Recv != nil && fd.Name.Name == name && fd.Body != nil {
			p.bodyEffect(e, info, fd, fd.Body, seen)
		}
	})
}

// literalsLike adds what the session's function literals and functions of a type
// do; those of generic functions may be of any type.
func (p *planner) literalsLike(e *effect, t types.Type, seen map[any]bool) {
	like := func(of types.Type) bool {
		return t == nil || of == nil || types.Identical(of.Underlying(), t.Underlying()) || signatureOfParams(of)
	}
	all := p.everywhere(func(root ast.Node, info *types.Info) {
		if fd, ok := root.(*ast.FuncDecl); ok && fd.Body != nil {
			if fn, ok := info.Defs[fd.Name].(*types.Func); ok && like(fn.Signature()) {
				p.bodyEffect(e, info, fd, fd.Body, seen)
			}
		}
		ast.Inspect(root, func(n ast.Node) bool {
			if lit, ok := n.(*ast.FuncLit); ok && like(info.TypeOf(lit)) {
				p.bodyEffect(e, info, lit, lit.Body, seen)
			}
			return true
		})
	})
	e.all = e.all || !all
}

// signatureOfParams reports whether a signature mentions type parameters.
func signatureOfParams(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok {
		return false
	}
	for _, list := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range list.Variables() {
			if namesParam(v.Type()) {
				return true
			}
			if n, ok := types.Unalias(v.Type()).(*types.Named); ok && n.TypeArgs().Len() > 0 {
				return true
			}
		}
	}
	return sig.Recv() == nil && sig.TypeParams().Len() > 0
}

// everywhere visits the declarations of the cell and what earlier cells declared
// and ran, and reports whether that is all.
func (p *planner) everywhere(visit func(root ast.Node, info *types.Info)) (all bool) {
	for _, d := range p.u.File.Decls {
		visit(d, p.u.Info)
	}
	return p.opt.World.Code(visit)
}

// calledBy returns the function or method that a call names.
func calledBy(info *types.Info, fun ast.Expr) *types.Func {
	switch f := fun.(type) {
	case *ast.IndexExpr:
		return calledBy(info, ast.Unparen(f.X))
	case *ast.IndexListExpr:
		return calledBy(info, ast.Unparen(f.X))
	case *ast.Ident:
		fn, _ := info.Uses[f].(*types.Func)
		return fn
	case *ast.SelectorExpr:
		fn, _ := info.Uses[f.Sel].(*types.Func)
		return fn
	}
	return nil
}

// libraryEffect adds what a library's function may change: what its receiver
// and its arguments lead to, and whatever functions among these do.
func (p *planner) libraryEffect(e *effect, info *types.Info, x *ast.CallExpr, fn *types.Func, within ast.Node, seen map[any]bool) {
	for _, a := range x.Args {
		t := info.TypeOf(a)
		if t == nil {
			continue
		}
		if _, isFunc := t.Underlying().(*types.Signature); isFunc && !libraryFunc(info, a) {
			p.lentEffect(e, info, a, seen)
		}
	}
	if fn.Signature().Recv() == nil && quiet[fn.Pkg().Path()] && !strings.HasPrefix(fn.Name(), "Unmarshal") && !strings.Contains(fn.Name(), "scan") {
		return
	}
	for _, a := range x.Args {
		if t := info.TypeOf(a); t != nil {
			switch t := t.Underlying().(type) {
			case *types.Slice:
				e.whole(t.Elem())
			case *types.Pointer:
				e.whole(t.Elem())
			}
		}
	}
	p.receiverEffect(e, info, ast.Unparen(x.Fun), fn, within)
}

// lentEffect adds what a function value does that a library may call.
func (p *planner) lentEffect(e *effect, info *types.Info, x ast.Expr, seen map[any]bool) {
	x = ast.Unparen(x)
	if lit, ok := x.(*ast.FuncLit); ok {
		p.bodyEffect(e, info, lit, lit.Body, seen)
		return
	}
	if _, made := x.(*ast.CallExpr); !made {
		if fn := calledBy(info, x); fn != nil && fn.Signature().Recv() == nil && fn.Pkg() != nil && fn.Pkg().Path() == "main" {
			if decl, in, ok := p.body(fn); ok && decl.Body != nil {
				p.bodyEffect(e, in, decl, decl.Body, seen)
				return
			}
		}
	}
	p.valueEffect(e, info.TypeOf(x), seen)
}

// valueEffect adds what a call of a function value may change of which only the
// type is known: what the literals of that type change, if all are known.
func (p *planner) valueEffect(e *effect, t types.Type, seen map[any]bool) {
	if !p.opt.Functions || signatureOfParams(t) {
		e.all = true
		return
	}
	p.literalsLike(e, t, seen)
}

// libraryFunc reports whether a function value is a library's: one of its
// functions, or an iterator that it makes of what is not a function.
func libraryFunc(info *types.Info, x ast.Expr) bool {
	x = ast.Unparen(x)
	call, made := x.(*ast.CallExpr)
	if made {
		x = ast.Unparen(call.Fun)
	}
	fn := calledBy(info, x)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() == "main" || fn.Signature().Recv() != nil {
		return false
	}
	if !made {
		return true
	}
	return iterators[fn.Pkg().Path()] && !slices.ContainsFunc(call.Args, func(a ast.Expr) bool {
		t := info.TypeOf(a)
		if t == nil {
			return true
		}
		_, isFunc := t.Underlying().(*types.Signature)
		return isFunc && !libraryFunc(info, a)
	})
}

// iterators are packages whose functions make iterators that change nothing.
var iterators = map[string]bool{"maps": true, "slices": true, "strings": true, "bytes": true}

// receiverEffect adds the variable that a method with a pointer receiver is
// called on.
func (p *planner) receiverEffect(e *effect, info *types.Info, fun ast.Expr, fn *types.Func, within ast.Node) {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok || fn.Signature().Recv() == nil {
		return
	}
	if s := info.Selections[sel]; s != nil && needsAddress(s) {
		p.targetEffect(e, info, sel.X, within)
	}
}

// bodyEffect adds what a function's body may change outside of it.
func (p *planner) bodyEffect(e *effect, info *types.Info, fn ast.Node, body *ast.BlockStmt, seen map[any]bool) {
	if seen[fn] {
		return
	}
	seen[fn] = true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				p.targetEffect(e, info, x, fn)
			}
		case *ast.IncDecStmt:
			p.targetEffect(e, info, n.X, fn)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				p.targetEffect(e, info, n.Key, fn)
				p.targetEffect(e, info, n.Value, fn)
			}
		case *ast.UnaryExpr:
			switch n.Op {
			case token.AND:
				p.targetEffect(e, info, n.X, fn)
			case token.ARROW:
				e.place(channels)
			}
		case *ast.SendStmt, *ast.SelectStmt:
			e.place(channels)
		case *ast.CallExpr:
			p.effectOf(e, info, n, fn, seen)
		}
		return !e.all
	})
}

// targetEffect adds what an assignment to x changes, unless it is a variable of
// the function around it.
func (p *planner) targetEffect(e *effect, info *types.Info, x ast.Expr, within ast.Node) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := info.ObjectOf(x).(*types.Var)
		switch {
		case !ok || within != nil && within.Pos() <= v.Pos() && v.Pos() < within.End() && v.Parent() != nil && v.Parent().Parent() != types.Universe:
		default:
			e.name(v.Name())
			e.object(v)
		}
	case *ast.SelectorExpr:
		if t := info.TypeOf(x.X); t != nil {
			e.field(t, x.Sel.Name)
		}
		if s := info.Selections[x]; s == nil || !s.Indirect() && !isPointer(s.Recv()) {
			p.targetEffect(e, info, x.X, within)
		}
	case *ast.IndexExpr:
		if fresh(info, within, x.X) {
			return
		}
		switch t := sequenceOf(info.TypeOf(x.X)).(type) {
		case *types.Array:
			p.targetEffect(e, info, x.X, within)
			e.whole(t.Elem())
		case *types.Map:
			e.whole(t)
			e.whole(t.Elem())
		case *types.Slice:
			e.whole(t.Elem())
		default:
			e.all = true
		}
	case *ast.StarExpr:
		if t := info.TypeOf(x); t != nil {
			e.whole(t)
		}
	}
}
