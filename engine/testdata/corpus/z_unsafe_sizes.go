package main

import (
	"fmt"
	"unsafe"
)

type packed struct {
	a bool
	b int64
	c bool
}
type tight struct {
	b    int64
	a, c bool
}
type hidden struct {
	x int32
	y int32
}

func main() {
	fmt.Println(unsafe.Sizeof(packed{}), unsafe.Sizeof(tight{}), unsafe.Offsetof(packed{}.c), unsafe.Alignof(int64(0)))
	h := hidden{1, 2}
	p := (*[2]int32)(unsafe.Pointer(&h))
	p[1] = 99
	fmt.Println(h.y, *(*int32)(unsafe.Add(unsafe.Pointer(&h), 4)))
	s := []byte("hello")
	str := unsafe.String(&s[0], 3)
	fmt.Println(str, len(unsafe.Slice(unsafe.StringData(str), 2)))
	const sz = unsafe.Sizeof(hidden{})
	var arr [sz]int
	fmt.Println(len(arr), unsafe.Sizeof(struct {
		a int8
		b int16
	}{}))
}
