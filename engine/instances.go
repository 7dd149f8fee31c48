package engine

import (
	"go/ast"
	"go/types"

	cellplan "github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// Instance implements plan.World.
func (s *Session) Instance(key string) (string, bool) {
	path, ok := s.instances[key]
	return path, ok
}

// Body implements plan.World.
func (s *Session) Body(fn *types.Func) (*ast.FuncDecl, *types.Info, bool) {
	b, ok := s.bodies.funcs[fn.Origin()]
	return b.decl, b.info, ok
}

// Code implements plan.World: declarations by their bodies, and statements in
// which functions are written, and reports whether that is all.
func (s *Session) Code(visit func(root ast.Node, info *types.Info)) bool {
	for _, b := range s.bodies.funcs {
		visit(b.decl, b.info)
	}
	for _, c := range s.bodies.written {
		visit(c.root, c.info)
	}
	return !s.bodies.forgot
}

// wireLimits are a plan's limits in terms of storage.
func (s *Session) wireLimits(limits []cellplan.Limit) []wire.Limit {
	var out []wire.Limit
	for _, l := range limits {
		if id, ok := s.storageOf(l.Var); ok {
			out = append(out, wire.Limit{Var: id, Max: l.Max})
		}
	}
	return out
}
