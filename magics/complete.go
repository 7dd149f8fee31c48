package magics

import (
	"regexp"
	"slices"
	"strings"
)

// Completions are what may stand at a cursor. Start and End are the range the
// matches replace, in code points of the cell.
type Completions struct {
	Matches    []string
	Start, End int
}

var (
	// magicHead matches a line up to the end of its magic's name: what stands
	// before, the signs, the name.
	magicHead = regexp.MustCompile(`^(\s*(?://goblaze:|[^=:%"'` + "`" + `]+:?=\s*)?)(%{1,2})([\pL_][\pL\pN_]*)?`)
	// optionWord matches the option being written, or the value behind its name.
	optionWord  = regexp.MustCompile(`(?:^|\s)(-[\pL\pN-]*)$`)
	optionValue = regexp.MustCompile(`(?:^|\s)(-\pL|--[\pL-]+)(?:\s+|=)([^\s=-][^\s=]*)?$`)
)

// Complete completes a magic's name, its options and their values at a cursor
// in a cell (or in a line of one); the cursor is an offset in code points. ok
// is false where Go is completed instead: outside magics, and in their
// arguments.
func Complete(cell string, cursor int) (c Completions, ok bool) {
	r := []rune(cell)
	c.End = min(max(cursor, 0), len(r))
	before := string(r[:c.End])
	before = before[strings.LastIndexByte(before, '\n')+1:]
	m := magicHead.FindStringSubmatch(before)
	if m == nil {
		return c, false
	}
	if len(m[0]) == len(before) {
		c.Start = c.End - len([]rune(m[2]+m[3]))
		assigned := strings.Contains(m[1], "=")
		c.Matches = completeName(m[2], m[3], assigned)
		return c, true
	}
	kind := LineMagic
	if m[2] == "%%" {
		kind = CellMagic
	}
	cmd, _ := find(Part{Kind: kind, Name: m[3]})
	if cmd == nil {
		return c, false
	}
	return completeArgs(cmd, before[len(m[0]):], c)
}

// Inspect returns the help of the magic whose name is at a cursor in a cell,
// as %name -h prints it; the cursor is an offset in code points.
func Inspect(cell string, cursor int) (help string, ok bool) {
	r := []rune(cell)
	at := len(string(r[:min(max(cursor, 0), len(r))]))
	start := strings.LastIndexByte(cell[:at], '\n') + 1
	line, _, _ := strings.Cut(cell[start:], "\n")
	m := magicHead.FindStringSubmatchIndex(line)
	if m == nil || at-start < m[4] || at-start > m[1] || m[6] < 0 { // from the signs to the name's end
		return "", false
	}
	kind := LineMagic
	if m[5]-m[4] == len("%%") {
		kind = CellMagic
	}
	cmd, _ := find(Part{Kind: kind, Name: line[m[6]:m[7]]})
	if cmd == nil {
		return "", false
	}
	return cmd.usageText(), true
}

// completeName lists the magics that begin with a text. A single % offers cell
// magics too, where one may stand.
func completeName(signs, name string, assigned bool) []string {
	list := []string{}
	for _, cmd := range table() {
		if !strings.HasPrefix(cmd.name, name) {
			continue
		}
		if cmd.line && signs == "%" {
			list = append(list, "%"+cmd.name)
		}
		if cmd.cell && !assigned && (signs == "%%" || !cmd.line) {
			list = append(list, "%%"+cmd.name)
		}
	}
	slices.Sort(list)
	return list
}

// completeArgs completes among a magic's arguments, where an option, an
// option's value or another magic's name stands.
func completeArgs(cmd *command, args string, c Completions) (Completions, bool) {
	if m := optionValue.FindStringSubmatch(args); m != nil {
		name := strings.TrimLeft(m[1], "-")
		f, _ := cmd.flag(name, !strings.HasPrefix(m[1], "--"))
		if f.choices != nil {
			return c.among(f.choices, m[2]), true
		}
	}
	if m := optionWord.FindStringSubmatch(args); m != nil && len(cmd.flags) > 0 {
		var all []string
		for _, f := range cmd.flags {
			all = append(all, f.spellings()...)
		}
		return c.among(append(all, "--help"), m[1]), true
	}
	word := args[strings.LastIndexAny(args, " \t")+1:]
	switch cmd.name {
	case "tier":
		return c.among(tierNames, word), true
	case "go111module":
		return c.among([]string{"on", "off"}, word), true
	case "help":
		return c.among(names(), strings.TrimLeft(word, "%")), true
	}
	return c, false
}

// among keeps the candidates that begin with what is written, which ends at
// the cursor.
func (c Completions) among(candidates []string, written string) Completions {
	c.Start = c.End - len([]rune(written))
	c.Matches = []string{}
	for _, s := range candidates {
		if strings.HasPrefix(s, written) {
			c.Matches = append(c.Matches, s)
		}
	}
	return c
}

func names() (list []string) {
	for _, cmd := range table() {
		list = append(list, cmd.name)
	}
	slices.Sort(list)
	return list
}
