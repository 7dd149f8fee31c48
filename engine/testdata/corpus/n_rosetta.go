package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"sort"
	"strings"
)

// 100 doors, towers of hanoi, n-queens, Levenshtein, Roman numerals, Conway, gray code, pascal,
// balanced brackets, ackermann, knapsack, huffman, dijkstra, quickselect, mandelbrot, luhn, look and say.

type edge struct {
	to   string
	cost int
}
type graph map[string][]edge

func (g graph) dijkstra(src string) (map[string]int, map[string]string) {
	dist, prev := map[string]int{src: 0}, map[string]string{}
	done := map[string]bool{}
	for {
		best, u := math.MaxInt, ""
		for v, d := range dist {
			if !done[v] && (d < best || d == best && v < u) {
				best, u = d, v
			}
		}
		if u == "" {
			return dist, prev
		}
		done[u] = true
		for _, e := range g[u] {
			if d, ok := dist[e.to]; !ok || best+e.cost < d {
				dist[e.to], prev[e.to] = best+e.cost, u
			}
		}
	}
}

type node struct {
	ch          rune
	freq        int
	left, right *node
}
type byFreq []*node

func (b byFreq) Len() int { return len(b) }
func (b byFreq) Less(i, j int) bool {
	return b[i].freq < b[j].freq || b[i].freq == b[j].freq && b[i].ch < b[j].ch
}
func (b byFreq) Swap(i, j int) { b[i], b[j] = b[j], b[i] }

func huffman(s string) map[rune]string {
	freq := map[rune]int{}
	for _, r := range s {
		freq[r]++
	}
	var q byFreq
	for r, n := range freq {
		q = append(q, &node{ch: r, freq: n})
	}
	for len(q) > 1 {
		sort.Sort(q)
		q = append(q[2:], &node{q[0].ch, q[0].freq + q[1].freq, q[0], q[1]})
	}
	codes := map[rune]string{}
	var walk func(*node, string)
	walk = func(n *node, c string) {
		if n.left == nil {
			codes[n.ch] = c
			return
		}
		walk(n.left, c+"0")
		walk(n.right, c+"1")
	}
	walk(q[0], "")
	return codes
}

func hanoi(n int, a, b, c string, move func(from, to string)) {
	if n == 0 {
		return
	}
	hanoi(n-1, a, c, b, move)
	move(a, c)
	hanoi(n-1, b, a, c, move)
}

func queens(n int) (count int) {
	var place func(row int, cols, d1, d2 uint)
	place = func(row int, cols, d1, d2 uint) {
		if row == n {
			count++
			return
		}
		for free := ^(cols | d1 | d2) & (1<<n - 1); free != 0; free &= free - 1 {
			b := free & -free
			place(row+1, cols|b, (d1|b)<<1, (d2|b)>>1)
		}
	}
	place(0, 0, 0, 0)
	return
}

func levenshtein(s, t string) int {
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for j := 1; j <= len(t); j++ {
		for i := 1; i <= len(s); i++ {
			if s[i-1] == t[j-1] {
				d[i][j] = d[i-1][j-1]
			} else {
				d[i][j] = 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])
			}
		}
	}
	return d[len(s)][len(t)]
}

var (
	m0 = []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
	m1 = []string{"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"}
	m2 = []string{"", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"}
	m3 = []string{"", "M", "MM", "MMM"}
)

func roman(n int) (string, bool) {
	if n < 1 || n >= 4000 {
		return "", false
	}
	return m3[n/1e3] + m2[n%1e3/1e2] + m1[n%1e2/1e1] + m0[n%1e1], true
}

type Life struct {
	w, h int
	a, b [][]bool
}

func (l *Life) alive(x, y int) bool { return l.a[(y+l.h)%l.h][(x+l.w)%l.w] }
func (l *Life) step() {
	for y := range l.h {
		for x := range l.w {
			n := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if (dx != 0 || dy != 0) && l.alive(x+dx, y+dy) {
						n++
					}
				}
			}
			l.b[y][x] = n == 3 || n == 2 && l.alive(x, y)
		}
	}
	l.a, l.b = l.b, l.a
}
func (l Life) String() string {
	var sb strings.Builder
	for _, row := range l.a {
		for _, c := range row {
			sb.WriteByte(".#"[btoi(c)])
		}
		sb.WriteByte('\n')
	}
	return sb.String()
}
func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func luhn(s string) bool {
	t := [...]int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}
	odd, sum := len(s)&1, 0
	for i, c := range s {
		if c < '0' || c > '9' {
			return false
		}
		if i&1 == odd {
			sum += t[c-'0']
		} else {
			sum += int(c - '0')
		}
	}
	return sum%10 == 0
}

func lookSay(s string) (rs string) {
	for i := 0; i < len(s); {
		j := i
		for ; j < len(s) && s[j] == s[i]; j++ {
		}
		rs += fmt.Sprint(j-i) + s[i:i+1]
		i = j
	}
	return
}

func balanced(s string) bool {
	var stack []rune
	pairs := map[rune]rune{')': '(', ']': '[', '}': '{'}
	for _, r := range s {
		switch r {
		case '(', '[', '{':
			stack = append(stack, r)
		case ')', ']', '}':
			if len(stack) == 0 || stack[len(stack)-1] != pairs[r] {
				return false
			}
			stack = stack[:len(stack)-1]
		}
	}
	return len(stack) == 0
}

func Ackermann(m, n int) int {
	switch 0 {
	case m:
		return n + 1
	case n:
		return Ackermann(m-1, 1)
	}
	return Ackermann(m-1, Ackermann(m, n-1))
}

func permute[T any](s []T, emit func([]T)) {
	if len(s) == 0 {
		emit(s)
		return
	}
	var rc func(int)
	rc = func(np int) {
		if np == 1 {
			emit(s)
			return
		}
		np1 := np - 1
		pp := len(s) - np1
		rc(np1)
		for i := pp; i > 0; i-- {
			s[i], s[i-1] = s[i-1], s[i]
			rc(np1)
		}
		w := s[0]
		copy(s, s[1:pp+1])
		s[pp] = w
	}
	rc(len(s))
}

func main() {
	var doors [101]bool
	for i := 1; i <= 100; i++ {
		for j := i; j <= 100; j += i {
			doors[j] = !doors[j]
		}
	}
	for i, d := range doors {
		if d {
			fmt.Print(i, " ")
		}
	}
	fmt.Println()
	moves := 0
	hanoi(4, "a", "b", "c", func(from, to string) { moves++ })
	fmt.Println("moves", moves, "queens", queens(6), queens(8), "lev", levenshtein("rosettacode", "raisethysword"))
	for _, n := range []int{1990, 2008, 1666, 4000} {
		r, ok := roman(n)
		fmt.Println(n, r, ok)
	}
	l := &Life{w: 6, h: 6}
	for range 6 {
		l.a, l.b = append(l.a, make([]bool, 6)), append(l.b, make([]bool, 6))
	}
	for _, c := range [][2]int{{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}} {
		l.a[c[1]][c[0]] = true
	}
	for range 4 {
		l.step()
	}
	fmt.Print(l)
	fmt.Println(luhn("49927398716"), luhn("49927398717"))
	s := "1"
	for range 6 {
		s = lookSay(s)
	}
	fmt.Println(s, balanced("{[()]}"), balanced("([)]"), Ackermann(2, 3))
	codes := huffman("abracadabra")
	keys := make([]string, 0)
	for r, c := range codes {
		keys = append(keys, fmt.Sprintf("%c:%s", r, c))
	}
	sort.Strings(keys)
	fmt.Println(keys)
	g := graph{"a": {{"b", 7}, {"c", 9}, {"f", 14}}, "b": {{"c", 10}, {"d", 15}}, "c": {{"d", 11}, {"f", 2}}, "d": {{"e", 6}}, "e": {{"f", 9}}}
	dist, prev := g.dijkstra("a")
	fmt.Println(dist, prev)
	n := 0
	permute([]int{1, 2, 3, 4}, func(p []int) { n++ })
	fmt.Println(n, bits.OnesCount(255), bits.Reverse8(6))
	f := big.NewInt(1)
	for i := int64(1); i <= 30; i++ {
		f.Mul(f, big.NewInt(i))
	}
	fmt.Println(f, new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil))
	r := big.NewRat(1, 3)
	fmt.Println(r.Add(r, big.NewRat(1, 6)), r.FloatString(5))
	for i, g := 0, 0; i < 8; i++ {
		g = i ^ i>>1
		fmt.Printf("%03b ", g)
	}
	fmt.Println()
	for row, c := 0, 1; row < 5; row++ {
		c = 1
		for j := 0; j <= row; j++ {
			fmt.Print(c, " ")
			c = c * (row - j) / (j + 1)
		}
		fmt.Println()
	}
outer:
	for y := 1.0; y >= -1; y -= 0.5 {
		for x := -2.0; x <= 0.5; x += 0.25 {
			var z complex128
			c := complex(x, y)
			for i := range 20 {
				z = z*z + c
				if real(z)*real(z)+imag(z)*imag(z) > 4 {
					fmt.Print(" .:-=+*#%"[i%9 : i%9+1])
					continue outer
				}
			}
			fmt.Print("@")
		}
	}
	fmt.Println()
}
