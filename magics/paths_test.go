package magics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompletePath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"data/one.csv", "data/.hidden", "data/two words.csv", "date.txt", "größe/x"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		line string // | is the cursor
		want string // matches, parted by commas; "none": not a path's place
		from int
	}{
		{"%cd da|", "data/", 4},
		{"%cd -q da|", "data/", 7},
		{"%ls da|", "data/,date.txt", 4},
		{"%ls -l da|", "data/,date.txt", 7},
		{"%%writefile -a da|", "data/,date.txt", 15},
		{"!cat data/|", `data/one.csv,data/two\ words.csv`, 5},
		{`!cat data/two\ w|`, `data/two\ words.csv`, 5},
		{"x := !wc -l data/o|ne", "data/one.csv", 12},
		{"y := 1\n!cat data/.|", "data/.hidden", 12},
		{"!cat grö|", "größe/", 5},
		{"!cat " + dir + "/dat|", dir + "/data/," + dir + "/date.txt", 5},
		{"!cat nowhere/|", "", 5},
		{"!da|", "none", 0},
		{"!cat -da|", "none", 0},
		{"!cat \"da|", "none", 0},
		{"ok = da|", "none", 0},
		{"%cd|", "none", 0},
		{"%timeit da|", "none", 0},
	} {
		before, after, _ := strings.Cut(c.line, "|")
		got, ok := CompletePath(before+after, len([]rune(before)), dir)
		switch {
		case c.want == "none":
			if ok {
				t.Errorf("%s: %v", c.line, got)
			}
		case !ok || strings.Join(got.Matches, ",") != c.want || got.Start != c.from || got.End != len([]rune(before)):
			t.Errorf("%s: %q from %d to %d, want %q from %d", c.line, got.Matches, got.Start, got.End, c.want, c.from)
		}
	}
}
