// Tutorial measures the lesson 01 as its reader does, in cells over the real
// protocol: how close the sequential loop comes to 100 lone calls, and four
// workers to 25. All numbers of a row come from one run.
package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/tests/bench"
)

var (
	binary = bench.Binary()
	rounds = flag.Int("rounds", 7, "rounds; the median is told")
)

// pyblaze is the tutorial's ratio of PyBlaze on the machine where FACTS.md was
// written: 328 ms over a limit of 250.
const pyblaze = 1.31

const setup = `
import ("fmt"; "slices"; "strings"; "time"; "github.com/goblaze/goblaze/vectorizer")
func tokenize(text string) []string { time.Sleep(10 * time.Millisecond); return strings.Fields(text) }
func sequential(texts []string) [][]string {
	var out [][]string
	for _, t := range texts { out = append(out, tokenize(t)) }
	return out
}
func parallel(texts []string) ([][]string, error) { return vectorizer.New(tokenize, vectorizer.Workers(4)).Process(texts) }
func seconds(f func()) float64 { t := time.Now(); f(); return time.Since(t).Seconds() }
func lone(texts []string) float64 {
	var all []float64
	for _, t := range texts { all = append(all, seconds(func() { tokenize(t) })) }
	slices.Sort(all)
	return all[len(all)/2]
}
var texts []string
for i := range 100 { texts = append(texts, fmt.Sprintf("ab cd %d e fg", i)) }
`

func main() { bench.Main("tutorial", run) }

func run() error {
	k, err := bench.Launch(*binary)
	if err != nil {
		return err
	}
	defer k.Close()
	if _, err := numbers(k, setup, 0); err != nil {
		return err
	}
	var seq, par, magic []float64
	for range *rounds {
		n, err := numbers(k, `fmt.Println(lone(texts), seconds(func() { sequential(texts) }), seconds(func() { parallel(texts) }))`, 3)
		if err != nil {
			return err
		}
		_, wall, err := k.Report("tokens := %vectorize -w 4 tokenize texts")
		if err != nil {
			return err
		}
		seq, par, magic = append(seq, n[1]/(100*n[0])), append(par, n[2]/(25*n[0])), append(magic, wall/(25*n[0]))
	}
	fmt.Println("The tutorial, ratios to what 100 lone calls allow (median of", *rounds, "runs)")
	fmt.Printf("%-44s%8s%8s\n", "", "ratio", "aim")
	fmt.Printf("%-44s%8.3f%8s\n", "sequential(texts) / 100 calls", bench.Median(seq), "≤ 1.03")
	fmt.Printf("%-44s%8.3f%8s   (PyBlaze: %.2f)\n", "vectorizer.New(…, Workers(4)) / 25 calls", bench.Median(par), "≤ 1.05", pyblaze)
	fmt.Printf("%-44s%8.3f%8s\n", "%vectorize -w 4 / 25 calls", bench.Median(magic), "≤ 1.05")
	return nil
}

// numbers runs a cell and reads the n numbers it prints.
func numbers(k bench.Kernel, code string, n int) ([]float64, error) {
	text, err := k.Print(code)
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(text)
	if len(fields) < n {
		return nil, fmt.Errorf("the cell printed %d numbers, want %d", len(fields), n)
	}
	out := make([]float64, n)
	for i := range out {
		if out[i], err = strconv.ParseFloat(fields[i], 64); err != nil {
			return nil, err
		}
	}
	return out, nil
}
