package vectorizer

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// processStarved is how long the process's threads have been ready to run
// without a core so far: the second figure of /proc/PID/task/TID/schedstat
// (Linux Documentation/scheduler/sched-stats), summed over the threads alive.
// 20 µs for a Go process of ten threads.
func processStarved() time.Duration {
	const tasks = "/proc/self/task"
	dir, err := os.Open(tasks)
	if err != nil {
		return 0
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1) // those it could read
	total := time.Duration(0)
	for _, name := range names {
		text, _ := os.ReadFile(tasks + "/" + name + "/schedstat") // none where the kernel keeps none
		if fields := bytes.Fields(text); len(fields) == 3 {
			ns, _ := strconv.ParseInt(string(fields[1]), 10, 64)
			total += time.Duration(ns)
		}
	}
	return total
}
