//go:build unix

package session

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
	"time"
)

// Kill sends SIGKILL to every process of the session sid but the process with
// id except. It reads /proc, about 20 µs a process on the machine; without
// /proc it kills the process group of that number only.
func Kill(sid, except int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		if except == 0 {
			syscall.Kill(-sid, syscall.SIGKILL)
		}
		return
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == except || pid == os.Getpid() {
			continue
		}
		if s, ok := sessionOf(pid); ok && s == sid {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// Members returns the processes of the session, zombies left out.
func Members(sid int) []int {
	var pids []int
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			if s, ok := sessionOf(pid); ok && s == sid {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// sessionOf returns a live process's session.
func sessionOf(pid int) (int, bool) {
	f, ok := statFields(pid)
	if !ok || len(f) < 4 || f[0][0] == 'Z' {
		return 0, false
	}
	s, err := strconv.Atoi(string(f[3]))
	return s, err == nil
}

// statFields returns the fields of /proc/PID/stat from the state on: what
// follows the command's closing parenthesis.
func statFields(pid int) ([][]byte, bool) {
	return fieldsOf("/proc/" + strconv.Itoa(pid) + "/stat")
}

func fieldsOf(path string) ([][]byte, bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	return bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:]), true
}

// Resume lets a process go on that a SIGSTOP stopped; others are left alone.
func Resume(pid int) {
	if f, ok := statFields(pid); ok && f[0][0] == 'T' {
		syscall.Kill(pid, syscall.SIGCONT)
	}
}

// CPUTime returns the processor time that a process has used, in steps of
// 10 ms; ok is false where /proc does not tell.
func CPUTime(pid int) (used time.Duration, ok bool) {
	f, ok := statFields(pid)
	if !ok || len(f) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseInt(string(f[11]), 10, 64)
	sys, err2 := strconv.ParseInt(string(f[12]), 10, 64)
	return time.Duration(user+sys) * time.Second / ticksPerSecond, err1 == nil && err2 == nil
}

// Idle reports whether a process leaves the processor alone: no thread runs or
// waits for one in half of 20 looks within 100 ms. One that is short of it has
// a thread that waits at every look. False where /proc does not tell.
func Idle(pid int) bool {
	const looks = 20
	busy := 0
	for range looks {
		runs, ok := running(pid)
		if !ok {
			return false
		}
		if runs {
			busy++
		}
		time.Sleep(100 * time.Millisecond / looks)
	}
	return busy <= looks/2
}

// running reports whether a thread of the process is ready to run, or waits
// for a disk.
func running(pid int) (runs, ok bool) {
	threads, err := os.ReadDir("/proc/" + strconv.Itoa(pid) + "/task")
	if err != nil {
		return false, false
	}
	for _, t := range threads {
		f, ok := fieldsOf("/proc/" + strconv.Itoa(pid) + "/task/" + t.Name() + "/stat")
		if ok && (f[0][0] == 'R' || f[0][0] == 'D') {
			return true, true
		}
	}
	return false, true
}

// Resident returns a process's resident memory in bytes, 0 where /proc does not
// tell.
func Resident(pid int) int64 {
	f, ok := statFields(pid)
	if !ok || len(f) < 22 {
		return 0
	}
	pages, err := strconv.ParseInt(string(f[21]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// ticksPerSecond is USER_HZ, the unit of times in /proc on every architecture
// that Go runs on.
const ticksPerSecond = 100
