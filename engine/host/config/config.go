// Package config is what the kernel process tells an engine at its start.
package config

// Env is the environment variable that holds a Config as JSON. The engine
// removes it from its environment.
const Env = "GOBLAZE_ENGINE"

// Config is an engine's configuration.
type Config struct {
	Token string `json:"token"` // of the marks in the output streams
	// MemoryLimit in bytes; 0 takes three quarters of what the machine or the
	// cgroup has, negative means none.
	MemoryLimit int64 `json:"memory_limit"`
	// Procs is the GOMAXPROCS that cells set; 0 is the runtime's own.
	Procs int `json:"procs,omitempty"`
	// Handles are those of requests, replies and last words where they have no
	// fixed numbers (Windows).
	Handles []uintptr `json:"handles,omitempty"`
}

// The extra descriptors of an engine, on unix.
const (
	RequestFD = 3 // frames in
	ReplyFD   = 4 // frames out
	CrashFD   = 5 // the runtime's last words
)
