package main

import "fmt"

var config = struct {
	host string
	port int
	opts struct{ debug bool }
}{host: "localhost", port: 80}

type item = struct {
	name  string
	price int
}

func cheapest(items []item) (best item) {
	for i, it := range items {
		if i == 0 || it.price < best.price {
			best = it
		}
	}
	return
}

func stats(xs []int) (r struct{ min, max int }) {
	r.min, r.max = xs[0], xs[0]
	for _, x := range xs {
		r.min, r.max = min(r.min, x), max(r.max, x)
	}
	return
}

type holder struct {
	cfg struct{ n int }
	arr []struct{ k, v string }
}

func main() {
	config.port++
	config.opts.debug = true
	fmt.Println(config.host, config.port, config)
	fmt.Println(cheapest([]item{{"a", 5}, {"b", 3}}))
	r := stats([]int{3, 1, 4})
	fmt.Println(r.min, r.max, r)
	tests := []struct {
		in   int
		want string
	}{{1, "one"}, {2, "two"}}
	for _, tt := range tests {
		fmt.Println(tt.in, tt.want)
	}
	var h holder
	h.cfg.n = 3
	h.arr = append(h.arr, struct{ k, v string }{"k", "v"})
	fmt.Printf("%v %+v %#v\n", h, h, h.cfg)
	p := &struct{ a, b int }{1, 2}
	p.a += p.b
	fmt.Printf("%v %T\n", *p, p)
	var i any = struct{ a, b int }{3, 2}
	_, ok := i.(struct{ a, b int })
	fmt.Println(ok, i == any(*p), *p == struct{ a, b int }{3, 2})
	m := map[struct{ x, y int }]string{{1, 2}: "p"}
	fmt.Println(m[struct{ x, y int }{1, 2}])
	type pt struct{ a, b int }
	q := pt(*p)
	q.b = 9
	*p = q
	fmt.Println(q, *p)
}
