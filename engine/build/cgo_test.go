package build

import (
	"errors"
	"strings"
	"testing"
)

func TestCgo(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "twice.h", "static int twice(int x) { return 2 * x; }\n")
	s := newSession(t, folder)
	plain := build(t, s, cell("nb/cgoPlain", "type Celsius float64\nfunc Zero() Celsius { return 0 }"))
	c := build(t, s, cell("nb/cgoC", `
/*
#cgo linux LDFLAGS: -lm
#cgo plan9 LDFLAGS: -lnosuch
#include <math.h>
#include <stdlib.h>
#include "twice.h"

struct pair { int a, b; };

extern int goAdd(int, int);
static int add(struct pair p) { return goAdd(p.a, p.b); }
*/
import "C"
import ("fmt"; "unsafe"; plain "nb/cgoPlain")

//export goAdd
func goAdd(a, b C.int) C.int { return a + b }

func Root(x float64) plain.Celsius {
	text := C.CString("text")
	defer C.free(unsafe.Pointer(text))
	return plain.Celsius(C.sqrt(C.double(x))) + plain.Zero()
}

func init() {
	fmt.Println(Root(16), C.twice(21), C.add(C.struct_pair{a: 1, b: 2}))
	_, err := C.sqrt(-1)
	fmt.Println(err)
}`))
	user := build(t, s, cell("nb/cgoUser", `import ("fmt"; c "nb/cgoC")
func init() { fmt.Printf("%T %v\n", c.Root(9), c.Root(9)) }`))
	want(t, load(t, plain, c, user), "4 42 3\nnumerical argument out of domain\nmain.Celsius 3\n")
	if again := build(t, newSession(t, folder), cell("nb/cgoPlain", "type Celsius float64\nfunc Zero() Celsius { return 0 }")); !again.Cached {
		t.Error("the package beside was built again")
	}
}

func TestMistakesInC(t *testing.T) {
	s := newSession(t, "")
	_, err := s.Build(t.Context(), cell("nb/cgoBad1", "// int f(void) { return undeclared; }\nimport \"C\"\nvar X = C.f()"))
	var compile *CompileError
	if !errors.As(err, &compile) || !strings.Contains(compile.Log, "undeclared") {
		t.Errorf("C that does not compile: %v", err)
	}
	_, err = s.Build(t.Context(), cell("nb/cgoBad2", "// #cgo LDFLAGS: -lnosuchlibrary\n// int f(void) { return 1; }\nimport \"C\"\nvar X = C.f"+"()"))
	var link *LinkError
	if !errors.As(err, &link) || !strings.Contains(link.Log, "nosuchlibrary") {
		t.Errorf("a library that is not there: %v", err)
	}
	_, err = s.Build(t.Context(), cell("nb/cgoBad3", "import \"C\"\nvar X int = C.nosuch()"))
	if !errors.As(err, &compile) || !strings.Contains(compile.Log, "nosuch") {
		t.Errorf("a C name that is not there: %v", err)
	}
}

func TestCgoConditions(t *testing.T) {
	src := []byte("// #cgo CFLAGS: -DA=1\n/*\n#cgo linux,!arm64 darwin LDFLAGS: -lb -lc\n#cgo windows LDFLAGS: -ld\n#cgo pkg-config: zlib\n*/\n")
	got := cgoLines(src, "linux", "amd64")
	if len(got) != 3 || got[0] != (cgoLine{"CFLAGS", "-DA=1"}) || got[1] != (cgoLine{"LDFLAGS", "-lb -lc"}) || got[2] != (cgoLine{"pkg-config", "zlib"}) {
		t.Errorf("%q", got)
	}
	if got := cgoLines(src, "linux", "arm64"); len(got) != 2 {
		t.Errorf("arm64: %q", got)
	}
}
