package main

import "fmt"

type node struct {
	val  int
	next *node
}

func (n *node) text() string {
	if n == nil {
		return "nil"
	}
	return fmt.Sprint(n.val) + ">" + n.next.text()
}

func (n *node) touch(k int) { n.next = &node{n.val * k, n.next} }

func mk(n int) *node { return &node{val: n} }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case *node:
		return "it " + v.text()
	case []*node:
		return fmt.Sprint("slice ", len(v))
	case map[string]*node:
		return fmt.Sprint("map ", len(v))
	case func() *node:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]*node{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]*node{"k": v}), kind(func() *node { return mk(6) }))
	var a any = v
	w, ok := a.(*node)
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]*node)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(*node); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
