package server

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func dup(from, to int) error { return syscall.Dup3(from, to, 0) }

// childReads reports whether a process that this one started, or that such a
// one started, waits in a read of this one's descriptor 0.
func childReads() bool {
	pipe, err := os.Readlink("/proc/self/fd/0")
	return err == nil && descendantReads("self", pipe, 0)
}

// descendantReads looks through the children of a process. Depth bounds a tree
// that changes while it is walked.
func descendantReads(pid, pipe string, depth int) bool {
	lists, _ := filepath.Glob("/proc/" + pid + "/task/*/children")
	for _, list := range lists {
		text, _ := os.ReadFile(list) // a thread that has ended has none
		for child := range strings.FieldsSeq(string(text)) {
			if waitsFor(child, pipe) || depth < 8 && descendantReads(child, pipe, depth+1) {
				return true
			}
		}
	}
	return false
}

// waitsFor reports whether a process stands in the read system call of a
// descriptor that is the pipe: /proc's syscall has the call's number and its
// first argument.
func waitsFor(pid, pipe string) bool {
	text, err := os.ReadFile("/proc/" + pid + "/syscall")
	words := bytes.Fields(text)
	if err != nil || len(words) < 2 || string(words[0]) != fmt.Sprint(syscall.SYS_READ) {
		return false
	}
	fd, ok := strings.CutPrefix(string(words[1]), "0x")
	var n int
	if _, err := fmt.Sscanf(fd, "%x", &n); !ok || err != nil {
		return false
	}
	to, err := os.Readlink(fmt.Sprintf("/proc/%s/fd/%d", pid, n))
	return err == nil && to == pipe
}
