package build

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestCleanKeepsWhatLivesAndWhatWasUsedLast(t *testing.T) {
	t.Setenv("GOBLAZE_CACHE", t.TempDir())
	e, err := shared.t.Engine(t.Context(), tree(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	session := func() *Session {
		s, err := e.Session(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	live, ended := session(), session()
	kept := build(t, live, cell("nb/live", "var X = 1"))
	old := build(t, ended, cell("nb/old", "var X = 2"))
	recent := build(t, ended, cell("nb/recent", "var X = 3"))
	ended.Close()
	long := time.Now().Add(-time.Hour)
	for _, p := range []*Plugin{kept, old} {
		if err := os.Chtimes(p.File, long, long); err != nil {
			t.Fatal(err)
		}
	}
	abandoned := filepath.Join(e.dir, "tmp", "build-1")
	if err := os.MkdirAll(abandoned, 0o755); err != nil {
		t.Fatal(err)
	}
	before := long.Add(-time.Hour)
	if err := os.Chtimes(abandoned, before, before); err != nil {
		t.Fatal(err)
	}
	usage, err := Clean(t.Context(), kept.Size+recent.Size+old.Size)
	if err != nil {
		t.Fatal(err)
	}
	if exists(old.File) || !exists(kept.File) || !exists(recent.File) || usage.Removed < old.Size {
		t.Errorf("old %t, live %t, recent %t, %+v", exists(old.File), exists(kept.File), exists(recent.File), usage)
	}
	if exists(abandoned) {
		t.Error("an abandoned build's folder is still there")
	}
	if usage, err = Clean(t.Context(), 0); err != nil || !exists(kept.File) || exists(recent.File) {
		t.Errorf("to nothing: live %t, recent %t, %+v, %v", exists(kept.File), exists(recent.File), usage, err)
	}
	if p := build(t, live, cell("nb/live", "var X = 1")); !p.Cached {
		t.Error("what the live session uses was lost")
	}
}

func TestCleanRemovesUnusedEngines(t *testing.T) {
	t.Setenv("GOBLAZE_CACHE", t.TempDir())
	e, err := shared.t.Engine(t.Context(), tree(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-2 * unusedAfter)
	ready := filepath.Join(e.dir, "ready.json")
	if err := os.Chtimes(ready, long, long); err != nil {
		t.Fatal(err)
	}
	if _, err := Clean(t.Context(), DefaultCacheSize); err != nil || !exists(ready) {
		t.Errorf("an engine in use: there %t, %v", exists(ready), err)
	}
	s.Close()
	if _, err := Clean(t.Context(), DefaultCacheSize); err != nil || exists(e.dir) {
		t.Errorf("an unused engine: there %t, %v", exists(e.dir), err)
	}
}

// A lease whose process died without a word is a file that nobody locks.
func TestLeasesOfDeadProcessesBindNothing(t *testing.T) {
	s := store{t.TempDir()}
	stale := filepath.Join(s.dir, "live", "1-x")
	write(t, s.dir, "live/1-x", "a.so\n")
	if names, sessions := s.live(); len(names) != 0 || sessions != 0 || exists(stale) {
		t.Errorf("names %v, sessions %d, file there %t", names, sessions, exists(stale))
	}
}
