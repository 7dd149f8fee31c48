package engine

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestInterpretDev is a scratch run.
func TestInterpretDev(t *testing.T) {
	s := newTestSession(t, testEngine(t))
	text, _ := os.ReadFile(os.Getenv("CELLS"))
	for i, cell := range strings.Split(string(text), "\n--\n") {
		rec := &recorder{}
		c := s.Begin(i+1, cell, rec)
		t0 := time.Now()
		b, err := s.Exec(t.Context(), c, Source{Text: cell, Line: 1, Col: 1})
		d := time.Since(t0)
		if re, ok := err.(*RuntimeError); ok {
			fmt.Println(re.Frames)
		}
		e := TierEntry{}
		if len(s.cells) > 0 {
			e = s.cells[len(s.cells)-1]
		}
		fmt.Printf("[%d] %v %v\n%s%s", i+1, e, d, rec.stdout(), rec.err.String())
		if b != nil {
			fmt.Println("OUT:", b.Data["text/plain"])
		}
		if re, ok := err.(*RuntimeError); ok {
			fmt.Println("ERR:", re.Kind, re.Trace())
		} else if err != nil {
			fmt.Println("ERR:", err)
		}
	}
}
