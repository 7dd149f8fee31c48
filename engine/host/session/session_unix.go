//go:build unix

package session

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
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

// sessionOf reads a live process's session from /proc/PID/stat: after the
// command's closing parenthesis come state, ppid, pgrp and session.
func sessionOf(pid int) (int, bool) {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, false
	}
	f := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(f) < 4 || f[0][0] == 'Z' {
		return 0, false
	}
	s, err := strconv.Atoi(string(f[3]))
	return s, err == nil
}
