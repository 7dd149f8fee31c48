package proof

import (
	"fmt"
	"strings"
)

func contains(s, sub string) bool { return strings.Contains(s, sub) }

func calls() []string {
	var out []string
	for _, e := range []string{"double(3)", "double(double(2)) + sum(1, 2, 3)", "sum()", "sum([]int{4, 5}...)", "sum(apply([]int{1, 2})...)", "len(apply([]int{1, 2, 3}))", "apply([]int{1, 2, 3})[1]", "apply([]int{1})[3]", "Point{1, 2}.Add(Point{3, 4})", "newItem(\"x\", 2.5).Total(3)", "newItem(\"x\", 1).Name", "shape(3).Area()", "describe(1)", "describe('a')", "describe(2.5)", "describe(Point{1, 2})", "describe([]int{1})", "describe(map[string]int{\"a\": 1})", "describe(Celsius(3))", "describe(uint8(3))", "describe(\"s\")", "describe([]byte(\"x\"))", "boom(2)", "double(boom(0))", "Point{3, 4}.norm()", "total(map[string]int{\"a\": 1, \"b\": 2})", "strings.ToUpper(describe(1)) + \"!\"", "limit + double(limit)", "double(1 << 3)", "mayFail", "describe([]Point{{1, 2}})", "describe(&Fail{3})", "describe(shape(2))", "describe(check(9))", "describe(check(1))"} {
		if e == "mayFail" {
			continue
		}
		out = append(out, fmt.Sprintf("fmt.Println(%s)", e), fmt.Sprintf("v := %s\nfmt.Printf(\"%%T %%v\\n\", v, v)", e), fmt.Sprintf("fmt.Println(\"a\", %s, 1+2)", e))
	}
	out = append(out, "fmt.Println(mayFail(3))\nfmt.Println(mayFail(-3))\nfmt.Println(split(\"a,b\"))\nfmt.Println(strings.Cut(\"x=y\", \"=\"))\nfmt.Println(strconv.Atoi(\"z\"))", "a, b := split(\"x,y\")\nfmt.Println(a, b)\nb, a = split(\"p,q\")\nfmt.Println(a, b)", "n, err := mayFail(3)\nfmt.Println(n, err, err == nil)\nn, err = mayFail(-2)\nfmt.Println(n, err, err != nil)\nif err != nil { fmt.Println(err.Error()) }", "if n, err := mayFail(-1); err != nil { fmt.Println(\"bad\", err) } else { fmt.Println(n) }", "err := check(5)\nfmt.Println(err, errors.Is(err, fmt.Errorf(\"x\")), errors.Unwrap(err) != nil)\nerr = check(1)\nfmt.Println(err == nil)", "err := check(1)\nfmt.Println(err.Error())", "_, err := mayFail(1)\nfmt.Println(err)\n_, _ = mayFail(2)\nmayFail(3)\ndouble(4)", "p := Point{1, 2}\np.Scale(3)\nfmt.Println(p, p.Add(Point{1, 1}).X, p.String())", "p := &Point{1, 2}\np.Scale(3)\nfmt.Println(p.Add(*p), p.X, p)\nvar q *Point\nfmt.Println(q.Add(*p))", "it := newItem(\"a\", 2)\nit.Price *= 2\nfmt.Println(it.Total(3), it.At.Add(Point{1, 1}))\nit.At.X++\nfmt.Println(it.At)", "var q *Point\nq.Scale(2)", "s := shape(2)\nfmt.Println(s.Area(), s)", "var s Shape\nfmt.Println(s.Area())", "x := 1\nfor i := 0; i < 5; i++ { x = double(x) + i }\nfmt.Println(x)", "xs := []int{1, 2, 3}\nfmt.Println(sum(xs...), sum(xs[0], xs[2]), sum(xs[1:]...))\nfmt.Println(double(xs[3]))", "n, err := strconv.Atoi(\"12x\")\nfmt.Println(n, err)\nm, err := strconv.Atoi(\"12\")\nfmt.Println(m+1, err)")
	var res []string
	res = append(res, out...)
	for _, p := range out {
		if p != "" {
			res = append(res, local([]string{p})[0])
		}
	}
	return res
}

func std() []string {
	var out []string
	for _, e := range []string{`strings.Fields(" a b  c ")`, `strings.Split("a,b,c", ",")`, `strings.Join([]string{"a", "b"}, "-")`, `strings.Repeat("ab", 3)`, `strings.Contains("abc", "b")`, `strings.Index("abc", "z")`, `strings.Replace("aaa", "a", "b", 2)`, `strings.ReplaceAll("aaa", "a", "b")`, `strings.ToLower("ÀB")`, `strings.TrimSpace("  x ")`, `strings.Title("ab cd")`, `strings.Trim("xxaxx", "x")`, `strings.HasPrefix("abc", "ab")`, `strings.Count("cheese", "e")`, `strings.EqualFold("Go", "GO")`, `strings.Fields("x y")[1]`, `len(strings.Split("a b", ""))`, `strings.Repeat("x", -1)`, `strconv.Itoa(-45)`, `strconv.Quote("a\n")`, `strconv.FormatFloat(1.5, 'g', -1, 64)`, `strconv.FormatInt(255, 16)`, `math.Sqrt(2)`, `math.Pow(2, 10)`, `math.Max(3, math.NaN())`, `math.Mod(7, 3)`, `math.Round(-2.5)`, `math.Trunc(2.7)`, `math.Hypot(3, 4)`, `math.Float64bits(1)`, `bits.OnesCount(255)`, `bits.Len(8)`, `bits.Reverse8(1)`, `sort.SearchInts([]int{1, 3, 5}, 3)`, `unicode.IsUpper('A')`, `unicode.ToLower('Ä')`, `utf8.RuneCountInString("日本")`, `path.Join("a", "../b")`, `filepath.Base("/x/y.z")`, `errors.New("e")`, `fmt.Errorf("w %d", 3)`, `fmt.Sprint(1, "a", 2, 3, "b")`, `fmt.Sprintln("x", 1)`, `fmt.Sprintf("%05d|%-5s|%x", 42, "ab", "hi")`, `hex.EncodeToString([]byte("ab"))`, `base64.StdEncoding.EncodeToString([]byte("abc"))`, `md5.Sum([]byte("a"))`, `sha256.Sum256(nil)`, `time.Duration(1500) * time.Millisecond`, `time.Unix(0, 0).UTC().Year()`, `time.Date(2020, 2, 30, 0, 0, 0, 0, time.UTC).Weekday()`, `html.EscapeString("<a>")`, `url.QueryEscape("a b&")`, `bytes.ToUpper([]byte("ab"))`, `bytes.Equal([]byte("a"), nil)`, `regexp.MustCompile("a+").FindAllString("aab a", -1)`, `regexp.MustCompile("(")`, `strings.NewReplacer("a", "b").Replace("aaa")`, `crc32.ChecksumIEEE([]byte("x"))`, `big.NewInt(5).String()`, `new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil)`, `json.Valid([]byte("{}"))`, `time.Duration(90e9).String()`, `time.Duration(3e9).Seconds()`, `time.March.String()`, `rand.New(rand.NewSource(1)).Intn(100)`, `strings.Map(nil, "x")`, `utf8.RuneLen('é')`, `strings.LastIndex("go gopher", "go")`, `strings.SplitN("a,b,c", ",", 2)`, `strings.TrimLeft("  x", " ")`} {
		out = append(out, fmt.Sprintf("fmt.Println(%s)", e), fmt.Sprintf("v := %s\nfmt.Printf(\"%%T %%v\\n\", v, v)", e))
	}
	out = append(out, "b, err := json.Marshal(map[string]int{\"b\": 1, \"a\": 2})\nfmt.Println(string(b), err)", "b, err := json.Marshal(Point{1, 2})\nfmt.Println(string(b), err)", "b, err := json.MarshalIndent([]Item{{Name: \"x\"}}, \"\", \" \")\nfmt.Println(string(b), err)", "var p Point\nerr := json.Unmarshal([]byte(`{\"X\":3}`), &p)\nfmt.Println(p, err)\nerr = json.Unmarshal([]byte(`{`), &p)\nfmt.Println(err)", "var sb strings.Builder\nsb.WriteString(\"a\")\nsb.WriteByte('b')\nfmt.Fprintf(&sb, \"%d\", 3)\nfmt.Println(sb.String(), sb.Len())", "var bb bytes.Buffer\nbb.WriteString(\"x\")\nn, err := bb.Write([]byte(\"yz\"))\nfmt.Println(bb.String(), n, err, bb.Len())", "r := rand.New(rand.NewSource(42))\nfor i := 0; i < 5; i++ { fmt.Print(r.Intn(100), \" \") }\nfmt.Println(r.Float64(), r.Perm(4))", "r := strings.NewReader(\"abc\")\nb, err := r.ReadByte()\nfmt.Println(b, err, r.Len())", "sc := bufio.NewScanner(strings.NewReader(\"a\\nb\\n\"))\nfor sc.Scan() { fmt.Println(sc.Text()) }", "before, after, ok := strings.Cut(\"a=b\", \"=\")\nfmt.Println(before, after, ok)", "x, err := strconv.ParseFloat(\"1e400\", 64)\nfmt.Println(x, err)", "d, err := time.ParseDuration(\"1h30m\")\nfmt.Println(d, err, d.Minutes())\nfmt.Printf(\"%T\\n\", d)", "t := time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC)\nfmt.Println(t.YearDay(), t.Add(24*time.Hour).Format(\"2006-01-02\"), t.Weekday())\nfmt.Println(t)", "xs := []string{\"b\", \"a\"}\nsort.Strings(xs)\nfmt.Println(xs, sort.StringsAreSorted(xs))", "re := regexp.MustCompile(`(\\w)(\\d)`)\nfmt.Println(re.FindStringSubmatch(\"a1 b2\"), re.ReplaceAllString(\"a1\", \"$2$1\"), re.MatchString(\"zz\"))", "a := big.NewInt(1)\nfor i := int64(1); i <= 25; i++ { a.Mul(a, big.NewInt(i)) }\nfmt.Println(a)", "_, err := os.ReadFile(\"/nonexistent\")\nfmt.Println(err, os.IsNotExist(err))", "w := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)\nfmt.Fprintln(w, \"a\\tb\")\nw.Flush()")
	var keep []string
	for _, p := range out {
		switch {
		case contains(p, "os.Stdout"), contains(p, "strings.Map"), contains(p, "time.Duration(1500) *"), contains(p, "base64.Std"), contains(p, "time.UTC"), contains(p, "big.NewInt(100), nil"), contains(p, "new(big"):
		default:
			keep = append(keep, p)
		}
	}
	res := append([]string{}, keep...)
	for _, p := range keep {
		if p != "" {
			res = append(res, local([]string{p})[0])
		}
	}
	return res
}

func printing() []string {
	vals := []string{"1", "-2.5", `"s"`, "true", "'x'", "uint8(7)", "[]int{1, 2}", "[]string{\"a\", \"b\"}", "[]byte(\"hi\")", "[2]bool{true, false}", "map[string]int{\"b\": 1, \"a\": 2}", "map[int]Point{1: {2, 3}}", "Point{1, 2}", "&Point{1, 2}", "[]Point{{1, 2}}", "Item{Name: \"n\", Price: 1}", "Celsius(3.5)", "Weekday(1)", "[]Weekday{0, 1}", "time.Second", "float32(0.1)", "[][]int{{1}, {2}}", "errors.New(\"e\")", "[]error{errors.New(\"e\")}", "shape(2)", "int8(-5)", "1e21", "[]float64{1, 2.5}", "map[Weekday]string{1: \"x\"}", "uint64(1<<63)", "[]any(nil)"}
	var out []string
	for _, v := range vals {
		if contains(v, "any") || contains(v, "[]error{") {
			continue
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%8v|", "%-8v|", "%5.1f"} {
			if contains(v, "&Point") && (verb == "%#v" || verb == "%x" || verb == "%d") {
				continue
			}
			out = append(out, fmt.Sprintf("fmt.Printf(\"%s\\n\", %s)", verb, v), fmt.Sprintf("v := %s\nfmt.Println(fmt.Sprintf(\"%s\", v))", v, verb))
		}
		out = append(out, fmt.Sprintf("fmt.Print(%s, %s, \"\\n\")", v, v), fmt.Sprintf("fmt.Println(%s, 1)", v))
	}
	return both(out)
}

func assignments() []string {
	out := []string{"xs := []int{1}\nxs[5] = say(1)", "xs := []int{1}\nfmt.Println(xs[7], say(2))", "xs := []int{1}\nxs[say(0)] += say(3)\nfmt.Println(xs, say(4)+xs[say(9)])", "var p *Point\np.X = say(1)", "var p *Point\nfmt.Println(say(1), p.X, say(2))", "z := 0\nfmt.Println(5/z + say(1))", "z := 0\nv := 5 % z * say(say(1)+1)\nfmt.Println(v)", "xs := []int{1, 2}\nif xs[0] == 1 && xs[say(1)] == 2 || xs[say(5)] == 0 { fmt.Println(\"in\") }", "xs := []int{1}\nfor i := say(0); i < say(2); i += say(1) { fmt.Println(xs[i]) }", "m := map[string]int{}\nm[fmt.Sprint(say(1))] = say(2) / len(m)", "xs := []int{1, 2, 3}\nfmt.Println(xs[say(0):say(2)], xs[say(2):say(1)])", "xs := []int{3, 4}\nxs[say(0)], xs[say(1)] = say(7), xs[say(0)]\nfmt.Println(xs)", "xs := []int{1}\nswitch xs[say(0)] { case say(2), say(1): fmt.Println(\"one\", xs[say(0)]); case xs[say(8)]: fmt.Println(\"no\") }", "xs := []Point{{1, 2}}\nfmt.Println(xs[say(0)].Add(Point{say(1), say(2)}).Add(xs[say(0)]), double(xs[0].X)/say(0))", "a, b := 1, 2\na, b = b, a\nfmt.Println(a, b)", "a, b, c := 1, 2, 3\na, b, c = c, a, b\nfmt.Println(a, b, c)", "xs := []int{1, 2, 3}\ni := 0\nxs[0], xs[2] = xs[2], xs[0]\nfmt.Println(xs, i)", "x := 1\nx, y := x+1, x+2\nfmt.Println(x, y)", "var a, b int\nvar c, d = 1, \"x\"\nvar e float64\nfmt.Println(a, b, c, d, e)", "var (\n a = 1\n b = a + 1\n s string\n)\nfmt.Println(a, b, s == \"\")", "a := []int{1, 2}\nb := a\nb = append(b, 3)\na[0] = 9\nfmt.Println(a, b)", "p, q := Point{1, 2}, Point{3, 4}\np, q = q, p\nfmt.Println(p, q)\np.X, q.X = q.X, p.X\nfmt.Println(p, q)", "m := map[string]int{}\nm[\"a\"], m[\"b\"] = 1, 2\nm[\"a\"], m[\"b\"] = m[\"b\"], m[\"a\"]\nfmt.Println(m)", "_ = double(2)\n_, x := split(\"a,b\")\nfmt.Println(x)", "x := 10\nx += 5\nx -= 3\nx *= 2\nx /= 5\nx %= 3\nx |= 8\nx &= 12\nx ^= 5\nx &^= 1\nfmt.Println(x)", "s := \"a\"\ns += \"b\" + s\nfmt.Println(s)", "var x uint8 = 250\nx += 10\nfmt.Println(x)\nx -= 20\nfmt.Println(x)", "var x int8 = 127\nx++\nfmt.Println(x)\nx--\nfmt.Println(x)", "xs := []int{0, 0}\nxs[double(0)] += 5\nxs[len(xs)-1]--\nfmt.Println(xs)", "a, b := []int{1}, []int{2}\na[0], b[0] = b[0]+1, a[0]+1\nfmt.Println(a, b)", "x := 5\n{\n x := x + 1\n x++\n fmt.Println(x)\n}\nfmt.Println(x)", "x := 1\nif x := 2; x > 1 { x++; fmt.Println(x) }\nfmt.Println(x)", "x := 3\ny := &x\n*y = *y * *y\nz := *y + x\nfmt.Println(x, z)", "n := 0\nfor i := range 3 { n, i = i, n; _ = i }\nfmt.Println(n)", "var f float32 = 1\nf /= 3\nf += 1e-3\nfmt.Println(f)", "x, y := 7, 2\nq, r := x/y, x%y\nfmt.Println(q, r, -x/y, -x%y)", "i := 0\ni, xs := 1, []int{5, 6}\nxs[i] = 9\nfmt.Println(i, xs)", "v, ok := map[int]string{1: \"a\"}[1]\nfmt.Println(v, ok)", "a := [2]int{1, 2}\na[0], a[1] = a[1], a[0]\nfmt.Println(a)"}
	res := append([]string{}, out...)
	for _, p := range out {
		if !contains(p, "x, y := x+1") && !contains(p, "i, xs := 1") {
			res = append(res, local([]string{p})[0])
		}
	}
	return res
}

func control() []string {
	var out []string
	for _, n := range []string{"0", "1", "5", "-2"} {
		out = append(out, fmt.Sprintf("n := %s\nif n > 3 { fmt.Println(\"big\") } else if n > 0 { fmt.Println(\"small\") } else { fmt.Println(\"none\") }", n), fmt.Sprintf("n := %s\nswitch n { case 0, 1: fmt.Println(\"01\"); case 5: fmt.Println(\"5\"); default: fmt.Println(\"?\") }", n), fmt.Sprintf("n := %s\nswitch { case n < 0: fmt.Println(\"neg\"); case n == 0: fmt.Println(\"zero\"); default: fmt.Println(\"pos\") }", n), fmt.Sprintf("n := %s\nswitch m := n * 2; m { default: fmt.Println(\"d\", m); case 2: fmt.Println(\"two\"); case 10: fmt.Println(\"ten\") }", n), fmt.Sprintf("n := %s\nfor i := 0; i < n; i++ { if i == 2 { continue }; if i == 4 { break }; fmt.Println(i) }\nfmt.Println(\"end\")", n), fmt.Sprintf("n := %s\nfor i := range n { fmt.Print(i, \" \") }\nfor range n { fmt.Print(\".\") }\nfmt.Println()", n), fmt.Sprintf("n := %s\nfor n < 20 { n = n*2 + 1; if n == 7 { break } }\nfmt.Println(n)", n), fmt.Sprintf("n := %s\nfor { n++; if n > 8 { break }; if n%%2 == 0 { continue }; fmt.Print(n, \" \") }\nfmt.Println(n)", n), fmt.Sprintf("n := %s\nc := 0\nfor i := 0; i < n; i++ { for j := 0; j < 5; j++ { if j == i { break }; c += i*j + 1 }; if i%%2 == 1 { continue }; c-- }\nfmt.Println(c)", n), fmt.Sprintf("n := %s\nfor i := 0; i < 4; i++ { switch { case i == n: continue; case i == 2: fmt.Println(\"two\") }; fmt.Println(i) }", n), fmt.Sprintf("n := %s\nxs := []string{}\nfor i, j := n, 10; i < j; i, j = i+1, j-2 { xs = append(xs, fmt.Sprint(i, j)) }\nfmt.Println(xs)", n), fmt.Sprintf("n := %s\nif m, err := mayFail(n); err == nil && m > 1 { fmt.Println(m) } else if err != nil { fmt.Println(err) } else { fmt.Println(\"low\", m) }", n))
	}
	for _, s := range []string{`"a"`, `"bb"`, `""`} {
		out = append(out, fmt.Sprintf("s := %s\nswitch s { case \"a\": fmt.Println(1); case \"bb\", \"c\": fmt.Println(2); default: fmt.Println(3) }\nswitch len(s) { case 0: case 1: fmt.Println(\"one\") }\nswitch true { case s == \"\": fmt.Println(\"empty\") }", s))
	}
	out = append(out, "var i int\nfor i = 0; i < 3; i++ { }\nfmt.Println(i)", "var i int\nfor i = range 4 { fmt.Print(i) }\nfmt.Println(i)", "var k, v int\nfor k, v = range []int{5, 6} { fmt.Print(k, v, \" \") }\nfmt.Println(k, v)", "for i := range 3 { i *= 2; fmt.Print(i, \" \") }\nfmt.Println()", "for i := 0; i < 6; i++ { i++; fmt.Print(i, \" \") }\nfmt.Println()", "s := 0\nfor i := uint8(250); i != 3; i++ { s += int(i) }\nfmt.Println(s)", "for i := range uint8(3) { fmt.Printf(\"%T %v\\n\", i, i) }", "n := int64(3)\nfor i := range n { fmt.Printf(\"%T %v\\n\", i, i) }", "for i := range 10 { if i > 2 { break }; for j := range i { fmt.Print(i, j, \" \") } }\nfmt.Println()", "x := 0\nfor i := 0; i < 3 && x < 10 || i == 0; i += 2 { x += 4 }\nfmt.Println(x)", "primes := []int{}\nfor n := 2; len(primes) < 10; n++ { ok := true; for _, p := range primes { if n%p == 0 { ok = false; break } }; if ok { primes = append(primes, n) } }\nfmt.Println(primes)", "a, b := 0, 1\nfor range 30 { a, b = b, a+b }\nfmt.Println(a)", "seen := map[int]bool{}\nn := 7\nfor !seen[n] { seen[n] = true; n = n * n % 50 }\nfmt.Println(n, len(seen))", "xs := []int{3, 1, 2, 5, 4}\nfor i := 0; i < len(xs); i++ { for j := 0; j < len(xs)-1-i; j++ { if xs[j] > xs[j+1] { xs[j], xs[j+1] = xs[j+1], xs[j] } } }\nfmt.Println(xs)", "fmt.Println(\"x\")\npanic(\"oh no\")", "x := 3\npanic(x)", "for i := range 3 { if i == 1 { panic(fmt.Sprint(\"at \", i)) }; fmt.Println(i) }", "switch x := double(3); { case x > 5: fmt.Println(\"gt\", x) }", "for i := 0; ; i++ { if i*i > 50 { fmt.Println(i); break } }", "switch 5 { case 5: fmt.Println(\"five\") }", "if true { fmt.Println(\"t\") }\nif !true { fmt.Println(\"f\") }", "r := []rune(\"abcba\")\nok := true\nfor i := 0; i < len(r)/2; i++ { if r[i] != r[len(r)-1-i] { ok = false } }\nfmt.Println(ok)")
	return both(out)
}

// faults are what yaegi is known to do wrong: each is compiled or right.
func faults() []string {
	return []string{
		"x := 1\nx2 := x\nfmt.Println(x, x2)", "x := \"s\"\nx = x + \"!\"\nfmt.Println(x)", "fs := []func(){}\nfor i := 0; i < 3; i++ { fs = append(fs, func() { fmt.Println(i) }) }\nfor _, f := range fs { f() }", "fs := []func(){}\nfor i := range 3 { fs = append(fs, func() { fmt.Println(i) }) }\nfor _, f := range fs { f() }", "var wg sync.WaitGroup\nc := make(chan int, 3)\nfor k := range 3 { wg.Go(func() { c <- k }) }\nwg.Wait()\nfmt.Println(<-c + <-c + <-c)", "func() { fmt.Println(\"once\") }()", "type p struct{ x, y int }\nv := p{1, 2}\nfmt.Printf(\"%+v %#v %T\\n\", v, v, v)", "type q struct{ X, Y int }\nfmt.Printf(\"%+v\\n\", q{1, 2})", "var err error = &Fail{3}\nvar f *Fail\nfmt.Println(errors.As(err, &f), f.Code)", "xs := []int{1}\nfmt.Println(xs[3])", "type A struct{ X int }\ntype B struct{ X int }\n_, ok := any(B{1}).(A)\nfmt.Println(ok)", "type C float64\n_, ok := any(C(1)).(float64)\nfmt.Println(ok)", "fmt.Println(any(Point{1, 2}) == any(Square{1}))", "switch v := any(Square{1}).(type) { case Point: fmt.Println(\"P\", v); case Square: fmt.Println(\"S\", v) }", "c := make(chan int, 1)\nc <- 1\nv := <-c\nv++\nfmt.Println(v)", "c := make(chan int, 2)\nc <- 1\nc <- 2\nvar g, h int\nvar ok bool\ng = <-c\nh, ok = <-c\ng = 5\nfmt.Println(g, h, ok)", "var v any = &Point{1, 2}\nswitch t := v.(type) { case *Point: fmt.Println(t.X); default: fmt.Println(\"none\") }", "var v any = []Point{{1, 2}}\nswitch v.(type) { case []Point: fmt.Println(\"ok\"); default: fmt.Println(\"none\") }", "var err error = &Fail{1}\nswitch e := err.(type) { case *Fail: fmt.Println(e.Code); default: fmt.Println(\"none\") }", "type j struct{ X int; x int }\nb, _ := json.Marshal(j{1, 2})\nfmt.Println(string(b))", "fmt.Println([]Point{{1, 2}}, map[string]Point{\"a\": {3, 4}})", "fmt.Printf(\"%d %d\\n\", Point{1, 2}, Weekday(1))", "fmt.Println(fmt.Errorf(\"w: %w\", &Fail{2}))", "x := min(3, 1, 2)\ny := max(2.5, 1)\nfmt.Println(x, y)", "m := map[int]int{1: 2}\nclear(m)\nfmt.Println(len(m))", "for i := range 5 { fmt.Print(i) }\nfmt.Println()", "for v := range slices.Values([]int{1, 2}) { fmt.Println(v) }", "xs := []int{3, 1, 2}\nslices.Sort(xs)\nfmt.Println(xs, slices.Max(xs))", "for s := range strings.SplitSeq(\"a,b\", \",\") { fmt.Println(s) }", "h := hidden()\nfmt.Println(h.a, h)\nfmt.Printf(\"%+v\\n\", h)", "defer fmt.Println(\"deferred\")\nfmt.Println(\"body\")", "func() { defer func() { fmt.Println(recover()) }(); var m map[string]int; m[\"a\"] = 1 }()", "var f func(int) int\nf = func(n int) int { if n < 2 { return n }; return f(n-1) + f(n-2) }\nfmt.Println(f(10))", "g := double\nfmt.Println(g(4))", "f := Point{1, 2}.Add\nfmt.Println(f(Point{1, 1}))", "outer:\nfor i := range 3 { for j := range 3 { if j == 1 { continue outer }; if i == 2 { break outer }; fmt.Println(i, j) } }", "var x any = 3\ny, ok := x.(int)\nfmt.Println(y, ok)\nfmt.Println(x.(string))", "switch 2 { case 2: fmt.Println(\"two\"); fallthrough; case 3: fmt.Println(\"three\") }", "x := []any{1, \"a\", 2.5, nil}\nfmt.Println(x...)\nfmt.Printf(\"%T %T\\n\", x[0], x[1])", "var e any = Weekday(1)\nfmt.Println(e)\nfmt.Printf(\"%T\\n\", e)", "c := complex(1, 2)\nfmt.Println(real(c), c*c)", "var s Shape = Square{2}\nfmt.Println(s.Area())", "p := new(int)\n*p = 3\nfmt.Println(*p)", "p := new(42)\nfmt.Println(*p)", "f := 3.99\nfmt.Println(uint8(f), int32(f))", "a := -1\nfmt.Println(func() int { return a }())", "n := -1\nfmt.Println(1 << n)", "x := 5\npx := &x\nppx := &px\n**ppx = 6\nfmt.Println(x)", "a := [3]int{1, 2, 3}\ns := a[:]\ns[0] = 9\nfmt.Println(a, s)", "xs := []int{1, 2, 3}\np := &xs[1]\n*p = 9\nfmt.Println(xs)", "it := Item{}\np := &it.At\np.X = 3\nfmt.Println(it.At)", "x := struct{ A, B int }{1, 2}\nfmt.Printf(\"%v %+v %T\\n\", x, x, x)", "goto end\nend:\nfmt.Println(\"end\")", "var err error\nfmt.Println(err == nil)\nerr = &Fail{4}\nfmt.Println(err == nil, err)", "for i := 0; i < 3; i++ { p := &i; *p += 1; fmt.Println(i) }",
	}
}

func named() []string {
	var out []string
	for _, e := range []struct{ t, a, b string }{{"Celsius", "36.6", "-4"}, {"Weekday", "1", "0"}, {"time.Duration", "1500", "2"}, {"time.Month", "3", "1"}, {"os.FileMode", "420", "7"}} {
		ops := []string{"+", "-", "*", "/"}
		if e.t != "Celsius" {
			ops = append(ops, "%", "&", "|", "^")
		}
		for _, op := range ops {
			out = append(out, fmt.Sprintf("var a, b %s = %s, %s\nc := a %s b\nfmt.Printf(\"%%T %%#v\\n\", c, c == a)\nd := %s(3) %s a\nfmt.Printf(\"%%T %%.2f\\n\", d, float64(d))\na %s= 2\na++\nfmt.Println(float64(a), a < b, a == c, a != b)\nxs := []%s{a, b, a %s b}\nfmt.Printf(\"%%T %%d\\n\", xs, len(xs))", e.t, e.a, e.b, op, e.t, op, op, e.t, op))
		}
		out = append(out, fmt.Sprintf("var a %s = %s\nn := int(a)\nf := float64(a)\nb := %s(n) + %s(f)\nfmt.Printf(\"%%T %%T %%T %%v\\n\", n, f, b, float64(b))\nfmt.Println(a == %s(n), -a < a, +a == a)\nm := map[%s]int{a: 1, b: 2}\nm[a+1]++\nfmt.Println(len(m), m[a])", e.t, e.a, e.t, e.t, e.t, e.t))
	}
	out = append(out, "d := 90 * time.Minute\nfmt.Println(d, d/2, d.Hours() > 1, d > time.Hour, time.Duration(3)*time.Second+d)\nd += time.Second\nfmt.Println(d)\nfmt.Printf(\"%T\\n\", d/2)", "n := 3\nd := time.Duration(n) * time.Millisecond\nfmt.Println(d, d == 3*time.Millisecond)\nfor i := range n { d += time.Duration(i) * time.Second }\nfmt.Println(d)", "var n Name = \"bo\"\nm := n + \"b\"\nfmt.Printf(\"%T %v %d\\n\", m, m, len(m))\nfmt.Println(m == \"bob\", m > n, string(m)+\"!\", Name(\"x\")+m)\nm += n\nfmt.Println(m)\nn = Name(strings.ToUpper(string(m)))\nfmt.Println(n)", "w := Weekday(0)\nw++\nfmt.Println(w, w+1, w == 1)\nfor d := Weekday(0); d < 3; d++ { fmt.Print(d, \" \") }\nfmt.Println()", "t := time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC)\nu := t.AddDate(0, 1, 0)\nfmt.Println(u.Sub(t).Hours(), u.Month() == time.March, u.After(t), t.Month()+1)\nif d := u.Sub(t); d > 24*time.Hour { fmt.Println(d) }", "var p Derived\np.Point = &Point{1, 2}\np.ID = 4\np.Base.ID++\np.X += 3\nfmt.Println(p.ID, p.X, p.Point.Y, p.N, p.Tag(), p.Base.Tag())", "p := Derived{Base: Base{3}, N: 2}\nfmt.Println(p.ID, p.Base, p.N)\nfmt.Println(p.X)", "p := Derived{Base{1}, &Point{2, 3}, 4}\nq := p\nq.ID = 7\nq.X = 9\nfmt.Println(p.ID, q.ID, p.X, q.Tag(), p.Point == q.Point)", "c := Celsius(10)\nc = c*9/5 + 32\nfmt.Println(c)\nfmt.Printf(\"%.1f %T\\n\", c, c.F())", "a, b := Point{1, 2}, Point{1, 2}\npa, pb := &a, &a\nfmt.Println(a == b, pa == pb, a != Point{3, 4}, [2]int{1, 2} == [2]int{1, 2}, [1]string{\"a\"} != [1]string{\"b\"}, a.X == b.Y)\nb.X = 9\nfmt.Println(a == b, pa != nil)", "var s int = 3\nn := 1\nfmt.Println(n<<s, 1<<s, 256>>s, uint8(1)<<s)\nn <<= s\nn >>= s - 1\nfmt.Println(n)", "s := -1\nfmt.Println(\"x\")\nfmt.Println(1 << s)", "var s int8 = -3\nx := 5\nx >>= s", "p := new(int)\n*p = 3\n*p += 2\nfmt.Println(*p)\nq := new(Point)\nq.X = 4\nfmt.Println(*q, q.X)\ns := new(string)\nfmt.Printf(\"%q %T\\n\", *s, s)", "for i, j := 0, 5; i < j; i, j = i+1, j-1 { if i == 1 { continue }; fmt.Print(i, j, \" \") }\nfmt.Println()", "xs := []int{1, 2, 3}\nfor i := 0; i < 3; xs[i%3], i = 7, i+1 { fmt.Print(xs, \" \") }\nfmt.Println(xs)", "fmt.Println(io.EOF, io.EOF == nil, errors.Is(check(5), io.EOF), time.UTC, base64.StdEncoding.EncodeToString([]byte(\"hi\")))")
	var res []string
	res = append(res, out...)
	for _, p := range out {
		if !contains(p, "i < 3; xs") {
			res = append(res, local([]string{p})[0])
		}
	}
	return res
}

func interfaces() []string {
	var out []string
	for _, v := range []string{"1", "2.5", "'a'", `"s"`, "true", "uint8(3)", "Point{1, 2}", "&Point{1, 2}", "[]int{1}", "Celsius(2)", "Weekday(1)", "map[string]int{\"a\": 1}", "shape(2)", "check(9)", "nil", "time.Second", "[]any{1, \"a\", nil}"} {
		out = append(out, fmt.Sprintf("var v any = %s\nfmt.Printf(\"%%T %%v\\n\", v, v)\nfmt.Println(describe(v))", v), fmt.Sprintf("var v any\nv = %s\nw := v\nfmt.Printf(\"%%T %%v\\n\", w, v)", v), fmt.Sprintf("xs := []any{%s, 2, \"z\"}\nfmt.Printf(\"%%T %%v\\n\", xs[0], xs)\nfmt.Println(xs...)\nfmt.Println(len(xs), cap(xs))\nx := xs[0]\nfmt.Println(describe(x))\nfor i, e := range xs { fmt.Println(i, describe(e)) }", v), fmt.Sprintf("fmt.Println(describe(%s))\nfmt.Printf(\"%%v|%%T\\n\", %s, %s)", v, v, v))
	}
	out = append(out, "var err error\nfmt.Println(err == nil, err)\nerr = &Fail{4}\nfmt.Println(err == nil, err, err.Error())\nerr = check(2)\nfmt.Println(err == nil)\nerr = nil\nfmt.Println(err != nil)", "var s Shape = Square{2}\nfmt.Println(s.Area(), s)\ns = shape(3)\nfmt.Println(s.Area())\nt := s\nfmt.Println(t.Area() + s.Area())\ns = nil\nfmt.Println(s.Area())", "var st fmt.Stringer = Point{1, 2}\nfmt.Println(st.String(), st)\nst = Weekday(2)\nfmt.Println(st)", "var w io.Writer = io.Discard\nn, err := fmt.Fprintf(w, \"abc\")\nfmt.Println(n, err)", "var r io.Reader = strings.NewReader(\"hello\")\nb, err := io.ReadAll(r)\nfmt.Println(string(b), err)", "m := map[string]error{}\nm[\"a\"] = check(5)\nfmt.Println(m[\"a\"], m[\"b\"] == nil, len(m))", "errs := []error{}\nfor i := 0; i < 6; i++ { if err := check(i); err != nil { errs = append(errs, err) } }\nfmt.Println(len(errs), errs)\nfmt.Println(errors.Join(errs...))", "shapes := []Shape{}\nshapes = append(shapes, shape(1), shape(2))\nt := 0.0\nfor _, s := range shapes { t += s.Area() }\nfmt.Println(t, len(shapes))", "var v any = 5\nv = \"now a string\"\nv = Point{3, 4}\nfmt.Println(v)", "e1, e2 := check(5), check(1)\nif e1 != nil && e2 == nil { fmt.Println(e1) }\ne1, e2 = e2, e1\nfmt.Println(e1, e2)")
	return both(out)
}
