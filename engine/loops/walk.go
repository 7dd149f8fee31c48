package loops

import (
	"go/ast"
	"go/token"
	"go/types"
)

type effectKind uint8

const (
	effRead effectKind = iota
	effWrite
	effSpare     // append to a slice that isn't the iteration's: its spare capacity is written
	effSend      // to the channel at l
	effReceive   // from it
	effClose     // of it
	effDelete    // delete or clear of the map at l
	effUnknown   // a call nobody can look into
	effCallParam // a call of parameter n
	effPrint
	effExternal // an effect outside the session
	effLasting  // a change to a concurrency-safe value, which no run takes back
	effCap      // the capacity of the slice at l is looked at
	effOrder    // a call whose outcome for the shared value at l depends on which worker comes first: order says how
	effExchange // one that may depend on it, and often does not: compare-and-swap, a sync.Map's store
	effBlock    // Lock, go, defer, recover, select: name says which
)

// An effect is one thing the analysed code does to memory that is not its own,
// or to the world.
type effect struct {
	kind   effectKind
	l      *loc
	node   ast.Node // in the analysed code: the expression, or the call that leads to it
	stmt   ast.Stmt // the statement around it, for writes
	name   string
	order  string   // effOrder: a key of orderly
	via    []string // the functions called on the way, outermost first
	direct bool     // stands in the analysed code itself, in no function literal
	whole  bool     // the value is handed on as a whole, not only looked at
	head   bool     // done by what decides the loop's course, before any item runs
	vals   set      // what a write stores
}

// A walker goes through the loop's body, or a function's, until nothing new
// flows anywhere. Values flow without regard to order: a variable holds
// whatever is ever assigned to it.
type walker struct {
	a       *analysis
	info    *types.Info
	local   map[types.Object]bool
	mutated map[types.Object]bool     // assigned after its declaration, or its address taken
	alias   map[types.Object]ast.Expr // declared once, never changed: its value
	index   map[types.Object]index    // variables that are the loop's own index, or parameters
	loops   map[types.Object]ast.Stmt // variables of loops in the analysed code
	content map[*loc]set              // what sites hold
	stores  map[root]set              // what was stored somewhere under a root
	effects []effect
	grew    bool

	lits     map[*loc]*ast.FuncLit // sites of function literals
	literals []*ast.FuncLit        // around what is walked, innermost last
	results  map[*ast.FuncLit][]set
	returns  []set // of the analysed function
	fn       *types.Signature
	stmt     ast.Stmt
	called   map[*ast.FuncLit]bool

	head      bool                 // the loop's condition, step or iterator is walked
	of        *summary             // what is computed, nil for the loop itself
	recursive bool                 // the call that is applied may lead back to where it stands
	params    map[types.Object]int // of the analysed function
	at        token.Pos            // of the call that is applied
	inlining  int                  // calls that are taken for what they return, around what is looked at
}

func (a *analysis) newWalker(info *types.Info, scope ...ast.Node) *walker {
	w := &walker{a: a, info: info, local: map[types.Object]bool{}, mutated: map[types.Object]bool{},
		alias: map[types.Object]ast.Expr{}, index: map[types.Object]index{}, loops: map[types.Object]ast.Stmt{}, content: map[*loc]set{},
		stores: map[root]set{}, lits: map[*loc]*ast.FuncLit{}, results: map[*ast.FuncLit][]set{}}
	for _, n := range scope {
		if n != nil {
			w.survey(n)
		}
	}
	return w
}

// survey finds the variables declared in n, which of them change after their
// declaration, and what the others stand for.
func (w *walker) survey(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if o := w.info.Defs[n]; o != nil {
				w.local[o] = true
			}
		case *ast.CaseClause:
			if o := w.info.Implicits[n]; o != nil {
				w.local[o] = true
			}
		case *ast.AssignStmt:
			w.surveyAssign(n)
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if o := w.info.Defs[id]; o != nil && len(n.Names) == len(n.Values) {
					w.alias[o] = n.Values[i]
				}
			}
		case *ast.IncDecStmt:
			w.mutate(n.X)
		case *ast.ForStmt:
			if init, ok := n.Init.(*ast.AssignStmt); ok {
				w.heads(n, init.Lhs[0])
			}
		case *ast.RangeStmt:
			w.heads(n, n.Key)
			if n.Tok == token.ASSIGN {
				w.mutate(n.Key)
				w.mutate(n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				w.mutate(n.X)
			}
		}
		return true
	})
}

// heads notes that a loop declares the variable e.
func (w *walker) heads(loop ast.Stmt, e ast.Expr) {
	if id, ok := e.(*ast.Ident); ok && w.info.Defs[id] != nil {
		w.loops[w.info.Defs[id]] = loop
	}
}

func (w *walker) surveyAssign(n *ast.AssignStmt) {
	for i, lhs := range n.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok {
			continue
		}
		if o := w.info.Defs[id]; o != nil {
			if len(n.Lhs) == len(n.Rhs) {
				w.alias[o] = n.Rhs[i]
			}
			continue
		}
		w.mutate(id)
	}
}

func (w *walker) mutate(e ast.Expr) {
	if id, ok := e.(*ast.Ident); ok {
		if o := w.info.ObjectOf(id); o != nil {
			w.mutated[o] = true
		}
	}
}

// run walks body until nothing changes. Effects are those of the last round.
func (w *walker) run(body func()) {
	for {
		w.grew = false
		w.effects = w.effects[:0]
		w.called = map[*ast.FuncLit]bool{}
		body()
		if !w.grew {
			return
		}
	}
}

func (w *walker) put(l *loc, vals set) {
	if len(vals) == 0 {
		return
	}
	if w.content[l] == nil {
		w.content[l] = set{}
	}
	if w.content[l].add(vals) {
		w.grew = true
	}
}

func (w *walker) direct() bool { return len(w.literals) == 0 }

func (w *walker) emit(e effect) {
	e.direct = e.direct || w.direct() && len(e.via) == 0
	e.head = w.head
	if e.stmt == nil {
		e.stmt = w.stmt
	}
	w.effects = append(w.effects, e)
}

// store writes vals to the place e denotes. self: the old value is read, too.
func (w *walker) store(e ast.Expr, vals set, self bool) {
	if id, ok := unparen(e).(*ast.Ident); ok && id.Name == "_" {
		return
	}
	places := w.place(e)
	if self {
		w.load(places, w.info.TypeOf(e), e, false)
	}
	w.storeAt(places, vals, e)
}

func (w *walker) storeAt(places, vals set, node ast.Node) {
	for l := range places {
		switch {
		case l.isSite():
			w.put(w.a.locs.at(l), vals)
		default:
			w.emit(effect{kind: effWrite, l: l, node: node, vals: vals})
			if len(vals) > 0 {
				if w.stores[l.root] == nil {
					w.stores[l.root] = set{}
				}
				if w.stores[l.root].add(vals) {
					w.grew = true
				}
			}
		}
	}
}

// load gives the values that places hold, as values of type t, and notes that
// they are read.
func (w *walker) load(places set, t types.Type, node ast.Node, whole bool) set {
	out := set{}
	keep := hasRefs(t)
	for l := range places {
		w.a.spendOn(1 + len(w.stores[l.root]))
		switch {
		case l.addr:
			out[l] = struct{}{}
		case l.isSite():
			if keep {
				for v := range w.content[l] {
					w.narrow(out, v, t, 0)
				}
			}
		default:
			if node != nil {
				w.emit(effect{kind: effRead, l: l, node: node, whole: whole})
			}
			if keep {
				w.narrow(out, l, t, 0)
				for v := range w.stores[l.root] {
					w.narrowStored(out, v, t)
				}
			}
		}
	}
	return out
}

// narrow adds to out what of type t can stand in v: v itself, or fields of it.
func (w *walker) narrow(out set, v *loc, t types.Type, depth int) {
	if v.addr || v.isSite() || v.typ == nil || t == nil || types.Identical(v.typ, t) || depth > 3 {
		out[v] = struct{}{}
		return
	}
	before := len(out)
	switch u := v.typ.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			if f := u.Field(i); hasRefs(f.Type()) {
				w.narrowField(out, v, f, t, depth)
			}
		}
	}
	if len(out) == before {
		out[v] = struct{}{}
	}
}

// narrowStored is narrow for a value that was stored somewhere under the root:
// where its type does not fit it was stored elsewhere.
func (w *walker) narrowStored(out set, v *loc, t types.Type) {
	if v.addr || v.isSite() || v.typ == nil || t == nil || types.IsInterface(t) || types.IsInterface(v.typ) || contains(v.typ, t) {
		w.narrow(out, v, t, 0)
	}
}

func (w *walker) narrowField(out set, v *loc, f *types.Var, t types.Type, depth int) {
	_, isStruct := f.Type().Underlying().(*types.Struct)
	if types.Identical(f.Type(), t) || isStruct || types.IsInterface(t) {
		w.narrow(out, w.a.locs.extend(v, step{kind: stepField, field: f.Name()}, f.Type()), t, depth+1)
	}
}

// field goes from places of a struct to one of its fields.
func (w *walker) field(places set, f *types.Var) set {
	out := set{}
	for l := range places {
		if l.addr || l.isSite() || fieldOf(l.typ, f.Name()) == nil {
			out[l] = struct{}{}
			continue
		}
		out[w.a.locs.extend(l, step{kind: stepField, field: f.Name()}, f.Type())] = struct{}{}
	}
	return out
}

// follow goes from values to the places they refer to: k is stepDeref,
// stepSlice or stepMap.
func (w *walker) follow(values set, k stepKind, ix index) set {
	out := set{}
	for v := range values {
		out[w.followOne(v, k, ix)] = struct{}{}
	}
	return out
}

func (w *walker) followOne(v *loc, k stepKind, ix index) *loc {
	t := &w.a.locs
	if v.addr {
		l := t.at(v)
		if elem := elemOf(l.typ, stepArray); k == stepSlice && elem != nil {
			return t.extend(l, step{kind: stepArray, index: ix}, elem) // arr[:]
		}
		if k == stepSlice && v.isWindow() {
			return l
		}
		if k == stepSlice && !l.isSite() && len(l.steps) > 0 { // &x[i] seen as a slice from i on
			return t.extend(l, step{kind: stepDeep}, nil)
		}
		return l
	}
	if elem := elemOf(v.typ, k); elem != nil {
		return t.extend(v, step{kind: k, index: ix}, elem)
	}
	if v.isSite() {
		return v
	}
	return t.extend(v, step{kind: stepDeep}, nil)
}

// reach is everything that can be reached from values: what a call that
// nobody looks into may see.
func (w *walker) reach(values set) set {
	out := set{}
	work := make([]*loc, 0, len(values))
	for v := range values {
		work = append(work, v)
	}
	for len(work) > 0 {
		v := work[len(work)-1]
		work = work[:len(work)-1]
		if v.root.kind != rootSite {
			if v.addr {
				v = w.a.locs.at(v)
			}
			out[v] = struct{}{}
			out[w.a.locs.extend(v, step{kind: stepDeep}, nil)] = struct{}{}
			continue
		}
		if _, ok := out[v]; ok {
			continue
		}
		out[v] = struct{}{}
		for c := range w.content[w.a.locs.at(v)] {
			work = append(work, c)
		}
	}
	return out
}

// readAll notes that a call reads whatever it can reach from values.
func (w *walker) readAll(values set, node ast.Node, via []string) {
	for l := range w.reach(values) {
		if !l.isSite() {
			w.emit(effect{kind: effRead, l: l, node: node, via: via, whole: true})
		}
	}
}
