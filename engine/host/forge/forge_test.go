package forge

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sort"
	"testing"
)

// point makes type Point struct { X, y int } with String, norm and Scale.
func point(t *testing.T) *Type {
	t.Helper()
	p, err := New("main.Point", reflect.Struct)
	if err != nil {
		t.Fatal(err)
	}
	shape := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeFor[int]()}, {Name: "y", PkgPath: "main", Type: reflect.TypeFor[int]()}})
	if err := p.Define(shape, []reflect.StructField{{Name: "X", Type: reflect.TypeFor[int]()}, {Name: "y", Type: reflect.TypeFor[int]()}}, nil); err != nil {
		t.Fatal(err)
	}
	err = p.Methods([]Method{
		{Name: "String", Type: reflect.TypeFor[func() string](), Call: func(a []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(fmt.Sprintf("<%d %d>", a[0].Field(0).Int(), a[0].Field(1).Int()))}
		}},
		{Name: "Add", Type: reflect.TypeFor[func(int, float64, string, ...int) (int, string)](), Call: func(a []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(int(a[0].Field(0).Int()) + int(a[1].Int())), reflect.ValueOf(fmt.Sprint(a[2], a[3], a[4].Len()))}
		}},
		{Name: "Scale", Type: reflect.TypeFor[func(int)](), Pointer: true, Call: func(a []reflect.Value) []reflect.Value {
			f := a[0].Elem().Field(0)
			f.SetInt(f.Int() * a[1].Int())
			return nil
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

type adder interface {
	Add(n int, f float64, s string, more ...int) (int, string)
}

type scaler interface {
	fmt.Stringer
	Scale(int)
}

func TestStructWithMethods(t *testing.T) {
	p, q := point(t), point(t)
	v := reflect.New(p.Type())
	v.Elem().Field(0).SetInt(3)
	x := v.Elem().Interface()
	if got := fmt.Sprintf("%v %+v %T %T %d", x, x, x, v.Interface(), x); got != "<3 0> <3 0> main.Point *main.Point {3 0}" {
		t.Error(got)
	}
	if got := fmt.Sprintf("%#v %v", x, []any{x, v.Interface()}); got != "main.Point{X:3, y:0} [<3 0> <3 0>]" {
		t.Error(got)
	}
	if b, err := json.Marshal(x); string(b) != `{"X":3}` {
		t.Error(string(b), err)
	}
	n, s := x.(adder).Add(4, 2.5, "z", 1, 2, 3)
	if n != 7 || s != "2.5 z 3" {
		t.Error(n, s)
	}
	if _, ok := x.(scaler); ok {
		t.Error("a value has the methods of a pointer")
	}
	v.Interface().(scaler).Scale(5)
	if got := v.Interface().(scaler).String(); got != "<15 0>" {
		t.Error(got)
	}
	y := reflect.New(q.Type()).Elem().Interface()
	if x == y || reflect.TypeOf(x) == reflect.TypeOf(y) || reflect.TypeOf(x).AssignableTo(q.Type()) || !reflect.TypeOf(x).ConvertibleTo(q.Type()) {
		t.Error("two types of one layout are one")
	}
	if x != any(x) || reflect.ValueOf(map[any]int{x: 1}).MapIndex(reflect.ValueOf(x)).Int() != 1 {
		t.Error("a value is not itself")
	}
	out := v.MethodByName("Add").Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(1.0), reflect.ValueOf("q")})
	if out[0].Int() != 16 {
		t.Error(out)
	}
	m, _ := p.Type().MethodByName("String")
	if got := m.Func.Call([]reflect.Value{v.Elem()})[0].String(); got != "<15 0>" {
		t.Error(got)
	}
	defer func() {
		if got := fmt.Sprint(recover()); got != "value method main.Point.String called using nil *Point pointer" {
			t.Error(got)
		}
	}()
	_ = reflect.Zero(reflect.PointerTo(p.Type())).Interface().(fmt.Stringer).String()
}

// TestKinds makes types of other kinds, interfaces and types that mention
// themselves.
func TestKinds(t *testing.T) {
	c, err := New("main.Celsius", reflect.Float64)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Define(reflect.TypeFor[float64](), nil, nil); err != nil {
		t.Fatal(err)
	}
	x := reflect.ValueOf(21.5).Convert(c.Type())
	if got := fmt.Sprintf("%v %T %.2f", x, x.Interface(), x.Interface()); got != "21.5 main.Celsius 21.50" {
		t.Error(got)
	}
	list, _ := New("main.Names", reflect.Slice)
	if err := list.Define(reflect.TypeFor[[]string](), nil, nil); err != nil {
		t.Fatal(err)
	}
	sorted := []Method{
		{Name: "Len", Type: reflect.TypeFor[func() int](), Call: func(a []reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(a[0].Len())} }},
		{Name: "Less", Type: reflect.TypeFor[func(i, j int) bool](), Call: func(a []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(a[0].Index(int(a[1].Int())).String() < a[0].Index(int(a[2].Int())).String())}
		}},
		{Name: "Swap", Type: reflect.TypeFor[func(i, j int)](), Call: func(a []reflect.Value) []reflect.Value {
			reflect.Swapper(a[0].Convert(reflect.TypeFor[[]string]()).Interface())(int(a[1].Int()), int(a[2].Int()))
			return nil
		}},
	}
	if err := list.Methods(sorted); err != nil {
		t.Fatal(err)
	}
	names := reflect.ValueOf([]string{"c", "a", "b"}).Convert(list.Type())
	sort.Sort(names.Interface().(sort.Interface))
	if got := fmt.Sprint(names); got != "[a b c]" {
		t.Error(got)
	}
	node, _ := New("main.Node", reflect.Struct)
	next := reflect.PointerTo(node.Type())
	kids := reflect.SliceOf(next)
	shape := reflect.StructOf([]reflect.StructField{
		{Name: "V", Type: reflect.TypeFor[int]()}, {Name: "Next", Type: reflect.TypeFor[*int]()}, {Name: "Kids", Type: reflect.TypeFor[[]*int]()}})
	if err := node.Define(shape, []reflect.StructField{{Name: "V", Type: reflect.TypeFor[int]()}, {Name: "Next", Type: next}, {Name: "Kids", Type: kids}}, nil); err != nil {
		t.Fatal(err)
	}
	a := reflect.New(node.Type())
	a.Elem().Field(0).SetInt(1)
	b := reflect.New(node.Type())
	b.Elem().Field(1).Set(a)
	for range 20 {
		runtime.GC()
	}
	b.Elem().Field(2).Set(reflect.Append(b.Elem().Field(2), a, a))
	if got := fmt.Sprintf("%v %T %d", b.Elem().Field(1).Elem(), b.Interface(), b.Elem().Field(2).Len()); got != "{1 <nil> []} *main.Node 2" {
		t.Error(got)
	}
	shapeI, err := New("main.Shape", reflect.Interface)
	if err == nil {
		err = shapeI.DefineInterface([]Method{{Name: "Area", Type: reflect.TypeFor[func() float64]()}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if c.Type().Implements(shapeI.Type()) || shapeI.Type().NumMethod() != 1 || shapeI.Type().String() != "main.Shape" {
		t.Error("the interface", shapeI.Type())
	}
	square, _ := New("main.Square", reflect.Struct)
	sh := reflect.StructOf([]reflect.StructField{{Name: "S", Type: reflect.TypeFor[float64]()}})
	_ = square.Define(sh, []reflect.StructField{{Name: "S", Type: reflect.TypeFor[float64]()}}, nil)
	if err := square.Methods([]Method{{Name: "Area", Type: reflect.TypeFor[func() float64](), Call: func(a []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(a[0].Field(0).Float() * a[0].Field(0).Float())}
	}}}); err != nil {
		t.Fatal(err)
	}
	s := reflect.New(square.Type()).Elem()
	s.Field(0).SetFloat(3)
	held := reflect.New(shapeI.Type()).Elem()
	held.Set(s)
	if got := held.Method(0).Call(nil)[0].Float(); got != 9 || held.Elem().Type() != square.Type() {
		t.Error(got)
	}
	fail, _ := New("main.Fail", reflect.Struct)
	_ = fail.Define(sh, []reflect.StructField{{Name: "S", Type: reflect.TypeFor[float64]()}}, nil)
	_ = fail.Methods([]Method{{Name: "Error", Pointer: true, Type: reflect.TypeFor[func() string](), Call: func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf("failed")} }}})
	e := fmt.Errorf("wrap: %w", reflect.New(fail.Type()).Interface().(error))
	target := reflect.New(reflect.PointerTo(fail.Type()))
	if !errors.As(e, target.Interface()) || e.Error() != "wrap: failed" {
		t.Error(e)
	}
	op, _ := New("main.Op", reflect.Func)
	if err := op.Define(reflect.TypeFor[func(int, int) int](), nil, nil); err != nil {
		t.Fatal(err)
	}
	f := reflect.ValueOf(func(a, b int) int { return a - b }).Convert(op.Type())
	if got := f.Call([]reflect.Value{reflect.ValueOf(5), reflect.ValueOf(3)})[0].Int(); got != 2 || f.Type().In(1).Kind() != reflect.Int {
		t.Error(got)
	}
}
