package engine

import (
	"go/scanner"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// mark stands for the word at the cursor, where a cell is completed.
const mark = "gbzCursor"

// goMagics are the cell magics whose body is Go.
var goMagics = map[string]bool{"time": true, "timeit": true, "vectorize": true, "compare": true, "capture": true}

// magicLine matches a line of a cell that is no Go, up to the end of its
// magic's name.
var magicLine = regexp.MustCompile(`^\s*(?:[^=:"'` + "`" + `/]+:?=\s*)?(?:%{1,2}[\pL_][\pL\pN_]*|!|\?)`)

// goText returns a cell with all that is no Go written over by blanks, so that
// offsets stay. Of the magic that the cursor stands in, the argument at the
// cursor is kept. ok is false where no Go stands at the cursor.
func goText(code string, at int) (text string, ok bool) {
	var out strings.Builder
	for off := 0; off < len(code); {
		line := code[off:]
		if nl := strings.IndexByte(line, '\n'); nl >= 0 {
			line = line[:nl+1]
		}
		here := off <= at && (at < off+len(line) || off+len(line) == len(code))
		head := magicLine.FindString(line)
		first := strings.TrimSpace(code[:off]) == ""
		switch {
		case first && strings.HasPrefix(head, "%%") && !goMagics[head[2:]]:
			return "", false
		case head == "":
			out.WriteString(strings.Replace(line, "?", " ", strings.Count(line, "?")-strings.Count(strings.TrimRight(line, "?\r\n "), "?")))
		case !here:
			out.WriteString(blank(line))
		case at < off+len(head) || strings.HasSuffix(head, "!"):
			return "", false
		default:
			keep := argumentAt(line, len(head), at-off)
			out.WriteString(blank(line[:keep]) + line[keep:])
		}
		off += len(line)
	}
	return out.String(), true
}

// blank writes spaces over everything but line ends.
func blank(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}

// argumentAt returns where the argument of a magic that holds the cursor
// begins: behind the last blank outside brackets.
func argumentAt(line string, from, at int) int {
	depth, start := 0, from
	for i := from; i < at; i++ {
		switch line[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ' ', '\t', ',':
			if depth <= 0 {
				start = i + 1
			}
		}
	}
	return start
}

// A head is what stands before the cursor, as far as the scanner tells.
type head struct {
	quiet      bool   // inside a comment or a literal, or behind a number
	importPath bool   // inside the path of an import
	literal    string // of that path, up to the cursor
	closers    string // what ends the brackets and statements that are open
}

// A level is one open bracket and the statement it interrupts.
type level struct {
	closer  string
	keyword token.Token // that begins the statement: FOR, IF, CASE, GO …
	block   bool        // the bracket opens the body of the outer statement
	semis   int         // of a for clause
}

// A headScanner follows brackets and statements up to the cursor.
type headScanner struct {
	levels []level
	prev   []token.Token // the latest tokens, last first
}

// scanHead reads the text before the cursor.
func scanHead(text string) head {
	var h head
	var sc scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	open := -1 // offset of a literal or comment that does not end
	sc.Init(file, []byte(text), func(p token.Position, msg string) {
		if strings.Contains(msg, "not terminated") {
			open = p.Offset
		}
	}, scanner.ScanComments)
	s := headScanner{levels: []level{{}}}
	for {
		pos, tok, lit := sc.Scan()
		if tok == token.EOF {
			break
		}
		off := file.Offset(pos)
		switch {
		case tok == token.COMMENT:
			h.quiet = h.quiet || off+len(lit) == len(text) && (strings.HasPrefix(lit, "//") || open == off)
			continue
		case open == off && off+len(lit) >= len(text):
			h.quiet = true
			h.literal, h.importPath = strings.TrimLeft(lit, "\"`"), tok == token.STRING && s.inImport()
		case tok == token.SEMICOLON && lit == "\n" && off >= len(text):
			continue // put in at the end of the text
		case (tok == token.INT || tok == token.FLOAT || tok == token.IMAG) && off+len(lit) == len(text):
			h.quiet = true
		}
		s.token(tok, lit)
	}
	h.closers = s.closers()
	return h
}

// inImport reports whether a literal here is the path of an import.
func (s *headScanner) inImport() bool {
	l := s.levels[len(s.levels)-1]
	if l.keyword == token.IMPORT {
		return true
	}
	return len(s.levels) > 1 && l.closer == ")" && s.levels[len(s.levels)-2].keyword == token.IMPORT
}

func (s *headScanner) token(tok token.Token, lit string) {
	top := &s.levels[len(s.levels)-1]
	switch tok {
	case token.LPAREN:
		s.levels = append(s.levels, level{closer: ")"})
	case token.LBRACK:
		s.levels = append(s.levels, level{closer: "]"})
	case token.LBRACE:
		s.levels = append(s.levels, level{closer: "}", block: !s.afterElementType()})
	case token.RPAREN, token.RBRACK, token.RBRACE:
		if len(s.levels) > 1 {
			s.levels = s.levels[:len(s.levels)-1]
			if top.block {
				s.levels[len(s.levels)-1].keyword = 0
			}
		}
	case token.SEMICOLON:
		if top.keyword == token.FOR || lit == ";" && (top.keyword == token.IF || top.keyword == token.SWITCH) {
			top.semis++
		}
		if lit != ";" || top.keyword != token.FOR && top.keyword != token.IF && top.keyword != token.SWITCH {
			top.keyword, top.semis = 0, 0
		}
	case token.COLON:
		if top.keyword == token.CASE || top.keyword == token.DEFAULT {
			top.keyword = 0
		}
	case token.IF, token.FOR, token.SWITCH, token.SELECT, token.CASE, token.GO, token.DEFER, token.IMPORT:
		top.keyword, top.semis = tok, 0
	}
	s.prev = append([]token.Token{tok}, s.prev[:min(len(s.prev), 7)]...)
}

// afterElementType reports whether the tokens before a brace are a type like
// []T or map[K]pkg.T, whose literal may stand in a statement's header.
func (s *headScanner) afterElementType() bool {
	i := 0
	for i < len(s.prev) && (s.prev[i] == token.IDENT || s.prev[i] == token.PERIOD || s.prev[i] == token.MUL) {
		i++
	}
	return i > 0 && i < len(s.prev) && s.prev[i] == token.RBRACK && s.prev[i-1] != token.PERIOD
}

// closers returns what completes the open statements and brackets, innermost
// first.
func (s *headScanner) closers() string {
	var b strings.Builder
	for i, l := range slices.Backward(s.levels) {
		if i == len(s.levels)-1 || !s.levels[i+1].block {
			switch l.keyword {
			case token.FOR:
				if l.semis == 1 {
					b.WriteString(";")
				}
				b.WriteString(" {}")
			case token.IF, token.SWITCH, token.SELECT:
				b.WriteString(" {}")
			case token.CASE, token.DEFAULT:
				b.WriteString(":")
			case token.GO, token.DEFER:
				b.WriteString("()")
			}
		}
		b.WriteString(l.closer)
	}
	return b.String()
}
