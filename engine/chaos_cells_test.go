//go:build unix

package engine

import (
	"fmt"
	"strconv"
	"strings"
)

// chaosSetup is what a chaos session holds besides what the model has.
const chaosSetup = `
func ticking() bool {
	was := ticks.Load()
	for range 20_000 {
		if ticks.Load() != was {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}
func hang() { select {} }
var ticks atomic.Int64
`

// chaosItems is how many items the parallel loops have.
const chaosItems = 16

// A chaosCell is a cell and what it does to the model.
type chaosCell struct {
	src  string // Go; for a parallel loop the body, over i
	loop bool   // it is a %%vectorize loop
	line string // the function of a %vectorize line whose result goes to name

	name  string   // the variable that it writes
	steps []string // what it writes, one after the other, as text
	fresh bool     // it declares the variable

	fn     string // the function that it declares
	value  chaosFunc
	ticker bool // it starts the goroutine that ticks
	ends   bool // it comes to its end when nobody interrupts it
	fails  bool // it ends with an error by itself, after its first step
	keeps  bool // when it fails or is stopped, all is as before
}

// A chaosFunc is f(x) = mul*of(x) + add, where of is another function or
// nothing.
type chaosFunc struct {
	mul, add int
	of       string
}

// call is what the function gives.
func (m *chaosModel) call(name string, x int) int {
	f := m.funcs[name]
	if f.of != "" {
		x = m.call(f.of, x)
	}
	return f.mul*x + f.add
}

// list is the text of the slice that fn gives for the items.
func (m *chaosModel) list(fn string, add int) string {
	var parts []string
	for i := range chaosItems {
		parts = append(parts, strconv.Itoa(m.call(fn, i)+add))
	}
	return "[" + strings.Join(parts, " ") + "]"
}

// pick makes a random cell.
func (c *chaos) pick() chaosCell {
	n := c.rnd.IntN(1000)
	fn := "f" + strconv.Itoa(c.rnd.IntN(3))
	if _, ok := c.model.funcs[fn]; !ok || c.rnd.IntN(8) == 0 {
		return c.function(fn, n)
	}
	switch c.rnd.IntN(6) {
	case 0:
		return c.parallel(fn, n)
	case 1:
		if !c.model.ticks {
			return chaosCell{src: "go func() { for { ticks.Add(1); time.Sleep(time.Millisecond) } }()", ticker: true, ends: true}
		}
	}
	name := string(rune('a' + c.rnd.IntN(4)))
	_, live := c.model.vars[name]
	switch {
	case !live, c.rnd.IntN(8) == 0:
		return c.variable(name, n)
	case c.model.text[name]:
		return chaosCell{src: fmt.Sprintf("%s += \"%d\"", name, n), name: name, steps: []string{c.model.vars[name] + strconv.Itoa(n)}, ends: true}
	}
	return c.write(name, fn, n)
}

// function declares f(x) = x + n, or a function that calls another one.
func (c *chaos) function(fn string, n int) chaosCell {
	value := chaosFunc{mul: 1, add: n}
	src := fmt.Sprintf("func %s(x int) int { return x + %d }", fn, n)
	if _, ok := c.model.funcs[fn]; ok && c.rnd.IntN(2) == 0 {
		value = chaosFunc{mul: 3, add: n, of: fn}
		fn = "g" + fn[1:]
		src = fmt.Sprintf("func %s(x int) int {\n\tif x < -5 {\n\t\treturn 0\n\t}\n\treturn 3*%s(x) + %d\n}", fn, value.of, n)
	}
	return chaosCell{src: src, fn: fn, value: value, ends: true}
}

// variable declares a number or a text, again perhaps with another type.
func (c *chaos) variable(name string, n int) chaosCell {
	text := strconv.Itoa(n)
	cell := chaosCell{src: fmt.Sprintf("%s := %d", name, n), name: name, steps: []string{text}, fresh: true, ends: true}
	switch c.rnd.IntN(3) {
	case 0:
		cell.src = fmt.Sprintf("var %s = \"t%d\"", name, n)
		cell.steps = []string{"t" + text}
	case 1:
		cell.src = fmt.Sprintf("func() { defer func() {}() }()\n%s := %d", name, n) // compiled
	}
	return cell
}

// parallel is a %vectorize line or a %%vectorize loop over a slice.
func (c *chaos) parallel(fn string, n int) chaosCell {
	if _, ok := c.model.vars["xs"]; !ok || c.rnd.IntN(3) == 0 {
		return chaosCell{line: fn, name: "xs", steps: []string{c.model.list(fn, 0)}, fresh: true, ends: true}
	}
	cell := chaosCell{loop: true, name: "xs", steps: []string{c.model.list(fn, n)}, keeps: true}
	write := fmt.Sprintf("xs[i] = %s(i) + %d", fn, n)
	switch c.rnd.IntN(5) {
	case 0:
		cell.src, cell.ends = write, true
	case 1:
		cell.src, cell.ends = "time.Sleep(time.Millisecond)\n"+write, true
	case 2:
		cell.src, cell.fails = write+"\nif i == 7 {\n\tpanic(\"chaos\")\n}", true
	case 3:
		cell.src = write + "\nif i == 7 {\n\tfor {\n\t}\n}"
	case 4:
		cell.src = write + "\nif i > 3 {\n\thang()\n}"
	}
	return cell
}

// write writes a number, does something, and writes another number.
func (c *chaos) write(name, fn string, n int) chaosCell {
	cell := chaosCell{name: name, steps: []string{strconv.Itoa(n), strconv.Itoa(c.model.call(fn, n))}}
	bodies := []struct {
		src         string
		ends, fails bool
	}{
		{src: "", ends: true},
		{src: "for i := 0; i < 1000; i++ { _ = i * i }", ends: true},
		{src: "time.Sleep(3 * time.Millisecond)", ends: true},
		{src: "for {\n}"},
		{src: "for i := 0; ; i++ { _ = " + fn + "(i) }"},
		{src: "select {}"},
		{src: "never := make(chan int)\n<-never"},
		{src: "never := make(chan int)\nselect {\ncase " + name + " = <-never:\ncase <-time.After(time.Hour):\n}"},
		{src: "var w sync.WaitGroup\nfor range 4 { w.Go(func() { for {\n} }) }\nw.Wait()"},
		{src: "var m sync.Mutex\nm.Lock()\ndefer m.Unlock()\nm.Lock()"},
		{src: "for i := range 3 { go func() { time.Sleep(time.Duration(i) * time.Millisecond) }() }", ends: true},
		{src: "panic(\"chaos\")", fails: true},
		{src: "func() { defer func() { recover() }(); panic(1) }()", ends: true},
		{src: "go func() { panic(\"in a goroutine\") }()\nselect {}", fails: true},
		{src: "var r func(int) int\nr = func(i int) int { return r(i+1) + 1 }\nr(0)", fails: true},
		{src: "os.Exit(3)", fails: true},
		{src: "exec.Command(\"sleep\", \"60\").Run()"},
	}
	b := bodies[c.rnd.IntN(len(bodies))]
	cell.src = fmt.Sprintf("%s = %d\n%s\n%s = %s(%d)", name, n, b.src, name, fn, n)
	cell.ends, cell.fails = b.ends, b.fails
	return cell
}
