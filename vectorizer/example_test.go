package vectorizer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

func tokenize(text string) []string { return strings.Fields(text) }

func Example() {
	texts := []string{"a b c", "d e", ""}
	tokens, err := vectorizer.New(tokenize, vectorizer.Workers(4)).Process(texts)
	fmt.Println(tokens, err)
	// Output: [[a b c] [d e] []] <nil>
}

func ExampleMap() {
	squares, err := vectorizer.Map(context.Background(), []int{1, 2, 3, 4}, func(n int) int { return n * n })
	fmt.Println(squares, err)
	// Output: [1 4 9 16] <nil>
}

func ExampleMap_panic() {
	texts := []string{"red green blue", "a b"}
	third := func(text string) string { return strings.Fields(text)[2] }
	out, err := vectorizer.Map(context.Background(), texts, third)
	fmt.Printf("%q\n%v\n", out[1], err)
	// Output:
	// ""
	// item 1 ("a b"): panic: index out of range [2] with length 2
}

func ExampleMapErr() {
	words := []string{"1", "two", "3", "four"}
	numbers, err := vectorizer.MapErr(context.Background(), words, vectorizer.NoContext(strconv.Atoi), vectorizer.CollectErrors())
	fmt.Println(numbers)
	var failed *vectorizer.ItemErrors
	if errors.As(err, &failed) {
		for _, item := range failed.Errors {
			fmt.Println(item.Index, item.Item)
		}
	}
	// Output:
	// [1 0 3 0]
	// 1 "two"
	// 3 "four"
}

func ExampleMapInit() {
	// A buffer of each worker's own needs no lock.
	out, err := vectorizer.MapInit(context.Background(), []string{"go", "blaze"},
		func(rank int) (*strings.Builder, error) { return new(strings.Builder), nil },
		func(_ context.Context, word string, b *strings.Builder) (string, error) {
			b.Reset()
			for _, r := range slices.Backward([]rune(word)) {
				b.WriteRune(r)
			}
			return b.String(), nil
		})
	fmt.Println(out, err)
	// Output: [og ezalb] <nil>
}

func ExampleForEach() {
	sizes := make([]int, 3)
	err := vectorizer.ForEach(context.Background(), []int{0, 1, 2}, func(_ context.Context, i int) error {
		sizes[i] = i * 10
		return nil
	})
	fmt.Println(sizes, err)
	// Output: [0 10 20] <nil>
}

func ExampleStream() {
	naturals := func(yield func(int) bool) {
		for i := 1; yield(i); i++ {
		}
	}
	square := func(_ context.Context, n int) (int, error) { return n * n, nil }
	for sq, err := range vectorizer.Stream(context.Background(), naturals, square, vectorizer.Workers(4)) {
		if err != nil || sq > 30 {
			break
		}
		fmt.Print(sq, " ")
	}
	// Output: 1 4 9 16 25
}

func ExampleRange() {
	out := make([]int, 5)
	report, err := vectorizer.Range(context.Background(), len(out), func(w *vectorizer.Worker, lo, hi int) {
		for i := lo; i < hi; i++ {
			w.Index = i
			out[i] = i * i
		}
	}, vectorizer.Workers(2))
	fmt.Println(out, report.Done, err)
	// Output: [0 1 4 9 16] 5 <nil>
}

func ExampleTimeout() {
	items := []time.Duration{time.Millisecond, time.Hour}
	wait := func(ctx context.Context, d time.Duration) (bool, error) {
		select {
		case <-time.After(d):
			return true, nil
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	out, err := vectorizer.MapErr(context.Background(), items, wait, vectorizer.Workers(2), vectorizer.Timeout(100*time.Millisecond))
	fmt.Println(out, errors.Is(err, context.DeadlineExceeded))
	// Output: [true false] true
}

func ExampleEqualValues() {
	fmt.Println(vectorizer.EqualValues([][]string{{"a"}, {"b"}}, [][]string{{"a"}, {"c"}}))
	// Output: false [1][0]: "b", "c"
}

func ExampleTiming() {
	t := vectorizer.NewTiming(1, []float64{1.01, 1.02, 1.03}, 0, 3)
	fmt.Println(t)
	// Output: 1.02 s ± 8.16 ms per loop (mean ± std. dev. of 3 runs, 1 loop each)
}
