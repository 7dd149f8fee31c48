package vectorizer_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/goblaze/goblaze/vectorizer"
)

type node struct {
	Name string
	next *node
	w    []float64
}

func TestEqualValues(t *testing.T) {
	nan := math.NaN()
	otherNaN := math.Float64frombits(math.Float64bits(nan) ^ 1)
	loop, same := &node{Name: "a"}, &node{Name: "a"}
	loop.next, same.next = loop, same
	longer := &node{Name: "a", next: &node{Name: "b"}}
	f, ch := func() {}, make(chan int)
	for _, c := range []struct {
		a, b any
		diff string
	}{
		{nil, nil, ""},
		{nil, 1, "value: <nil>, 1"},
		{1, 1, ""},
		{1, 2, "value: 1, 2"},
		{1, int64(1), "value: int, int64"},
		{"a", "b", `value: "a", "b"`},
		{nan, otherNaN, ""},
		{0.0, math.Copysign(0, -1), "value: 0, -0"},
		{float32(1), float32(2), "value: 1, 2"},
		{complex(nan, 1), complex(nan, 1), ""},
		{complex(0, 1), complex(0, 2), "value: (0+1i), (0+2i)"},
		{[]int(nil), []int{}, ""},
		{[]int{1, 2}, []int{1, 3}, "[1]: 2, 3"},
		{[]int{1}, []int{1, 3}, "value: length 1, length 2"},
		{[]byte("abc"), []byte("abc"), ""},
		{[]byte("abc"), []byte("abd"), "[2]: 99, 100"},
		{[2][]float64{{nan}, {1}}, [2][]float64{{nan}, {2}}, "[1][0]: 1, 2"},
		{[][]string{{"a"}, {"b", "c"}}, [][]string{{"a"}, {"b", "d"}}, `[1][1]: "c", "d"`},
		{map[string]int{}, map[string]int(nil), ""},
		{map[string]int{"a": 1}, map[string]int{"a": 2}, `["a"]: 1, 2`},
		{map[string]int{"a": 1}, map[string]int{"b": 1}, `["a"]: 1, missing`},
		{map[string]int{"a": 1}, map[string]int{}, "value: 1 keys, 0 keys"},
		{map[float64]int{nan: 1}, map[float64]int{nan: 1}, ""},
		{map[float64]int{nan: 1}, map[float64]int{nan: 2}, "[NaN]: 1, missing"},
		{node{Name: "a", w: []float64{nan}}, node{Name: "a", w: []float64{nan}}, ""},
		{node{Name: "a", w: []float64{1}}, node{Name: "a", w: []float64{2}}, ".w[0]: 1, 2"},
		{[]*node{loop}, []*node{same}, ""},
		{loop, longer, `.next.Name: "a", "b"`},
		{[]any{1, "x"}, []any{1, 2}, "[1]: string, int"},
		{(*node)(nil), (*node)(nil), ""},
		{errors.New("x"), errors.New("x"), ""},
		{errors.New("x"), errors.New("y"), `value: "x", "y"`},
		{fmt.Errorf("a: %w", errors.New("x")), errors.New("a: x"), "value: *fmt.wrapError, *errors.errorString"},
		{f, f, ""},
		{ch, ch, ""},
	} {
		equal, diff := vectorizer.EqualValues(c.a, c.b)
		if equal != (c.diff == "") || diff != c.diff {
			t.Errorf("%v, %v: %v, %q; want %q", c.a, c.b, equal, diff, c.diff)
		}
	}
	if equal, diff := vectorizer.EqualValues(ch, make(chan int)); equal || diff == "" {
		t.Error("two channels are equal")
	}
	var a any = []any{nil}
	a.([]any)[0] = a
	if equal, _ := vectorizer.EqualValues(a, a); !equal {
		t.Error("a slice that holds itself differs from itself")
	}
}

func FuzzEqualValues(f *testing.F) {
	f.Add([]byte("abc"), 1.5, "key", true)
	f.Fuzz(func(t *testing.T, b []byte, x float64, s string, same bool) {
		build := func(b []byte, x float64) any {
			return []any{b, map[string]float64{s: x}, node{Name: s, w: []float64{x}}, &node{next: &node{Name: s}}}
		}
		other := append([]byte(nil), b...)
		if !same {
			other = append(other, 'x')
		}
		if equal, diff := vectorizer.EqualValues(build(b, x), build(other, x)); equal != same || (diff == "") != same {
			t.Errorf("equal %v, %q", equal, diff)
		}
	})
}
