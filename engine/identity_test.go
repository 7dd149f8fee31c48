package engine

import (
	"runtime"
	"testing"
)

// TestOneIdentity makes types and method tables at run time, before compiled
// code that brings its own comes: they are the same to ==, assertions, type
// switches and maps, as go run's are.
func TestOneIdentity(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Logf("package identity looks into images of Linux only")
		return
	}
	const decls = "type city struct {\n\tName string\n\tsize int\n}\nfunc (c city) String() string { return c.Name }\n" +
		"type failure struct{ Code int }\nfunc (f *failure) Error() string { return strconv.Itoa(f.Code) }"
	for _, tier := range []string{"auto", "compiled"} {
		s := newTestSession(t, testEngine(t))
		if err := s.SetTier(tier); err != nil {
			t.Fatal(err)
		}
		for i, c := range []struct{ text, out string }{
			{decls, ""},
			// fmt asks for the tables of both, reflect for slices, maps and more.
			{"vienna, broke := city{\"Vienna\", 2}, &failure{7}\nfmt.Println(vienna, broke)", "Vienna 7\n"},
			{"made := reflect.MakeSlice(reflect.SliceOf(reflect.TypeOf(vienna)), 1, 1).Interface()\n" +
				"table := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(\"\"), reflect.TypeOf(made))).Interface()\n" +
				"line := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, reflect.TypeOf(vienna)), 0).Interface()\n" +
				"pair := reflect.Zero(reflect.ArrayOf(2, reflect.TypeOf(vienna))).Interface()\n" +
				"deep := reflect.Zero(reflect.PointerTo(reflect.TypeOf(table))).Interface()", ""},
			{"cities := []city{vienna}\nby := map[string][]city{\"x\": cities}\nvar a, b, p any = cities, by, &cities\nvar two any = [2]city{}", ""},
			{"func stringer(x any) fmt.Stringer { s, _ := x.(fmt.Stringer); return s }\n" +
				"func isCity(s fmt.Stringer) bool { _, ok := s.(city); return ok }\n" +
				"func kind(x any) string {\n\tswitch x.(type) {\n\tcase city:\n\t\treturn \"city\"\n\tcase []city:\n\t\treturn \"cities\"\n\tcase map[string][]city:\n\t\treturn \"map\"\n" +
				"\tcase *[]city:\n\t\treturn \"pointer\"\n\tcase [2]city:\n\t\treturn \"two\"\n\tcase chan city:\n\t\treturn \"chan\"\n\tcase *map[string][]city:\n\t\treturn \"deep\"\n\t}\n\treturn \"?\"\n}\n" +
				"func named(s fmt.Stringer) string { switch s.(type) { case city: return \"city\" }; return \"?\" }\n" +
				"func failed(x any) bool { e, _ := x.(error); var own error = broke; return e == own && errors.Is(e, own) }", ""},
			{"fmt.Println(isCity(stringer(vienna)), named(stringer(vienna)), stringer(vienna) == fmt.Stringer(vienna), failed(broke))", "true city true true\n"},
			{"fmt.Println(kind(made), kind(table), kind(line), kind(pair), kind(deep))", "cities map chan two deep\n"},
			{"fmt.Println(kind(a), kind(b), kind(p), kind(two))", "cities map pointer two\n"},
			{"go func() {}()\n_, ok := a.([]city)\n_, ok2 := any(vienna).(fmt.Stringer).(city)\nkeys := map[any]int{any([2]city{}): 1}\nfmt.Println(ok, ok2, keys[two], keys[pair], reflect.TypeOf(made) == reflect.TypeOf(cities))", "true true 1 1 true\n"},
			{"_, ok = made.([]city)\nfmt.Println(ok, kind(made))", "true cities\n"},
		} {
			out, _, err := cell(t, s, i+1, c.text)
			if err != nil || out != c.out {
				t.Errorf("%s: %s\ngot  %q %v\nwant %q", tier, c.text, out, err, c.out)
			}
		}
	}
}
