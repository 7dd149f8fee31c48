package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

func isPal(s string) bool {
	r := []rune(strings.ToLower(s))
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		for i < j && !unicode.IsLetter(r[i]) {
			i++
		}
		for i < j && !unicode.IsLetter(r[j]) {
			j--
		}
		if r[i] != r[j] {
			return false
		}
	}
	return true
}

func main() {
	fmt.Println(isPal("A man, a plan: Panama!"), isPal("été"), isPal("ab"))
	s := "h\xffé日\U0001F600"
	for i, r := range s {
		fmt.Print(i, ":", string(r), "/", utf8.RuneLen(r), " ")
	}
	fmt.Println(len(s), utf8.ValidString(s), []byte(s)[:3])
	b := []byte("abc")
	b[0] -= 32
	fmt.Println(string(b), s[1:4] == "\xffé", strings.Compare("a", "b"), "a"+"b" < "b")
	var sb strings.Builder
	for i := 3; i >= 1; i-- {
		fmt.Fprintf(&sb, "%d...", i)
	}
	sb.WriteRune('日')
	sb.WriteByte('!')
	fmt.Println(sb.String(), sb.Len(), strings.ToValidUTF8(s, "?"))
}
