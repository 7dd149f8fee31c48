package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// MinGo is the oldest toolchain that builds the engine: the go line of the module.
const MinGo = "1.26.0"

// lang is what cells are compiled as.
const lang = "go1.26"

// pluginPlatforms are the GOOS/GOARCH pairs on which Go supports -buildmode=plugin (go/build's platform table).
var pluginPlatforms = map[string][]string{
	"linux":   {"amd64", "arm64", "arm", "386", "loong64", "ppc64le", "riscv64", "s390x"},
	"darwin":  {"amd64", "arm64"},
	"freebsd": {"amd64"},
}

// queried are the settings that select a toolchain or change what it makes; all of them are part of the cache's key,
// except the last four, which only say where things lie.
var queried = []string{
	"GOVERSION", "GOROOT", "CGO_ENABLED", "CC", "CXX",
	"CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS", "GOFLAGS", "GOEXPERIMENT", "GOFIPS140",
	"GO386", "GOAMD64", "GOARM", "GOARM64", "GOPPC64", "GORISCV64",
	"GOTOOLDIR", "GOCACHE", "GOMODCACHE", "GOPROXY",
}

const unkeyed = 4

// Missing is the error of Find and CheckC: something that compiled cells need is not on this machine.
type Missing struct {
	What   string // a clause: "no go command on PATH"
	Remedy string // a sentence that says what to do
}

func (m *Missing) Error() string { return m.What + ": " + m.Remedy }

// Toolchain is a Go installation that can build plugins here. It is immutable and safe for concurrent use.
type Toolchain struct {
	Go      string   // absolute path of the go command
	Version string   // "go1.26.8"
	GOROOT  string   //
	GOOS    string   // of this machine, whatever GOOS says
	GOARCH  string   //
	CC      string   // absolute path of the C compiler
	Ignored []string // flags of GOFLAGS that are not passed on, because host and plugins must agree on them

	toolDir string
	goflags string   // what is kept of GOFLAGS
	ccArgs  []string // further words of CC ("ccache gcc")
	env     []string // of every command we run
	id      string   // hash of all that changes what is built
}

// Find looks for the toolchain: the go command on PATH, else GOROOT's, or the newer one that it switches to by
// GOTOOLCHAIN. The error is a *Missing when compiled cells cannot work here. It costs about 10 ms (one go env).
func Find(ctx context.Context) (*Toolchain, error) {
	if err := checkPlatform(runtime.GOOS, runtime.GOARCH); err != nil {
		return nil, err
	}
	goCmd, err := goCommand()
	if err != nil {
		return nil, err
	}
	set, err := settings(ctx, goCmd)
	if err != nil {
		return nil, err
	}
	return newToolchain(set)
}

func checkPlatform(goos, goarch string) error {
	if slices.Contains(pluginPlatforms[goos], goarch) {
		return nil
	}
	remedy := "cells run interpreted here; use Linux, macOS or FreeBSD for compiled ones"
	if goos == "windows" {
		remedy = "cells run interpreted here; use WSL (Linux on Windows) for compiled ones"
	}
	return &Missing{fmt.Sprintf("Go has no plugins on %s/%s", goos, goarch), remedy}
}

func goCommand() (string, error) {
	if path, err := exec.LookPath("go"); err == nil {
		return filepath.Abs(path)
	}
	if root := os.Getenv("GOROOT"); root != "" {
		path := filepath.Join(root, "bin", "go")
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, nil
		}
	}
	return "", &Missing{"no go command on PATH", "install Go " + MinGo + " or later (https://go.dev/dl/), or add its bin folder to the PATH that Jupyter is started with"}
}

// settings asks go env in a module that wants MinGo, so that an older go command switches to a newer toolchain where
// GOTOOLCHAIN allows it.
func settings(ctx context.Context, goCmd string) (map[string]string, error) {
	dir, err := os.MkdirTemp("", "goblaze-find-")
	if err != nil {
		return nil, fmt.Errorf("finding the Go toolchain: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module find\n\ngo "+MinGo+"\n"), 0o644); err != nil {
		return nil, fmt.Errorf("finding the Go toolchain: %w", err)
	}
	res, err := run(ctx, command{
		dir: dir, argv: append([]string{goCmd, "env", "-json"}, queried...),
		env: append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH),
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, findError(goCmd, res.log)
	}
	set := map[string]string{}
	if err := json.Unmarshal(res.stdout, &set); err != nil {
		return nil, fmt.Errorf("%s env -json: unreadable output: %w", goCmd, err)
	}
	return set, nil
}

func findError(goCmd, log string) error {
	log = strings.TrimSpace(log)
	if strings.Contains(log, "requires go >=") || strings.Contains(log, "toolchain") || strings.Contains(log, "invalid go version") {
		return &Missing{fmt.Sprintf("%s is older than Go %s (%s)", goCmd, MinGo, firstLine(log)),
			"install Go " + MinGo + " or later from https://go.dev/dl/, or let go fetch it (unset GOTOOLCHAIN)"}
	}
	return &Missing{fmt.Sprintf("%s env fails (%s)", goCmd, firstLine(log)), "run it in a terminal and repair the installation or the setting it names"}
}

func newToolchain(set map[string]string) (*Toolchain, error) {
	t := &Toolchain{
		Go: filepath.Join(set["GOROOT"], "bin", "go"), Version: set["GOVERSION"], GOROOT: set["GOROOT"],
		GOOS: runtime.GOOS, GOARCH: runtime.GOARCH, toolDir: set["GOTOOLDIR"],
	}
	if err := t.findC(set); err != nil {
		return nil, err
	}
	flags, ignored := filterFlags(set["GOFLAGS"])
	t.Ignored, t.goflags = ignored, flags
	set["GOFLAGS"] = flags
	t.env = t.environment(set)
	h := sha256.New()
	fmt.Fprintln(h, t.GOOS, t.GOARCH)
	for _, name := range queried[:len(queried)-unkeyed] {
		fmt.Fprintf(h, "%s=%q\n", name, set[name])
	}
	// The same path may hold another compiler after an upgrade; its archives of runtime/cgo would differ.
	for _, file := range []string{t.CC, filepath.Join(t.toolDir, "compile"), filepath.Join(t.toolDir, "link")} {
		if info, err := os.Stat(file); err == nil {
			fmt.Fprintf(h, "%s %d %d\n", file, info.Size(), info.ModTime().UnixNano())
		}
	}
	t.id = hex.EncodeToString(h.Sum(nil))
	return t, nil
}

func (t *Toolchain) findC(set map[string]string) error {
	cc := strings.Fields(set["CC"])
	if set["CGO_ENABLED"] != "1" && os.Getenv("CGO_ENABLED") == "0" {
		return &Missing{"CGO_ENABLED=0 in the environment", "plugins need cgo: unset it where Jupyter is started"}
	}
	if len(cc) == 0 {
		cc = []string{"gcc"}
	}
	path, err := exec.LookPath(cc[0])
	if err != nil {
		return &Missing{fmt.Sprintf("no C compiler (%s) on PATH", cc[0]), installC(t.GOOS)}
	}
	if set["CGO_ENABLED"] != "1" {
		return &Missing{"cgo is switched off (go env CGO_ENABLED is 0)", "plugins need it: go env -w CGO_ENABLED=1"}
	}
	t.CC, err = filepath.Abs(path)
	t.ccArgs = cc[1:]
	return err
}

func installC(goos string) string {
	switch goos {
	case "darwin":
		return "xcode-select --install"
	case "freebsd":
		return "pkg install gcc, or set CC=clang"
	}
	return "install one with its headers: apt-get install gcc libc6-dev (Debian, Ubuntu), dnf install gcc (Fedora), apk add build-base (Alpine)"
}

// environment is the process's own, with every setting that matters made explicit, so that what go env -w or a
// user's go.work say cannot make host and plugins disagree.
func (t *Toolchain) environment(set map[string]string) []string {
	env := os.Environ()
	for _, name := range queried {
		if value, ok := set[name]; ok && name != "GOVERSION" && name != "GOTOOLDIR" {
			env = append(env, name+"="+value)
		}
	}
	return append(env, "GOOS="+t.GOOS, "GOARCH="+t.GOARCH, "GOWORK=off", "GO111MODULE=on", "GOTOOLCHAIN=local", "LC_ALL=C")
}

// filterFlags keeps what chooses files or where modules come from and is the same for host and plugins; flags such as
// -race or -gcflags would make archives that do not fit the direct compiler calls.
func filterFlags(goflags string) (kept string, ignored []string) {
	var keep []string
	for _, flag := range strings.Fields(goflags) {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		switch {
		case name == "tags" || name == "modcacherw":
			keep = append(keep, flag)
		case name == "buildvcs" || name == "mod" || name == "v" || name == "x":
			// decided by us for every command; no loss to tell of
		default:
			ignored = append(ignored, flag)
		}
	}
	return strings.Join(keep, " "), ignored
}

func (t *Toolchain) tool(name string) string { return filepath.Join(t.toolDir, name) }

// CheckC compiles a file that includes <stdlib.h>: a compiler without libc's headers is common in small images. The
// error is a *Missing. About 30 ms.
func (t *Toolchain) CheckC(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "goblaze-cc-")
	if err != nil {
		return fmt.Errorf("trying the C compiler: %w", err)
	}
	defer os.RemoveAll(dir)
	src := filepath.Join(dir, "try.c")
	if err := os.WriteFile(src, []byte("#include <stdlib.h>\n#include <pthread.h>\nint f(void) { return abs(-1); }\n"), 0o644); err != nil {
		return fmt.Errorf("trying the C compiler: %w", err)
	}
	argv := append([]string{t.CC}, t.ccArgs...)
	res, err := run(ctx, command{dir: dir, env: t.env, argv: append(argv, "-c", "-o", filepath.Join(dir, "try.o"), src)})
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &Missing{fmt.Sprintf("%s cannot compile a C file (%s)", t.CC, firstLine(res.log)), installC(t.GOOS)}
}

// CacheDir is the root of all caches: $GOBLAZE_CACHE, else goblaze in the user's cache folder. It need not exist yet.
func CacheDir() (string, error) {
	if dir := os.Getenv("GOBLAZE_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", errors.New("no cache folder: neither HOME nor XDG_CACHE_HOME is set; set GOBLAZE_CACHE to a folder that can be written")
	}
	return filepath.Join(dir, "goblaze"), nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
