package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// DefaultName and DefaultDisplayName are the kernelspec's names.
const (
	DefaultName        = "goblaze"
	DefaultDisplayName = "Go (GoBlaze)"
)

// InstallOptions say where a kernelspec goes and what it starts. The zero
// value installs this executable for the user. At most one of User, SysPrefix
// and Prefix may be set.
type InstallOptions struct {
	User      bool   // the user's Jupyter data folder (JUPYTER_DATA_DIR honoured); the default
	SysPrefix bool   // the active Python environment: $VIRTUAL_ENV, $CONDA_PREFIX, or python3's sys.prefix
	Prefix    string // PREFIX/share/jupyter/kernels

	Name        string            // the folder's name, default DefaultName
	DisplayName string            // default DefaultDisplayName
	Binary      string            // default os.Executable; copied beside the spec if it lies in a temporary folder
	Args        []string          // further arguments of `goblaze kernel`
	MemoryLimit string            // passed on as --memory-limit, "" for none
	Env         map[string]string // environment of the kernel
	Version     string            // kept in the spec's metadata
}

// A Spec is an installed kernelspec.
type Spec struct {
	Name        string   // the folder's name
	Dir         string   // the folder
	DisplayName string   // what front ends show
	Language    string   // as the spec says
	Argv        []string // what Jupyter starts
	Ours        bool     // written by Install
}

// specFile is kernel.json.
type specFile struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env,omitempty"`
	Metadata      map[string]any    `json:"metadata"`
}

// metadataKey marks the specs that Install wrote.
const metadataKey = "goblaze"

var validName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// Install writes a kernelspec, replacing one of the same name that it wrote
// before, and returns its folder.
func Install(o InstallOptions) (dir string, err error) {
	dir, err = o.dir()
	if err != nil {
		return "", err
	}
	if err := refuseForeign(dir); err != nil {
		return "", err
	}
	binary := o.Binary
	if binary == "" {
		if binary, err = os.Executable(); err != nil {
			return "", fmt.Errorf("install: %w", err)
		}
	}
	if binary, err = filepath.Abs(binary); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", fmt.Errorf("install: %w (choose another place with --user or --prefix DIR)", err)
	}
	// Written beside and renamed, so that Jupyter never sees half a spec.
	staging, err := os.MkdirTemp(filepath.Dir(dir), ".goblaze-")
	if err != nil {
		return "", fmt.Errorf("install: %w (choose another place with --user or --prefix DIR)", err)
	}
	defer os.RemoveAll(staging)
	if isTemporary(binary) {
		name := "goblaze" + filepath.Ext(binary)
		if err := copyFile(filepath.Join(staging, name), binary); err != nil {
			return "", fmt.Errorf("install: %w", err)
		}
		binary = filepath.Join(dir, name)
	}
	if err := o.write(staging, binary); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	if err := os.Rename(staging, dir); err != nil {
		return "", fmt.Errorf("install: %w", err)
	}
	return dir, nil
}

// write fills a kernelspec folder.
func (o InstallOptions) write(folder, binary string) error {
	argv := append([]string{binary, "kernel"}, o.Args...)
	if o.MemoryLimit != "" {
		argv = append(argv, "--memory-limit", o.MemoryLimit)
	}
	display := o.DisplayName
	if display == "" {
		display = DefaultDisplayName
	}
	data, err := json.MarshalIndent(specFile{
		Argv: append(argv, "{connection_file}"), DisplayName: display, Language: "go",
		InterruptMode: "message", Env: o.Env,
		Metadata: map[string]any{metadataKey: map[string]any{"version": o.Version}, "debugger": false},
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return err
	}
	files := logoFiles()
	files["kernel.json"] = append(data, '\n')
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Uninstall removes the kernelspec that Install would write with o and
// returns its folder. It removes only what Install wrote.
func Uninstall(o InstallOptions) (dir string, err error) {
	dir, err = o.dir()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return dir, fmt.Errorf("uninstall: there is no kernelspec at %s (`goblaze doctor` lists those there are)", dir)
	}
	if err := refuseForeign(dir); err != nil {
		return dir, err
	}
	return dir, os.RemoveAll(dir)
}

// refuseForeign fails when dir holds something Install did not write.
func refuseForeign(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	spec, err := readSpec(dir)
	if err != nil || !spec.Ours {
		return fmt.Errorf("%s is there and was not written by GoBlaze: remove it, or choose another --name", dir)
	}
	return nil
}

// List returns the kernelspecs Jupyter finds, in its order of search; of
// several with one name only the first.
func List() []Spec {
	var specs []Spec
	for _, folder := range searchPath() {
		entries, err := os.ReadDir(filepath.Join(folder, "kernels"))
		if err != nil {
			continue // a folder that is not there holds none
		}
		for _, e := range entries {
			spec, err := readSpec(filepath.Join(folder, "kernels", e.Name()))
			known := slices.ContainsFunc(specs, func(s Spec) bool { return s.Name == spec.Name })
			if err == nil && !known {
				specs = append(specs, spec)
			}
		}
	}
	return specs
}

func readSpec(dir string) (Spec, error) {
	data, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		return Spec{}, err
	}
	var file specFile
	if err := json.Unmarshal(data, &file); err != nil {
		return Spec{}, fmt.Errorf("%s: %w", dir, err)
	}
	_, ours := file.Metadata[metadataKey]
	return Spec{
		Name: strings.ToLower(filepath.Base(dir)), Dir: dir, DisplayName: file.DisplayName,
		Language: file.Language, Argv: file.Argv, Ours: ours,
	}, nil
}

// isTemporary says whether path will not be there for long: `go run` and
// `go test` build into temporary folders.
func isTemporary(path string) bool {
	for _, part := range strings.Split(filepath.ToSlash(path), "/") {
		if strings.HasPrefix(part, "go-build") || strings.HasPrefix(part, "go-run") {
			return true
		}
	}
	temp, err := filepath.EvalSymlinks(os.TempDir())
	if err != nil {
		temp = os.TempDir()
	}
	rel, err := filepath.Rel(temp, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// copyFile copies an executable.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
