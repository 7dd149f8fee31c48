package wire

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// The methods of lowered statements.
const (
	MethodStatements     = "statements"      // Statements → Outcome
	MethodTimeStatements = "time-statements" // TimeStatements → TimeResult
)

// Statements are the statements of a cell as the interpreter runs them. The
// names they use beside Go's own: rt functions under RuntimeAlias, std packages
// under ImportAlias, units under UnitAlias, variables (pointers) as VarName.
type Statements struct {
	Cell uint64 `json:"cell"`
	Key  int    `json:"key"`            // names the cell in stack frames
	Body string `json:"body,omitempty"` // of a function without parameters
	// Code are the statements where they are straight: then there is no Body, and
	// nothing but New, Vars, Units and Helpers beside it.
	Code      []byte `json:"code,omitempty"`
	CodeTypes []Type `json:"code_types,omitempty"`
	Line      int    `json:"line,omitempty"` // the Place where it begins, 0 when it tells
	// Functions are the interpreted functions the body calls, under names that
	// nothing else has.
	Functions string `json:"functions,omitempty"`
	// Parallel are the settings of parallel loops, by key; they stay.
	Parallel map[string]Parallel `json:"parallel,omitempty"`
	Imports  []string            `json:"imports,omitempty"`
	Units    []string            `json:"units,omitempty"` // loaded units
	New      []Variable          `json:"new,omitempty"`   // storage to be allocated, zeroed
	Vars     []Variable          `json:"vars,omitempty"`  // existing storage, as it is seen now
	Helpers  []Helper            `json:"helpers,omitempty"`
	// Types are the types that cells declare where nothing can be compiled, and
	// Methods the functions of MethodText that run their methods.
	Types      []Declared   `json:"types,omitempty"`
	Methods    []MethodCode `json:"methods,omitempty"`
	MethodText string       `json:"method_text,omitempty"`
	// Limits are what must hold of variables before anything runs; else the
	// statements are refused: compiled code is wanted for that much work.
	Limits []Limit `json:"limits,omitempty"`
}

// A Limit bounds a variable: its length, or the value of an integer.
type Limit struct {
	Var string `json:"var"`
	Max int64  `json:"max"`
}

// A Helper is a type, or a function on values of given types, that the engine
// makes for interpreted code: what yaegi does wrong or can't name. See package
// server for what each kind does.
type Helper struct {
	Name string `json:"name"` // by its content, see HelperName
	Kind string `json:"kind"`
	// Types are what the kind works on.
	Types []Type `json:"types,omitempty"`
	// Path leads to a field through embedded or nested structs; for "struct",
	// each number is a field that is set.
	Path []int `json:"path,omitempty"`
	// Text is what a panic names: the types as the user wrote them.
	Text string `json:"text,omitempty"`
}

// KindRefused is the kind of failure of statements that the interpreter would
// not run: nothing of them has run.
const KindRefused = "interp"

// TimeStatements measures statements that hold a timed loop of N iterations,
// run by Workers goroutines that start together.
type TimeStatements struct {
	Statements
	N       int `json:"n"`
	Workers int `json:"workers"`
}

// CellID returns the id of the run.
func (p Statements) CellID() uint64 { return p.Cell }

// A Variable is storage for a session variable.
type Variable struct {
	Var  string `json:"var"` // name#version
	Type Type   `json:"type"`
}

// A Type describes a Go type that the engine can build.
type Type struct {
	// Kind is "basic" (Name; error and any among them), "std" (Path, Name),
	// "unit" (Path, Name; also of an instance), "pointer", "slice", "array",
	// "map", "func" (In, Out, Variadic), "struct" (Fields) or "chan" (Len: 0
	// both ways, 1 send only, 2 receive only).
	Kind     string  `json:"kind"`
	Name     string  `json:"name,omitempty"`
	Path     string  `json:"path,omitempty"`
	Len      int64   `json:"len,omitempty"`
	Key      *Type   `json:"key,omitempty"`
	Elem     *Type   `json:"elem,omitempty"`
	In       []Type  `json:"in,omitempty"`
	Out      []Type  `json:"out,omitempty"`
	Variadic bool    `json:"variadic,omitempty"`
	Fields   []Field `json:"fields,omitempty"`
}

// A Field is one of a struct type without a name.
type Field struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
	Tag  string `json:"tag,omitempty"`
}

// The names under which lowered statements find things.
const (
	RuntimeAlias = "gbz_rt"
	LineVar      = "gbz_at"
	varsAlias    = "gbz_v"
	// FrameType is the basic type of what holds a function's deferred calls.
	FrameType = "*gbz_rt.Frame"
	// KeepSign and Signed, with the bits of a float behind them, are the functions
	// that bring a negative zero into an interpreted function.
	KeepSign = "KeepSign"
	Signed   = "Signed"
)

// VarsPath is the import path of the variables, HelpersPath that of helpers.
const (
	VarsPath    = "gbz/v"
	HelpersPath = "gbz/h"
)

// HelpersAlias is the name under which statements find helpers.
const HelpersAlias = "gbz_h"

// HelperName names a helper by its content, so that the same helper of many
// cells is made once.
func HelperName(h Helper) string {
	h.Name = ""
	text, err := json.Marshal(h)
	if err != nil {
		panic(err) // it is made of strings and numbers
	}
	sum := fnv.New64a()
	sum.Write(text)
	return fmt.Sprintf("H%x", sum.Sum64())
}

// Place is what LineVar holds: a line of a cell.
func Place(cell, line int) int { return cell<<20 | line }

// PlaceOf takes a Place apart.
func PlaceOf(place int) (cell, line int) { return place >> 20, place & (1<<20 - 1) }

// VarName spells the pointer to a session variable.
func VarName(id string) string { return varsAlias + "." + VarSymbol(id) }

// VarSymbol is the name of a variable's pointer in VarsPath.
func VarSymbol(id string) string { return "V" + id[strings.LastIndexByte(id, '#')+1:] }

// ImportAlias spells an imported std package.
func ImportAlias(path string) string {
	return "gbz_i_" + strings.NewReplacer("/", "_", ".", "_").Replace(path)
}

// UnitAlias spells a unit's package.
func UnitAlias(path string) string { return "gbz_u_" + path[strings.LastIndexByte(path, '/')+1:] }
