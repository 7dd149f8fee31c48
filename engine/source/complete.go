package source

import (
	"go/token"
	"strings"
)

// The answers of IsComplete, in Jupyter's words.
const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
)

// IsComplete tells a console whether Enter runs the cell or opens a new line:
// "complete", "incomplete" with the indentation that the next line wants, or
// "invalid". A cell magic is complete, as in IPython, when its last line is
// blank.
func IsComplete(cell string) (status, indent string) {
	parts, err := Split(cell)
	if err != nil {
		return Invalid, ""
	}
	for i, p := range parts {
		status = partStatus(p)
		if status == Invalid || status == Incomplete && !p.Open && i < len(parts)-1 {
			return Invalid, ""
		}
		if status == Incomplete {
			return status, nextIndent(cell)
		}
	}
	return Complete, ""
}

func partStatus(p Part) string {
	switch p.Kind {
	case Go:
		return goStatus(p.Text)
	case CellMagic:
		if lines := strings.Split(p.Body, "\n"); p.Body == "" || strings.TrimSpace(lines[len(lines)-1]) != "" {
			return Incomplete
		}
		return Complete
	case Shell:
		if strings.HasSuffix(p.Text, "\\") {
			return Incomplete
		}
		return Complete
	}
	if p.Open {
		return Incomplete
	}
	return Complete
}

// goStatus judges Go source by its tokens first (open brackets, an operator at
// the end), then by parsing each chunk.
func goStatus(text string) string {
	if s := tokenStatus(text); s != Complete {
		return s
	}
	for _, c := range chunks(text) {
		if parseChunk(text[c.Start:c.End], c.Kind) != nil {
			return Invalid
		}
	}
	return Complete
}

// tokenStatus finds literals and comments that never end, brackets that don't
// match, and a last token after which Go reads on.
func tokenStatus(text string) string {
	sc := newTokens(text, 0)
	var open []token.Token
	last := token.SEMICOLON
	for {
		t := sc.next()
		if sc.errAt >= 0 {
			if strings.HasPrefix(sc.msg, "raw string literal not terminated") || strings.HasPrefix(sc.msg, "comment not terminated") {
				return Incomplete
			}
			return Invalid
		}
		switch t.tok {
		case token.COMMENT:
			continue
		case token.EOF:
			if len(open) > 0 || last != token.SEMICOLON {
				return Incomplete
			}
			return Complete
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open = append(open, t.tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) == 0 || open[len(open)-1] != opener(t.tok) {
				return Invalid
			}
			open = open[:len(open)-1]
		}
		last = t.tok
	}
}

func opener(closing token.Token) token.Token {
	switch closing {
	case token.RPAREN:
		return token.LPAREN
	case token.RBRACK:
		return token.LBRACK
	}
	return token.LBRACE
}

// nextIndent is the last written line's indentation, one step deeper when that
// line opens more brackets than it closes or is a case, one step back never:
// front ends let the user do that.
func nextIndent(cell string) string {
	lines := strings.Split(strings.TrimRight(cell, " \t\r\n"), "\n")
	line := lines[len(lines)-1]
	body := strings.TrimLeft(line, " \t")
	indent := line[:len(line)-len(body)]
	step := "\t"
	if strings.HasPrefix(indent, "    ") {
		step = "    "
	}
	sc := newTokens(body, 0)
	depth, first, last := 0, token.EOF, token.EOF
	for t := sc.next(); t.tok != token.EOF; t = sc.next() {
		if t.tok == token.COMMENT {
			continue
		}
		if first == token.EOF {
			first = t.tok
		}
		last = t.tok
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		}
	}
	if depth > 0 || last == token.COLON && (first == token.CASE || first == token.DEFAULT) {
		return indent + step
	}
	return indent
}
