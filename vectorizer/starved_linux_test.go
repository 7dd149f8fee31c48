package vectorizer_test

import (
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

// A run beside programs that hold the cores says so, and not that its items
// wait.
func TestStarvedRun(t *testing.T) {
	for range 4 * runtime.NumCPU() {
		spin := exec.Command("/bin/sh", "-c", "while :; do :; done")
		if err := spin.Start(); err != nil {
			t.Fatal(err)
		}
		defer spin.Wait() // ended by Kill: its error says no more
		defer spin.Process.Kill()
	}
	compute := func(int) (sum float64) {
		for begin := time.Now(); time.Since(begin) < 20*time.Millisecond; {
			sum++
		}
		return sum
	}
	var rep vectorizer.Report
	if _, err := vectorizer.Map(bg, make([]int, 20*runtime.NumCPU()), compute, vectorizer.WithReport(&rep)); err != nil {
		t.Fatal(err)
	}
	if rep.StarvedS < 0.3*rep.WallS || !strings.Contains(strings.Join(rep.Verdict, " "), "Other programs held the cores") {
		t.Errorf("starved for %v s of %v s, CPU time %v s: verdict %q", rep.StarvedS, rep.WallS, rep.CPUS, rep.Verdict)
	}
}
