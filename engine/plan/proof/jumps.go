package proof

import "strings"

// jumps are break and continue with and without labels, out of loops of every
// kind, switches and selects, goto and fallthrough.
func jumps() []string {
	outer := []string{
		"for i := 0; i < 5; i++", "for i := range 5", "for i := range []int{7, 8, 9, 10}", "for i, c := range \"abcde\"", "for i := range [4]bool{}",
		"for i, it := range []Item{{Name: \"a\"}, {Name: \"b\"}, {Name: \"c\"}}", "for i := len(words) - 1; i >= 0; i--", "for i, j := 0, 9; i < j; i, j = i+1, j-1", "for i := 0; ; i++",
		"for i := range ch",
	}
	inner := []string{
		"for k := 0; k < 4; k++", "for k := range 4", "for k := range []int{1, 2, 3, 4}", "for k := range \"wxyz\"", "for k := 3; k >= 0; k--", "for k := 0; k < 4; k += 1 + i%2",
	}
	steps := []string{
		"if k == 2 { continue outer }", "if i == 2 && k == 1 { break outer }", "switch k { case 1: continue; case 2: break; case 3: break outer; default: if i == 1 { continue outer } }",
		"switch { case k == i: continue outer; case k > i+1: break; default: fmt.Println(\"d\") }", "if i*k == 2 { break }; if k == 3 { continue }",
		"switch v := any(k).(type) { case int: if v == 1 { break }; if v == 2 { continue outer }; fmt.Println(v); case string: break outer }",
		"fs = append(fs, func() int { return i*10 + k }); if k == i { continue outer }; if i == 3 { break outer }",
		"p := &k; *p += 0; if *p == 1 { continue }; if *p == 2 { if i == 1 { break outer }; break }",
		"inner: for m := range 3 { if m == 1 { continue inner }; if k == 2 { break inner }; if i == 2 { continue outer }; fmt.Println(\"m\", m) }",
		"switch k { case 0: switch i { case 1: break; case 2: continue outer; default: fmt.Println(\"in\") }; fmt.Println(\"behind\"); case 1: break outer }",
	}
	var out []string
	for a, o := range outer {
		for b, in := range inner {
			for c, st := range steps {
				if (a+2*b+3*c)%4 != 0 {
					continue
				}
				set := "n := 0\nvar fs []func() int\nwords := []string{\"x\", \"y\", \"z\"}\nch := make(chan int, 5)\nfor x := range 4 { ch <- x }\nclose(ch)\n"
				if o == "for i := 0; ; i++" {
					st += "\nif i > 6 { break outer }"
				}
				if !strings.Contains(o, "ch") {
					set = strings.Split(set, "ch :=")[0]
				}
				if !strings.Contains(st, "fs") {
					set = strings.Replace(set, "var fs []func() int\n", "", 1)
				}
				text := set + "_ = words\nouter:\n" + o + " {\n" + in + " {\nn++\n" + st + "\nif n > 60 { break outer }\nfmt.Println(i, k, n)\n}\nfmt.Println(\"next\", n)\n}\nfmt.Println(\"end\", n)"
				text = strings.Replace(text, "for i, c := range \"abcde\" {", "for i, c := range \"abcde\" {\n_ = c", 1)
				text = strings.Replace(text, "{Name: \"c\"}} {", "{Name: \"c\"}} {\nfmt.Println(it.Name)", 1)
				if strings.Contains(st, "fs") {
					text += "\nfor _, f := range fs { fmt.Println(f()) }"
				}
				if !strings.Contains(text, "outer\n") && !strings.Contains(text, "outer }") && !strings.Contains(text, "outer;") {
					text = strings.Replace(text, "outer:\n", "", 1)
				}
				out = append(out, text)
			}
		}
	}
	return both(append(append(out, falls()...), gotos()...))
}

// falls are switches whose cases fall through.
func falls() []string {
	var out []string
	bodies := []string{
		"case 0: fmt.Println(\"zero\"); fallthrough\ncase 1: fmt.Println(\"one\")\ncase 2: fmt.Println(\"two\"); fallthrough\ndefault: fmt.Println(\"default\")",
		"default: fmt.Println(\"default\"); fallthrough\ncase 1, 2: fmt.Println(\"few\"); fallthrough\ncase 3: fmt.Println(\"three\")\ncase 4: fmt.Println(\"four\")",
		"case 0: fallthrough\ncase 1: fallthrough\ncase 2: if x == 1 { break }; fmt.Println(\"not one\"); fallthrough\ncase 3: fmt.Println(\"three\")",
		"case say(0): fmt.Println(\"a\"); x := x + 1; fmt.Println(x); fallthrough\ncase say(1): x := 7; fmt.Println(x)\ncase say(2): fmt.Println(\"c\")",
		"case 0, 1: if x == 1 { fmt.Println(\"one\") }; fallthrough\ncase 5: switch { case x > 0: fmt.Println(\"pos\"); fallthrough; case x < 0: fmt.Println(\"neg\"); default: fmt.Println(\"nil\") }\ncase 3: ",
		"case 3: defer1 := func() { fmt.Println(\"lit\", x) }; defer1(); fallthrough\ndefault: fmt.Println(\"d\"); fallthrough\ncase 1: fmt.Println(\"1\")",
	}
	for _, b := range bodies {
		for _, tag := range []string{"x", "double(x) - x", "x % 3"} {
			out = append(out, "for x := range 6 {\nswitch "+tag+" {\n"+b+"\n}\nfmt.Println(\"after\", x)\n}")
		}
	}
	for _, x := range []string{"0", "1", "5", "-2", "11"} {
		out = append(out, "x := "+x+"\nswitch {\ncase x > 10: fmt.Println(\">10\"); fallthrough\ncase x > 4: fmt.Println(\">4\"); fallthrough\ncase x > 0: fmt.Println(\">0\")\ncase x == 0: fmt.Println(\"0\"); fallthrough\ndefault: fmt.Println(\"rest\")\n}",
			"s := []string{\"a\", \"b\", \"c\"}\nx := "+x+"\nloop:\nfor i := 0; i < 3; i++ {\nswitch s[i] {\ncase \"a\": fmt.Println(\"A\"); fallthrough\ncase \"b\": if x > 1 { continue loop }; fmt.Println(\"B\"); if x < 0 { break loop }; fallthrough\ncase \"c\": fmt.Println(\"C\", s[i+x%2])\n}\nfmt.Println(i)\n}")
	}
	return out
}

// gotos are jumps back and forth.
func gotos() []string {
	var out []string
	for _, n := range []string{"0", "1", "3", "5"} {
		out = append(out,
			"f := func() int {\ni := 0\nagain:\nif i < "+n+" { fmt.Println(i); i++; goto again }\nreturn i\n}\nfmt.Println(f())",
			"f := func(xs []int) int {\ni, t := 0, 0\nloop:\nif i >= len(xs) { goto done }\nt += xs[i]\ni++\nif t > 100 { goto fail }\ngoto loop\nfail:\nreturn -1\ndone:\nreturn t\n}\nfmt.Println(f([]int{"+n+", 2, 3}), f([]int{50, 60, "+n+"}), f(nil))",
			"f := func() (out []func() int) {\ni := 0\nnext:\nx := i * 2\nout = append(out, func() int { x++; return x })\nif i++; i < "+n+" { goto next }\nreturn\n}\nfor _, g := range f() { fmt.Println(g(), g()) }",
			"f := func() {\nfor i := range 4 {\nfor j := range 4 {\nif i*j == "+n+" { fmt.Println(i, j); goto out }\n}\n}\nfmt.Println(\"none\")\nout:\nfmt.Println(\"out\")\n}\nf()",
			"f := func(n int) string {\nswitch {\ncase n == 0: goto zero\ncase n < 3: goto small\ndefault: return \"big\"\n}\nsmall:\nif n == 1 { return \"one\" }\nreturn \"two\"\nzero:\nreturn \"zero\"\n}\nfmt.Println(f("+n+"), f(1), f(0))",
			"f := func() {\ntries := 0\nretry:\ntries++\nn, err := mayFail(tries - "+n+")\nif err != nil { fmt.Println(tries, err); goto retry }\nfmt.Println(n, tries)\n}\nf()",
			"f := func() {\nn := "+n+"\nouter:\nfor {\nselect {\ndefault:\nif n <= 0 { break outer }\nn--\nif n == 2 { break }\ncontinue outer\n}\nfmt.Println(\"two\")\n}\nfmt.Println(n)\n}\nf()",
			"c := make(chan int, 3)\nfor i := range 3 { c <- i + "+n+" }\nclose(c)\nrecv:\nfor {\nselect {\ncase v, ok := <-c:\nif !ok { break recv }\nif v == 1 { continue recv }\nif v == 3 { break }\nfmt.Println(\"v\", v)\ndefault:\nbreak recv\n}\nfmt.Println(\"round\")\n}")
	}
	return out
}
