package main

import (
	"fmt"
	"sort"
)

func group(words []string) []string {
	type entry struct {
		word  string
		count int
	}
	m := map[string]*entry{}
	for _, w := range words {
		if m[w] == nil {
			m[w] = &entry{word: w}
		}
		m[w].count++
	}
	var es []entry
	for _, e := range m {
		es = append(es, *e)
	}
	sort.Slice(es, func(i, j int) bool {
		if es[i].count != es[j].count {
			return es[i].count > es[j].count
		}
		return es[i].word < es[j].word
	})
	var out []string
	for _, e := range es {
		out = append(out, fmt.Sprintf("%s:%d", e.word, e.count))
	}
	return out
}

func first[T any](xs []T) (z T) {
	if len(xs) > 0 {
		return xs[0]
	}
	return
}

func main() {
	fmt.Println(group([]string{"a", "b", "a", "c", "b", "a"}))
	type pt struct{ x, y int }
	type path []pt
	p := path{{1, 2}, {3, 4}}
	fmt.Printf("%v %T %T\n", p, p, p[0])
	fmt.Println(first(p).x, first([]pt{{7, 8}}).y)
	{
		type pt struct{ s string }
		fmt.Println(pt{"inner"})
	}
	const k = 3
	type arr [k]pt
	var a arr
	a[1].x = 5
	fmt.Println(a, len(a))
	if true {
		type tmp struct{ ok bool }
		var v any = tmp{true}
		_, isTmp := v.(tmp)
		fmt.Println(isTmp, v)
	}
	var mm = map[pt]path{{1, 1}: p}
	fmt.Println(mm[pt{1, 1}][0].y)
}
