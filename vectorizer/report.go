package vectorizer

// ReportMIME is the MIME type under which a Report travels in a bundle.
const ReportMIME = "application/vnd.goblaze.report+json"

// A Report is what one run, one comparison or one timing measured.
// Durations in JSON are seconds.
type Report struct {
	Kind           string    `json:"kind"` // "run", "compare" or "timeit"
	Items          int       `json:"items"`
	Workers        int       `json:"workers"`
	Chunk          string    `json:"chunk"` // "auto" or the number
	Tier           string    `json:"tier"`  // "compiled" or "interpreted"
	Cores          int       `json:"cores"`
	WallS          float64   `json:"wall_s"`
	BusyS          []float64 `json:"busy_s"` // per worker, by rank
	ItemErrors     int       `json:"item_errors"`
	Runs           []Run     `json:"runs,omitempty"`
	Speedup        float64   `json:"speedup,omitempty"`
	Efficiency     float64   `json:"efficiency,omitempty"`
	SerialFraction *float64  `json:"serial_fraction,omitempty"`
	Equal          *bool     `json:"equal,omitempty"`
	Difference     string    `json:"difference,omitempty"` // the first one, when not Equal
	Verdict        []string  `json:"verdict"`

	Timeline []Span        `json:"timeline,omitempty"` // bounded: merged for long runs
	Longest  []LongestItem `json:"longest,omitempty"`  // longest first
	Done     int           `json:"done"`               // items finished without failure

	Chunks int     `json:"chunks"` // chunks taken
	CPUS   float64 `json:"cpu_s"`  // CPU time of the whole process during the run; 0: not known
	// StarvedS is how long threads of the process were ready to run and had no core during the run, summed over them;
	// 0: never, or not known (it is known on Linux).
	StarvedS float64   `json:"starved_s,omitempty"`
	EndS     []float64 `json:"end_s"`             // per worker: the end of its last chunk
	InitS    []float64 `json:"init_s,omitempty"`  // per worker: time in its init
	Stopped  string    `json:"stopped,omitempty"` // why the run ended before its last item
	Fit      *Fit      `json:"fit,omitempty"`     // of a comparison: the Amdahl curve
}

// A Run is one labelled, repeated measurement of a comparison or a timing.
type Run struct {
	Label   string    `json:"label"`
	Workers int       `json:"workers"` // 0: sequential
	Tier    string    `json:"tier"`
	MeanS   float64   `json:"mean_s"`
	StdS    float64   `json:"std_s"`
	MinS    float64   `json:"min_s"`
	AllS    []float64 `json:"all_s"`
	// StarvedS is Report.StarvedS of the runs on workers, their mean.
	StarvedS float64 `json:"starved_s,omitempty"`
}

// A Span is one chunk (or several merged neighbours) on a worker's timeline;
// times are seconds since the start of the run. All its items lie in [Lo, Hi);
// of merged chunks that may be more than the Items it ran.
type Span struct {
	Worker int     `json:"worker"`
	StartS float64 `json:"start_s"`
	EndS   float64 `json:"end_s"`
	Lo     int     `json:"lo"`
	Hi     int     `json:"hi"`
	Items  int     `json:"items"`
	Chunks int     `json:"chunks"`
	BusyS  float64 `json:"busy_s"` // less than EndS-StartS where merged chunks had gaps
}

// A LongestItem is one of the items that took the most time. Items are timed
// one by one when they take about 100 µs or more; where a chunk of quick items
// held a long one, Of is that chunk's size, Index its first item and Seconds
// its whole time.
type LongestItem struct {
	Index    int     `json:"index"`
	Of       int     `json:"of"` // 1: the item itself
	Worker   int     `json:"worker"`
	Seconds  float64 `json:"seconds"`
	StartS   float64 `json:"start_s"`
	ItemText string  `json:"item,omitempty"`
}
