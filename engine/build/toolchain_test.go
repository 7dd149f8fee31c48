package build

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	tc, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(tc.Version, "go1.") || !filepath.IsAbs(tc.CC) || !filepath.IsAbs(tc.Go) {
		t.Errorf("%+v", tc)
	}
	if err := tc.CheckC(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFindSaysWhatIsMissing(t *testing.T) {
	goOnly := t.TempDir()
	if err := os.Symlink(shared.t.Go, filepath.Join(goOnly, "go")); err != nil {
		t.Fatal(err)
	}
	old := t.TempDir()
	script(t, old, "go", `echo "go: go.mod requires go >= 1.26.0 (running go 1.21.0; GOTOOLCHAIN=local)" >&2; exit 1`)
	for name, c := range map[string]struct {
		env          map[string]string
		what, remedy string
	}{
		"no go":      {map[string]string{"PATH": t.TempDir(), "GOROOT": ""}, "no go command", "https://go.dev/dl/"},
		"no gcc":     {map[string]string{"PATH": goOnly}, "no C compiler (gcc)", "apt-get install gcc"},
		"other CC":   {map[string]string{"CC": "nosuchcc"}, "no C compiler (nosuchcc)", "apt-get install gcc"},
		"cgo off":    {map[string]string{"CGO_ENABLED": "0"}, "CGO_ENABLED=0", "unset it"},
		"old go":     {map[string]string{"PATH": old}, "older than Go 1.26.0", "go.dev/dl"},
		"broken set": {map[string]string{"GOFLAGS": "", "GOOS": "nosuchos", "GOTOOLCHAIN": "nonsense"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for key, value := range c.env {
				t.Setenv(key, value)
			}
			_, err := Find(t.Context())
			var m *Missing
			if !errors.As(err, &m) || !strings.Contains(m.What, c.what) || !strings.Contains(m.Remedy, c.remedy) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFlagsThatSplitHostAndPluginsAreDropped(t *testing.T) {
	for goflags, want := range map[string]struct {
		kept    string
		ignored []string
	}{
		"":                              {"", nil},
		"-tags=netgo -race":             {"-tags=netgo", []string{"-race"}},
		"-buildvcs=false --modcacherw":  {"--modcacherw", nil},
		"-mod=vendor -gcflags=all=-N=1": {"", []string{"-gcflags=all=-N=1"}},
	} {
		kept, ignored := filterFlags(goflags)
		if kept != want.kept || !slices.Equal(ignored, want.ignored) {
			t.Errorf("%q: kept %q, ignored %q", goflags, kept, ignored)
		}
	}
}

// A toolchain found under hostile settings has the same engine as one found without: nothing of them reaches a build.
func TestHostileSettingsChangeNothing(t *testing.T) {
	for key, value := range map[string]string{"GOFLAGS": "-race -trimpath -gcflags=-N", "GOOS": "plan9", "GOARCH": "arm", "GOWORK": "/nowhere/go.work", "GO111MODULE": "off", "CGO_ENABLED": "1"} {
		t.Setenv(key, value)
	}
	tc, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(tc.Ignored) != 3 {
		t.Errorf("ignored: %q", tc.Ignored)
	}
	e, ok := tc.Ready(tree())
	if !ok {
		t.Fatal("the engine would be built anew")
	}
	s, err := e.Session(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	want(t, load(t, build(t, s, cell("nb/hostile", `import "fmt"
func init() { fmt.Println("fine") }`))), "fine\n")
}

func TestSettingsThatChangeCodeChangeTheKey(t *testing.T) {
	for key, value := range map[string]string{"GOAMD64": "v3", "GOARM64": "v9.0", "CGO_CFLAGS": "-O1", "GOFLAGS": "-tags=netgo"} {
		if (key == "GOAMD64" && shared.t.GOARCH != "amd64") || (key == "GOARM64" && shared.t.GOARCH != "arm64") {
			continue
		}
		t.Run(key, func(t *testing.T) {
			t.Setenv(key, value)
			tc, err := Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if tc.id == shared.t.id && (key != "GOAMD64" || shared.t.GOARCH == "amd64") {
				t.Errorf("%s=%s: same key", key, value)
			}
		})
	}
}

func TestBrokenCompilerIsMissing(t *testing.T) {
	dir := t.TempDir()
	script(t, dir, "badcc", `echo "stdlib.h: No such file or directory" >&2; exit 1`)
	tc := *shared.t
	tc.CC = filepath.Join(dir, "badcc")
	var m *Missing
	if err := tc.CheckC(t.Context()); !errors.As(err, &m) || !strings.Contains(m.What, "stdlib.h") {
		t.Errorf("got %v", err)
	}
}

func script(t testing.TB, dir, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}
