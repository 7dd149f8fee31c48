package process

import (
	"fmt"
	"time"

	"github.com/goblaze/goblaze/engine/host/session"
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
		if used := session.Resident(e.proc.Pid); limit > 0 && used > limit+limit/2 {
			e.Kill(fmt.Sprintf("out of memory: the limit is %s (the session used %s)", rt.ByteText(limit), rt.ByteText(used)))
			return
		}
	}
}
