package check

import (
	"fmt"
	"go/scanner"
	"go/token"
	"strings"
)

// A Kind says what a chunk of a cell is.
type Kind int

// The kinds of chunk.
const (
	Import Kind = iota
	Func        // a function or method declaration
	Type
	Const
	Var
	Stmt
	Package // a package clause
)

// A Chunk is one top-level declaration or statement of a cell, with the
// comments that stand before it.
type Chunk struct {
	Kind Kind
	// Text is the exact source, from the comments before the first token to
	// the end of the last one.
	Text string
	// File, Line and Col say where Text's first byte stands (1-based, Col in
	// bytes).
	File      string
	Line, Col int
	// Tok is the offset of the first token that is no comment.
	Tok int
}

// A Source is a piece of Go of a cell and where it stands.
type Source struct {
	Text      string
	File      string // as //line directives name it
	Line, Col int    // of Text's first byte, 1-based; zero means 1
}

// Split cuts Go source into its top-level chunks. Imports, declarations and
// statements may be mixed in any order. The error, if any, is a *SyntaxError.
func Split(src Source) ([]Chunk, error) {
	if src.Line == 0 {
		src.Line = 1
	}
	if src.Col == 0 {
		src.Col = 1
	}
	s := &splitter{src: src}
	return s.run()
}

type splitTok struct {
	tok token.Token
	off int
	lit string
}

type splitter struct {
	src    Source
	chunks []Chunk
	toks   []splitTok // of the chunk being read
	open   []splitTok // brackets
	start  int        // offset where the chunk being read begins
}

func (s *splitter) run() ([]Chunk, error) {
	text := []byte(s.src.Text)
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	var sc scanner.Scanner
	var serr *SyntaxError
	sc.Init(file, text, func(pos token.Position, msg string) {
		if serr == nil {
			serr = s.errorAt(pos.Offset, msg)
		}
	}, 0)
	for {
		pos, tok, lit := sc.Scan()
		off := file.Offset(pos)
		if serr != nil {
			return nil, serr
		}
		if tok == token.EOF {
			break
		}
		if err := s.token(splitTok{tok, off, lit}); err != nil {
			return nil, err
		}
	}
	if len(s.open) > 0 {
		o := s.open[len(s.open)-1]
		return nil, s.errorAt(o.off, fmt.Sprintf("this %s is never closed: the cell ends before its %s", o.tok, closing(o.tok)))
	}
	s.flush(len(text))
	return s.chunks, nil
}

func (s *splitter) token(t splitTok) error {
	if t.tok == token.SEMICOLON && len(s.open) == 0 {
		if t.lit == ";" && s.inHeader() {
			s.toks = append(s.toks, t)
			return nil
		}
		s.flush(t.off)
		if t.lit == ";" {
			s.start = t.off + 1
		}
		return nil
	}
	s.toks = append(s.toks, t)
	switch t.tok {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		s.open = append(s.open, t)
	case token.RPAREN, token.RBRACK, token.RBRACE:
		if len(s.open) == 0 {
			return s.errorAt(t.off, fmt.Sprintf("unexpected %s: nothing is open here", t.tok))
		}
		if o := s.open[len(s.open)-1]; closing(o.tok) != t.tok.String() {
			if strings.Contains(s.src.Text[o.off:t.off], "\n") { // the line of what is open is the one to look at
				return s.errorAt(o.off, fmt.Sprintf("this %s is never closed: a %s comes before its %s", o.tok, t.tok, closing(o.tok)))
			}
			return s.errorAt(t.off, fmt.Sprintf("unexpected %s, expected %s", t.tok, closing(o.tok)))
		}
		s.open = s.open[:len(s.open)-1]
	}
	return nil
}

// inHeader reports whether the chunk being read is a for, if or switch whose
// block has not begun: a semicolon does not end it. An else if begins anew.
func (s *splitter) inHeader() bool {
	toks := s.toks
	for len(toks) > 2 && toks[0].tok == token.IDENT && toks[1].tok == token.COLON {
		toks = toks[2:] // a label
	}
	for i := len(toks) - 1; i > 0; i-- {
		if toks[i-1].tok == token.ELSE && toks[i].tok == token.IF {
			toks = toks[i:]
			break
		}
	}
	if len(toks) == 0 {
		return false
	}
	switch toks[0].tok {
	case token.FOR, token.IF, token.SWITCH:
	default:
		return false
	}
	depth := 0
	for i, t := range toks {
		switch t.tok {
		case token.LPAREN, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.LBRACE:
			if depth == 0 && !opensValue(toks[:i]) {
				return false
			}
			depth++
		}
	}
	return true
}

// opensValue reports whether the brace behind toks belongs to a value in a
// header, []int{1} or func() bool { … }, and not to the statement's block.
func opensValue(toks []splitTok) bool {
	i := len(toks) - 1
	for i >= 0 && (toks[i].tok == token.IDENT || toks[i].tok == token.PERIOD || toks[i].tok == token.MUL) {
		i--
	}
	if i < 0 {
		return false
	}
	switch toks[i].tok {
	case token.STRUCT, token.INTERFACE:
		return true
	case token.RBRACE: // struct{ n int }{
		return true
	case token.RBRACK: // []T{ and map[K]T{, but not xs[0] {
		return i < len(toks)-1 && toks[i+1].tok != token.PERIOD
	case token.RPAREN: // func(…) {, func(…) T {, but not f(x) {
		return opensFunc(toks[:i+1])
	}
	return false
}

// opensFunc reports whether the parameter list that ends toks is that of a
// function literal.
func opensFunc(toks []splitTok) bool {
	depth := 0
	for i := len(toks) - 1; i >= 0; i-- {
		switch toks[i].tok {
		case token.RPAREN:
			depth++
		case token.LPAREN:
			if depth--; depth == 0 {
				return i > 0 && (toks[i-1].tok == token.FUNC || toks[i-1].tok == token.RPAREN && opensFunc(toks[:i]))
			}
		}
	}
	return false
}

func closing(open token.Token) string {
	switch open {
	case token.LPAREN:
		return ")"
	case token.LBRACK:
		return "]"
	}
	return "}"
}

// flush ends the chunk being read at offset end.
func (s *splitter) flush(end int) {
	if len(s.toks) > 0 {
		start := s.skipTrailingComment(s.start, s.toks[0].off)
		line, col := s.position(start)
		s.chunks = append(s.chunks, Chunk{
			Kind: kindOf(s.toks),
			Text: s.src.Text[start:end],
			File: s.src.File, Line: line, Col: col,
			Tok: s.toks[0].off - start,
		})
	}
	s.toks = s.toks[:0]
	s.start = end
}

// skipTrailingComment moves start behind white space and behind a comment that
// ends the line of the chunk before: it is not a doc comment of this one.
func (s *splitter) skipTrailingComment(start, tok int) int {
	gap := s.src.Text[start:tok]
	if start > 0 {
		if nl := strings.IndexByte(gap, '\n'); nl >= 0 && strings.HasPrefix(strings.TrimLeft(gap[:nl], " \t\r"), "//") {
			start += nl
			gap = gap[nl:]
		}
	}
	return start + len(gap) - len(strings.TrimLeft(gap, " \t\r\n;"))
}

// position returns the line and the byte column of an offset in the cell.
func (s *splitter) position(off int) (line, col int) {
	before := s.src.Text[:off]
	n := strings.Count(before, "\n")
	if n == 0 {
		return s.src.Line, s.src.Col + off
	}
	return s.src.Line + n, off - strings.LastIndexByte(before, '\n')
}

func (s *splitter) errorAt(off int, msg string) *SyntaxError {
	line, col := s.position(off)
	return &SyntaxError{File: s.src.File, Line: line, Col: col, Msg: msg}
}

// A SyntaxError is a mistake found before the parser sees the cell.
type SyntaxError struct {
	File      string
	Line, Col int
	Msg       string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg)
}

func kindOf(toks []splitTok) Kind {
	switch toks[0].tok {
	case token.IMPORT:
		return Import
	case token.TYPE:
		return Type
	case token.CONST:
		return Const
	case token.VAR:
		return Var
	case token.PACKAGE:
		return Package
	case token.FUNC:
		if isFuncDecl(toks) {
			return Func
		}
	}
	return Stmt
}

// isFuncDecl tells `func f(`, `func f[` and `func (r T) m(` from a function
// literal that starts a statement, `func(a int) T { … }(1)`.
func isFuncDecl(toks []splitTok) bool {
	if len(toks) > 1 && toks[1].tok == token.IDENT {
		return true
	}
	depth := 0
	for i, t := range toks {
		switch t.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			if depth--; depth == 0 {
				return i+2 < len(toks) && toks[i+1].tok == token.IDENT && toks[i+2].tok == token.LPAREN
			}
		}
	}
	return false
}

// Offset returns the index in Text of a line and byte column of the cell; ok
// is false when they lie outside the chunk.
func (c Chunk) Offset(line, col int) (off int, ok bool) {
	if line < c.Line {
		return 0, false
	}
	base := c.Col
	for ; line > c.Line; line-- {
		nl := strings.IndexByte(c.Text[off:], '\n')
		if nl < 0 {
			return 0, false
		}
		off += nl + 1
		base = 1
	}
	off += col - base
	return off, off >= 0 && off <= len(c.Text)
}
