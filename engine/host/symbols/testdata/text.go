package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"
	"unicode"
)

func main() {
	strings.SplitSeq("a b c", " ")(func(s string) bool {
		fmt.Println(s)
		return s != "b"
	})
	strings.FieldsFuncSeq("x1y2z", unicode.IsDigit)(func(s string) bool {
		fmt.Println(s)
		return true
	})
	before, after, found := strings.Cut("key=value", "=")
	fmt.Println(before, after, found)
	fmt.Println(strings.Repeat("ab", 3), strconv.Quote("a\n"), strconv.IntSize)
	fmt.Println(regexp.MustCompile(`(\w+)@(\w+)`).ReplaceAllString("me@home", "$2 $1"))
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Println(r.IntN(100), r.IntN(100), r.Perm(5))
	t := time.Date(2026, time.February, 10, 1, 2, 3, 0, time.UTC)
	fmt.Println(t.Format(time.RFC1123), t.Weekday(), 90*time.Second)
	template.Must(template.New("t").Parse("{{range .}}<{{.}}>{{end}}\n")).Execute(os.Stdout, []int{1, 2, 3})
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for k := 0; k < 4; k++ {
		wg.Go(func() {
			mu.Lock()
			n++
			mu.Unlock()
		})
	}
	wg.Wait()
	fmt.Println(n)
}
