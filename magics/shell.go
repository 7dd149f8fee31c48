package magics

import (
	"go/parser"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
)

// shellArgv is the command line that runs a shell command.
func shellArgv(command string) []string {
	if runtime.GOOS == "windows" {
		return []string{"cmd", "/c", command}
	}
	return []string{"/bin/sh", "-c", command}
}

// shellLine runs !command, x := !command, !!command and $command. As in
// IPython an exit status other than 0 is no error, but for $, where
// gophernotes makes it one, and for x, err := !command.
func (x *run) shellLine(p Part, last bool) error {
	capture := p.LHS != "" || p.Name == "!!"
	command, err := x.expand(p.Text)
	if err != nil {
		return err
	}
	res, err := x.Eval.Shell(x.ctx, ShellSpec{Argv: shellArgv(command), Capture: capture})
	if err != nil {
		return err
	}
	var exit error
	if res.ExitCode != 0 {
		exit = &ExitError{Command: p.Text, ExitCode: res.ExitCode}
	}
	switch {
	case p.LHS != "":
		return x.Eval.Assign(x.ctx, Assignment{LHS: p.lhs(), Op: p.Op, Value: lines(res.Stdout), Err: exit})
	case p.Name == "!!" && last:
		x.out.Result(bundleOf(lines(res.Stdout)))
	case p.Name == "$":
		return exit
	}
	return nil
}

// lines cuts a command's output into lines, as Python's splitlines does.
func lines(s string) []string {
	s = strings.TrimSuffix(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	if s == "" {
		return []string{}
	}
	return strings.Split(s, "\n")
}

// expand replaces {expr} and $name in a shell command by the values of the
// session. Braces are all or nothing, as in IPython: when one of them holds no
// expression that has a value, they are the shell's own, and so are ${…} and
// names that the session does not have. {{ and }} write single braces, $$name
// writes $name.
func (x *run) expand(command string) (string, error) {
	if strings.Contains(command, "{") {
		if expanded, ok := x.expandBraces(command); ok {
			command = expanded
		}
	}
	if !strings.Contains(command, "$") {
		return command, x.ctx.Err()
	}
	names, err := x.Eval.Names(x.ctx)
	if err != nil {
		return "", err
	}
	known := map[string]bool{}
	for _, n := range names {
		known[n.Name] = n.Kind == "var" || n.Kind == "const"
	}
	return x.expandNames(command, known), x.ctx.Err()
}

func (x *run) expandBraces(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch rest := s[i:]; {
		case strings.HasPrefix(rest, "${"):
			end := strings.IndexByte(rest, '}') + 1
			if end == 0 {
				return "", false
			}
			b.WriteString(rest[:end])
			i += end
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			b.WriteByte(rest[0])
			i += 2
		case rest[0] == '{':
			expr, ok := braced(rest)
			if !ok {
				return "", false
			}
			value, err := x.Eval.Sprint(x.ctx, expr)
			if err != nil {
				return "", false
			}
			b.WriteString(value)
			i += len(expr) + 2
		case rest[0] == '}':
			return "", false
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return b.String(), true
}

// braced returns the Go expression between the brace that a text starts with
// and the one that closes it.
func braced(s string) (string, bool) {
	depth := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				_, err := parser.ParseExpr(s[1:i])
				return s[1:i], err == nil
			}
		case c == '"' || c == '\'' || c == '`':
			i = skipLiteral(s, i)
			continue
		}
		i++
	}
	return "", false
}

func (x *run) expandNames(s string, known map[string]bool) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '$' {
			b.WriteByte(s[i])
			i++
			continue
		}
		name := nameAt(s[i+1:])
		if strings.HasPrefix(s[i:], "$$") && known[nameAt(s[i+2:])] {
			name = nameAt(s[i+2:])
			b.WriteString("$" + name)
			i += 2 + len(name)
			continue
		}
		value, n := "$", 0
		if known[name] {
			value, n = x.fieldValue(name, s[i+1:])
		}
		b.WriteString(value)
		i += 1 + n
	}
	return b.String()
}

// fieldValue prints a variable, or the longest selector on it that has a
// value, and returns how many bytes of the text it is.
func (x *run) fieldValue(name, text string) (string, int) {
	ends := []int{len(name)}
	for end := len(name); strings.HasPrefix(text[end:], "."); {
		field := nameAt(text[end+1:])
		if field == "" {
			break
		}
		end += 1 + len(field)
		ends = append(ends, end)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		if value, err := x.Eval.Sprint(x.ctx, text[:ends[i]]); err == nil {
			return value, ends[i]
		}
	}
	return "$", 0
}

// nameAt returns the identifier that a text begins with.
func nameAt(s string) string {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return s[:i]
		}
	}
	return s
}

// script runs %%bash, %%sh and %%script: the body is the program's input.
func script(c *call) (any, error) {
	text, err := c.expand(c.part.Text)
	if err != nil {
		return nil, err
	}
	argv, err := c.scriptOptions(words(text))
	if err != nil {
		return nil, err
	}
	if c.cmd.name != "script" {
		argv = append([]string{c.cmd.name}, argv...)
	}
	if len(argv) == 0 {
		return nil, c.usage("names no program")
	}
	body := c.part.Body
	if !strings.HasSuffix(body, "\n") {
		body += "\n"
	}
	res, err := c.Eval.Shell(c.ctx, ShellSpec{Argv: argv, Stdin: body, Capture: c.opts.has("out"), CaptureErr: c.opts.has("err")})
	if err != nil {
		return nil, err
	}
	if err := c.keep("out", res.Stdout); err != nil {
		return nil, err
	}
	if err := c.keep("err", res.Stderr); err != nil {
		return nil, err
	}
	if res.ExitCode != 0 && !c.opts.has("no-raise-error") {
		return nil, &ExitError{Command: strings.Join(argv, " "), ExitCode: res.ExitCode}
	}
	return nil, nil
}

// scriptOptions takes the magic's own options out of the words; the others are
// the program's.
func (c *call) scriptOptions(words []string) (argv []string, err error) {
	c.opts = options{}
	for i := 0; i < len(words); i++ {
		name, value, joined := strings.Cut(strings.TrimPrefix(words[i], "--"), "=")
		f, ok := c.cmd.flag(name, false)
		if !ok || !strings.HasPrefix(words[i], "--") {
			argv = append(argv, words[i])
			continue
		}
		if f.value != "" && !joined {
			if i++; i == len(words) {
				return nil, c.usage("--" + name + " wants a value")
			}
			value = words[i]
		}
		c.opts[f.long] = Arg{Text: value}
	}
	return argv, nil
}

// keep gives the name in an option the text captured for it.
func (c *call) keep(key, text string) error {
	name, ok := c.opts[key]
	if !ok {
		return nil
	}
	return c.Eval.Assign(c.ctx, Assignment{LHS: Fragment{Text: name.Text, Line: c.part.Line, Col: c.part.Col}, Op: ":=", Value: text})
}

// words cuts a line as a shell does: blanks separate, quotes join, a backslash
// takes the next character as it is.
func words(s string) []string {
	var list []string
	var word strings.Builder
	inWord, quote := false, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(s):
			i++
			word.WriteByte(s[i])
			inWord = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, inWord = c, true
		case quote == 0 && isBlank(c):
			if inWord {
				list = append(list, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if inWord {
		list = append(list, word.String())
	}
	return list
}

// home replaces a leading ~ by the home folder.
func home(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(dir, rest)
}
