package main

import (
	"fmt"
	"strconv"
	"strings"
)

type tok struct {
	k byte
	s string
}
type lexer struct {
	in  string
	pos int
}
type parser struct {
	toks []tok
	i    int
}

func (l *lexer) all() (ts []tok) {
	for l.pos < len(l.in) {
		c := l.in[l.pos]
		switch {
		case strings.ContainsRune("{}[]:,", rune(c)):
			ts = append(ts, tok{c, ""})
			l.pos++
		case c == '"':
			e := strings.IndexByte(l.in[l.pos+1:], '"')
			ts = append(ts, tok{'s', l.in[l.pos+1 : l.pos+1+e]})
			l.pos += e + 2
		case c == ' ' || c == '\n':
			l.pos++
		default:
			st := l.pos
			for l.pos < len(l.in) && !strings.ContainsRune("{}[]:, \n", rune(l.in[l.pos])) {
				l.pos++
			}
			ts = append(ts, tok{'w', l.in[st:l.pos]})
		}
	}
	return
}
func (p *parser) next() tok { t := p.toks[p.i]; p.i++; return t }
func (p *parser) value() any {
	switch t := p.next(); t.k {
	case '{':
		m := map[string]any{}
		for p.toks[p.i].k != '}' {
			k := p.next().s
			p.next()
			m[k] = p.value()
			if p.toks[p.i].k == ',' {
				p.i++
			}
		}
		p.i++
		return m
	case '[':
		xs := []any{}
		for p.toks[p.i].k != ']' {
			xs = append(xs, p.value())
			if p.toks[p.i].k == ',' {
				p.i++
			}
		}
		p.i++
		return xs
	case 's':
		return t.s
	default:
		if f, err := strconv.ParseFloat(t.s, 64); err == nil {
			return f
		}
		return map[string]any{"true": true, "false": false}[t.s]
	}
}

func main() {
	p := &parser{toks: (&lexer{in: `{"a": [1, 2.5, {"b": null}], "t": true, "s": "x y"}`}).all()}
	v := p.value()
	fmt.Println(v, len(p.toks), p.i)
	m := v.(map[string]any)
	fmt.Println(m["a"].([]any)[1].(float64)*2, m["t"] == true)
}
