package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"sync"
)

type ByteSize float64

const (
	_           = iota // ignore first value by assigning to blank identifier
	KB ByteSize = 1 << (10 * iota)
	MB
	GB
	TB
)

func (b ByteSize) String() string {
	switch {
	case b >= TB:
		return fmt.Sprintf("%.2fTB", b/TB)
	case b >= GB:
		return fmt.Sprintf("%.2fGB", b/GB)
	case b >= MB:
		return fmt.Sprintf("%.2fMB", b/MB)
	case b >= KB:
		return fmt.Sprintf("%.2fKB", b/KB)
	}
	return fmt.Sprintf("%.2fB", b)
}

type Sequence []int

func (s Sequence) Len() int           { return len(s) }
func (s Sequence) Less(i, j int) bool { return s[i] < s[j] }
func (s Sequence) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s Sequence) Copy() Sequence     { copy := make(Sequence, 0, len(s)); return append(copy, s...) }
func (s Sequence) String() string {
	s = s.Copy()
	sort.Sort(s)
	return fmt.Sprint([]int(s))
}

type ByteSlice []byte

func (p *ByteSlice) Write(data []byte) (n int, err error) {
	slice := *p
	slice = append(slice, data...)
	*p = slice
	return len(data), nil
}

type Job struct {
	Command string
	*strings.Builder
}

func (job *Job) Printf(format string, args ...interface{}) {
	fmt.Fprintf(job.Builder, "%q: %s", job.Command, fmt.Sprintf(format, args...))
}

type ReadWriter struct {
	*strings.Reader
	w io.Writer
}

func unhex(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 0
}

func Compare(a, b []byte) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		switch {
		case a[i] > b[i]:
			return 1
		case a[i] < b[i]:
			return -1
		}
	}
	switch {
	case len(a) > len(b):
		return 1
	case len(a) < len(b):
		return -1
	}
	return 0
}

func nextInt(b []byte, i int) (int, int) {
	for ; i < len(b) && !('0' <= b[i] && b[i] <= '9'); i++ {
	}
	x := 0
	for ; i < len(b) && '0' <= b[i] && b[i] <= '9'; i++ {
		x = x*10 + int(b[i]) - '0'
	}
	return x, i
}

func trace(s string) string { fmt.Println("entering:", s); return s }
func un(s string)           { fmt.Println("leaving:", s) }
func a()                    { defer un(trace("a")); fmt.Println("in a") }
func b()                    { defer un(trace("b")); fmt.Println("in b"); a() }

type T struct {
	a int
	b float64
	c string
}

func (t *T) String() string { return fmt.Sprintf("%d/%g/%q", t.a, t.b, t.c) }

type MyString string

func (m MyString) String() string { return fmt.Sprintf("MyString=%s", string(m)) }

func Min(a ...int) int {
	min := int(^uint(0) >> 1)
	for _, i := range a {
		if i < min {
			min = i
		}
	}
	return min
}

type LINE struct{ first, second *Point }
type Point struct{ X, Y float64 }

type Request struct {
	args       []int
	f          func([]int) int
	resultChan chan int
}

func sum(a []int) (s int) {
	for _, v := range a {
		s += v
	}
	return
}
func handle(queue chan *Request, wg *sync.WaitGroup) {
	defer wg.Done()
	for req := range queue {
		req.resultChan <- req.f(req.args)
	}
}

type Error string

func (e Error) Error() string { return string(e) }

type Regexp struct{ src string }

func (regexp *Regexp) error(err string) { panic(Error(err)) }
func (regexp *Regexp) doParse(s string) *Regexp {
	if strings.Contains(s, "**") {
		regexp.error("'*' illegal at start of expression")
	}
	regexp.src = s
	return regexp
}
func Compile(str string) (regexp *Regexp, err error) {
	regexp = new(Regexp)
	defer func() {
		if e := recover(); e != nil {
			regexp = nil
			err = e.(Error)
		}
	}()
	return regexp.doParse(str), nil
}

func main() {
	fmt.Println(ByteSize(1e13), ByteSize(2000), KB, MB*1.5)
	fmt.Println(Sequence{3, 1, 2}, Sequence{5, -1})
	var bs ByteSlice
	fmt.Fprintf(&bs, "This hour has %d days\n", 7)
	fmt.Print(string(bs))
	job := &Job{"cmd", &strings.Builder{}}
	job.Printf("starting %d", 3)
	job.WriteString("!")
	fmt.Println(job.String(), job.Len())
	rw := ReadWriter{strings.NewReader("embedded reader"), os.Stdout}
	io.Copy(rw.w, rw)
	fmt.Println()
	fmt.Println(unhex('f'), Compare([]byte("abc"), []byte("abd")), Compare([]byte("abc"), []byte("ab")))
	buf := []byte("12 abc 345")
	for i := 0; i < len(buf); {
		var x int
		x, i = nextInt(buf, i)
		fmt.Println(x)
	}
	b()
	for i := 0; i < 5; i++ {
		defer fmt.Printf("%d ", i)
	}
	for pos, char := range "日本\x80語" {
		fmt.Printf("character %#U starts at byte position %d\n", char, pos)
	}
	t := &T{7, -2.35, "abc\tdef"}
	fmt.Printf("%v\n%+v\n%s\n", t, *t, MyString("hi"))
	timeZone := map[string]int{"UTC": 0, "EST": -5 * 60 * 60}
	fmt.Printf("%#v %T %v\n", timeZone, timeZone, timeZone)
	if seconds, ok := timeZone["PST"]; !ok {
		fmt.Println("no such zone", seconds)
	}
	fmt.Println(Min(3, 1, 2))
	n := LINE{&Point{1, 2}, new(Point)}
	n.second.X = 5
	fmt.Println(*n.first, *n.second)
	const (
		Enone  = 0
		Eio    = 2
		Einval = 5
	)
	arr := [...]string{Enone: "no error", Eio: "Eio", Einval: "invalid argument"}
	sl := []string{Enone: "no error", Eio: "Eio", Einval: "invalid argument"}
	mp := map[int]string{Enone: "no error", Eio: "Eio", Einval: "invalid argument"}
	fmt.Println(len(arr), len(sl), len(mp), mp)
	queue := make(chan *Request)
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go handle(queue, &wg)
	}
	request := &Request{[]int{3, 4, 5}, sum, make(chan int)}
	queue <- request
	fmt.Printf("answer: %d\n", <-request.resultChan)
	close(queue)
	wg.Wait()
	if _, err := Compile("a**"); err != nil {
		fmt.Println(err)
	}
	re, err := Compile("a*")
	fmt.Println(re.src, err)
	var whatAmI = func(i interface{}) {
		switch t := i.(type) {
		case bool:
			fmt.Println("I'm a bool")
		case int, int64:
			fmt.Printf("I'm an int %v\n", t)
		case fmt.Stringer:
			fmt.Println("Stringer", t)
		case nil:
			fmt.Println("nil")
		case error:
			fmt.Println("error", t)
		default:
			fmt.Printf("Don't know type %T\n", t)
		}
	}
	whatAmI(true)
	whatAmI(1)
	whatAmI(KB)
	whatAmI(nil)
	whatAmI(errors.New("x"))
	whatAmI(struct{ a int }{1})
	whatAmI(func(int) string { return "" })
	var _ fmt.Stringer = (*T)(nil)
	var _ = Sequence.Len
}
