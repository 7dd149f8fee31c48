package main

import "fmt"

type base struct {
	n   int
	log []string
}

func (b *base) touch(k int) { b.n += k; b.log = append(b.log, fmt.Sprint("t", k)) }
func (b base) text() string { return fmt.Sprint(b.n, b.log) }

type mid struct {
	base
	tag string
}

type outer struct {
	*mid
	extra float64
}

func mk(n int) outer { return outer{&mid{base{n: n}, "tag"}, float64(n) / 2} }

func (o outer) text() string { return o.mid.text() + o.tag + fmt.Sprint(o.extra, o.n) }

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case outer:
		return "it " + v.text()
	case []outer:
		return fmt.Sprint("slice ", len(v))
	case map[string]outer:
		return fmt.Sprint("map ", len(v))
	case func() outer:
		return "func " + v().text()
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]outer{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]outer{"k": v}), kind(func() outer { return mk(6) }))
	var a any = v
	w, ok := a.(outer)
	fmt.Println(w.text(), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]outer)
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(outer); ok {
			it.touch(3)
			fmt.Println(it.text())
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
