package compile

import (
	"strings"
	"testing"
)

// What calls without results are followed by: a question to the goroutine's
// cell (Halt), a look at the flag (LOOK), or nothing.
func TestCheckBehind(t *testing.T) {
	const around = `import ("encoding/binary"; "log"; "math/rand"; "net/http"; "runtime"; "slices"; "sort"; "strings"; "sync"; "sync/atomic")
func own() {}
func f(o *sync.Once, mu *sync.Mutex, w http.ResponseWriter, l *log.Logger, xs []int, a *atomic.Int64, m *sync.Map, sb *strings.Builder, bs []byte, wg *sync.WaitGroup, g func()) {
	_, _, _, _, _ = binary.MaxVarintLen16, rand.Int, runtime.GC, slices.Sort[[]int], sort.Ints
	@
}
`
	for src, want := range map[string]string{
		"o.Do(own)": "o.Do(Gbz_own); LATE }",
		"m.Range(func(k, v any) bool { return true })":         "}); LATE }",
		"w.WriteHeader(200)":                                   "w.WriteHeader(200); LATE }",
		"l.Print(1)":                                           "l.Print(1); LATE }",
		"if len(xs) > 0 { http.Error(w, `no`, 404) }":          "404); LATE } }",
		"here: for { o.Do(own); break here }":                  "o.Do(Gbz_own); LATE; break",
		"there: o.Do(own); goto there":                         "o.Do(Gbz_own); LATE;",
		"sort.Slice(xs, func(i, j int) bool { return i < j })": "}); LOOK }",
		"slices.Sort(xs)":                                      "slices.Sort(xs); LOOK }",
		"switch { case true: runtime.GC() }":                   "runtime.GC(); LOOK } }",
		"rand.Shuffle(3, func(i, j int) {})":                   "}); LOOK }",

		"mu.Unlock()":                          "mu.Unlock() }",
		"a.Store(1)":                           "a.Store(1) }",
		"sb.Reset()":                           "sb.Reset() }",
		"binary.LittleEndian.PutUint32(bs, 1)": "PutUint32(bs, 1) }",
		"_ = binary.LittleEndian.Uint32(bs)":   "_ = binary.LittleEndian.Uint32(bs) }",
		"wg.Done()":                            "wg.Done() }",
		"own()":                                "Gbz_own() }",
		"g()":                                  "g() }",
		"defer o.Do(own)":                      "defer Halt(); defer o.Do(Gbz_own) }",
		"defer mu.Unlock()":                    "defer mu.Unlock() }",
		"l.SetOutput(nil); g = mu.Unlock":      "g = mu.Unlock }",
		"read := http.Get; _ = read":           "read := CheckedFunc(http.Get); _ = read",
		"g = wg.Wait":                          "g = CheckedFunc(wg.Wait)",
		"g = (wg.Wait)":                        "g = (CheckedFunc(wg.Wait))",
		"read := (*http.Client).Get; _ = read": "read := CheckedFunc((*http.Client).Get); _ = read",
		"go o.Do(own)":                         "gbz_f1 := o.Do; gbz_a2 := Gbz_own; Go(", "for ; ; o.Do(own) { break }": "o.Do(Gbz_own) {",
	} {
		got := short(emit(t, strings.Replace(around, "@", src, 1), Options{}))
		got = strings.ReplaceAll(got, "if Stopping.Load() != 0 { Halt() }", "LOOK")
		got = strings.ReplaceAll(got, "if Late.Load() != 0 { Halt() }", "LATE")
		if !strings.Contains(got, want) {
			_, got, _ = strings.Cut(got, "sort.Ints ")
			t.Errorf("%s\n\tbecomes %s\n\twithout %s", src, got, want)
		}
	}
}
