package main

import (
	"fmt"
	"os"
	"strings"
)

var (
	counter   int
	handlers  = map[string]func(...string) string{}
	logf      = func(f string, a ...any) { fmt.Fprintf(out, "["+prefix+"] "+f+"\n", a...) }
	out       = os.Stdout
	prefix    = strings.Repeat("=", width)
	width     = 2 + len(levels)
	levels    = [...]string{"dbg", "inf"}
	ptr       = &counter
	x, y      = 1, "two"
	a, b, err = triple()
	matrix    [2][3]float64
	anyVal    any = counter
	_             = register("first", func(s ...string) string { return strings.Join(s, "+") })
)

var point = struct{ x, y int }{1, 2}

func triple() (int, string, error) { return 7, "seven", nil }

func register(n string, f func(...string) string) bool {
	handlers[n] = f
	counter++
	return true
}

func init() {
	register("second", func(s ...string) string { return fmt.Sprint(len(s), y) })
}

func bump() int { counter++; *ptr += 10; return counter }

func swapXY() (string, int) { return y, x }

func main() {
	logf("%d handlers", len(handlers))
	fmt.Println(handlers["first"]("p", "q"), handlers["second"]("r"))
	fmt.Println(bump(), counter, *ptr, anyVal)
	fmt.Println(a, b, err, x, y, width, prefix)
	s, n := swapXY()
	fmt.Println(s, n)
	x, a = a, x
	fmt.Println(x, a)
	matrix[1][2] = 2.5
	for _, row := range matrix {
		fmt.Print(row)
	}
	fmt.Println()
	point.x, point.y = point.y, point.x
	fmt.Println(point, levels[1:])
	old := logf
	logf = func(f string, a ...any) { old("new "+f, a...) }
	logf("%s", "msg")
	p2 := ptr
	ptr = new(int)
	bump()
	fmt.Println(*p2, *ptr, counter)
	counter, x = 5, counter
	fmt.Println(counter, x)
}
