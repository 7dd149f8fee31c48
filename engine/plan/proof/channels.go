package proof

import "strings"

// goroutines are channels, select and go statements, and package sync: programs
// that print the same however they are scheduled.
func goroutines() []string {
	types := [][]string{
		{"int", "1", "2"}, {"string", `"a"`, `"b"`}, {"float64", "1.5", "2"}, {"Celsius", "3", "4"}, {"Point", "Point{1, 2}", "Point{}"}, {"secret", "secret{1, 2}", "hidden()"},
		{"[]int", "[]int{1}", "nil"}, {"error", "io.EOF", "nil"}, {"any", "7", `"x"`}, {"*Fail", "&Fail{1}", "nil"}, {"map[string]int", `map[string]int{"k": 1}`, "nil"}, {"[2]int", "[2]int{1, 2}", "[2]int{}"},
		{"struct{ a int }", "struct{ a int }{4}", "struct{ a int }{}"}, {"bool", "true", "false"}, {"rune", "'x'", "'y'"}, {"Shape", "Square{2}", "nil"}, {"Box", "Box{P: Point{1, 2}}", "Box{}"}, {"uint8", "7", "200"},
	}
	templates := []string{
		"ch := make(chan «A», 3)\nch <- «B»\nch <- «C»\nfmt.Println(len(ch), cap(ch))\nfmt.Println(<-ch)\nclose(ch)\nfor v := range ch { fmt.Println(v) }\nv, ok := <-ch\nfmt.Println(v, ok)",
		"ch := make(chan «A»)\ngo func() { for i := range 3 { if i == 1 { ch <- «B» } else { ch <- «C» } }; close(ch) }()\nn := 0\nfor v := range ch { n++; fmt.Println(n, v) }",
		"gen := func(xs ...«A») <-chan «A» { out := make(chan «A»); go func() { defer close(out); for _, x := range xs { out <- x } }(); return out }\ncopyOf := func(in <-chan «A») <-chan «A» { out := make(chan «A», 1); go func() { for v := range in { out <- v }; close(out) }(); return out }\nfor v := range copyOf(copyOf(gen(«B», «C», «B»))) { fmt.Println(v) }",
		"ch := make(chan «A», 1)\nselect { case v := <-ch: fmt.Println(\"got\", v); default: fmt.Println(\"none\") }\nselect { case ch <- «B»: fmt.Println(\"sent\"); default: fmt.Println(\"full\") }\nselect { case ch <- «C»: fmt.Println(\"sent\"); default: fmt.Println(\"full\") }\nselect { case v, ok := <-ch: fmt.Println(v, ok) }",
		"a, b := make(chan «A», 1), make(chan «A»)\nvar none chan «A»\na <- «B»\nclose(b)\nvar v «A»\nvar ok bool\nfor range 2 { select { case v = <-a: fmt.Println(\"a\", v); a = nil; case v, ok = <-b: if a == nil { fmt.Println(\"b\", v, ok) } else { v = <-a; a = nil; fmt.Println(\"a\", v) }; case <-none: fmt.Println(\"never\"); case none <- «C»: fmt.Println(\"never\") } }",
		"xs := make([]«A», 4)\nvar wg sync.WaitGroup\nfor i := range xs { wg.Add(1); go func() { defer wg.Done(); if i%2 == 0 { xs[i] = «B» } else { xs[i] = «C» } }() }\nwg.Wait()\nfmt.Println(xs)",
		"xs := make([]«A», 4)\nvar wg sync.WaitGroup\nfor i := 0; i < 4; i++ { wg.Go(func() { if i > 1 { xs[i] = «B» } }) }\nwg.Wait()\nfmt.Println(xs)",
		"type_ := func(c chan<- «A», d chan «A») { c <- «B»; d <- «C» }\nc, d := make(chan «A», 2), make(chan «A»)\ngo type_(c, d)\nfmt.Println(<-d, <-c)",
		"chans := make(chan chan «A», 1)\ninner := make(chan «A», 1)\nchans <- inner\ninner <- «B»\nfmt.Println(<-<-chans)\nm := map[string]chan «A»{\"k\": inner}\nm[\"k\"] <- «C»\nv := <-m[\"k\"]\nfmt.Println(v)",
		"var mu sync.Mutex\nvar last «A»\nset := func(v «A») { mu.Lock(); defer mu.Unlock(); last = v }\ndone := make(chan struct{})\ngo func() { set(«B»); close(done) }()\n<-done\nfmt.Println(last)\nset(«C»)\nfmt.Println(last)",
		"ch := make(chan «A», 1)\nf := func() (v «A», err any) { defer func() { err = recover() }(); ch <- «B»; close(ch); v = <-ch; ch <- «C»; return }\nv, err := f()\nfmt.Println(v, err)",
		"type T struct{ c chan «A»; n int }\nt := T{make(chan «A», 2), 1}\nt.c <- «B»\nt.c <- «C»\np := &t\nfmt.Println(<-p.c, len(t.c))\nvar x struct{ v «A» }\nselect { case x.v = <-t.c: fmt.Println(x.v) }\nxs := make([]«A», 2)\np.c <- «B»\nselect { case xs[1] = <-p.c: fmt.Println(xs) }",
		"done := make(chan bool)\nresults := make(chan «A»)\ngo func() { select { case v := <-results: fmt.Println(\"worker\", v) }; done <- true }()\nresults <- «B»\nfmt.Println(<-done)",
		"c := make(chan func() «A», 1)\nc <- func() «A» { return «B» }\nfmt.Println((<-c)())",
	}
	var out []string
	for _, t := range types {
		for _, tm := range templates {
			p := fill(tm, t...)
			if strings.Contains(p, "type T struct") {
				p = "if true {\n" + strings.Replace(strings.Replace(p, "type T struct{ c chan "+t[0]+"; n int }\n", "", 1), "T{make", "struct{ c chan "+t[0]+"; n int }{make", 1) + "\n}"
			}
			out = append(out, p)
		}
	}
	for _, end := range []string{"var c chan int; close(c)", "c := make(chan int); close(c); close(c)", "c := make(chan int, 1); close(c); c <- 1", "n := -1; c := make(chan int, n); fmt.Println(c)", "var f func(); done := make(chan int); go func() { defer close(done); defer func() { fmt.Println(recover()) }(); f() }(); <-done", "c := make(chan int); close(c); select { case c <- 1: default: }", "var wg sync.WaitGroup; wg.Done()", "var wg sync.WaitGroup; wg.Add(-1)"} {
		out = append(out, end, "f := func() { defer func() { fmt.Println(\"caught\", recover()) }(); "+end+" }\nf()")
	}
	out = append(out,
		"ch := make(chan int, 10)\nvar wg sync.WaitGroup\nfor w := range 3 { wg.Add(1); go func(id int) { defer wg.Done(); for i := range 3 { ch <- id*10 + i } }(w) }\ngo func() { wg.Wait(); close(ch) }()\nvar got []int\nfor v := range ch { got = append(got, v) }\nsort.Ints(got)\nfmt.Println(got)",
		"var mu sync.Mutex\nn := 0\nvar wg sync.WaitGroup\nfor range 8 { wg.Go(func() { for range 50 { mu.Lock(); n++; mu.Unlock() } }) }\nwg.Wait()\nfmt.Println(n)",
		"var mu sync.RWMutex\nm := map[int]int{}\nvar wg sync.WaitGroup\nfor i := range 6 { wg.Go(func() { mu.Lock(); m[i] = i * i; mu.Unlock(); mu.RLock(); _ = m[i]; mu.RUnlock() }) }\nwg.Wait()\nfmt.Println(m)",
		"var once sync.Once\nfor i := range 3 { once.Do(func() { fmt.Println(\"once\", i) }) }",
		"c := make(chan int, 3)\nc <- 1\nc <- 2\nc <- 3\nfmt.Println(<-c, say(5), <-c+say(1)*<-c)",
		"c := make(chan int, 3)\nc <- 1\nc <- 0\nxs := []int{4, 5}\nfmt.Println(xs[<-c], xs[<-c], say(9))\nc <- 1\nxs[<-c] = say(7)\nfmt.Println(xs)",
		"c := make(chan int, 2)\nc <- say(1)\nc <- double(say(2))\nx, y := <-c, <-c\nfmt.Println(x, y)\nvar a, b = double(4), 2\nc <- a; c <- b\na, b = <-c, <-c\nfmt.Println(a, b)",
		"pt := Point{1, 2}\ndone := make(chan Point)\nsend := func(p Point) { done <- p }\ngo send(pt)\npt = Point{5, 5}\nfmt.Println(<-done)\nn := 1\nints := make(chan int)\nput := func(xs ...int) { for _, x := range xs { ints <- x }; close(ints) }\ngo put(n, n+1)\nn = 9\nfor v := range ints { fmt.Println(v) }",
		"pt := &Point{1, 2}\nvar wg sync.WaitGroup\nwg.Add(1)\ngo func(p *Point) { defer wg.Done(); p.Scale(3) }(pt)\nwg.Wait()\nfmt.Println(pt)\nf := pt.Scale\nwg.Add(1)\ngo func() { f(2); wg.Done() }()\nwg.Wait()\nfmt.Println(*pt)",
		"c := make(chan int)\nquit := make(chan struct{})\ngo func() { for i := range 4 { fmt.Println(<-c, i) }; close(quit) }()\nx, y := 0, 1\nfor run := true; run; { select { case c <- x: x, y = y, x+y; case <-quit: run = false } }\nfmt.Println(\"quit\")",
		"t := time.After(time.Millisecond)\nc := make(chan int)\nselect { case <-c: fmt.Println(\"c\"); case <-t: fmt.Println(\"time\") }\ntm := time.NewTimer(time.Hour)\nfmt.Println(tm.Stop())\ntk := time.NewTicker(time.Millisecond)\n<-tk.C\n<-tk.C\ntk.Stop()\nfmt.Println(\"ticked\")",
		"results := make(chan error, 2)\ngo func() { defer func() { if v := recover(); v != nil { results <- fmt.Errorf(\"caught %v\", v) } }(); boom(3) }()\nfmt.Println(<-results)\ngo func() { results <- check(9) }()\nfmt.Println(<-results)",
		"c := make(chan int)\ngo func() { defer close(c); for i := 0; i < 5; i++ { if i == 3 { return }; c <- i } }()\ntot := 0\nfor v := range c { if v == 1 { continue }; tot += v }\nfmt.Println(tot)\nv, ok := <-c\nfmt.Println(v, ok)",
		"var c chan int\nfmt.Println(c == nil, len(c), cap(c))\nc = make(chan int, 1)\nd := c\nfmt.Println(c == d, c != nil)\nvar r <-chan int = c\nvar s chan<- int = c\ns <- 4\nfmt.Println(<-r)\nfmt.Printf(\"%T %T %T\\n\", c, r, s)",
		"ready := make(chan struct{})\nvar mu sync.Mutex\ncond := sync.NewCond(&mu)\nok := false\ngo func() { mu.Lock(); close(ready); for !ok { cond.Wait() }; mu.Unlock(); ready2 := ready; _ = ready2; fmt.Println(\"woken\"); mu.Lock(); ok = false; mu.Unlock(); cond.Signal() }()\n<-ready\nmu.Lock()\nok = true\ncond.Signal()\nfor ok { cond.Wait() }\nmu.Unlock()\nfmt.Println(\"end\")",
		"var m sync.Map\nm.Store(\"a\", 1)\nv, ok := m.Load(\"a\")\nfmt.Println(v, ok)\nm.Range(func(k, v any) bool { fmt.Println(k, v); return true })\npool := sync.Pool{New: func() any { return \"new\" }}\nfmt.Println(pool.Get())",
		"tree := func() {}\nvar walk func(n int, c chan int)\nwalk = func(n int, c chan int) { if n == 0 { return }; walk(n-1, c); c <- n; walk(n-1, c) }\nc := make(chan int)\ngo func() { walk(4, c); close(c) }()\nfor v := range c { fmt.Print(v, \" \") }\ntree()\nfmt.Println()",
		"primes := make(chan int)\ngo func() { for i := 2; i < 30; i++ { primes <- i }; close(primes) }()\nch := primes\nfor range 5 { p, ok := <-ch; if !ok { break }; fmt.Print(p, \" \"); next := make(chan int); go func(in <-chan int, out chan<- int, p int) { for v := range in { if v%p != 0 { out <- v } }; close(out) }(ch, next, p); ch = next }\nfor range ch { }\nfmt.Println()",
	)
	return both(out)
}
