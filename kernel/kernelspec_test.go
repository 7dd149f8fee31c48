package kernel

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstallUninstallList(t *testing.T) {
	data := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", data)
	t.Setenv("JUPYTER_PATH", "")
	dir, err := Install(InstallOptions{User: true, Binary: "/opt/goblaze/bin/goblaze", MemoryLimit: "2GiB", Version: "1.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(data, "kernels", "goblaze"); dir != want {
		t.Errorf("installed at %s, want %s", dir, want)
	}
	var spec specFile
	raw, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil || json.Unmarshal(raw, &spec) != nil {
		t.Fatal(err, string(raw))
	}
	want := []string{"/opt/goblaze/bin/goblaze", "kernel", "--memory-limit", "2GiB", "{connection_file}"}
	if !slices.Equal(spec.Argv, want) || spec.Language != "go" || spec.InterruptMode != "message" || spec.DisplayName != DefaultDisplayName {
		t.Errorf("kernel.json: %s", raw)
	}
	for name, size := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(content))
		if err != nil || img.Bounds().Dx() != size || img.Bounds().Dy() != size {
			t.Errorf("%s: %v %v", name, img, err)
		}
	}
	if !slices.ContainsFunc(List(), func(s Spec) bool { return s.Dir == dir && s.Ours && s.Language == "go" }) {
		t.Errorf("List does not have it: %v", List())
	}
	if _, err := Install(InstallOptions{Binary: "/opt/other"}); err != nil { // again, over it
		t.Error(err)
	}
	if _, err := Uninstall(InstallOptions{}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}
	if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := Uninstall(InstallOptions{}); err == nil || !strings.Contains(err.Error(), "no kernelspec") {
		t.Errorf("second uninstall: %v", err)
	}
}

func TestInstallCopiesTemporaryBinary(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	binary := filepath.Join(os.TempDir(), "go-build123", "exe", "goblaze")
	if err := os.MkdirAll(filepath.Dir(binary), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(binary, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	prefix := t.TempDir()
	dir, err := Install(InstallOptions{Prefix: prefix, Binary: binary, Name: "Mine"})
	if err != nil {
		t.Fatal(err)
	}
	spec, err := readSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(prefix, "share", "jupyter", "kernels", "mine", "goblaze"); spec.Argv[0] != want {
		t.Errorf("argv[0] %s, want %s", spec.Argv[0], want)
	}
	info, err := os.Stat(spec.Argv[0])
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("the copy is not executable: %v %v", info, err)
	}
}

func TestInstallRefuses(t *testing.T) {
	prefix := t.TempDir()
	foreign := filepath.Join(prefix, "share", "jupyter", "kernels", "python3")
	if err := os.MkdirAll(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(foreign, "kernel.json"), []byte(`{"argv":["python3"],"language":"python"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for word, o := range map[string]InstallOptions{
		"not written by GoBlaze": {Prefix: prefix, Name: "python3"},
		"only letters":           {Prefix: prefix, Name: "a b"},
		"choose one":             {Prefix: prefix, User: true},
	} {
		if _, err := Install(o); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("Install(%+v): %v, want %q", o, err, word)
		}
		if _, err := Uninstall(o); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("Uninstall(%+v): %v, want %q", o, err, word)
		}
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("the foreign spec is gone:", err)
	}
}

func TestSysPrefix(t *testing.T) {
	env := t.TempDir()
	t.Setenv("VIRTUAL_ENV", env)
	dir, err := Install(InstallOptions{SysPrefix: true, Binary: "/opt/goblaze"})
	if err != nil || dir != filepath.Join(env, "share", "jupyter", "kernels", "goblaze") {
		t.Errorf("%s %v", dir, err)
	}
}
