package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type temporary interface{ Temporary() bool }
type netErr struct {
	op    string
	temp  bool
	cause error
}

func (e *netErr) Error() string {
	if e.cause != nil {
		return e.op + ": " + e.cause.Error()
	}
	return e.op
}
func (e *netErr) Temporary() bool { return e.temp }
func (e *netErr) Unwrap() error   { return e.cause }
func (e *netErr) Is(t error) bool { o, ok := t.(*netErr); return ok && o.op == e.op }
func isTemp(err error) bool       { var t temporary; return errors.As(err, &t) && t.Temporary() }

func main() {
	root := io.ErrUnexpectedEOF
	e := fmt.Errorf("ctx: %w", &netErr{"read", true, &netErr{"conn", false, root}})
	fmt.Println(e, isTemp(e), isTemp(root), errors.Is(e, io.ErrUnexpectedEOF))
	fmt.Println(errors.Is(e, &netErr{op: "conn"}), errors.Is(e, &netErr{op: "x"}))
	for err := error(e); err != nil; err = errors.Unwrap(err) {
		fmt.Printf("%T ", err)
	}
	fmt.Println()
	j := errors.Join(e, nil, errors.New("two"))
	fmt.Printf("%v\n%q\n", j, strings.Split(j.Error(), "\n")[1])
}
