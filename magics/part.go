package magics

import "strings"

// A Kind says what a Part is.
type Kind int

// The kinds of Part, in the order of engine/source's.
const (
	Go        Kind = iota // Go source
	LineMagic             // %name args
	CellMagic             // %%name args, and the rest of the cell as its body
	Shell                 // !command, $command
	Help                  // expr?, ?expr
)

// A Part is one stretch of a cell, as engine/source finds it: the fields are
// those of source.Part that a magic needs, with the same meaning. Lines and
// columns are 1-based places in the cell, columns in bytes.
type Part struct {
	Kind              Kind
	Text              string // Go, arguments, shell command or expression
	Line, Col         int    // of Text's first byte
	Name              string // the magic's, or the shell mark: "!", "!!", "$"
	NameLine, NameCol int
	LHS               string // "x, err", empty: nothing is assigned
	LHSLine, LHSCol   int
	Op                string // ":=" or "=" with an LHS
	Body              string // of a cell magic
	BodyLine          int
	Detail            int // Help: 1 for ??
}

// fragment returns a piece of the part's Text, from byte offset off on, with
// its place in the cell.
func (p Part) fragment(text string, off int) Fragment {
	before := p.Text[:off]
	f := Fragment{Text: text, Line: p.Line, Col: p.Col + off}
	if n := strings.Count(before, "\n"); n > 0 {
		f.Line, f.Col = p.Line+n, off-strings.LastIndexByte(before, '\n')
	}
	return f
}

// body returns the cell magic's body as a fragment.
func (p Part) body() Fragment { return Fragment{Text: p.Body, Line: p.BodyLine, Col: 1} }

// lhs returns the left side as a fragment.
func (p Part) lhs() Fragment { return Fragment{Text: p.LHS, Line: p.LHSLine, Col: p.LHSCol} }

// names returns the names on the left side, nil when nothing is assigned.
func (p Part) names() []string {
	if p.LHS == "" {
		return nil
	}
	var list []string
	for _, a := range splitCommas(p.LHS, 0) {
		list = append(list, a.Text)
	}
	return list
}
