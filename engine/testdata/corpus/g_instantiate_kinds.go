package main

import (
	"errors"
	"fmt"
	"unsafe"
)

type box[T any] struct{ v T }

func kind[T any](x T) string {
	switch any(x).(type) {
	case int:
		return "int"
	case []T:
		return "slice of T"
	case box[int]:
		return "box[int]"
	case error:
		return "error"
	case func() T:
		return "func"
	}
	return fmt.Sprintf("%T", x)
}
func zero[T any]() (z T)   { return }
func size[T any]() uintptr { var x T; return unsafe.Sizeof(x) }

func main() {
	fmt.Println(kind(1), kind(box[int]{}), kind(box[string]{}), kind(errors.New("x")), kind(any(nil)), kind([]int{}))
	fmt.Printf("%v %q %v %+v %v\n", zero[int](), zero[string](), zero[*int](), zero[box[map[string]int]](), zero[error]() == nil)
	fmt.Println(size[int32](), size[box[[4]int16]](), size[struct {
		a bool
		b int64
	}]())
}
