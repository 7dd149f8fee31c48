package source

import (
	"go/scanner"
	"go/token"
	"sort"
	"strings"
)

// A lineIndex holds the offset of each line's first byte.
type lineIndex []int

func newLineIndex(s string) lineIndex {
	idx := lineIndex{0}
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' {
			idx = append(idx, i+1)
		}
	}
	return idx
}

// pos returns the 1-based line and byte column of an offset.
func (x lineIndex) pos(off int) (line, col int) {
	line = sort.SearchInts(x, off+1)
	return line, off - x[line-1] + 1
}

// lineStart returns the offset of the first byte of the line that holds off.
func lineStart(s string, off int) int { return strings.LastIndexByte(s[:off], '\n') + 1 }

// lineEnd returns the offset behind the newline that ends off's line, or
// len(s).
func lineEnd(s string, off int) int {
	if i := strings.IndexByte(s[off:], '\n'); i >= 0 {
		return off + i + 1
	}
	return len(s)
}

// skipBlanks returns the offset of the first byte from off on that is not a
// blank or a tab.
func skipBlanks(s string, off int) int {
	for off < len(s) && (s[off] == ' ' || s[off] == '\t') {
		off++
	}
	return off
}

// A tok is one token of go/scanner with its place in the whole text. The
// literal of a raw string has lost its carriage returns, so end is not
// off + len(lit). For an automatic semicolon (lit "\n") end is off.
type tok struct {
	off, end int
	tok      token.Token
	lit      string
}

// tokens is a go/scanner over the tail of a text, comments included.
type tokens struct {
	sc    scanner.Scanner
	file  *token.File
	text  string
	from  int
	errAt int // offset of the first scanning error, -1 when none
	msg   string
}

func newTokens(text string, from int) *tokens {
	t := &tokens{text: text, from: from, errAt: -1}
	src := []byte(text[from:])
	t.file = token.NewFileSet().AddFile("", -1, len(src))
	t.sc.Init(t.file, src, t.fail, scanner.ScanComments)
	return t
}

func (t *tokens) fail(pos token.Position, msg string) {
	if t.errAt < 0 {
		t.errAt, t.msg = t.from+pos.Offset, msg
	}
}

func (t *tokens) next() tok {
	pos, tk, lit := t.sc.Scan()
	off := min(t.from+t.file.Offset(pos), len(t.text))
	return tok{off: off, end: t.tokenEnd(off, tk, lit), tok: tk, lit: lit}
}

func (t *tokens) tokenEnd(off int, tk token.Token, lit string) int {
	end := off + len(lit)
	switch {
	case tk == token.EOF || tk == token.SEMICOLON && lit == "\n":
		end = off
	case tk == token.STRING && t.text[off] == '`':
		if n := strings.IndexByte(t.text[off+1:], '`'); n >= 0 {
			return off + n + 2
		}
		end = len(t.text)
	case lit == "":
		end = off + len(tk.String())
	}
	return min(end, len(t.text))
}

// argsEnd returns where a magic's arguments end: behind the newline of the
// first line at whose end no bracket is open. Brackets inside literals and
// comments don't count. When the brackets are not closed before the cell ends
// or a line starts with %, which no Go expression does, the arguments are the
// first line and open is true.
func argsEnd(s string, from int) (end int, open bool) {
	depth := 0
	for i := from; i < len(s); {
		switch c := s[i]; {
		case c == '\n' && depth == 0:
			return i + 1, false
		case c == '\n' && strings.HasPrefix(s[skipBlanks(s, i+1):], "%"):
			return lineEnd(s, from), true
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth = max(depth-1, 0)
		case c == '/' && (depth > 0 || lineComment(s, from, i)), strings.IndexByte("\"'`", c) >= 0:
			i = skipLiteral(s, i)
			continue
		}
		i++
	}
	if depth > 0 {
		return lineEnd(s, from), true
	}
	return len(s), false
}

// lineComment reports whether a // comment starts at i: one behind a blank, so
// that https://… is none.
func lineComment(s string, from, i int) bool {
	return strings.HasPrefix(s[i:], "//") && (i == from || s[i-1] == ' ' || s[i-1] == '\t')
}

// skipLiteral returns the offset behind the literal or comment that starts at
// i, or i+1 when none does: a quote that is not closed is a character like
// any other.
func skipLiteral(s string, i int) int {
	switch rest := s[i:]; {
	case strings.HasPrefix(rest, "//"):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return i + n
		}
		return len(s)
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return i + n + 4
		}
	case rest[0] == '`':
		if n := strings.IndexByte(rest[1:], '`'); n >= 0 {
			return i + n + 2
		}
	case rest[0] == '"' || rest[0] == '\'':
		for j := 1; j < len(rest) && rest[j] != '\n'; j++ {
			if rest[j] == '\\' {
				j++
			} else if rest[j] == rest[0] {
				return i + j + 1
			}
		}
	}
	return i + 1
}
