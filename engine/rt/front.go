package rt

import (
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
