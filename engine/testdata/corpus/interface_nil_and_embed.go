package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

type T struct{ v int }

func (t *T) String() string {
	if t == nil {
		return "<nil T>"
	}
	return fmt.Sprint("T", t.v)
}

func (t *T) get() int { return t.v }

type getter interface{ get() int }

func maybe(ok bool) *T {
	if ok {
		return &T{1}
	}
	return nil
}

type countWriter struct {
	io.Writer
	n int
}

func (c *countWriter) Write(p []byte) (int, error) {
	c.n += len(p)
	return c.Writer.Write(p)
}

type rot13 struct{ io.Reader }

func (r rot13) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	for i, c := range b[:n] {
		switch {
		case 'a' <= c && c <= 'z':
			b[i] = 'a' + (c-'a'+13)%26
		}
	}
	return n, err
}

type reverse struct{ sort.Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	var s fmt.Stringer = maybe(false)
	fmt.Println(s == nil, s, maybe(true))
	var g getter
	func() {
		defer func() { fmt.Println("r:", recover()) }()
		g.get()
	}()
	func() {
		defer func() { fmt.Println("r:", recover()) }()
		g = maybe(false)
		g.get()
	}()
	cw := &countWriter{Writer: os.Stdout}
	fmt.Fprintf(cw, "counted %s\n", "text")
	fmt.Println(cw.n)
	b, _ := io.ReadAll(rot13{strings.NewReader("hello")})
	fmt.Println(string(b))
	words := byLen{"ccc", "a", "bb"}
	sort.Sort(reverse{words})
	fmt.Println(words)
	sort.Sort(words)
	fmt.Println(words, sort.IsSorted(words))
	var e1, e2 any
	fmt.Println(e1 == e2, e1 == any(nil), any(1) == any(int64(1)))
	m := map[any]string{1: "int", "1": "str", 1.0: "float", T{1}: "T", [2]int{1, 2}: "arr"}
	fmt.Println(m[1], m["1"], m[T{1}], m[[2]int{1, 2}], len(m))
	type both interface {
		getter
		fmt.Stringer
	}
	var bo both = &T{5}
	fmt.Println(bo.get(), bo)
	fmt.Printf("%v %s %d\n", &T{7}, &T{8}, T{9})
}
