package kernel

import (
	"context"
	"encoding/json"
)

// shellMessage routes what arrives on the shell channel. Cells wait for each
// other; everything else is answered while a cell runs.
func (s *Server) shellMessage(ctx context.Context, m *message) {
	switch m.header.MsgType {
	case "execute_request":
		s.enqueue(ctx, s.cells, m)
	case "complete_request", "inspect_request", "is_complete_request", "history_request":
		s.enqueue(ctx, s.queries, m)
	default:
		s.answerNow(s.shell, m)
	}
}

// controlMessage answers what arrives on the control channel at once.
func (s *Server) controlMessage(_ context.Context, m *message) { s.answerNow(s.control, m) }

// enqueue puts m into a lane, waiting while the lane is full.
func (s *Server) enqueue(ctx context.Context, lane chan<- *message, m *message) {
	select {
	case lane <- m:
	case <-ctx.Done():
	}
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
		s.replyTo(sock, to, "kernel_info_reply", s.kernelInfo())
	case "connect_request":
		s.replyTo(sock, to, "connect_reply", s.connectReply())
	case "interrupt_request":
		s.replyTo(sock, to, "interrupt_reply", map[string]string{"status": "ok"})
	case "shutdown_request":
		s.shutdown(sock, m)
	case "comm_info_request":
		s.replyTo(sock, to, "comm_info_reply", map[string]any{"status": "ok", "comms": map[string]any{}})
	case "comm_open":
		s.refuseComm(m)
	case "comm_msg", "comm_close":
		// No comm was ever opened: nothing to tell, as the protocol has it.
	case "debug_request":
		s.replyTo(sock, to, "debug_reply", refuseDebug(m))
	default:
		s.log.printf("%s socket: message of unknown type %q ignored", sock.name, m.header.MsgType)
	}
	s.publishStatus("idle", to)
	if m.header.MsgType == "shutdown_request" {
		s.stop(errShutdown)
	}
}

// shutdown answers a shutdown_request; the caller then ends the kernel.
func (s *Server) shutdown(sock *socket, m *message) {
	var content struct {
		Restart bool `json:"restart"`
	}
	if json.Unmarshal(m.content, &content) != nil {
		content.Restart = false
	}
	reply := map[string]any{"status": "ok", "restart": content.Restart}
	s.replyTo(sock, m.parent(), "shutdown_reply", reply)
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
