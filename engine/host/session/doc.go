// Package session ends the processes that a dead or dying engine leaves
// behind: the engine leads a session of its own (setsid), and what its cells
// and `!` commands started are that session's members.
package session
