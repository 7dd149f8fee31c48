package check

import "testing"

// A semicolon ends a chunk where a statement ends, not in a header.
func TestSemicolonsInHeaders(t *testing.T) {
	for src, want := range map[string]int{
		"for i := 0; i < 3; i++ { f() }":                                  1,
		"for i := 0; ; i++ { break }":                                     1,
		"for ; x > 0; x-- { }\nx":                                         2,
		"for ; ; { break }; y := 2":                                       2,
		"outer: for i := 0; i < 3; i++ { continue outer }":                1,
		"outer:\nfor i := 0; i < 3; i++ { continue outer }":               1,
		"if xs := []int{1}; len(xs) > 0 { f() }; g()":                     2,
		"if m := map[string][]int{\"a\": {1}}; m != nil { f() }; g()":     2,
		"if f := func(n int) bool { return n > 0; }; f(3) { g() }; h()":   2,
		"if f := func() (int, error) { return 1, nil }; f != nil { g() }": 1,
		"if s := struct{ n int }{3}; s.n > 2 { f() }":                     1,
		"if x := 1; x > 2 { f() } else if y := x; y > 1 { g() }; h()":     2,
		"switch v := x; { case v > 2: f() }; g()":                         2,
		"switch x := v.(type) { case int: f(); g() }":                     1,
		"for range xs[0] { f() }; g()":                                    2,
		"for _, x := range m[k].list { f(x) }; g()":                       2,
		"if f(x) { g() }; h()":                                            2,
		"a := 1; b := 2; c := 3":                                          3,
		"select { case <-c: f(); default: }; g()":                         2,
	} {
		chunks, err := Split(Source{Text: src})
		if err != nil {
			t.Errorf("%s: %v", src, err)
		} else if len(chunks) != want {
			t.Errorf("%s: %d chunks, want %d", src, len(chunks), want)
		}
	}
}
