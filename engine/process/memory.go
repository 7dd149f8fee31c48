package process

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/goblaze/goblaze/engine/rt"
)

// memoryTick is how often an engine's memory is looked at: 10 µs each time.
const memoryTick = 100 * time.Millisecond

// watchMemory ends the process when its memory is half as much again as its
// limit. The engine keeps the limit itself, and more gently; but its own watch
// stands still while a collection waits for what can't be preempted (a string
// of gigabytes being copied). It returns when exit is closed.
func (e *Engine) watchMemory(exit <-chan struct{}) {
	t := time.NewTicker(memoryTick)
	defer t.Stop()
	for {
		select {
		case <-exit:
			return
		case <-t.C:
		}
		limit := e.limit.Load() // 0 until it is known
		if used := resident(e.proc.Pid); limit > 0 && used > limit+limit/2 {
			e.Kill(fmt.Sprintf("out of memory: the limit is %s (the session used %s)", rt.ByteText(limit), rt.ByteText(used)))
			return
		}
	}
}

// resident returns a process's resident memory in bytes, 0 where the system
// does not tell.
func resident(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(string(fields[1]), 10, 64) // digits, as proc(5) has it
	return pages * int64(os.Getpagesize())
}
