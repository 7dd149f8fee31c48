package magics

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goblaze/goblaze/vectorizer"
)

// An entry is one "label: expression" of %compare.
type entry struct {
	label string
	stmt  Fragment
}

// compare times each entry as %timeit does and shows all in one table.
func compare(c *call) (any, error) {
	o, err := c.timeitOptions()
	if err != nil {
		return nil, err
	}
	entries := entriesOf(c.source())
	if c.part.Kind == CellMagic {
		entries = append(entries, entriesOf(c.part.body())...)
	}
	runs := slices.Clone(c.timings)
	if len(entries) > 0 {
		runs, err = c.timeEntries(entries, o)
	}
	if err != nil || o.quiet {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, c.usage("no timings have been taken yet")
	}
	return nil, c.report(timingReport(runs), false)
}

// timeEntries times the entries in order; one that fails ends it.
func (c *call) timeEntries(entries []entry, o timeitOptions) ([]vectorizer.Run, error) {
	silent := o
	silent.quiet = true
	var all []vectorizer.Run
	for _, e := range entries {
		runs, _, err := c.timeAll(TimerSpec{Stmt: e.stmt, Tier: "auto", Label: e.label}, silent)
		if err != nil {
			return nil, err
		}
		all = append(all, runs...)
	}
	return all, nil
}

// entryLabel is what may stand before an entry's colon: a Go string, or words
// without brackets, quotes and colons. The colon of := is none.
var entryLabel = regexp.MustCompile("^\\s*(?:\"([^\"]*)\"|([^\"'`(){}\\[\\]:]+?))\\s*:([^=]|$)")

// entriesOf cuts source into entries: one a line, a line with an open bracket
// going on in the next. Blank lines and comments are left out.
func entriesOf(f Fragment) (list []entry) {
	p := Part{Text: f.Text, Line: f.Line, Col: f.Col}
	for off := 0; off < len(f.Text); {
		end := entryEnd(f.Text, off)
		text := strings.TrimRight(f.Text[off:end], " \t\r\n;")
		if body := strings.TrimLeft(text, " \t"); body != "" && !strings.HasPrefix(body, "//") {
			list = append(list, entryOf(p, text, off))
		}
		off = end
	}
	return list
}

// entryOf reads one entry at an offset of the part's text.
func entryOf(p Part, text string, off int) entry {
	from := len(text) - len(strings.TrimLeft(text, " \t"))
	name := ""
	if m := entryLabel.FindStringSubmatchIndex(text); m != nil {
		for _, g := range []int{2, 4} {
			if m[g] >= 0 {
				name = text[m[g]:m[g+1]]
			}
		}
		from = m[6]
		from += len(text[from:]) - len(strings.TrimLeft(text[from:], " \t"))
	}
	e := entry{label: name, stmt: p.fragment(text[from:], off+from)}
	if e.label == "" {
		e.label = label(e.stmt.Text)
	}
	return e
}

// entryEnd returns the offset behind the first newline from off on at which no
// bracket is open.
func entryEnd(s string, off int) int {
	depth := 0
	for i := off; i < len(s); {
		switch c := s[i]; {
		case c == '\n' && depth <= 0:
			return i + 1
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			depth--
		case strings.IndexByte("\"'`", c) >= 0, strings.HasPrefix(s[i:], "//"), strings.HasPrefix(s[i:], "/*"):
			i = skipLiteral(s, i)
			continue
		}
		i++
	}
	return len(s)
}
