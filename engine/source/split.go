package source

import (
	"go/token"
	"strings"
)

const (
	pragma = "//goblaze:"
	bom    = "\uFEFF"
)

// Split separates a cell into its parts, in order. A magic, a shell line or a
// question counts only where a top-level statement may start. The error is an
// *Error: a %%magic that is not on the cell's first line.
//
// x := !ready is Go when the cell mentions ready before, else a shell command;
// see SplitIn.
func Split(cell string) ([]Part, error) { return SplitIn(cell, nil) }

// SplitIn is Split for a caller that knows the session's names. It settles
// x := !name where the text alone could be Go or a shell command: boolean
// reports whether an operand, such as ready, cfg.Verbose or flags[3], is a
// boolean expression in the session. A nil boolean knows none.
func SplitIn(cell string, boolean func(operand string) bool) ([]Part, error) {
	if boolean == nil {
		boolean = func(string) bool { return false }
	}
	s := &splitter{cell: cell, boolean: boolean, lines: newLineIndex(cell), seen: map[string]bool{"true": true, "false": true}}
	if s.cellMagic() {
		return s.parts, nil
	}
	for s.next < len(cell) || len(s.parts) == 0 {
		if err := s.segment(); err != nil {
			return nil, err
		}
	}
	return s.parts, nil
}

// A splitter walks a cell from magic to magic. Between two magics it scans Go
// tokens; a magic's own text is read only as far as its brackets need.
type splitter struct {
	cell    string
	boolean func(string) bool
	lines   lineIndex
	seen    map[string]bool // identifiers of the cell's Go so far
	parts   []Part
	next    int // where the next part starts
}

// A statement is what the splitter knows of the top-level statement it is in.
type statement struct {
	start  int      // offset of its first token, -1 before that
	first  bool     // that token is the first on its line
	lvalue bool     // a left side may still be assigned to
	idents []string // identifiers read so far
}

// segment scans Go from s.next to the next magic, or to the end of the cell,
// and adds both.
func (s *splitter) segment() error {
	from := s.next
	if from == 0 && strings.HasPrefix(s.cell, bom) {
		from = len(bom)
	}
	sc := newTokens(s.cell, from)
	st := statement{start: -1}
	depth, goEnd := 0, -1 // goEnd: the end of the last whole statement
	for {
		t := sc.next()
		if t.tok == token.EOF {
			s.addGo(from, len(s.cell), goEnd >= 0 || st.start >= 0)
			return nil
		}
		if st.start < 0 && s.firstOnLine(t.off, from) {
			p, ok, err := s.atStart(t)
			if err != nil {
				return err
			}
			if ok {
				s.addGo(from, p.Start, goEnd >= 0)
				s.add(p)
				return nil
			}
		}
		if t.tok == token.COMMENT {
			continue
		}
		if t.tok == token.SEMICOLON && depth == 0 {
			if st.start >= 0 {
				goEnd = t.off
				s.see(&st)
			}
			st = statement{start: -1}
			continue
		}
		if st.start < 0 {
			st.start = t.off
			st.first = s.firstOnLine(t.off, from)
			st.lvalue = t.tok == token.IDENT || t.tok == token.MUL
		}
		depth = nest(depth, t.tok)
		if t.tok == token.IDENT {
			st.idents = append(st.idents, t.lit)
		}
		if depth > 0 || !st.first {
			continue
		}
		if p, ok := s.assignment(&st, t); ok {
			s.addGo(from, p.Start, goEnd >= 0)
			s.add(p)
			return nil
		}
		st.lvalue = st.lvalue && t.tok != token.ASSIGN && t.tok != token.DEFINE
		if p, ok := s.question(&st, t); ok {
			s.addGo(from, p.Start, goEnd >= 0)
			s.add(p)
			return nil
		}
	}
}

// nest returns the bracket depth after a token; a closing bracket too many
// counts for nothing.
func nest(depth int, tok token.Token) int {
	switch tok {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		return depth + 1
	case token.RPAREN, token.RBRACK, token.RBRACE:
		return max(depth-1, 0)
	}
	return depth
}

// see remembers a statement's identifiers as the cell's own.
func (s *splitter) see(st *statement) {
	for _, name := range st.idents {
		s.seen[name] = true
	}
	st.idents = st.idents[:0]
}

// firstOnLine reports whether only blanks stand between off and the start of
// its line, or the place the scan began.
func (s *splitter) firstOnLine(off, from int) bool {
	for off > from && strings.IndexByte(" \t\r", s.cell[off-1]) >= 0 {
		off--
	}
	return off == from || s.cell[off-1] == '\n'
}

// addGo adds the Go between two offsets. A stretch without a token is left to
// the part that follows, or to the one before at the end of the cell.
func (s *splitter) addGo(from, to int, hasTokens bool) {
	if !hasTokens {
		if to < len(s.cell) {
			return
		}
		if n := len(s.parts); n > 0 {
			s.parts[n-1].End, s.next = to, to
			return
		}
	}
	if to == len(s.cell) && from > to {
		from = to
	}
	line, col := s.lines.pos(from)
	s.parts = append(s.parts, Part{Kind: Go, Start: s.next, End: to, Text: s.cell[from:to], Line: line, Col: col})
	s.next = to
}

// add adds a part that is not Go; what was left over before it becomes its
// own.
func (s *splitter) add(p Part) {
	p.Start = s.next
	s.parts = append(s.parts, p)
	s.next = p.End
}
