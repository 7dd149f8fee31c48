package kernel

import (
	"os"
	"runtime"
	"sync"
	"time"
)

// usage answers usage_request, which no protocol text has: JupyterLab's
// resource panel (jupyter-resource-usage) asks it, and the fields are those of
// ipykernel's answer. Percentages are since the request before, so that the
// first answer has none for the machine and 0 for the kernel.
type usage struct {
	mu   sync.Mutex
	at   time.Time                 // of the request before
	cpu  map[int]time.Duration     // processor time of each process then
	host struct{ busy, all int64 } // ticks of the machine then
}

// A process is one of the kernel's: itself or a descendant.
type process struct {
	pid    int
	cpu    time.Duration // user and system time
	memory int64         // resident bytes
}

// content is the content of a usage_reply.
func (u *usage) content() map[string]any {
	u.mu.Lock()
	defer u.mu.Unlock()
	reply := map[string]any{"status": "ok", "pid": os.Getpid(), "cpu_count": runtime.NumCPU()}
	if name, err := os.Hostname(); err == nil {
		reply["hostname"] = name
	}
	family, ok := ownProcesses()
	if !ok {
		return reply // this system does not tell
	}
	now := time.Now()
	reply["kernel_cpu"], reply["kernel_memory"] = u.measure(family, now)
	if percent, ok := u.hostCPU(); ok {
		reply["host_cpu_percent"] = percent
	}
	if memory := hostMemory(); memory != nil {
		reply["host_virtual_memory"] = memory
	}
	return reply
}

// measure returns the percentage of one core that the processes took since the
// request before, and their resident bytes.
func (u *usage) measure(family []process, now time.Time) (percent float64, memory int64) {
	spent, cpu := time.Duration(0), make(map[int]time.Duration, len(family))
	for _, p := range family {
		cpu[p.pid] = p.cpu
		memory += p.memory
		if before, ok := u.cpu[p.pid]; ok {
			spent += p.cpu - before
		}
	}
	if elapsed := now.Sub(u.at); u.cpu != nil && elapsed > 0 {
		percent = float64(spent) / float64(elapsed) * 100
	}
	u.cpu, u.at = cpu, now
	return percent, memory
}

// hostCPU returns how busy the machine was since the request before.
func (u *usage) hostCPU() (percent float64, ok bool) {
	busy, all, ok := hostTicks()
	before := u.host
	u.host.busy, u.host.all = busy, all
	if !ok || before.all == 0 || all <= before.all {
		return 0, false
	}
	return float64(busy-before.busy) / float64(all-before.all) * 100, true
}
