package engine

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// commit makes a checked cell's declarations and imports the session's.
// Variables follow when their declarations have run.
func (s *Session) commit(p *prepared) {
	s.commitImports(p.check)
	s.commitBroken(p)
	s.seesCallers = s.seesCallers || seesCallers(p.check)
	path := ""
	if p.pkg != nil {
		p.unit, path = s.unitFor(p.pkg), p.pkg.Path
		for _, key := range p.pkg.Instances {
			s.instances[key] = path
		}
	}
	s.keepBodies(p.check)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range p.decls {
		d.unit = p.unit
		s.decls.put(d)
		for i, o := range d.objs {
			name := d.names[min(i, len(d.names)-1)]
			if o.Name() != "_" {
				name = o.Name()
				s.scope[name] = o
				if p.pkg != nil {
					s.homes[o] = path
				}
				delete(s.imports, name)
			}
			delete(s.broken, name)
		}
	}
	s.retype(p)
}

func (s *Session) commitImports(u *check.Unit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, im := range u.Imports {
		if im.Name == "." && !slices.Contains(s.dots, im.Path) {
			s.dots = append(s.dots, im.Path)
		}
		if im.Name == "_" || im.Name == "." || im.Path == "C" || strings.HasPrefix(im.Name, "gbz") {
			continue
		}
		s.imports[im.Name] = im.Path
		if o := s.scope[im.Name]; o != nil {
			delete(s.scope, im.Name)
		}
	}
	for _, im := range u.Added {
		s.imports[im.Name] = im.Path
	}
}

// commitAdded makes the imports the session's that a timed statement left out:
// a note told of them.
func (s *Session) commitAdded(u *check.Unit) { s.commitImports(&check.Unit{Added: u.Added}) }

// commitVar makes a variable the session's, once its declaration has run, and
// returns the storage that the name stood for before.
func (s *Session) commitVar(p *prepared, v *types.Var, id string) (old []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := v.Name()
	obj, _ := s.scope[name].(*types.Var)
	if obj == nil || !types.Identical(obj.Type(), v.Type()) {
		obj = types.NewVar(v.Pos(), p.check.Pkg, name, v.Type())
		types.NewScope(types.Universe, token.NoPos, token.NoPos, "session").Insert(obj)
	}
	s.kept[v] = obj
	for _, d := range p.decls {
		if d.uses[v] {
			delete(d.uses, v)
			d.uses[obj] = true
		}
	}
	delete(s.imports, name)
	delete(s.broken, name)
	if d := s.decls.byName[name]; d != nil {
		s.decls.drop(name)
	}
	if was := s.vars[obj]; was != nil && !was.lost {
		old = append(old, was.id)
	}
	s.scope[name] = obj
	s.vars[obj] = &variable{id: id, obj: obj, cell: p.cell.Count}
	return old
}

func (s *Session) newVarID(name string) string {
	s.nextVar++
	return name + "#" + strconv.Itoa(s.nextVar)
}

// commitBroken makes the declarations that can't follow a checked cell
// unusable, and says so.
func (s *Session) commitBroken(p *prepared) {
	s.noteBroken(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	for d, why := range p.checked.broken {
		d.broken = true
		for _, n := range d.names {
			s.broken[n] = why
			delete(s.scope, n)
		}
	}
}
