package magics

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// workers shows or sets the default number of workers.
func workers(c *call) (any, error) {
	if text := c.text(); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < -1 {
			return nil, c.usage(text + " is no number of workers")
		}
		if err := c.Eval.SetWorkers(c.ctx, n); err != nil {
			return nil, err
		}
	}
	s, err := c.Eval.Workers(c.ctx)
	if err != nil {
		return nil, err
	}
	limit := "no cgroup limit"
	if s.Limit > 0 {
		limit = "cgroup limit " + strconv.FormatFloat(s.Limit, 'g', 3, 64)
	}
	workers := fmt.Sprintf("%d %s", s.Default, plural(s.Default, "worker"))
	if s.Default < 0 {
		workers = "a worker for every core"
	}
	c.print(fmt.Sprintf("%s by default · %d %s · %s · GOMAXPROCS %d\n",
		workers, s.Cores, plural(s.Cores, "core"), limit, s.GOMAXPROCS))
	return nil, nil
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// tier shows or sets the tier.
func tier(c *call) (any, error) {
	if mode := c.text(); mode != "" {
		if !slices.Contains(tierNames, mode) {
			e := c.usageAt(c.rest, mode+" is no tier", "one of "+strings.Join(tierNames, ", ")).(*UsageError)
			if n := nearest(mode, tierNames); n != "" {
				e.Hint = "did you mean " + n + "?"
			}
			return nil, e
		}
		if err := c.Eval.SetTier(c.ctx, mode); err != nil {
			return nil, err
		}
	}
	s, err := c.Eval.TierStatus(c.ctx)
	if err != nil {
		return nil, err
	}
	if c.opts.has("log") {
		if s.Log == "" {
			s.Log = "no build has failed"
		}
		c.print(strings.TrimRight(s.Log, "\n") + "\n")
		return nil, nil
	}
	c.print(tierText(s))
	return nil, nil
}

func tierText(s TierStatus) string {
	var b strings.Builder
	fmt.Fprintf(&b, "tier %s · %d %s pending · %d %s loaded, about %.1f MB\n",
		s.Mode, s.Pending, plural(s.Pending, "build"), s.Plugins, plural(s.Plugins, "plugin"), float64(s.Bytes)/1e6)
	if s.Note != "" {
		b.WriteString(s.Note + "\n")
	}
	rows := [][]string{{"Name", "Tier", "Why"}}
	for _, e := range s.Entries {
		rows = append(rows, []string{e.Name, e.Tier, e.Why})
	}
	if len(s.Entries) > 0 {
		b.WriteString(columns(rows))
	}
	if s.Log != "" {
		b.WriteString("a build has failed: %tier --log shows why\n")
	}
	return b.String()
}

// columns writes rows with columns three blanks apart and a line under the
// head.
func columns(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for n, row := range rows {
		line := ""
		for i, cell := range row {
			line += pad(cell, widths[i]+3)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		if n == 0 {
			total := -3
			for _, w := range widths {
				total += w + 3
			}
			b.WriteString(strings.Repeat("-", total) + "\n")
		}
	}
	return b.String()
}

// get adds a module to the session.
func get(c *call) (any, error) {
	if c.text() == "" {
		return nil, c.usage("names no module")
	}
	note, err := c.Eval.Get(c.ctx, c.text())
	if note != "" {
		c.print(strings.TrimRight(note, "\n") + "\n")
	}
	return nil, err
}

// names returns the session's names, sorted, of the types or kinds asked for.
func (c *call) names() ([]Name, error) {
	all, err := c.Eval.Names(c.ctx)
	if err != nil {
		return nil, err
	}
	wanted := strings.Fields(c.text())
	list := slices.DeleteFunc(slices.Clone(all), func(n Name) bool {
		return len(wanted) > 0 && !slices.Contains(wanted, n.Type) && !slices.Contains(wanted, n.Kind)
	})
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	if len(list) == 0 && len(wanted) > 0 {
		c.print("No variables match your requested type.\n")
	} else if len(list) == 0 {
		c.print("Interactive namespace is empty.\n")
	}
	return list, nil
}

// who lists names nine a line, in IPython's layout.
func who(c *call) (any, error) {
	list, err := c.names()
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var b strings.Builder
	for i, n := range list {
		b.WriteString(n.Name + "\t ")
		if i%9 == 8 {
			b.WriteString("\n")
		}
	}
	c.print(b.String() + "\n")
	return nil, nil
}

// whos lists names with type and value, in IPython's layout.
func whos(c *call) (any, error) {
	list, err := c.names()
	if err != nil || len(list) == 0 {
		return nil, err
	}
	values, err := c.Eval.Values(c.ctx)
	if err != nil {
		return nil, err
	}
	nameWidth, typeWidth := len("Variable"), len("Type")
	for _, n := range list {
		nameWidth = max(nameWidth, utf8.RuneCountInString(n.Name))
		typeWidth = max(typeWidth, utf8.RuneCountInString(typeOf(n)))
	}
	nameWidth, typeWidth = nameWidth+3, typeWidth+3
	var b strings.Builder
	b.WriteString(pad("Variable", nameWidth) + pad("Type", typeWidth) + " Data/Info\n")
	b.WriteString(strings.Repeat("-", nameWidth+typeWidth+len(" Data/Info")) + "\n")
	for _, n := range list {
		b.WriteString(pad(n.Name, nameWidth) + pad(typeOf(n), typeWidth) + " " + middleCut(cmp.Or(n.Info, values[n.Name])) + "\n")
	}
	c.print(b.String())
	return nil, nil
}

// typeOf is the type of a variable or constant, the kind of what has none.
func typeOf(n Name) string {
	if n.Type == "" {
		return n.Kind
	}
	return n.Type
}

// middleCut keeps the first and last 25 characters of a value of 50 or more.
func middleCut(s string) string {
	r := []rune(strings.ReplaceAll(s, "\n", `\n`))
	if len(r) < 50 {
		return string(r)
	}
	return string(r[:25]) + "<...>" + string(r[len(r)-25:])
}

// reset forgets names, or the lists named.
func reset(c *call) (any, error) {
	targets := strings.Fields(strings.ToLower(c.text()))
	for _, t := range targets {
		if !slices.Contains([]string{"in", "out", "dhist"}, t) {
			return nil, c.usage("can't reset " + t)
		}
	}
	for _, t := range targets {
		switch t {
		case "in":
			c.print("Flushing input history\n")
			c.History.reset()
		case "out":
			c.print(fmt.Sprintf("Flushing output cache (%d entries)\n", c.History.resetOutputs()))
		case "dhist":
			c.print("Flushing directory history\n")
			c.folders = nil
		}
	}
	if len(targets) > 0 {
		return nil, nil
	}
	if !c.opts.has("s") {
		c.History.reset()
		c.timings = nil
	}
	return nil, c.Eval.Reset(c.ctx)
}
