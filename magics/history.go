package magics

import (
	"path"
	"slices"
	"strings"
	"sync"
)

// HistoryRequest has the fields of kernel.HistoryRequest, so that one converts
// to the other.
type HistoryRequest struct {
	AccessType           string // "range", "tail" or "search"
	Output, Raw          bool
	Session, Start, Stop int
	N                    int
	Pattern              string
	Unique               bool
}

// HistoryEntry has the fields of kernel.HistoryEntry.
type HistoryEntry struct {
	Session, Line int
	Input, Output string
}

// History is the list of the session's cells, oldest first. It is kept in
// memory: this session is the only one it knows (number 1; 0 means it too). The
// zero History is empty; its methods may be called concurrently.
type History struct {
	mu      sync.Mutex
	entries []HistoryEntry
}

// maxHistory bounds the cells kept; the oldest go first.
const maxHistory = 10_000

func (h *History) add(line int, input string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.entries) >= maxHistory {
		h.entries = slices.Delete(h.entries, 0, len(h.entries)-maxHistory+1)
	}
	h.entries = append(h.entries, HistoryEntry{Session: 1, Line: line, Input: input})
}

func (h *History) setOutput(line int, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.entries) - 1; i >= 0; i-- {
		if h.entries[i].Line == line {
			h.entries[i].Output = text
			return
		}
	}
}

func (h *History) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = nil
}

func (h *History) resetOutputs() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.entries {
		if h.entries[i].Output != "" {
			h.entries[i].Output = ""
			n++
		}
	}
	return n
}

// Request answers Jupyter's history_request: "range" the lines from Start up
// to and without Stop (0: to the end; negative ones count from it) of a session, "tail" the last N,
// "search" the last N whose input matches the glob Pattern (N 0: all). Outputs
// are left out unless asked for. Raw makes no difference: cells are kept as
// written.
func (h *History) Request(req HistoryRequest) []HistoryEntry {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []HistoryEntry
	switch req.AccessType {
	case "range":
		list = h.between(req.Session, req.Start, req.Stop)
	case "search":
		list = tail(h.matching(req.Pattern, req.Unique), req.N)
	case "tail":
		list = tail(slices.Clone(h.entries), max(req.N, 0))
		if req.N <= 0 {
			list = nil
		}
	}
	if !req.Output {
		for i := range list {
			list[i].Output = ""
		}
	}
	return list
}

func (h *History) between(session, start, stop int) (list []HistoryEntry) {
	if session != 0 && session != 1 {
		return nil
	}
	end := 1
	if n := len(h.entries); n > 0 {
		end = h.entries[n-1].Line + 1
	}
	if start < 0 {
		start += end
	}
	if stop <= 0 {
		stop += end
	}
	for _, e := range h.entries {
		if e.Line >= start && e.Line < stop {
			list = append(list, e)
		}
	}
	return list
}

// matching returns the entries whose input matches a glob; with unique only
// the last of equal inputs.
func (h *History) matching(pattern string, unique bool) (list []HistoryEntry) {
	seen := map[string]bool{}
	for i := len(h.entries) - 1; i >= 0; i-- {
		e := h.entries[i]
		if unique && seen[e.Input] || !glob(pattern, e.Input) {
			continue
		}
		seen[e.Input] = true
		list = append(list, e)
	}
	slices.Reverse(list)
	return list
}

// tail returns the last n entries, all when n is 0 or less.
func tail(list []HistoryEntry, n int) []HistoryEntry {
	if n > 0 && len(list) > n {
		return list[len(list)-n:]
	}
	return list
}

// glob matches a whole text against * and ? as SQLite's GLOB does, newlines
// and slashes included.
func glob(pattern, text string) bool {
	hide := strings.NewReplacer("/", "\x00")
	ok, err := path.Match(hide.Replace(strings.ReplaceAll(pattern, `\`, `\\`)), hide.Replace(text))
	return ok && err == nil
}
