package charts

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestDump(t *testing.T) {
	dir := os.Getenv("DUMP")
	if dir == "" {
		return
	}
	for name, r := range samples() {
		t0 := time.Now()
		b, err := Report(r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		h := b.Data["text/html"].(string)
		t.Logf("%s: %v, %d bytes, without library %d\n%s", name, time.Since(t0), len(h), len(h)-len(libraryElement()), b.Data["text/plain"])
		for _, theme := range []string{"light", "dark"} {
			bg := map[string]string{"light": "#fff;color:#000", "dark": "#111;color:#ddd"}[theme]
			os.WriteFile(filepath.Join(dir, name+"-"+theme+".html"), []byte(`<!doctype html><meta charset=utf-8><body style="font-family:sans-serif;background:`+bg+`">`+h), 0o644)
		}
	}
}
