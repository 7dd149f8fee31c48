package magics

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/goblaze/goblaze/display"
)

// usageText is what %name -h prints: usage, help and options.
func (cmd *command) usageText() string {
	var b strings.Builder
	for _, sign := range strings.Split(cmd.signs(), ", ") {
		b.WriteString(strings.TrimSpace(sign+" "+cmd.usage) + "\n")
	}
	b.WriteString("\n" + cmd.help + "\n")
	if len(cmd.flags) > 0 {
		b.WriteString("\n" + cmd.flagTable())
	}
	return b.String()
}

func (cmd *command) flagTable() string {
	width := 0
	heads := make([]string, len(cmd.flags))
	for i, f := range cmd.flags {
		heads[i] = strings.TrimSpace(strings.Join(f.spellings(), ", ") + " " + f.value)
		if f.short == "" {
			heads[i] = "    " + heads[i]
		}
		width = max(width, utf8.RuneCountInString(heads[i]))
	}
	var b strings.Builder
	for i, f := range cmd.flags {
		fmt.Fprintf(&b, "  %s  %s\n", pad(heads[i], width), f.help)
	}
	return b.String()
}

// pad fills a text with blanks up to width characters.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

func help(c *call) (any, error) {
	if name := strings.TrimLeft(strings.TrimSpace(c.part.Text), "%"); name != "" {
		cmd, err := c.lookup(name)
		if err != nil {
			return nil, err
		}
		c.print(cmd.usageText())
		return nil, nil
	}
	var b strings.Builder
	for _, cmd := range table() {
		line, _, _ := strings.Cut(cmd.help, "\n")
		fmt.Fprintf(&b, "%s  %s\n", pad(cmd.signs(), 27), line)
	}
	b.WriteString(pad("!command", 27) + "  Runs a shell command; x := !command gives its lines; {expr} and $VAR expand.\n")
	b.WriteString(pad("expr?", 27) + "  Shows what an expression is; ?expr does too, expr?? shows more.\n")
	b.WriteString("\n%name -h shows a magic's options. A magic can be written //goblaze:%name, so that the cell stays valid Go.\n")
	c.print(b.String())
	return nil, nil
}

// lookup finds a magic by name in either form.
func (c *call) lookup(name string) (*command, error) {
	cmd, err := find(Part{Kind: LineMagic, Name: name, NameLine: c.part.Line, NameCol: c.part.Col})
	if cmd != nil {
		return cmd, nil
	}
	return nil, err
}

// lsmagic lists the names in IPython's layout.
func lsmagic(c *call) (any, error) {
	var lines, cells []string
	for _, cmd := range table() {
		for _, name := range append([]string{cmd.name}, cmd.aliases...) {
			if cmd.line {
				lines = append(lines, "%"+name)
			}
			if cmd.cell {
				cells = append(cells, "%%"+name)
			}
		}
	}
	sort.Strings(lines)
	sort.Strings(cells)
	b := display.Text("Available line magics:\n" + strings.Join(lines, "  ") +
		"\n\nAvailable cell magics:\n" + strings.Join(cells, "  "))
	return &b, c.none()
}

// question answers expr? and ?expr, of a magic from its row; ? alone is %help.
func (x *run) question(p Part) error {
	if strings.TrimSpace(p.Text) == "" {
		_, err := help(&call{run: x, part: p})
		return err
	}
	if name := strings.TrimLeft(p.Text, "%"); name != p.Text {
		cmd, err := find(Part{Kind: LineMagic, Name: name, NameLine: p.Line, NameCol: p.Col})
		if cmd == nil {
			return err
		}
		x.out.Display(display.Text(cmd.usageText()))
		return nil
	}
	doc, found, err := x.Eval.Doc(x.ctx, p.Text, p.Detail)
	if err != nil {
		return err
	}
	if !found {
		x.out.Stream("stdout", "Object `"+p.Text+"` not found.\n")
		return nil
	}
	x.out.Display(doc)
	return nil
}

// go111module honours gophernotes' command.
func go111module(c *call) (any, error) {
	switch c.text() {
	case "on":
		return nil, nil
	case "off":
		c.out.Stream("stderr", "%go111module off: modules are always on here; %get PATH@VERSION chooses a module's version\n")
		return nil, nil
	}
	return nil, c.usage("wants on or off")
}
