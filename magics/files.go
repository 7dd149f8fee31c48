package magics

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/display"
)

// path makes a file name of the session absolute: ~ is the home folder, and
// what is relative lies in the session's folder.
func (c *call) path(name string) (string, error) {
	name = home(unquote(name))
	if filepath.IsAbs(name) {
		return name, nil
	}
	dir, err := c.Eval.Getwd(c.ctx)
	return filepath.Join(dir, name), err
}

// unquote takes a pair of quotes off a file name.
func unquote(s string) string {
	if n := len(s); n > 1 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}

// cd changes the session's folder and prints it.
func cd(c *call) (any, error) {
	target, quiet := c.text(), false
	if rest, ok := strings.CutPrefix(target, "-q"); ok && (rest == "" || isBlank(rest[0])) {
		target, quiet = strings.TrimSpace(rest), true
	}
	before, err := c.Eval.Getwd(c.ctx)
	if err == nil && len(c.folders) == 0 {
		c.folders = []string{before}
	}
	if target, err = c.folder(target); err != nil {
		return nil, err
	}
	dir, err := c.Eval.Chdir(c.ctx, target)
	if err != nil {
		return nil, err
	}
	if dir != before {
		c.folders = append(c.folders, dir)
	}
	if !quiet {
		c.print(dir + "\n")
	}
	return nil, nil
}

var folderNumber = regexp.MustCompile(`^-\d+$`)

// folder resolves what %cd is given: a name, or one of the folders visited.
func (c *call) folder(target string) (string, error) {
	visited := c.folders
	switch {
	case target == "":
		return home("~"), nil
	case target == "-":
		if len(visited) < 2 {
			return "", c.usage("no previous directory to change to")
		}
		return visited[len(visited)-2], nil
	case folderNumber.MatchString(target):
		n, err := strconv.Atoi(target[1:])
		if err != nil || n >= len(visited) {
			return "", c.usage(fmt.Sprintf("folder %s is not among the %d visited", target[1:], len(visited)))
		}
		return visited[n], nil
	case strings.HasPrefix(target, "--"):
		if dir := visitedLike(visited, target[2:]); dir != "" {
			return dir, nil
		}
		return "", c.usage("no folder visited has " + target[2:] + " in its name")
	}
	return home(unquote(target)), nil
}

// visitedLike returns the last folder with a text in its base name, else the
// last with it anywhere in its path.
func visitedLike(visited []string, text string) string {
	found := ""
	for i := len(visited) - 1; i >= 0; i-- {
		if strings.Contains(filepath.Base(visited[i]), text) {
			return visited[i]
		}
		if found == "" && strings.Contains(visited[i], text) {
			found = visited[i]
		}
	}
	return found
}

func pwd(c *call) (any, error) {
	if err := c.none(); err != nil {
		return nil, err
	}
	return c.Eval.Getwd(c.ctx)
}

// ls lists a folder with the system's own command.
func ls(c *call) (any, error) {
	command := "ls -F " + c.text()
	if os.PathSeparator == '\\' {
		command = "dir " + c.text()
	}
	return done, c.shellLine(Part{Kind: Shell, Name: "!", Text: strings.TrimSpace(command),
		LHS: c.part.LHS, Op: c.part.Op, LHSLine: c.part.LHSLine, LHSCol: c.part.LHSCol}, false)
}

// env shows the environment or a variable, or sets one.
func env(c *call) (any, error) {
	text := strings.TrimSpace(c.text())
	all, err := c.Eval.Environ(c.ctx)
	if err != nil {
		return nil, err
	}
	vars := map[string]string{}
	for _, kv := range all {
		if k, v, ok := strings.Cut(kv, "="); ok && k != "" {
			vars[k] = v
		}
	}
	sep := " "
	if strings.Contains(text, "=") {
		sep = "="
	}
	key, value, sets := strings.Cut(text, sep)
	key = strings.TrimSpace(key)
	switch {
	case text == "":
		return hideSecrets(vars), nil
	case sets:
		return nil, c.setenv(key, strings.TrimSpace(value))
	}
	v, ok := vars[key]
	if !ok {
		return nil, c.usageAt(0, "the environment has no "+key, "%env "+key+"=VALUE sets it")
	}
	return v, nil
}

func (c *call) setenv(key, value string) error {
	if key == "" || strings.ContainsAny(key, " \t") {
		return c.usageAt(0, fmt.Sprintf("%q is no name for a variable", key), "%env NAME=VALUE")
	}
	if err := c.Eval.Setenv(c.ctx, key, value); err != nil {
		return err
	}
	c.print("env: " + key + "=" + value + "\n")
	return nil
}

// hideSecrets hides what IPython hides when all variables are shown.
func hideSecrets(vars map[string]string) map[string]string {
	for k := range vars {
		name := strings.ToLower(k)
		if strings.Contains(name, "key") || strings.Contains(name, "token") || strings.Contains(name, "secret") {
			vars[k] = "<hidden>"
		}
	}
	return vars
}

// writefile writes the cell to a file in the session's folder.
func writefile(c *call) (any, error) {
	name := home(unquote(c.text()))
	if name == "" {
		return nil, c.usage("names no file")
	}
	path, err := c.path(name)
	if err != nil {
		return nil, err
	}
	word, mode := "Writing", os.O_TRUNC
	if _, err := os.Stat(path); err == nil {
		word = "Overwriting"
		if c.opts.has("append") {
			word, mode = "Appending to", os.O_APPEND
		}
	}
	c.print(word + " " + name + "\n")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|mode, 0o666)
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString(c.part.Body); err != nil {
		f.Close()
		return nil, err
	}
	return nil, f.Close()
}

// show returns the command that shows the cell's body as one MIME type.
func show(mime string) func(c *call) (any, error) {
	return func(c *call) (any, error) {
		if err := c.none(); err != nil {
			return nil, err
		}
		b := display.Bundle{Data: map[string]any{mime: c.part.Body, "text/plain": plainOf(mime, c.part.Body)}}
		if c.opts.has("isolated") {
			b.Metadata = map[string]any{mime: map[string]any{"isolated": true}}
		}
		c.out.Display(b)
		return nil, nil
	}
}

// plainOf is the text form of a body: itself where people read it as text.
func plainOf(mime, body string) string {
	if mime == "text/markdown" || mime == "text/latex" {
		return body
	}
	return fmt.Sprintf("<%s, %d bytes>", mime, len(body))
}
