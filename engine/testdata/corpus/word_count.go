package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

const text = `The quick brown fox jumps over the lazy dog.
The dog sleeps; the fox -- quick, brown -- runs!
日本 é É naïve`

type freq struct {
	word string
	n    int
}

func tokenize(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
}

func count(s string) map[string]int {
	m := make(map[string]int)
	sc := bufio.NewScanner(strings.NewReader(s))
	for sc.Scan() {
		for _, w := range tokenize(sc.Text()) {
			m[w]++
		}
	}
	return m
}

func top(m map[string]int, n int) []freq {
	fs := make([]freq, 0, len(m))
	for w, c := range m {
		fs = append(fs, freq{w, c})
	}
	slices.SortFunc(fs, func(a, b freq) int {
		return cmp.Or(-cmp.Compare(a.n, b.n), strings.Compare(a.word, b.word))
	})
	return fs[:min(n, len(fs))]
}

func main() {
	m := count(text)
	for i, f := range top(m, 4) {
		fmt.Printf("%d. %-6s %3d %s\n", i+1, f.word, f.n, strings.Repeat("#", f.n))
	}
	fmt.Println(len(m), m["the"], m["missing"])
	byLen := map[int][]string{}
	for _, w := range slices.Sorted(maps.Keys(m)) {
		byLen[len([]rune(w))] = append(byLen[len([]rune(w))], w)
	}
	fmt.Println(byLen[3], byLen[2])
	letters := map[rune]int{}
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters[unicode.ToLower(r)]++
		}
	}
	best := 'a'
	for r, n := range letters {
		if n > letters[best] || n == letters[best] && r < best {
			best = r
		}
	}
	fmt.Println(string(best), letters[best])
	rev := []rune(strings.Fields(text)[0])
	slices.Reverse(rev)
	fmt.Println(string(rev), strings.Title("x y"), strings.Count(text, "quick"))
}
