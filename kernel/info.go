package kernel

import (
	"runtime"
	"strings"
)

// kernelInfo is the content of a kernel_info_reply.
func (s *Server) kernelInfo() map[string]any {
	return map[string]any{
		"status":                 "ok",
		"protocol_version":       ProtocolVersion,
		"implementation":         "goblaze",
		"implementation_version": s.opts.Version,
		"language_info":          LanguageInfo(),
		"banner":                 s.opts.Banner,
		"debugger":               false,
		"help_links":             s.opts.HelpLinks,
		"supported_features":     []string{},
	}
}

// LanguageInfo is what kernel_info and executed notebooks say of the
// language. VS Code completes only with the MIME type.
func LanguageInfo() map[string]any {
	return map[string]any{
		"name":               "go",
		"version":            strings.TrimPrefix(runtime.Version(), "go"),
		"mimetype":           "text/x-go",
		"file_extension":     ".go",
		"pygments_lexer":     "go",
		"codemirror_mode":    "text/x-go",
		"nbconvert_exporter": "script",
	}
}

// connectReply is the content of a connect_reply.
func (s *Server) connectReply() map[string]any {
	return map[string]any{
		"status":       "ok",
		"shell_port":   s.info.ShellPort,
		"iopub_port":   s.info.IOPubPort,
		"stdin_port":   s.info.StdinPort,
		"hb_port":      s.info.HBPort,
		"control_port": s.info.ControlPort,
	}
}
