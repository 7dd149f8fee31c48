package kernel

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// queryTimeout bounds one question to the executor.
const queryTimeout = 30 * time.Second

// queryLane answers questions about code, in order, while cells run.
func (s *Server) queryLane(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-s.queries:
			s.query(ctx, m)
		}
	}
}

func (s *Server) query(ctx context.Context, m *message) {
	to := m.parent()
	s.publishStatus("busy", to)
	defer s.publishStatus("idle", to)
	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	msgType, reply := s.answer(ctx, m)
	s.reply(to, msgType, reply)
}

// answer returns the reply to a question. A panic of the executor becomes an error reply.
func (s *Server) answer(ctx context.Context, m *message) (msgType string, reply map[string]any) {
	defer func() {
		if r := recover(); r != nil {
			s.log.printf("%s: the executor panicked: %v", m.header.MsgType, r)
			reply = errorReply(&CellError{Name: "KernelError", Value: fmt.Sprint(r)})
		}
	}()
	switch m.header.MsgType {
	case "complete_request":
		msgType = "complete_reply"
		return msgType, s.complete(ctx, m)
	case "inspect_request":
		msgType = "inspect_reply"
		return msgType, s.inspect(ctx, m)
	case "is_complete_request":
		msgType = "is_complete_reply"
		return msgType, s.isComplete(m)
	default:
		msgType = "history_reply"
		return msgType, s.historyReply(m)
	}
}

// cursor returns the cursor as an offset within code, in code points. A front
// end that sends none means the end.
func cursor(code string, pos *int) int {
	end := utf8.RuneCountInString(code)
	if pos == nil || *pos > end {
		return end
	}
	return max(*pos, 0)
}

func (s *Server) complete(ctx context.Context, m *message) map[string]any {
	var q struct {
		Code      string `json:"code"`
		CursorPos *int   `json:"cursor_pos"`
	}
	if err := s.unmarshal(m, &q); err != nil {
		return errorReply(badRequest(m, err))
	}
	at := cursor(q.Code, q.CursorPos)
	found := Completions{Start: at, End: at}
	if c, ok := s.exec.(Completer); ok {
		found = c.Complete(ctx, q.Code, at)
	}
	if found.Matches == nil {
		found.Matches = []string{}
	}
	return map[string]any{
		"status": "ok", "matches": found.Matches, "cursor_start": found.Start, "cursor_end": found.End,
		"metadata": map[string]any{"_jupyter_types_experimental": found.typed()},
	}
}

// typed is the list of matches with types and signatures that JupyterLab
// shows.
func (c Completions) typed() []map[string]any {
	out := make([]map[string]any, len(c.Matches))
	for i, text := range c.Matches {
		out[i] = map[string]any{"text": text, "type": at(c.Types, i), "signature": at(c.Signatures, i), "start": c.Start, "end": c.End}
	}
	return out
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func (s *Server) inspect(ctx context.Context, m *message) map[string]any {
	var q struct {
		Code        string `json:"code"`
		CursorPos   *int   `json:"cursor_pos"`
		DetailLevel int    `json:"detail_level"`
	}
	if err := s.unmarshal(m, &q); err != nil {
		return errorReply(badRequest(m, err))
	}
	data, metadata, known := map[string]any{}, any(map[string]any{}), false
	if i, ok := s.exec.(Inspector); ok {
		bundle, found := i.Inspect(ctx, q.Code, cursor(q.Code, q.CursorPos), q.DetailLevel)
		if found {
			data, _, _ = encodeBundle(bundle)
			metadata, known = encodeMetadata(bundle), true
		}
	}
	return map[string]any{"status": "ok", "found": known, "data": data, "metadata": metadata}
}

func (s *Server) isComplete(m *message) map[string]any {
	var q struct {
		Code string `json:"code"`
	}
	if err := s.unmarshal(m, &q); err != nil {
		return errorReply(badRequest(m, err))
	}
	c, ok := s.exec.(CompletenessChecker)
	if !ok {
		return map[string]any{"status": "unknown"}
	}
	status, indent := c.IsComplete(q.Code)
	reply := map[string]any{"status": status}
	if status == "incomplete" {
		reply["indent"] = indent
	}
	return reply
}
