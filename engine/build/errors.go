package build

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Diagnostic is one complaint of the compiler. Line directives of the source are applied: File is what they say.
type Diagnostic struct {
	File      string
	Line, Col int // from 1; Col is 0 where the compiler gives none
	Msg       string
}

// CompileError is a package that does not compile.
type CompileError struct {
	Path  string // the package
	Diags []Diagnostic
	Log   string // what the tool wrote
}

func (e *CompileError) Error() string {
	if len(e.Diags) == 0 {
		return fmt.Sprintf("package %s does not compile: %s", e.Path, firstLine(e.Log))
	}
	d := e.Diags[0]
	text := fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Col, d.Msg)
	if more := len(e.Diags) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// LinkError is a plugin that compiles but does not link: a function without a body, a C library that is not there.
type LinkError struct {
	Path string // the plugin's root package
	Log  string
}

func (e *LinkError) Error() string {
	return fmt.Sprintf("linking %s: %s", e.Path, firstLine(strings.ReplaceAll(e.Log, e.Path+".", "")))
}

var position = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?: (.*)$`)

// compileError reads the compiler's lines; one that starts with a tab goes on the message above it.
func compileError(path, log, dir string, err error) error {
	e := &CompileError{Path: path, Log: strings.ReplaceAll(log, dir+string(filepath.Separator), "")}
	for line := range strings.Lines(e.Log) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "\t") && len(e.Diags) > 0 {
			e.Diags[len(e.Diags)-1].Msg += "\n" + line
			continue
		}
		m := position.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		d := Diagnostic{File: strings.TrimPrefix(m[1], "./"), Msg: m[4]}
		d.Line, _ = strconv.Atoi(m[2])
		d.Col, _ = strconv.Atoi(m[3])
		e.Diags = append(e.Diags, d)
	}
	if len(e.Diags) == 0 && strings.TrimSpace(e.Log) == "" {
		return fmt.Errorf("compiling package %s: %w", path, err)
	}
	return e
}

// explanations turn what the go command says about modules and the network into what to do. The first match wins.
var explanations = []struct {
	pattern *regexp.Regexp
	say     string
}{
	{regexp.MustCompile(`module lookup disabled by GOPROXY=off`),
		"it is not in the session's modules: fetch it with %get"},
	{regexp.MustCompile(`dial tcp|no such host|connection refused|connection reset|i/o timeout|TLS handshake|proxyconnect|network is unreachable|context deadline exceeded`),
		"the module proxy cannot be reached: check the network, or GOPROXY and the proxy settings"},
	{regexp.MustCompile(`requires go >= (\S+)`), "the module needs a newer Go than the one installed"},
	{regexp.MustCompile(`no matching versions|unknown revision|invalid version`), "there is no such version"},
	{regexp.MustCompile(`404 Not Found|410 Gone|not found: |unrecognized import path|malformed module path|cannot find module providing|no required module provides|missing dot in first path element|does not contain package|reading file://.*no such file`),
		"no such package or module: check the spelling of the import path"},
	{regexp.MustCompile(`40[03] (Bad Request|Forbidden)`), "the module proxy refuses it: check the spelling of the import path"},
	{regexp.MustCompile(`no space left on device`), "the disk is full"},
	{regexp.MustCompile(`permission denied|read-only file system`), "Go's caches cannot be written: see go env GOCACHE GOMODCACHE"},
}

// GoError is a failure of the go command.
type GoError struct {
	Say string // a clause that tells what to do; may be empty
	Log string // what the command wrote
}

func (e *GoError) Error() string {
	line := complaint(e.Log)
	if e.Say == "" {
		return line
	}
	return e.Say + " (" + line + ")"
}

func explainGo(log string, err error) error {
	if strings.TrimSpace(log) == "" {
		return err
	}
	e := &GoError{Log: log}
	for _, x := range explanations {
		if x.pattern.MatchString(log) {
			e.Say = x.say
			break
		}
	}
	return e
}

// complaint is the line of the log that says most: the first that is not progress.
func complaint(log string) string {
	for line := range strings.Lines(log) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "go: "))
		if line != "" && !strings.HasPrefix(line, "downloading ") && !strings.HasPrefix(line, "finding ") && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return firstLine(log)
}
