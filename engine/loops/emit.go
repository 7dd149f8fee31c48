package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A gen writes the parallel form of one loop.
type gen struct {
	a       *analysis
	sh      *shape
	edits   []edit
	decls   []string          // before the body: what all chunks share
	reset   []string          // before every run
	locals  []string          // at the start of a chunk
	item    []string          // at the start of an item
	flush   []string          // at the end of a chunk, under the job's lock
	fold    []string          // after a run, for each part
	foldPre []string          // after a run, before and
	foldEnd []string          // after the parts
	commit  []string          // after the last run
	memory  []string          // what is written in place, read, and filled
	imports map[string]string // path → name, of types that are written out
	parts   bool
}

// An edit replaces source between two positions.
type edit struct {
	lo, hi token.Pos
	text   string
}

func (a *analysis) emitLoop(sh *shape) (*Plan, *Refusal) {
	g := &gen{a: a, sh: sh}
	if ref := g.outers(); ref != nil {
		return nil, ref
	}
	for _, p := range sh.laters {
		g.putOff(p)
	}
	g.sendLogs()
	g.windowEdits()
	if ref := g.inPlace(); ref != nil {
		return nil, ref
	}
	return g.plan(g.loop()), nil
}

func (g *gen) plan(source string) *Plan {
	p := &Plan{Source: source, Warnings: g.sh.warnings, Notes: g.sh.notes, Prints: g.sh.prints, External: len(g.sh.external) > 0,
		Imports: map[string]string{"gbz_parallel": parallelPath, "gbz_vectorizer": vectorizerPath}}
	for path, name := range g.imports {
		p.Imports[name] = path
	}
	for _, o := range g.sh.outers {
		p.Writes = append(p.Writes, o.text)
	}
	for _, l := range g.sh.laters {
		for _, t := range l.touched {
			if name := t.root.name(); !slices.Contains(p.Writes, name) {
				p.Writes = append(p.Writes, name)
			}
		}
	}
	for _, w := range g.sh.own {
		if name := w.l.root.name(); !slices.Contains(p.Writes, name) {
			p.Writes = append(p.Writes, name)
		}
	}
	return p
}

func (g *gen) typ(t types.Type) string {
	q := g.a.in.Qualifier
	if q == nil {
		q = func(p *types.Package) string {
			if p == g.a.in.Pkg {
				return ""
			}
			if g.imports == nil {
				g.imports = map[string]string{}
			}
			g.imports[p.Path()] = p.Name()
			return p.Name()
		}
	}
	return types.TypeString(types.Default(t), q)
}

func (g *gen) add(list *[]string, format string, args ...any) {
	*list = append(*list, fmt.Sprintf(format, args...))
}

func (g *gen) rename(nodes []ast.Expr, to string) {
	for _, n := range nodes {
		g.edits = append(g.edits, edit{n.Pos(), n.End(), to})
	}
}

// part declares a list of chunk results and puts the chunk's into it.
func (g *gen) part(name, typ, value string) {
	g.parts = true
	g.add(&g.decls, "var %s []%s", name, typ)
	g.add(&g.reset, "%s = nil", name)
	g.add(&g.flush, "%s = append(%s, %s)", name, name, value)
}

// outers writes how each variable the loop fills is gathered and folded.
func (g *gen) outers() *Refusal {
	for _, o := range g.sh.outers {
		switch o.class {
		case classAppend:
			g.appended(o)
		case classReduce:
			g.reduced(o)
		case classMinMax:
			n := o.id
			g.rename(o.nodes, fmt.Sprintf("gbz_a%d", n))
			g.add(&g.locals, "gbz_a%d := %s", n, o.text)
			g.part(fmt.Sprintf("gbz_p%d", n), g.typ(o.typ), fmt.Sprintf("gbz_a%d", n))
			g.add(&g.fold, "%s = %s(%s, gbz_p%d[gbz_k])", o.text, o.fold, o.text, n)
		case classGuard:
			g.guarded(o)
		case classPrivate:
			if ref := g.private(o); ref != nil {
				return ref
			}
		case classMapSet, classMapOp, classMapAppend:
			g.mapped(o)
		case classBins:
			g.binned(o)
		case classBestBins, classMapBest:
			g.keptByKey(o)
		}
		if len(o.l.steps) == 0 || o.class != classPrivate {
			g.add(&g.memory, "gbz_job.Fill(%q, &%s)", o.text, o.text)
		}
	}
	return nil
}

func (g *gen) appended(o *outerVar) {
	n := o.id
	if !o.slot {
		name := fmt.Sprintf("gbz_a%d", n)
		g.rename(o.nodes, name)
		typ, k := g.gathered(o, o.typ)
		g.add(&g.locals, "var %s %s", name, typ)
		g.part(fmt.Sprintf("gbz_p%d", n), typ, name)
		g.add(&g.fold, "%s", appendAll(o.text, fmt.Sprintf("gbz_p%d[gbz_k]", n), k))
		return
	}
	as := o.stmts[0].(*ast.AssignStmt)
	arg := unparen(as.Rhs[0]).(*ast.CallExpr).Args[1]
	g.edits = append(g.edits, edit{as.Pos(), arg.Pos(), fmt.Sprintf("gbz_b%d[gbz_i] = ", n)}, edit{arg.End(), as.End(), ""})
	g.add(&g.decls, "var gbz_b%d []%s", n, g.typ(o.typ.Underlying().(*types.Slice).Elem()))
	g.add(&g.reset, "gbz_b%d = make([]%s, gbz_n)", n, g.typ(o.typ.Underlying().(*types.Slice).Elem()))
	g.add(&g.foldPre, "%s", appendAll(o.text, fmt.Sprintf("gbz_b%d", n), 1))
}

func (g *gen) reduced(o *outerVar) {
	n := o.id
	_, info := basicInfo(o.typ)
	if info&(types.IsFloat|types.IsComplex) != 0 {
		g.summed(o, info)
		return
	}
	name := fmt.Sprintf("gbz_a%d", n)
	g.rename(o.nodes, name)
	g.add(&g.locals, "var %s %s", name, g.typ(o.typ))
	switch o.op {
	case token.MUL:
		g.add(&g.locals, "%s = 1", name)
	case token.LAND:
		g.add(&g.locals, "%s = true", name)
	case token.AND:
		g.add(&g.locals, "%s = ^%s", name, name)
	}
	g.part(fmt.Sprintf("gbz_p%d", n), g.typ(o.typ), name)
	if o.pre {
		g.add(&g.fold, "%s = gbz_p%d[gbz_k] + %s", o.text, n, o.text)
		return
	}
	if o.op == token.LAND || o.op == token.LOR {
		g.add(&g.fold, "%s = %s %s gbz_p%d[gbz_k]", o.text, o.text, o.op, n)
		return
	}
	g.add(&g.fold, "%s %s= gbz_p%d[gbz_k]", o.text, o.op, n)
}

// summed: one number an item, folded in the order of the items. The item's
// number starts at the value that leaves every other exactly as it is: -0.
func (g *gen) summed(o *outerVar, info types.BasicInfo) {
	n := o.id
	name := fmt.Sprintf("gbz_b%d", n)
	g.rename(o.nodes, name+"[gbz_i]")
	t := g.typ(o.typ)
	g.add(&g.decls, "var %s []%s", name, t)
	g.add(&g.reset, "%s = make([]%s, gbz_n)", name, t)
	zero := "1"
	if o.op == token.ADD {
		zero = fmt.Sprintf("gbz_z%d", n)
		value := "gbz_parallel.NegZero()"
		if info&types.IsComplex != 0 {
			value = "complex(gbz_parallel.NegZero(), gbz_parallel.NegZero())"
		}
		g.add(&g.decls, "gbz_z%d := %s(%s)", n, t, value)
	}
	g.add(&g.item, "%s[gbz_i] = %s", name, zero)
	g.add(&g.foldPre, "for gbz_i := range %s { %s %s= %s[gbz_i] }", name, o.text, o.op, name)
}

func (g *gen) guarded(o *outerVar) {
	n, h := o.id, o.guard.id
	name := fmt.Sprintf("gbz_a%d", n)
	g.rename(o.nodes, name)
	g.add(&g.locals, "%s := %s", name, o.text)
	g.part(fmt.Sprintf("gbz_p%d", n), g.typ(o.typ), name)
	if o != o.guard.vars[len(o.guard.vars)-1] {
		return
	}
	flag := fmt.Sprintf("gbz_h%d", h)
	g.add(&g.locals, "%s := false", flag)
	lb := o.guard.stmt.Body.Lbrace + 1
	g.edits = append(g.edits, edit{lb, lb, " " + flag + " = true; "})
	g.part(fmt.Sprintf("gbz_ph%d", h), "bool", flag)
	g.forced(o.guard, flag, lb)
	var lhs, rhs []string
	for _, v := range o.guard.vars {
		lhs = append(lhs, v.text)
		rhs = append(rhs, fmt.Sprintf("gbz_p%d[gbz_k]", v.id))
	}
	g.add(&g.fold, "if gbz_ph%d[gbz_k] && (%s) { %s = %s }", h, g.takes(o.guard), strings.Join(lhs, ", "), strings.Join(rhs, ", "))
}

// forced notes where an item is kept whatever was before, and keeps the first
// item of a chunk: what was there before the loop says nothing about it.
func (g *gen) forced(gd *guard, flag string, lb token.Pos) {
	open, closed := "", ""
	if gd.forced != nil {
		name := fmt.Sprintf("gbz_f%d", gd.id)
		g.add(&g.locals, "%s := false", name)
		g.edits = append(g.edits, edit{lb, lb, fmt.Sprintf("if %s { %s = true }; ", g.a.source(gd.forced), name)})
		g.part(fmt.Sprintf("gbz_pf%d", gd.id), "bool", name)
		open, closed = "(!"+flag+" || ", ")"
	}
	if (gd.forced != nil || gd.empty != nil) && gd.float(g.a.in.Info) {
		item := g.a.source(gd.item)
		open, closed = fmt.Sprintf("(gbz_parallel.Number(%s == %s) && (", item, item)+open, closed+"))"
	}
	lo, hi := gd.state.Pos(), gd.state.End()
	g.edits = append(g.edits, edit{lo, lo, open}, edit{hi, hi, closed})
}

// takes is the condition under which a chunk's item takes the place of what is
// kept.
func (g *gen) takes(gd *guard) string {
	if gd.cmp == nil {
		return g.a.source(gd.state)
	}
	part := types.ExprString(gd.with(gd.best, func(p pair) string {
		i := slices.IndexFunc(gd.vars, func(v *outerVar) bool { return v.text == p.text })
		return fmt.Sprintf("gbz_p%d[gbz_k]", gd.vars[i].id)
	}))
	x, y := part, types.ExprString(gd.best)
	if gd.best == gd.cmp.X {
		x, y = y, x
	}
	text := fmt.Sprintf("%s %s %s", x, gd.cmp.Op, y)
	switch {
	case gd.forced != nil:
		return fmt.Sprintf("gbz_pf%d[gbz_k] || %s", gd.id, text)
	case gd.empty != nil:
		return fmt.Sprintf("%s || %s", g.a.source(gd.empty), text)
	}
	return text
}

// private gives every chunk its own variable of the same name.
func (g *gen) private(o *outerVar) *Refusal {
	n := o.id
	g.add(&g.locals, "%s := %s; _ = %s", o.text, o.text, o.text)
	if o.always {
		g.add(&g.decls, "gbz_l%d := %s", n, o.text)
		g.add(&g.flush, "if gbz_hi == gbz_n { gbz_l%d = %s }", n, o.text)
		g.add(&g.foldPre, "if gbz_n > 0 { %s = gbz_l%d }", o.text, n)
		return nil
	}
	listed := listedStmts(g.sh.body)
	g.add(&g.locals, "gbz_s%d := false", n)
	for _, s := range o.stmts {
		if !listed[s] {
			return g.a.refuse(s.Pos(), o.text, "only some iterations write "+o.text+", in the head of a statement", "write it in a statement of its own")
		}
		g.edits = append(g.edits, edit{s.Pos(), s.Pos(), fmt.Sprintf("gbz_s%d = true; ", n)})
	}
	g.part(fmt.Sprintf("gbz_ps%d", n), "bool", fmt.Sprintf("gbz_s%d", n))
	g.part(fmt.Sprintf("gbz_p%d", n), g.typ(o.typ), o.text)
	g.add(&g.fold, "if gbz_ps%d[gbz_k] { %s = gbz_p%d[gbz_k] }", n, o.text, n)
	return nil
}

// listedStmts are the statements before which another may be put.
func listedStmts(body *ast.BlockStmt) map[ast.Stmt]bool {
	out := map[ast.Stmt]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		}
		for _, s := range list {
			out[s] = true
		}
		return true
	})
	return out
}

func (g *gen) mapped(o *outerVar) {
	n := o.id
	m := o.typ.Underlying().(*types.Map)
	if o.class == classMapOp && !exactMapOp(o.op, m.Elem()) {
		g.mapList(o, m)
		return
	}
	name := fmt.Sprintf("gbz_a%d", n)
	g.rename(o.nodes, name)
	typ, k := g.typ(o.typ), 0
	if o.class == classMapAppend {
		list, each := g.gathered(o, m.Elem())
		typ, k = fmt.Sprintf("map[%s]%s", g.typ(m.Key()), list), each
	}
	g.add(&g.locals, "%s := make(%s)", name, typ)
	g.part(fmt.Sprintf("gbz_p%d", n), typ, name)
	stmt := fmt.Sprintf("%s[gbz_key] = gbz_v", o.text)
	switch o.class {
	case classMapOp:
		stmt = fmt.Sprintf("%s[gbz_key] %s= gbz_v", o.text, o.op)
	case classMapAppend:
		stmt = fmt.Sprintf("gbz_t := %s[gbz_key]; %s; %s[gbz_key] = gbz_t", o.text, appendAll("gbz_t", "gbz_v", k), o.text)
	}
	g.add(&g.fold, "for gbz_key, gbz_v := range gbz_p%d[gbz_k] { %s }", n, stmt)
}

// mapList lists keys and values of m[k] op= v where the order matters.
func (g *gen) mapList(o *outerVar, m *types.Map) {
	n := o.id
	keys, vals := fmt.Sprintf("gbz_k%d", n), fmt.Sprintf("gbz_a%d", n)
	kt, vt := "[]"+g.typ(m.Key()), "[]"+g.typ(m.Elem())
	g.add(&g.locals, "var %s %s; var %s %s", keys, kt, vals, vt)
	g.part(fmt.Sprintf("gbz_pk%d", n), kt, keys)
	g.part(fmt.Sprintf("gbz_p%d", n), vt, vals)
	for _, s := range o.stmts {
		g.listStmt(s, keys, vals)
	}
	g.add(&g.fold, "for gbz_j := range gbz_pk%d[gbz_k] { %s[gbz_pk%d[gbz_k][gbz_j]] %s= gbz_p%d[gbz_k][gbz_j] }", n, o.text, n, o.op, n)
}

// listStmt makes s list its key and its value.
func (g *gen) listStmt(s ast.Stmt, keys, vals string) {
	lhs, val, sign := changed(s)
	ix := unparen(lhs).(*ast.IndexExpr)
	g.edits = append(g.edits, edit{s.Pos(), ix.Index.Pos(), fmt.Sprintf("%s, %s = append(%s, ", keys, vals, keys)})
	if val == nil {
		g.edits = append(g.edits, edit{ix.Index.End(), s.End(), fmt.Sprintf("), append(%s, %s1)", vals, sign)})
		return
	}
	g.edits = append(g.edits, edit{ix.Index.End(), val.Pos(), fmt.Sprintf("), append(%s, %s(", vals, sign)}, edit{val.End(), s.End(), "))"})
}

// sendLogs lists what is sent, and where to, and sends after the loop.
func (g *gen) sendLogs() {
	if len(g.sh.sends) == 0 {
		return
	}
	g.add(&g.locals, "var gbz_ss []int")
	g.part("gbz_pss", "[]int", "gbz_ss")
	var cases, heads []string
	for i, s := range g.sh.sends {
		ct := g.a.in.Info.TypeOf(s.Chan)
		elem := g.typ(ct.Underlying().(*types.Chan).Elem())
		g.add(&g.locals, "var gbz_sc%d []%s; var gbz_sv%d []%s", i, g.typ(ct), i, elem)
		g.part(fmt.Sprintf("gbz_psc%d", i), "[]"+g.typ(ct), fmt.Sprintf("gbz_sc%d", i))
		g.part(fmt.Sprintf("gbz_psv%d", i), "[]"+elem, fmt.Sprintf("gbz_sv%d", i))
		g.edits = append(g.edits,
			edit{s.Pos(), s.Chan.Pos(), fmt.Sprintf("gbz_ss, gbz_sc%d, gbz_sv%d = append(gbz_ss, %d), append(gbz_sc%d, ", i, i, i, i)},
			edit{s.Chan.End(), s.Value.Pos(), fmt.Sprintf("), append(gbz_sv%d, ", i)}, edit{s.Value.End(), s.End(), ")"})
		heads = append(heads, fmt.Sprintf("gbz_j%d := 0", i))
		cases = append(cases, fmt.Sprintf("case %d: gbz_psc%d[gbz_k][gbz_j%d] <- gbz_psv%d[gbz_k][gbz_j%d]; gbz_j%d++", i, i, i, i, i, i))
	}
	g.add(&g.commit, "for _, gbz_k := range gbz_job.Parts() { %s; for _, gbz_s := range gbz_pss[gbz_k] { switch gbz_s { %s } } }",
		strings.Join(heads, "; "), strings.Join(cases, "; "))
}

// edited is the body's source with the edits applied; the number of lines
// stays as it is.
func (g *gen) edited(lo, hi token.Pos, edits []edit) string {
	f := g.a.in.Fset.File(lo)
	slices.SortStableFunc(edits, func(x, y edit) int {
		if x.lo != y.lo {
			return int(x.lo - y.lo)
		}
		return int(x.hi - y.hi)
	})
	var b strings.Builder
	src := g.a.in.Src
	at := f.Offset(lo)
	for _, e := range edits {
		from, to := f.Offset(e.lo), f.Offset(e.hi)
		if from < at {
			continue // the same place twice
		}
		b.Write(src[at:from])
		b.WriteString(e.text)
		b.WriteString(strings.Repeat("\n", strings.Count(string(src[from:to]), "\n")))
		at = to
	}
	b.Write(src[at:f.Offset(hi)])
	return b.String()
}

// marker is a line directive for pos.
func (g *gen) marker(pos token.Pos) string {
	if g.a.in.File == "" {
		return ""
	}
	_, line, col := g.a.position(pos)
	return fmt.Sprintf("/*line %s:%d:%d*/", g.a.in.File, line, col)
}
