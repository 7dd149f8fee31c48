package session

import (
	"os/exec"
	"strconv"
	"time"
)

// Kill ends what the engine with the process id sid has started; the engine
// itself, unless except is its id.
func Kill(sid, except int) {
	args := []string{"/F", "/T", "/PID", strconv.Itoa(sid)}
	if except == sid {
		return // children of a console process end with its job
	}
	_ = exec.Command("taskkill", args...).Run() // an error: it has ended
}

// Members is not known here: Windows has no sessions of processes.
func Members(int) []int { return nil }

// Resident is not known here.
func Resident(int) int64 { return 0 }

// Resume does nothing: no signal stops a process.
func Resume(int) {}

// Idle is not known here.
func Idle(int) bool { return false }

// CPUTime is not known here.
func CPUTime(int) (used time.Duration, ok bool) { return 0, false }
