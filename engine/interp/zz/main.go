package main

import (
	"fmt"
	"os"
	"reflect"

	"github.com/goblaze/goblaze/engine/host/symbols"
	"github.com/traefik/yaegi/interp"
)

type P struct{ X, Y int; Name string }

func (p P) Norm() int { return p.X + p.Y }

type W struct{}
func (W) Write(p []byte) (int, error) { fmt.Printf("W %q\n", p); return len(p), nil }

func main() {
	i := interp.New(interp.Options{Stderr: W{}})
	i.Use(symbols.Symbols)
	i.Use(interp.Exports{"gbz/v/v": {"T_P": reflect.ValueOf((*P)(nil)), "Bad": reflect.ValueOf(func(i, n int) { _ = make([]int, n)[i] })}})
	_, err := i.Eval("import gbz_v \"gbz/v\"")
	fmt.Println(err)
	for k, src := range os.Args[1:] {
		_, err := i.Eval(fmt.Sprintf("func f%d() {\n%s\n}", k, src))
		if err != nil { fmt.Println(err); continue }
		v, err := i.Eval(fmt.Sprintf("f%d", k))
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			v.Interface().(func())()
		}()
	}
}
