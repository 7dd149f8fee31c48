package server

import (
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/host/straight"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// runStraight runs statements that need no yaegi.
func (s *statements) runStraight(c *rt.Cell, p wire.Statements) {
	prog, err := s.program(p)
	if err != nil {
		c.Stop(&rt.Failure{Kind: wire.KindRefused, Text: err.Error()})
		return
	}
	line := p.Line
	guarded(c, &line, func() { prog.Run(c, &line) })
}

// program makes code ready to run.
func (s *statements) program(p wire.Statements) (*straight.Program, error) {
	vars := make([]reflect.Value, 0, len(p.New)+len(p.Vars))
	for _, v := range p.New {
		ptr, err := newVariable(v, s.symbols)
		if err != nil {
			return nil, err
		}
		vars = append(vars, ptr)
	}
	for _, v := range p.Vars {
		t, err := typeOfVariable(v, s.symbols)
		if err != nil {
			return nil, err
		}
		ptr, err := variable(v, t)
		if err != nil {
			return nil, err
		}
		vars = append(vars, ptr)
	}
	for _, h := range p.Helpers {
		if s.made[h.Name].IsValid() {
			continue
		}
		v, err := makeHelper(h, s.symbols)
		if err != nil {
			return nil, fmt.Errorf("helper %s: %w", h.Kind, err)
		}
		s.made[h.Name] = v
	}
	return straight.Compile(p.Code, p.CodeTypes, vars, s)
}

// Helper implements straight.World.
func (s *statements) Helper(name string) (reflect.Value, bool) {
	v := s.made[name]
	return v, v.IsValid()
}

// Type implements straight.World.
func (s *statements) Type(t wire.Type) (reflect.Type, error) { return typeOf(t, s.symbols) }

// Std implements straight.World: a package's names are what they are for yaegi.
func (s *statements) Std(path, name string) (reflect.Value, bool) {
	if v, ok := s.prints[path+"/shared"][name]; ok {
		return v, true
	}
	v, ok := packageOf(s.symbols, path)[name]
	return v, ok
}

// Unit implements straight.World.
func (s *statements) Unit(path, name string) (reflect.Value, bool) {
	u, ok := rt.Lookup(path)
	if !ok || u.Funcs[name] == nil {
		return reflect.Value{}, false
	}
	return reflect.ValueOf(u.Funcs[name]), true
}
