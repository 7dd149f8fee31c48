package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/goblaze/goblaze/engine"
)

// leastInterpreted is how many cells of the scripts run without a toolchain; of
// the others most miss a declaration of a first cell that is refused.
const leastInterpreted = 75

// TestVectorizeScriptsWithoutToolchain runs the scripts of testdata/vectorize
// where nothing can be compiled. A cell shows what it shows compiled, with the
// tier interpreted, or is refused because it needs the toolchain; what follows a
// refused cell of a script may miss it.
func TestVectorizeScriptsWithoutToolchain(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "goblaze")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := filepath.Glob("testdata/vectorize/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	var same, refused int
	for _, f := range files {
		s, r := runInterpreted(t, bin, f)
		same, refused = same+s, refused+r
	}
	t.Logf("%d cells as compiled, %d refused", same, refused)
	if same < leastInterpreted {
		t.Errorf("%d cells run as compiled, want %d", same, leastInterpreted)
	}
}

// runInterpreted runs one script and counts its cells.
func runInterpreted(t *testing.T, bin, file string) (same, refused int) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := engine.NewSession(engine.Options{Notebook: t.TempDir(), Dir: t.TempDir(), Command: []string{bin, "engine"}, Sources: sources})
	if err != nil {
		t.Fatal(err)
	}
	x := newExecutor(s)
	defer func() {
		_ = s.Close()
		x.prepared.Wait()
	}()
	files := txtar.Parse(text).Files
	for i, count := 0, 0; i < len(files); i++ {
		if files[i].Name != "cell" {
			continue
		}
		count++
		var want [][2]string
		for j := i + 1; j < len(files) && files[j].Name != "cell"; j++ {
			want = append(want, [2]string{files[j].Name, strings.TrimSpace(string(files[j].Data))})
		}
		got := execute(x, count, string(files[i].Data)).sections()
		if refused > 0 { // what a refused cell would have imported
			got = slices.DeleteFunc(got, func(s [2]string) bool { return s[0] == "note" && strings.HasPrefix(s[1], "note: imported") })
			want = slices.DeleteFunc(want, func(s [2]string) bool { return s[0] == "note" && strings.HasPrefix(s[1], "note: imported") })
		}
		switch {
		case slices.EqualFunc(got, want, sameSection):
			same++
		case slices.ContainsFunc(got, func(s [2]string) bool { return s[0] == "error" && isRefusal(s[1]) }):
			refused++
			t.Logf("refused: %s", got[len(got)-1][1])
		case refused > 0 && slices.ContainsFunc(got, func(s [2]string) bool {
			return s[0] == "error" && (strings.Contains(s[1], "undefined: ") || strings.Contains(s[1], "has no field or method"))
		}):
			refused++
		default:
			t.Errorf("%s, cell %d:\n%s\ngot  %q\nwant %q", filepath.Base(file), count, files[i].Data, got, want)
		}
	}
	return same, refused
}

func isRefusal(text string) bool { return strings.Contains(text, "the Go toolchain") }

// sameSection compares what two tiers show, the tier itself aside. Of a panic
// interpreted code tells the innermost line only.
func sameSection(got, want [2]string) bool {
	text, wanted := strings.ReplaceAll(got[1], "interpreted", "compiled"), strings.ReplaceAll(want[1], "interpreted", "compiled")
	return got[0] == want[0] && (text == wanted || got[0] == "error" && strings.Contains(text, "panic: ") && strings.HasPrefix(wanted, text))
}
