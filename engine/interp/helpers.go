package interp

import (
	"go/types"

	"github.com/goblaze/goblaze/engine/wire"
)

// helper names a function (or type) that the engine makes over the types.
func (l *lowerer) helper(h wire.Helper, ts ...types.Type) string {
	for _, t := range ts {
		h.Types = append(h.Types, l.wireType(t))
	}
	h.Name = wire.HelperName(h)
	l.funcs.callbacks = l.funcs.callbacks || h.Kind == "bind" || h.Kind == "thunk"
	root := l
	if l.cell != nil {
		root = l.cell
	}
	if root.helped == nil {
		root.helped = map[string]bool{}
	}
	if !root.helped[h.Name] {
		root.helped[h.Name] = true
		root.out.Helpers = append(root.out.Helpers, h)
	}
	return wire.HelpersAlias + "." + h.Name
}

// kind is helper for those that are told by their types alone.
func (l *lowerer) kind(kind string, ts ...types.Type) string {
	return l.helper(wire.Helper{Kind: kind}, ts...)
}

// typeSymbol spells a type that yaegi has no name for, or gets wrong.
func (l *lowerer) typeSymbol(t types.Type) string { return l.kind("type", t) }
