package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
)

// where returns its caller's function and file.
func where() string {
	pc, file, line, ok := runtime.Caller(1)
	return fmt.Sprint(runtime.FuncForPC(pc).Name(), " ", filepath.Base(file), " ", line > 0, ok)
}

func trace(name string) func() {
	pc, _, _, _ := runtime.Caller(1)
	fmt.Println("enter", name, runtime.FuncForPC(pc).Name())
	return func() { fmt.Println("leave", name) }
}

type shape struct{ sides int }

func (s shape) name() string  { return where() }
func (s *shape) Grow() string { s.sides++; return where() }
func generic[T any](T) string { return where() }
func outer() string           { defer trace("outer")(); return inner() }
func inner() string           { return strings.Join(callers(), " < ") }
func fac(n int) (string, int) {
	if n == 0 {
		return where(), 1
	}
	s, f := fac(n - 1)
	return s, n * f
}

func callers() (names []string) {
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		names = append(names, f.Function)
		if !more || f.Function == "main.main" {
			return names
		}
	}
}

type failure struct{ at string }

func (f failure) Error() string { return "failed in " + f.at }

func fail() error {
	pc, _, _, _ := runtime.Caller(0)
	return failure{runtime.FuncForPC(pc).Name()}
}

func main() {
	fmt.Println(where())
	s := shape{3}
	fmt.Println(s.name())
	fmt.Println(s.Grow())
	fmt.Println(generic(1))
	fmt.Println(outer())
	fmt.Println(fac(5))
	fmt.Println(fail())
	fmt.Println(runtime.FuncForPC(reflect.ValueOf(fac).Pointer()).Name(), runtime.FuncForPC(reflect.ValueOf(shape.name).Pointer()).Name())
	logger := log.New(os.Stdout, "", log.Lshortfile)
	prefix, _, _ := strings.Cut(logged(logger), ":")
	fmt.Println(prefix)
	fmt.Println(strings.Contains(stack(), "main.stack()"), strings.Contains(stack(), "/main.go:"))
}

func logged(l *log.Logger) string {
	var b strings.Builder
	l.SetOutput(&b)
	l.Print("hello")
	return b.String()
}

func stack() string { return string(debug.Stack()) }
