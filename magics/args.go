package magics

import (
	"go/ast"
	"go/parser"
	"strings"
)

// An Arg is one argument with its byte offset in the text it was cut from.
type Arg struct {
	Text string
	Off  int
}

// SplitArgs cuts the arguments of a magic, options excluded, as UX.md says:
// at blanks outside brackets and literals; one that begins with func runs to
// the end of its body; a comma outside brackets makes the rest a Go argument
// list, cut at such commas. A // comment behind them is dropped.
//
//	f texts[1:] n+1             → f | texts[1:] | n+1
//	f, texts[1:], n + 1         → f | texts[1:] | n + 1
//	func(s string) int { … } xs → func(s string) int { … } | xs
func SplitArgs(text string) []Arg {
	var commas, blanks []Arg
	for off := 0; off < len(text); {
		piece, next := argument(text, off, untilEither)
		if strings.HasPrefix(text[piece.Off:], "//") {
			break
		}
		if next < len(text) && text[next] == ',' {
			commas = splitCommas(text, off)
			return append(expression(text, blanks, commas[0]), commas[1:]...)
		}
		if piece.Text != "" {
			blanks = append(blanks, piece)
		}
		off = next
	}
	return blanks
}

// expression decides what stands before the first comma: one expression with
// blanks in it (a + b), or several arguments (f xs). Pieces that are each an
// expression are arguments.
func expression(text string, blanks []Arg, last Arg) []Arg {
	if last.Text == "" && len(blanks) > 0 {
		return blanks
	}
	all := append(blanks, last)
	for _, a := range all {
		if !parses(a.Text) {
			whole := Arg{Text: text[all[0].Off : last.Off+len(last.Text)], Off: all[0].Off}
			if parses(whole.Text) {
				return []Arg{whole}
			}
		}
	}
	return all
}

func parses(text string) bool {
	_, err := parser.ParseExpr(text)
	return err == nil
}

// splitCommas cuts the text from off on at commas outside brackets.
func splitCommas(text string, off int) []Arg {
	var list []Arg
	for off <= len(text) {
		a, next := argument(text, off, untilComma)
		if a.Text != "" || next < len(text) {
			list = append(list, a)
		}
		off = next + 1
	}
	return list
}

// until says what ends an argument outside brackets and literals.
type until int

const (
	untilEither until = iota // a blank or a comma
	untilComma
	untilBlank
)

// argument reads one argument from off on, blanks before it skipped, and
// returns it with the offset of what ends it.
func argument(text string, off int, stop until) (a Arg, next int) {
	for off < len(text) && isBlank(text[off]) {
		off++
	}
	i := off
	if end := funcEnd(text, off); end > 0 {
		i = end
	}
	depth := 0
	for i < len(text) {
		c := text[i]
		if depth == 0 && (c == ',' && stop != untilBlank || isBlank(c) && stop != untilComma || isComment(text, i)) {
			break
		}
		switch {
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth = max(depth-1, 0)
		case strings.IndexByte("\"'`", c) >= 0, c == '/' && depth > 0:
			i = skipLiteral(text, i)
			continue
		}
		i++
	}
	next = i
	if isComment(text, i) {
		next = len(text)
	}
	return Arg{Text: strings.TrimRight(text[off:i], " \t\r\n"), Off: off}, next
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isComment(text string, i int) bool {
	return strings.HasPrefix(text[i:], "//") && i > 0 && isBlank(text[i-1])
}

// funcEnd returns the offset behind the body of the function literal that
// starts at off, 0 when none does.
func funcEnd(text string, off int) int {
	rest, ok := strings.CutPrefix(text[off:], "func")
	if !ok || rest == "" || rest[0] != '(' && !isBlank(rest[0]) {
		return 0
	}
	const maxTries = 16 // braces of types in a signature, which are few
	depth, tries := 0, 0
	for i := off; i < len(text) && tries < maxTries; {
		switch c := text[i]; {
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			if depth--; depth == 0 && c == '}' {
				if tries++; isFuncLit(text[off : i+1]) {
					return i + 1
				}
			}
		case strings.IndexByte("\"'`/", c) >= 0:
			i = skipLiteral(text, i)
			continue
		}
		i++
	}
	return 0
}

// isFuncLit tells a function literal from a function type that ends in a
// brace, such as func() struct{}.
func isFuncLit(text string) bool {
	x, err := parser.ParseExpr(text)
	_, ok := x.(*ast.FuncLit)
	return err == nil && ok
}

// skipLiteral returns the offset behind the literal or comment that starts at
// i, or i+1 when none does: a quote that is not closed is a character like any
// other.
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
