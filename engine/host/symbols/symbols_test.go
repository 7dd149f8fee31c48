package symbols

import (
	"bytes"
	"flag"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/engine/stdinfo"
	"github.com/traefik/yaegi/interp"
)

// stdout collects what fn writes to the process's standard output, which interpreted code shares.
func stdout(t *testing.T, fn func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var reading sync.WaitGroup
	reading.Go(func() { io.Copy(&out, r) })
	old := os.Stdout
	os.Stdout = w
	defer func() {
		os.Stdout = old
		w.Close()
		reading.Wait()
		r.Close()
	}()
	fn()
	os.Stdout = old
	w.Close()
	reading.Wait()
	return out.String()
}

// newInterpreter returns an interpreter with std installed.
func newInterpreter(t testing.TB) *interp.Interpreter {
	t.Helper()
	i := interp.New(interp.Options{})
	if err := Install(i); err != nil {
		t.Fatal(err)
	}
	return i
}

func TestPrograms(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.go")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no programs in testdata: %v", err)
	}
	for _, name := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".go"), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := exec.Command("go", "run", name).CombinedOutput()
			if err != nil {
				t.Fatalf("go run %s: %v\n%s", name, err, want)
			}
			got := stdout(t, func() {
				if _, err := newInterpreter(t).Eval(string(src)); err != nil {
					t.Errorf("interpreted: %v", err)
				}
			})
			if got != string(want) {
				t.Errorf("interpreted:\n%s\ngo run:\n%s", got, want)
			}
		})
	}
}

func TestTheTablesHoldWhatTheTypesSay(t *testing.T) {
	for _, table := range tables {
		path := path.Dir(table.key)
		pkg, err := stdinfo.NewImporter(nil).Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for name := range Symbols[table.key] {
			if strings.HasPrefix(name, "_") {
				continue
			}
			obj := pkg.Scope().Lookup(name)
			if obj == nil || !obj.Exported() {
				t.Errorf("%s.%s is not in std", path, name)
			} else if _, isType := obj.(*types.TypeName); isType != isNilPointer(Symbols[table.key][name]) {
				if _, isVar := obj.(*types.Var); !isVar {
					t.Errorf("%s.%s: type %t, table says otherwise", path, name, isType)
				}
			} else if _, isVar := obj.(*types.Var); isVar && !Symbols[table.key][name].CanSet() {
				t.Errorf("%s.%s is a variable that can't be set", path, name)
			}
			if slices.Contains(Generic[path], name) {
				t.Errorf("%s.%s is in a table and in Generic", path, name)
			}
		}
	}
}

// TestUntypedConstantsAreExact compares every untyped constant with the type checker's, digit by digit.
func TestUntypedConstantsAreExact(t *testing.T) {
	n := 0
	for _, table := range tables {
		pkg, err := stdinfo.NewImporter(nil).Import(path.Dir(table.key))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range table.consts {
			want := pkg.Scope().Lookup(s.name).(*types.Const)
			n++
			if want.Val().Kind() == constant.Bool { // yaegi takes truth values as they are
				if got := Symbols[table.key][s.name]; got.Bool() != constant.BoolVal(want.Val()) {
					t.Errorf("%s.%s = %t", table.key, s.name, got.Bool())
				}
				continue
			}
			got, ok := Symbols[table.key][s.name].Interface().(constant.Value)
			if !ok {
				t.Errorf("%s.%s is a %s, not a constant", table.key, s.name, Symbols[table.key][s.name].Type())
			} else if !constant.Compare(got, token.EQL, want.Val()) {
				t.Errorf("%s.%s = %s, want %s", table.key, s.name, got.ExactString(), want.Val().ExactString())
			} else if float := want.Type() == types.Typ[types.UntypedFloat]; float != (got.Kind() == constant.Float) {
				t.Errorf("%s.%s is of kind %s, its type is %s", table.key, s.name, got.Kind(), want.Type())
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d untyped constants", n)
	}
}

// isNilPointer says whether a symbol has the form of a type.
func isNilPointer(v reflect.Value) bool { return v.Kind() == reflect.Pointer && v.IsNil() }

// TestNothingPortableIsMissing holds the tables and Generic against all of std: what neither has is accounted for.
func TestNothingPortableIsMissing(t *testing.T) {
	platformOnly := []string{"log/syslog", "syscall"}
	leftOut := []string{"expvar", "net/http/pprof", "plugin", "runtime/cgo", "unsafe"}
	var missing []string
	for _, path := range stdinfo.Packages() {
		pkg, err := stdinfo.NewImporter(nil).Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Scope().Names() {
			if !pkg.Scope().Lookup(name).Exported() || Has(path, name) || slices.Contains(Generic[path], name) ||
				slices.Contains(platformOnly, path) || slices.Contains(leftOut, path) {
				continue
			}
			missing = append(missing, path+"."+name)
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d names: %s", len(missing), missing)
	}
}

func TestHas(t *testing.T) {
	for _, c := range []struct {
		path, name string
		want       bool
	}{
		{"strings", "SplitSeq", true},
		{"math/rand/v2", "IntN", true},
		{"math/rand/v2", "N", false},
		{"sync", "WaitGroup", true},
		{"sync/atomic", "Pointer", false},
		{"slices", "Sort", false},
		{"io", "_Reader", false},
		{"unsafe", "Pointer", true},
		{"syscall", "SIGTERM", true},
		{"syscall", "EpollWait", false},
		{"expvar", "NewInt", false},
		{"nosuch", "X", false},
		{"fmt", "", false},
		{".", "MapTypes", false},
	} {
		if got := Has(c.path, c.name); got != c.want {
			t.Errorf("%s.%s: %t, want %t", c.path, c.name, got, c.want)
		}
	}
	for path, names := range map[string][]string{"slices": {"SortFunc"}, "sync/atomic": {"Pointer"}, "errors": {"AsType"}, "cmp": {"Ordered"}, "iter": {"Seq"}} {
		for _, name := range names {
			if !slices.Contains(Generic[path], name) {
				t.Errorf("Generic[%q] = %v lacks %s", path, Generic[path], name)
			}
		}
	}
}

// TestExitCallsTheHook runs each way out of the process that interpreted code has.
func TestExitCallsTheHook(t *testing.T) {
	for src, want := range map[string]ExitCode{
		`import "os"; os.Exit(3)`:              3,
		`import "log"; log.Fatal("a", 1)`:      1,
		`import "log"; log.Fatalf("%d", 1)`:    1,
		`import "log"; log.Fatalln("a", 1)`:    1,
		`import "syscall"; syscall.Exit(4)`:    4,
		`import . "os"; func() { Exit(5) }()`:  5,
		`import "os"; f := os.Exit; f(6)`:      6,
		`import "os"; defer os.Exit(7)`:        7,
		`import "os"; func() { os.Exit(8) }()`: 8,
	} {
		i := newInterpreter(t)
		var got any
		for _, line := range strings.SplitN(src, "; ", 2) {
			func() {
				defer func() {
					if r := recover(); r != nil {
						got = r
					}
				}()
				_, err := i.Eval(line)
				if p, ok := err.(interp.Panic); ok {
					got = p.Value
				} else if err != nil {
					t.Errorf("%s: %v", src, err)
				}
			}()
		}
		if got != want {
			t.Errorf("%s: %v, want %v", src, got, want)
		}
	}
	if want := "os.Exit(3)"; ExitCode(3).Error() != want {
		t.Errorf("%v, want %s", ExitCode(3), want)
	}
}

// TestStateIsShared sets std's variables in interpreted code and looks at them in compiled code.
func TestStateIsShared(t *testing.T) {
	out, prefix := os.Stdout, log.Prefix()
	defer func() {
		os.Stdout = out
		log.SetPrefix(prefix)
	}()
	i := newInterpreter(t)
	for _, src := range []string{`import ("os"; "log"; "flag")`, `os.Stdout = os.Stderr`, `log.SetPrefix("shared: ")`, `flag.Int("symbols_test_n", 3, "")`} {
		if _, err := i.Eval(src); err != nil {
			t.Fatalf("%s: %v", src, err)
		}
	}
	if os.Stdout != os.Stderr {
		t.Error("os.Stdout set by interpreted code is not the process's")
	}
	if log.Prefix() != "shared: " {
		t.Errorf("log's prefix is %q", log.Prefix())
	}
	if f := flag.Lookup("symbols_test_n"); f == nil || f.DefValue != "3" {
		t.Errorf("flag defined by interpreted code: %v", f)
	}
}

// TestEveryPackageCanBeImported gives all of std to one program.
func TestEveryPackageCanBeImported(t *testing.T) {
	var src strings.Builder
	for k, table := range tables {
		fmt.Fprintf(&src, "import p%d %q\n", k, path.Dir(table.key))
	}
	if _, err := newInterpreter(t).Eval(src.String()); err != nil {
		t.Fatal(err)
	}
}

func TestGenericNamesAreGeneric(t *testing.T) {
	for _, path := range slices.Sorted(maps.Keys(Generic)) {
		pkg, err := stdinfo.NewImporter(nil).Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range Generic[path] {
			if pkg.Scope().Lookup(name) == nil {
				t.Errorf("%s.%s is not in std", path, name)
			}
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load()
	}
}

func BenchmarkInstall(b *testing.B) {
	for b.Loop() {
		newInterpreter(b)
	}
}
