package kernel

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// dir is the kernelspec folder the options name.
func (o InstallOptions) dir() (string, error) {
	name := o.Name
	if name == "" {
		name = DefaultName
	}
	if !validName.MatchString(name) {
		return "", fmt.Errorf("kernel name %q: only letters, digits, '.', '-' and '_' are allowed", name)
	}
	set := 0
	for _, on := range []bool{o.User, o.SysPrefix, o.Prefix != ""} {
		if on {
			set++
		}
	}
	if set > 1 {
		return "", errors.New("choose one of --user, --sys-prefix and --prefix")
	}
	data, err := o.dataDir()
	if err != nil {
		return "", err
	}
	data, err = filepath.Abs(data)
	return filepath.Join(data, "kernels", strings.ToLower(name)), err
}

func (o InstallOptions) dataDir() (string, error) {
	switch {
	case o.Prefix != "":
		return filepath.Join(o.Prefix, "share", "jupyter"), nil
	case o.SysPrefix:
		prefix, err := pythonPrefix()
		return filepath.Join(prefix, "share", "jupyter"), err
	}
	return userDataDir()
}

// userDataDir is Jupyter's data folder of the user, as jupyter_core finds it.
func userDataDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, "jupyter"), nil
		}
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS != "darwin" {
		return filepath.Join(dir, "jupyter"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("%w: set HOME, JUPYTER_DATA_DIR, or use --prefix DIR", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// pythonPrefix is the sys.prefix of the Python environment that is active.
func pythonPrefix() (string, error) {
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := os.Getenv(name); dir != "" {
			return dir, nil
		}
	}
	for _, python := range []string{"python3", "python"} {
		out, err := exec.Command(python, "-c", "import sys; print(sys.prefix)").Output()
		if err == nil {
			return strings.TrimSpace(string(out)), nil
		}
	}
	return "", errors.New("--sys-prefix needs an active virtualenv or conda environment, or python3 on the PATH")
}

// searchPath lists the folders whose kernels/ Jupyter searches, in order.
func searchPath() []string {
	path := filepath.SplitList(os.Getenv("JUPYTER_PATH"))
	if dir, err := userDataDir(); err == nil {
		path = append(path, dir)
	}
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := os.Getenv(name); dir != "" {
			path = append(path, filepath.Join(dir, "share", "jupyter"))
		}
	}
	if runtime.GOOS == "windows" {
		return append(path, filepath.Join(os.Getenv("PROGRAMDATA"), "jupyter"))
	}
	return append(path, "/usr/local/share/jupyter", "/usr/share/jupyter")
}
