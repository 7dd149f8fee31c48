package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/goblaze/goblaze/engine"
	"github.com/goblaze/goblaze/engine/build"
	"github.com/goblaze/goblaze/engine/host/server"
	"github.com/goblaze/goblaze/engine/host/symbols"
	"github.com/goblaze/goblaze/kernel"
	"github.com/goblaze/goblaze/kernel/notebook"
)

func specFlags(cmd *cobra.Command, o *kernel.InstallOptions) {
	f := cmd.Flags()
	f.BoolVar(&o.User, "user", false, "for this user (the default)")
	f.BoolVar(&o.SysPrefix, "sys-prefix", false, "for the active Python environment")
	f.StringVar(&o.Prefix, "prefix", "", "under `DIR`/share/jupyter/kernels")
	f.StringVar(&o.Name, "name", kernel.DefaultName, "the kernelspec's `NAME`")
	cmd.MarkFlagsMutuallyExclusive("user", "sys-prefix", "prefix")
}

func installCommand() *cobra.Command {
	o := kernel.InstallOptions{Version: version}
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Make the kernel known to Jupyter",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			out := cmd.OutOrStdout()
			dir, err := kernel.Install(o)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "Installed the kernel %q in %s\n", o.DisplayName, dir)
			if _, err := toolchainEngine(cmd.Context(), out); err != nil {
				fmt.Fprintf(out, "Cells will be interpreted only: %v\n", err)
			}
			fmt.Fprintf(out, "Next: jupyter lab, and choose %q for a new notebook.\n", o.DisplayName)
			return nil
		},
	}
	specFlags(cmd, &o)
	cmd.Flags().StringVar(&o.DisplayName, "display-name", kernel.DefaultDisplayName, "the `NAME` that front ends show")
	cmd.Flags().StringVar(&o.MemoryLimit, "memory-limit", "", "bound the memory of cells, e.g. 4GiB (default: a share of what the machine or cgroup has)")
	return cmd
}

func uninstallCommand() *cobra.Command {
	var o kernel.InstallOptions
	cmd := &cobra.Command{
		Use:   "uninstall",
		Short: "Remove the kernel from Jupyter",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := kernel.Uninstall(o)
			if err == nil {
				fmt.Fprintln(cmd.OutOrStdout(), "Removed", dir)
			}
			return err
		},
	}
	specFlags(cmd, &o)
	return cmd
}

func kernelCommand() *cobra.Command {
	var memory string
	cmd := &cobra.Command{
		Use:   "kernel CONNECTION_FILE",
		Short: "Serve a Jupyter front end (Jupyter starts this)",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			limit, err := parseMemory(memory)
			if err != nil {
				return err
			}
			logger := log.New(os.Stderr, "goblaze: ", log.LstdFlags)
			x := &lazyExecutor{start: func(ctx context.Context, news io.Writer) (*executor, func(), error) {
				return startSession(ctx, ".", limit, io.MultiWriter(news, logger.Writer()))
			}}
			x.begin()
			defer x.close()
			return kernel.Run(context.Background(), args[0], x, kernel.Options{Version: version, Log: logger, Banner: banner()})
		},
	}
	cmd.Flags().StringVar(&memory, "memory-limit", "", "bound the memory of cells, e.g. 4GiB")
	return cmd
}

func runCommand() *cobra.Command {
	var outFile, htmlFile string
	var o kernel.NotebookOptions
	cmd := &cobra.Command{
		Use:   "run NOTEBOOK.ipynb",
		Short: "Run a notebook with no Jupyter on the machine",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Progress = cmd.OutOrStdout()
			return runNotebook(cmd.Context(), args[0], outFile, htmlFile, o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&outFile, "output", "o", "", "write the executed notebook to `OUT.ipynb`")
	f.StringVar(&htmlFile, "html", "", "write a self-contained page to `OUT.html`")
	f.DurationVar(&o.Timeout, "timeout", 10*time.Minute, "the longest a cell may take")
	f.BoolVar(&o.AllowErrors, "allow-errors", false, "go on after a cell that fails")
	return cmd
}

// runNotebook executes a notebook file and writes what was asked for, also
// when a cell fails.
func runNotebook(ctx context.Context, file, outFile, htmlFile string, o kernel.NotebookOptions) error {
	in, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	x, stop, err := startSession(ctx, filepath.Dir(file), 0, o.Progress)
	if err != nil {
		return err
	}
	defer stop()
	out, runErr := kernel.RunNotebook(ctx, x, in, o)
	if out == nil {
		return runErr
	}
	if outFile != "" {
		if err := os.WriteFile(outFile, out, 0o666); err != nil {
			return errors.Join(runErr, err)
		}
		fmt.Fprintln(o.Progress, "wrote", outFile)
	}
	if htmlFile != "" {
		page, err := notebook.HTML(out, strings.TrimSuffix(filepath.Base(file), ".ipynb"))
		if err == nil {
			err = os.WriteFile(htmlFile, page, 0o666)
		}
		if err != nil {
			return errors.Join(runErr, err)
		}
		fmt.Fprintln(o.Progress, "wrote", htmlFile)
	}
	return runErr
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell the version",
		Args:  cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			fmt.Fprintf(cmd.OutOrStdout(), "goblaze %s, %s, Jupyter protocol %s\n", version, goVersion(), kernel.ProtocolVersion)
		},
	}
}

// engineCommand is the engine process where there is no toolchain to build one
// of its own: it interprets only.
func engineCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "engine",
		Short:  "Run cells for a kernel process",
		Hidden: true,
		Args:   cobra.NoArgs,
		Run:    func(*cobra.Command, []string) { os.Exit(server.Main(symbols.Symbols)) },
	}
}

// toolchainEngine finds the toolchain and the engine built by it, building it
// when needed.
func toolchainEngine(ctx context.Context, log io.Writer) (*build.Engine, error) {
	t, err := build.Find(ctx)
	if err != nil {
		return nil, err
	}
	if e, ok := t.Ready(sources); ok {
		return e, nil
	}
	return t.Engine(ctx, sources, log)
}

// sweepTemp removes the folders of sessions whose process was killed before it
// could.
func sweepTemp() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), "goblaze-*-*"))
	for _, d := range dirs {
		var pid int
		if _, err := fmt.Sscanf(filepath.Base(d), "goblaze-%d-", &pid); err != nil || alive(pid) {
			continue
		}
		_ = os.RemoveAll(d) // another user's stays
	}
}

// banner is what a front end shows of the kernel at its start; "" is the
// kernel's own.
func banner() string {
	if _, err := exec.LookPath("go"); err == nil {
		return ""
	}
	return fmt.Sprintf("GoBlaze %s · %s · %d cores · no Go toolchain: cells are interpreted (goblaze doctor says more)", version, goVersion(), runtime.NumCPU())
}

// startSession starts a session for a notebook in a folder; stop ends it.
func startSession(ctx context.Context, folder string, memory int64, log io.Writer) (x *executor, stop func(), err error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return nil, nil, err
	}
	sweepTemp()
	dir, err := os.MkdirTemp("", fmt.Sprintf("goblaze-%d-", os.Getpid()))
	if err != nil {
		return nil, nil, err
	}
	opt := engine.Options{Notebook: abs, Dir: dir, MemoryLimit: memory, Sources: sources}
	if e, err := toolchainEngine(ctx, log); err == nil {
		opt.Engine, opt.Command = e, []string{e.Binary}
	} else {
		self, exeErr := os.Executable()
		if exeErr != nil {
			return nil, nil, errors.Join(err, exeErr, os.RemoveAll(dir))
		}
		opt.Command, opt.NoToolchain = []string{self, "engine"}, err.Error()
	}
	s, err := engine.NewSession(opt)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	x = newExecutor(s)
	if opt.Engine == nil {
		x.note = "note: there is no compiled tier: cells are interpreted, and what the interpreter is not proven to run rightly is refused\n" +
			"  (" + opt.NoToolchain + "; then restart the kernel)\n"
	}
	cleaning, stopCleaning := context.WithCancel(context.WithoutCancel(ctx))
	x.prepared.Go(func() { _, _ = build.Clean(cleaning, build.DefaultCacheSize) }) // what fails now is tried at the next start
	return x, func() {
		stopCleaning()
		_ = s.Close()
		x.prepared.Wait()
		_ = os.RemoveAll(dir)
	}, nil
}
