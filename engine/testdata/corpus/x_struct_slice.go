package main

import "fmt"

type item struct {
	id   int
	name string
}

func (i item) text() string { return fmt.Sprint(i.id, ":", i.name) }
func (i *item) touch(n int) { i.id += n; i.name += "'" }

func mk(n int) item { return item{n, fmt.Sprint("n", n)} }

func main() {
	vs := []item{mk(1), mk(2)}
	vs = append(vs, mk(3))
	for i := range vs {
		vs[i].touch(i + 1)
		fmt.Println(i, vs[i].text())
	}
	cp := append([]item(nil), vs[1:]...)
	cp[0].touch(4)
	fmt.Println(vs[1].text(), cp[0].text(), len(cp), cap(vs) >= 3)
}
