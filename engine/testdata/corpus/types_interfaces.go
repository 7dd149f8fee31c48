package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

type shape interface {
	area() float64
	Name() string
}

type named interface{ Name() string }

type sized interface {
	shape
	named
	fmt.Stringer
}

type rect struct{ w, h float64 }

func (r rect) area() float64  { return r.w * r.h }
func (r rect) Name() string   { return "rect" }
func (r rect) String() string { return fmt.Sprintf("%gx%g", r.w, r.h) }

type circle struct{ r float64 }

func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) Name() string  { return "circle" }

type reader struct{ s string }

func (r *reader) Read(b []byte) (int, error) {
	if r.s == "" {
		return 0, io.EOF
	}
	n := copy(b, r.s[:1])
	r.s = r.s[1:]
	return n, nil
}

func total(ss ...shape) (t float64) {
	for _, s := range ss {
		t += s.area()
	}
	return
}

func main() {
	shapes := []shape{rect{2, 3}, &circle{2}}
	fmt.Println(total(shapes...), total())
	for _, s := range shapes {
		switch v := s.(type) {
		case sized:
			fmt.Println("sized", v, v.area())
		case *circle:
			fmt.Println("circle", v.r)
		}
	}
	var n named = shapes[1]
	if _, ok := n.(sized); !ok {
		fmt.Println("circle is not sized")
	}
	if r, ok := n.(shape).(*circle); ok {
		fmt.Println(r.r, r == shapes[1])
	}
	var e interface{ area() float64 } = rect{1, 1}
	fmt.Printf("%T %v\n", e, e.area())
	b, err := io.ReadAll(&reader{"abc"})
	fmt.Println(string(b), err)
	var nilShape shape
	fmt.Println(nilShape == nil, errors.Is(io.EOF, io.EOF))
	var r io.Reader = strings.NewReader("x")
	_, isStr := r.(fmt.Stringer)
	fmt.Println(isStr)
}
