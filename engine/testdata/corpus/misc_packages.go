package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"fmt"
	"math/big"
	"math/bits"
	"math/cmplx"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

type task struct {
	pri  int
	name string
}

type pq []*task

func (p pq) Len() int           { return len(p) }
func (p pq) Less(i, j int) bool { return p[i].pri > p[j].pri }
func (p pq) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *pq) Push(x any)        { *p = append(*p, x.(*task)) }
func (p *pq) Pop() any {
	o := *p
	x := o[len(o)-1]
	*p = o[:len(o)-1]
	return x
}

var re = regexp.MustCompile(`(?P<k>\w+)=(?P<v>\d+)`)

func main() {
	q := &pq{{1, "low"}, {9, "high"}}
	heap.Init(q)
	heap.Push(q, &task{5, "mid"})
	for q.Len() > 0 {
		t := heap.Pop(q).(*task)
		fmt.Print(t.name, t.pri, " ")
	}
	fmt.Println()
	fmt.Println(re.FindAllStringSubmatch("a=1, b=22", -1), re.ReplaceAllString("x=5", "$v:$k"), re.SubexpNames())
	f := new(big.Int).MulRange(1, 25)
	fmt.Println(f, big.NewRat(3, 6), bits.OnesCount(255), bits.Len(1000), bits.Reverse8(1))
	fmt.Printf("%.3f %v\n", cmplx.Sqrt(-1), cmplx.Abs(3+4i))
	sc := bufio.NewScanner(strings.NewReader("one two\nthree"))
	sc.Split(bufio.ScanWords)
	n := 0
	for sc.Scan() {
		n += len(sc.Text())
	}
	fmt.Println(n, filepath.Join("a", "..", "b"), filepath.Ext("x.tar.gz"))
	t := time.Date(2024, time.February, 29, 13, 4, 5, 0, time.UTC)
	fmt.Println(t.Format(time.RFC1123), t.AddDate(1, 0, 0).Format("2006-01-02"), t.Weekday(), t.YearDay())
	d, err := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, err, d.Round(time.Minute), time.Unix(0, 0).UTC())
	fmt.Println(unicode.IsUpper('É'), utf8.RuneCountInString("日本"), strconv.Quote("a\tb☺"), strconv.FormatInt(-255, 16))
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(w, "buffered %d\n", 1)
	w.Flush()
	var bb bytes.Buffer
	bb.WriteString("x")
	bb.WriteByte('y')
	fmt.Println(bb.String(), bytes.Contains(bb.Bytes(), []byte("y")), strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return unicode.ToUpper(r)
	}, "banana"))
	v, err := strconv.ParseFloat("abc", 64)
	fmt.Println(v, err, strings.EqualFold("Go", "GO"), strings.Fields(" a  b "), strings.TrimFunc("123x1", unicode.IsDigit))
}
