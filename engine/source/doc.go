// Package source reads the text of a notebook cell before anything is typed:
// it separates magics, shell lines and questions from Go, and says whether a
// cell is complete.
//
// Start with Split:
//
//	parts, err := source.Split("x := 1\n%timeit f(x)\n")
//	// parts[0]: Go, "x := 1\n"; parts[1]: LineMagic "timeit", Text "f(x)"
//
// All functions are pure: they may be called concurrently and cost one or two
// passes of go/scanner over the cell (about 20 ns a byte).
//
// Lines and columns are 1-based; columns count bytes, as go/token does.
package source
