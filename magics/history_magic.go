package magics

import (
	"os"
	"strconv"
	"strings"
)

// history prints cells in IPython's layout.
func history(c *call) (any, error) {
	entries, numbers, err := c.historyEntries()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(historyText(e, numbers || c.opts.has("n"), c.opts.has("p"), c.opts.has("o")))
	}
	file, ok := c.opts["f"]
	if !ok {
		c.print(b.String())
		return nil, nil
	}
	path, err := c.path(file.Text)
	if err != nil {
		return nil, err
	}
	return nil, os.WriteFile(path, []byte(b.String()), 0o666)
}

// historyEntries selects the cells; numbers says that line numbers are shown
// in any case.
func (c *call) historyEntries() (list []HistoryEntry, numbers bool, err error) {
	words := strings.Fields(c.text())
	switch {
	case c.opts.has("g"):
		pattern := "*"
		if len(words) > 0 {
			pattern = "*" + strings.Join(words, " ") + "*"
		}
		n, err := c.limit(0)
		return c.History.Request(HistoryRequest{AccessType: "search", Pattern: pattern, Output: true, Unique: c.opts.has("u"), N: n}), true, err
	case c.opts.has("l"):
		n, err := c.limit(10)
		// The last cell is the one that asks.
		list = c.History.Request(HistoryRequest{AccessType: "tail", Output: true, N: n + 1})
		return list[:max(0, len(list)-1)], false, err
	case len(words) == 0:
		return c.History.Request(HistoryRequest{AccessType: "range", Output: true}), false, nil
	}
	for _, w := range words {
		start, stop, ok := lineRange(w)
		if !ok {
			return nil, false, c.usage(w + " is no range of this session's cells")
		}
		list = append(list, c.History.Request(HistoryRequest{AccessType: "range", Start: start, Stop: stop, Output: true})...)
	}
	return list, false, nil
}

// limit is -l's number.
func (c *call) limit(byDefault int) (int, error) {
	if v, ok := c.opts["l"]; ok && v.Text != "" {
		return c.integer("l", 1, byDefault)
	}
	return byDefault, nil
}

// lineRange reads 4 or 4-6 (both ends in) as [start, stop).
func lineRange(s string) (start, stop int, ok bool) {
	from, to, isRange := strings.Cut(s, "-")
	start, err := strconv.Atoi(from)
	if err != nil || start < 1 {
		return 0, 0, false
	}
	if !isRange {
		return start, start + 1, true
	}
	last, err := strconv.Atoi(to)
	return start, last + 1, err == nil && last >= start
}

// historyText writes one cell: tabs as four blanks, the number in four columns,
// a cell of several lines below its number.
func historyText(e HistoryEntry, number, prompts, output bool) string {
	input := strings.TrimRight(strings.ReplaceAll(e.Input, "\t", "    "), " \n\r")
	sep := " "
	if strings.Contains(input, "\n") {
		sep = "\n"
	}
	text := ""
	if number {
		n := strconv.Itoa(e.Line)
		text = strings.Repeat(" ", max(0, 4-len(n))) + n + ":" + sep
	}
	if prompts {
		if sep == "\n" {
			input = strings.ReplaceAll(input, "\n", "\n... ") + "\n..."
		}
		text += ">>> "
	}
	text += input + "\n"
	if output && e.Output != "" {
		text += e.Output + "\n"
	}
	return text
}
