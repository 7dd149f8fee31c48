package main

import (
	"fmt"
	"strconv"
	"unicode"
)

type kind int

const (
	num kind = iota
	op
	lparen
	rparen
	eof
)

type token struct {
	kind kind
	text string
}

type lexer struct {
	src []rune
	pos int
}

func (l *lexer) next() token {
	for l.pos < len(l.src) && unicode.IsSpace(l.src[l.pos]) {
		l.pos++
	}
	if l.pos >= len(l.src) {
		return token{kind: eof}
	}
	r := l.src[l.pos]
	switch {
	case unicode.IsDigit(r):
		start := l.pos
		for l.pos < len(l.src) && (unicode.IsDigit(l.src[l.pos]) || l.src[l.pos] == '.') {
			l.pos++
		}
		return token{num, string(l.src[start:l.pos])}
	case r == '(':
		l.pos++
		return token{lparen, "("}
	case r == ')':
		l.pos++
		return token{rparen, ")"}
	}
	l.pos++
	return token{op, string(r)}
}

type expr interface{ eval() float64 }
type lit float64
type bin struct {
	op   byte
	l, r expr
}
type neg struct{ x expr }

func (l lit) eval() float64 { return float64(l) }
func (n neg) eval() float64 { return -n.x.eval() }
func (b bin) eval() float64 {
	x, y := b.l.eval(), b.r.eval()
	switch b.op {
	case '+':
		return x + y
	case '-':
		return x - y
	case '*':
		return x * y
	}
	return x / y
}

type parser struct {
	lex *lexer
	tok token
}

func (p *parser) advance() { p.tok = p.lex.next() }

var prec = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2}

func (p *parser) parse(min int) expr {
	left := p.unary()
	for p.tok.kind == op && prec[p.tok.text] > min {
		o := p.tok.text
		p.advance()
		left = bin{o[0], left, p.parse(prec[o])}
	}
	return left
}

func (p *parser) unary() expr {
	switch t := p.tok; t.kind {
	case num:
		p.advance()
		f, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			panic(err)
		}
		return lit(f)
	case lparen:
		p.advance()
		e := p.parse(0)
		p.advance()
		return e
	case op:
		p.advance()
		return neg{p.unary()}
	}
	panic(fmt.Sprintf("unexpected %+v", p.tok))
}

func calc(s string) (v float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("bad %q: %v", s, r)
		}
	}()
	p := &parser{lex: &lexer{src: []rune(s)}}
	p.advance()
	return p.parse(0).eval(), nil
}

func main() {
	for _, s := range []string{"1+2*3", "(1+2)*3", "-4 - -2", "2*(3+(4-1))/2", "1.5*4", "2+", ")"} {
		v, err := calc(s)
		fmt.Println(s, "=", v, err)
	}
	e := bin{'+', lit(1), neg{lit(5)}}
	fmt.Printf("%v %+v %#v %v\n", e, e, e, e.eval())
}
