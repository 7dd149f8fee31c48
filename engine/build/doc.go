// Package build runs the user's Go toolchain: it turns packages of source text into plugins that the engine process loads.
//
// Call Find first, once a process: it says which toolchain is used, or what is missing and what to do about it. Then
// Toolchain.Engine (or Toolchain.Ready, which never builds) gives the engine: the host binary and the archives that
// host and plugins share. Engine.Session opens a session's module, and Session.Build is the rest of a kernel's life:
//
//	t, err := build.Find(ctx)
//	e, err := t.Engine(ctx, sources, os.Stderr)
//	s, err := e.Session(dir, notebookDir)
//	defer s.Close()
//	p, err := s.Build(ctx, build.Package{Path: "nb/4f1c", Files: map[string][]byte{"cell.go": src}})
//	// p.File is for plugin.Open in a process running e.Binary
//
// # What a cell package looks like
//
// Its import path is nb/<hash of its content> and its package clause is `package main` (with `func main() {}`), so that
// %T prints main.point as it does under go run. It hands its symbols over in init, by calling a package shared with the
// host; plugin.Lookup is not used and finds nothing. Packages import each other, std, the packages of the engine's
// sources and third-party modules by path. Two contents must never share a path: a process can hold only one of them.
//
// # Why not go build
//
// The compiler and the linker are called directly, against archives listed once: go build spends as long again on
// finding out that nothing changed (docs/RATIONALE.md, "Building cells", has the table).
//
// # Cache
//
// Everything lies under CacheDir()/engine/<key>, the key being a hash of the engine's sources, the Go version and every
// setting that changes what is built. Files appear by rename, so readers need no lock and a process that dies leaves
// nothing half-written that is taken for whole; what is damaged later is noticed by its checksum and built again.
package build
