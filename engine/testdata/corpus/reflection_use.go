package main

import (
	"fmt"
	"reflect"
	"strings"
)

type inner struct {
	X, Y int
}

type rec struct {
	Name  string `db:"name" json:"n"`
	Age   int    `db:"age"`
	priv  bool
	Inner inner
	inner
	Ptr *inner
}

func (r rec) Greet(s string) string { return s + " " + r.Name }
func (r *rec) SetName(s string)     { r.Name = s }

type Kind int

func fields(v any) (out []string) {
	t := reflect.TypeOf(v)
	for i := range t.NumField() {
		f := t.Field(i)
		out = append(out, fmt.Sprintf("%s:%s:%s:%t:%t", f.Name, f.Type, f.Tag.Get("db"), f.IsExported(), f.Anonymous))
	}
	return
}

func main() {
	r := rec{Name: "ann", Age: 3, inner: inner{1, 2}}
	fmt.Println(strings.Join(fields(r), "\n"))
	v := reflect.ValueOf(&r).Elem()
	v.FieldByName("Age").SetInt(40)
	fmt.Println(r.Age, v.FieldByName("priv").CanSet(), v.NumField())
	t := reflect.TypeOf(r)
	fmt.Println(t, t.Name(), t.Kind(), t.PkgPath(), t.NumMethod(), reflect.TypeOf(&r).NumMethod())
	out := v.MethodByName("Greet").Call([]reflect.Value{reflect.ValueOf("hi")})
	fmt.Println(out[0], t.Method(0).Name)
	v.Addr().MethodByName("SetName").Call([]reflect.Value{reflect.ValueOf("zed")})
	fmt.Println(r.Name)
	fmt.Println(reflect.DeepEqual(rec{Name: "q"}, rec{Name: "q"}), reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {2}}))
	fmt.Println(reflect.TypeOf(Kind(1)), reflect.TypeFor[map[string]inner](), reflect.TypeOf(r.Greet))
	fn := reflect.MakeFunc(reflect.TypeOf(func(int) int { return 0 }), func(a []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(int(a[0].Int() * 2))}
	}).Interface().(func(int) int)
	fmt.Println(fn(21))
	s := reflect.MakeSlice(reflect.TypeFor[[]inner](), 1, 1)
	s.Index(0).Field(0).SetInt(5)
	fmt.Println(s.Interface().([]inner)[0].X, s.Type())
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[int]()}})
	fmt.Println(st, reflect.Zero(st))
	f, ok := t.FieldByName("X")
	fmt.Println(f.Index, ok, reflect.Indirect(reflect.ValueOf(&r)).FieldByIndex([]int{3, 1}))
}
