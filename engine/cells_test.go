package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// TestCells runs the scripts in testdata/cells: sections "cell" run one after
// another in one session, each followed by what it gives: "out" (stdout),
// "value" (the last expression, as text), "note" (stderr) and "err" (the error,
// with its trace). A section left out means: nothing of the kind.
func TestCells(t *testing.T) {
	files, err := filepath.Glob("testdata/cells/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cell scripts: %v", err)
	}
	e := testEngine(t)
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(f)
			if err != nil {
				t.Fatal(err)
			}
			s := newTestSession(t, e)
			if err := s.SetTier("compiled"); err != nil {
				t.Fatal(err)
			}
			runScript(t, s, cellsOf(t, a))
		})
	}
}

// A scriptCell is a cell and what it must give, by section name.
type scriptCell struct {
	text string
	want map[string]string
}

func cellsOf(t *testing.T, a *txtar.Archive) (cells []*scriptCell) {
	t.Helper()
	for _, f := range a.Files {
		switch f.Name {
		case "cell":
			cells = append(cells, &scriptCell{text: string(f.Data), want: map[string]string{}})
		case "out", "value", "note", "err":
			if len(cells) == 0 {
				t.Fatalf("section %s stands before the first cell", f.Name)
			}
			cells[len(cells)-1].want[f.Name] = string(f.Data)
		default:
			t.Fatalf("unknown section %s", f.Name)
		}
	}
	return cells
}

func runScript(t *testing.T, s *Session, cells []*scriptCell) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	for i, c := range cells {
		rec := &recorder{}
		b, err := s.Exec(ctx, s.Begin(i+1, c.text, rec), Source{Text: c.text, Line: 1, Col: 1})
		got := map[string]string{"out": rec.stdout(), "note": rec.stderr(), "err": errorWords(err)}
		if b != nil {
			got["value"] = fmt.Sprint(b.Data["text/plain"])
		}
		for _, section := range []string{"out", "value", "note", "err"} {
			want, have := strings.TrimSpace(c.want[section]), strings.TrimSpace(got[section])
			if want != have {
				t.Errorf("cell %d, %s:\n%s\nwant:\n%s\nthe cell:\n%s", i+1, section, have, want, c.text)
			}
		}
	}
}

func errorWords(err error) string {
	var re *RuntimeError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &re):
		return re.Trace()
	}
	return err.Error()
}

// stderr returns what was written to stderr, without the notes that depend on
// how fast the machine builds.
func (r *recorder) stderr() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.ReplaceAll(r.err.String(), "note: compiling…\n", "")
}
