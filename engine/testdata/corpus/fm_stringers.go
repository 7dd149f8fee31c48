package main

import (
	"errors"
	"fmt"
	"strconv"
)

type id int

func (i id) String() string { return fmt.Sprintf("#%03d", int(i)) }

type ptrOnly struct{ n int }

func (p *ptrOnly) String() string { return "ptr" + strconv.Itoa(p.n) }

type wrapErr struct{ error }
type holder struct {
	i      id
	p      *ptrOnly
	v      ptrOnly
	list   []id
	m      map[id]id
	e      error
	nested struct{ a id }
}
type gos struct{ secret string }

func (gos) GoString() string { return "gos!" }

type fmtr struct{}

func (fmtr) Format(s fmt.State, v rune) {
	w, ok := s.Width()
	fmt.Fprint(s, "fmtr", string(v), w, ok, s.Flag('+'))
}

type recur struct {
	self *recur
	n    int
}

func main() {
	h := holder{1, &ptrOnly{2}, ptrOnly{3}, []id{4, 5}, map[id]id{6: 7}, nil, struct{ a id }{8}}
	h.p = nil
	fmt.Printf("%v\n%+v\n", h, h)
	fmt.Println([]id{1}, [2]id{2, 3}, map[string]id{"k": 9}, &h.v, h.v, []*ptrOnly{nil}[0] == nil)
	fmt.Printf("%d %s %v %x %05d %q\n", id(7), id(7), id(7), id(17), id(7), id(7))
	fmt.Printf("%#v %v %+v %8v %T\n", gos{"s"}, fmtr{}, fmtr{}, fmtr{}, fmtr{})
	fmt.Printf("%v %+v\n", recur{nil, 1}, struct {
		A any
		b bool
	}{id(3), errors.New("w") == nil})
	fmt.Printf("%s %v %d\n", errors.New("x"), []error{errors.New("y")}, []any{id(1), "a", nil})
}
