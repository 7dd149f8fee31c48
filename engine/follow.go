package engine

import (
	"go/types"
	"regexp"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

// A checked is a cell's types, with what its declarations do to earlier cells.
type checked struct {
	unit *check.Unit
	// extra are the declarations of earlier cells that follow.
	extra []check.Chunk
	// broken says why declarations of earlier cells can't follow; they become
	// unusable with the cell.
	broken map[*decl]breakage
}

// check types the chunks together with the declarations of earlier cells that
// must follow.
func (s *Session) check(chunks []check.Chunk) (*checked, error) {
	replaced := map[string]bool{}
	changed := map[types.Object]bool{}
	for _, ch := range chunks {
		if ch.Kind == check.Stmt || ch.Kind == check.Import {
			continue // it declares nothing that others follow by its name
		}
		names, recv := chunkNames(ch)
		if base := s.receiverBase(recv, chunks); base != recv {
			names = append(names, base+strings.TrimPrefix(names[0], recv))
		}
		for _, n := range names {
			replaced[n] = true
			if d := s.decls.byName[n]; d != nil && ch.Kind != check.Var {
				for _, o := range d.objs {
					if o.Name() == n {
						changed[o] = true
					}
				}
			}
		}
	}
	varTypes := map[string]string{}
	for round := 0; ; round++ {
		deps := s.decls.dependents(changed, replaced)
		c, err := s.checkWith(chunks, deps, varTypes)
		if err != nil {
			return nil, err
		}
		grown := false
		for old := range c.unit.Retyped {
			// Who uses the variable hands on values of its new type.
			grown = grown || !changed[old]
			changed[old] = true
		}
		for _, v := range c.unit.Vars {
			varTypes[v.Name()] = types.TypeString(v.Type(), qualifier)
			replaced[v.Name()] = true
			old := s.scope[v.Name()]
			if old == nil || changed[old] || s.keepsObject(old, v) {
				continue
			}
			changed[old] = true
			grown = true
		}
		if !grown || round > 8 {
			return c, nil
		}
	}
}

// receiverBase returns the name of the type that a method's receiver stands
// for: that of the type itself when it is an alias, here or in the session.
func (s *Session) receiverBase(recv string, chunks []check.Chunk) string {
	for range 10 { // an alias of itself is an error that the checker words
		next := aliasOf(recv, chunks)
		if t, ok := s.scope[recv].(*types.TypeName); next == "" && ok && t.IsAlias() {
			u := types.Unalias(t.Type())
			if p, isPtr := u.(*types.Pointer); isPtr {
				u = types.Unalias(p.Elem())
			}
			if n, isNamed := u.(*types.Named); isNamed && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "main" {
				next = n.Obj().Name()
			}
		}
		if next == "" {
			break
		}
		recv = next
	}
	return recv
}

// qualifier writes types of cells without a package.
func qualifier(p *types.Package) string {
	if p.Path() == "main" {
		return ""
	}
	return p.Name()
}

// keepsObject reports whether a variable declared again leaves the code that
// uses it as it is: its type is the same.
func (s *Session) keepsObject(old types.Object, v *types.Var) bool {
	ov, ok := old.(*types.Var)
	return ok && types.Identical(ov.Type(), v.Type())
}

// checkWith checks chunks beside dependents; a dependent that does not compile
// is left out.
func (s *Session) checkWith(chunks []check.Chunk, deps []*decl, varTypes map[string]string) (*checked, error) {
	c := &checked{broken: map[*decl]breakage{}}
	for {
		req := check.Request{Chunks: chunks, Scope: s.scope, Imports: s.imports, Dots: s.dots, Importer: s.importer, VarTypes: varTypes,
			Suggest: suggest, Paths: stdinfo.Paths}
		gone := map[string]bool{}
		for _, d := range deps {
			if _, broken := c.broken[d]; !broken {
				req.Extra = append(req.Extra, d.chunk)
				continue
			}
			for _, n := range d.names {
				gone[n] = true
			}
		}
		req.Retype = s.retyper(append(req.Extra[:len(req.Extra):len(req.Extra)], chunks...))
		if len(gone) > 0 {
			req.Scope = map[string]types.Object{}
			for n, o := range s.scope {
				if !gone[n] {
					req.Scope[n] = o
				}
			}
		}
		u, err := check.Check(req)
		if err == nil {
			c.unit, c.extra = u, req.Extra
			return c, nil
		}
		list, ok := err.(check.ErrorList)
		if !ok {
			return nil, err
		}
		if !s.breakDependents(c, deps, list) {
			return nil, s.explainBroken(c, list)
		}
	}
}

// breakDependents notes the dependents that the errors stand in; false when
// all errors are the cell's own.
func (s *Session) breakDependents(c *checked, deps []*decl, list check.ErrorList) bool {
	found := false
	for _, e := range list {
		for _, d := range deps {
			if _, broken := c.broken[d]; !broken && d.contains(e) {
				c.broken[d] = breakage{why: s.relabel(e).Error(), by: root(e.Msg, s.brokenNames(c))}
				found = true
			}
		}
	}
	return found
}

func (d *decl) contains(e check.Error) bool {
	return e.File == d.chunk.File && e.Line >= d.chunk.Line && e.Line <= d.chunk.Line+strings.Count(d.chunk.Text, "\n")
}

// twoTypes finds the types that a message says do not fit.
var twoTypes = []*regexp.Regexp{
	regexp.MustCompile(`of (?:\w+ )?type (\S+)\) as (\S+) value`),
	regexp.MustCompile(`mismatched types (\S+) and (\S+)\)`),
}

// oldAndNew returns the name of the type whose older declaration is what does
// not fit, "" when a message is about something else.
func oldAndNew(msg string) string {
	for _, re := range twoTypes {
		if m := re.FindStringSubmatch(msg); m != nil && m[1] == m[2] {
			return strings.TrimLeft(m[1], "*[]")
		}
	}
	return ""
}

// noMethod finds the type and the method that a selection wants.
var noMethod = regexp.MustCompile(`\(type \*?(\w+)(?:\[.*\])? has no field or method (\w+)\)`)

// explainBroken says of an undefined name that was once declared why it is no
// more.
func (s *Session) explainBroken(c *checked, list check.ErrorList) error {
	broken := s.brokenNames(c)
	for i, e := range list {
		if t := oldAndNew(e.Msg); t != "" && e.Hint == "" {
			list[i].Hint = "one of them is " + t + " as it was before it was declared again with other fields: declare what holds such values again, too"
			if pkg, _, other := strings.Cut(t, "."); other {
				list[i].Hint = "two packages are called " + pkg + ": what an earlier cell declared holds to the one it imported; declare it again, or import one under another name"
			}
		}
		name := missing(e.Msg)
		if b, ok := broken[name]; ok {
			list[i].Msg, list[i].Hint = b.explain(name, broken)
		}
	}
	return list
}
