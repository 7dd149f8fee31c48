package parallel

import (
	"errors"

	"github.com/goblaze/goblaze/vectorizer"
)

// CellFailure gives the engine the error that fails the cell and, when an item
// panicked, the stack of that panic (as debug.Stack writes it).
func (f *Failure) CellFailure() (err error, stack []byte) {
	var item *vectorizer.ItemError
	if errors.As(f.Err, &item) {
		stack = item.Stack
	}
	return f.Err, stack
}
