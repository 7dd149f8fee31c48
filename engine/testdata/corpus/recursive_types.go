package main

import "fmt"

type tree struct {
	left, right *tree
	val         int
}

type list []list

type fn func(fn) fn

type a struct{ b *b }
type b struct{ as []a }

type m map[string]m

type ch chan ch

type iface interface{ self() iface }

type impl struct{ depth int }

func (i impl) self() iface {
	if i.depth == 0 {
		return nil
	}
	return impl{i.depth - 1}
}

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{val: v}
	}
	if v < t.val {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(f func(int)) {
	if t != nil {
		t.left.walk(f)
		f(t.val)
		t.right.walk(f)
	}
}

func depth(l list) int {
	d := 0
	for _, x := range l {
		d = max(d, depth(x))
	}
	return d + 1
}

func isEven(n int) bool { return n == 0 || isOdd(n-1) }
func isOdd(n int) bool  { return n != 0 && isEven(n-1) }

func main() {
	var t *tree
	for _, v := range []int{5, 2, 8, 1} {
		t = t.insert(v)
	}
	t.walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println(t.left.val, t.right.left == nil)
	fmt.Println(depth(list{{}, {{}, {}}}), isEven(10), isOdd(7))
	x := a{&b{}}
	x.b.as = append(x.b.as, x)
	fmt.Println(len(x.b.as[0].b.as))
	mm := m{"x": m{"y": nil}}
	fmt.Println(mm, len(mm["x"]))
	var id fn
	id = func(f fn) fn { return f }
	fmt.Println(id(id) != nil)
	c := make(ch, 1)
	c <- c
	fmt.Println(<-c == c)
	n := 0
	for i := iface(impl{3}); i != nil; i = i.self() {
		n++
	}
	fmt.Println(n)
}
