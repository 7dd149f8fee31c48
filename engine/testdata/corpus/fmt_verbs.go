package main

import (
	"fmt"
	"os"
)

type inner struct {
	n int
	s string
}

type outer struct {
	inner
	p   *inner
	arr [2]bool
	m   map[string]int
	f   func()
	e   error
	any
}

type temp float64

func (t temp) Format(s fmt.State, verb rune) { fmt.Fprintf(s, "%.1f°%c", float64(t), verb) }

type secret string

func (secret) GoString() string { return "secret(***)" }

type color int

func (c color) String() string { return [...]string{"red", "green"}[c] }

func main() {
	o := outer{inner: inner{1, "x"}, arr: [2]bool{true}, m: map[string]int{"b": 2, "a": 1}, any: 5}
	fmt.Printf("%v\n%+v\n", o, o)
	fmt.Printf("%#v\n", o.inner)
	fmt.Printf("%T %T %T\n", o, o.p, []*outer{})
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%U|%q\n", 42, 42, 42, 255, 255, 8, 5, 'A', 0x1F600, 'x')
	fmt.Printf("%8.3f|%-8.2f|%e|%g|%G\n", 3.14159, 2.5, 12345.678, 1e21, 1e-7)
	fmt.Printf("%s|%10s|%-10s|%q|%x|% x|%.2s\n", "go", "go", "go", "a\"b\n", "hi", "hi", "golang")
	fmt.Printf("%t|%v|%p|%v\n", true, nil, nil, struct{}{})
	fmt.Printf("%v %d %s %#v\n", color(1), color(1), color(0), color(0))
	fmt.Printf("%v %s %#v\n", temp(36.6), []temp{1}, secret("pw"))
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%*d|%-*d|\n", 5, 1, 4, 2)
	fmt.Printf("%!|%d %z\n", "str", 1)
	fmt.Printf("%6.2f%%\n", 99.5)
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0), fmt.Sprintln("x", 1))
	fmt.Fprintf(os.Stdout, "%v %v\n", []byte("hi"), [3]byte{1, 2, 3})
	fmt.Printf("%v %+v %#v\n", []any{1, "a", nil, 2.5}, map[color]inner{1: {1, "z"}}, []string{"q"})
	fmt.Printf("%v %v\n", &o.inner, &[]int{1})
	fmt.Printf("%#v %#v %#v\n", 1.0, "s", map[string]bool{"t": true})
	fmt.Printf("%#v\n", []inner{{1, "a"}})
	fmt.Printf("%08b %#x %#o %+d\n", 5, 255, 8, 7)
	var ip *int
	fmt.Printf("%v %t\n", ip, ip == nil)
	var n int
	var w string
	k, err := fmt.Sscanf("12 abc", "%d %s", &n, &w)
	fmt.Println(k, err, n, w)
}
