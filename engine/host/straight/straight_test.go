package straight

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// world has the function strings.ToUpper and the type []int.
type world struct{}

func (world) Type(t wire.Type) (reflect.Type, error) {
	if t.Kind == "slice" {
		return reflect.TypeFor[[]int](), nil
	}
	return nil, errors.New("no type " + t.Kind)
}

func (world) Std(path, name string) (reflect.Value, bool) {
	return reflect.ValueOf(strings.ToUpper), path == "strings" && name == "ToUpper"
}

func (world) Unit(string, string) (reflect.Value, bool) { return reflect.Value{}, false }

func (world) Helper(string) (reflect.Value, bool) { return reflect.Value{}, false }

// program is s = strings.ToUpper(s + "é"); xs[1] -= len(s) % 3, of the variables
// s and xs.
func program() []byte {
	var w wire.CodeWriter
	w.Int(3)
	w.Op(wire.CodeAt, wire.Place(1, 1))
	w.Op(wire.CodeSet)
	w.Op(wire.CodeCall)
	w.Op(wire.CodeStd)
	w.Text("strings")
	w.Text("ToUpper")
	w.Op(0, 1)
	w.Op(wire.CodeBinary)
	w.Op(wire.CodeAdd)
	w.Op(wire.CodeInOrder)
	w.Op(wire.CodeLoad)
	w.Op(wire.CodeVariable, 0)
	w.Op(wire.CodeString, 1)
	w.Text("é")
	w.Op(wire.CodeVariable, 0)
	w.Op(wire.CodeUpdate)
	w.Op(wire.CodeSub)
	w.Op(wire.CodeElement)
	w.Op(wire.CodeLoad)
	w.Op(wire.CodeVariable, 1)
	w.Op(wire.CodeInt, 2)
	w.Int(1)
	w.Op(wire.CodeBinary)
	w.Op(wire.CodeRem)
	w.Op(wire.CodeInOrder)
	w.Op(wire.CodeLen)
	w.Op(wire.CodeLoad)
	w.Op(wire.CodeVariable, 0)
	w.Op(wire.CodeInt, 2)
	w.Int(3)
	return w.Bytes
}

func compile(code []byte) (*Program, string, []int, error) {
	s, xs := "wo", []int{1, 2}
	p, err := Compile(code, []wire.Type{{Kind: "slice"}}, []reflect.Value{reflect.ValueOf(&s), reflect.ValueOf(&xs)}, world{})
	if err != nil {
		return nil, "", nil, err
	}
	line := 0
	p.Run(rt.NewCell(1), &line)
	return p, s, xs, nil
}

func TestProgramRuns(t *testing.T) {
	_, s, xs, err := compile(program())
	if err != nil || s != "WOÉ" || xs[1] != 1 {
		t.Fatalf("s = %q, xs = %v, %v", s, xs, err)
	}
}

// TestMalformedCode wants an error for code that was cut or changed, or none: no
// panic and no code beyond the end.
func TestMalformedCode(t *testing.T) {
	whole := program()
	vars := []reflect.Value{reflect.ValueOf(new(string)), reflect.ValueOf(new([]int))}
	for n := range whole {
		if _, err := Compile(whole[:n], nil, vars, world{}); err == nil {
			t.Errorf("the first %d bytes of %d are a program", n, len(whole))
		}
	}
	if _, err := Compile(append(whole, 0), nil, vars, world{}); !errors.Is(err, wire.ErrCode) {
		t.Errorf("with a byte more: %v", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		code := program()
		for range 1 + r.IntN(3) {
			code[r.IntN(len(code))] = byte(r.Uint32())
		}
		_, _ = Compile(code, nil, vars, world{}) // it must not panic
	}
}

// TestUnknownNames wants an error before anything runs.
func TestUnknownNames(t *testing.T) {
	vars := []reflect.Value{reflect.ValueOf(new(string)), reflect.ValueOf(new([]int))}
	for _, change := range [][2]string{{"ToUpper", "ToLower"}, {"strings", "stringz"}} {
		code := []byte(strings.Replace(string(program()), change[0], change[1], 1))
		if _, err := Compile(code, nil, vars, world{}); err == nil {
			t.Errorf("%s is found", change[1])
		}
	}
	if _, err := Compile([]byte{0}, []wire.Type{{Kind: "chan"}}, nil, world{}); err == nil {
		t.Error("a type of no kind is made")
	}
}
