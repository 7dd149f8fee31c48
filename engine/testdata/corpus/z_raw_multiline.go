package main

import (
	"fmt"
	"strings"
)

const q = `SELECT *
	FROM t -- "x"
	WHERE a = '\n'`

var tpl = `{
  "k": "v"
}`

type page struct{ body string }

func main() {
	p := page{body: `<a href="x">
  \t tab
</a>`}
	fmt.Println(q)
	fmt.Println(len(strings.Split(q, "\n")), tpl, p.body, len(p.body))
	fmt.Println(`a`+"`"+`b`, "tab\tq\"\x41\u00e9\101", '\'', "\\")
	fmt.Println(strings.Count(`/* not a comment */ // no`, "/"))
}
