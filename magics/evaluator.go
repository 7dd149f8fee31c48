package magics

import (
	"context"
	"time"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/vectorizer"
)

// An Evaluator is the session as the magics see it. main joins it to
// engine.Session; tests join a fake.
type Evaluator interface {
	// Exec runs Go source as if it stood in the running cell at f's position.
	// The value of a last expression is returned (nil: none), not shown.
	Exec(ctx context.Context, f Fragment) (*display.Bundle, error)
	// Timer compiles a timed loop; see Timer.
	Timer(ctx context.Context, spec TimerSpec) (Timer, error)
	// Vectorize runs a parallel map or loop and returns what was measured.
	// Progress (items done, total; total -1 when unknown) is called at most
	// ten times a second. The report is valid even when err is not nil.
	Vectorize(ctx context.Context, spec VectorizeSpec, progress func(done, total int)) (*vectorizer.Report, error)

	Names(ctx context.Context) ([]Name, error) // %who, %whos
	Reset(ctx context.Context) error           // forgets all names
	TierStatus(ctx context.Context) (TierStatus, error)
	SetTier(ctx context.Context, tier string) error // "auto", "interp" or "compiled"
	Workers() (n int)                               // the default number of workers
	SetWorkers(n int) error                         // -1: every core
	Get(ctx context.Context, spec string) (note string, err error)
	Chdir(ctx context.Context, dir string) (abs string, err error)
	Getwd(ctx context.Context) (string, error)
	Setenv(ctx context.Context, key, value string) error
	Environ(ctx context.Context) ([]string, error)
	// Shell runs a command in the engine's folder and environment, in a
	// process group of its own; output streams to the cell unless capture.
	Shell(ctx context.Context, s ShellSpec) (ShellResult, error)
	// Doc documents an expression (expr?): signature, doc comment, kind.
	Doc(ctx context.Context, expr string, detail int) (display.Bundle, bool, error)
}

// A Fragment is a piece of the cell's Go source with the place it stands at.
type Fragment struct {
	Text      string
	Line, Col int // 1-based position of Text's first byte in the cell
}

// TimerSpec says what is timed.
type TimerSpec struct {
	Setup Fragment // run before every Run, in the same scope; may be empty
	Stmt  Fragment // one or more statements; run n times
	Tier  string   // "auto", "interp" or "compiled"
	Label string
}

// A Timer is a prepared timed loop inside the engine: a generated function
// that runs Setup once and then Stmt n times, keeping operands and results
// alive as testing.B.Loop does. One collection is made before each run. The
// operations must not be called concurrently.
type Timer interface {
	// Run times n loops on each of workers goroutines started together
	// (workers 1: in one). An error result or a panic in Stmt stops it.
	Run(ctx context.Context, n, workers int) (Sample, error)
	Tier() string // the tier the statement runs on: "compiled" or "interpreted"
	CompileTime() time.Duration
	Close() error
}

// A Sample is one timing of n loops: wall-clock time, and process CPU time.
type Sample struct {
	Wall, User, Sys time.Duration
}

// VectorizeSpec is a parsed %vectorize or %%vectorize.
type VectorizeSpec struct {
	// The line form: FUNC ITEMS [ARGS…] as Go expressions. Unset for a loop.
	Func  Fragment
	Items Fragment
	Args  []Fragment
	// Result are the names assigned (out, or out and err) and Op is ":=" or
	// "=" ("" when there are none: the result is shown if it is the last line).
	Result []string
	Op     string
	// Loop is the body of a %%vectorize cell (or the statement under a
	// //goblaze:vectorize line). Unset for the line form.
	Loop Fragment

	Workers       []int // one number, or several with Compare; nil: default
	Chunk         int   // 0: auto
	Init, Each    Fragment
	Collect       bool // --errors collect
	Timeout       time.Duration
	Tier          string // "auto", "interp", "compiled"; with Compare possibly a list, comma-separated
	Compare       bool
	Repeat        int // -r with Compare, default 3
	Force         bool
	SelfContained bool
	Quiet         bool
}

// A Name is one live name of the session.
type Name struct {
	Name, Kind, Type, Info string // Kind: var, func, type, const, import
	Cell                   int
}

// TierStatus is what %tier shows.
type TierStatus struct {
	Mode    string // auto, interp, compiled
	Entries []TierEntry
	Pending int    // builds under way
	Plugins int    // plugins loaded
	Bytes   int64  // resident memory of the loaded plugins, estimated
	Note    string // e.g. why there is no compiled tier, with the remedy
}

// TierEntry is one function or cell with its tier and the reason.
type TierEntry struct{ Name, Tier, Why string }

// ShellSpec is a command for Shell.
type ShellSpec struct {
	Argv    []string // e.g. {"/bin/sh", "-c", cmd}
	Stdin   string
	Capture bool // return stdout instead of streaming it
}

// ShellResult is how a command ended.
type ShellResult struct {
	Stdout   string // when captured
	ExitCode int
}
