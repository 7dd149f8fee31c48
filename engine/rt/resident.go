package rt

import (
	"os"
	"runtime/metrics"
)

// Resident returns the process's resident memory in bytes. On Linux it does
// not allocate.
func Resident() int64 {
	var buf [128]byte
	if n := readStatm(buf[:]); n > 0 {
		if pages, ok := secondNumber(buf[:n]); ok {
			return pages * int64(os.Getpagesize())
		}
	}
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// secondNumber reads the second of several decimal numbers.
func secondNumber(text []byte) (n int64, ok bool) {
	field := 0
	for _, b := range text {
		switch {
		case b < '0' || b > '9':
			field++
		case field == 1:
			n, ok = n*10+int64(b-'0'), true
		}
	}
	return n, ok
}
