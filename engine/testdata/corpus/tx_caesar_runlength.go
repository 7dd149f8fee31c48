package main

import (
	"fmt"
	"strings"
	"unicode"
)

type cipher interface {
	enc(string) string
	dec(string) string
}
type caesar int
type rle struct{}
type chain []cipher

func (c caesar) shift(s string, k int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+rune(k)+26)%26
		case unicode.IsUpper(r) && r < 128:
			return 'A' + (r-'A'+rune(k)+26)%26
		}
		return r
	}, s)
}
func (c caesar) enc(s string) string { return c.shift(s, int(c)) }
func (c caesar) dec(s string) string { return c.shift(s, -int(c)) }
func (rle) enc(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		fmt.Fprintf(&b, "%d%c", j-i, s[i])
		i = j
	}
	return b.String()
}
func (rle) dec(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n = n*10 + int(r-'0')
		} else {
			b.WriteString(strings.Repeat(string(r), n))
			n = 0
		}
	}
	return b.String()
}
func (c chain) enc(s string) string {
	for _, x := range c {
		s = x.enc(s)
	}
	return s
}
func (c chain) dec(s string) string {
	for i := len(c) - 1; i >= 0; i-- {
		s = c[i].dec(s)
	}
	return s
}

func main() {
	c := chain{caesar(3), rle{}}
	e := c.enc("aaabZZ!")
	fmt.Println(e, c.dec(e), cipher(c).dec(c.enc("hello  there")))
	fmt.Println(rle{}.enc(""), caesar(13).enc(caesar(13).enc("Round")))
}
