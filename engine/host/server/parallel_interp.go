package server

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/engine/rt/stack"
	"github.com/goblaze/goblaze/engine/wire"
	"github.com/goblaze/goblaze/vectorizer"
)

// loopSymbols are what the parallel form of a loop uses by name, for
// interpreted code.
var loopSymbols = Symbols{
	"github.com/goblaze/goblaze/engine/parallel/parallel": {
		"Count": reflect.ValueOf(parallel.Count), "NegZero": reflect.ValueOf(parallel.NegZero), "Ints": reflect.ValueOf(parallel.Ints),
		"Bin": reflect.ValueOf(parallel.Bin), "Number": reflect.ValueOf(parallel.Number),
		"Text": reflect.ValueOf(parallel.Text), "Close": reflect.ValueOf(parallel.Close),
	},
	"github.com/goblaze/goblaze/vectorizer/vectorizer": {
		"Worker": reflect.ValueOf((*vectorizer.Worker)(nil)), "Timing": reflect.ValueOf((*vectorizer.Timing)(nil)), "Report": reflect.ValueOf((*vectorizer.Report)(nil)),
		"Workers": reflect.ValueOf(vectorizer.Workers), "Chunk": reflect.ValueOf(vectorizer.Chunk), "Timeout": reflect.ValueOf(vectorizer.Timeout),
		"CollectErrors": reflect.ValueOf(vectorizer.CollectErrors), "OnProgress": reflect.ValueOf(vectorizer.OnProgress),
		"Each": reflect.ValueOf(vectorizer.Each), "ItemText": reflect.ValueOf(vectorizer.ItemText),
	},
}

// jobSymbols are what lowered statements call in place of assigning to a job's
// fields: yaegi passes a function to compiled code rightly as an argument.
func jobSymbols() Symbols {
	type job = *parallel.Job
	return Symbols{RuntimeImport + "/rt": {
		"JobReset":      reflect.ValueOf(func(j job, f func()) { j.Reset = f }),
		"JobBody":       reflect.ValueOf(func(j job, f func(w *vectorizer.Worker, lo, hi int)) { j.Body = f }),
		"JobFold":       reflect.ValueOf(func(j job, f func()) { j.Fold = f }),
		"JobCommit":     reflect.ValueOf(func(j job, f func()) { j.Commit = f }),
		"JobSequential": reflect.ValueOf(func(j job, f func()) { j.Sequential = f }),
		"JobText":       reflect.ValueOf(func(j job, f func(i int) string) { j.Text = f }),
		"JobEach":       reflect.ValueOf(func(j job, f func(i int)) { j.Each = f }),
		"JobInit":       reflect.ValueOf(func(j job, f func(rank int) (any, error)) { j.Init = f }),
		"DoReset":       reflect.ValueOf(func(j job) { j.Reset() }),
		"DoInit":        reflect.ValueOf(func(j job, rank int) (any, error) { return j.Init(rank) }),
		"Any":           reflect.ValueOf(func(v any) any { return v }),
		"FieldAddr":     reflect.ValueOf(fieldAddr),
	}}
}

// lineFrame writes a wire.Place as a frame of a stack dump.
func lineFrame(place int) string {
	cell, line := wire.PlaceOf(place)
	return fmt.Sprintf("main.%srun(...)\n\t%s:%d +0x0\n", stack.GeneratedPrefix, stack.FileName(cell), line)
}

// fieldAddr returns the address of a field of what p points to; path is
// ".a.b".
func fieldAddr(p any, path string) any {
	v := reflect.ValueOf(p).Elem()
	for _, name := range strings.Split(path[1:], ".") {
		for v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		v = v.FieldByName(name)
	}
	return v.Addr().Interface()
}
