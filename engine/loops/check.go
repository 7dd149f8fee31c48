package loops

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// An access is memory that the loop writes in place, or reads while another
// place of the same type is written.
type access struct {
	l     *loc
	node  ast.Node
	spare bool // up to the capacity
}

// check decides whether the loop can run in parallel. With Force, what would
// be refused for sharing becomes a warning.
func (a *analysis) check(sh *shape) *Refusal {
	if ref := cmp.Or(a.hidden(sh), a.jumps(sh)); ref != nil {
		return ref
	}
	if !a.walkWithin(sh) {
		return a.refuse(a.in.Loop.Pos(), "", "what the loop calls leads too far to be followed to its end", "call less in the body, or split the work into functions that take what they need and return what they make")
	}
	slices.SortStableFunc(sh.w.effects, func(x, y effect) int { return cmp.Compare(x.node.Pos(), y.node.Pos()) })
	c := a.classify(sh)
	if a.in.Options.Force {
		for _, r := range c.refs {
			sh.warnings = append(sh.warnings, "forced: "+r.Error())
		}
		return nil
	}
	if len(c.refs) > 0 && c.index == nil {
		c = a.classifyLater(sh, c)
	}
	return c.refusal()
}

// classify sorts all that the loop does.
func (a *analysis) classify(sh *shape) *collector {
	c := &collector{a: a, sh: sh, vars: map[*loc]*outerVar{}, guards: map[ast.Stmt]*guard{}, kept: map[ast.Stmt]*guard{},
		allowed: map[ast.Node]bool{}, depth: map[ast.Stmt]int{}, top: map[ast.Stmt]bool{}}
	c.survey(sh.body)
	c.writes()
	c.blocking()
	c.orders()
	c.headers()
	c.course()
	c.settle()
	c.touched()
	c.conflicts()
	c.steady()
	c.keptWindows()
	c.world()
	return c
}

// refusal is the first of them.
func (c *collector) refusal() *Refusal {
	if c.index != nil {
		return c.index
	}
	if len(c.refs) == 0 {
		return nil
	}
	slices.SortStableFunc(c.refs, func(x, y *Refusal) int {
		if at := cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Col, y.Col)); at != 0 || x.Instead != y.Instead {
			return at
		}
		return cmp.Compare(x.Reason, y.Reason) // of one kind: sets have no order
	})
	return c.refs[0]
}

// needed are the predeclared names that generated source uses.
var needed = []string{"append", "bool", "cap", "complex", "error", "false", "float32", "float64", "int", "len", "make",
	"nil", "panic", "rune", "string", "true"}

// hidden refuses a cell that gives another meaning to a name that the parallel
// form of its loop needs. It can't be forced.
func (a *analysis) hidden(sh *shape) *Refusal {
	scope := a.in.Pkg.Scope().Innermost(sh.stmt.Pos())
	if scope == nil {
		return nil
	}
	for _, name := range needed {
		if _, o := scope.LookupParent(name, sh.stmt.Pos()); o != nil && o.Parent() != types.Universe {
			return a.refuse(sh.stmt.Pos(), name, "the cell's own "+name+" hides Go's, which the parallel loop needs", "give it another name")
		}
	}
	return nil
}

// writes sorts every write into the item's own, a way to fill, or a refusal.
func (c *collector) writes() {
	for _, e := range c.sh.w.effects {
		if e.head {
			continue
		}
		switch e.kind {
		case effWrite:
			c.write(e)
		case effSpare:
			c.spare(e)
		case effCap:
			if e.l.isWindow() {
				c.refuse(e.node.Pos(), e.l.root.name(), "the capacity of an item's part of "+e.l.root.name()+" reaches into the next item's", "use its length")
			}
		case effSend:
			c.send(e)
		}
	}
}

func (c *collector) write(e effect) {
	if at := e.l.ownStep(); at >= 0 {
		if e.l.steps[at].kind != stepMap || at < len(e.l.steps)-1 || e.l.root.kind != rootVar {
			c.sh.own = append(c.sh.own, access{l: e.l, node: e.node})
			return
		}
	}
	lhs, isExpr := e.node.(ast.Expr)
	if !e.direct || !isExpr || e.name != "" {
		c.foreign(e)
		return
	}
	if c.keep(e.l, lhs, e.stmt) || c.bins(e.l, lhs, e.stmt) {
		return
	}
	base := e.l
	if n := len(base.steps); n > 0 && base.steps[n-1].kind == stepMap {
		base = c.a.locs.get(base.root, base.steps[:n-1], nil, false)
	}
	for _, s := range base.steps {
		if s.kind != stepField {
			c.elsewhere(e)
			return
		}
	}
	if e.l.root.kind != rootVar {
		c.elsewhere(e)
		return
	}
	c.assignTo(e.l, lhs, e.stmt)
}

// elsewhere refuses a direct write to memory that is not the item's own.
func (c *collector) elsewhere(e effect) {
	name := c.a.text(e.node)
	c.trigger(e.l)
	if _, isCall := e.stmt.(*ast.ExprStmt); isCall {
		c.refuse(e.node.Pos(), e.l.root.name(), c.a.text(e.stmt)+" writes into "+name+", which all iterations share", "make a slice in the body, for each item")
		return
	}
	for i := len(e.l.steps) - 1; i >= 0; i-- {
		switch s := e.l.steps[i]; s.kind {
		case stepSlice, stepArray:
			if lhs, ok := e.node.(ast.Expr); ok && !indexed(lhs) {
				c.refuse(e.node.Pos(), e.l.root.name(), "iterations write "+name+", a part of an element of "+e.l.root.name()+" that isn't the item's own, so two of them may write it",
					"take the element at the loop's own index, or combine values of the items after the loop")
				return
			}
			if c.countsInto(e) && s.index.kind == indexConst {
				c.refuse(e.node.Pos(), e.l.root.name(), "iterations add to "+name+", one element for all of them",
					"add up in a variable of its own, and store it after the loop")
				return
			}
			if c.countsInto(e) {
				c.refuse(e.node.Pos(), e.l.root.name(), "iterations add to "+name+" at an index that isn't the loop's own, so two of them may add to one element",
					"use a map with the same key ("+e.l.root.name()+"[k]++ on a map is added up for you)")
				return
			}
			c.refuse(e.node.Pos(), e.l.root.name(), "iterations store at "+name+", an index that isn't the loop's own, so two of them may store in one place",
				"store at the loop's own index, or in a slice that nothing in the loop reads; scratch space of one item is made in the body")
			return
		case stepMap:
			c.refuse(e.node.Pos(), e.l.root.name(), "iterations write "+name+", which hangs on a value of a map that all of them share",
				"store the whole value with m[k] = v")
			return
		case stepDeref:
			c.refuse(e.node.Pos(), e.l.root.name(), "iterations write "+name+" through a pointer that all of them share",
				"compute a value in the body and combine the values after the loop, or in a variable of the cell")
			return
		}
	}
	c.refuse(e.node.Pos(), e.l.root.name(), "iterations write "+name+", which is not the item's own",
		"store at the loop's own index, or collect with append")
}

func (c *collector) countsInto(e effect) bool {
	switch s := e.stmt.(type) {
	case *ast.IncDecStmt:
		return true
	case *ast.AssignStmt:
		return s.Tok != token.ASSIGN
	}
	return false
}

func (r root) name() string {
	if r.v == nil {
		return ""
	}
	if strings.HasPrefix(r.v.Name(), "gbz_") {
		return "the items"
	}
	return r.v.Name()
}

// foreign refuses a write that a call or a function literal makes.
func (c *collector) foreign(e effect) {
	name := e.l.name()
	c.trigger(e.l)
	root := e.l.root.name()
	switch {
	case len(e.via) > 0:
		c.refuse(e.node.Pos(), root, fmt.Sprintf("%s writes %s, which all iterations share", chain(e), name),
			"have it return the value, and combine the values in the loop's own body")
	case e.name != "":
		c.stdWrite(e, root)
	default:
		c.refuse(e.node.Pos(), root, "a function literal writes the captured variable "+name+", which all iterations share",
			"return the value from it, and combine the values in the loop's own body")
	}
}

// stdWrite refuses a standard function or method that changes what it gets.
func (c *collector) stdWrite(e effect, root string) {
	call := c.a.text(e.node)
	if ce, ok := e.node.(*ast.CallExpr); ok {
		call = c.a.text(ce.Fun)
	}
	c.refuse(e.node.Pos(), root, fmt.Sprintf("%s changes %s, which all iterations share", call, e.l.name()), insteadOf(e.name))
}

func insteadOf(name string) string {
	switch {
	case strings.HasPrefix(name, "strings.Builder."), strings.HasPrefix(name, "bytes.Buffer."), strings.HasPrefix(name, "fmt.Fprint"):
		return "collect the pieces with append and join them after the loop"
	case strings.HasPrefix(name, "math/rand"):
		return "make a generator for each item in the body, seeded with the loop's index"
	case strings.HasPrefix(name, "sort."), strings.HasPrefix(name, "slices."):
		return "sort a copy made in the body (slices.Clone), or once before the loop"
	}
	return "make one in the body, for each item"
}

// spare deals with append to slices from outside.
func (c *collector) spare(e effect) {
	call, ok := e.node.(*ast.CallExpr)
	if ok && c.allowed[call] && c.appendsTo(e) {
		return
	}
	if e.l.own() && elemOf(e.l.typ, stepSlice) != nil && !e.l.addr {
		elem := elemOf(e.l.typ, stepSlice)
		c.sh.own = append(c.sh.own, access{l: c.a.locs.extend(e.l, step{kind: stepSlice}, elem), node: e.node, spare: true})
		return
	}
	name := e.l.name()
	if len(e.via) > 0 {
		c.refuse(e.node.Pos(), e.l.root.name(), fmt.Sprintf("%s appends to %s, which all iterations share", chain(e), name),
			"have it return the new elements, and append them in the loop's own body")
		return
	}
	if c.isSelfAppend(e) && !e.l.isWindow() {
		return // classified by its assignment, or refused there
	}
	c.refuse(e.node.Pos(), e.l.root.name(), "append("+name+", …) may write into the spare capacity of "+name+", which all iterations share",
		"append to a copy: append(slices.Clip("+name+"), …)")
}

// appendsTo: the slice is one that the loop fills by appending, not one that
// was assigned to it.
func (c *collector) appendsTo(e effect) bool { return c.vars[e.l] != nil }

// isSelfAppend: x = append(x, …) at a place that was refused already.
func (c *collector) isSelfAppend(e effect) bool {
	as, ok := e.stmt.(*ast.AssignStmt)
	call, isCall := e.node.(*ast.CallExpr)
	return ok && isCall && len(as.Lhs) == 1 && types.ExprString(as.Lhs[0]) == types.ExprString(call.Args[0]) && !e.l.direct()
}

func (c *collector) send(e effect) {
	s, ok := e.node.(*ast.SendStmt)
	if ok && e.direct {
		if !slices.Contains(c.sh.sends, s) {
			c.sh.sends = append(c.sh.sends, s)
		}
		if c.a.in.Options.Compare {
			c.refuse(s.Pos(), e.l.root.name(), "what is sent to "+e.l.name()+" can't be taken back, so it can't be run again for a comparison", "leave --compare out, or collect with append")
		}
		return
	}
	who := "a function literal"
	if len(e.via) > 0 {
		who = chain(e)
	}
	c.refuse(e.node.Pos(), e.l.root.name(), who+" sends to "+e.l.name()+": the values would arrive in the workers' order",
		"send in the loop's own body, where they arrive in the order of the items")
}

// blocking refuses what stops, orders or ends goroutines.
func (c *collector) blocking() {
	for _, e := range c.sh.w.effects {
		if e.head {
			continue
		}
		switch e.kind {
		case effDelete:
			if e.l.own() && e.l.steps[e.l.ownStep()].kind != stepMap {
				c.sh.own = append(c.sh.own, access{l: e.l, node: e.node})
				continue
			}
			c.refuse(e.node.Pos(), e.l.root.name(), e.name+" changes "+e.l.root.name()+", which all iterations share",
				"collect the keys with append and delete them after the loop")
		case effClose:
			c.refuse(e.node.Pos(), e.l.root.name(), "close("+e.l.name()+") ends a channel that all iterations share", "close it after the loop")
		case effBlock:
			if e.direct {
				c.refuse(e.node.Pos(), "", blockReason[e.name], blockInstead(e.name))
			}
		}
	}
}

var blockReason = map[string]string{
	"go":      "go starts a goroutine in the loop's body, while the loop's items are spread over goroutines already",
	"defer":   "defer runs when the function ends, not the iteration",
	"recover": "recover catches nothing in a loop's body",
	"receive": "which item receives which value would depend on the workers",
	"select":  "which case of select comes first would depend on the workers",
}

func init() {
	for _, n := range []string{"Lock", "Unlock", "RLock", "RUnlock", "TryLock", "TryRLock"} {
		blockReason[n] = n + " orders iterations by time, not by item, so the result would depend on the workers"
	}
}

func blockInstead(name string) string {
	switch name {
	case "go":
		return "call the function as it is"
	case "defer", "recover":
		return "put the body into a function and call it"
	case "receive":
		return "range over the channel: its values become the items"
	case "select":
		return "put it into a function and call it"
	}
	return "drop the lock: what the loop fills is put together in the order of the items"
}

// headers refuses changes to what decides the loop's course.
func (c *collector) headers() {
	sh := c.sh
	for _, v := range append([]*types.Var{sh.key}, sh.vars...) {
		if v == nil || !sh.w.mutated[v] {
			continue
		}
		at := c.assignedIn(v)
		_, ranges := sh.stmt.(*ast.RangeStmt)
		switch u, isAddress := at.(*ast.UnaryExpr); {
		case at == nil, isAddress && ranges && !sh.outer: // each item has one of its own, which decides nothing
			continue
		case isAddress:
			c.index = c.a.refuse(u.Pos(), v.Name(), "the body takes the address of "+v.Name()+", the loop's index, which could be changed through it", "take the address of a copy (j := "+v.Name()+")")
		default:
			c.index = c.a.refuse(at.Pos(), v.Name(), "the body changes "+v.Name()+", the loop's index", "use a variable of its own")
		}
		c.refs = append(c.refs, c.index)
	}
	if sh.outer && sh.val != nil && sh.w.mutated[sh.val] {
		if at := c.assignedIn(sh.val); at != nil {
			c.refuse(at.Pos(), sh.val.Name(), "the body changes "+sh.val.Name()+", the loop's variable, which is declared outside", "declare it in the loop with :=")
		}
	}
	for _, o := range c.order {
		for _, s := range o.stmts {
			switch {
			case sh.items != nil && o.l.root.v == sh.items && len(o.l.steps) == 0 && !c.ownMap(o) && !(o.inBins() && sh.val == nil):
				what := "the ranged slice"
				if sh.kind == overMap {
					what = "the ranged map"
				}
				c.refuse(s.Pos(), o.text, "the body changes "+o.text+", "+what, "fill another one")
			case c.inHead(o.l.root.v):
				c.refuse(s.Pos(), o.text, "the body changes "+o.text+", on which the loop's bound depends", "compute the bound before the loop")
			}
		}
	}
}

// inHead tells whether a counted loop's condition or step depends on v.
func (c *collector) inHead(v *types.Var) bool {
	f, ok := c.sh.stmt.(*ast.ForStmt)
	return ok && (c.a.mentions(f.Cond, v) || c.a.mentions(f.Post, v))
}

// ownMap: m[k] = … at the own key of the ranged map keeps its keys.
func (c *collector) ownMap(o *outerVar) bool {
	if c.sh.kind != overMap {
		return false
	}
	for _, e := range c.sh.w.effects {
		if e.kind == effWrite && e.l.root == o.l.root && !e.l.own() {
			return false
		}
	}
	return true
}

func (c *collector) assignedIn(v *types.Var) (at ast.Node) {
	ast.Inspect(c.sh.body, func(n ast.Node) bool {
		if at != nil {
			return false
		}
		is := func(e ast.Expr) bool {
			id, ok := unparen(e).(*ast.Ident)
			return ok && c.a.in.Info.ObjectOf(id) == v
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if is(l) {
					at = n
				}
			}
		case *ast.IncDecStmt:
			if is(n.X) {
				at = n
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && is(n.X) {
				at = n
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN && (n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)) {
				at = n
			}
		}
		return true
	})
	return at
}
