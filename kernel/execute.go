package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/goblaze/goblaze/display"
)

// abortSettle is how long a failed cell's reply waits for requests that the
// front end had sent along with it ("Run All") and that are to be aborted. A
// request sent after the reply was seen is never aborted.
const abortSettle = 10 * time.Millisecond

// executeContent is the content of an execute_request. Fields that may be
// left out hold the protocol's defaults.
type executeContent struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    *bool             `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      *bool             `json:"allow_stdin"`
	StopOnError     *bool             `json:"stop_on_error"`
}

// cellMetadata is what the kernel reads of an execute_request's metadata.
type cellMetadata struct {
	CellID string `json:"cellId"`
}

// executionLane runs execute_requests one after another until ctx ends.
func (s *Server) executionLane(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-s.cells:
			s.execute(ctx, m)
		}
	}
}

// execute runs one cell and answers its request.
func (s *Server) execute(ctx context.Context, m *message) {
	to := m.parent()
	started := map[string]string{"started": timestamp()} // front ends keep it as the cell's timing
	var content executeContent
	if err := s.unmarshal(m, &content); err != nil {
		s.publishStatus("busy", to)
		s.replyWith(to, "execute_reply", started, executeReply(s.count, ExecuteReply{Err: badRequest(m, err)}))
		s.publishStatus("idle", to)
		return
	}
	s.setRunning(&to)
	cellCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.setCancel(cancel) // before the front end sees a cell that it could interrupt
	s.publishStatus("busy", to)
	reply, failed := s.runCell(cellCtx, m, content)
	s.setCancel(nil)
	if failed && orTrue(content.StopOnError) {
		aborted := s.takeQueued(ctx)
		s.replyWith(to, "execute_reply", started, reply)
		s.setRunning(nil)
		s.publishStatus("idle", to)
		s.abort(aborted)
		return
	}
	s.replyWith(to, "execute_reply", started, reply)
	s.setRunning(nil)
	s.publishStatus("idle", to)
}

// runCell executes the code and returns the reply's content.
func (s *Server) runCell(ctx context.Context, m *message, content executeContent) (reply map[string]any, failed bool) {
	store := orTrue(content.StoreHistory) && !content.Silent
	blank := strings.TrimSpace(content.Code) == ""
	count := s.count + 1
	to := m.parent()
	c := &cell{server: s, parent: to, count: count, silent: content.Silent, stdin: orTrue(content.AllowStdin)}
	if !content.Silent {
		s.pub.publish("execute_input", to, map[string]any{"code": content.Code, "execution_count": count})
	}
	if blank && len(content.UserExpressions) == 0 {
		return executeReply(s.count, ExecuteReply{}), false
	}
	if store && !blank {
		s.count = count
		s.history.add(count, content.Code)
	}
	var meta cellMetadata
	if err := json.Unmarshal(m.metadata, &meta); err != nil {
		meta.CellID = "" // a front end's own use of the name
	}
	result := safely(ctx, s.exec, ExecuteRequest{
		Code: content.Code, Count: count, Silent: content.Silent, StoreHistory: store,
		CellID: meta.CellID, Expressions: content.UserExpressions,
	}, c)
	c.flushPartial()
	if result.Err != nil && !content.Silent {
		s.pub.publish("error", to, errorContent(result.Err))
	}
	// A request that is not stored leaves the counter as it is, and is told it.
	return executeReply(s.count, result), result.Err != nil
}

// safely turns a panic of the executor itself into the cell's error.
func safely(ctx context.Context, exec Executor, req ExecuteRequest, out Output) (reply ExecuteReply) {
	defer func() {
		if r := recover(); r != nil {
			reply = ExecuteReply{Err: &CellError{
				Name:  "KernelError",
				Value: fmt.Sprintf("the kernel itself failed: %v", r),
				Traceback: []string{
					fmt.Sprintf("KernelError: the kernel itself failed: %v", r),
					"This is a fault of GoBlaze, not of the cell. Please report it with these lines:",
					string(debug.Stack()),
				},
			}}
		}
	}()
	reply = exec.Execute(ctx, req, out)
	reply.Err.shorten()
	return reply
}

// badRequest is what a request is answered with whose content is not what the
// protocol says, so that who sent it need not wait.
func badRequest(m *message, err error) *CellError {
	return &CellError{Name: "BadRequest", Value: fmt.Sprintf("the content of this %s can't be read: %v", m.header.MsgType, err)}
}

// errorReply is the content of a reply that reports an error.
func errorReply(e *CellError) map[string]any {
	reply := errorContent(e)
	reply["status"] = "error"
	return reply
}

func errorContent(e *CellError) map[string]any {
	traceback := e.Traceback
	if len(traceback) == 0 {
		traceback = []string{e.Error()}
	}
	return map[string]any{"ename": e.Name, "evalue": e.Value, "traceback": traceback}
}

// executeReply is the content of an execute_reply. One that reports an error
// has an empty payload and no expressions, as ipykernel's.
func executeReply(count int, r ExecuteReply) map[string]any {
	reply := map[string]any{"status": "ok", "payload": []map[string]any{}}
	if r.Err != nil {
		reply = errorReply(r.Err)
		reply["payload"], r.Expressions = []map[string]any{}, nil
	} else if r.Payload != nil {
		reply["payload"] = r.Payload
	}
	reply["execution_count"] = count
	reply["user_expressions"] = expressionReplies(r.Expressions)
	return reply
}

// expressionReplies brings the results of user_expressions into the
// protocol's form; values already in it stay as they are.
func expressionReplies(results map[string]any) map[string]any {
	replies := make(map[string]any, len(results))
	for name, v := range results {
		switch v := v.(type) {
		case display.Bundle:
			data, _, _ := encodeBundle(v)
			replies[name] = map[string]any{"status": "ok", "data": data, "metadata": encodeMetadata(v)}
		case *CellError:
			v.shorten()
			reply := errorContent(v)
			reply["status"] = "error"
			replies[name] = reply
		default:
			replies[name] = v
		}
	}
	return replies
}

// takeQueued removes and returns the cells that wait behind a failed one.
func (s *Server) takeQueued(ctx context.Context) (queued []*message) {
	settle := time.NewTimer(abortSettle)
	defer settle.Stop()
	for {
		select {
		case m := <-s.cells:
			queued = append(queued, m)
		case <-settle.C:
			return queued
		case <-ctx.Done():
			return queued
		}
	}
}

// abort answers requests without running them.
func (s *Server) abort(requests []*message) {
	for _, m := range requests {
		to := m.parent()
		s.publishStatus("busy", to)
		s.reply(to, "execute_reply", map[string]any{
			"status": "aborted", "execution_count": s.count,
		})
		s.publishStatus("idle", to)
	}
}

func orTrue(b *bool) bool { return b == nil || *b }
