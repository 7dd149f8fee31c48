package symbols

import (
	"errors"
	"reflect"

	"github.com/traefik/yaegi/interp"
)

// errorUnwrapper stands for an interpreted error that has an Unwrap method, so that errors.Is and errors.As go on behind
// it. yaegi's own wrapper knows Error only.
type errorUnwrapper struct {
	IValue  any
	WError  func() string
	WUnwrap any // func() error or func() []error: yaegi matches methods by name alone
}

func (e errorUnwrapper) Error() string { return e.WError() }

// Unwrap gives the error behind this one; several are joined, which Is and As walk in the same order.
func (e errorUnwrapper) Unwrap() error {
	switch unwrap := e.WUnwrap.(type) {
	case func() error:
		return unwrap()
	case func() []error:
		return errors.Join(unwrap()...)
	}
	return nil // another method of that name
}

// errorWrapper returns the symbol under which every interpreter holds yaegi's own, unexported wrapper of error.
func errorWrapper() reflect.Value { return interp.New(interp.Options{}).Symbols("")[""]["_error"] }
