package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// loop puts the parts together.
func (g *gen) loop() string {
	var b strings.Builder
	sh := g.sh
	raw := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p := func(format string, args ...any) { raw("%s", g.here(fmt.Sprintf(format, args...))) }
	p("{")
	if sh.label != "" {
		p("if false { goto %s }", sh.label)
	}
	p("gbz_job := gbz_parallel.Begin(%q)", g.a.in.Key)
	for _, s := range g.prepare() {
		p("%s", s)
	}
	for _, b := range g.a.blocks {
		p("gbz_job.Block(%s)", strings.Join(b.factors, ", "))
	}
	for _, l := range g.a.lines {
		if l.list != "" {
			p("gbz_job.LineList(%s)", l.list)
		} else {
			p("gbz_job.Line(%s, %v)", l.base, l.back)
		}
	}
	for _, size := range g.a.parts {
		p("gbz_job.PartSize(%s)", size)
	}
	if k := g.skipped(); k != "" {
		p("gbz_job.Skip(%s)", k)
	}
	for _, b := range g.a.bounds {
		_, line, _ := g.a.position(b.pos)
		p("gbz_job.Within(%s, %s, %q)", b.top, b.size, fmt.Sprintf("line %d: the index within a row stays below %s = %%d, and a row has %s = %%d elements, so items may meet in each other's rows; keep it below %s", line, b.top, b.size, b.size))
	}
	for _, value := range g.a.fixed {
		p("gbz_job.Fixed(%s)", value)
	}
	for _, s := range append(g.decls, g.memory...) {
		p("%s", s)
	}
	p("gbz_job.Reset = func() {\n%s\n}", strings.Join(g.reset, "\n"))
	p("gbz_job.Body = func(gbz_w *gbz_vectorizer.Worker, gbz_lo, gbz_hi int) {")
	for _, s := range g.locals {
		p("%s", s)
	}
	raw("%s", g.chunkLoop("gbz_lo", "gbz_hi", "if gbz_w.Stopped() { return }\ngbz_w.Index = gbz_i", g.item, g.edits))
	if len(g.flush) > 0 {
		p("gbz_job.Lock()")
		if g.parts {
			p("gbz_job.Part(gbz_lo)")
		}
		p("%s\ngbz_job.Unlock()", strings.Join(g.flush, "\n"))
	}
	p("}")
	p("gbz_job.Fold = func() {\n%s", strings.Join(g.foldPre, "\n"))
	if len(g.fold) > 0 {
		p("for _, gbz_k := range gbz_job.Parts() {\n%s\n}", strings.Join(g.fold, "\n"))
	}
	p("%s\n}", strings.Join(append(g.foldEnd, g.outerVars()...), "\n"))
	if len(g.commit) > 0 {
		p("gbz_job.Commit = func() {\n%s\n}", strings.Join(g.commit, "\n"))
	}
	if g.a.in.Options.Each != "" {
		p("%s", g.each())
	}
	if g.a.in.Options.Compare {
		raw("gbz_job.Sequential = func() {\n%s\n%s}", g.chunkLoop("0", "gbz_n", "gbz_job.Index = gbz_i", nil, nil), g.here(strings.Join(g.outerVars(), "\n")+"\n"))
	}
	p("gbz_job.Run(gbz_n)")
	b.WriteString("}" + g.marker(sh.stmt.End()))
	return b.String()
}

// here places generated text at the loop's own line, so that a panic or a
// blocked goroutine in it is told of there. Text that may hold the cell's own
// lines in a literal or comment gets one mark.
func (g *gen) here(text string) string {
	mark := g.marker(g.sh.stmt.Pos())
	if strings.Contains(text, "`") || strings.Contains(text, "/*") {
		return mark + text
	}
	return mark + strings.ReplaceAll(text, "\n", "\n"+mark)
}

// chunkLoop is the loop over the items lo … hi-1.
func (g *gen) chunkLoop(lo, hi, head string, item []string, edits []edit) string {
	label := ""
	if g.sh.label != "" {
		label = g.sh.label + ":\n"
	}
	body := g.sh.body
	before := g.here(fmt.Sprintf("%sfor gbz_i := %s; gbz_i < %s; gbz_i++ {\n%s\n%s", label, lo, hi, head, strings.Join(append(g.vars(), item...), "\n")))
	return fmt.Sprintf("%s\n%s%s\n}", before, g.marker(body.Lbrace), g.edited(body.Lbrace, body.Rbrace+1, edits))
}

// prepare evaluates what is ranged over, once, and counts the items.
func (g *gen) prepare() []string {
	sh := g.sh
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	x := ""
	if sh.x != nil {
		x = g.a.source(sh.x)
	}
	text := "gbz_x[gbz_i]"
	if slices.ContainsFunc(sh.own, func(acc access) bool { return acc.l.root.v == sh.items }) { // the item is what the body makes of it
		text = "gbz_i"
	}
	switch sh.kind {
	case overSlice:
		add("gbz_x := %s\ngbz_n := len(gbz_x)\ngbz_job.Own(0, 1)", x)
	case overArray:
		add("gbz_x := %s\ngbz_n := len(gbz_x)\ngbz_job.Own(0, 1)", x)
	case overMap:
		m := sh.xt.Underlying().(*types.Map)
		add("gbz_m := %s\nvar gbz_key []%s\nvar gbz_x []%s", x, g.typ(m.Key()), g.typ(m.Elem()))
		add("for gbz_k, gbz_v := range gbz_m { gbz_key, gbz_x = append(gbz_key, gbz_k), append(gbz_x, gbz_v) }\ngbz_n := len(gbz_x)")
		text = "gbz_key[gbz_i]"
	case overInt:
		add("gbz_n := gbz_parallel.Count(0, int(%s), 1, false)\ngbz_job.Own(0, 1)", x)
		text = "gbz_i"
	case overString:
		add("var gbz_key []int\nvar gbz_x []rune")
		add("for gbz_k, gbz_v := range %s { gbz_key, gbz_x = append(gbz_key, gbz_k), append(gbz_x, gbz_v) }\ngbz_n := len(gbz_x)\ngbz_job.OwnList(gbz_key)", x)
		text = "string(gbz_x[gbz_i])"
	case overChan:
		add("var gbz_x []%s\ngbz_c := %s", g.typ(sh.xt.Underlying().(*types.Chan).Elem()), x)
		add("gbz_drain:\nfor { select { case gbz_v, gbz_ok := <-gbz_c: if !gbz_ok { break gbz_drain }\ngbz_x = append(gbz_x, gbz_v)\ncase <-gbz_job.Done(): gbz_job.Stop() } }\ngbz_n := len(gbz_x)")
	case overSeq0:
		add("gbz_n := 0\nfor range %s { gbz_n++; gbz_job.Check() }", x)
		text = "gbz_i"
	case overSeq, overSeq2:
		out = append(out, g.drainSeq(x))
	case counted:
		add("gbz_a := int(%s)\ngbz_n := gbz_parallel.Count(gbz_a, int(%s), %d, %v)\ngbz_job.Own(gbz_a, %d)", g.a.source(sh.init), g.a.source(sh.bound),
			sh.step, sh.op == token.LEQ || sh.op == token.GEQ, sh.step)
		text = fmt.Sprintf("gbz_a + gbz_i*%d", sh.step)
	case countedList:
		out = append(out, g.listCounted())
		text = "gbz_v0[gbz_i]"
	}
	add("gbz_job.Text = func(gbz_i int) string { return gbz_parallel.Text(%s) }", text)
	return out
}

func (g *gen) drainSeq(x string) string {
	sig := g.sh.xt.Underlying().(*types.Signature).Params().At(0).Type().Underlying().(*types.Signature)
	if g.sh.kind == overSeq {
		return fmt.Sprintf("var gbz_x []%s\nfor gbz_v := range %s { gbz_x = append(gbz_x, gbz_v); gbz_job.Check() }\ngbz_n := len(gbz_x)", g.typ(sig.Params().At(0).Type()), x)
	}
	return fmt.Sprintf("var gbz_key []%s\nvar gbz_x []%s\nfor gbz_k, gbz_v := range %s { gbz_key, gbz_x = append(gbz_key, gbz_k), append(gbz_x, gbz_v); gbz_job.Check() }\ngbz_n := len(gbz_x)",
		g.typ(sig.Params().At(0).Type()), g.typ(sig.Params().At(1).Type()), x)
}

// listCounted runs the loop's head alone and lists its variables.
func (g *gen) listCounted() string {
	f := g.sh.stmt.(*ast.ForStmt)
	var lists, names []string
	s := ""
	for i, v := range g.sh.vars {
		s += fmt.Sprintf("var gbz_v%d []%s\n", i, g.typ(v.Type()))
		lists = append(lists, fmt.Sprintf("gbz_v%d", i))
		names = append(names, fmt.Sprintf("append(gbz_v%d, %s)", i, v.Name()))
	}
	s += fmt.Sprintf("for %s; %s; %s { %s = %s; gbz_job.Check() }\ngbz_n := len(gbz_v0)", g.a.source(f.Init), g.a.source(f.Cond), g.a.source(f.Post),
		strings.Join(lists, ", "), strings.Join(names, ", "))
	if g.sh.key != nil {
		s += "\ngbz_job.OwnList(gbz_parallel.Ints(gbz_v0))"
	}
	return s
}

// vars declares the loop's variables for one item.
func (g *gen) vars() []string {
	sh := g.sh
	var out []string
	set := func(v *types.Var, value string) {
		if v != nil && v.Name() != "_" {
			out = append(out, fmt.Sprintf("%s := %s; _ = %s", v.Name(), value, v.Name()))
		}
	}
	switch sh.kind {
	case overSlice, overArray:
		set(sh.key, "gbz_i")
		set(sh.val, "gbz_x[gbz_i]")
	case overMap, overString, overSeq2:
		set(sh.key, "gbz_key[gbz_i]")
		set(sh.val, "gbz_x[gbz_i]")
	case overInt:
		if sh.key != nil {
			set(sh.key, g.typ(sh.key.Type())+"(gbz_i)")
		}
	case overChan, overSeq:
		set(sh.key, "gbz_x[gbz_i]")
	case counted:
		set(sh.key, fmt.Sprintf("gbz_a + gbz_i*%d", sh.step))
	case countedList:
		for i, v := range sh.vars {
			set(v, fmt.Sprintf("gbz_v%d[gbz_i]", i))
		}
	}
	return out
}

// outerVars leaves loop variables that were declared outside as the loop
// would.
func (g *gen) outerVars() []string {
	sh := g.sh
	if !sh.outer || sh.kind == countedList {
		return nil
	}
	if sh.kind == counted {
		return []string{fmt.Sprintf("%s = gbz_a + gbz_n*%d", sh.key.Name(), sh.step)}
	}
	var out []string
	for _, s := range g.vars() {
		assign, _, _ := strings.Cut(s, ";")
		out = append(out, strings.Replace(assign, ":=", "=", 1))
	}
	if len(out) == 0 {
		return nil
	}
	return []string{"if gbz_i := gbz_n - 1; gbz_i >= 0 {\n" + strings.Join(out, "\n") + "\n}"}
}
