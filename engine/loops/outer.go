package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

type class uint8

const (
	classNone      class = iota
	classAppend          // r = append(r, …)
	classReduce          // x op= e
	classMinMax          // x = min(x, e)
	classGuard           // if e > x { x, y = e, i }
	classPrivate         // written before it is read, or never read
	classBins            // hist[k] op= v
	classBestBins        // if v > best[k] { best[k] = v }, of a slice or an array
	classMapSet          // m[k] = v
	classMapOp           // m[k] op= v
	classMapAppend       // m[k] = append(m[k], v)
	classMapBest         // if v > best[k] { best[k] = v }
)

// An outerVar is a variable from outside (or a field of one, or a map) that
// the loop fills in one of the ways whose result can be put together in the
// order of the items.
type outerVar struct {
	id     int
	l      *loc // the variable, the field, or the map itself
	text   string
	typ    types.Type
	class  class
	op     token.Token // of a reduction: ADD, MUL, OR, AND, XOR, AND_NOT
	pre    bool        // x = e + x (strings)
	stmts  []ast.Stmt
	nodes  []ast.Expr // the places in the source that stand for it
	fold   string     // classMinMax: min, max, math.Max …
	guard  *guard
	slot   bool             // classAppend: exactly one element an item
	always bool             // classPrivate: every iteration writes it
	sums   bool             // a reduction with several additions an item, of floats
	looks  []*ast.IndexExpr // of what is kept by key
	stores []*ast.IndexExpr // into it
	places []ast.Expr       // classBins: the elements in the source
	suffix string           // classBins: the field of the elements that is added to, ".X"
	dims   int              // and how many indices lead to it
}

// collector classifies the writes of the loop's body.
type collector struct {
	a       *analysis
	sh      *shape
	vars    map[*loc]*outerVar
	order   []*outerVar
	guards  map[ast.Stmt]*guard // by the assignment
	kept    map[ast.Stmt]*guard // those that keep by key, by the assignment
	allowed map[ast.Node]bool   // reads and writes that belong to a class
	depth   map[ast.Stmt]int    // loops around a statement inside the body
	top     map[ast.Stmt]bool   // statements of the body's own list
	refs    []*Refusal
	index   *Refusal // the body changes the loop's index: what else is wrong follows from it
	nguards int

	triggers []*loc // see trigger
}

func (c *collector) refuse(pos token.Pos, name, reason, instead string) {
	c.refs = append(c.refs, c.a.refuse(pos, name, reason, instead))
}

// survey finds the statements' nesting and the guards.
func (c *collector) survey(body *ast.BlockStmt) {
	for _, s := range body.List {
		c.top[s] = true
	}
	var walk func(n ast.Node, depth int)
	walk = func(n ast.Node, depth int) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == n || m == nil {
				return true
			}
			if s, ok := m.(ast.Stmt); ok {
				c.depth[s] = depth
			}
			switch m := m.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				walk(m, depth+1)
				return false
			case *ast.BlockStmt:
				c.findAllKept(m.List)
			case *ast.CaseClause:
				c.findAllKept(m.Body)
			case *ast.IfStmt:
				c.findGuard(m)
			}
			return true
		})
	}
	c.findAllKept(body.List)
	walk(body, 0)
}

// variable gives the outerVar of a place, checking that it keeps its class.
func (c *collector) variable(l *loc, lhs ast.Expr, cl class, s ast.Stmt) *outerVar {
	v := c.vars[l]
	if v == nil {
		v = &outerVar{id: len(c.order), l: l, text: c.a.text(lhs), typ: l.typ, class: cl}
		c.vars[l] = v
		c.order = append(c.order, v)
	}
	if v.class != cl && v.class != classNone {
		if v.class == classPrivate || cl == classPrivate {
			v.class = classPrivate // right if every iteration writes it before it reads it
		} else {
			c.refuse(s.Pos(), v.text, "iterations read "+v.text+", which holds what earlier iterations put there",
				"fill it in one way only ("+v.text+" = append(…), += or max), or keep two variables")
			v.class = classNone
		}
	}
	if len(v.stmts) == 0 || v.stmts[len(v.stmts)-1] != s {
		v.stmts = append(v.stmts, s)
	}
	v.nodes = append(v.nodes, lhs)
	c.allowed[lhs] = true
	return v
}

// assignTo classifies one direct write of s to the outer place l, which lhs
// denotes.
func (c *collector) assignTo(l *loc, lhs ast.Expr, s ast.Stmt) {
	if l.steps != nil && l.steps[len(l.steps)-1].kind == stepMap {
		c.mapWrite(l, lhs, s)
		return
	}
	switch s := s.(type) {
	case *ast.IncDecStmt:
		c.reduce(l, lhs, token.ADD, s)
		return
	case *ast.AssignStmt:
		if op, ok := assignOps[s.Tok]; ok {
			c.opAssign(l, lhs, op, s)
			return
		}
		if g := c.guards[s]; g != nil {
			c.guarded(g, l, lhs, s)
			return
		}
		if i := slices.Index(s.Lhs, lhs); i >= 0 && len(s.Lhs) == len(s.Rhs) && c.selfAssign(l, lhs, s, s.Rhs[i]) {
			return
		}
	}
	v := c.variable(l, lhs, classPrivate, s)
	_ = v
}

var assignOps = map[token.Token]token.Token{token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL,
	token.OR_ASSIGN: token.OR, token.AND_ASSIGN: token.AND, token.XOR_ASSIGN: token.XOR, token.AND_NOT_ASSIGN: token.AND_NOT,
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR}

func (c *collector) opAssign(l *loc, lhs ast.Expr, op token.Token, s ast.Stmt) {
	switch op {
	case token.ADD, token.SUB, token.MUL, token.OR, token.AND, token.XOR, token.AND_NOT:
		c.reduce(l, lhs, op, s)
	default: // right for a private variable only
		c.variable(l, lhs, classPrivate, s)
	}
}

func (c *collector) reduce(l *loc, lhs ast.Expr, op token.Token, s ast.Stmt) *outerVar {
	if op == token.SUB {
		op = token.ADD
	}
	if op == token.AND_NOT {
		op = token.AND
	}
	v := c.variable(l, lhs, classReduce, s)
	if v.op == token.ILLEGAL {
		v.op = op
	}
	if v.op != op && v.class == classReduce {
		c.refuse(s.Pos(), v.text, "iterations combine "+v.text+" in two ways ("+v.op.String()+" and "+op.String()+"), whose order matters",
			"keep one variable for each")
	}
	return v
}

// selfAssign recognises x = append(x, …), x = x + e, x = e + x, x = min(x, e).
// Among several values, only those whose places take no other statement.
func (c *collector) selfAssign(l *loc, lhs ast.Expr, s *ast.AssignStmt, rhs ast.Expr) bool {
	self := types.ExprString(lhs)
	is := func(e ast.Expr) bool { return types.ExprString(unparen(e)) == self }
	switch r := unparen(rhs).(type) {
	case *ast.BinaryExpr:
		return c.selfBinary(l, lhs, s, r, is)
	case *ast.CallExpr:
		name := types.ExprString(r.Fun)
		builtin := c.a.in.Info.Types[unparen(r.Fun)].IsBuiltin()
		switch {
		case builtin && name == "append" && is(r.Args[0]) && len(s.Lhs) == 1:
			c.variable(l, lhs, classAppend, s).nodes = append(c.vars[l].nodes, r.Args[0])
			c.allowed[unparen(r.Args[0])] = true
			c.allowed[r] = true
			return true
		case builtin && (name == "min" || name == "max"), c.isMathMinMax(r):
			for _, arg := range r.Args {
				if !is(arg) {
					continue
				}
				v := c.variable(l, lhs, classMinMax, s)
				v.nodes = append(v.nodes, arg)
				c.allowed[unparen(arg)] = true
				if v.fold != "" && v.fold != name {
					c.refuse(s.Pos(), v.text, "iterations combine "+v.text+" in two ways ("+v.fold+" and "+name+"), whose order matters",
						"keep one variable for each")
				}
				v.fold = name
				return true
			}
		}
	}
	return false
}

func (c *collector) isMathMinMax(call *ast.CallExpr) bool {
	sel, ok := unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, _ := c.a.in.Info.Uses[sel.Sel].(*types.Func)
	return fn != nil && (fn.FullName() == "math.Max" || fn.FullName() == "math.Min")
}

func sums(op token.Token) bool { return op == token.ADD || op == token.SUB }

func (c *collector) selfBinary(l *loc, lhs ast.Expr, s *ast.AssignStmt, r *ast.BinaryExpr, is func(ast.Expr) bool) bool {
	op := r.Op
	// a + b + c with x leftmost: x + b is added, then c.
	_, info := basicInfo(l.typ)
	left := r
	for !is(left.X) {
		inner, ok := unparen(left.X).(*ast.BinaryExpr)
		if !ok || inner.Op != op && !(info&types.IsInteger != 0 && sums(op) && sums(inner.Op)) {
			break
		}
		left = inner
	}
	simple := left == r
	switch op {
	case token.ADD, token.MUL, token.OR, token.AND, token.XOR, token.SUB, token.AND_NOT:
	case token.LAND, token.LOR:
		simple = true // a && b && c is the same from either end
	default:
		return false
	}
	exact := info&(types.IsInteger|types.IsString) != 0
	var at ast.Expr
	pre := false
	switch {
	case is(left.X) && (simple || exact):
		at = left.X
	case is(r.Y) && op != token.SUB && op != token.AND_NOT:
		at = r.Y
		pre = info&types.IsString != 0
	default:
		return false
	}
	if v := c.vars[l]; v != nil && v.class == classReduce && v.pre != pre && len(v.stmts) > 0 {
		c.refuse(s.Pos(), v.text, "iterations add to both ends of "+v.text, "keep one string for each end")
		return true
	}
	v := c.reduce(l, lhs, op, s)
	v.pre = pre
	v.nodes = append(v.nodes, at)
	c.allowed[unparen(at)] = true
	return true
}

// mayFail finds what could fail or do something if it is evaluated for an
// item that does not win: a call, a division, an index that isn't the loop's.
func (c *collector) mayFail(e ast.Expr) (bad ast.Node) {
	ast.Inspect(e, func(n ast.Node) bool {
		if bad != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if tv := c.a.in.Info.Types[unparen(n.Fun)]; !tv.IsType() {
				bad = n
			}
		case *ast.IndexExpr:
			if c.sh.w.indexOf(n.Index).kind != indexOwn {
				bad = n
			}
		case *ast.BinaryExpr:
			if n.Op == token.QUO || n.Op == token.REM {
				bad = n
			}
		case *ast.StarExpr, *ast.SliceExpr, *ast.TypeAssertExpr, *ast.FuncLit:
			bad = n
		}
		return true
	})
	return bad
}
