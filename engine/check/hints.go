package check

import (
	"regexp"
	"strings"
)

// HintFor returns what to do about an error, "" when nothing is known: what
// people write who come from other languages, or from a prompt that shows
// several values. line is the source line it stands in.
func HintFor(msg, line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(msg, "syntax error:") {
		if first := word.FindString(line); habits[first] != "" {
			return habits[first]
		}
	}
	if name, ok := strings.CutPrefix(msg, "undefined: "); ok {
		if rest, ok := strings.CutPrefix(line, name); ok && assigned.MatchString(rest) {
			return "to declare it: " + name + " := …"
		}
		return prompts[promptName.ReplaceAllString(name, "$1")]
	}
	for _, h := range hints {
		if strings.Contains(msg, h.msg) && strings.HasPrefix(line, h.line) {
			return h.hint
		}
	}
	return ""
}

var (
	word     = regexp.MustCompile(`^\}?\s*\w+`)
	assigned = regexp.MustCompile(`^\s*=[^=]`)
)

// habits are words that begin statements in other languages.
var habits = map[string]string{
	"def": habitFunc, "function": habitFunc, "fn": habitFunc, "fun": habitFunc, "lambda": habitFunc,
	"while": "Go's while is for: for condition { … }",
	"until": "Go's while is for: for condition { … }",
	"let":   "a variable is declared by x := value",
	"class": "a class is a type with methods: type T struct { … }; func (t T) M() { … }",
	"elif":  habitElse, "elseif": habitElse, "elsif": habitElse, "} elif": habitElse, "} elseif": habitElse,
	"foreach": "Go's foreach is range: for i, x := range items { … }",
	"try":     "Go's errors are values: if err != nil { … }",
	"throw":   "Go's errors are values: return errors.New(…); panic(…) ends the cell",
	"raise":   "Go's errors are values: return errors.New(…); panic(…) ends the cell",
	"print":   "a call has its arguments in parentheses: fmt.Println(…)",
	"echo":    "a call has its arguments in parentheses: fmt.Println(…)",
	"import":  "an import path stands in double quotes: import \"strings\"",
	"from":    "packages are imported whole: import \"strings\"",
}

// promptName matches IPython's numbered names: _3, _i3.
var promptName = regexp.MustCompile(`^(_i?)[0-9]+$`)

// prompts are names that other languages' prompts have.
var prompts = map[string]string{
	"_": hintValue, "__": hintValue, "___": hintValue, "Out": hintValue, "_oh": hintValue,
	"In": hintInput, "_i": hintInput, "_ii": hintInput, "_iii": hintInput, "_ih": hintInput,
	"exit": hintExit, "quit": hintExit,
	"help": "write name? for documentation, and %help for the magics",
	"dir":  "write %who for the session's names, and press Tab after a dot",
}

const (
	hintValue = "a cell's value is kept where it has a name: x := …"
	hintInput = "%history shows earlier cells"
	hintExit  = "the front end's menu ends or restarts the kernel; os.Exit(0) ends the cell"
)

const (
	habitFunc = "a function is declared by func name(a int) int { … }"
	habitElse = "Go writes } else if condition {"
)

// hints go by a part of the message, and by how the line begins.
var hints = []struct{ msg, line, hint string }{
	{"expected 1 expression", "", "a cell shows one value; fmt.Println(a, b) prints several"},
	{"cannot use _ as value", "", hintValue},
	{"expected '{', found newline", "", "the { stands on the line of its for, if, switch or func"},
	{"illegal rune literal", "", "a string is written in double quotes"},
	{"expected '{', found in", "for", "Go's for … in is range: for i, x := range items { … }"},
	{"(mismatched types untyped string and ", "", hintSprint},
	{"(mismatched types string and ", "", hintSprint},
	{" and string)", "", hintSprint},
	{" (untyped string constant) to type int", "", "strconv.Atoi reads a number from a string"},
	{" (variable of type string) to type int", "", "strconv.Atoi reads a number from a string"},
	{"assignment mismatch: 1 variable but ", "", "take every result, or drop one with _: v, err := …"},
}

const hintSprint = "fmt.Sprint makes a string of any value, fmt.Sprintf one with a format"
