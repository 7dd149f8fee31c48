package main

import (
	"bufio"
	"container/heap"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
)

type byLength []string

func (b byLength) Len() int           { return len(b) }
func (b byLength) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLength) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

type temperature float64

func (t temperature) String() string { return fmt.Sprintf("%.1f°C", float64(t)) }

type countdown struct{ N int }

func (c *countdown) Read(p []byte) (int, error) {
	if c.N == 0 {
		return 0, io.EOF
	}
	c.N--
	p[0] = byte('0' + c.N)
	return 1, nil
}

type upper struct{ W io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.W.Write([]byte(strings.ToUpper(string(p)))) }

type failure struct{ Code int }

func (f failure) Error() string { return fmt.Sprint("failure ", f.Code) }

type secret struct{ V string }

func (s secret) MarshalJSON() ([]byte, error) { return []byte(`"***"`), nil }

type hello struct{}

func (hello) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "hello %s", r.URL.Path)
}

func main() {
	words := byLength{"ccc", "a", "bb"}
	sort.Sort(words)
	fmt.Println([]string(words))
	sort.Sort(sort.Reverse(words))
	fmt.Println([]string(words))
	nums := []int{3, 1, 2}
	sort.Slice(nums, func(i, j int) bool { return nums[i] > nums[j] })
	fmt.Println(nums)
	h := &ints{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 1)
	fmt.Println(heap.Pop(h), heap.Pop(h))
	fmt.Println(temperature(21.55))
	var s fmt.Stringer = temperature(3)
	fmt.Println(s.String())
	all, err := io.ReadAll(&countdown{5})
	fmt.Println(string(all), err)
	fmt.Fprintln(upper{os.Stdout}, "shout")
	sc := bufio.NewScanner(strings.NewReader("one two"))
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	fmt.Println(failure{7}, fmt.Errorf("wrapped: %w", failure{8}))
	fmt.Println(errors.Is(fmt.Errorf("wrapped: %w", io.EOF), io.EOF))
	b, err := json.Marshal(secret{"x"})
	fmt.Println(string(b), err)
	b, err = json.MarshalIndent(secret{"x"}, "", " ")
	fmt.Println(string(b), err)
	rec := httptest.NewRecorder()
	var handler http.Handler = hello{}
	handler.ServeHTTP(rec, httptest.NewRequest("GET", "/you", nil))
	fmt.Println(rec.Code, rec.Body.String(), http.StatusText(http.StatusTeapot))
}
