package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

type token struct{ kind, text string }
type env map[string]any

var re = regexp.MustCompile(`\{\{\s*(\w+)(?:\|(\w+))?\s*\}\}`)
var filters = map[string]func(string) string{"upper": strings.ToUpper, "rev": func(s string) string { r := []rune(s); slices.Reverse(r); return string(r) }}

func (e env) render(t string) (out string, errs []error) {
	out = re.ReplaceAllStringFunc(t, func(m string) string {
		g := re.FindStringSubmatch(m)
		v, ok := e[g[1]]
		if !ok {
			errs = append(errs, fmt.Errorf("no %q", g[1]))
			return "?"
		}
		s := fmt.Sprint(v)
		if f := filters[g[2]]; f != nil {
			s = f(s)
		}
		return s
	})
	return
}

func main() {
	e := env{"name": "Ann", "n": 3, "xs": []int{1, 2}}
	fmt.Println(e.render("Hi {{name}} {{ name|rev }} {{n}} {{xs}}"))
	fmt.Println(e.render("{{nope}} {{name|upper}} {{n|zzz}} {{a}}"))
	toks := []token{}
	for _, m := range re.FindAllStringSubmatchIndex("a{{b}}c", -1) {
		toks = append(toks, token{"var", "a{{b}}c"[m[2]:m[3]]})
	}
	fmt.Printf("%+v\n", toks)
}
