package vectorizer_test

import (
	"strconv"
	"testing"

	"github.com/goblaze/goblaze/vectorizer"
)

// BenchmarkMap is the cost of a run with nothing to do in an item: of starting
// and ending workers (1 item), and of the items and chunks themselves.
func BenchmarkMap(b *testing.B) {
	for _, n := range []int{1, 8, 1000, 1_000_000} {
		items := make([]int64, n)
		for _, workers := range []int{0, 1, 2} {
			b.Run("items="+strconv.Itoa(n)+"/workers="+strconv.Itoa(workers), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := vectorizer.Map(bg, items, func(i int64) int64 { return i }, vectorizer.Workers(workers)); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
			})
		}
	}
	b.Run("chunk=1/workers=1", func(b *testing.B) {
		items := make([]int64, 100_000)
		for b.Loop() {
			if _, err := vectorizer.Map(bg, items, func(i int64) int64 { return i }, vectorizer.Workers(1), vectorizer.Chunk(1)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(items)), "ns/chunk")
	})
}
