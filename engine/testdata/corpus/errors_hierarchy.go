package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
)

var errNotFound = errors.New("not found")

type opError struct {
	op  string
	err error
}

func (e *opError) Error() string { return e.op + ": " + e.err.Error() }
func (e *opError) Unwrap() error { return e.err }

type codeError int

func (c codeError) Error() string        { return "code " + strconv.Itoa(int(c)) }
func (c codeError) Is(target error) bool { return target == errNotFound && c == 404 }

func open(name string) error {
	switch name {
	case "":
		return &opError{"open", errNotFound}
	case "404":
		return &opError{"get", codeError(404)}
	case "multi":
		return errors.Join(errNotFound, codeError(500), nil)
	}
	return nil
}

func main() {
	for _, n := range []string{"", "404", "multi", "ok"} {
		err := open(n)
		var oe *opError
		var ce codeError
		fmt.Println(n, err, errors.Is(err, errNotFound), errors.As(err, &oe), errors.As(err, &ce), ce)
		if oe != nil {
			fmt.Println("  op", oe.op, oe.err == errNotFound)
		}
	}
	w := fmt.Errorf("layer2: %w", fmt.Errorf("layer1: %w and %w", errNotFound, fs.ErrExist))
	fmt.Println(w, errors.Is(w, fs.ErrExist), errors.Unwrap(errors.Unwrap(w)))
	if ce, ok := errors.AsType[codeError](open("multi")); ok {
		fmt.Println("AsType", int(ce))
	}
	_, err := os.Open("/no/such/file")
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path, errors.Is(err, os.ErrNotExist))
	_, err = strconv.Atoi("12x")
	fmt.Println(err)
	var nilOp *opError
	var asErr error = nilOp
	fmt.Println(asErr == nil, nilOp == nil)
	fmt.Printf("%v|%+v|%q|%T\n", open(""), open("404"), open(""), open("multi"))
}
