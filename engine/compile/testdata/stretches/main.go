// The program calls every function as it was written (package plain) and as the
// compiler emitted it, and compares what they did.
package main

import (
	"fmt"
	"os"
	"reflect"

	"stretches/plain"
	"stretches/rt"
)

// longest is how many pieces of work may lie between two checks: those of two
// short loops, one after the other.
const longest = 2 * 128

func outcome(f reflect.Value, p any, args []reflect.Value) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint("panic: ", r)
		}
	}()
	out := f.Call(append([]reflect.Value{reflect.ValueOf(p)}, args...))
	for _, v := range out {
		text += fmt.Sprint(v.Interface(), " ")
	}
	return text
}

func edges(t reflect.Type) (out []reflect.Value) {
	bits := t.Bits()
	if t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uintptr {
		top := ^uint64(0) >> (64 - bits)
		for _, x := range []uint64{0, 1, 2, 9, 63, 64, 65, 100, top / 2, top - 66, top - 5, top - 1, top} {
			v := reflect.New(t).Elem()
			v.SetUint(x)
			out = append(out, v)
		}
		return out
	}
	top := int64(^uint64(0) >> (65 - bits))
	for _, x := range []int64{-top - 1, -top, -top + 60, -100, -2, -1, 0, 1, 3, 64, 65, 100, top - 66, top - 3, top - 1, top} {
		v := reflect.New(t).Elem()
		v.SetInt(x)
		out = append(out, v)
	}
	return out
}

// all calls try with every combination of edge values.
func all(t reflect.Type, args []reflect.Value, try func([]reflect.Value)) {
	if len(args) == t.NumIn()-1 {
		try(args)
		return
	}
	for _, v := range edges(t.In(len(args) + 1)) {
		all(t, append(args[:len(args):len(args)], v), try)
	}
}

func main() {
	failed := 0
	fail := func(name string, args []reflect.Value, format string, a ...any) {
		if failed++; failed < 20 {
			fmt.Printf("%s%v: %s\n", name, args, fmt.Sprintf(format, a...))
		}
	}
	runs, ticks, checkless, most := 0, 0, 0, 0
	for name, want := range plain.Funcs {
		f, g := reflect.ValueOf(emitted[name]), reflect.ValueOf(want)
		all(f.Type(), nil, func(args []reflect.Value) {
			a, b := &Probe{}, &plain.Probe{}
			y := outcome(g, b, args)
			rt.Reset = func() { a.Since = 0 }
			x := outcome(f, a, args)
			runs, ticks = runs+1, ticks+a.N
			most = max(most, a.Longest)
			if a.Since == a.N {
				checkless++
			}
			switch {
			case x != y || a.N != b.N || a.Hash != b.Hash:
				fail(name, args, "%s after %d iterations, want %s after %d", x, a.N, y, b.N)
			case a.Longest > longest:
				fail(name, args, "%d iterations without a check", a.Longest)
			}
		})
	}
	fmt.Printf("%d functions, %d runs, %d iterations, %d runs without a check, at most %d iterations between two\n", len(plain.Funcs), runs, ticks, checkless, most)
	if failed > 0 || runs == 0 {
		fmt.Println(failed, "failed")
		os.Exit(1)
	}
}
