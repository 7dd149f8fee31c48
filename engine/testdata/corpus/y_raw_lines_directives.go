package main

import (
	"fmt"
	"strings"
)

var text = `first
//line fake.go:10
/*line other.go:5:5*/ third`

//go:noinline
func f(s string) (n int) {
	/*line*/ n = len(s) // line comment
	//line
	return n
}

func main() {
	fmt.Println(len(text), strings.Count(text, "line"), f(text))
	s := "/*line x:1*/"
	fmt.Println(s, f(s))
	/*
	   	multi

	   line
	*/fmt.Println(f(`
`))
}
