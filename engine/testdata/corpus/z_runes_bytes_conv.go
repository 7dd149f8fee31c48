package main

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
)

type word string
type raw []byte
type runes []rune

func main() {
	w := word("héllo")
	r := runes(w)
	r[0] = 'H'
	b := raw(w)
	fmt.Println(string(r), len(b), word(b[:1]), string(raw("x")), word(r[1:2]))
	fmt.Println(string(rune(65)), strconv.Itoa(65), []rune("日本"), []byte("é"), string([]rune{0x65e5, -1}))
	fmt.Println(utf16.Encode([]rune("😀")), strconv.Quote("日\x00"), strconv.QuoteToASCII("日"))
	copy(b, "yy")
	b = append(b, " wörld"...)
	fmt.Println(string(b), bytes.ToUpper(b)[0], bytes.Fields(b)[1][0])
	n, err := strconv.ParseInt("-7f", 16, 64)
	u, err2 := strconv.ParseUint("300", 10, 8)
	fmt.Println(n, err, u, err2)
}
