package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// show writes parts one a line, with everything a reader of a test needs.
func show(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%s %d:%d", p.Kind, p.Line, p.Col)
		if p.LHS != "" {
			fmt.Fprintf(&b, " %s %s", p.LHS, p.Op)
		}
		if p.Name != "" {
			fmt.Fprintf(&b, " %s@%d:%d", p.Name, p.NameLine, p.NameCol)
		}
		fmt.Fprintf(&b, " %q", p.Text)
		if p.Kind == CellMagic {
			fmt.Fprintf(&b, " body %d %q", p.BodyLine, p.Body)
		}
		if p.Detail > 0 {
			b.WriteString(" detail")
		}
		if p.Open {
			b.WriteString(" open")
		}
		if p.Pragma {
			b.WriteString(" pragma")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"empty", "", "go 1:1 \"\"\n"},
		{"blank", " \n\t\n", "go 1:1 \" \\n\\t\\n\"\n"},
		{"go only", "x := 1\n", "go 1:1 \"x := 1\\n\"\n"},
		{"line magic", "%timeit f(x)", "line magic 1:9 timeit@1:1 \"f(x)\"\n"},
		{"no arguments", "%who\n", "line magic 1:5 who@1:1 \"\"\n"},
		{"between Go", "a := 1\n  %time f(a)\nb := 2", "go 1:1 \"a := 1\\n\"\nline magic 2:9 time@2:3 \"f(a)\"\ngo 3:1 \"b := 2\"\n"},
		{"blank lines between", "%who\n\n%whos\n", "line magic 1:5 who@1:1 \"\"\nline magic 3:6 whos@3:1 \"\"\n"},
		{"comment after", "%time f()\n// done\n", "line magic 1:7 time@1:1 \"f()\"\n"},
		{"assigned", "x := %timeit f(x)", "line magic 1:14 x := timeit@1:6 \"f(x)\"\n"},
		{"two assigned", "out, err := %vectorize f xs", "line magic 1:24 out, err := vectorize@1:13 \"f xs\"\n"},
		{"assigned again", "\tm[\"k\"].v = %time f()", "line magic 1:19 m[\"k\"].v = time@1:13 \"f()\"\n"},
		{"unicode name", "größe := %timeit f()", "line magic 1:20 größe := timeit@1:12 \"f()\"\n"},
		{"remainder over a line end", "x := a %\n b\ny := a\n%who", "go 1:1 \"x := a %\\n b\\ny := a\\n\"\nline magic 4:5 who@4:1 \"\"\n"},
		{"operator before", "x := a +\n%c", "go 1:1 \"x := a +\\n%c\"\n"},
		{"comma before", "x, y := a,\n%c", "go 1:1 \"x, y := a,\\n%c\"\n"},
		{"in a raw string", "s := `\n%who\n`\n", "go 1:1 \"s := `\\n%who\\n`\\n\"\n"},
		{"in a comment", "/*\n%who\n*/\nx := 1", "go 1:1 \"/*\\n%who\\n*/\\nx := 1\"\n"},
		{"in a block", "func f() {\n%who\n}", "go 1:1 \"func f() {\\n%who\\n}\"\n"},
		{"in parentheses", "f(\n%who\n)", "go 1:1 \"f(\\n%who\\n)\"\n"},
		{"after a block", "func f() {\n}\n%who", "go 1:1 \"func f() {\\n}\\n\"\nline magic 3:5 who@3:1 \"\"\n"},
		{"after a semicolon", "a := 1; %who", "go 1:1 \"a := 1; %who\"\n"},
		{"quote in arguments", "%cd it's\nx := 'a'", "line magic 1:5 cd@1:1 \"it's\"\ngo 2:1 \"x := 'a'\"\n"},
		{"bracket goes on", "%vectorize func(s string) int {\n\treturn len(s) // :)\n} texts\nx", "line magic 1:12 vectorize@1:1 \"func(s string) int {\\n\\treturn len(s) // :)\\n} texts\"\ngo 4:1 \"x\"\n"},
		{"bracket in a literal", "%time f(\"(\", '(', `\n(`)\nx", "line magic 1:7 time@1:1 \"f(\\\"(\\\", '(', `\\n(`)\"\ngo 3:1 \"x\"\n"},
		{"magic behind an open bracket", "%time f(\n%who", "line magic 1:7 time@1:1 \"f(\" open\nline magic 2:5 who@2:1 \"\"\n"},
		{"bracket never closed", "%time f(\nx := 1", "line magic 1:7 time@1:1 \"f(\" open\ngo 2:1 \"x := 1\"\n"},
		{"glob is no comment", "%ls /tmp/* (\nx", "line magic 1:5 ls@1:1 \"/tmp/* (\" open\ngo 2:1 \"x\"\n"},
		{"comment behind", "%time f() // (\nx", "line magic 1:7 time@1:1 \"f() // (\"\ngo 2:1 \"x\"\n"},
		{"CRLF", "a := 1\r\n%time f(a)\r\nb\r\n", "go 1:1 \"a := 1\\r\\n\"\nline magic 2:7 time@2:1 \"f(a)\"\ngo 3:1 \"b\\r\\n\"\n"},
		{"BOM", "\ufeff%who", "line magic 1:8 who@1:4 \"\"\n"},
		{"BOM and Go", "\ufeffx := 1\n%who", "go 1:4 \"x := 1\\n\"\nline magic 2:5 who@2:1 \"\"\n"},
		{"cell magic", "%%bash -e\necho %x\n", "cell magic 1:8 bash@1:1 \"-e\" body 2 \"echo %x\\n\"\n"},
		{"cell magic after blanks", "\n  %%time\nf()", "cell magic 2:9 time@2:3 \"\" body 3 \"f()\"\n"},
		{"cell magic alone", "%%time", "cell magic 1:7 time@1:1 \"\" body 2 \"\"\n"},
		{"cell pragma", "//goblaze:%%vectorize -w 4\nfor {}", "cell magic 1:23 vectorize@1:11 \"-w 4\" body 2 \"for {}\" pragma\n"},
		{"line pragma", "x := 1\n//goblaze:%timeit f((\nx", "go 1:1 \"x := 1\\n\"\nline magic 2:19 timeit@2:11 \"f((\" pragma\ngo 3:1 \"x\"\n"},
		{"directive stays", "//goblaze:vectorize -w 4\nfor {}", "go 1:1 \"//goblaze:vectorize -w 4\\nfor {}\"\n"},
		{"pragma in a block", "func f() {\n//goblaze:%who\n}", "go 1:1 \"func f() {\\n//goblaze:%who\\n}\"\n"},
		{"shell", "!echo \"it's\" 'a", "shell 1:2 !@1:1 \"echo \\\"it's\\\" 'a\"\n"},
		{"shell goes on", "!echo a \\\n b\nx", "shell 1:2 !@1:1 \"echo a \\\\\\n b\"\ngo 3:1 \"x\"\n"},
		{"shell capture", "files := !ls -l *.go", "shell 1:11 files := !@1:10 \"ls -l *.go\"\n"},
		{"shell lines", "!!ls", "shell 1:3 !!@1:1 \"ls\"\n"},
		{"gophernotes' shell", "$ls -l", "shell 1:2 $@1:1 \"ls -l\"\n"},
		{"not", "(!ok)", "go 1:1 \"(!ok)\"\n"},
		{"not, assigned", "ok := f()\nbad := !ok\nx := !ok &&\n y", "go 1:1 \"ok := f()\\nbad := !ok\\nx := !ok &&\\n y\"\n"},
		{"not, toggled", "on = !on", "go 1:1 \"on = !on\"\n"},
		{"not of a call", "x := !strings.Contains(a, b)\ny := !f(\na)", "go 1:1 \"x := !strings.Contains(a, b)\\ny := !f(\\na)\"\n"},
		{"name of a command", "pwd := !pwd", "shell 1:9 pwd := !@1:8 \"pwd\"\n"},
		{"question", "strings.Fields?\n", "help 1:1 \"strings.Fields\"\n"},
		{"question, more", "x??", "help 1:1 \"x\" detail\n"},
		{"question first", "?m[k]\n??f", "help 1:2 \"m[k]\"\nhelp 2:3 \"f\" detail\n"},
		{"question of a type", "map[string]int?\n(*T).M? // doc", "help 1:1 \"map[string]int\"\nhelp 2:1 \"(*T).M\"\n"},
		{"question inside", "f(\nx?\n)", "go 1:1 \"f(\\nx?\\n)\"\n"},
		{"question of a magic", "%timeit?\n", "help 1:1 \"%timeit\"\n"},
		{"question of a cell magic", "%%timeit??\n", "help 1:1 \"%%timeit\" detail\n"},
		{"question in a string", "s := \"a?\"", "go 1:1 \"s := \\\"a?\\\"\"\n"},
		{"unclosed string", "s := \"a\n%who", "go 1:1 \"s := \\\"a\\n\"\nline magic 2:5 who@2:1 \"\"\n"},
		{"per cent alone", "% who", "go 1:1 \"% who\"\n"},
		{"declared function", "func f() int { return 1 }\n%timeit f()\nf()", "go 1:1 \"func f() int { return 1 }\\n\"\nline magic 2:9 timeit@2:1 \"f()\"\ngo 3:1 \"f()\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts, err := Split(c.cell)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(parts); got != c.want {
				t.Errorf("cell %q\ngot\n%swant\n%s", c.cell, got, c.want)
			}
			checkParts(t, c.cell, parts)
		})
	}
}

func TestSplitInKnowsTheSession(t *testing.T) {
	var asked string
	parts, err := SplitIn("x := !cfg.Verbose && a", func(op string) bool { asked = op; return true })
	if err != nil || len(parts) != 1 || parts[0].Kind != Go {
		t.Errorf("parts %v, error %v, want Go", parts, err)
	}
	if asked != "cfg.Verbose" {
		t.Errorf("asked about %q, want cfg.Verbose", asked)
	}
	if parts, _ = Split("x := !cfg.Verbose && a"); parts[0].Kind != Shell {
		t.Errorf("a name nobody knows is %s, want shell", parts[0].Kind)
	}
}

func TestSplitRefusesALateCellMagic(t *testing.T) {
	_, err := Split("x := 1\n  %%time\nf()")
	var e *Error
	if !errors.As(err, &e) || e.Line != 2 || e.Col != 3 || !strings.Contains(e.Error(), "or use %time for one line") {
		t.Errorf("error %v, want one at 2:3 with a hint", err)
	}
}

// checkParts wants the parts to touch, to cover the cell, and Text and Body to
// stand where they say.
func checkParts(t *testing.T, cell string, parts []Part) {
	t.Helper()
	end, lines := 0, newLineIndex(cell)
	for _, p := range parts {
		if p.Start != end || p.End < p.Start || p.End > len(cell) {
			t.Fatalf("part [%d,%d) after %d of %d in %q", p.Start, p.End, end, len(cell), cell)
		}
		end = p.End
		off := lines[p.Line-1] + p.Col - 1
		if !strings.HasPrefix(cell[off:], p.Text) {
			t.Fatalf("%q is not at %d:%d of %q", p.Text, p.Line, p.Col, cell)
		}
		if p.Body != "" && !strings.HasPrefix(cell[lines[p.BodyLine-1]:], p.Body) {
			t.Fatalf("body %q is not at line %d of %q", p.Body, p.BodyLine, cell)
		}
		if p.Name != "" && p.Kind != Shell {
			off := lines[p.NameLine-1] + p.NameCol - 1
			if !strings.HasPrefix(strings.TrimLeft(cell[off:], "%"), p.Name) {
				t.Fatalf("name %q is not at %d:%d of %q", p.Name, p.NameLine, p.NameCol, cell)
			}
		}
		if p.LHS != "" && !strings.HasPrefix(cell[lines[p.LHSLine-1]+p.LHSCol-1:], p.LHS) {
			t.Fatalf("%q is not at %d:%d of %q", p.LHS, p.LHSLine, p.LHSCol, cell)
		}
	}
	if end != len(cell) || len(parts) == 0 {
		t.Fatalf("%d parts end at %d of %d in %q", len(parts), end, len(cell), cell)
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"", "%who", "x := %timeit f(\n1)\ny", "%%bash\nls", "!ls \\\n-l", "a?", "??a", "x := !y", "\ufeff%a\r\n$b", "`\n%a`\n%b",
		"//goblaze:%%v\n", "//goblaze:%v (\n)", "x = %a [\"\n", "%a 'b\n%%c", "/*\n*/%a", "x := !(a\n)", "%a?", "x := !a.b[",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		parts, err := Split(cell)
		if err == nil {
			checkParts(t, cell, parts)
		}
		if status, _ := IsComplete(cell); status == "" {
			t.Fatal("no status")
		}
		Directives(cell)
		chunks(cell)
	})
}
