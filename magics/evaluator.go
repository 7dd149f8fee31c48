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
	// With last the source ends the cell: the value of its last expression is
	// returned (nil: none), not shown, and a last call's non-nil error is the
	// error. Without it the value is dropped, as a statement's in a function.
	Exec(ctx context.Context, f Fragment, last bool) (*display.Bundle, error)
	// ExecTimed is Exec with what it took inside the engine, compiling and
	// the wait for pending builds not counted.
	ExecTimed(ctx context.Context, f Fragment) (Timed, error)
	// Sprint evaluates one expression and prints its value as fmt.Sprint
	// does. It is for {expr} in shell lines; it must not change the session.
	Sprint(ctx context.Context, expr string) (string, error)
	// Assign gives names of the session the value that a magic computed.
	Assign(ctx context.Context, a Assignment) error
	// Timer compiles a timed loop; see Timer.
	Timer(ctx context.Context, spec TimerSpec) (Timer, error)
	// Vectorize runs a parallel map or loop. Progress (items done, total;
	// total -1 when unknown) is called at most ten times a second, not after
	// the return. The report is valid even when err is not nil, and nil only
	// when nothing ran.
	Vectorize(ctx context.Context, spec VectorizeSpec, progress func(done, total int)) (Vectorized, error)

	Names(ctx context.Context) ([]Name, error) // %who, %whos
	// Values returns what variables hold, by name, in a few words: %whos.
	Values(ctx context.Context) (map[string]string, error)
	Reset(ctx context.Context) error // forgets all names
	TierStatus(ctx context.Context) (TierStatus, error)
	SetTier(ctx context.Context, tier string) error // "auto", "interp" or "compiled"
	// Workers tells the default number of workers and what it rests on.
	Workers(ctx context.Context) (WorkerStatus, error)
	SetWorkers(ctx context.Context, n int) error // -1: every core
	Get(ctx context.Context, spec string) (note string, err error)
	Chdir(ctx context.Context, dir string) (abs string, err error)
	Getwd(ctx context.Context) (string, error)
	Setenv(ctx context.Context, key, value string) error
	Environ(ctx context.Context) ([]string, error)
	// Shell runs a command in the engine's folder and environment, in a
	// process group of its own; output streams to the cell unless captured.
	// The error is for a command that can't be started, or a context that
	// ended it; a non-zero exit is none.
	Shell(ctx context.Context, s ShellSpec) (ShellResult, error)
	// Doc documents an expression (expr?): signature, doc comment, kind.
	Doc(ctx context.Context, expr string, detail int) (display.Bundle, bool, error)
}

// A Fragment is a piece of the cell's Go source with the place it stands at.
type Fragment struct {
	Text      string
	Line, Col int // 1-based position of Text's first byte in the cell
}

// Timed is what ExecTimed ran.
type Timed struct {
	Value   *display.Bundle // of the last expression, nil: none
	Sample  Sample
	Compile time.Duration
}

// An Assignment gives names a value that comes from a magic.
type Assignment struct {
	LHS Fragment // the left side as written, such as "x" or "x, err"
	Op  string   // ":=" or "="
	// Value is a string, a []string, a map[string]string or a
	// *vectorizer.Timing; the names get that static type. With two names the
	// second is an error and gets Err (which may be nil).
	Value any
	Err   error
}

// WorkerStatus is what %workers shows.
type WorkerStatus struct {
	Default    int     // workers when -w is not given
	Cores      int     // logical cores of the machine
	Limit      float64 // cores the cgroup allows, 0 when it sets no limit
	GOMAXPROCS int     // of the engine
}

// Vectorized is how a Vectorize went.
type Vectorized struct {
	Report *vectorizer.Report
	// Value is the result as it is shown, when it is not assigned; nil: none.
	Value *display.Bundle
	// Earlier are the reports of the other tiers, when several were asked for.
	Earlier []*vectorizer.Report
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
	// LHS is Result as written, with its place; empty with -o.
	LHS Fragment
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
	Log     string // of the last failed build, "" when there was none
}

// TierEntry is one function or cell with its tier and the reason.
type TierEntry struct{ Name, Tier, Why string }

// ShellSpec is a command for Shell.
type ShellSpec struct {
	Argv       []string // e.g. {"/bin/sh", "-c", cmd}
	Stdin      string
	Capture    bool // return stdout instead of streaming it
	CaptureErr bool // the same for stderr
}

// ShellResult is how a command ended.
type ShellResult struct {
	Stdout   string // when captured
	Stderr   string // when captured
	ExitCode int
}
