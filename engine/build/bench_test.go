package build

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// benchCell is about 30 lines, new at every call.
func benchCell(n int) Package {
	return cell(fmt.Sprintf("nb/bench%d_%d", n, time.Now().UnixNano()), `
import (
	"fmt"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/rt"
)

type entry struct {
	word  string
	count int
}

func (e entry) String() string { return fmt.Sprintf("%s×%d", e.word, e.count) }

func count(text string) []entry {
	m := map[string]int{}
	for _, w := range strings.Fields(strings.ToLower(text)) {
		m[w]++
	}
	var list []entry
	for w, n := range m {
		list = append(list, entry{w, n})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].count > list[j].count })
	return list
}

var Count = count

func init() { rt.Run(func() { fmt.Println(count("a b a")) }) }`)
}

// BenchmarkNewCell is a cell never seen: compile and link, medians in ms.
func BenchmarkNewCell(b *testing.B) {
	s := newSession(b, "")
	var compile, link []time.Duration
	for n := 0; b.Loop(); n++ {
		p := build(b, s, benchCell(n))
		compile, link = append(compile, p.Compile), append(link, p.Link)
	}
	slices.Sort(compile)
	slices.Sort(link)
	b.ReportMetric(compile[len(compile)/2].Seconds()*1000, "compile-ms")
	b.ReportMetric(link[len(link)/2].Seconds()*1000, "link-ms")
}

// BenchmarkCachedCell is a cell built before.
func BenchmarkCachedCell(b *testing.B) {
	p := benchCell(0)
	build(b, newSession(b, ""), p)
	for b.Loop() {
		build(b, newSession(b, ""), p)
	}
}

// BenchmarkReady is what a kernel's start pays.
func BenchmarkReady(b *testing.B) {
	for b.Loop() {
		tc, err := Find(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if _, ok := tc.Ready(tree()); !ok {
			b.Fatal("not ready")
		}
	}
}
