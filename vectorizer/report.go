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
	Done     int           `json:"done"`               // items finished
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
}

// A Span is one chunk (or several merged neighbours) on a worker's timeline;
// times are seconds since the start of the run, items are [Lo, Hi).
type Span struct {
	Worker int     `json:"worker"`
	StartS float64 `json:"start_s"`
	EndS   float64 `json:"end_s"`
	Lo     int     `json:"lo"`
	Hi     int     `json:"hi"`
}

// A LongestItem is one of the items that took the most time.
type LongestItem struct {
	Index    int     `json:"index"`
	Worker   int     `json:"worker"`
	Seconds  float64 `json:"seconds"`
	StartS   float64 `json:"start_s"`
	ItemText string  `json:"item,omitempty"`
}
