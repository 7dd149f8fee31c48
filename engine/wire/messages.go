package wire

import (
	"encoding/json"
	"time"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/stack"
)

// The methods of the engine. Each takes the parameters and gives the results
// named beside it.
const (
	MethodHello      = "hello"      // nil → Hello
	MethodLoad       = "load"       // Load → nil
	MethodRun        = "run"        // Run → Outcome
	MethodTime       = "time"       // Time → TimeResult
	MethodInterp     = "interp"     // Interp → Outcome
	MethodUse        = "use"        // Use → nil: a unit's symbols for the interpreter
	MethodForget     = "forget"     // Forget → nil
	MethodValues     = "values"     // Values → ValuesResult
	MethodInterrupt  = "interrupt"  // Interrupt → nil, at once
	MethodChdir      = "chdir"      // Chdir → Dir, the absolute path
	MethodGetwd      = "getwd"      // nil → Dir
	MethodSetenv     = "setenv"     // Env → nil
	MethodEnviron    = "environ"    // nil → Environ
	MethodShell      = "shell"      // Shell → ShellResult
	MethodGoroutines = "goroutines" // nil → Goroutines
	MethodStatus     = "status"     // nil → Status
	MethodInput      = "input"      // Input → nil
	MethodExit       = "exit"       // nil → nil, then the process ends
)

// The kinds of events.
const (
	EventDisplay  = "display"  // Bundle
	EventClear    = "clear"    // Clear
	EventNote     = "note"     // rt.Note
	EventProgress = "progress" // Progress
	EventInput    = "input"    // nil: the cell waits for standard input

	EventSurroundings = "surroundings" // Surroundings, when they have changed
)

// Hello says what the engine is.
type Hello struct {
	Version   int    `json:"version"`
	PID       int    `json:"pid"`
	GoVersion string `json:"go_version"`
	Plugins   bool   `json:"plugins"` // it can load plugins

	MemoryLimit int64 `json:"memory_limit,omitempty"` // in bytes, 0 for none
}

// Load opens a plugin.
type Load struct {
	Path string `json:"path"`
	Unit string `json:"unit"` // the import path that its init registers
}

// Run binds a loaded unit's slots and runs its statements. With an Entry, that
// entry point is called with N instead.
type Run struct {
	Cell  uint64       `json:"cell"` // the id of this run, unique in a session
	Unit  string       `json:"unit"`
	Bind  []rt.Binding `json:"bind,omitempty"`
	Entry string       `json:"entry,omitempty"`
	N     int          `json:"n,omitempty"`
	// Parallel are the settings of parallel loops, by key; they stay.
	Parallel map[string]Parallel `json:"parallel,omitempty"`
	// BindOnly binds without running: a unit that only declares.
	BindOnly bool `json:"bind_only,omitempty"`
}

// Outcome is how a run ended.
type Outcome struct {
	Result    *Bundle           `json:"result,omitempty"`
	Failure   *rt.Failure       `json:"failure,omitempty"`
	Live      int               `json:"live,omitempty"`      // goroutines left running
	Declared  int               `json:"declared,omitempty"`  // session variables whose declarations were reached
	Abandoned []stack.Goroutine `json:"abandoned,omitempty"` // blocked in what can't be stopped

	// Reports are what the parallel loops of the run measured, in order.
	Reports []Report `json:"reports,omitempty"`
	// What the run took: wall-clock time, and the process's CPU time in it.
	RunWall time.Duration `json:"run_wall,omitempty"`
	RunUser time.Duration `json:"run_user,omitempty"`
	RunSys  time.Duration `json:"run_sys,omitempty"`
}

// Parallel is how a parallel loop runs; see parallel.Settings.
type Parallel struct {
	Workers  []int `json:"workers,omitempty"`
	Chunk    int   `json:"chunk,omitempty"`
	Collect  bool  `json:"collect,omitempty"`
	Timeout  int64 `json:"timeout,omitempty"` // ns
	Trial    bool  `json:"trial,omitempty"`   // of a comparison: everything is put back after it
	Compare  bool  `json:"compare,omitempty"`
	Repeat   int   `json:"repeat,omitempty"`
	Progress bool  `json:"progress,omitempty"` // send progress events
}

// Report is what one parallel loop measured: a vectorizer.Report.
type Report struct {
	Key    string          `json:"key"`
	Report json.RawMessage `json:"report"`
}

// Progress is how far a parallel loop is; Total is -1 when unknown.
type Progress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Time runs an entry point n times over, on Workers goroutines that start
// together, after one garbage collection.
type Time struct {
	Run
	Workers int `json:"workers"`
}

// TimeResult is a timing; the CPU times are the whole process's.
type TimeResult struct {
	Outcome
	Wall time.Duration `json:"wall"`
	User time.Duration `json:"user"`
	Sys  time.Duration `json:"sys"`
}

// Interp evaluates source in the interpreter, as given.
type Interp struct {
	Cell   uint64 `json:"cell"`
	Source string `json:"source"`
	// Show returns the last value as the result; Static is its type's name.
	Show   bool   `json:"show,omitempty"`
	Static string `json:"static,omitempty"`
}

// Use gives the interpreter a loaded unit's symbols under an import path.
type Use struct {
	Unit string `json:"unit"`
	Path string `json:"path"` // as the interpreted source imports it
}

// Forget drops session variables by their binding ids.
type Forget struct {
	Vars []string `json:"vars"`
}

// Values asks for session variables in brief, by their binding ids. Methods of
// theirs, like String, run on behalf of the cell.
type Values struct {
	Cell uint64   `json:"cell"`
	Vars []string `json:"vars"`
}

// A ValuesResult has the variables' text by id: their value, or "n=3" for what
// has a length.
type ValuesResult struct {
	Outcome
	Texts map[string]string `json:"texts,omitempty"`
}

// Interrupt stops a run; Cell 0 stops what runs.
type Interrupt struct {
	Cell uint64 `json:"cell"`
}

// Chdir changes the working folder; "~" and "-" are understood.
type Chdir struct {
	Dir string `json:"dir"`
}

// Dir is an absolute folder.
type Dir struct {
	Dir string `json:"dir"`
}

// Env sets, or with Unset removes, an environment variable.
type Env struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Unset bool   `json:"unset,omitempty"`
}

// Environ is the environment as KEY=value.
type Environ struct {
	Env []string `json:"env"`
}

// Surroundings are what a process has around its variables, and what a fresh
// engine is given when one dies.
type Surroundings struct {
	Dir   string   `json:"dir"`             // the working folder; "" where it can't be told
	Env   []string `json:"env"`             // KEY=value
	Procs int      `json:"procs,omitempty"` // GOMAXPROCS, 0 unless a cell set it
}

// Shell runs a command in a process group of its own.
type Shell struct {
	Cell    uint64   `json:"cell"`
	Argv    []string `json:"argv"`
	Stdin   string   `json:"stdin,omitempty"`
	Capture bool     `json:"capture,omitempty"` // return stdout instead of streaming it
	// CaptureErr does the same for stderr.
	CaptureErr bool `json:"capture_err,omitempty"`
}

// ShellResult is how a command ended.
type ShellResult struct {
	Stdout      string `json:"stdout,omitempty"`
	Stderr      string `json:"stderr,omitempty"`
	ExitCode    int    `json:"exit_code"` // 128 + the signal, when one ended it
	Interrupted bool   `json:"interrupted,omitempty"`
}

// Input is one of: a wish to be told (by EventInput) when a cell waits for
// standard input; what was typed, with its line end; the end of the input.
type Input struct {
	Watch bool   `json:"watch,omitempty"`
	Text  string `json:"text,omitempty"`
	End   bool   `json:"end,omitempty"`
}

// Goroutines lists the live goroutines of all cells.
type Goroutines struct {
	Goroutines []stack.Goroutine `json:"goroutines"`
}

// Status is the engine's resource use.
type Status struct {
	Resident   int64         `json:"resident"` // bytes
	Heap       int64         `json:"heap"`     // bytes in use
	Goroutines int           `json:"goroutines"`
	CPU        time.Duration `json:"cpu"`
	Procs      int           `json:"procs"`             // GOMAXPROCS
	Running    uint64        `json:"running,omitempty"` // the run under way
	Plugins    int           `json:"plugins"`
	// PluginBytes is the size of the loaded plugins' files.
	PluginBytes int64 `json:"plugin_bytes"`
}

// Clear removes what a cell has shown.
type Clear struct {
	Wait bool `json:"wait"`
}

// Runs are the parameters of the methods that run something on behalf of a
// cell: Interrupt stops them.
type Runs interface{ CellID() uint64 }

// CellID returns the id of the run.
func (p Run) CellID() uint64 { return p.Cell }

// CellID returns the id of the run.
func (p Interp) CellID() uint64 { return p.Cell }

// CellID returns the id of the run.
func (p Values) CellID() uint64 { return p.Cell }

// CellID returns the id of the run.
func (p Shell) CellID() uint64 { return p.Cell }
