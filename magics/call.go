package magics

import "strings"

// A command is one row of the table: a magic.
type command struct {
	name    string
	aliases []string
	line    bool   // %name
	cell    bool   // %%name
	raw     bool   // its arguments are not options and Go, but its own text
	usage   string // what follows the name
	help    string // one sentence, then lines of detail
	flags   []flag
	run     func(c *call) (value any, err error)
}

// flag finds a flag by its short or long name.
func (cmd *command) flag(name string, short bool) (flag, bool) {
	for _, f := range cmd.flags {
		if name != "" && (short && f.short == name || !short && f.long == name) {
			return f, true
		}
	}
	return flag{}, false
}

func (cmd *command) hasFlag(short string) bool { _, ok := cmd.flag(short, true); return ok }

// signs is how the magic is written: %name, %%name or both.
func (cmd *command) signs() string {
	var list []string
	if cmd.line {
		list = append(list, "%"+cmd.name)
	}
	if cmd.cell {
		list = append(list, "%%"+cmd.name)
	}
	return strings.Join(list, ", ")
}

// A call is one use of a magic in a running cell.
type call struct {
	*run
	cmd  *command
	part Part
	opts options
	rest int  // offset in part.Text behind the options
	last bool // the part ends the cell: its value is shown
}

// sign is the magic's name as it was written.
func (c *call) sign() string {
	if c.part.Kind == CellMagic {
		return "%%" + c.part.Name
	}
	return "%" + c.part.Name
}

// place returns the place in the cell of an offset in the arguments.
func (c *call) place(off int) (line, col int) {
	f := c.part.fragment("", off)
	return f.Line, f.Col
}

// usageAt is a usage error at an offset in the arguments.
func (c *call) usageAt(off int, msg, hint string) error {
	e := &UsageError{Magic: c.sign(), Msg: msg, Hint: hint}
	e.Line, e.Col = c.place(off)
	return e
}

// usage is a usage error at the arguments, with the usage line as its hint.
func (c *call) usage(msg string) error {
	return c.usageAt(c.rest, msg, "usage: "+strings.TrimSpace(c.sign()+" "+c.cmd.usage))
}

// text returns what follows the options.
func (c *call) text() string { return c.part.Text[c.rest:] }

// source returns what follows the options as Go source.
func (c *call) source() Fragment { return c.part.fragment(c.text(), c.rest) }

// arguments returns what follows the options, split, as Go source.
func (c *call) arguments() []Fragment {
	var list []Fragment
	for _, a := range SplitArgs(c.text()) {
		list = append(list, c.part.fragment(a.Text, c.rest+a.Off))
	}
	return list
}

// none refuses arguments.
func (c *call) none() error {
	if c.text() != "" {
		return c.usage("takes no arguments")
	}
	return nil
}

// print writes to the cell's standard output.
func (c *call) print(text string) { c.out.Stream("stdout", text) }
