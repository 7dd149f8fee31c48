package engine

import (
	"time"

	"github.com/goblaze/goblaze/engine/rt"
)

// begun is the first line of the cells that wait for an interrupt.
const begun = "fmt.Println(\"begun\")\n"

// hostileCells are what learners of parallelism write.
var hostileCells = []hostileCell{
	// Loops.
	{name: "empty loop", cell: begun + "for {\n}\nkeep = 0", interrupt: true},
	{name: "loop with a condition", cell: begun + "for n := 0; n >= 0; n &= 7 {\n}\nkeep = 0", interrupt: true},
	{name: "loop in a call", cell: begun + "keep = spin(1)", interrupt: true},
	{name: "goto loop", cell: begun + "again:\ngoto again", interrupt: true},
	{name: "range over func", cell: begun + "for range func(yield func() bool) { for yield() {} } {\n}\nkeep = 0", interrupt: true},
	{name: "empty loop in workers", loop: "fmt.Println(\"begun\")\nfor {\n}", interrupt: true},
	{name: "loop in a call in workers", loop: "fmt.Println(\"begun\")\nspin(i)", interrupt: true},
	{name: "line form that loops", before: "func spinItem(i int) int { fmt.Println(\"begun\"); return spin(i) }", line: "spinItem", interrupt: true},
	{name: "endless recursion without growth", before: "func bounce(n int) { if n == 0 { return }; bounce(n-1); bounce(n-1) }",
		cell: begun + "bounce(60)\nkeep = 0", interrupt: true},

	// Blocking operations.
	{name: "sleep", cell: begun + "time.Sleep(time.Hour)\nkeep = 0", interrupt: true},
	{name: "sleep in workers", loop: "fmt.Println(\"begun\")\ntime.Sleep(time.Hour)", interrupt: true},
	{name: "receive", cell: begun + "c := make(chan int)\nkeep = <-c", interrupt: true},
	{name: "receive from nil", cell: begun + "var c chan int\nkeep, _ = <-c", interrupt: true},
	{name: "send", cell: begun + "c := make(chan int)\nc <- 1\nkeep = 0", interrupt: true},
	{name: "range over a channel", cell: begun + "c := make(chan int)\nfor v := range c { keep = v }", interrupt: true},
	{name: "receive in workers", before: "gate := make(chan int)\nfunc pass(i int) int { fmt.Println(\"begun\"); return <-gate }", line: "pass", interrupt: true},
	{name: "select", cell: begun + "a, b := make(chan int), make(chan int)\nselect {\ncase keep = <-a:\ncase b <- 1:\n\tkeep = 0\n}", interrupt: true},
	{name: "select without cases", cell: begun + "select {}", interrupt: true},
	{name: "select in workers", before: "gate2 := make(chan int)\nfunc choose(i int) int { fmt.Println(\"begun\"); select { case v := <-gate2: return v; case <-time.After(time.Hour): return 0 } }",
		line: "choose", interrupt: true},
	{name: "wait group", cell: begun + "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()\nkeep = 0", interrupt: true},
	{name: "mutex", cell: begun + "var m sync.Mutex\nm.Lock()\nm.Lock()\nkeep = 0", interrupt: true},
	{name: "mutex as a Locker", cell: begun + "var l sync.Locker = new(sync.RWMutex)\nl.Lock()\nl.Lock()\nkeep = 0", interrupt: true},
	{name: "embedded mutex", before: "type guarded struct { sync.Mutex; n int }", cell: begun + "var g guarded\ng.Lock()\ng.Lock()\nkeep = 0", interrupt: true},
	{name: "mutex in workers", before: "var busy sync.Mutex\nfunc take(i int) int { fmt.Println(\"begun\"); busy.Lock(); return i }", line: "take", interrupt: true},
	{name: "cond", cell: begun + "m := sync.Mutex{}\nc := sync.NewCond(&m)\nm.Lock()\ndefer m.Unlock()\nc.Wait()\nkeep = 0", interrupt: true},
	{name: "lock held by a deferred unlock", cell: "func() {\n\tmu.Lock()\n\tdefer mu.Unlock()\n\tfmt.Println(\"begun\")\n\tfor {\n\t}\n}()\nkeep = 0", interrupt: true},
	{name: "network accept", cell: "l, err := net.Listen(\"tcp\", \"127.0.0.1:0\")\nfmt.Println(\"begun\")\nl.Accept()\nkeep = 0", interrupt: true,
		note: "left behind", left: 1},
	{name: "network read", cell: "l, _ := net.Listen(\"tcp\", \"127.0.0.1:0\")\nc, err := net.Dial(\"tcp\", l.Addr().String())\nfmt.Println(\"begun\")\nc.Read(make([]byte, 1))\nkeep = 0",
		interrupt: true, note: "left behind", left: 1},
	{name: "file read", cell: "r, w, err := os.Pipe()\nfmt.Println(\"begun\")\nr.Read(make([]byte, 1))\nkeep = 0", interrupt: true, note: "left behind", left: 1},
	{name: "file read in workers", before: "pr, pw, _ := os.Pipe()\nfunc readOne(i int) int { fmt.Println(\"begun\"); n, _ := pr.Read(make([]byte, 1)); return n }",
		line: "readOne", interrupt: true, note: "left behind", left: 4},
	{name: "shell command", shell: []string{"sh", "-c", "echo begun; sleep 100"}, interrupt: true},
	{name: "shell command that ignores SIGINT", shell: []string{"sh", "-c", "trap '' INT TERM; echo begun; sleep 100 & wait; sleep 100"}, interrupt: true},

	// Workers and goroutines.
	{name: "eight busy goroutines", cell: begun + "for range 8 { go func() { for {\n} }() }\nselect {}", interrupt: true},
	{name: "goroutines of goroutines", cell: begun + "go func() { go func() { for {\n} }(); select {} }()\nselect {}", interrupt: true},
	{name: "goroutine with replaced labels", cell: "pprof.Do(context.Background(), pprof.Labels(\"a\", \"b\"), func(context.Context) {\n\tfmt.Println(\"begun\")\n\tfor {\n\t}\n})\nkeep = 0", interrupt: true},
	{name: "deadlock", cell: begun + "c := make(chan int)\nvar wg sync.WaitGroup\nwg.Go(func() {\n\tc <- 1\n})\nwg.Wait()\nkeep = 0", interrupt: true,
		after: "deadlock!", note: "line 5"},
	{name: "deadlock in workers", before: "stuck := make(chan int)\nfunc jam(i int) int { return <-stuck }", line: "jam", interrupt: true, after: "deadlock!", note: "chan receive"},
	{name: "panic in a goroutine", cell: "go func() {\n\tpanic(\"boom\")\n}()\nselect {}", kind: rt.KindPanic, text: "panic: boom\n    cell"},
	{name: "panic in workers", loop: "if i == 3 {\n\tpanic(\"boom\")\n}", kind: rt.KindError, text: "item 3 (3): panic: boom"},
	{name: "panic in errgroup", cell: "var g errgroup.Group\ng.Go(func() error {\n\tpanic(\"boom\")\n})\ng.Wait()\nselect {}", before: `import "golang.org/x/sync/errgroup"`,
		kind: rt.KindPanic, text: "boom"},
	{name: "loop in errgroup", cell: begun + "g, _ := errgroup.WithContext(context.Background())\ng.Go(func() error {\n\tfor {\n\t}\n})\nkeep = 0\nkeep = 42\ng.Wait()\nkeep = 0", interrupt: true},
	{name: "panic in context.AfterFunc", cell: "ctx, cancel := context.WithCancel(context.Background())\ncontext.AfterFunc(ctx, func() { panic(\"boom\") })\ncancel()\nselect {}",
		kind: rt.KindPanic, text: "panic: boom"},
	{name: "panic in time.AfterFunc", cell: "time.AfterFunc(time.Millisecond, func() { panic(\"boom\") })\nselect {}", kind: rt.KindPanic, text: "panic: boom"},

	// Code that would swallow the stop.
	{name: "recover", cell: begun + "for {\n\tfunc() {\n\t\tdefer func() { recover() }()\n\t\tfor {\n\t\t}\n\t}()\n}", interrupt: true},
	{name: "recover that sets a variable", cell: begun + "func() {\n\tdefer func() { if recover() != nil { keep = 0 } }()\n\tfor {\n\t}\n}()\nkeep = 0", interrupt: true},
	{name: "recover in workers", loop: "fmt.Println(\"begun\")\nfor {\n\tfunc() {\n\t\tdefer func() { recover() }()\n\t\tspin(i)\n\t}()\n}", interrupt: true},
	{name: "String that loops", before: "type endless int\nfunc (endless) String() string { for {\n} }", cell: begun + "fmt.Println(endless(1))\nkeep = 0", interrupt: true},
	{name: "deferred loop", cell: begun + "defer func() { for {\n} }()\nselect {}", interrupt: true},
	{name: "deferred loop after a panic", cell: begun + "defer func() { for {\n} }()\npanic(\"boom\")", interrupt: true},
	{name: "deferred wait", cell: begun + "c := make(chan int)\ndefer func() { keep = <-c }()\nselect {}", interrupt: true},

	// Ends.
	{name: "panic", cell: "defer fmt.Println(\"deferred\")\npanic(fmt.Errorf(\"no %d\", 1))", kind: rt.KindPanic, text: "panic: no 1\n    cell", stdout: "deferred\n"},
	{name: "panic again", cell: "defer func() {\n\tpanic(\"second\")\n}()\npanic(\"first\")", kind: rt.KindPanic, text: "panic: first\n\tpanic: second\n    cell"},
	{name: "panic after recover", cell: "defer func() {\n\tif v := recover(); v != nil {\n\t\tpanic(fmt.Sprint(\"again: \", v))\n\t}\n}()\npanic(\"first\")", kind: rt.KindPanic,
		text: "panic: first [recovered]\n\tpanic: again: first\n    cell"},
	{name: "nil map", cell: "var m map[string]int\nm[\"a\"] = 1", kind: rt.KindPanic, text: "panic: assignment to entry in nil map"},
	{name: "os.Exit", cell: "defer fmt.Println(\"deferred\")\nfmt.Println(\"before\")\nos.Exit(3)\nkeep = 0", kind: rt.KindExit, text: "exit status 3", stdout: "before\n"},
	{name: "os.Exit with success", cell: "fmt.Println(\"before\")\nos.Exit(0)\nkeep = 0", stdout: "before\n"},
	{name: "os.Exit in a goroutine", cell: "go os.Exit(3)\nselect {}", kind: rt.KindExit, text: "exit status 3"},
	{name: "os.Exit as a value", cell: "exit := os.Exit\nexit(4)\nkeep = 0", kind: rt.KindExit, text: "exit status 4"},
	{name: "os.Exit in workers", loop: "if i == 3 {\n\tos.Exit(5)\n}\ntime.Sleep(time.Millisecond)", kind: rt.KindExit, text: "exit status 5"},
	{name: "log.Fatal", cell: "log.Fatal(\"bye\")\nkeep = 0", kind: rt.KindExit, text: "exit status 1", note: "bye"},
	{name: "Logger.Fatal", cell: "log.New(os.Stderr, \"mine: \", 0).Fatalf(\"bye %d\", 1)\nkeep = 0", kind: rt.KindExit, text: "exit status 1", note: "mine: bye 1"},
	{name: "Goexit", cell: "defer fmt.Println(\"deferred\")\nruntime.Goexit()\nkeep = 0", stdout: "deferred\n"},
	{name: "Goexit in workers", loop: "if i == 3 {\n\truntime.Goexit()\n}", kind: rt.KindError, text: "Goexit"},
	{name: "endless recursion", before: "func deep(n int) int {\n\treturn deep(n+1) + 1\n}", cell: "deep(0)\nkeep = 0", kind: rt.KindOverflow, text: "stack overflow in deep, cell"},
	{name: "endless recursion in workers", line: "deep", kind: rt.KindOverflow, text: "stack overflow in deep, cell"},
	{name: "endless recursion with large frames", before: "func wide(n int) int {\n\tvar a [1000]int\n\ta[n%1000] = wide(n + 1)\n\treturn a[0]\n}", cell: "wide(0)\nkeep = 0", kind: rt.KindOverflow,
		text: "stack overflow in wide, cell"},
	{name: "endless recursion with large frames in workers", line: "wide", kind: rt.KindOverflow, text: "stack overflow in wide, cell"},
	{name: "deep recursion that ends", before: "func sumTo(n int) int { if n == 0 { return 0 }; return n + sumTo(n-1) }", cell: "fmt.Println(sumTo(1_000_000))", stdout: "500000500000\n"},
	{name: "huge make", cell: "b := make([]byte, 1<<40)\nkeep = len(b)", kind: KindDied, text: "fatal error: out of memory: 1 TiB at once can't be had", dies: true},
	{name: "runaway allocation", cell: "var all [][]byte\nfor {\n\tb := make([]byte, 1<<20)\n\tfor i := range b { b[i] = 1 }\n\tall = append(all, b)\n}", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB"},
	{name: "runaway allocation in workers", before: "func hoard(i int) int {\n\tvar all []*[64]int\n\tfor {\n\t\tall = append(all, &[64]int{1: len(all)})\n\t}\n}",
		line: "hoard", kind: rt.KindMemory, text: "out of memory: the limit is 1 GiB"},
	{name: "item that never ends, with a timeout", before: "func never(i int) int { if i == 2 { for {\n} }; return i }", line: "never", timeout: 200 * time.Millisecond, kind: rt.KindError,
		text: "7 of 8 items done: timeout of 200ms exceeded"},

	// What costs the engine process.
	{name: "concurrent map writes", cell: "m := map[int]int{}\nfor range 8 { go func() { for { m[1]++ } }() }\nselect {}", kind: KindDied, text: "fatal error: concurrent map writes", dies: true},
	{name: "concurrent map writes in workers", before: "shared := map[int]int{}\nfunc scribble(i int) int { for { shared[1]++ } }", line: "scribble", kind: KindDied,
		text: "fatal error: concurrent map writes", dies: true},
	{name: "unlock of an unlocked mutex", cell: "var m sync.Mutex\nm.Unlock()", kind: KindDied, text: "fatal error: sync: unlock of unlocked mutex", dies: true},
	{name: "kill -9", cell: "syscall.Kill(os.Getpid(), syscall.SIGKILL)\nselect {}", kind: KindDied, text: "signal: killed", dies: true},
	{name: "stopped process", cell: "stop := exec.Command(\"sh\", \"-c\", fmt.Sprintf(\"kill -STOP %d; echo begun\", os.Getpid()))\nstop.Stdout = os.Stdout\nstop.Run()\nfor {\n}\nkeep = 0",
		interrupt: true},
	{name: "descriptors closed by number", cell: "for fd := 3; fd < 1024; fd++ {\n\tsyscall.Close(fd)\n}\nos.ReadFile(os.DevNull)\ntime.Sleep(time.Millisecond)\nfmt.Println(exec.Command(\"echo\", \"on\").Output())",
		stdout: "[111 110 10] <nil>\n"},
	{name: "the engine's descriptors closed by number", cell: "for fd := 3; fd < 5000; fd++ {\n\tsyscall.Close(fd)\n}", kind: KindDied, text: "a cell closed the engine's file descriptors", dies: true},
	{name: "fatal signal", cell: "syscall.Kill(os.Getpid(), syscall.SIGSEGV)\nselect {}", kind: KindDied, text: "SIGSEGV", dies: true},
	{name: "panic in an http handler's goroutine", cell: "l, _ := net.Listen(\"tcp\", \"127.0.0.1:0\")\ngo http.Serve(l, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(\"boom\") }))\n_, err := http.Get(\"http://\" + l.Addr().String())\nl.Close()\nerr != nil"},
	{name: "stack overflow in library code", before: "type loopy struct{ next *loopy }\nfunc (l *loopy) MarshalJSON() ([]byte, error) { return json.Marshal(l) }", cell: "json.Marshal(&loopy{})\nkeep = 0",
		kind: rt.KindOverflow, text: "stack overflow"},
	{name: "native code that computes on", before: "import \"math/big\"", cell: begun + "z := new(big.Int).Exp(big.NewInt(3), new(big.Int).Lsh(big.NewInt(1), 33), nil)\nkeep = z.BitLen()", interrupt: true,
		kind: KindDied, text: "did not stop within 2s", dies: true},
}
