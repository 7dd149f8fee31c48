package kernel

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of times in /proc: 1/100 s on every Linux (USER_HZ).
const tick = 10 * time.Millisecond

// ownProcesses lists this process and its descendants, from /proc.
func ownProcesses() (family []process, ok bool) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, false
	}
	all, children := map[int]process{}, map[int][]int{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		if p, parent, ok := parseStat(string(data)); ok {
			all[p.pid] = p
			children[parent] = append(children[parent], p.pid)
		}
	}
	for list := []int{os.Getpid()}; len(list) > 0; list = list[1:] {
		if p, have := all[list[0]]; have {
			family = append(family, p)
		}
		list = append(list, children[list[0]]...)
	}
	return family, len(family) > 0
}

// parseStat reads a process's line in /proc: its fields are counted from the
// name's closing parenthesis, because the name may hold anything.
func parseStat(line string) (p process, parent int, ok bool) {
	number, _, _ := strings.Cut(line, " ")
	end := strings.LastIndexByte(line, ')')
	if end < 0 {
		return p, 0, false
	}
	fields := strings.Fields(line[end+1:])
	if len(fields) < 22 {
		return p, 0, false
	}
	at := func(i int) int64 {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		ok = ok && err == nil
		return n
	}
	ok = true
	pid, err := strconv.Atoi(number)
	parent = int(at(1))
	p = process{pid: pid, cpu: time.Duration(at(11)+at(12)) * tick, memory: at(21) * int64(os.Getpagesize())}
	return p, parent, ok && err == nil
}

// hostTicks returns the machine's busy and whole processor time since its
// start, in ticks of all cores.
func hostTicks() (busy, all int64, ok bool) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0, false
	}
	line, _, _ := strings.Cut(string(data), "\n")
	fields := strings.Fields(line)
	if len(fields) < 6 {
		return 0, 0, false
	}
	for i, f := range fields[1:min(len(fields), 9)] { // guests count in user and nice
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, 0, false
		}
		if all += n; i != 3 && i != 4 { // idle, and waiting for a disk
			busy += n
		}
	}
	return busy, all, true
}

// hostMemory returns the machine's memory in bytes, under psutil's names; nil
// where /proc does not tell.
func hostMemory() map[string]any {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return nil
	}
	kb := map[string]int64{}
	for line := range strings.Lines(string(data)) {
		name, rest, _ := strings.Cut(line, ":")
		if f := strings.Fields(rest); len(f) > 0 {
			n, err := strconv.ParseInt(f[0], 10, 64)
			if err == nil {
				kb[name] = n << 10
			}
		}
	}
	total, available := kb["MemTotal"], kb["MemAvailable"]
	if total == 0 {
		return nil
	}
	return map[string]any{
		"total": total, "available": available, "percent": float64(total-available) / float64(total) * 100,
		"used": total - available, "free": kb["MemFree"], "active": kb["Active"], "inactive": kb["Inactive"],
		"buffers": kb["Buffers"], "cached": kb["Cached"] + kb["SReclaimable"], "shared": kb["Shmem"], "slab": kb["Slab"],
	}
}
