package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// pipelines
func gen(nums ...int) <-chan int {
	out := make(chan int)
	go func() {
		for _, n := range nums {
			out <- n
		}
		close(out)
	}()
	return out
}
func sq(done <-chan struct{}, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			select {
			case out <- n * n:
			case <-done:
				return
			}
		}
	}()
	return out
}
func merge(done <-chan struct{}, cs ...<-chan int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int)
	output := func(c <-chan int) {
		defer wg.Done()
		for n := range c {
			select {
			case out <- n:
			case <-done:
				return
			}
		}
	}
	wg.Add(len(cs))
	for _, c := range cs {
		go output(c)
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

// iterators: Set, Filter, Zip, Pull
type Set[E comparable] struct{ m map[E]struct{} }

func NewSet[E comparable](vs ...E) *Set[E] {
	s := &Set[E]{m: make(map[E]struct{})}
	for _, v := range vs {
		s.Add(v)
	}
	return s
}
func (s *Set[E]) Add(v E)           { s.m[v] = struct{}{} }
func (s *Set[E]) Contains(v E) bool { _, ok := s.m[v]; return ok }
func (s *Set[E]) All() iter.Seq[E] {
	return func(yield func(E) bool) {
		for v := range s.m {
			if !yield(v) {
				return
			}
		}
	}
}
func Union[E comparable](s1, s2 *Set[E]) *Set[E] {
	r := NewSet[E]()
	for v := range s1.All() {
		r.Add(v)
	}
	for v := range s2.All() {
		r.Add(v)
	}
	return r
}
func Filter[V any](f func(V) bool, s iter.Seq[V]) iter.Seq[V] {
	return func(yield func(V) bool) {
		for v := range s {
			if f(v) {
				if !yield(v) {
					return
				}
			}
		}
	}
}

type Zipped[T1, T2 any] struct {
	V1  T1
	OK1 bool
	V2  T2
	OK2 bool
}

func Zip[T1, T2 any](s1 iter.Seq[T1], s2 iter.Seq[T2]) iter.Seq[Zipped[T1, T2]] {
	return func(yield func(Zipped[T1, T2]) bool) {
		p1, stop1 := iter.Pull(s1)
		defer stop1()
		p2, stop2 := iter.Pull(s2)
		defer stop2()
		for {
			var val Zipped[T1, T2]
			val.V1, val.OK1 = p1()
			val.V2, val.OK2 = p2()
			if (!val.OK1 && !val.OK2) || !yield(val) {
				return
			}
		}
	}
}

// generics: GMin, Scale, tree
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~float32 | ~float64 | ~string
}

func GMin[T Ordered](x, y T) T {
	if x < y {
		return x
	}
	return y
}
func Scale[S ~[]E, E ~int | ~float64](s S, c E) S {
	r := make(S, len(s))
	for i, v := range s {
		r[i] = v * c
	}
	return r
}

type Point []int

func (p Point) String() string { return fmt.Sprintf("P%v", []int(p)) }

type Tree[T interface{}] struct {
	cmp         func(T, T) int
	left, right *Tree[T]
	val         T
	set         bool
}

func (bt *Tree[T]) Insert(val T) bool {
	if !bt.set {
		bt.val, bt.set = val, true
		return true
	}
	switch c := bt.cmp(val, bt.val); {
	case c < 0:
		if bt.left == nil {
			bt.left = &Tree[T]{cmp: bt.cmp}
		}
		return bt.left.Insert(val)
	case c > 0:
		if bt.right == nil {
			bt.right = &Tree[T]{cmp: bt.cmp}
		}
		return bt.right.Insert(val)
	}
	return false
}

type Stringish interface{ String() string }
type StringableList[T Stringish] []T

func (s StringableList[T]) String() string {
	var sb strings.Builder
	for i, v := range s {
		if i > 0 {
			sb.WriteString(", ")
		}
		sb.WriteString(v.String())
	}
	return sb.String()
}

type Setter[B any] interface {
	Set(string)
	*B
}
type Settable int

func (p *Settable) Set(s string) { fmt.Sscan(s, (*int)(p)) }
func FromStrings[T any, PT Setter[T]](s []string) []T {
	result := make([]T, len(s))
	for i, v := range s {
		p := PT(&result[i])
		p.Set(v)
	}
	return result
}

// reflection
type MyInt int
type T struct {
	A int
	B string
}

func (t T) Hello(name string) string { return "hello " + name + t.B }
func (t *T) secret() int             { return t.A }

// JSON
type FamilyMember struct {
	Name    string
	Age     int
	Parents []string `json:",omitempty"`
}
type Message struct {
	Kind string
	Data json.RawMessage
}

// errors
type QueryError struct {
	Query string
	Err   error
}

func (e *QueryError) Error() string { return e.Query + ": " + e.Err.Error() }
func (e *QueryError) Unwrap() error { return e.Err }

type errWriter struct {
	w   *strings.Builder
	err error
}

func (ew *errWriter) write(s string) {
	if ew.err != nil {
		return
	}
	_, ew.err = ew.w.WriteString(s)
}

func f() {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("Recovered in f", r)
		}
	}()
	fmt.Println("Calling g.")
	g(0)
	fmt.Println("Returned normally from g.")
}
func g(i int) {
	if i > 3 {
		fmt.Println("Panicking!")
		panic(fmt.Sprintf("%v", i))
	}
	defer fmt.Println("Defer in g", i)
	fmt.Println("Printing in g", i)
	g(i + 1)
}
func c() (i int) {
	defer func() { i++ }()
	return 1
}

type ctxKey struct{}

func Search(ctx context.Context, kind string) (string, error) {
	select {
	case <-time.After(time.Millisecond):
		return kind + " result " + fmt.Sprint(ctx.Value(ctxKey{})), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func main() {
	done := make(chan struct{})
	in := gen(1, 2, 3, 4)
	var got []int
	for n := range merge(done, sq(done, in), sq(done, in)) {
		got = append(got, n)
	}
	sort.Ints(got)
	fmt.Println(got)
	early := make(chan struct{})
	first := <-merge(early, sq(early, gen(2)), sq(early, gen(2)))
	close(early)
	fmt.Println(first)

	u := Union(NewSet(1, 2), NewSet(2, 3))
	fmt.Println(slices.Sorted(u.All()), u.Contains(3), slices.Sorted(Filter(func(v int) bool { return v > 1 }, u.All())))
	for z := range Zip(slices.Values([]int{1, 2, 3}), slices.Values([]string{"a", "b"})) {
		fmt.Printf("%+v ", z)
	}
	fmt.Println()
	fmt.Println(GMin[int](2, 3), GMin("a", "b"), Scale(Point{1, 2}, 3), slices.Sorted(maps.Keys(map[string]int{"z": 1, "y": 2})))
	fmin := GMin[float64]
	fmt.Println(fmin(2.71, 3.14))
	bt := Tree[string]{cmp: strings.Compare}
	fmt.Println(bt.Insert("m"), bt.Insert("a"), bt.Insert("m"), bt.left.val)
	fmt.Println(StringableList[Point]{{1}, {2, 3}}.String(), FromStrings[Settable]([]string{"1", "2"}))

	var x float64 = 3.4
	v := reflect.ValueOf(&x).Elem()
	fmt.Println(v.Type(), v.Kind() == reflect.Float64, v.CanSet())
	v.SetFloat(7.1)
	fmt.Println(x, reflect.TypeOf(MyInt(7)), reflect.TypeOf(MyInt(7)).Kind())
	t := T{23, "skidoo"}
	s := reflect.ValueOf(&t).Elem()
	for i := 0; i < s.NumField(); i++ {
		fl := s.Field(i)
		fmt.Printf("%d: %s %s = %v\n", i, s.Type().Field(i).Name, fl.Type(), fl.Interface())
	}
	s.Field(0).SetInt(77)
	fmt.Println(t, reflect.TypeOf(t).NumMethod(), reflect.TypeOf(&t).NumMethod(), reflect.TypeOf(t).Method(0).Name)
	fmt.Println(reflect.ValueOf(t).MethodByName("Hello").Call([]reflect.Value{reflect.ValueOf("you")})[0])

	b := []byte(`{"Name":"Wednesday","Age":6,"Parents":["Gomez","Morticia"]}`)
	var any1 interface{}
	json.Unmarshal(b, &any1)
	for _, k := range slices.Sorted(maps.Keys(any1.(map[string]interface{}))) {
		switch vv := any1.(map[string]interface{})[k].(type) {
		case string:
			fmt.Println(k, "is string", vv)
		case float64:
			fmt.Println(k, "is float64", vv)
		case []interface{}:
			fmt.Println(k, "is an array:")
			for i, u := range vv {
				fmt.Println(i, u)
			}
		}
	}
	var m FamilyMember
	fmt.Println(json.Unmarshal(b, &m), m)
	var msg Message
	fmt.Println(json.Unmarshal([]byte(`{"Kind":"n","Data":{"a":1}}`), &msg), msg.Kind, string(msg.Data))
	var se *json.SyntaxError
	var te *json.UnmarshalTypeError
	fmt.Println(errors.As(json.Unmarshal([]byte(`{"Name":`), &m), &se), errors.As(json.Unmarshal([]byte(`{"Name":5}`), &m), &te), te)
	out, _ := json.MarshalIndent([]FamilyMember{{"Bob", 3, nil}}, "", " ")
	fmt.Println(string(out))

	err := fmt.Errorf("decompress %v: %w", "x", &QueryError{"select", os.ErrNotExist})
	var qe *QueryError
	fmt.Println(errors.Is(err, os.ErrNotExist), errors.As(err, &qe), qe.Query, err, errors.Join(err, errors.New("b")))
	ew := &errWriter{w: &strings.Builder{}}
	ew.write("a")
	ew.write("b")
	fmt.Println(ew.w.String(), ew.err)
	f()
	fmt.Println("Returned normally from f.", c())

	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), ctxKey{}, 42), time.Second)
	defer cancel()
	results := make([]string, 3)
	var wg sync.WaitGroup
	for i, kind := range []string{"web", "image", "video"} {
		wg.Go(func() { results[i], _ = Search(ctx, kind) })
	}
	wg.Wait()
	fmt.Println(results)
	ctx3, cancel3 := context.WithCancel(ctx)
	cancel3()
	_, err = Search(ctx3, "late")
	fmt.Println(err)

	buffer := [256]byte{}
	slice := buffer[100:150]
	for i := range slice {
		slice[i] = byte(i)
	}
	header := slice[10:20:25]
	fmt.Println(len(slice), cap(slice), header[0], len(header), cap(header))
	const sample = "\xbd\xb2\x3d\xbc\x20\xe2\x8c\x98"
	fmt.Printf("%x|% x|%q|%+q\n", sample, sample, sample, sample)
	type Key struct{ Path, Country string }
	hits := make(map[Key]int)
	hits[Key{"/", "vn"}]++
	hits[Key{"/ref/spec", "ch"}] += 2
	n := hits[Key{"/ref/spec", "ch"}]
	fmt.Println(n, hits, len(hits))
	likes := make(map[string][]*FamilyMember)
	likes["cheese"] = append(likes["cheese"], &m)
	fmt.Println(len(likes["cheese"]), len(likes["bacon"]))
}
