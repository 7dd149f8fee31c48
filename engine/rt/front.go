package rt

import (
	"fmt"
	"strings"

	"github.com/goblaze/goblaze/display"
)

// Addr returns a pointer to a copy of v: generated code uses it to reach a
// field of a value that has no address.
func Addr[T any](v T) *T { return &v }

// DoneTimed is [Done] for a select statement one of whose channels is fed by a
// timer: waiting in it is no deadlock.
func DoneTimed() <-chan struct{} {
	done := Done()
	if o := current(); o != nil && !o.halting {
		o.timed.Store(true)
	}
	return done
}

// ResultOfC is Result for a value whose type cgo gave it: a function of C
// without a result has one of type void, which is nothing to show.
func (c *Cell) ResultOfC(v any) {
	name := fmt.Sprintf("%T", v)
	_, kind, ofC := strings.Cut(name, "._Ctype_")
	if ofC && kind == "void" {
		return
	}
	if ofC && !strings.HasPrefix(name, "*") {
		name = "C." + kind
	}
	c.Result(v, name)
}

// Results keeps the values of a call with several results as the cell's
// result, one after the other; static gives their types.
func (c *Cell) Results(static []string, vals ...any) {
	parts := make([]string, len(vals))
	for i, v := range vals {
		text, _ := display.Of(v, static[i]).Data["text/plain"].(string)
		parts[i] = text
	}
	b := display.Text(strings.Join(parts, " "))
	c.result = &b
}
