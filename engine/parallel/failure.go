package parallel

import (
	"errors"
	"fmt"

	"github.com/goblaze/goblaze/vectorizer"
)

// CellFailure gives the engine the error that fails the cell, with how far the
// run got, and a stack (as debug.Stack writes it): of the panic of an item, or
// else of the loop.
func (f *Failure) CellFailure() (err error, stack []byte) {
	var item *vectorizer.ItemError
	if !errors.As(f.Err, &item) {
		return f.Err, f.stack
	}
	stack = item.Stack
	if stack == nil {
		stack = f.stack
	}
	var all *vectorizer.ItemErrors
	switch {
	case f.report == nil:
		return f.Err, stack
	case errors.As(f.Err, &all) || f.report.Workers == 0:
		return fmt.Errorf("%w\n%s", f.Err, f.report.Outcome()), stack
	}
	return fmt.Errorf("%w\non worker %d; %s", f.Err, item.Worker, f.report.Outcome()), stack
}
