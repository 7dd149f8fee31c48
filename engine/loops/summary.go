package loops

import (
	"go/ast"
	"go/types"
	"slices"
)

// A summary says what a call of a function does, in terms of its parameters
// (the receiver is parameter 0 where there is one) and of variables outside.
type summary struct {
	effects []effect
	results []result
	recv    bool
	stamp   int  // the round it was last computed in
	active  bool // it is being computed: a call of it is a recursive one
	cyclic  bool // it was called while active, or calls what was
}

// A result is what may come out of a function.
type result struct {
	vals  set  // of parameters and outside variables
	fresh bool // something the function made
	inner set  // what that may hold
}

// An analysis holds what is known across functions during one Loop or Line.
type analysis struct {
	in        *Input
	locs      locs
	funcs     map[*loc]*types.Func // sites that stand for declared functions
	summaries map[ast.Node]*summary
	closures  map[*types.Var]*ast.FuncLit
	bound     map[*loc]*ast.SelectorExpr // sites that stand for method values
	yield     *loc                       // the site that stands for the body of a loop over an iterator
	round     int
	depth     int // summaries being computed
	blocks    []block
	lines     []line
	parts     []string // sizes of parts, widths of columns
	strides   bool     // the loop's own index goes in steps of more than one
	fixed     []string // values that stay, as they can be written before the loop
	windows   map[*ast.SliceExpr]bool
	forms     []form
	trusting  bool // bounds that can be seen before the start are taken for granted
	bounds    []bound
	overlays  map[*types.Info]*types.Info
	noBlocks  bool // the loop's own index is no number
	budget    int  // statements and effects of calls that may still be looked at
	loaded    int  // values that were looked at, since the last of them was counted as such a statement
}

func newAnalysis(in *Input) *analysis {
	a := &analysis{in: in, budget: budget, locs: locs{table: map[string]*loc{}}, funcs: map[*loc]*types.Func{},
		summaries: map[ast.Node]*summary{}, bound: map[*loc]*ast.SelectorExpr{}, windows: map[*ast.SliceExpr]bool{},
		overlays: map[*types.Info]*types.Info{}}
	a.findClosures()
	return a
}

// summaryOf analyses a function declaration or literal. Recursive calls see
// what is known so far; rounds are repeated until nothing is added anywhere.
func (a *analysis) summaryOf(n ast.Node, info *types.Info) *summary {
	s := a.summaries[n]
	if s == nil {
		s = &summary{stamp: -1}
		a.summaries[n] = s
	}
	if s.stamp == a.round || s.stamp >= 0 && a.depth == 0 {
		return s
	}
	a.depth++
	defer func() { a.depth-- }()
	for {
		before := a.size()
		s.stamp, s.active = a.round, true
		a.summarise(s, n, info)
		s.active = false
		if a.depth > 1 || a.size() == before {
			return s
		}
		a.round++
	}
}

func (a *analysis) size() int {
	n := 0
	for _, s := range a.summaries {
		n += len(s.effects) + s.size()
	}
	return n
}

func (s *summary) size() int {
	n := 0
	for _, r := range s.results {
		n += len(r.vals) + len(r.inner)
	}
	return n
}

func (a *analysis) summarise(s *summary, n ast.Node, info *types.Info) {
	w := a.newWalker(info, n)
	w.of, w.params = s, map[types.Object]int{}
	var body *ast.BlockStmt
	var typ *ast.FuncType
	k := 0
	param := func(f *ast.Field) {
		for _, name := range f.Names {
			if o := info.Defs[name]; o != nil {
				if hasRefs(o.Type()) {
					w.put(a.locs.site(o), setOf(a.locs.param(k, o.Type())))
				}
				w.params[o] = k
				if !w.mutated[o] {
					w.index[o] = index{kind: indexParam, n: k}
				}
			}
			k++
		}
		if len(f.Names) == 0 {
			k++
		}
	}
	switch n := n.(type) {
	case *ast.FuncDecl:
		body, typ = n.Body, n.Type
		if n.Recv != nil {
			s.recv = true
			param(n.Recv.List[0])
		}
		w.fn, _ = info.TypeOf(n.Name).(*types.Signature)
		if w.fn == nil {
			if o := info.Defs[n.Name]; o != nil {
				w.fn, _ = o.Type().(*types.Signature)
			}
		}
	case *ast.FuncLit:
		body, typ = n.Body, n.Type
		w.fn, _ = info.TypeOf(n).(*types.Signature)
	}
	for _, f := range typ.Params.List {
		param(f)
	}
	w.run(func() {
		w.block(body)
		w.namedResults(typ)
	})
	s.effects = outward(w.effects)
	s.results = make([]result, len(w.returns))
	for i, vals := range w.returns {
		s.results[i] = w.result(vals)
	}
}

// namedResults: a bare return gives what the result variables hold.
func (w *walker) namedResults(typ *ast.FuncType) {
	if typ.Results == nil {
		return
	}
	var vals []set
	for _, f := range typ.Results.List {
		for _, name := range f.Names {
			vals = append(vals, union(w.content[w.a.locs.site(w.info.Defs[name])]))
		}
	}
	w.addResults(vals)
}

// outward keeps one effect of each kind on each place: the first.
func outward(effects []effect) []effect {
	type id struct {
		kind effectKind
		l    *loc
		name string
	}
	seen := map[id]int{}
	var out []effect
	for _, e := range effects {
		k := id{e.kind, e.l, e.name}
		if i, ok := seen[k]; ok {
			if len(e.vals) > 0 {
				out[i].vals = union(out[i].vals, e.vals)
			}
			continue
		}
		seen[k] = len(out)
		out = append(out, e)
	}
	return out
}

func (w *walker) result(vals set) result {
	r := result{vals: set{}, inner: set{}}
	for v := range vals {
		if v.isSite() {
			r.fresh = true
			for c := range w.reach(setOf(v)) {
				if !c.isSite() {
					r.inner[c] = struct{}{}
				}
			}
			continue
		}
		r.vals[v] = struct{}{}
	}
	return r
}

// apply is a call of a summarised function.
func (w *walker) apply(s *summary, node ast.Node, name string, recv set, args []set, argExprs []ast.Expr) []set {
	full := args
	var exprs []ast.Expr
	if s.recv {
		if recv != nil { // a method expression has the receiver among the arguments
			full = append([]set{recv}, args...)
			exprs = append(receiverOf(node, w.info), argExprs...)
		} else {
			exprs = argExprs
		}
	} else {
		exprs = argExprs
	}
	defer func(was bool) { w.recursive = was }(w.recursive)
	w.recursive = w.of != nil && (s.active || s.cyclic)
	if node != nil {
		w.at = node.Pos()
	}
	if w.recursive {
		w.of.cyclic = true
	}
	for _, e := range slices.Clone(s.effects) {
		w.applyEffect(e, node, name, full, exprs)
	}
	out := make([]set, len(s.results))
	for i, r := range s.results {
		out[i] = w.subst(r.vals, full, exprs)
		if r.fresh {
			site := w.a.locs.site(node)
			w.put(site, w.subst(r.inner, full, exprs))
			out[i][w.a.locs.addrOf(site)] = struct{}{}
		}
	}
	return out
}

func (w *walker) applyEffect(e effect, node ast.Node, name string, args []set, exprs []ast.Expr) {
	w.a.spend()
	e.via = append([]string{name}, e.via...)
	e.node, e.stmt, e.direct = node, nil, false
	if len(e.vals) > 0 {
		e.vals = w.subst(e.vals, args, exprs)
	}
	if e.l == nil {
		if e.kind != effBlock {
			w.emit(e)
		}
		return
	}
	targets := w.subst(setOf(e.l), args, exprs)
	if e.kind == effCallParam {
		fns := targets
		w.callUnordered(fns, e.vals, node)
		return
	}
	for l := range targets {
		if l.isSite() {
			if e.kind == effWrite || e.kind == effSpare || e.kind == effSend {
				w.put(w.a.locs.at(l), e.vals)
			}
			continue
		}
		if e.kind == effWrite && len(e.vals) > 0 {
			if w.stores[l.root] == nil {
				w.stores[l.root] = set{}
			}
			if w.stores[l.root].add(e.vals) {
				w.grew = true
			}
		}
		f := e
		if f.l = w.a.locs.at(l); (e.kind == effSpare || e.kind == effCap) && l.isWindow() {
			f.l = l
		}
		w.emit(f)
	}
}

// subst puts arguments for parameters.
func (w *walker) subst(vals set, args []set, exprs []ast.Expr) set {
	out := set{}
	for v := range vals {
		if v.root.kind != rootParam {
			if !v.isSite() {
				out[w.reindex(v, exprs)] = struct{}{}
			}
			continue
		}
		if v.root.n >= len(args) {
			continue
		}
		cur := w.along(args[v.root.n], v.steps, exprs)
		for l := range cur {
			if v.addr {
				l = w.a.locs.addrOf(l)
			}
			out[l] = struct{}{}
		}
	}
	return out
}

// reindex puts arguments for the parameters that are indices on the way to an
// outside variable's memory.
func (w *walker) reindex(v *loc, exprs []ast.Expr) *loc {
	steps := slices.Clone(v.steps)
	changed := false
	for i, st := range steps {
		if st.index.kind == indexParam || st.index.kind == indexForm {
			steps[i].index = w.argIndex(st, exprs)
			changed = true
		}
	}
	if !changed {
		return v
	}
	out := w.a.locs.get(v.root, steps, v.typ, v.addr)
	out.trail = v.trail
	return out
}

// along takes a callee's path from the argument's values on.
func (w *walker) along(cur set, steps []step, exprs []ast.Expr) set {
	for _, st := range steps {
		if st.index.kind == indexParam || st.index.kind == indexForm {
			st.index = w.argIndex(st, exprs)
		}
		switch st.kind {
		case stepField:
			next := set{}
			for l := range cur {
				if f := fieldOf(l.typ, st.field); f != nil && !l.addr {
					l = w.a.locs.extend(l, st, f.Type())
				}
				next[l] = struct{}{}
			}
			cur = next
		case stepArray:
			next := set{}
			for l := range cur {
				if elem := elemOf(l.typ, stepArray); elem != nil && !l.addr {
					l = w.a.locs.extend(l, st, elem)
				}
				next[l] = struct{}{}
			}
			cur = next
		case stepDeep:
			cur = w.reach(w.loadQuiet(cur))
		case stepAssert:
			cur = w.assert(w.loadQuiet(cur), st.typ)
		default:
			cur = w.follow(w.loadQuiet(cur), st.kind, st.index)
		}
	}
	return cur
}

// loadQuiet gives what places hold, without noting a read.
func (w *walker) loadQuiet(places set) set { return w.load(places, nil, nil, false) }

// argIndex is the index of a callee's step where it is called.
func (w *walker) argIndex(st step, exprs []ast.Expr) index {
	ix, got := st.index, index{}
	switch {
	case ix.kind == indexForm:
		e := ast.Expr(nil)
		if !w.recursive {
			e = w.filled(w.a.forms[ix.n], exprs, w.at)
		}
		if e == nil {
			return index{}
		}
		got = w.indexOf(e)
	case ix.n >= len(exprs) || exprs[ix.n] == nil:
		return index{}
	default:
		got = w.indexOf(exprs[ix.n])
	}
	if got.kind == indexAny || w.recursive && got.off != 0 || st.kind == stepMap && !got.mayBeKey() {
		return index{} // f(n-1) in f means n-2, n-3 and so on, too
	}
	got.off += ix.off
	return got
}

// mayBeKey: the index is told apart from others where it is a map's key, too.
func (ix index) mayBeKey() bool {
	switch ix.kind {
	case indexConst, indexFixed, indexPart, indexModulo, indexBlock:
		return false
	}
	return ix.kind != indexOwn || ix.n == 0
}
