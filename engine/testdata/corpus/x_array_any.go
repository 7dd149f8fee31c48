package main

import "fmt"

type point struct{ x, y int }

type path [3]point

func (p path) text() string { return fmt.Sprintf("%v", p) }
func (p *path) touch(n int) { p[n%3].x += n; p[2].y-- }

func mk(n int) path { return path{{n, n}, 2: {x: -n}} }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case path:
		return "it " + v.text()
	case []path:
		return fmt.Sprint("slice ", len(v))
	case map[string]path:
		return fmt.Sprint("map ", len(v))
	case func() path:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]path{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]path{"k": v}), kind(func() path { return mk(6) }))
	var a any = v
	w, ok := a.(path)
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]path)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(path); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
