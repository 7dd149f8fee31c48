// Package stdinfo knows Go's standard library without a toolchain: its types, for go/types, and its documentation,
// both embedded for linux/amd64 at Go [GoVersion].
//
// Call [NewImporter] and give the result to types.Config; a package is decoded when it is first asked for (fmt in well under
// 2 ms, all of std in about 60 ms) and is then the same *types.Package for every importer of the process.
//
//	conf := types.Config{Importer: stdinfo.NewImporter(nil)}
//
// [ByName] and [Suggest] find the package behind a name whose import is missing; [Doc] and [Lookup] give the
// documentation of an object. Everything here may be called concurrently.
//
// The data and index.go are written by engine/stdinfo/gen.
package stdinfo

//go:generate go run ./gen
