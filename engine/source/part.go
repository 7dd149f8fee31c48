package source

import "fmt"

// A Kind says what a Part is.
type Kind int

// The kinds of Part.
const (
	Go        Kind = iota // Go source
	LineMagic             // %name args
	CellMagic             // %%name args, and the rest of the cell as its body
	Shell                 // !command, $command
	Help                  // expr?, ?expr
)

var kindNames = [...]string{"go", "line magic", "cell magic", "shell", "help"}

// String returns the kind's name in lower case.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("Kind(%d)", int(k))
	}
	return kindNames[k]
}

// A Part is one stretch of a cell. The parts of a cell touch: the Start of
// each is the End of the one before, the first starts at 0 and the last ends
// at len(cell), so cell[p.Start:p.End] joined in order give the cell back.
// Blank lines and comments that stand alone between parts belong to a
// neighbour's stretch, never to its Text.
type Part struct {
	Kind       Kind
	Start, End int // byte offsets in the cell

	// Text is Go source in its exact bytes, or what follows the magic's name
	// (without surrounding blanks; with the lines an open bracket reaches
	// into), the shell command, or the expression asked about.
	Text string
	// Line and Col are the place of Text's first byte in the cell. For an
	// empty Text it is where it would stand.
	Line, Col int

	// Name is the magic's name without its per cent signs. For Shell it is
	// the mark: "!", "!!" (the lines are the value) or "$".
	Name              string
	NameLine, NameCol int // place of the first % (or mark)

	// LHS and Op are what the value is assigned to: "x, err" and ":=" or "=".
	// Both are empty when nothing is assigned.
	LHS             string
	LHSLine, LHSCol int
	Op              string

	// Body is what follows a cell magic's line, in its exact bytes; it starts
	// at column 1 of BodyLine.
	Body     string
	BodyLine int

	Indent string // the blanks before the part's first byte on its line
	Detail int    // Help: 1 for ??, else 0
	Open   bool   // LineMagic, CellMagic: a bracket is still open at the end of the cell
	Pragma bool   // written as //goblaze:%name
}

// An Error is a cell that cannot be split: where, what, and what to write
// instead.
type Error struct {
	Line, Col int
	Msg, Hint string
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s (%s)", e.Line, e.Col, e.Msg, e.Hint)
}
