package main

import (
	"fmt"
)

type acct struct {
	bal  int
	hist []struct {
		op string
		n  int
	}
}

func ops(a *acct) map[string]func(int) error {
	return map[string]func(int) error{"in": func(n int) error {
		a.bal += n
		a.hist = append(a.hist, struct {
			op string
			n  int
		}{"in", n})
		return nil
	}, "out": func(n int) error {
		if a.bal < n {
			return fmt.Errorf("short %d", n-a.bal)
		}
		a.bal -= n
		a.hist = append(a.hist, struct {
			op string
			n  int
		}{op: "out", n: n})
		return nil
	}}
}

func main() {
	a := acct{bal: 10}
	o := ops(&a)
	fmt.Println(o["in"](5), o["out"](20), o["out"](15), a.bal)
	for _, h := range a.hist {
		fmt.Print(h.op, h.n, " ")
	}
	snap := a
	snap.hist[0].n = 99
	fmt.Println(a.hist[0].n, len(snap.hist))
	undo := func() (u []func()) {
		for _, h := range a.hist {
			u = append(u, func() { a.bal -= h.n })
		}
		return
	}()
	for _, f := range undo {
		f()
	}
	fmt.Println(a.bal)
}
