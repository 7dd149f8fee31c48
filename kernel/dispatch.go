package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// shellMessage routes what arrives on the shell channel. Cells wait for each
// other; everything else is answered while a cell runs. Where a lane is full
// the channel waits.
func (s *Server) shellMessage(ctx context.Context, m *message) {
	lane := s.lane(m)
	if lane == nil {
		s.answerNow(s.shell, m)
		return
	}
	select {
	case lane <- m:
	case <-ctx.Done():
	}
}

// controlMessage routes what arrives on the control channel, which takes the
// same requests. It never waits, because an interrupt may come behind: where
// a lane is full the request is refused.
func (s *Server) controlMessage(_ context.Context, m *message) {
	lane := s.lane(m)
	if lane == nil {
		s.answerNow(s.control, m)
		return
	}
	select {
	case lane <- m:
	default:
		s.refuse(m, fmt.Sprintf("%d requests wait before it", maxWaiting))
	}
}

// lane returns where a request waits for its turn; nil answers it at once.
func (s *Server) lane(m *message) chan *message {
	switch m.header.MsgType {
	case "execute_request":
		return s.cells
	case "complete_request", "inspect_request", "is_complete_request", "history_request":
		return s.queries
	}
	return nil
}

// refuse answers a request with an error.
func (s *Server) refuse(m *message, why string) {
	to := m.parent()
	s.publishStatus("busy", to)
	reply := strings.TrimSuffix(m.header.MsgType, "_request") + "_reply"
	s.reply(to, reply, errorReply(&CellError{Name: "Refused", Value: why}))
	s.publishStatus("idle", to)
}

// answerNow answers requests that need no code of the user's.
func (s *Server) answerNow(sock *socket, m *message) {
	to := m.parent()
	if m.header.MsgType == "interrupt_request" {
		s.Interrupt() // before anything that could wait
	}
	s.publishStatus("busy", to)
	switch m.header.MsgType {
	case "kernel_info_request":
		s.reply(to, "kernel_info_reply", s.kernelInfo())
	case "connect_request":
		s.reply(to, "connect_reply", s.connectReply())
	case "interrupt_request":
		s.reply(to, "interrupt_reply", map[string]string{"status": "ok"})
	case "shutdown_request":
		s.shutdown(m)
	case "comm_info_request":
		s.reply(to, "comm_info_reply", map[string]any{"status": "ok", "comms": map[string]any{}})
	case "comm_open":
		s.refuseComm(m)
	case "comm_msg", "comm_close":
		// No comm was ever opened: nothing to tell, as the protocol has it.
	case "usage_request":
		s.reply(to, "usage_reply", s.usage.content())
	case "debug_request":
		s.reply(to, "debug_reply", refuseDebug(m))
	default:
		s.log.printf("%s socket: message of unknown type %q ignored", sock.name, m.header.MsgType)
	}
	s.publishStatus("idle", to)
	if m.header.MsgType == "shutdown_request" {
		s.stop(errShutdown)
	}
}

// shutdown answers a shutdown_request; the caller then ends the kernel.
func (s *Server) shutdown(m *message) {
	var content struct {
		Restart bool `json:"restart"`
	}
	if json.Unmarshal(m.content, &content) != nil {
		content.Restart = false
	}
	reply := map[string]any{"status": "ok", "restart": content.Restart}
	s.reply(m.parent(), "shutdown_reply", reply)
	s.pub.publish("shutdown_reply", m.parent(), reply)
}

// refuseComm closes a comm whose target does not exist: none does.
func (s *Server) refuseComm(m *message) {
	var content struct {
		CommID     string `json:"comm_id"`
		TargetName string `json:"target_name"`
	}
	if s.unmarshal(m, &content) == nil {
		s.log.printf("comm_open for target %q closed: this kernel has no comm targets", content.TargetName)
		s.pub.publish("comm_close", m.parent(), map[string]any{"comm_id": content.CommID, "data": map[string]any{}})
	}
}

// refuseDebug answers a debug_request in the form of the Debug Adapter
// Protocol.
func refuseDebug(m *message) map[string]any {
	var content struct {
		Seq     int    `json:"seq"`
		Command string `json:"command"`
	}
	if json.Unmarshal(m.content, &content) != nil {
		content.Seq, content.Command = 0, ""
	}
	return map[string]any{
		"type": "response", "request_seq": content.Seq, "success": false, "command": content.Command,
		"message": "the Go kernel has no debugger", "seq": content.Seq, "body": map[string]any{},
	}
}
