package parallel

import (
	"errors"
	"fmt"

	"github.com/goblaze/goblaze/vectorizer"
)

// CellFailure gives the engine the error that fails the cell, with how far the
// run got, and a stack (as debug.Stack writes it): of the panic of an item, or
// else of the loop.
func (f *Failure) CellFailure() (stack []byte, err error) {
	var item *vectorizer.ItemError
	if !errors.As(f.Err, &item) {
		return f.stack, f.Err
	}
	stack = item.Stack
	if stack == nil {
		stack = f.stack
	}
	stack = f.job.withLine(stack, f.Err)
	var all *vectorizer.ItemErrors
	switch {
	case f.report == nil:
		return stack, f.Err
	case errors.As(f.Err, &all) || f.report.Workers == 0:
		return stack, fmt.Errorf("%w\n%s", f.Err, f.report.Outcome())
	}
	return stack, fmt.Errorf("%w\non worker %d; %s", f.Err, item.Worker, f.report.Outcome())
}
