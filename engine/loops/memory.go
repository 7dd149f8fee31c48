package loops

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// inPlace registers the memory that is written in place, with the memory that
// might be the same under another name.
func (g *gen) inPlace() *Refusal {
	seen := map[string]bool{}
	add := func(what string, acc access) {
		if acc.l.root.kind != rootVar {
			return
		}
		name := acc.l.root.v.Name()
		s := fmt.Sprintf("gbz_job.%s(%q, &%s, %q%s)", what, acc.l.root.name(), name, spec(acc), g.said(what, acc))
		if !seen[s] {
			seen[s] = true
			g.memory = append(g.memory, s)
		}
	}
	for _, w := range g.sh.own {
		if w.l.root.kind == rootVar && !g.visible(w.l.root.v) {
			return g.a.refuse(w.node.Pos(), w.l.root.name(), "items write "+w.l.root.name()+", which can't be named here, so it can't be put back when an item fails",
				"rename what hides it, or pass it as an argument")
		}
		add("Write", w)
	}
	for _, r := range g.sh.reads {
		switch {
		case r.l.root.kind != rootVar || !g.mayMeet(r) || g.filled(r.l) || r.l.root.v.Pkg() != nil && isStd(r.l.root.v.Pkg()) && r.l.root.v.Pkg() != g.a.in.Pkg:
		case g.visible(r.l.root.v):
			add("Read", r)
		default:
			s := r.l.root.name() + ", which is read, can't be named here: whether it shares memory with what the loop fills is not checked"
			if !slices.Contains(g.sh.warnings, s) {
				g.sh.warnings = append(g.sh.warnings, s)
			}
		}
	}
	g.folded(add)
	g.laterMemory(add)
	return nil
}

// said tells of a place that is written or read in the body where it stands and
// how it is written there.
func (g *gen) said(what string, acc access) string {
	x, ok := acc.node.(ast.Expr)
	if !ok || what != "Write" && what != "Read" || x.Pos() < g.sh.body.Pos() || x.End() > g.sh.body.End() {
		return ""
	}
	if _, isIndex := unparen(x).(*ast.IndexExpr); !isIndex {
		return ""
	}
	_, line, _ := g.a.position(x.Pos())
	return fmt.Sprintf(", \"line %d\", %q", line, g.a.text(x))
}

// visible tells whether the variable's name means it at the loop.
func (g *gen) visible(v *types.Var) bool {
	if strings.HasPrefix(v.Name(), "gbz_") {
		return true
	}
	scope := g.a.in.Pkg.Scope().Innermost(g.sh.stmt.Pos())
	if scope == nil {
		scope = g.a.in.Pkg.Scope()
	}
	_, o := scope.LookupParent(v.Name(), g.sh.stmt.Pos())
	if g.a.in.StandsFor != nil && o != nil {
		o = g.a.in.StandsFor(o)
	}
	return o == types.Object(v)
}

// filled tells whether l is a variable that the loop fills, or lies in one:
// that is checked by the analysis.
func (g *gen) filled(l *loc) bool {
	for _, o := range g.sh.outers {
		if o.l.root != l.root {
			continue
		}
		if l.direct() || o.dims > 0 && o.elementwise() && meets(o.l, l) || o.class >= classBins && len(l.steps) > len(o.l.steps) {
			return true
		}
	}
	return false
}

// folded registers what the fold fills, so that no item reaches it under
// another name, and the spare capacity of slices that are appended to.
func (g *gen) folded(add func(string, access)) {
	for _, o := range g.sh.outers {
		if o.inBins() {
			add("Write", access{l: o.elements(g.a)})
			continue
		}
		hold := access{l: o.l}
		if _, isMap := o.typ.Underlying().(*types.Map); isMap && o.class >= classMapSet {
			hold.l = g.a.locs.extend(o.l, step{kind: stepMap}, elemOf(o.typ, stepMap))
		}
		add("Hold", hold)
		switch o.class {
		case classAppend:
			g.grown(add, o.l, o.typ)
		case classMapAppend:
			elem := elemOf(o.typ, stepMap)
			g.grown(add, g.a.locs.extend(o.l, step{kind: stepMap}, elem), elem)
		}
	}
}

// grown registers what appending to the slice at l writes, its spare capacity, and
// what is read when it moves.
func (g *gen) grown(add func(string, access), l *loc, typ types.Type) {
	elements := access{l: g.a.locs.extend(l, step{kind: stepSlice}, elemOf(typ, stepSlice))}
	add("Spare", elements)
	add("Read", elements)
}

// mayMeet tells whether a read could touch what is written under another
// root: their types allow it.
func (g *gen) mayMeet(r access) bool {
	for _, p := range g.sh.laters {
		for _, t := range p.touched {
			if (contains(r.l.typ, t.typ) || contains(t.typ, r.l.typ)) && (t.root != r.l.root || !independent(t, r.l, 1)) {
				return true
			}
		}
	}
	for _, w := range g.sh.own {
		if contains(r.l.typ, w.l.typ) || contains(w.l.typ, r.l.typ) {
			return true
		}
	}
	for _, o := range g.sh.outers {
		t := o.typ
		if o.inBins() {
			t = o.elements(g.a).typ
		}
		if o.class == classAppend {
			t = elemOf(o.typ, stepSlice)
			if contains(r.l.typ, o.typ) && !r.l.direct() && o.l.root != r.l.root {
				return true
			}
		}
		if o.class >= classMapSet {
			t = elemOf(o.typ, stepMap)
		}
		if (contains(r.l.typ, t) || contains(t, r.l.typ)) && (o.l.root != r.l.root || o.class == classAppend) && !r.l.direct() {
			return true
		}
	}
	return false
}

// contains tells whether memory of type t can hold memory of type u; unknown
// types can.
func contains(t, u types.Type) bool {
	if t == nil || u == nil || types.Identical(t, u) {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Struct:
		for i := range t.NumFields() {
			if contains(t.Field(i).Type(), u) {
				return true
			}
		}
	case *types.Array:
		return contains(t.Elem(), u)
	}
	return types.Identical(t.Underlying(), u.Underlying())
}

// spec writes a path for engine/parallel (see parallel.Job.Write).
func spec(acc access) string {
	var out []string
	steps := acc.l.steps
	if acc.spare { // the slice itself, not its elements
		steps = steps[:len(steps)-1]
	}
	for _, s := range steps {
		switch s.kind {
		case stepField:
			out = append(out, "."+s.field)
		case stepDeref:
			out = append(out, "*")
		case stepAssert:
			out = append(out, "()")
		case stepDeep:
			out = append(out, "...")
		default:
			switch s.index.kind {
			case indexOwn:
				if s.index.n > 0 {
					out = append(out, fmt.Sprintf("l%d%+d", s.index.n-1, s.index.off))
					break
				}
				out = append(out, fmt.Sprintf("i%+d", s.index.off))
			case indexRow:
				out = append(out, fmt.Sprintf("y%+d", s.index.off))
			case indexColumn:
				out = append(out, fmt.Sprintf("x%+d", s.index.off))
			case indexBlock:
				out = append(out, fmt.Sprintf("b%d%+d", s.index.n, s.index.off))
			case indexPart:
				out = append(out, fmt.Sprintf("p%d%+d", s.index.n, s.index.off))
			case indexModulo:
				out = append(out, fmt.Sprintf("m%d%+d", s.index.n, s.index.off))
			case indexFixed:
				out = append(out, fmt.Sprintf("f%d%+d", s.index.n, s.index.off))
			case indexConst:
				out = append(out, fmt.Sprintf("=%d", s.index.off))
			default:
				out = append(out, "[]")
			}
		}
	}
	if acc.spare {
		out = append(out, "cap")
	}
	return strings.Join(out, " ")
}
