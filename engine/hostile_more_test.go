package engine

import "github.com/goblaze/goblaze/engine/rt"

func init() { hostileCells = append(hostileCells, moreHostileCells...) }

// heldOpen listens on a port and never answers.
const heldOpen = "l, _ := net.Listen(\"tcp\", \"127.0.0.1:0\")\n"

// moreHostileCells are blocking operations alone and in workers, memory that
// runs away, and what ends processes.
var moreHostileCells = []hostileCell{
	// Blocking operations, alone.
	{name: "nil channel send", cell: begun + "var c chan int\nc <- 1\nkeep = 0", interrupt: true},
	{name: "range over a nil channel", cell: begun + "var c chan int\nfor keep = range c {\n}\nkeep = 0", interrupt: true},
	{name: "select of nil channels", cell: begun + "var a, b chan int\nselect {\ncase keep = <-a:\ncase keep, _ = <-b:\n}\nkeep = 0", interrupt: true},
	{name: "select that a stop wakes", cell: "c := make(chan int)\nfor range 4 {\n\tgo func() {\n\t\tdefer func() { recover() }()\n\t\tdefer close(c)\n\t\tfor {\n\t\t}\n\t}()\n}\n" + begun +
		"select {\ncase keep = <-c:\n}\nkeep = 0", interrupt: true},
	{name: "RWMutex for reading", cell: begun + "var m sync.RWMutex\nm.Lock()\nm.RLock()\nkeep = 0", interrupt: true},
	{name: "RWMutex for writing", cell: begun + "var m sync.RWMutex\nm.RLock()\nm.Lock()\nkeep = 0", interrupt: true},
	{name: "once within itself", cell: begun + "var o sync.Once\no.Do(func() { o.Do(func() {}) })\nkeep = 0", interrupt: true, note: "left behind", left: 1},
	{name: "context without end", cell: begun + "<-context.Background().Done()\nkeep = 0", interrupt: true},
	{name: "context with a deadline", cell: "ctx, cancel := context.WithTimeout(context.Background(), time.Hour)\ndefer cancel()\n" + begun + "<-ctx.Done()\nkeep = 0", interrupt: true},
	{name: "loop over a ticker", cell: begun + "n := 0\nfor range time.Tick(time.Millisecond) {\n\tn++\n}\nkeep = 0", interrupt: true},
	{name: "timer in a select", cell: begun + "for {\n\tselect {\n\tcase <-time.After(time.Hour):\n\t\tkeep = 0\n\t}\n}", interrupt: true},
	{name: "http server that never answers", cell: heldOpen + begun + "_, err := http.Get(\"http://\" + l.Addr().String())\nkeep = 0", interrupt: true, note: "left behind", left: 1},
	{name: "http server of one's own", cell: heldOpen + begun + "http.Serve(l, nil)\nkeep = 0", interrupt: true, note: "left behind", left: 1},
	{name: "command", cell: begun + "exec.Command(\"sleep\", \"100\").Run()\nkeep = 0", interrupt: true, note: "left behind", left: 1},
	{name: "command that ends after the stop", cell: begun + "exec.Command(\"sleep\", \"5\").Run()\nkeep = 0\nselect {}", interrupt: true, note: "left behind", left: 1},
	{name: "read that ends after the stop", cell: "pr2, pw2, _ := os.Pipe()\ngo func() {\n\tdefer pw2.Close()\n\tselect {}\n}()\n" + begun + "io.Copy(io.Discard, pr2)\nkeep = 0", interrupt: true},
	{name: "output of a command", cell: begun + "out, _ := exec.Command(\"sleep\", \"100\").Output()\nkeep = len(out)", interrupt: true, note: "left behind", left: 1},
	{name: "pipe between goroutines", cell: begun + "r, w := io.Pipe()\ngo func() { for { w.Write([]byte(\"x\")) } }()\nfor {\n\tr.Read(make([]byte, 1))\n}", interrupt: true},
	{name: "unbuffered pipeline", cell: begun + "a, b := make(chan int), make(chan int)\ngo func() { for i := 0; ; i++ { a <- i } }()\ngo func() { for v := range a { b <- v } }()\nfor v := range b {\n\t_ = v\n}\nkeep = 0", interrupt: true},
	{name: "endless output", cell: begun + "for {\n\tfmt.Fprint(io.Discard, \"x\")\n}", interrupt: true},
	{name: "endless iterator", before: "func naturals(yield func(int) bool) { for i := 0; yield(i); i++ {} }", cell: begun + "for i := range naturals {\n\t_ = i\n}\nkeep = 0", interrupt: true},
	{name: "iterator that goes on after false", before: "func deaf(yield func(int) bool) { for i := 0; ; i++ { yield(i) } }", cell: "for range deaf {\n\tbreak\n}\nkeep = 0", kind: rt.KindPanic,
		text: "range function continued iteration after function for loop body returned false"},
	{name: "pulled iterator", cell: begun + "pull, stop := iter.Pull(func(yield func(int) bool) { for {\n} })\ndefer stop()\nkeep, _ = pull()", before: "import \"iter\"", interrupt: true},
	{name: "less that never ends", cell: begun + "sort.Slice([]int{3, 1, 2}, func(i, j int) bool { for {\n} })\nkeep = 0", interrupt: true},
	{name: "sort.Interface that never ends", before: "type slow []int\nfunc (s slow) Len() int { return 3 }\nfunc (s slow) Less(i, j int) bool { for {\n} }\nfunc (s slow) Swap(i, j int) {}",
		cell: begun + "sort.Sort(slow{})\nkeep = 0", interrupt: true},
	{name: "atomic spin", cell: begun + "var n atomic.Int64\nfor n.Load() == 0 {\n}\nkeep = 0", interrupt: true},
	{name: "spin with Gosched", cell: begun + "for {\n\truntime.Gosched()\n}", interrupt: true},
	{name: "locked thread", cell: begun + "runtime.LockOSThread()\nfor {\n}", interrupt: true},
	{name: "compare and swap that never succeeds", cell: begun + "var n atomic.Int64\nfor !n.CompareAndSwap(1, 2) {\n}\nkeep = 0", interrupt: true},
	{name: "method value that loops", before: "type wheel struct{}\nfunc (wheel) turn() { for {\n} }", cell: begun + "f := wheel{}.turn\nf()\nkeep = 0", interrupt: true},
	{name: "generic function that loops", before: "func roll[T any](v T) T { for {\n} }", cell: begun + "keep = roll(1)", interrupt: true},
	{name: "labelled loops", cell: begun + "outer:\nfor {\n\tfor {\n\t\tcontinue outer\n\t}\n}", interrupt: true},
	{name: "loop in a deferred call's argument", cell: begun + "defer fmt.Println(spin(1))\nkeep = 0", interrupt: true},
	{name: "loop in an initialiser", cell: begun + "var lost = spin(1)\nkeep = lost", interrupt: true},
	{name: "many deferred functions", cell: begun + "for i := range 1000 {\n\tdefer func() { for { _ = i } }()\n}\nfor {\n}", interrupt: true},
	{name: "recover in a deferred loop", cell: begun + "defer func() {\n\tfor {\n\t\tfunc() { defer func() { recover() }(); panic(1) }()\n\t}\n}()\nfor {\n}", interrupt: true},
	{name: "String that recurses", before: "type mirror struct{ n int }\nfunc (m mirror) String() string { return fmt.Sprintf(\"<%v>\", m) }", cell: "fmt.Println(mirror{1})\nkeep = 0", kind: rt.KindOverflow, text: "stack overflow"},
	{name: "Error that recurses", before: "type echo struct{}\nfunc (e echo) Error() string { return \"x\" + fmt.Sprint(e) }", cell: "var err error = echo{}\nkeep = len(err.Error())", kind: rt.KindOverflow, text: "stack overflow"},
	{name: "mutual recursion", before: "func ping(n int) int { return pong(n) + 1 }\nfunc pong(n int) int { return ping(n) + 1 }", cell: "keep = ping(1)", kind: rt.KindOverflow, text: "stack overflow in p"},
	{name: "recursion of a closure", cell: "var f func(int) int\nf = func(n int) int { return f(n) + 1 }\nkeep = f(1)", kind: rt.KindOverflow, text: "stack overflow"},
	{name: "recursion through an interface", before: "type walker interface{ walk(n int) int }\ntype leg struct{ next walker }\nfunc (l *leg) walk(n int) int { return l.next.walk(n) + 1 }",
		cell: "l := &leg{}\nl.next = l\nkeep = l.walk(1)", kind: rt.KindOverflow, text: "stack overflow"},
	{name: "recursion in a goroutine", cell: "go deep(1)\nselect {}", kind: rt.KindOverflow, text: "stack overflow in deep, cell"},
	{name: "recursion that recovers", before: "func stubborn(n int) (r int) { defer func() { recover(); r = 1 }(); return stubborn(n+1) + 1 }", cell: "keep = stubborn(1)", kind: rt.KindOverflow, text: "stack overflow in stubborn"},
	{name: "cyclic value in json", before: "type knot struct{ Next *knot }", cell: "k := &knot{}\nk.Next = k\n_, err := json.Marshal(k)\nfmt.Println(err)", stdout: "json: unsupported value: encountered a cycle via *main.knot\n"},
	{name: "cyclic value printed", before: "type ring map[string]any", cell: "r := ring{}\nr[\"self\"] = r\nkeep = len(fmt.Sprint(r))", kind: KindDied, text: "stack overflow", dies: true},

	// Calls without a result that return after the stop.
	{name: "once that a stop ends", cell: "var o sync.Once\nin := make(chan bool)\ngo func() {\n\to.Do(func() {\n\t\tin <- true\n\t\tselect {}\n\t})\n}()\n<-in\n" + begun + "o.Do(func() {})\nkeep = 0", interrupt: true},
	{name: "log to a pipe that a stop closes", cell: "pr3, pw3, _ := os.Pipe()\ngo func() {\n\tdefer pr3.Close()\n\tselect {}\n}()\nlogger := log.New(pw3, \"\", 0)\n" + begun + "logger.Print(strings.Repeat(\"x\", 1<<20))\nkeep = 0", interrupt: true},
	{name: "sort that outlasts the stop", before: "var shuffled = rand.Perm(1 << 22)", cell: begun + "slices.Sort(shuffled)\nkeep = 0", interrupt: true},
	{name: "sort by a callback that outlasts the stop", before: "var mixed = rand.Perm(1 << 21)", cell: begun + "sort.Slice(mixed, func(i, j int) bool { return mixed[i] < mixed[j] })\nkeep = 0", interrupt: true},
	{name: "map that is ranged over by a library", cell: "var m sync.Map\nm.Store(1, 2)\nwait := make(chan bool)\n" + begun + "m.Range(func(k, v any) bool {\n\tdefer func() { recover() }()\n\t<-wait\n\treturn true\n})\nkeep = 0", interrupt: true},
	{name: "once that a stop ends in workers", before: "var gate sync.Once\nfunc pass(i int) int {\n\tgate.Do(func() {\n\t\tfmt.Println(\"begun\")\n\t\tselect {}\n\t})\n\tkeep = 0\n\treturn i\n}", line: "pass", interrupt: true},

	// The interpreter is on when it is told how long the loop is, and hands it to compiled code.
	{name: "loop as long as a variable says", before: "many := 1 << 50\nlast := 0", cell: begun + "for i := range many {\n\tlast = i\n}\nkeep = 0", interrupt: true},

	// Blocking operations in workers.
	{name: "nil channel in workers", before: "var nothing chan int\nfunc hear(i int) int { fmt.Println(\"begun\"); return <-nothing }", line: "hear", interrupt: true},
	{name: "wait group in workers", before: "var group sync.WaitGroup\nfunc gather(i int) int { if i == 0 { group.Add(1) }; fmt.Println(\"begun\"); group.Wait(); select {} }", line: "gather", interrupt: true},
	{name: "RWMutex in workers", before: "var rw sync.RWMutex\nfunc readLock(i int) int { rw.Lock(); fmt.Println(\"begun\"); rw.RLock(); return i }", line: "readLock", interrupt: true},
	{name: "cond in workers", before: "var cm sync.Mutex\nvar cc = sync.NewCond(&cm)\nfunc attend(i int) int { cm.Lock(); defer cm.Unlock(); fmt.Println(\"begun\"); cc.Wait(); return i }", line: "attend", interrupt: true},
	{name: "ticker in workers", loop: "fmt.Println(\"begun\")\nfor range time.Tick(time.Millisecond) {\n}", interrupt: true},
	{name: "context in workers", loop: "fmt.Println(\"begun\")\n<-context.Background().Done()", interrupt: true},
	{name: "command in workers", before: "func nap(i int) error { fmt.Println(\"begun\"); return exec.Command(\"sleep\", \"100\").Run() }", line: "nap", interrupt: true, note: "left behind", left: 4},
	{name: "accept in workers", before: heldOpen + "func admit(i int) error { fmt.Println(\"begun\"); _, err := l.Accept(); return err }", line: "admit", interrupt: true, note: "left behind", left: 4},
	{name: "http in workers", before: heldOpen + "func visit(i int) error { fmt.Println(\"begun\"); _, err := http.Get(\"http://\" + l.Addr().String()); return err }", line: "visit", interrupt: true, note: "left behind", left: 4},
	{name: "String that loops in workers", loop: "fmt.Println(\"begun\")\nfmt.Sprint(endless(i))", interrupt: true},
	{name: "deferred loop in workers", loop: "func() {\n\tdefer func() { for {\n\t} }()\n\tfmt.Println(\"begun\")\n\tfor {\n\t}\n}()", interrupt: true},
	{name: "less that never ends in workers", loop: "fmt.Println(\"begun\")\nsort.Slice([]int{3, 1, 2}, func(a, b int) bool { for {\n} })", interrupt: true},
	{name: "iterator in workers", loop: "fmt.Println(\"begun\")\nfor v := range naturals {\n\t_ = v\n}", interrupt: true},
	{name: "spin with Gosched in workers", loop: "fmt.Println(\"begun\")\nfor {\n\truntime.Gosched()\n}", interrupt: true},
	{name: "goroutines of workers", before: "func spawn(i int) int { fmt.Println(\"begun\"); go spin(i); select {} }", line: "spawn", interrupt: true},
	{name: "panic in a goroutine of a worker", before: "func spoil(i int) int { go func() { panic(\"boom\") }(); select {} }", line: "spoil", kind: rt.KindPanic, text: "panic: boom"},
	{name: "nil dereference in workers", before: "type node struct{ n int }\nvar nobody *node\nfunc look(i int) int { return nobody.n }", line: "look", kind: rt.KindError,
		text: "panic: invalid memory address or nil pointer dereference"},
	{name: "log.Fatal in workers", loop: "if i == 3 {\n\tlog.Fatal(\"bye\")\n}\ntime.Sleep(time.Millisecond)", kind: rt.KindExit, text: "exit status 1", note: "bye"},

	// Ends.
	{name: "nil dereference in a goroutine", cell: "go func() {\n\tvar p *account\n\tp.balance++\n}()\nselect {}", kind: rt.KindPanic, text: "panic: runtime error: invalid memory address or nil pointer dereference\n    cell"},
	{name: "close of a nil channel", cell: "var c chan int\nclose(c)", kind: rt.KindPanic, text: "panic: close of nil channel"},
	{name: "close of a closed channel", cell: "c := make(chan int)\nclose(c)\nclose(c)", kind: rt.KindPanic, text: "panic: close of closed channel"},
	{name: "negative WaitGroup", cell: "var wg sync.WaitGroup\nwg.Done()", kind: rt.KindPanic, text: "panic: sync: negative WaitGroup counter"},
	{name: "Goexit in a goroutine", cell: "c := make(chan int)\ngo func() {\n\tdefer close(c)\n\truntime.Goexit()\n}()\n<-c"},
	{name: "panic while exiting", cell: "defer func() { panic(\"late\") }()\nruntime.Goexit()", kind: rt.KindPanic, text: "panic: late"},
	{name: "exit while panicking", cell: "defer os.Exit(4)\npanic(\"first\")", kind: rt.KindExit, text: "exit status 4"},
	{name: "panic in a finalizer", cell: "type doomed struct{ n [10]int }\nfunc() { runtime.SetFinalizer(&doomed{}, func(*doomed) { panic(\"in a finalizer\") }) }()\nfor {\n\truntime.GC()\n}", kind: rt.KindPanic, text: "panic: in a finalizer\n    cell"},
	{name: "panic in a cleanup", cell: "func() {\n\tp := new([100]int)\n\truntime.AddCleanup(p, func(s string) { panic(s) }, \"in a cleanup\")\n}()\nfor {\n\truntime.GC()\n}", kind: rt.KindPanic, text: "panic: in a cleanup\n    cell"},
	{name: "exit and goexit in finalizers", cell: "type gone struct{ n [10]int }\nran := make(chan int, 3)\nfunc() {\n\truntime.SetFinalizer(&gone{}, func(*gone) { defer func() { ran <- 1 }(); runtime.Goexit() })\n}()\nfor len(ran) == 0 {\n\truntime.GC()\n}\nfunc() {\n\truntime.SetFinalizer(&gone{}, func(g *gone) int { ran <- 1; return g.n[0] })\n}()\nfor len(ran) == 1 {\n\truntime.GC()\n}"},
	{name: "output of 5 MB", cell: "for range 5 {\n\tfmt.Fprint(io.Discard, strings.Repeat(\"x\", 1<<20))\n}"},
	{name: "a hundred thousand goroutines", cell: "var wg sync.WaitGroup\nvar n atomic.Int64\nfor range 100_000 {\n\twg.Go(func() { n.Add(1) })\n}\nwg.Wait()\nfmt.Println(n.Load())", stdout: "100000\n"},
	{name: "thirty thousand goroutines that wait", cell: "for range 30_000 {\n\tgo func() { select {} }()\n}\n" + begun + "select {}", interrupt: true},

	{name: "flags that can't be parsed", cell: "os.Args = []string{\"cell\", \"-nope\"}\nflag.Parse()\nkeep = 0", kind: rt.KindExit, text: "exit status 2", note: "flag provided but not defined: -nope"},
	{name: "help asked of a flag set", cell: "func() {\n\tf := flag.NewFlagSet(\"tool\", flag.ExitOnError)\n\tf.Parse([]string{\"-h\"})\n\tkeep = 0\n}()", note: "Usage of tool"},
	{name: "the kernel process killed", cell: "p, _ := os.FindProcess(os.Getppid())\nfmt.Println(syscall.Kill(os.Getppid(), syscall.SIGKILL), syscall.Kill(-1, syscall.SIGSTOP), p.Kill(), p.Signal(syscall.SIGTERM), syscall.Kill(os.Getppid(), 0))",
		stdout: "operation not permitted operation not permitted kill: operation not permitted kill: operation not permitted <nil>\n", note: "it would end this session"},
	{name: "files that are never closed", cell: "func() {\n\tfor {\n\t\tif _, err := os.Open(os.DevNull); err != nil {\n\t\t\tbreak\n\t\t}\n\t}\n}()"},
	{name: "a unit behind files that were never closed", cell: "type late struct{ n int }\nfunc (l late) twice() int { return 2 * l.n }\nfmt.Println(late{4}.twice())", stdout: "8\n"},
	{name: "standard input that is nil", before: "os.Stdin = nil", cell: "n, err := io.Copy(io.Discard, os.Stdin)\nfmt.Println(n, err)", stdout: "0 <nil>\n"},

	// Memory.
	{name: "huge make of ints", cell: "n := 1 << 37\nkeep = len(make([]int, n))", kind: KindDied, text: "fatal error: out of memory: 1 TiB at once can't be had (the limit is 1 GiB)", dies: true},
	{name: "huge repeat", cell: "keep = len(strings.Repeat(\"x\", 1<<40))", kind: KindDied, text: "fatal error: out of memory: 1 TiB at once can't be had", dies: true},
	{name: "huge make in workers", before: "func greedy(i int) int { return len(make([]int, 1<<(37+i/8))) }", line: "greedy", kind: KindDied, text: "out of memory: 1 TiB at once can't be had", dies: true},
	{name: "length out of range", cell: "defer func() {}()\nn := 1 << 60\nkeep = len(make([]int, n))", kind: rt.KindPanic, text: "panic: runtime error: makeslice: len out of range"},
	{name: "runaway map", cell: "m := map[int][]int{}\nfor i := 0; ; i++ {\n\tm[i] = make([]int, 100)\n\tm[i][99] = i\n}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB"},
	{name: "runaway string", cell: "s := \"x\"\nfor {\n\ts += s\n}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB", mayDie: true},
	{name: "runaway append that writes nothing", cell: "func() {\n\tvar list [][]byte\n\tfor {\n\t\tlist = append(list, make([]byte, 1<<20))\n\t}\n}()", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB"},
	{name: "runaway append", cell: "var xs []int\nfor {\n\txs = append(xs, len(xs))\n}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB", mayDie: true},
	{name: "runaway goroutines", cell: "for {\n\tgo func() {\n\t\tvar a [2000]int\n\t\ta[len(os.Args)] = 1\n\t\tselect {}\n\t}()\n}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB", mayDie: true},
	{name: "runaway builder in a goroutine", cell: "go func() {\n\tvar b strings.Builder\n\tfor {\n\t\tb.WriteString(\"0123456789abcdef\")\n\t}\n}()\nselect {}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB", mayDie: true},
}
