package main

import (
	"fmt"
)

type res struct {
	name string
	log  *[]string
}

func open(n string, log *[]string) *res { *log = append(*log, "open "+n); return &res{n, log} }
func (r *res) close() error             { *r.log = append(*r.log, "close "+r.name); return nil }
func (r res) mark(s string)             { *r.log = append(*r.log, s+r.name) }
func use(fail bool) (log []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("use: %v", p)
		}
	}()
	a := open("a", &log)
	defer a.close()
	defer a.mark("m1")
	a.name = "A"
	b := open("b", &log)
	defer func(r *res) { r.close() }(b)
	for i := range 2 {
		defer a.mark(fmt.Sprint(i))
	}
	if fail {
		panic("failed")
	}
	return log, nil
}

func main() {
	fmt.Println(use(false))
	fmt.Println(use(true))
}
