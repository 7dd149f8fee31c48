package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// methodValue writes x.m as a value: compiled code binds the receiver, as it is
// now, to the method.
func (l *lowerer) methodValue(x *ast.SelectorExpr, sel *types.Selection) string {
	text := l.method(x, sel)
	dot := strings.LastIndexByte(text, '.')
	recv, name := text[:dot], text[dot+1:]
	return l.temp(l.helper(wire.Helper{Kind: "methodvalue", Text: name}, l.u.Info.TypeOf(x)) + "(" + recv + ")")
}
