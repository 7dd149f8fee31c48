package magics

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A flag is one option of a magic.
type flag struct {
	short, long string   // without dashes; one may be empty
	value       string   // the value's name in the usage; empty: a switch
	help        string   // one line
	choices     []string // the values it takes, for completion; nil: any
	optional    bool     // the value may be left out; it is then a number
	list        bool     // several choices may be given, with commas between
}

// key is the name the flag's value is kept under.
func (f flag) key() string {
	if f.long != "" {
		return f.long
	}
	return f.short
}

// spellings are the ways to write the flag.
func (f flag) spellings() []string {
	var list []string
	if f.short != "" {
		list = append(list, "-"+f.short)
	}
	if f.long != "" {
		list = append(list, "--"+f.long)
	}
	return list
}

// options are the options given, by key; a switch has an empty Arg.
type options map[string]Arg

func (o options) has(key string) bool { _, ok := o[key]; return ok }

// parseOptions reads the options at the start of the call's arguments. What
// follows them starts at c.rest. It reports a request for help.
func (c *call) parseOptions() (help bool, err error) {
	text := c.part.Text
	c.opts = options{}
	for i := 0; ; {
		for i < len(text) && isBlank(text[i]) {
			i++
		}
		c.rest = i
		word, next := argument(text, i, untilBlank)
		switch {
		case word.Text == "--":
			c.rest = len(text) - len(strings.TrimLeft(text[next:], " \t\r\n"))
			return false, nil
		case word.Text == "-h" && !c.cmd.hasFlag("h"), word.Text == "--help":
			return true, nil
		case strings.HasPrefix(word.Text, "--"):
			i, err = c.longOption(word, next)
		case len(word.Text) > 1 && word.Text[0] == '-' && isLetter(word.Text[1]):
			i, err = c.shortOptions(word, next)
		default:
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// longOption reads --name, --name=value or --name value; next is the offset
// behind the word. It returns where to read on.
func (c *call) longOption(word Arg, next int) (int, error) {
	name, value, joined := strings.Cut(word.Text, "=")
	f, ok := c.cmd.flag(strings.TrimPrefix(name, "--"), false)
	if !ok {
		return 0, c.unknownOption(name, word.Off)
	}
	if joined {
		if f.value == "" {
			return 0, c.usageAt(word.Off, name+" takes no value", "leave out ="+value)
		}
		return next, c.set(f, Arg{Text: value, Off: word.Off + len(name) + 1})
	}
	return c.optionValue(f, name, word, next)
}

// shortOptions reads -n, -n10, -n 10 or several switches in one word.
func (c *call) shortOptions(word Arg, next int) (int, error) {
	for i := 1; i < len(word.Text); i++ {
		name := word.Text[i : i+1]
		f, ok := c.cmd.flag(name, true)
		if !ok {
			return 0, c.unknownOption("-"+word.Text[i:], word.Off)
		}
		if f.value == "" {
			c.opts[f.key()] = Arg{}
			continue
		}
		if i+1 < len(word.Text) {
			return next, c.set(f, Arg{Text: word.Text[i+1:], Off: word.Off + i + 1})
		}
		return c.optionValue(f, "-"+name, word, next)
	}
	return next, nil
}

// optionValue reads the word behind an option that takes one.
func (c *call) optionValue(f flag, name string, word Arg, next int) (int, error) {
	if f.value == "" {
		c.opts[f.key()] = Arg{}
		return next, nil
	}
	value, end := argument(c.part.Text, next, untilBlank)
	if _, err := strconv.Atoi(value.Text); f.optional && err != nil {
		c.opts[f.key()] = Arg{Off: word.Off}
		return next, nil
	}
	if value.Text == "" {
		return 0, c.usageAt(word.Off, name+" wants a value: "+f.value, f.help)
	}
	return end, c.set(f, value)
}

// set keeps an option's value after checking it against the choices.
func (c *call) set(f flag, value Arg) error {
	if f.choices != nil {
		given := []string{value.Text}
		if f.list {
			given = strings.Split(value.Text, ",")
		}
		for _, v := range given {
			if !slices.Contains(f.choices, v) && !slices.Contains(f.choices, "N") {
				return c.usageAt(value.Off, f.spelling()+" does not take "+v, "one of "+strings.Join(f.choices, ", "))
			}
		}
	}
	c.opts[f.key()] = value
	return nil
}

// spelling is the long way to write the flag, or the short one.
func (f flag) spelling() string { s := f.spellings(); return s[len(s)-1] }

func (c *call) unknownOption(name string, off int) error {
	var all []string
	for _, f := range c.cmd.flags {
		all = append(all, f.spellings()...)
	}
	e := &UnknownError{What: "option", Name: name, Magic: c.sign(), Nearest: nearest(name, all)}
	e.Line, e.Col = c.place(off)
	return e
}

// spelling is how the flag with a key is written.
func (cmd *command) spelling(key string) string {
	for _, f := range cmd.flags {
		if f.key() == key {
			return f.spelling()
		}
	}
	return key
}

// integer returns an option's value as a number of at least low, or the
// default when it is not given.
func (c *call) integer(key string, low, byDefault int) (int, error) {
	v, ok := c.opts[key]
	if !ok {
		return byDefault, nil
	}
	n, err := strconv.Atoi(v.Text)
	if err != nil || n < low {
		return 0, c.usageAt(v.Off, v.Text+" is no number for "+c.cmd.spelling(key), "a whole number from "+strconv.Itoa(low)+" on")
	}
	return n, nil
}

// integers returns an option's value as a list of numbers, each at least low;
// nil when it is not given.
func (c *call) integers(key string, low int) ([]int, error) {
	v, ok := c.opts[key]
	if !ok {
		return nil, nil
	}
	var list []int
	for _, word := range strings.Split(v.Text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < low {
			return nil, c.usageAt(v.Off, word+" is no number for "+c.cmd.spelling(key), "whole numbers from "+strconv.Itoa(low)+" on, with commas between")
		}
		list = append(list, n)
	}
	return list, nil
}

// duration returns an option's value as a duration, 0 when it is not given.
func (c *call) duration(key string) (time.Duration, error) {
	v, ok := c.opts[key]
	if !ok {
		return 0, nil
	}
	d, err := time.ParseDuration(v.Text)
	if err != nil || d <= 0 {
		return 0, c.usageAt(v.Off, v.Text+" is no duration", "such as 500ms, 10s or 1m30s")
	}
	return d, nil
}

// fragment returns an option's value as Go source, empty when it is not given.
func (c *call) fragment(key string) Fragment {
	v, ok := c.opts[key]
	if !ok {
		return Fragment{}
	}
	return c.part.fragment(v.Text, v.Off)
}
