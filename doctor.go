package main

import (
	"context"
	"fmt"
	"io"
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
		Run: func(cmd *cobra.Command, _ []string) {
			d := checkup{cmd.OutOrStdout()}
			fmt.Fprintf(d.out, "goblaze %s, built with %s for %s/%s\n", version, goVersion(), runtime.GOOS, runtime.GOARCH)
			d.toolchain(cmd.Context())
			d.jupyter()
			d.kernelspecs()
			d.machine()
		},
	}
}

// A checkup writes the lines of doctor.
type checkup struct{ out io.Writer }

func (d checkup) ok(what, detail string)      { d.line("ok", what, detail) }
func (d checkup) note(what, detail string)    { d.line("note", what, detail) }
func (d checkup) missing(what, detail string) { d.line("missing", what, detail) }

// line writes one finding; further lines of the detail are indented.
func (d checkup) line(mark, what, detail string) {
	const margin = 7 + 2 + 14 + 1
	detail = strings.ReplaceAll(strings.TrimSpace(detail), "\n", "\n"+strings.Repeat(" ", margin))
	fmt.Fprintf(d.out, "%-7s  %-14s %s\n", mark, what, detail)
}

// toolchain tells whether cells can be compiled, and by what.
func (d checkup) toolchain(ctx context.Context) {
	t, err := build.Find(ctx)
	if err != nil {
		d.missing("Go toolchain", err.Error())
		d.note("compiled tier", "off: cells are interpreted only, and what the interpreter is not proven to run rightly is refused")
		return
	}
	d.ok("Go toolchain", t.Version+" in "+t.GOROOT)
	if len(t.Ignored) > 0 {
		d.note("GOFLAGS", strings.Join(t.Ignored, " ")+" not passed on: engine and cells must be built alike")
	}
	if err := t.CheckC(ctx); err != nil {
		d.missing("cgo", err.Error())
		return
	}
	d.ok("cgo", "C compiler "+t.CC)
	if e, ok := t.Ready(sources); ok {
		d.ok("compiled tier", "engine "+e.Binary)
		return
	}
	d.missing("compiled tier", "the engine is not built yet: `goblaze install` builds it, or the first start of the kernel (a minute, once)")
}

func (d checkup) jupyter() {
	for _, name := range []string{"jupyter-lab", "jupyter-notebook", "jupyter"} {
		if path, err := exec.LookPath(name); err == nil {
			d.ok("Jupyter", path)
			return
		}
	}
	d.missing("Jupyter", "install it with `pip install jupyterlab`; `goblaze run` needs none")
}

func (d checkup) kernelspecs() {
	found := false
	for _, s := range kernel.List() {
		if !s.Ours {
			continue
		}
		found = true
		if _, err := os.Stat(s.Argv[0]); err != nil {
			d.missing("kernelspec", s.Dir+": its binary "+s.Argv[0]+" is gone: run `goblaze install` again")
			continue
		}
		d.ok("kernelspec", s.Dir)
	}
	if !found {
		d.missing("kernelspec", "run `goblaze install`")
	}
}

// machine tells the cores that workers get, and the memory that cells get.
func (d checkup) machine() {
	d.ok("cores", fmt.Sprintf("%d logical, %d for workers (cgroup limit and GOMAXPROCS counted)", runtime.NumCPU(), vectorizer.Cores()))
	if limit, from := memory(); limit > 0 {
		d.ok("memory", fmt.Sprintf("%s %s; a session's cells get three quarters of it (`goblaze install --memory-limit` sets it)", gibibytes(limit), from))
	}
}

// memory returns the bytes that the machine has, or the cgroup allows.
func memory() (limit int64, from string) {
	from = "in the machine"
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kb int64
		if _, err := fmt.Sscanf(string(b), "MemTotal: %d kB", &kb); err == nil {
			limit = kb << 10
		}
	}
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		b, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && (limit == 0 || n < limit) {
			limit, from = n, "by the cgroup's limit"
		}
	}
	return limit, from
}

func gibibytes(n int64) string { return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30)) }

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
