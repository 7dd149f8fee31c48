package interp

import (
	"iter"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// A mark is a line that tells where in the cell the next lines stand. Each is a
// step of the interpreter, a quarter of a short iteration, so those go that tell
// what is told already: straight behind another one, or in a loop all of whose
// marks are the same, which is then told once before it.
//
// What is told changes elsewhere too: in interpreted functions, and in whatever
// runs these. Behind a call that may do so, a label, or a function literal,
// nothing is known.

// markSuffix makes a mark known from an assignment of the user's.
const markSuffix = " // line"

// fewerMarks takes the marks away that tell nothing new. The text is that of
// functions, or of a body, a statement or the opening or closing of a block in
// each line; callbacks says that library code may call interpreted functions.
func fewerMarks(text string, callbacks bool) string {
	if !strings.Contains(text, markSuffix) {
		return text
	}
	m := marks{lines: strings.Split(text, "\n"), callbacks: callbacks}
	root, ok := m.block()
	if !ok || len(m.lines) > 0 {
		return strings.ReplaceAll(text, markSuffix, "")
	}
	m.write(root, "")
	return strings.Join(m.out, "\n")
}

// firstMark takes the mark off that the statements of a body begin with: the
// engine tells it.
func firstMark(body string) (line int, rest string) {
	at := 0
	for {
		text, _, found := strings.Cut(body[at:], "\n")
		switch {
		case !found:
			return 0, body
		case isSlot(text):
			at += len(text) + 1
			continue
		}
		number, ok := strings.CutPrefix(text, wire.LineVar+" = ")
		if line, err := strconv.Atoi(number); ok && err == nil {
			return line, body[:at] + body[at+len(text)+1:]
		}
		return 0, body
	}
}

// isSlot tells the lines `gbz_p1 := gbz_v.V2`.
func isSlot(line string) bool {
	name, value, ok := strings.Cut(line, " := ")
	return ok && strings.HasPrefix(name, "gbz_p") && strings.HasPrefix(value, "gbz_v.V") && isDigits(name[len("gbz_p"):]) && isDigits(value[len("gbz_v.V"):])
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

type marks struct {
	lines     []string // what is still to be read
	callbacks bool
	out       []string
}

// A markNode is a line, or a block with the line that opens it; an else is the
// block that follows.
type markNode struct {
	line  string
	block bool
	inner []markNode
}

// block reads lines up to the one that closes the block they are in; ok is
// false when they are not as they should be.
func (m *marks) block() (list []markNode, ok bool) {
	for len(m.lines) > 0 {
		line := m.lines[0]
		if strings.HasPrefix(line, "}") {
			return list, true
		}
		m.lines = m.lines[1:]
		if !strings.HasSuffix(line, "{") {
			list = append(list, markNode{line: line})
			continue
		}
		for {
			inner, ok := m.block()
			if !ok || len(m.lines) == 0 {
				return nil, false
			}
			list = append(list, markNode{line: line, block: true, inner: inner})
			line, m.lines = m.lines[0], m.lines[1:]
			if line == "}" {
				list = append(list, markNode{line: line})
				break
			}
			if line != "} else {" {
				return nil, false
			}
		}
	}
	return list, true
}

// unknown is what is told where different marks may have been the last.
const unknown = ""

// write writes lines, of which the first is reached when told was the last mark,
// and returns which is the last behind them.
func (m *marks) write(list []markNode, told string) string {
	for i, n := range list {
		switch {
		case !n.block:
			told = m.line(n.line, told)
		case strings.HasPrefix(n.line, "for "):
			told = m.loop(n, told)
		case strings.HasPrefix(n.line, "if ") || n.line == "{":
			told = m.branches(list[i:], told)
		case n.line == "} else {": // written with its if
		default: // a function
			m.out = append(m.out, n.line)
			m.write(n.inner, unknown)
			told = unknown
		}
	}
	return told
}

func (m *marks) line(line, told string) string {
	if isMark(line) {
		if line == told {
			return told
		}
		mark := strings.TrimSuffix(line, markSuffix)
		if n := len(m.out) - 1; n >= 0 && told != unknown && m.out[n] == strings.TrimSuffix(told, markSuffix) {
			m.out[n] = mark // nothing stands between
			return line
		}
		m.out = append(m.out, mark)
		return line
	}
	m.out = append(m.out, line)
	if m.forgets(line) {
		return unknown
	}
	return told
}

// branches writes a block, or an if with its else.
func (m *marks) branches(list []markNode, told string) string {
	m.out = append(m.out, list[0].line)
	if m.forgets(list[0].line) {
		told = unknown
	}
	behind := m.write(list[0].inner, told)
	if list[0].line == "{" {
		return behind
	}
	if len(list) > 1 && list[1].line == "} else {" {
		m.out = append(m.out, list[1].line)
		told = m.write(list[1].inner, told)
	}
	if behind != told {
		return unknown
	}
	return told
}

// loop writes a loop; all its marks being the same, they move before it.
func (m *marks) loop(n markNode, told string) string {
	var all summary
	m.sum(&all, n)
	if all.forgets || len(all.marks) > 1 {
		m.out = append(m.out, n.line)
		m.write(n.inner, unknown)
		return unknown
	}
	for mark := range all.marks {
		told = m.line(mark, told)
	}
	m.out = append(m.out, n.line)
	m.write(n.inner, told)
	return told
}

// A summary is what lines do to what is told.
type summary struct {
	marks   map[string]bool
	forgets bool
}

func (m *marks) sum(s *summary, n markNode) {
	switch {
	case isMark(n.line):
		if s.marks == nil {
			s.marks = map[string]bool{}
		}
		s.marks[n.line] = true
	case m.forgets(n.line):
		s.forgets = true
	}
	for _, n := range n.inner {
		m.sum(s, n)
	}
}

func isMark(line string) bool { return strings.HasSuffix(line, markSuffix) }

// known are functions that tell nothing.
var known = map[string]bool{
	"append": true, "cap": true, "copy": true, "delete": true, "gbz_halt": true, "len": true, "make": true, "new": true, "panic": true,
	"bool": true, "string": true, "int": true, "int8": true, "int16": true, "int32": true, "int64": true, "uint": true, "uint8": true, "uint16": true, "uint32": true,
	"uint64": true, "uintptr": true, "float32": true, "float64": true,
	"gbz_rt.BadIndex": true, "gbz_rt.BadMake": true, "gbz_rt.BadNil": true, "gbz_rt.BadShift": true, "gbz_rt.Box": true, "gbz_rt.Declared": true, "gbz_rt.Runes": true,
	"gbz_rt.KeepSign32": true, "gbz_rt.KeepSign64": true, "gbz_rt.Signed32": true, "gbz_rt.Signed64": true,
}

// forgets reports whether behind a line another mark may be told than before.
func (m *marks) forgets(line string) bool {
	if strings.HasSuffix(line, ":") || strings.Contains(line, "func(") {
		return true
	}
	for name := range calledIn(line) {
		if !known[name] && (m.callbacks || !strings.Contains(name, ".") || strings.HasPrefix(name, "gbz_rt.")) {
			return true
		}
	}
	return false
}

// calledIn yields the names before the parentheses of a line's calls and
// conversions, ")" for what has none.
func calledIn(line string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '"':
				for i++; i < len(line) && line[i] != '"'; i++ {
					if line[i] == '\\' {
						i++
					}
				}
			case '(':
				from := i
				for from > 0 && isNameByte(line[from-1]) {
					from--
				}
				name := line[from:i]
				if name == "" && i > 0 && line[i-1] == ')' {
					name = ")"
				}
				if name != "" && !yield(name) {
					return
				}
			}
		}
	}
}

// isNameByte tells the bytes of a name, with the dot behind a package's.
func isNameByte(c byte) bool {
	return c == '_' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
