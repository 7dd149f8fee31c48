package loops

import (
	"go/ast"
	"go/types"
	"strings"
)

// Values that are safe for concurrent use may still give each item what it is
// the first to get: such a value differs from the sequential loop's.

// An orderly call is one whose outcome depends on which worker comes first:
// what it does to the loop, and what to write instead.
var orderly = map[string][2]string{
	"Add":         {"gives each item a value that depends on which worker comes first", "use the loop's own index, or number the items after the loop"},
	"Swap":        {"gives an item what another one happened to leave there", "keep what belongs to one item in the body"},
	"Load":        {"reads what other iterations are changing", "read it after the loop"},
	"Store":       {"keeps what the iteration that comes last in time stores", "assign to a plain variable of the cell: the last item's value wins"},
	"Do":          {"runs its function in the iteration that comes first in time", "call it once before the loop"},
	"LoadOrStore": {"tells one item that it comes first, and which one depends on the workers", "collect with append, and drop what comes twice after the loop"},
	"scan":        {"reads the input in the order in which the workers get to it", "read all of it before the loop"},
	"receive":     {"gives an item whatever value comes next in time", "range over the channel: its values become the items"},
	"len":         {"depends on how far the other workers are", "decide by the item itself"},
}

// ordered notes that the outcome of a call, for the shared value at l, depends
// on which worker comes first. why is a key of orderly.
func (w *walker) ordered(l *loc, node ast.Node, name, why string) {
	w.emit(effect{kind: effOrder, l: l, node: node, name: name, order: why})
}

// used tells whether the call's results are looked at.
func (w *walker) used(node ast.Node) bool {
	switch s := w.stmt.(type) {
	case *ast.ExprStmt:
		return unparen(s.X) != node
	case *ast.DeferStmt:
		return s.Call != node
	case *ast.GoStmt:
		return s.Call != node
	}
	return true
}

// atomicCall notes what a function or method of sync/atomic does to the shared
// values behind recv. Sums and sets of bits are the same in every order; the
// rest is so only where it leaves no choice.
func (w *walker) atomicCall(node ast.Node, recv set, name string) {
	call, _ := node.(*ast.CallExpr)
	method := name[strings.LastIndex(name, ".")+1:]
	for v := range recv {
		if v.isSite() {
			continue
		}
		l := w.a.locs.at(v)
		if _, isPtr := typeUnder(v).(*types.Pointer); isPtr && !v.addr {
			l = w.followOne(v, stepDeref, index{})
		}
		switch {
		case strings.HasPrefix(method, "Load"):
			w.ordered(l, node, name, "Load")
			continue
		case strings.HasPrefix(method, "CompareAndSwap"):
			w.emit(effect{kind: effExchange, l: l, node: node, name: name})
		case strings.HasPrefix(method, "Store"):
			if call == nil || len(call.Args) == 0 || !w.constant(call.Args[len(call.Args)-1]) {
				w.ordered(l, node, name, "Store")
			}
		case strings.HasPrefix(method, "Swap"):
			w.ordered(l, node, name, "Swap")
		case w.used(node):
			w.ordered(l, node, name, "Add")
		}
		w.emit(effect{kind: effLasting, l: l, node: node, name: name})
	}
}

func (w *walker) constant(e ast.Expr) bool {
	tv := w.info.Types[e]
	return tv.Value != nil || tv.IsNil()
}

// syncCall notes what methods of the other types of package sync do to shared
// values.
func (w *walker) syncCall(node ast.Node, recv set, typ, method string) {
	for v := range recv {
		if v.isSite() {
			continue
		}
		switch l := w.a.locs.at(v); {
		case typ == "sync.Once":
			w.ordered(l, node, method, "Do")
		case typ == "sync.Map" && method == "LoadOrStore":
			if w.asksWhether(node) {
				w.ordered(l, node, method, method)
			}
		case typ == "sync.Map" && method != "Load" && method != "Store" && method != "Delete" && method != "Clear":
			w.emit(effect{kind: effExchange, l: l, node: node, name: method})
		}
	}
	if method != "Load" {
		w.lasting(recv, node, method)
	}
}

// asksWhether tells whether the second result of a call is looked at.
func (w *walker) asksWhether(node ast.Node) bool {
	as, ok := w.stmt.(*ast.AssignStmt)
	if !ok || len(as.Rhs) != 1 || len(as.Lhs) != 2 || unparen(as.Rhs[0]) != node {
		return w.used(node)
	}
	id, ok := as.Lhs[1].(*ast.Ident)
	return !ok || id.Name != "_"
}

// theInput stands for what the program reads.
var theInput = types.NewVar(0, nil, "os.Stdin", types.Typ[types.Int])

// anError stands for what errors lead to: an error is a value like any other
// until it is taken for the pointer that it may be.
var anError = types.NewVar(0, nil, "the error's value", types.Universe.Lookup("any").Type())

// behindError is what a value of type t that stood in an error may be.
func (w *walker) behindError(t types.Type) set {
	if !hasRefs(t) {
		return set{}
	}
	return setOf(w.a.locs.extend(w.a.locs.variable(anError), step{kind: stepAssert, typ: t}, t))
}

// asError puts into the targets of errors.As what they may point to then.
func (w *walker) asError(node ast.Node, targets set) {
	call, ok := node.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return
	}
	if p, ok := w.info.TypeOf(call.Args[1]).Underlying().(*types.Pointer); ok {
		for v := range targets {
			if v.isSite() {
				w.put(w.a.locs.at(v), w.behindError(p.Elem()))
			}
		}
	}
}

func isError(t types.Type) bool { return t != nil && named(t) == "error" }

// orders refuses calls whose outcome depends on which worker comes first.
func (c *collector) orders() {
	for _, e := range c.sh.w.effects {
		if e.head || e.kind != effOrder || e.order == "Load" && !c.lasts(e.l) {
			continue
		}
		who := e.name
		if name := e.l.name(); !strings.Contains(who, ".") && name != "" {
			who = name + "." + who
		}
		switch {
		case e.order == "receive":
			who = "receiving from " + e.l.name()
		case e.order == "len":
			who = e.name + "(" + e.l.name() + ")"
		}
		if len(e.via) > 0 {
			who = chain(e) + ": " + who
		}
		why := orderly[e.order]
		c.refuse(e.node.Pos(), e.l.root.name(), who+" "+why[0], why[1])
	}
	c.mixed()
}

// lasts tells whether the loop changes the concurrency-safe value at l in a way
// that shows: a compare-and-swap is taken to end in what no order changes.
func (c *collector) lasts(l *loc) bool {
	found := false
	for _, e := range c.sh.w.effects {
		if e.l == l && e.kind == effExchange {
			return false
		}
		found = found || e.kind == effLasting && e.l.root == l.root && !independent(c.a.locs.certainly(e.l), c.a.locs.certainly(l), 1)
	}
	return found
}

// mixed refuses plain reads and writes of what is changed atomically.
func (c *collector) mixed() {
	for _, at := range c.sh.w.effects {
		if at.kind != effLasting || !strings.Contains(at.name, ".") {
			continue
		}
		for _, e := range c.sh.w.effects {
			if (e.kind == effRead || e.kind == effWrite) && !e.head && e.l.root == at.l.root && !independent(c.a.locs.certainly(at.l), c.a.locs.certainly(e.l), 1) {
				c.refuse(e.node.Pos(), e.l.root.name(), "iterations use "+e.l.name()+", which "+at.name+" changes in other iterations",
					"use it after the loop; a plain sum (+=) needs no atomic")
				break
			}
		}
	}
}
