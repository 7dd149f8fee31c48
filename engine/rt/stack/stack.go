// Package stack reads Go's textual stack dumps and call stacks and keeps what
// a notebook user wrote: functions of cells, with the cell's line.
//
// Cells are compiled with line directives whose file name is FilePrefix, the
// cell's number and main.go, as log.Lshortfile and filepath.Base show it:
// //line /goblaze/cell/3/main.go:4:1.
package stack

import (
	"fmt"
	"path"
	"runtime"
	"strconv"
	"strings"
)

// FilePrefix starts the file name of every position inside a cell, FileSuffix
// ends it.
const (
	FilePrefix = "/goblaze/cell/"
	FileSuffix = "/main.go"
)

// GeneratedPrefix starts the name of every function the front end adds.
const GeneratedPrefix = "gbz_"

// ShortPrefix starts the name of a recursive function's second version, the one
// without checks.
const ShortPrefix = GeneratedPrefix + "short_"

// TagMagic is the first word of the argument that marks a cell's goroutines
// in a dump; the cell's id and the goroutine's number follow.
const TagMagic = 0x60b1a2e0c0de0001

// A Frame is one call in code of a cell.
type Frame struct {
	Func string `json:"func"` // as written: "fib", "point.Norm", "main statements" is ""
	Cell int    `json:"cell"` // the number in the file name
	Line int    `json:"line"` // 1-based, of the cell
}

// String gives the frame as a person reads it.
func (f Frame) String() string {
	if f.Func == "" {
		return fmt.Sprintf("cell %d, line %d", f.Cell, f.Line)
	}
	return fmt.Sprintf("%s, cell %d, line %d", f.Func, f.Cell, f.Line)
}

// FileName returns the file name for positions in a cell.
func FileName(cell int) string { return FilePrefix + strconv.Itoa(cell) + FileSuffix }

// CellOf returns the cell's number when file is one of a cell.
func CellOf(file string) (int, bool) {
	rest, ok := strings.CutPrefix(file, FilePrefix)
	if !ok {
		return 0, false
	}
	rest, ok = strings.CutSuffix(rest, FileSuffix)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(rest)
	return n, err == nil
}

// FuncName returns the name a user knows a function by: without the package
// path, "" for the statements of a cell themselves, which are main.main where
// the names in the plugin could be rewritten (see package build).
func FuncName(full string) string {
	name := path.Base(full)
	if _, after, ok := strings.Cut(name, "."); ok {
		name = after
	}
	if name == "main" {
		return ""
	}
	name = strings.TrimPrefix(name, "main.")
	if f, ok := strings.CutPrefix(name, ShortPrefix); ok {
		return f
	}
	if strings.HasPrefix(name, GeneratedPrefix) {
		// gbz_run.func1 is a function literal among the statements.
		if _, lit, ok := strings.Cut(name, "."); ok {
			return lit
		}
		return ""
	}
	return strings.TrimSuffix(name, "[...]")
}

// FromCallers keeps the frames of program counters that lie in cells.
func FromCallers(pcs []uintptr) []Frame {
	var out []Frame
	frames := runtime.CallersFrames(pcs)
	for {
		f, more := frames.Next()
		if n, ok := CellOf(f.File); ok {
			out = append(out, Frame{Func: FuncName(f.Function), Cell: n, Line: f.Line})
		}
		if !more {
			return out
		}
	}
}
