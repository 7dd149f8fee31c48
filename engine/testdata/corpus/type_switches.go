package main

import (
	"fmt"
	"strconv"
)

type A struct{ n int }
type B struct{ n int }
type C float64
type stringer interface{ String() string }

func (b B) String() string { return "B" + strconv.Itoa(b.n) }

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int-ish %v", x)
	case A:
		return "A" + strconv.Itoa(x.n)
	case *A:
		return "*A" + strconv.Itoa(x.n)
	case stringer:
		return "stringer " + x.String()
	case C:
		return fmt.Sprint("C ", float64(x))
	case []A:
		return "[]A " + strconv.Itoa(len(x))
	case map[string]A:
		return "map " + strconv.Itoa(x["k"].n)
	case func() A:
		return "func " + strconv.Itoa(x().n)
	case error:
		return "error " + x.Error()
	case chan A:
		return "chan"
	case [2]int:
		return "array"
	case struct{ n int }:
		return "anon"
	case bool:
		if x {
			return "yes"
		}
	default:
		return fmt.Sprintf("other %T", x)
	}
	return "fell out"
}

func main() {
	vals := []any{nil, 1, int64(2), A{3}, &A{4}, B{5}, C(6), []A{{7}}, map[string]A{"k": {8}},
		func() A { return A{9} }, fmt.Errorf("e"), make(chan A), [2]int{}, struct{ n int }{1}, true, false, 'x', 1.5, B{}, &B{}}
	for _, v := range vals {
		fmt.Println(kind(v))
	}
	var x any = A{1}
	_, isB := x.(B)
	a, isA := x.(A)
	fmt.Println(isB, a, isA, x == any(A{1}), x == any(B{1}), any(C(1)) == any(1.0))
	switch x.(type) {
	case A, B:
		fmt.Println("A or B")
	}
	switch y := x.(type) {
	case fmt.Stringer:
		fmt.Println("no", y)
	}
}
