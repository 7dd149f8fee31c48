package proof

// A Program is declared functions, and statements that call them.
type Program struct{ Decls, Statements string }

// Functions returns programs whose functions are interpreted where nothing can
// be compiled.
func Functions() []Program { return append(functions(), declared()...) }

func functions() []Program {
	return []Program{
		{"func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }", "fmt.Println(fib(15), fib(1))"},
		{"func gcd(a, b int) int { for b != 0 { a, b = b, a%b }; return a }", "fmt.Println(gcd(48, 18), gcd(7, 0))"},
		{"func isPrime(n int) bool { if n < 2 { return false }; for i := 2; i*i <= n; i++ { if n%i == 0 { return false } }; return true }", "for i := range 20 { if isPrime(i) { fmt.Print(i, \" \") } }\nfmt.Println()"},
		{"func reverse(s string) string { r := []rune(s); for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 { r[i], r[j] = r[j], r[i] }; return string(r) }", "fmt.Println(reverse(\"héllo\"), reverse(\"\"))"},
		{"func tokenize(text string) []string { time.Sleep(time.Millisecond); return strings.Fields(text) }", "texts := []string{\"a b\", \"c\", \"\"}\nresult := [][]string{}\nfor _, t := range texts { result = append(result, tokenize(t)) }\nfmt.Println(result, len(result))"},
		{"func randomTexts(n int, seed int64) []string {\n\tr := rand.New(rand.NewSource(seed))\n\twords := []string{\"alpha\", \"beta\", \"gamma\"}\n\ttexts := make([]string, n)\n\tfor i := range texts {\n\t\tparts := []string{}\n\t\tfor range 3 + r.Intn(4) {\n\t\t\tparts = append(parts, words[r.Intn(len(words))])\n\t\t}\n\t\ttexts[i] = strings.Join(parts, \" \")\n\t}\n\treturn texts\n}", "for _, t := range randomTexts(4, 42) { fmt.Println(t) }"},
		{"func count(text string) map[string]int { m := map[string]int{}; for _, w := range strings.Fields(text) { m[strings.ToLower(w)]++ }; return m }", "m := count(\"a B b A c\")\nfmt.Println(m, len(m), m[\"a\"])"},
		{"func sort2(xs []int) []int { ys := append([]int{}, xs...); for i := range ys { for j := 0; j < len(ys)-1-i; j++ { if ys[j] > ys[j+1] { ys[j], ys[j+1] = ys[j+1], ys[j] } } }; return ys }", "xs := []int{3, 1, 2}\nfmt.Println(sort2(xs), xs, sort2([]int{}))"},
		{"func div(a, b int) (int, error) { if b == 0 { return 0, errors.New(\"division by zero\") }; return a / b, nil }", "q, err := div(7, 2)\nfmt.Println(q, err)\nq, err = div(1, 0)\nfmt.Println(q, err, err != nil)\nif _, err := div(1, 0); err != nil { fmt.Println(\"failed:\", err.Error()) }"},
		{"func even(n int) bool { if n == 0 { return true }; return odd(n - 1) }\nfunc odd(n int) bool { if n == 0 { return false }; return even(n - 1) }", "fmt.Println(even(10), odd(7), even(7))"},
		{"func sieve(n int) []int { c := make([]bool, n+1); var out []int; for i := 2; i <= n; i++ { if !c[i] { out = append(out, i); for j := i * i; j <= n; j += i { c[j] = true } } }; return out }", "fmt.Println(sieve(50))"},
		{"func mat(n int) [][]float64 { m := make([][]float64, n); for i := range m { m[i] = make([]float64, n); for j := range m[i] { m[i][j] = float64(i*n + j) } }; return m }\nfunc mul(a, b [][]float64) [][]float64 { n := len(a); c := mat(n); for i := range n { for j := range n { s := 0.0; for k := range n { s += a[i][k] * b[k][j] }; c[i][j] = s } }; return c }", "fmt.Println(mul(mat(3), mat(3)))"},
		{"func collatz(n int) int { c := 0; for n != 1 { switch { case n%2 == 0: n /= 2; default: n = 3*n + 1 }; c++ }; return c }", "fmt.Println(collatz(27), collatz(1))"},
		{"func at(xs []int, i int) int { return xs[i] }", "fmt.Println(at([]int{1, 2}, 1))\nfmt.Println(at([]int{1}, 5))"},
		{"func split2(s string) (string, string) { i := strings.Index(s, \"=\"); if i < 0 { return s, \"\" }; return s[:i], s[i+1:] }", "a, b := split2(\"k=v\")\nfmt.Println(a, b)\na, b = split2(\"zz\")\nfmt.Printf(\"%q %q\\n\", a, b)"},
		{"func pass(s string) (string, string) { return inner(s) }\nfunc inner(s string) (string, string) { return s, s + s }", "a, b := pass(\"x\")\nfmt.Println(a, b)"},
		{"const size = 4\nfunc area() int { return size * size }", "fmt.Println(area(), size)"},
		{"func bin(xs []int, x int) int { lo, hi := 0, len(xs); for lo < hi { m := (lo + hi) / 2; if xs[m] < x { lo = m + 1 } else { hi = m } }; return lo }", "fmt.Println(bin([]int{1, 3, 5, 7}, 5), bin([]int{}, 1), bin([]int{1}, 9))"},
		{"func caesar(s string, k int) string { var out []rune; for _, r := range s { if r >= 'a' && r <= 'z' { r = 'a' + (r-'a'+rune(k))%26 }; out = append(out, r) }; return string(out) }", "fmt.Println(caesar(\"hello, wörld\", 3), caesar(\"xyz\", 3))"},
		{"func mean(xs []float64) float64 { if len(xs) == 0 { return math.NaN() }; s := 0.0; for _, x := range xs { s += x }; return s / float64(len(xs)) }", "fmt.Println(mean([]float64{1, 2, 4}), mean(nil))"},
		{"func fill(xs []int, v int) { for i := range xs { xs[i] = v } }", "xs := make([]int, 3)\nfill(xs, 7)\nfmt.Println(xs)\nfill(xs[1:], 0)\nfmt.Println(xs)"},
		{"func bump(p *int) { *p += 2 }", "x := 1\nbump(&x)\nbump(&x)\nfmt.Println(x)"},
		{"func hanoi(n int, a, b, c string) int { if n == 0 { return 0 }; return hanoi(n-1, a, c, b) + 1 + hanoi(n-1, c, b, a) }", "fmt.Println(hanoi(6, \"a\", \"b\", \"c\"))"},
		{"func ack(m, n int) int { if m == 0 { return n + 1 }; if n == 0 { return ack(m-1, 1) }; return ack(m-1, ack(m, n-1)) }", "fmt.Println(ack(2, 3))"},
		{"func greet(name string) string { if name == \"\" { return \"nobody\" } else { return fmt.Sprintf(\"hello %s\", name) } }", "fmt.Println(greet(\"\"), greet(\"bo\"))"},
		{"func show(x float64) { fmt.Printf(\"%.2f\\n\", x) }", "show(2.5)\nshow(1)"},
		{"func find(m map[string][]int, k string) (int, bool) { xs, ok := m[k]; if !ok || len(xs) == 0 { return 0, false }; return xs[0], true }", "fmt.Println(find(map[string][]int{\"a\": {4}}, \"a\"))\nv, ok := find(nil, \"q\")\nfmt.Println(v, ok)"},
		{"func wrap(n int) error { if n > 0 { return fmt.Errorf(\"n=%d: %w\", n, io.EOF) }; return nil }\nfunc chain(n int) error { if err := wrap(n); err != nil { return fmt.Errorf(\"chain: %w\", err) }; return nil }", "err := chain(2)\nfmt.Println(err, errors.Is(err, io.EOF), chain(0) == nil)"},
		{"func perm(xs []int, k int) [][]int { if k == len(xs) { return [][]int{append([]int{}, xs...)} }; var out [][]int; for i := k; i < len(xs); i++ { xs[k], xs[i] = xs[i], xs[k]; out = append(out, perm(xs, k+1)...); xs[k], xs[i] = xs[i], xs[k] }; return out }", "fmt.Println(perm([]int{1, 2, 3}, 0))"},
		{"func boom(n int) int { if n == 0 { panic(\"bottom\") }; return boom(n-1) + 1 }", "fmt.Println(\"go\")\nfmt.Println(boom(3))"},
		{"func dot(a, b [3]float64) float64 { s := 0.0; for i, x := range a { s += x * b[i] }; a[0] = 99; return s }", "v := [3]float64{1, 2, 3}\nfmt.Println(dot(v, v), v)"},
		{"func roman(n int) string { vals := []int{10, 9, 5, 4, 1}; syms := []string{\"X\", \"IX\", \"V\", \"IV\", \"I\"}; s := \"\"; for i, v := range vals { for n >= v { s += syms[i]; n -= v } }; return s }", "fmt.Println(roman(27), roman(4))"},
		{"func work(n int) float64 { x := 0.0; for i := range n { x += math.Sin(float64(i)) }; return x }", "fmt.Println(work(100))"},
		{"func build(n int) string { var sb strings.Builder; for i := range n { fmt.Fprintf(&sb, \"%d,\", i); sb.WriteByte(' ') }; return sb.String() }", "fmt.Println(build(4), len(build(0)))"},
		{"func grow(n int) int { p := &n; *p *= 2; inc(p); return n }\nfunc inc(p *int) { *p++ }", "fmt.Println(grow(4))\nps := []*int{}\nfor i := range 3 { ps = append(ps, &i) }\nfor _, p := range ps { fmt.Print(*p, \" \") }\nfmt.Println()"},
		{"func u8(a, b uint8) (uint8, uint8, bool) { return a + b, a * b, a < b }", "fmt.Println(u8(200, 100))"},
		{"func elapsed(d time.Duration) string { if d > time.Second { return \"long\" }; return (d * 2).String() }", "fmt.Println(elapsed(2*time.Second), elapsed(300*time.Millisecond))"},
		{"func report(n int) { fmt.Println(\"report\", n, recover()) }\nfunc f(n int) (r int) { defer report(n); n++; if n > 2 { panic(n) }; return n }", "fmt.Println(f(1))\nfmt.Println(f(2))\nreport(5)"},
		{"func try(f func()) (err error) { defer func() { if v := recover(); v != nil { err = fmt.Errorf(\"caught %v\", v) } }(); f(); return nil }", "fmt.Println(try(func() {}), try(func() { panic(1) }), try(func() { var m map[string]int; m[\"a\"] = 1 }), try(func() { var xs []int; _ = xs[3] }))"},
		{"func down(n int) (s string) { defer func() { s += fmt.Sprint(n) }(); if n == 0 { panic(\"bottom\") }; return down(n - 1) }\nfunc top() (s string, v any) { defer func() { v = recover() }(); return down(3), nil }", "fmt.Println(top())"},
		{"type acc struct{ log []string; n int }\nfunc (a *acc) done(s string) { a.log = append(a.log, s) }\nfunc (a acc) show() { fmt.Println(a.n, a.log) }\nfunc (a *acc) work(n int) (err error) { defer a.done(fmt.Sprint(\"work \", n)); defer a.show(); defer func() { if v := recover(); v != nil { err = fmt.Errorf(\"%v\", v) } }(); a.n += n; fmt.Println(10 / (n - 1)); return nil }", "a := &acc{}\nfmt.Println(a.work(3), a.work(1), a.log)\na.show()"},
		{"func guard[T any](f func() T, or T) (r T) { defer func() { if recover() != nil { r = or } }(); return f() }", "fmt.Println(guard(func() int { return 1 }, 2), guard(func() int { panic(0) }, 2), guard(func() string { panic(io.EOF) }, \"or\"))"},
		{"type stack[T any] struct{ xs []T }\nfunc (s *stack[T]) pop() (v T, err error) { defer func() { if e := recover(); e != nil { err = e.(error) } }(); v = s.xs[len(s.xs)-1]; s.xs = s.xs[:len(s.xs)-1]; return v, nil }", "s := &stack[int]{xs: []int{1}}\nfmt.Println(s.pop())\nfmt.Println(s.pop())"},
		{"func cleanup(names ...string) { for _, n := range names { fmt.Print(n, \" \") }; fmt.Println() }\nfunc open(n int) { for i := range n { defer cleanup(\"c\", fmt.Sprint(i)) }; defer cleanup([]string{\"x\"}...); defer cleanup() }", "open(3)"},
		{"func swallow() any { return recover() }\nfunc f() (v any) { defer func() { v = recover() }(); defer swallow(); panic(\"p\") }\nfunc g() { defer fmt.Println(\"after\", swallow()); defer swallow(); panic(\"q\") }", "fmt.Println(f())\ng()"},
	}
}
