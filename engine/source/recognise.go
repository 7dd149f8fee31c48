package source

import (
	"go/parser"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cellMagic takes the whole cell when its first line that is not blank starts
// with %%name.
func (s *splitter) cellMagic() bool {
	start := len(s.cell) - len(strings.TrimLeft(strings.TrimPrefix(s.cell, bom), " \t\r\n"))
	at := start
	if strings.HasPrefix(s.cell[at:], pragma) {
		at += len(pragma)
	}
	if !strings.HasPrefix(s.cell[at:], "%%") || nameAt(s.cell, at+2) == "" {
		return false
	}
	if _, ok := s.magicQuestion(at); ok {
		return false
	}
	p := s.magic(at, 2, at > start)
	p.Kind, p.Pragma, p.Indent = CellMagic, at > start, s.indent(start)
	body := p.End
	p.Body, p.End = s.cell[body:], len(s.cell)
	p.BodyLine, _ = s.lines.pos(body)
	if body > 0 && s.cell[body-1] != '\n' {
		p.BodyLine++
	}
	s.add(p)
	return true
}

// atStart recognises what stands at the first token of a line where a
// statement may start: a magic, a shell line or a question.
func (s *splitter) atStart(t tok) (Part, bool, error) {
	at, isPragma := t.off, false
	if t.tok == token.COMMENT {
		if !strings.HasPrefix(t.lit, pragma+"%") {
			return Part{}, false, nil
		}
		at, isPragma = at+len(pragma), true
	}
	p, ok, err := s.marked(at, isPragma)
	if !ok || err != nil {
		return p, ok, err
	}
	p.Start, p.Pragma, p.Indent = lineStart(s.cell, t.off), isPragma, s.indent(t.off)
	return p, true, nil
}

// marked recognises what begins with a mark (%, !, $, ?) at an offset.
func (s *splitter) marked(at int, isPragma bool) (Part, bool, error) {
	rest := s.cell[at:]
	switch {
	case rest[0] == '?':
		p, ok := s.asked(at)
		return p, ok, nil
	case rest[0] == '!' && !strings.HasPrefix(rest, "!="), rest[0] == '$':
		p, ok := s.shell(at)
		return p, ok, nil
	case strings.HasPrefix(rest, "%%") && nameAt(s.cell, at+2) != "":
		if p, ok := s.magicQuestion(at); ok {
			return p, true, nil
		}
		line, col := s.lines.pos(at)
		name := nameAt(s.cell, at+2)
		return Part{}, false, &Error{Line: line, Col: col,
			Msg:  "%%" + name + " takes a whole cell and must stand on its first line",
			Hint: "move it to a cell of its own, or use %" + name + " for one line"}
	case rest[0] == '%' && nameAt(s.cell, at+1) != "":
		if p, ok := s.magicQuestion(at); ok {
			return p, true, nil
		}
		return s.magic(at, 1, isPragma), true, nil
	}
	return Part{}, false, nil
}

// assignment recognises LHS := %name … and LHS := !command at the operator t;
// the whole of it must begin on one line.
func (s *splitter) assignment(st *statement, t tok) (Part, bool) {
	if !st.lvalue || t.tok != token.ASSIGN && t.tok != token.DEFINE {
		return Part{}, false
	}
	lhs := s.cell[st.start:t.off]
	at := skipBlanks(s.cell, t.off+len(t.tok.String()))
	if at == len(s.cell) || strings.Contains(lhs, "\n") {
		return Part{}, false
	}
	var p Part
	switch {
	case s.cell[at] == '%' && nameAt(s.cell, at+1) != "":
		p = s.magic(at, 1, false)
	case s.cell[at] == '!':
		if t.tok == token.ASSIGN {
			s.see(st)
		}
		if s.isGoNot(at) {
			return Part{}, false
		}
		var ok bool
		if p, ok = s.shell(at); !ok {
			return Part{}, false
		}
	default:
		return Part{}, false
	}
	p.Start, p.Indent = lineStart(s.cell, st.start), s.indent(st.start)
	p.LHS, p.Op = strings.TrimRight(lhs, " \t"), t.tok.String()
	p.LHSLine, p.LHSCol = s.lines.pos(st.start)
	s.see(st)
	return p, true
}

// isGoNot reports whether the ! at an offset, after := or =, is Go's own.
func (s *splitter) isGoNot(at int) bool {
	line := strings.TrimRight(s.cell[at:lineEnd(s.cell, at)], " \t\r\n")
	operand := leadingOperand(line[1:])
	if operand == "" {
		return false
	}
	after := strings.TrimPrefix(line[1:], operand)
	called := strings.HasSuffix(operand, ")") || strings.HasPrefix(after, "(")
	name := operand[:len(operand)-len(strings.TrimLeftFunc(operand, isNameRune))]
	if !called && !s.seen[name] && !s.boolean(operand) {
		return false
	}
	if _, err := parser.ParseExpr(line); err == nil {
		return true
	}
	return unfinished(line)
}

// leadingOperand returns the operand that a text begins with: a name with its
// selectors, calls and indices, or an expression in parentheses; "" when
// there is none. Brackets that the text does not close are left out.
func leadingOperand(text string) string {
	sc := newTokens(text, 0)
	end, ok := 0, true
	switch t := sc.next(); t.tok {
	case token.IDENT:
		end = t.end
	case token.LPAREN:
		end, ok = closing(sc)
	default:
		return ""
	}
	for ok {
		t := sc.next()
		if t.off != end {
			break
		}
		next := end
		switch t.tok {
		case token.PERIOD:
			t = sc.next()
			next, ok = t.end, t.tok == token.IDENT
		case token.LPAREN, token.LBRACK:
			next, ok = closing(sc)
		default:
			ok = false
		}
		if ok {
			end = next
		}
	}
	return text[:end]
}

// closing reads on behind an open bracket and returns the offset behind the
// one that closes it; false, and 0, when none does.
func closing(sc *tokens) (end int, ok bool) {
	for depth := 1; ; {
		t := sc.next()
		if t.tok == token.EOF {
			return 0, false
		}
		if depth = nest(depth, t.tok); depth == 0 {
			return t.end, true
		}
	}
}

// unfinished reports whether a line ends inside brackets or after an operator,
// so that Go reads on in the next one.
func unfinished(line string) bool {
	sc := newTokens(line, 0)
	depth, last := 0, token.EOF
	for {
		t := sc.next()
		if t.tok == token.EOF {
			return depth > 0 || last != token.SEMICOLON
		}
		depth, last = nest(depth, t.tok), t.tok
	}
}

// question recognises expr? and expr?? at the question mark t, which must end
// the statement's line.
func (s *splitter) question(st *statement, t tok) (Part, bool) {
	if t.tok != token.ILLEGAL || t.lit != "?" {
		return Part{}, false
	}
	end := t.off + 1
	detail := 0
	if strings.HasPrefix(s.cell[end:], "?") {
		end, detail = end+1, 1
	}
	expr := s.cell[st.start:t.off]
	if !onlyComment(s.cell[end:lineEnd(s.cell, end)]) || strings.Contains(expr, "\n") {
		return Part{}, false
	}
	p := Part{Kind: Help, Start: lineStart(s.cell, st.start), End: lineEnd(s.cell, end), Detail: detail,
		Text: strings.TrimRight(expr, " \t"), Indent: s.indent(st.start)}
	p.Line, p.Col = s.lines.pos(st.start)
	return p, true
}

// asked recognises ?expr and ??expr, also with a magic's %name.
func (s *splitter) asked(at int) (Part, bool) {
	end := lineEnd(s.cell, at)
	from := at + 1
	detail := 0
	if strings.HasPrefix(s.cell[from:], "?") {
		from, detail = from+1, 1
	}
	from = min(skipBlanks(s.cell, from), end)
	text := strings.TrimRight(s.cell[from:end], " \t\r\n?")
	if text == "" {
		return Part{}, false
	}
	p := Part{Kind: Help, End: end, Text: text, Detail: detail}
	p.Line, p.Col = s.lines.pos(from)
	return p, true
}

// magicQuestion recognises %name? and %%name?, with nothing else on the line.
func (s *splitter) magicQuestion(at int) (Part, bool) {
	end := lineEnd(s.cell, at)
	line := strings.TrimRight(s.cell[at:end], " \t\r\n")
	text := strings.TrimSuffix(strings.TrimSuffix(line, "?"), "?")
	bare := strings.TrimLeft(text, "%")
	if text == line || nameAt(bare, 0) != bare {
		return Part{}, false
	}
	p := Part{Kind: Help, End: end, Text: text, Detail: len(line) - len(text) - 1, Indent: s.indent(at)}
	p.Line, p.Col = s.lines.pos(at)
	return p, true
}

// magic reads %name args at an offset; signs is the number of per cent signs.
// In a comment the arguments end with the line.
func (s *splitter) magic(at, signs int, inComment bool) Part {
	name := nameAt(s.cell, at+signs)
	from := skipBlanks(s.cell, at+signs+len(name))
	end, open := lineEnd(s.cell, from), false
	if !inComment {
		end, open = argsEnd(s.cell, from)
	}
	text := strings.TrimRight(s.cell[from:end], " \t\r\n")
	p := Part{Kind: LineMagic, End: end, Text: text, Name: name, Open: open}
	p.Line, p.Col = s.lines.pos(from)
	p.NameLine, p.NameCol = s.lines.pos(at)
	return p
}

// shell reads !command, !!command or $command at an offset. A backslash at
// the end of a line goes on in the next.
func (s *splitter) shell(at int) (Part, bool) {
	mark := s.cell[at : at+1]
	if strings.HasPrefix(s.cell[at:], "!!") {
		mark = "!!"
	}
	from := skipBlanks(s.cell, at+len(mark))
	end := lineEnd(s.cell, from)
	for end < len(s.cell) && strings.HasSuffix(strings.TrimRight(s.cell[from:end], "\r\n"), "\\") {
		end = lineEnd(s.cell, end)
	}
	text := strings.TrimRight(s.cell[from:end], " \t\r\n")
	if text == "" {
		return Part{}, false
	}
	p := Part{Kind: Shell, End: end, Text: text, Name: mark}
	p.Line, p.Col = s.lines.pos(from)
	p.NameLine, p.NameCol = s.lines.pos(at)
	return p, true
}

// indent returns the blanks before an offset on its line.
func (s *splitter) indent(off int) string {
	return strings.TrimPrefix(s.cell[lineStart(s.cell, off):off], bom)
}

// nameAt returns the magic's name at an offset: a letter or an underscore,
// then letters, digits and underscores; "" when there is none.
func nameAt(s string, off int) string {
	for i, r := range s[off:] {
		if !isNameRune(r) || i == 0 && unicode.IsDigit(r) {
			return s[off : off+i]
		}
	}
	return s[off:]
}

func isNameRune(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// onlyComment reports whether the rest of a line holds blanks or a // comment.
func onlyComment(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || strings.HasPrefix(rest, "//")
}
