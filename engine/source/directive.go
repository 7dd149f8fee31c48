package source

import (
	"go/token"
	"strings"
)

// A Directive is a //goblaze:name line in Go source, such as
// //goblaze:vectorize -w 4 above a loop. Magics in that dress
// (//goblaze:%name) are not among them.
type Directive struct {
	Name string // "vectorize"
	Args string // "-w 4"
	// Offset is the byte offset of the comment's first byte; Line and Col its
	// 1-based place; ArgsCol is the column of Args.
	Offset, Line, Col, ArgsCol int
	// Next is the offset of the first token after the comment: the statement
	// it speaks of, or len(goText).
	Next int
}

// Directives lists the //goblaze: lines of Go source in order, in functions
// too. Only a comment that is alone on its line counts, as with //go:build.
func Directives(goText string) []Directive {
	var list []Directive
	lines := newLineIndex(goText)
	sc := newTokens(goText, 0)
	named := 0 // the directives before this index know their Next
	for {
		t := sc.next()
		if t.tok != token.COMMENT && (t.tok != token.SEMICOLON || t.lit == ";") {
			for ; named < len(list); named++ {
				list[named].Next = t.off
			}
		}
		if t.tok == token.EOF {
			return list
		}
		if d, ok := directive(goText, t); ok {
			d.Line, d.Col = lines.pos(t.off)
			d.ArgsCol += d.Col
			list = append(list, d)
		}
	}
}

// directive reads one comment; ArgsCol is relative to its start.
func directive(text string, t tok) (Directive, bool) {
	rest, ok := strings.CutPrefix(t.lit, pragma)
	if t.tok != token.COMMENT || !ok {
		return Directive{}, false
	}
	if before := text[lineStart(text, t.off):t.off]; strings.Trim(before, " \t\r"+bom) != "" {
		return Directive{}, false
	}
	name := nameAt(rest, 0)
	if name == "" {
		return Directive{}, false
	}
	from := skipBlanks(rest, len(name))
	return Directive{Name: name, Args: strings.TrimRight(rest[from:], " \t\r"),
		Offset: t.off, ArgsCol: len(pragma) + from}, true
}
