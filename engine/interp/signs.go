package interp

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// yaegi leaves an argument of an interpreted function out whose value reflect
// calls zero, and -0.0 is such a value. So who calls with a float gives a NaN of
// our own for it, and the function takes that for what it stands for.

// keepSign returns an argument for a parameter of type t, whose sign is kept if
// it is a zero.
func (l *lowerer) keepSign(text string, t types.Type) string {
	if !isFloat(t) {
		return text
	}
	name := l.temp(text)
	l.keptSign(&l.b, name, t)
	return name
}

// keptSign writes the same for a variable.
func (l *lowerer) keptSign(to *strings.Builder, name string, t types.Type) {
	if isFloat(t) {
		x := l.basic(t, name)
		fmt.Fprintf(to, "if %s == 0 { %s = %s }\n", x, name, l.rename(t, "gbz_rt."+wire.KeepSign+bits(t)+"("+x+")"))
	}
}

// signed writes the look at a parameter.
func (l *lowerer) signed(name string, t types.Type) {
	if isFloat(t) {
		x := l.basic(t, name)
		l.line("if %s != %s { %s = %s }", x, x, name, l.rename(t, "gbz_rt."+wire.Signed+bits(t)+"("+x+")"))
	}
}

func isFloat(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0
}

// bits are those of a float type.
func bits(t types.Type) string {
	if t.Underlying().(*types.Basic).Kind() == types.Float32 {
		return "32"
	}
	return "64"
}
