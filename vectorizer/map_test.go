package vectorizer_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/vectorizer"
)

func TestMapErr(t *testing.T) {
	out, err := vectorizer.MapErr(bg, []string{"1", "2", "x", "4"}, vectorizer.NoContext(strconv.Atoi),
		vectorizer.Workers(2), vectorizer.CollectErrors())
	if !slices.Equal(out, []int{1, 2, 0, 4}) {
		t.Errorf("results %v", out)
	}
	want := `item 2 ("x"): strconv.Atoi: parsing "x": invalid syntax`
	if err == nil || err.Error() != want || !errors.Is(err, strconv.ErrSyntax) {
		t.Errorf("error %v", err)
	}
}

func TestNilItems(t *testing.T) {
	out, err := vectorizer.Map(bg, nil, func(i int) int { return i })
	if out == nil || len(out) != 0 || err != nil {
		t.Errorf("%v, %v", out, err)
	}
}

func TestLongItemsAreCutInErrors(t *testing.T) {
	self := []any{1, nil}
	self[1] = self
	for item, want := range map[any]string{
		&[]any{make([]int, 1000)}: `item 0 ([[0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 …]]): panic: x`,
		&[]any{[3]string{"a", "b"}, nil, errors.New("e"), map[int]int{1: 2}}: `item 0 ([[a b ] <nil> e map[1:2]]): panic: x`,
		&self:                            `item 0 ([1 [1 [1 […]]]]): panic: x`,
		&[]any{strings.Repeat("ä", 100)}: `item 0 ([` + strings.Repeat("ä", 59) + `…): panic: x`,
	} {
		_, err := vectorizer.Map(bg, []any{*item.(*[]any)}, func(any) int { panic("x") })
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestNestedRunsShareTheCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	sums, err := vectorizer.MapErr(bg, []int{1, 2, 3, 4, 5, 6, 7, 8}, func(ctx context.Context, n int) (int, error) {
		rows, rep, err := vectorizer.New(func(i int) int { return i * n }).ProcessReport(ctx, []int{1, 2, 3})
		if rep.Workers != max(1, vectorizer.Cores()/2) {
			t.Errorf("inner run has %d workers, %d cores", rep.Workers, rep.Cores)
		}
		inner, err2 := vectorizer.Map(ctx, rows, func(i int) int { return i }, vectorizer.Workers(5))
		return inner[0] + inner[1] + inner[2], errors.Join(err, err2)
	}, vectorizer.Workers(2))
	if err != nil || !slices.Equal(sums, []int{6, 12, 18, 24, 30, 36, 42, 48}) {
		t.Errorf("%v, %v", sums, err)
	}
}

// Many goroutines use one Vectorizer, with fewer threads than workers.
func TestHammer(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	v := vectorizer.New(func(i int) int {
		if i%7 == 0 {
			runtime.Gosched()
		}
		return i * i
	}, vectorizer.Workers(5))
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for round := range 30 {
				items := make([]int, (g+1)*round)
				for i := range items {
					items[i] = i
				}
				out, rep, err := v.ProcessReport(bg, items)
				if err != nil || rep.Done != len(items) {
					t.Error(err, rep.Done)
				}
				for i, r := range out {
					if r != i*i {
						t.Fatalf("out[%d] = %d", i, r)
					}
				}
			}
		})
	}
	all.Wait()
}

// Cancellations at arbitrary moments: what is done is right, the rest zero.
func TestHammerCancel(t *testing.T) {
	items := make([]int, 2000)
	for i := range items {
		items[i] = i + 1
	}
	for round := range 200 {
		ctx, cancel := context.WithCancel(bg)
		var rep vectorizer.Report
		out, err := vectorizer.Map(ctx, items, func(i int) int {
			if i == round*10 {
				cancel()
			}
			runtime.Gosched()
			return i
		}, vectorizer.Workers(1+round%5), vectorizer.WithReport(&rep))
		cancel()
		done := 0
		for i, r := range out {
			if r != 0 {
				done++
			}
			if r != 0 && r != items[i] {
				t.Fatalf("out[%d] = %d", i, r)
			}
		}
		if done != rep.Done || (err == nil) != (done == len(items)) {
			t.Fatalf("round %d: %d results, %d done, error %v", round, done, rep.Done, err)
		}
	}
}

// FuzzRange runs every item once whatever the numbers are.
func FuzzRange(f *testing.F) {
	f.Add(10, 3, 2, uint8(0), false)
	f.Add(1000, 64, 7, uint8(13), true)
	f.Fuzz(func(t *testing.T, n, chunk, workers int, failEvery uint8, each bool) {
		n, chunk, workers = n&0xfff, chunk&0xff, workers&0xf
		out := make([]int, n)
		after := 0
		opts := []vectorizer.Option{vectorizer.Chunk(chunk), vectorizer.Workers(workers), vectorizer.CollectErrors()}
		if each {
			opts = append(opts, vectorizer.Each(func(int) { after++ }))
		}
		bad := func(i int) bool { return failEvery > 0 && i%int(failEvery) == int(failEvery)-1 }
		rep, err := vectorizer.Range(bg, n, func(w *vectorizer.Worker, lo, hi int) {
			for i := lo; i < hi; i++ {
				w.Index = i
				out[i]++
				if bad(i) && i%2 == 0 {
					panic(i)
				} else if bad(i) && w.Fail(errors.New("bad")) {
					return
				}
			}
		}, opts...)
		failed := 0
		for i, ran := range out {
			if ran != 1 {
				t.Fatalf("item %d ran %d times", i, ran)
			}
			if bad(i) {
				failed++
			}
		}
		if rep.ItemErrors != failed || rep.Done != n-failed || (err == nil) != (failed == 0) || each && after != n-failed {
			t.Fatalf("%d failed, %d done of %d, each %d times; want %d failed; %v", rep.ItemErrors, rep.Done, n, after, failed, err)
		}
	})
}
