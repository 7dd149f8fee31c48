package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

type opened struct {
	Name string
	Err  error
}

func (o opened) Error() string { return "open " + o.Name + ": " + o.Err.Error() }
func (o opened) Unwrap() error { return o.Err }

type several struct{ Errs []error }

func (s several) Error() string   { return fmt.Sprint(len(s.Errs), " errors") }
func (s several) Unwrap() []error { return s.Errs }

type bare struct{}

func (bare) Error() string { return "bare" }

type unusual struct{}

func (unusual) Error() string        { return "unusual" }
func (unusual) Unwrap(depth int) int { return depth }

func main() {
	err := fmt.Errorf("reading: %w", opened{"a", fs.ErrNotExist})
	fmt.Println(err, errors.Is(err, fs.ErrNotExist), errors.Is(err, io.EOF))
	err = fmt.Errorf("all: %w", several{[]error{io.EOF, fs.ErrExist}})
	fmt.Println(err, errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist))
	var pe *fs.PathError
	err = fmt.Errorf("deep: %w", opened{"b", &fs.PathError{Op: "read", Path: "x", Err: io.ErrUnexpectedEOF}})
	fmt.Println(errors.As(err, &pe), pe.Path, errors.Is(err, io.ErrUnexpectedEOF))
	fmt.Println(errors.Unwrap(fmt.Errorf("x: %w", bare{})), errors.Is(fmt.Errorf("x: %w", bare{}), io.EOF))
	err = fmt.Errorf("y: %w", unusual{})
	fmt.Println(err, errors.Is(err, io.EOF))
	fmt.Println(errors.Join(io.EOF, fs.ErrClosed))
}
