// Package symbols gives Go 1.26's standard library to yaegi, whose own tables stop at Go 1.22.
//
// The engine calls [Install] on a new interpreter; [Symbols] is the plain table in the shape of interp.Exports. [Has]
// tells the planner what interpreted code may use, and [Generic] what it can't because reflection holds no generics.
// [Exit] decides what os.Exit and log.Fatal do.
//
// The tables are written by engine/host/symbols/gen. They are static data: the compiler writes them into the binary
// as they are, and only the maps are made when the process starts (under 1 ms).
package symbols

import (
	"fmt"
	"go/constant"
	"go/token"
	"path"
	"reflect"
	"strings"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib/unsafe"
)

//go:generate go run ./gen

// Symbols holds std as yaegi wants it: "net/http/http" → name → function, constant, addressable variable, or nil pointer
// to a type; "_Name" is the wrapper of the interface Name. It is read-only.
var Symbols = load()

// symbol is one entry of a table.
type symbol struct {
	name  string
	value any
}

// table is one package of std.
type table struct {
	key    string   // import path and package name, joined by a slash
	values []symbol // as they are
	vars   []symbol // pointers to the package's variables
	consts []symbol // untyped: bool, int64, uint64, string, or exact
}

// exact is a float constant without loss: "numerator/denominator".
type exact string

// load makes the maps from the tables.
func load() map[string]map[string]reflect.Value {
	all := make(map[string]map[string]reflect.Value, len(tables)+4)
	for _, t := range tables {
		m := make(map[string]reflect.Value, len(t.values)+len(t.vars)+len(t.consts))
		for _, s := range t.values {
			m[s.name] = reflect.ValueOf(s.value)
		}
		for _, s := range t.vars {
			m[s.name] = reflect.ValueOf(s.value).Elem()
		}
		for _, s := range t.consts {
			m[s.name] = untyped(s.value)
		}
		all[t.key] = m
	}
	for key, m := range unsafe.Symbols {
		all[key] = m
	}
	all["."] = map[string]reflect.Value{"MapTypes": reflect.ValueOf(mapTypes(all))}
	return all
}

// untyped returns an untyped constant as yaegi wants it: a constant.Value, a truth value as a bool.
func untyped(v any) reflect.Value {
	switch v := v.(type) {
	case bool:
		return reflect.ValueOf(v)
	case int64:
		return reflect.ValueOf(constant.MakeInt64(v))
	case uint64:
		return reflect.ValueOf(constant.MakeUint64(v))
	case string:
		return reflect.ValueOf(constant.MakeString(v))
	case exact:
		num, den, _ := strings.Cut(string(v), "/")
		n, d := constant.MakeFromLiteral(num, token.FLOAT, 0), constant.MakeFromLiteral(den, token.FLOAT, 0)
		return reflect.ValueOf(constant.BinaryOp(n, token.QUO, d))
	}
	panic(fmt.Sprintf("symbols: constant of type %T in a table; run go generate in engine/host/symbols", v))
}

// Has says whether interpreted code may use name of the package with that import path.
func Has(importPath, name string) bool {
	m := byPath[importPath]
	_, ok := m[name]
	return ok && name[0] != '_'
}

// byPath is Symbols by import path, without what is addressed to yaegi itself.
var byPath = func() map[string]map[string]reflect.Value {
	m := make(map[string]map[string]reflect.Value, len(tables)+1)
	for _, t := range tables {
		m[path.Dir(t.key)] = Symbols[t.key]
	}
	m["unsafe"] = Symbols["unsafe/unsafe"]
	return m
}()

// Install gives std to an interpreter. Unlike a bare i.Use(Symbols), after which yaegi puts private copies of os.Stdout,
// log's and flag's state and fmt.Print under the interpreted code, that code shares these with the compiled code of
// the process: what one of them sets, the other sees. So the interpreter's Stdin, Stdout and Stderr options have no effect
// on std; the engine's are its file descriptors. os.Args stays the interpreter's. To be called before the first Eval.
func Install(i *interp.Interpreter) error {
	if err := i.Use(Symbols); err != nil {
		return fmt.Errorf("giving std's symbols to the interpreter: %w", err)
	}
	shared := interp.Exports{}
	for _, p := range []string{"fmt", "log", "flag"} {
		shared[p+"/shared"] = Symbols[p+"/"+p] // yaegi would make its copies again for the key fmt/fmt
	}
	shared["os/shared"] = map[string]reflect.Value{}
	for _, name := range []string{"Stdin", "Stdout", "Stderr"} {
		shared["os/shared"][name] = Symbols["os/os"][name]
	}
	if err := i.Use(shared); err != nil {
		return fmt.Errorf("sharing std's state with the interpreter: %w", err)
	}
	return nil
}
