package stack

import (
	"reflect"
	"testing"
)

const dumpText = `fatal error: concurrent map writes

goroutine 34 gp=0xc000102a80 m=4 mp=0xc000100008 [running]:
internal/runtime/maps.fatal({0x4a3b20?, 0xc000012345?})
	/usr/local/go/src/runtime/panic.go:1181 +0x18
nb/ab12.(*Tree[...]).insert(0xc0000a0000, 0x3)
	/goblaze/cell/3/main.go:14 +0x1d
nb/ab12.gbz_run.func1()
	/goblaze/cell/3/main.go:20 +0x2a
github.com/goblaze/goblaze/engine/rt.(*Cell).runGo(0xc0000a0000, {0x60b1a2e0c0de0001, 0x5, 0x2a}, 0xc0000b0000, 0xc0000c0000)
	/src/engine/rt/go.go:31 +0x7c
created by github.com/goblaze/goblaze/engine/rt.Go in goroutine 18
	/src/engine/rt/go.go:24 +0xb5

goroutine 18 [select, 2 minutes]:
github.com/goblaze/goblaze/engine/rt.recvLoop[...](0xc0000a0000)
	/src/engine/rt/block.go:50 +0x7c
github.com/goblaze/goblaze/engine/rt.recvParked[...](...)
	/src/engine/rt/block.go:44
nb/ab12.wait(...)
	/goblaze/cell/2/main.go:5
exit status 2
`

func TestParseDump(t *testing.T) {
	gs := ParseDump(dumpText)
	if len(gs) != 2 {
		t.Fatalf("%d goroutines, want 2", len(gs))
	}
	g := gs[0]
	frames := []Frame{{"(*Tree[...]).insert", 3, 14}, {"func1", 3, 20}}
	if g.ID != 34 || g.State != "running" || g.Cell != 5 || g.Number != 42 || g.Parent != 18 || !reflect.DeepEqual(g.Frames, frames) || g.Blocked() {
		t.Errorf("first goroutine: %+v", g)
	}
	g = gs[1]
	if g.State != "select" || g.Op != "chan receive" || !g.Forever() || !g.Blocked() || !reflect.DeepEqual(g.Frames, []Frame{{"wait", 2, 5}}) {
		t.Errorf("second goroutine: %+v", g)
	}
}

// Who waits for a Once waits for its lock; who runs its function waits for
// what that waits for.
func TestOnceIsNamed(t *testing.T) {
	gs := ParseDump(`goroutine 7 [sync.Mutex.Lock]:
internal/sync.runtime_SemacquireMutex(0x1?, 0x2?, 0x3?)
	/usr/local/go/src/runtime/sema.go:95 +0x25
sync.(*Once).doSlow(0x0?, 0x0?)
	/usr/local/go/src/sync/once.go:73 +0x2f
nb/ab12.gbz_run()
	/goblaze/cell/3/main.go:14 +0x1d

goroutine 8 [select]:
github.com/goblaze/goblaze/engine/rt.recvParked[...](...)
	/src/engine/rt/block.go:44
sync.(*Once).doSlow(0x0?, 0x0?)
	/usr/local/go/src/sync/once.go:78 +0xab
nb/ab12.gbz_run()
	/goblaze/cell/3/main.go:15 +0x1d

goroutine 9 [sleep]:
time.Sleep(0x1)
	/usr/local/go/src/runtime/time.go:1 +0x1
sync.(*Once).doSlow(0x0?, 0x0?)
	/usr/local/go/src/sync/once.go:78 +0xab
nb/ab12.gbz_run()
	/goblaze/cell/3/main.go:15 +0x1d
`)
	for i, want := range []struct {
		op      string
		forever bool
	}{{"sync.Once.Do", true}, {"chan receive", true}, {"sleep", false}} {
		if g := gs[i]; g.Op != want.op || g.Forever() != want.forever {
			t.Errorf("goroutine %d: %q, for ever: %v; want %v", g.ID, g.Op, g.Forever(), want)
		}
	}
}

func TestFuncName(t *testing.T) {
	for full, want := range map[string]string{
		"nb/ab12.fib": "fib", "nb/ab12.(*T).Set": "(*T).Set", "nb/ab12.T.Get": "T.Get", "nb/ab12.Map[...]": "Map",
		"nb/ab12.gbz_run": "", "nb/ab12.gbz_run.func1": "func1", "nb/ab12.fib.func2.1": "fib.func2.1", "main.main": "", "main.main.func1": "func1", "main.fib": "fib", "main.(*T).Set": "(*T).Set",
		"nb/ab12.gbz_short_fib": "fib",
	} {
		if got := FuncName(full); got != want {
			t.Errorf("FuncName(%q) = %q, want %q", full, got, want)
		}
	}
}

func FuzzParseDump(f *testing.F) {
	f.Add(dumpText)
	f.Add("goroutine 1 [")
	f.Fuzz(func(t *testing.T, text string) { ParseDump(text) })
}
