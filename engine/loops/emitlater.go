package loops

import (
	"fmt"
	"go/types"
	"strings"
)

// putOff writes how the items list what a piece needs, and how the piece goes
// over the lists.
func (g *gen) putOff(p *later) {
	if len(p.sites) == 1 {
		names, vars, text := g.site(p, p.sites[0], 0, "gbz_j")
		each := "gbz_j := "
		if len(names) == 0 {
			each = ""
			names = []string{g.list(p, 0, "bool")}
			g.edits = append(g.edits, edit{p.sites[0].pos(), p.sites[0].pos(), names[0] + " = append(" + names[0] + ", true); "})
		}
		g.add(&g.fold, "for %srange gbz_p%s[gbz_k] {\n%s{\n%s\n}\n}", each, names[0][4:], vars, text)
		return
	}
	order := g.list(p, 0, "int")
	n := 1
	heads, cases := "", ""
	for i, s := range p.sites {
		j := fmt.Sprintf("gbz_j%d", i)
		names, vars, text := g.site(p, s, n, j)
		n += len(names)
		g.edits = append(g.edits, edit{s.pos(), s.pos(), fmt.Sprintf("%s = append(%s, %d); ", order, order, i)})
		if len(names) > 0 {
			heads += j + " := 0\n"
			text += "\n" + j + "++"
		}
		cases += fmt.Sprintf("case %d:\n%s%s\n", i, vars, text)
	}
	g.add(&g.fold, "{\n%sfor _, gbz_s := range gbz_p%s[gbz_k] {\nswitch gbz_s {\n%s}\n}\n}", heads, order[4:], cases)
}

// list declares list n of a piece.
func (g *gen) list(p *later, n int, t string) string {
	name := fmt.Sprintf("gbz_d%d_%d", p.id, n)
	g.add(&g.locals, "var %s []%s", name, t)
	g.part("gbz_p"+name[4:], "[]"+t, name)
	return name
}

// site makes the items list what a site needs, in lists from number n on, and
// writes the site with element j of the lists.
func (g *gen) site(p *later, s *site, n int, j string) (names []string, vars, text string) {
	list := func(t string) string {
		names = append(names, g.list(p, n+len(names), t))
		return names[len(names)-1]
	}
	at := func(name string) string { return "gbz_p" + name[4:] + "[gbz_k][" + j + "]" }
	item := ""
	for _, v := range s.vars {
		name := list(g.typ(v.Type()))
		item += fmt.Sprintf("%s = append(%s, %s); ", name, name, v.Name())
		vars += fmt.Sprintf("%s := %s; _ = %s\n", v.Name(), at(name), v.Name())
	}
	var places []edit
	from := s.pos()
	for _, e := range s.operands {
		open, closed, t := "", "", g.typ(g.a.in.Info.TypeOf(e))
		switch {
		case e == s.spread:
			t = "[]" + g.typ(sliceElem(g.a.in.Info.TypeOf(e)))
			open, closed = "append("+t+"(nil), ", "...)"
		case s.bins[e] != "":
			t, open, closed = "int", "gbz_parallel.Bin(int(", "), len("+s.bins[e]+"))"
		}
		name := list(t)
		g.edits = append(g.edits, edit{from, e.Pos(), item + name + " = append(" + name + ", " + open})
		item, from = closed+"); ", e.End()
		places = append(places, edit{e.Pos(), e.End(), at(name)})
	}
	g.edits = append(g.edits, edit{from, s.till(), strings.TrimSuffix(item, "; ")})
	return names, vars, g.marker(s.pos()) + g.edited(s.pos(), s.till(), places)
}

// sliceElem is the type of the elements of a slice, or of the bytes of a string.
func sliceElem(t types.Type) types.Type {
	if st, ok := t.Underlying().(*types.Slice); ok {
		return st.Elem()
	}
	return types.Typ[types.Byte]
}

// laterMemory registers what the pieces that come later write.
func (g *gen) laterMemory(add func(string, access)) {
	for _, p := range g.sh.laters {
		for _, t := range p.touched {
			switch {
			case p.spares[t]:
				add("Spare", access{l: t})
				add("Read", access{l: t})
			case !t.named():
				add("Write", access{l: t})
			default:
				g.add(&g.memory, "gbz_job.Fill(%q, &%s)", t.name(), t.name())
				add("Hold", access{l: t})
			}
		}
	}
}
