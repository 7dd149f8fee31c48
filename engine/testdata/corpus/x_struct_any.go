package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case item:
		return "it " + v.text()
	case []item:
		return fmt.Sprint("slice ", len(v))
	case map[string]item:
		return fmt.Sprint("map ", len(v))
	case func() item:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]item{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]item{"k": v}), kind(func() item { return mk(6) }))
	var a any = v
	w, ok := a.(item)
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]item)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(item); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
