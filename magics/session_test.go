package magics

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestShellLines(t *testing.T) {
	for _, c := range []struct{ command, want string }{
		{"ls -l", "ls -l"},
		{"echo {n} {xs[0]}", "echo 7 a"},
		{"echo $n $$n ${HOME} $HOME $$", "echo 7 $n ${HOME} $HOME $$"},
		{"echo $cfg.Name.go $cfg.Nope", "echo prod.go {prod}.Nope"},
		{"awk '{print $1}' {n}", "awk '{print $1}' {n}"},
		{"find . -exec ls {} +", "find . -exec ls {} +"},
		{"echo {a,b} {1..3}", "echo {a,b} {1..3}"},
		{"echo {{n}} {n}", "echo {n} 7"},
		{"echo {unknown} $unknown", "echo {unknown} $unknown"},
		{"echo ${n} {n}", "echo ${n} 7"},
		{`echo {m["}"]}`, "echo brace"},
		{"echo $f", "echo $f"},
	} {
		f := &fake{
			names: []Name{{Name: "n", Kind: "var"}, {Name: "cfg", Kind: "var"}, {Name: "f", Kind: "func"}},
			vals:  map[string]string{"n": "7", "xs[0]": "a", "cfg": "{prod}", "cfg.Name": "prod", `m["}"]`: "brace"},
		}
		if err := (&Runner{Eval: f}).Run(t.Context(), []Part{{Kind: Shell, Name: "!", Text: c.command}}, &page{}); err != nil {
			t.Fatal(err)
		}
		spec := ShellSpec{Argv: shellArgv(c.want)}
		g := &fake{}
		g.Shell(t.Context(), spec)
		if f.log[0] != g.log[0] {
			t.Errorf("%s\ngot  %s\nwant %s", c.command, f.log[0], g.log[0])
		}
	}
}

func TestShellValues(t *testing.T) {
	f := &fake{shell: ShellResult{Stdout: "a b\r\nc\n", ExitCode: 3}}
	r := &Runner{Eval: f}
	p := &page{}
	err := r.Run(t.Context(), []Part{
		{Kind: Shell, Name: "!", Text: "false"},
		{Kind: Shell, Name: "!", Text: "ls", LHS: "out, err", Op: ":=", LHSLine: 1, LHSCol: 1},
		{Kind: Shell, Name: "!!", Text: "ls"},
	}, p)
	if err != nil {
		t.Fatal(err)
	}
	list, ok := f.assigned[0].Value.([]string)
	if !ok || !slices.Equal(list, []string{"a b", "c"}) || f.assigned[0].Err == nil {
		t.Errorf("assigned %+v", f.assigned[0])
	}
	if !slices.Equal(p.results, []string{"[a b c]"}) {
		t.Errorf("!! shows %q", p.results)
	}
	err = r.Run(t.Context(), []Part{{Kind: Shell, Name: "$", Text: "false"}}, p)
	var exit *ExitError
	if !errors.As(err, &exit) || exit.ExitCode != 3 {
		t.Errorf("$false: %v, want gophernotes' error", err)
	}
	if got := lines(""); got == nil || len(got) != 0 {
		t.Errorf("no output is %v, want no lines", got)
	}
}

func TestScripts(t *testing.T) {
	f := &fake{vals: map[string]string{"n": "7"}, shell: ShellResult{Stdout: "out\n", Stderr: "err\n"}}
	r := &Runner{Eval: f}
	must(t, r, "%%bash -e 'a b' {n}\necho {n}")
	must(t, r, "%%script --out o --err=e python3 -u\nprint(1)\n")
	want := []string{
		`shell ["bash" "-e" "a b" "7"] stdin="echo {n}\n" capture=false,false`,
		`shell ["python3" "-u"] stdin="print(1)\n" capture=true,true`,
		`assign 1:10 o := out` + "\n" + ` err=<nil>`,
		`assign 1:10 e := err` + "\n" + ` err=<nil>`,
	}
	if !slices.Equal(f.log, want) {
		t.Errorf("session saw\n%q\nwant\n%q", f.log, want)
	}
	f.shell.ExitCode = 2
	_, err := use(t, r, "%%sh\nexit 2")
	var exit *ExitError
	if !errors.As(err, &exit) || exit.ExitCode != 2 || exit.Command != "sh" {
		t.Errorf("exit 2: %v", err)
	}
	must(t, r, "%%sh --no-raise-error\nexit 2")
	if _, err := use(t, r, "%%script\nx"); err == nil {
		t.Error("script without a program is accepted")
	}
}

func TestFolders(t *testing.T) {
	f := &fake{dir: "/start"}
	r := &Runner{Eval: f}
	for _, c := range []struct{ arg, want string }{
		{"/one/data", "/one/data"}, {"-", "/start"}, {"-", "/one/data"}, {"/two", "/two"},
		{"-0", "/start"}, {"--dat", "/one/data"}, {"'/a b'", "/a b"}, {"~", home("~")}, {"", home("~")},
	} {
		p := must(t, r, "%cd "+c.arg)
		if f.dir != c.want || p.stdout != c.want+"\n" {
			t.Errorf("%%cd %s: in %s, printed %q, want %s", c.arg, f.dir, p.stdout, c.want)
		}
	}
	if p := must(t, r, "%cd -q /quiet"); p.stdout != "" || f.dir != "/quiet" {
		t.Errorf("-q prints %q in %s", p.stdout, f.dir)
	}
	for _, bad := range []string{"/missing", "-99", "--nowhere"} {
		if _, err := use(t, r, "%cd "+bad); err == nil || f.dir != "/quiet" {
			t.Errorf("%%cd %s: error %v, now in %s", bad, err, f.dir)
		}
	}
	if _, err := use(t, &Runner{Eval: &fake{dir: "/start"}}, "%cd -"); err == nil {
		t.Error("cd - without a previous folder is accepted")
	}
	if p := must(t, r, "%pwd"); !slices.Equal(p.results, []string{"/quiet"}) {
		t.Errorf("%%pwd shows %q", p.results)
	}
	must(t, r, "%ls *.go")
	if last := f.log[len(f.log)-1]; !strings.Contains(last, "*.go") {
		t.Errorf("%%ls runs %s", last)
	}
}

func TestEnv(t *testing.T) {
	f := &fake{env: map[string]string{"A": "1=2", "API_TOKEN": "s3cret"}}
	r := &Runner{Eval: f}
	if p := must(t, r, "%env"); p.results[0] != "A=1=2\nAPI_TOKEN=<hidden>" {
		t.Errorf("%%env shows %q", p.results)
	}
	if p := must(t, r, "%env A"); p.results[0] != "1=2" {
		t.Errorf("%%env A shows %q", p.results)
	}
	must(t, r, "x := %env API_TOKEN")
	if f.assigned[0].Value != "s3cret" {
		t.Errorf("assigned %v", f.assigned[0])
	}
	for text, want := range map[string]string{"B=c d": "c d", "B x y": "x y", "B=a=b": "a=b", "B=": ""} {
		if p := must(t, r, "%env "+text); f.env["B"] != want || p.stdout != "env: B="+want+"\n" {
			t.Errorf("%%env %s: %q, printed %q", text, f.env["B"], p.stdout)
		}
	}
	if _, err := use(t, r, "%env a b=c"); err == nil {
		t.Error("a name with a blank is accepted")
	}
}

func TestWritefile(t *testing.T) {
	dir := t.TempDir()
	r := &Runner{Eval: &fake{dir: dir}}
	for _, c := range []struct{ head, printed, want string }{
		{"%%writefile a.txt", "Writing a.txt\n", "x\n"},
		{"%%writefile a.txt", "Overwriting a.txt\n", "x\n"},
		{"%%writefile -a a.txt", "Appending to a.txt\n", "x\nx\n"},
		{"%%writefile \"b c.txt\"", "Writing b c.txt\n", "x\n"},
		{"%%writefile -a new.txt", "Writing new.txt\n", "x\n"},
	} {
		p := must(t, r, c.head+"\nx\n")
		name := strings.Fields(strings.TrimPrefix(c.printed, "Appending to "))
		if p.stdout != c.printed {
			t.Errorf("%s prints %q", c.head, p.stdout)
		}
		file := filepath.Join(dir, strings.Join(name[len(name)-1:], ""))
		if strings.Contains(c.printed, "b c") {
			file = filepath.Join(dir, "b c.txt")
		}
		if data, err := os.ReadFile(file); err != nil || string(data) != c.want {
			t.Errorf("%s: %q, %v", c.head, data, err)
		}
	}
	if _, err := use(t, r, "%%writefile\nx"); err == nil {
		t.Error("no file name is accepted")
	}
	if _, err := use(t, r, "%%writefile nowhere/at/all\nx"); err == nil {
		t.Error("a missing folder is accepted")
	}
}

func TestWorkersTierGetReset(t *testing.T) {
	f := &fake{workers: WorkerStatus{Cores: 8, Limit: 1.5, GOMAXPROCS: 2}, tier: TierStatus{
		Mode: "auto", Pending: 1, Plugins: 2, Bytes: 6_200_000, Note: "a note", Log: "gcc: no\n",
		Entries: []TierEntry{{"fib", "compiled", "declared"}, {"cell 3", "interpreted", "statements"}},
	}}
	r := &Runner{Eval: f}
	if p := must(t, r, "%workers 1"); p.stdout != "1 worker by default · 8 cores · cgroup limit 1.5 · GOMAXPROCS 2\n" {
		t.Errorf("%%workers prints %q", p.stdout)
	}
	if _, err := use(t, r, "%workers many"); err == nil {
		t.Error("workers many is accepted")
	}
	want := "tier interp · 1 build pending · 2 plugins loaded, about 6.2 MB\na note\n" +
		"Name     Tier          Why\n---------------------------------\n" +
		"fib      compiled      declared\ncell 3   interpreted   statements\n" +
		"a build has failed: %tier --log shows why\n"
	if p := must(t, r, "%tier interp"); p.stdout != want {
		t.Errorf("%%tier prints\n%s\nwant\n%s", p.stdout, want)
	}
	if p := must(t, r, "%tier --log"); p.stdout != "gcc: no\n" {
		t.Errorf("--log prints %q", p.stdout)
	}
	if p := must(t, r, "%get gonum.org/v1/gonum@v0.15.0"); p.stdout != "added gonum.org/v1/gonum@v0.15.0\n" {
		t.Errorf("%%get prints %q", p.stdout)
	}
	r.History.add(1, "x")
	must(t, r, "%reset -fs")
	if len(f.log) != 1 || len(r.History.entries) != 1 {
		t.Errorf("-s: session saw %q, history %v", f.log, r.History.entries)
	}
	if p := must(t, r, "%reset -f out in"); p.stdout != "Flushing output cache (0 entries)\nFlushing input history\n" || len(f.log) != 1 {
		t.Errorf("printed %q, session saw %q", p.stdout, f.log)
	}
	must(t, r, "%reset -f")
	if len(f.log) != 2 {
		t.Errorf("session saw %q", f.log)
	}
}

func TestHistoryToAFileAndFlushedOutputs(t *testing.T) {
	dir := t.TempDir()
	r := &Runner{Eval: &fake{dir: dir}}
	r.History.add(1, "x := 1")
	r.History.setOutput(1, "1")
	if p := must(t, r, "%history -no -f h.txt"); p.stdout != "" {
		t.Errorf("-f prints %q", p.stdout)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "h.txt")); err != nil || string(data) != "   1: x := 1\n1\n" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if p := must(t, r, "%reset out"); p.stdout != "Flushing output cache (1 entries)\n" {
		t.Errorf("printed %q", p.stdout)
	}
}

func TestShowMagics(t *testing.T) {
	r := &Runner{Eval: &fake{}}
	for name, mime := range map[string]string{"html": "text/html", "markdown": "text/markdown", "javascript": "application/javascript",
		"js": "application/javascript", "latex": "text/latex", "svg": "image/svg+xml"} {
		b := must(t, r, "%%"+name+"\n<b>x</b>").displays[0]
		if b.Data[mime] != "<b>x</b>" || b.Data["text/plain"] == "" || b.Metadata != nil {
			t.Errorf("%%%%%s shows %v", name, b)
		}
	}
	b := must(t, r, "%%html --isolated\nx").displays[0]
	if m, ok := b.Metadata["text/html"].(map[string]any); !ok || m["isolated"] != true {
		t.Errorf("--isolated: %v", b.Metadata)
	}
}

func TestGophernotesCommands(t *testing.T) {
	r := &Runner{Eval: &fake{}}
	must(t, r, "%go111module on")
	if p := must(t, r, "%go111module off"); !strings.Contains(p.stderr, "always on") {
		t.Errorf("off says %q", p.stderr)
	}
	if _, err := use(t, r, "%go111module maybe"); err == nil {
		t.Error("maybe is accepted")
	}
}
