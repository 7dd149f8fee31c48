package vectorizer

import (
	"math"
	"os"
	"path"
	"strconv"
	"strings"
)

// readCgroupLimit reads the tightest CPU limit of the process's cgroup and the
// groups above it, in version 2 or version 1 of the interface.
func readCgroupLimit() int {
	groups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0
	}
	best := math.Inf(1)
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		switch {
		case parts[0] == "0" && parts[1] == "":
			best = min(best, walkUp("/sys/fs/cgroup", parts[2], limitV2))
		case hasCPU(parts[1]):
			best = min(best, walkUp("/sys/fs/cgroup/cpu", parts[2], limitV1))
		}
	}
	if math.IsInf(best, 1) {
		return 0
	}
	return max(1, int(math.Ceil(best)))
}

func hasCPU(controllers string) bool {
	for c := range strings.SplitSeq(controllers, ",") {
		if c == "cpu" {
			return true
		}
	}
	return false
}

// walkUp takes the lowest limit of a group and its parents. Inside a container
// the path may not exist under the mount; its root is then the group.
func walkUp(root, group string, limit func(dir string) float64) float64 {
	best := math.Inf(1)
	for {
		best = min(best, limit(path.Join(root, group)))
		if group == "/" || group == "." || group == "" {
			return best
		}
		group = path.Dir(group)
	}
}

func limitV2(dir string) float64 {
	text, err := os.ReadFile(path.Join(dir, "cpu.max"))
	if err != nil {
		return math.Inf(1)
	}
	fields := strings.Fields(string(text))
	if len(fields) != 2 {
		return math.Inf(1)
	}
	return quotient(fields[0], fields[1])
}

func limitV1(dir string) float64 {
	quota, err := os.ReadFile(path.Join(dir, "cpu.cfs_quota_us"))
	if err != nil {
		return math.Inf(1)
	}
	period, err := os.ReadFile(path.Join(dir, "cpu.cfs_period_us"))
	if err != nil {
		return math.Inf(1)
	}
	return quotient(strings.TrimSpace(string(quota)), strings.TrimSpace(string(period)))
}

// quotient is quota/period in cores; "max" and -1 mean no limit.
func quotient(quota, period string) float64 {
	q, err1 := strconv.ParseFloat(quota, 64)
	p, err2 := strconv.ParseFloat(period, 64)
	if err1 != nil || err2 != nil || q <= 0 || p <= 0 {
		return math.Inf(1)
	}
	return q / p
}
