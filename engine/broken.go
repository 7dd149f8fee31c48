package engine

import (
	"fmt"
	"maps"
	"strings"
)

// A breakage says why a declaration no longer compiles.
type breakage struct {
	why string // the checker's words, "" when nothing is broken
	by  string // the broken name it uses, "" when the fault is its own
}

// brokenNames returns what no longer compiles by name, with what a cell that is
// being checked breaks.
func (s *Session) brokenNames(c *checked) map[string]breakage {
	all := maps.Clone(s.broken)
	for d, b := range c.broken {
		for _, n := range d.names {
			all[n] = b
		}
	}
	return all
}

// missing returns the name, or Type.method, that a message says is not
// declared, "" when it says something else.
func missing(msg string) string {
	if m := noMethod.FindStringSubmatch(msg); m != nil {
		return m[1] + "." + m[2]
	}
	name, _ := strings.CutPrefix(msg, "undefined: ")
	if name == msg {
		return ""
	}
	return name
}

// root returns the broken name behind a message, "" when there is none.
func root(msg string, broken map[string]breakage) string {
	name := missing(msg)
	b, ok := broken[name]
	if !ok {
		return ""
	}
	if b.by != "" {
		return b.by
	}
	return name
}

// explain words why a name can't be used, and what to do.
func (b breakage) explain(name string, broken map[string]breakage) (msg, hint string) {
	if by, ok := broken[b.by]; ok {
		return fmt.Sprintf("%s no longer compiles since %s, which it uses, does not: %s", name, b.by, by.why), by.remedy(b.by) + "; " + name + " then follows"
	}
	return name + " no longer compiles since what it uses was declared again: " + b.why, b.remedy(name)
}

// remedy says what makes a broken name compile again.
func (b breakage) remedy(name string) string {
	if t := oldAndNew(b.why); t != "" {
		return "declare what holds values of the old " + t + " again; " + name + " then follows"
	}
	return "declare " + name + " again"
}

// toldBreakages is how many broken declarations a note names.
const toldBreakages = 5

// noteBroken says under the cell what it broke, in the order of declaration.
func (s *Session) noteBroken(p *prepared) {
	var text strings.Builder
	users := map[string][]string{}
	var roots []*decl
	for _, d := range s.decls.order {
		b, ok := p.checked.broken[d]
		switch {
		case !ok || d.broken: // it was before
		case b.by != "":
			users[b.by] = append(users[b.by], d.names...)
		default:
			roots = append(roots, d)
		}
	}
	for i, d := range roots {
		if i == toldBreakages {
			fmt.Fprintf(&text, "note: %d more declarations no longer compile\n", len(roots)-i)
			break
		}
		name, b := d.names[0], p.checked.broken[d]
		fmt.Fprintf(&text, "note: %s no longer compiles: %s; %s", name, b.why, b.remedy(name))
		if u := users[name]; len(u) > 0 {
			verb := "follow"
			if len(u) == 1 {
				verb = "follows"
			}
			fmt.Fprintf(&text, "; %s then %s", strings.Join(u, ", "), verb)
		}
		text.WriteString("\n")
	}
	if text.Len() > 0 {
		p.cell.out.Stream("stderr", text.String())
	}
}
