package engine

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// panicTypes are what the bodies of panicCases use.
const panicTypes = `
type number int
type label string
type flag bool
type ratio float64
type failure struct{ op string }
func (f failure) Error() string { return "failed to " + f.op }
type pointerFailure struct{ op string }
func (f *pointerFailure) Error() string { return "failed to " + f.op + "\nin two lines" }
type shown struct{ n int }
func (s shown) String() string { return fmt.Sprintf("shown %d", s.n) }
type spiteful struct{}
func (spiteful) Error() string { panic("no text") }
type bitter struct{}
func (bitter) Error() string { panic(errors.New("no text")) }
func again(first, second any) {
	defer func() {
		if v := recover(); v != nil { panic(second) }
	}()
	panic(first)
}
func raise(v any) { panic(v) }
func keepOn(v any) {
	defer func() {
		if v := recover(); v != nil { panic(v) }
	}()
	panic(v)
}
func swallowed(v any) {
	defer func() { recover() }()
	panic(v)
}
`

// panicCases are bodies that panic; what the cell says must be what go run
// prints.
var panicCases = []string{
	// Values.
	`panic("text")`,
	`panic("two\nlines")`,
	`panic("")`,
	`panic(fmt.Sprintf("%d of %d", 3, 4))`,
	`panic(fmt.Errorf("wrapped: %w", io.EOF))`,
	`panic(errors.Join(io.EOF, io.ErrUnexpectedEOF))`,
	`panic(42)`,
	`panic(int8(-3))`,
	`panic(uint64(1 << 63))`,
	`panic(1.5)`,
	`panic(float32(-1e30))`,
	`panic(math.Inf(1))`,
	`panic(math.NaN())`,
	`panic(complex(1, -2))`,
	`panic(true)`,
	`panic('x')`,
	`panic(uintptr(7))`,
	`panic(number(7))`,
	`panic(label("a\nb \"c\""))`,
	`panic(flag(false))`,
	`panic(ratio(0.25))`,
	`panic(failure{"open"})`,
	`panic(&pointerFailure{"open"})`,
	`panic(shown{3})`,
	`panic(&shown{3})`,
	`panic(time.Second)`,
	`panic(nil)`,
	`var err error; panic(err)`,
	`panic(spiteful{})`,
	`panic(bitter{})`,
	// The runtime's own.
	`xs := []int{1}; i := 5; _ = xs[i]`,
	`xs := []int{1}; i := -1; _ = xs[i]`,
	`xs := []int{1}; i := 5; _ = xs[:i]`,
	`xs := []int{1, 2}; i, j := 2, 1; _ = xs[i:j]`,
	`xs := []int{1}; _ = [2]int(xs)`,
	`s := "abc"; i := 7; _ = s[i]`,
	`a, b := 1, 0; a /= b`,
	`var m map[string]int; m["a"] = 1`,
	`var c chan int; close(c)`,
	`c := make(chan int); close(c); close(c)`,
	`c := make(chan int); close(c); c <- 1`,
	`n := -1; _ = make([]int, n)`,
	`n := -1; _ = make(chan int, n)`,
	`var v any = 1; _ = v.(string)`,
	`var v any; _ = v.(string)`,
	`var v any = number(1); _ = v.(fmt.Stringer)`,
	`var v any = failure{}; _ = v.(shown)`,
	`var x any = []int{1}; _ = map[any]int{x: 1}`,
	`var x, y any = []int{1}, []int{1}; _ = x == y`,
	`n := -1; _ = 1 << n`,
	`var wg sync.WaitGroup; wg.Done()`,
	`_ = strings.Repeat("x", -1)`,
	`regexp.MustCompile("(")`,
	// Panics in deferred functions.
	`defer func() { panic("second") }(); panic("first")`,
	`defer func() { panic("third") }(); defer func() { panic("second") }(); panic("first")`,
	`again("first", "second")`,
	`defer func() { recover(); again("third", "fourth") }(); again("first", "second")`,
	`again(failure{"read"}, fmt.Errorf("again: %w", failure{"read"}))`,
	`again(fmt.Errorf("a\nb"), 7)`,
	`keepOn("same")`,
	`keepOn(failure{"write"})`,
	`defer func() { v := recover(); panic(v) }(); keepOn("same")`,
	`defer func() { panic(fmt.Sprint("after ", recover())) }(); keepOn("same")`,
	`defer raise("outer"); keepOn("same")`,
	`defer func() { var m map[int]int; m[1] = 1 }(); panic("first")`,
	`defer func() { defer func() { recover() }(); panic("inner") }(); panic("outer")`,
	`defer func() { swallowed("inner") }(); panic("outer")`,
	`swallowed("gone"); panic("stays")`,
	`defer func() { panic(nil) }(); panic("first")`,
	`defer func() { recover(); panic("only") }()`,
	`defer panic("deferred")`,
	// In goroutines.
	`go panic("in a goroutine"); select {}`,
	`go again("first", "second"); select {}`,
	`go func() { defer func() { panic("while exiting") }(); runtime.Goexit() }(); select {}`,
	`var wg sync.WaitGroup; wg.Go(func() { panic("in a group") }); wg.Wait()`,
	`time.AfterFunc(0, func() { again("first", "second") }); select {}`,
	`sync.OnceFunc(func() { panic("once") })()`,
	`_ = sync.OnceValue(func() int { panic(failure{"once"}) })()`,
	`for range func(yield func(int) bool) { yield(1); yield(2) } { break }`,
	`for range func(yield func(int) bool) { yield(1) } { panic("in a loop body") }`,
	`next, stop := iter.Pull(func(yield func(int) bool) { panic("in a pull") }); defer stop(); next()`,
	`slices.SortFunc([]int{3, 1, 2}, func(a, b int) int { panic("in less") })`,
}

// TestPanicsReadAsGoRunPrintsThem compares the text of each case's panic in a
// cell with the one that the same program prints.
func TestPanicsReadAsGoRunPrintsThem(t *testing.T) {
	program := panicProgram(t)
	h := newHostile(t, panicSession(t))
	h.must(panicTypes + panicSwitch("func raiseCase(i int)", "i"))
	for i, body := range panicCases {
		want := panicWords(t, program, i)
		_, _, err := h.exec(fmt.Sprintf("raiseCase(%d)", i))
		var re *RuntimeError
		if !errors.As(err, &re) {
			t.Errorf("%s\nended with %v, want\n%s", body, err, want)
			continue
		}
		if re.Text != want {
			t.Errorf("%s\nsays\n%s\nwant\n%s", body, re.Text, want)
		}
	}
}

// TestInterpretedPanicsReadAsGoRunPrintsThem is that comparison where nothing
// can be compiled; what is refused there is counted.
func TestInterpretedPanicsReadAsGoRunPrintsThem(t *testing.T) {
	program := panicProgram(t)
	s, err := NewSession(Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: interpretingEngine(t), NoToolchain: "install Go"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, _, err := cell(t, s, 1, panicTypes); err != nil {
		t.Fatal(err)
	}
	var refused []string
	for i, body := range panicCases {
		_, _, err := cell(t, s, 2*i+2, fmt.Sprintf("func case%d() {\n%s\n}", i, body))
		if err != nil {
			refused = append(refused, err.Error())
			continue
		}
		_, _, err = cell(t, s, 2*i+3, fmt.Sprintf("case%d()", i))
		var re *RuntimeError
		if !errors.As(err, &re) {
			t.Errorf("%s\nended with %v", body, err)
			continue
		}
		if want := panicWords(t, program, i); re.Text != want {
			t.Errorf("%s\nsays\n%s\nwant\n%s", body, re.Text, want)
		}
	}
	t.Logf("%d of %d refused\n%s", len(refused), len(panicCases), strings.Join(refused, "\n"))
	if most := 20; len(refused) > most {
		t.Errorf("%d of %d are refused, more than %d", len(refused), len(panicCases), most)
	}
}

func panicSession(t *testing.T) Options {
	e := testEngine(t)
	return Options{Notebook: t.TempDir(), Dir: t.TempDir(), Engine: e, Command: []string{e.Binary}}
}

// panicProgram builds a program whose argument chooses the case.
func panicProgram(t *testing.T) string {
	src := "package main\n"
	for _, pkg := range []string{"errors", "fmt", "io", "iter", "math", "os", "regexp", "runtime", "slices", "strconv", "strings", "sync", "time"} {
		src += fmt.Sprintf("import %q\n", pkg)
	}
	src += panicTypes + panicSwitch("func main()", "must(strconv.Atoi(os.Args[1]))") + "func must(i int, err error) int { return i }\n"
	dir := t.TempDir()
	file, bin := filepath.Join(dir, "main.go"), filepath.Join(dir, "panics")
	if err := os.WriteFile(file, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-o", bin, file)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// panicSwitch is a function that runs the case with the number.
func panicSwitch(head, number string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s {\nswitch %s {\n", head, number)
	for i, body := range panicCases {
		fmt.Fprintf(&b, "case %d:\n%s\n", i, body)
	}
	b.WriteString("}\n}\n")
	return b.String()
}

// panicWords runs a case and returns what the runtime prints of the panics,
// without the signal's line, which has addresses.
func panicWords(t *testing.T, program string, i int) string {
	var stderr strings.Builder
	cmd := exec.Command(program, fmt.Sprint(i))
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil {
		t.Fatalf("%s\ndoes not panic", panicCases[i])
	}
	words, _, _ := strings.Cut(stderr.String(), "\n\n")
	head, _, _ := strings.Cut(words, "\n[signal ")
	return strings.TrimRight(head, "\n")
}
