package kernel

import (
	"path"
	"strings"
	"sync"
)

// maxHistory bounds the cells a history keeps.
const maxHistory = 10_000

// A history keeps the cells of this session for executors that keep none. It
// is safe for concurrent use.
type history struct {
	mu      sync.Mutex
	entries []HistoryEntry
}

func newHistory() *history { return &history{} }

func (h *history) add(line int, input string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = append(h.entries, HistoryEntry{Session: 1, Line: line, Input: input})
	if over := len(h.entries) - maxHistory; over > 0 {
		h.entries = append([]HistoryEntry(nil), h.entries[over:]...)
	}
}

// History answers a request from what was kept.
func (h *history) History(req HistoryRequest) (found []HistoryEntry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch req.AccessType {
	case "range":
		start, stop := req.lines(h.entries)
		for _, e := range h.entries {
			if e.Line >= start && e.Line < stop && (req.Session == 0 || req.Session == e.Session) {
				found = append(found, e)
			}
		}
		return found
	case "search":
		found = h.search(req)
	default:
		found = append(found, h.entries...)
	}
	if req.N > 0 && len(found) > req.N {
		found = found[len(found)-req.N:]
	}
	return found
}

// lines resolves the range of a request as IPython does: from Start up to and
// without Stop, both counted from the end where they are negative, and to the
// end where Stop is 0.
func (req HistoryRequest) lines(entries []HistoryEntry) (start, stop int) {
	end := 1
	if n := len(entries); n > 0 {
		end = entries[n-1].Line + 1
	}
	start, stop = req.Start, req.Stop
	if start < 0 {
		start += end
	}
	if stop <= 0 {
		stop += end
	}
	return start, stop
}

// search returns the entries that match a glob, the last of equal ones only
// with Unique.
func (h *history) search(req HistoryRequest) (found []HistoryEntry) {
	pattern := req.Pattern
	if pattern == "" {
		pattern = "*"
	}
	last := map[string]int{}
	for i, e := range h.entries {
		last[e.Input] = i
	}
	for i, e := range h.entries {
		if globMatch(pattern, e.Input) && (!req.Unique || last[e.Input] == i) {
			found = append(found, e)
		}
	}
	return found
}

// globMatch matches * ? and [] as IPython's history does, where a slash is
// nothing special.
func globMatch(pattern, text string) bool {
	noSlash := strings.NewReplacer("/", "\x00")
	ok, err := path.Match(noSlash.Replace(pattern), noSlash.Replace(text))
	return err == nil && ok
}

// historyReply answers a history_request from the executor's history, or the
// kernel's own.
func (s *Server) historyReply(m *message) map[string]any {
	var q struct {
		AccessType string `json:"hist_access_type"`
		Output     bool   `json:"output"`
		Raw        bool   `json:"raw"`
		Session    int    `json:"session"`
		Start      int    `json:"start"`
		Stop       int    `json:"stop"`
		N          int    `json:"n"`
		Pattern    string `json:"pattern"`
		Unique     bool   `json:"unique"`
	}
	if err := s.unmarshal(m, &q); err != nil {
		return errorReply(badRequest(m, err))
	}
	var keeper HistoryKeeper = s.history
	if k, ok := s.exec.(HistoryKeeper); ok {
		keeper = k
	}
	rows := [][]any{}
	for _, e := range keeper.History(HistoryRequest{
		AccessType: q.AccessType, Output: q.Output, Raw: q.Raw, Session: q.Session,
		Start: q.Start, Stop: q.Stop, N: q.N, Pattern: q.Pattern, Unique: q.Unique,
	}) {
		if q.Output {
			var output any // null where a cell showed no value
			if e.Output != "" {
				output = e.Output
			}
			rows = append(rows, []any{e.Session, e.Line, []any{e.Input, output}})
			continue
		}
		rows = append(rows, []any{e.Session, e.Line, e.Input})
	}
	return map[string]any{"status": "ok", "history": rows}
}
