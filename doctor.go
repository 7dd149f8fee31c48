package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/kernel"
	"github.com/goblaze/goblaze/vectorizer"
)

func goVersion() string { return runtime.Version() }

// doctorCommand says what works on this machine, each missing thing with its
// remedy.
func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what works here and what is missing",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			say := func(ok bool, what, detail string) {
				mark := "ok     "
				if !ok {
					mark = "missing"
				}
				fmt.Fprintf(out, "%s  %-14s %s\n", mark, what, detail)
			}
			fmt.Fprintf(out, "goblaze %s, built with %s for %s/%s\n", version, goVersion(), runtime.GOOS, runtime.GOARCH)
			doctorToolchain(cmd, say)
			doctorJupyter(say)
			say(true, "cores", fmt.Sprintf("%d logical, %d for workers (cgroup limit and GOMAXPROCS counted)", runtime.NumCPU(), vectorizer.Cores()))
			return nil
		},
	}
}

func doctorToolchain(cmd *cobra.Command, say func(bool, string, string)) {
	t, err := build.Find(cmd.Context())
	if err != nil {
		say(false, "compiled tier", err.Error())
		return
	}
	say(true, "Go toolchain", t.Version+" in "+t.GOROOT)
	say(true, "cgo", "C compiler "+t.CC)
	if e, ok := t.Ready(sources); ok {
		say(true, "compiled tier", "engine "+e.Binary)
		return
	}
	say(false, "compiled tier", "the engine is not built yet: `goblaze install` builds it, or the first start of the kernel")
}

func doctorJupyter(say func(bool, string, string)) {
	found := false
	for _, name := range []string{"jupyter-lab", "jupyter-notebook", "jupyter"} {
		if path, err := exec.LookPath(name); err == nil {
			say(true, "Jupyter", path)
			found = true
			break
		}
	}
	if !found {
		say(false, "Jupyter", "install it with `pip install jupyterlab`; `goblaze run` needs none")
	}
	ours := 0
	for _, s := range kernel.List() {
		if s.Ours {
			ours++
			_, err := os.Stat(s.Argv[0])
			say(err == nil, "kernelspec", s.Dir+map[bool]string{true: "", false: " (its binary is gone: run `goblaze install` again)"}[err == nil])
		}
	}
	if ours == 0 {
		say(false, "kernelspec", "run `goblaze install`")
	}
}

// parseMemory reads 4GiB, 512MB or a number of bytes; "" is 0.
func parseMemory(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	units := []struct {
		suffix string
		factor int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"G", 1 << 30}, {"M", 1 << 20}, {"B", 1}, {"", 1}}
	for _, u := range units {
		num, ok := strings.CutSuffix(strings.TrimSpace(s), u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(num), 64)
		if err != nil || n <= 0 {
			break
		}
		return int64(n * float64(u.factor)), nil
	}
	return 0, fmt.Errorf("memory limit %q: write a number with a unit, such as 4GiB", s)
}
