package main

import (
	"fmt"
	"strings"
)

var numerals = []struct {
	v int
	s string
}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

func roman(n int) (s string) {
	for _, d := range numerals {
		for n >= d.v {
			s += d.s
			n -= d.v
		}
	}
	return
}
func arabic(s string) (n int) {
	for _, d := range numerals {
		for strings.HasPrefix(s, d.s) {
			n += d.v
			s = s[len(d.s):]
		}
	}
	return
}
func wrap(s string, w int) (lines []string) {
	line := ""
	for _, f := range strings.Fields(s) {
		if len(line)+len(f)+1 > w && line != "" {
			lines = append(lines, line)
			line = f
		} else {
			line = strings.TrimSpace(line + " " + f)
		}
	}
	return append(lines, line)
}
func justify(l string, w int) string {
	fs := strings.Fields(l)
	if len(fs) == 1 {
		return l
	}
	gaps := len(fs) - 1
	sp := w - len(strings.Join(fs, ""))
	var b strings.Builder
	for i, f := range fs {
		b.WriteString(f)
		if i < gaps {
			n := sp / gaps
			if i < sp%gaps {
				n++
			}
			b.WriteString(strings.Repeat(".", n))
		}
	}
	return b.String()
}

func main() {
	for _, n := range []int{4, 9, 14, 1994, 2024} {
		fmt.Print(roman(n), "=", arabic(roman(n)), " ")
	}
	fmt.Println()
	for _, l := range wrap("the quick brown fox jumps over the lazy dog", 16) {
		fmt.Println(justify(l, 16))
	}
	fmt.Println(numerals[1].s, len(numerals))
}
