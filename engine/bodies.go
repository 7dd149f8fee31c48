package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"sync"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/loops"
)

// bodies are the session's functions and closures as the loop analysis looks
// into them. Guarded by Session.exec.
type bodies struct {
	funcs    map[*types.Func]body
	closures map[*types.Var]funcVar // by the variable of the unit that declares it
	opaque   map[*types.Var]bool    // function variables that were assigned, or whose address was taken
	units    map[*types.Info]*types.Info
	next     int
	written  []writtenCode
	forgot   bool // there was more of it than is remembered
	values   []funcValue
	handed   map[string]bool // function variables that were used other than in calls
}

func newBodies() *bodies {
	return &bodies{funcs: map[*types.Func]body{}, closures: map[*types.Var]funcVar{}, opaque: map[*types.Var]bool{}, units: map[*types.Info]*types.Info{}, handed: map[string]bool{}}
}

// A writtenCode is what a cell ran that holds function literals.
type writtenCode struct {
	root ast.Node
	info *types.Info
}

// keepWritten remembers the statements and variables of a cell that hold
// function literals.
func (b *bodies) keepWritten(u *check.Unit, info *types.Info) {
	if n := len(b.written); n > 0 && b.written[n-1].info == info || b.forgot {
		return
	}
	for _, d := range u.File.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd != u.Run {
			continue // among funcs
		}
		holds := false
		ast.Inspect(d, func(n ast.Node) bool {
			_, lit := n.(*ast.FuncLit)
			holds = holds || lit
			return !holds
		})
		if holds {
			b.written = append(b.written, writtenCode{d, info})
		}
	}
	if b.forgot = len(b.written) > maxWritten; b.forgot {
		b.written = nil
	}
}

// maxWritten is how many of these are remembered: 20 to 50 KB each.
const maxWritten = 500

// A body is the checked declaration of a session function.
type body struct {
	decl *ast.FuncDecl
	info *types.Info
}

// A funcVar is how a unit declared a function variable: with a literal, or
// (lit nil) in another way.
type funcVar struct {
	lit  *ast.FuncLit
	info *types.Info
	seq  int // grows with every declaration
}

// keepBodies remembers what the functions and function variables of a checked
// cell do, for the loop analysis.
func (s *Session) keepBodies(u *check.Unit) {
	info := ownInfo(u)
	for _, d := range u.File.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok || fd == u.Run || fd.Body == nil {
			continue
		}
		if fn, ok := u.Info.Defs[fd.Name].(*types.Func); ok {
			s.bodies.funcs[fn] = body{fd, info}
		}
	}
	s.bodies.keepClosures(u, info)
	s.bodies.keepValues(u, info)
	if s.builder == nil { // else what function values do is not asked
		s.bodies.keepWritten(u, info)
	}
}

// A funcValue is a function that a variable of the session may hold. owner is
// what the session declares by it: declared again, the value is gone.
type funcValue struct {
	loops.FuncValue
	owner string
}

// keepValues remembers the functions that a cell uses as values.
func (b *bodies) keepValues(u *check.Unit, info *types.Info) {
	add := func(owner string, n ast.Node) {
		if owner != "" {
			b.values = slices.DeleteFunc(b.values, func(v funcValue) bool { return v.owner == owner })
		}
		values, handed := loops.FuncValues(n, info)
		for _, v := range values {
			b.values = append(b.values, funcValue{v, owner})
		}
		for _, name := range handed {
			b.handed[name] = true
		}
	}
	for _, d := range u.File.Decls {
		if d != ast.Decl(u.Run) {
			add(owner(d), d)
		}
	}
	if u.Run != nil {
		for _, st := range u.Run.Body.List {
			add(owner(st), st)
		}
	}
}

// owner names what a declaration or a statement declares, "" for nothing.
func owner(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv != nil && len(n.Recv.List) == 1 {
			return types.ExprString(n.Recv.List[0].Type) + "." + n.Name.Name
		}
		return n.Name.Name
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE {
			return types.ExprString(n.Lhs[0])
		}
	case *ast.DeclStmt:
		return owner(n.Decl)
	case *ast.GenDecl:
		if len(n.Specs) == 1 {
			if vs, ok := n.Specs[0].(*ast.ValueSpec); ok {
				return vs.Names[0].Name
			}
		}
	}
	return ""
}

// funcValues gives the functions that variables of the session may hold, also
// of the unit that is about to run.
func (s *Session) funcValues(u *check.Unit, info *types.Info) func() []loops.FuncValue {
	return sync.OnceValue(func() (out []loops.FuncValue) {
		now := newBodies()
		now.keepValues(u, info)
		for i, v := range slices.Concat(s.bodies.values, now.values) {
			if i < len(s.bodies.values) && v.Lit != nil {
				v.Info = s.bodies.keptInfo(v.Info, s.kept)
			}
			if s.bodies.handed[v.Var] || now.handed[v.Var] {
				v.Var = ""
			}
			out = append(out, v.FuncValue)
		}
		return out
	})
}

func (b *bodies) keepClosures(u *check.Unit, info *types.Info) {
	for _, v := range u.Vars {
		if isFunc(v) {
			b.next++
			b.closures[v] = funcVar{seq: b.next}
		}
	}
	ast.Inspect(u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				b.assigned(info, lhs, literalAt(n.Rhs, i, len(n.Lhs)))
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				b.assigned(info, name, literalAt(n.Values, i, len(n.Names)))
			}
		case *ast.RangeStmt:
			b.assigned(info, n.Key, nil)
			b.assigned(info, n.Value, nil)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				b.assigned(info, n.X, nil)
			}
		}
		return true
	})
}

func literalAt(values []ast.Expr, i, n int) *ast.FuncLit {
	if len(values) != n {
		return nil
	}
	lit, _ := ast.Unparen(values[i]).(*ast.FuncLit)
	return lit
}

// assigned notes that a variable gets a value: its declaration when it is a
// new one of the unit, which may happen once.
func (b *bodies) assigned(info *types.Info, lhs ast.Expr, lit *ast.FuncLit) {
	id, ok := ast.Unparen(lhs).(*ast.Ident)
	if !ok {
		return
	}
	v, ok := info.ObjectOf(id).(*types.Var)
	if !ok || !isFunc(v) {
		return
	}
	c, mine := b.closures[v]
	if mine && info.Defs[id] == types.Object(v) && lit != nil {
		c.lit, c.info = lit, info
		b.closures[v] = c
		return
	}
	b.opaque[v] = true
}

func isFunc(v *types.Var) bool {
	_, ok := v.Type().Underlying().(*types.Signature)
	return ok
}

// funcBody finds the declarations of functions of this cell and earlier ones.
func (s *Session) funcBody(u *check.Unit, info *types.Info) func(*types.Func) (*ast.FuncDecl, *types.Info, bool) {
	return func(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
		for _, d := range u.File.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && u.Info.Defs[fd.Name] == types.Object(fn) {
				return fd, info, true
			}
		}
		b, ok := s.bodies.funcs[fn.Origin()]
		if !ok {
			return nil, nil, false
		}
		return b.decl, s.bodies.keptInfo(b.info, s.kept), true
	}
}

// closureBody finds the function literal that is a session variable's only
// value, also in the unit that is about to run.
func (s *Session) closureBody(u *check.Unit, info *types.Info) func(*types.Var) (*ast.FuncLit, *types.Info, bool) {
	now := newBodies()
	now.keepClosures(u, info)
	return func(v *types.Var) (*ast.FuncLit, *types.Info, bool) {
		if now.opaque[v] {
			return nil, nil, false
		}
		return s.sessionClosure(v)
	}
}

func (s *Session) sessionClosure(obj *types.Var) (*ast.FuncLit, *types.Info, bool) {
	var latest funcVar
	for v, now := range s.kept {
		c, ok := s.bodies.closures[v]
		if now != obj || !ok || c.seq < latest.seq {
			continue
		}
		latest = c
		if s.bodies.opaque[v] {
			latest.lit = nil
		}
	}
	if latest.lit == nil || s.bodies.opaque[obj] {
		return nil, nil, false
	}
	return latest.lit, s.bodies.keptInfo(latest.info, s.kept), true
}

// ownInfo is what the checker found out about a unit, with one object for each
// variable: inside a unit, functions and statements see variables as others.
func ownInfo(u *check.Unit) *types.Info {
	if len(u.Shadow) == 0 && len(u.Outer) == 0 {
		return u.Info
	}
	in := *u.Info
	in.Uses = maps.Clone(in.Uses)
	for id, o := range in.Uses {
		in.Uses[id] = standsFor(u, o)
	}
	return &in
}

// standsFor is the one object of a unit's variable.
func standsFor(u *check.Unit, o types.Object) types.Object {
	if v := u.Shadow[o]; v != nil {
		return v
	}
	if v := u.Outer[o]; v != nil {
		return v
	}
	return o
}

// keptInfo is what the checker found out about an earlier unit, in terms of the
// session's variables: those that the unit declared have become the session's.
func (b *bodies) keptInfo(info *types.Info, kept map[*types.Var]*types.Var) *types.Info {
	if in, ok := b.units[info]; ok {
		return in
	}
	in := *info
	in.Uses = maps.Clone(info.Uses)
	for id, o := range info.Uses {
		if v, ok := o.(*types.Var); ok && kept[v] != nil {
			in.Uses[id] = kept[v]
		}
	}
	b.units[info] = &in
	return &in
}
