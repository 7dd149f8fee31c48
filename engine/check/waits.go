package check

import (
	"go/types"
	"strings"
)

// waitingStd are the packages of std whose calls may wait in ways that no stop
// can end.
var waitingStd = map[string]bool{
	"bufio": true, "crypto/tls": true, "database/sql": true, "io": true, "log": true, "log/syslog": true, "net": true, "os": true,
	"sync": true, "syscall": true,
}

// neverWait are functions of those packages that cells call where nanoseconds
// count.
var neverWait = map[string]bool{
	"(*sync.Mutex).Unlock": true, "(*sync.RWMutex).Unlock": true, "(*sync.RWMutex).RUnlock": true, "(sync.Locker).Unlock": true,
	"(*sync.WaitGroup).Add": true, "(*sync.WaitGroup).Done": true, "(*sync.Cond).Signal": true, "(*sync.Cond).Broadcast": true,
	"(*sync.Pool).Put": true, "(*sync.Map).Store": true, "(*sync.Map).Delete": true, "(*sync.Map).Clear": true,
	"encoding/binary.Read": false, "encoding/binary.Write": false, "encoding/binary.ReadUvarint": false, "encoding/binary.ReadVarint": false,
}

// Waits reports whether a function is one of a library's that may wait: of std,
// what reads, writes and locks, of encoding, compress and archive too, which
// read on demand; of third-party modules every function. When such a call returns
// after a stop (what it waited for ended with the cell, or came long after the
// goroutine was abandoned) nothing of the cell may follow it.
func Waits(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	if IsThirdParty(path) {
		return true
	}
	if quick, known := neverWait[fn.FullName()]; known {
		return !quick
	}
	top, _, _ := strings.Cut(path, "/")
	switch {
	case waitingStd[path]:
		return true
	case path == "fmt":
		return strings.HasPrefix(fn.Name(), "Scan") || strings.HasPrefix(fn.Name(), "Fscan") || strings.HasPrefix(fn.Name(), "Fprint")
	case path == "encoding/binary":
		return false // a move, most of it
	}
	switch top {
	case "net", "os", "encoding", "compress", "archive":
		return true
	}
	return false
}

// StandIns are the methods of sync that wait or start goroutines, and what of the
// run-time package is called in their place on either tier; it takes the
// receiver first.
var StandIns = map[string]string{
	"(*sync.WaitGroup).Wait": "WaitGroupWait",
	"(*sync.WaitGroup).Go":   "WaitGroupGo",
	"(*sync.Mutex).Lock":     "MutexLock",
	"(*sync.RWMutex).Lock":   "RWMutexLock",
	"(*sync.RWMutex).RLock":  "RWMutexRLock",
	"(*sync.Cond).Wait":      "CondWait",
	"(sync.Locker).Lock":     "LockerLock",
}

// IsThirdParty reports whether a package is neither std's nor GoBlaze's own nor
// the cells'.
func IsThirdParty(path string) bool {
	top, _, _ := strings.Cut(path, "/")
	return strings.Contains(top, ".") && !strings.HasPrefix(path, "github.com/goblaze/goblaze/")
}
