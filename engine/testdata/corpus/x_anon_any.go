package main

import "fmt"

func mk(n int) struct {
	id   int
	pair struct{ a, b string }
} {
	return struct {
		id   int
		pair struct{ a, b string }
	}{n, struct{ a, b string }{"a", fmt.Sprint(n)}}
}

func text(v struct {
	id   int
	pair struct{ a, b string }
}) string {
	return fmt.Sprint(v.id, v.pair.a, v.pair.b)
}

func touch(v *struct {
	id   int
	pair struct{ a, b string }
}, n int) {
	v.id += n
	v.pair.a += "!"
}

func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case struct {
		id   int
		pair struct{ a, b string }
	}:
		return "it " + text(v)
	case []struct {
		id   int
		pair struct{ a, b string }
	}:
		return fmt.Sprint("slice ", len(v))
	case map[string]struct {
		id   int
		pair struct{ a, b string }
	}:
		return fmt.Sprint("map ", len(v))
	case func() struct {
		id   int
		pair struct{ a, b string }
	}:
		return "func " + text(v())
	}
	return fmt.Sprintf("other %T", v)
}

func main() {
	v := mk(4)
	fmt.Println(kind(v), kind([]struct {
		id   int
		pair struct{ a, b string }
	}{v}), kind(nil), kind(7))
	fmt.Println(kind(map[string]struct {
		id   int
		pair struct{ a, b string }
	}{"k": v}), kind(func() struct {
		id   int
		pair struct{ a, b string }
	} {
		return mk(6)
	}))
	var a any = v
	w, ok := a.(struct {
		id   int
		pair struct{ a, b string }
	})
	fmt.Println(text(w), ok)
	_, bad := a.(interface{ missing() })
	_, worse := a.([]struct {
		id   int
		pair struct{ a, b string }
	})
	fmt.Println(bad, worse)
	list := []any{a, 1, mk(2)}
	for _, x := range list {
		if it, ok := x.(struct {
			id   int
			pair struct{ a, b string }
		}); ok {
			touch(&it, 3)
			fmt.Println(text(it))
		}
	}
	fmt.Printf("%T %T\n", v, list[2])
}
