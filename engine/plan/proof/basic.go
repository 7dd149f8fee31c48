package proof

import (
	"fmt"
	"strings"
)

type intType struct {
	name   string
	values []string
}

var ints = []intType{
	{"int", []string{"0", "1", "-1", "7", "-13", "1000003", "9223372036854775807", "-9223372036854775808"}},
	{"int8", []string{"0", "1", "-1", "7", "-13", "127", "-128"}},
	{"int16", []string{"0", "1", "-1", "300", "32767", "-32768"}},
	{"int32", []string{"0", "1", "-1", "70000", "2147483647", "-2147483648"}},
	{"int64", []string{"0", "1", "-1", "7", "9223372036854775807", "-9223372036854775808"}},
	{"uint", []string{"0", "1", "7", "18446744073709551615"}},
	{"uint8", []string{"0", "1", "7", "200", "255"}},
	{"uint16", []string{"0", "1", "300", "65535"}},
	{"uint32", []string{"0", "1", "70000", "4294967295"}},
	{"uint64", []string{"0", "1", "7", "18446744073709551615"}},
}

var floatValues = []string{"0.0", "1.0", "-1.5", "0.1", "1e300", "-1e-300", "3.4e38", "math.Inf(1)", "math.Inf(-1)", "math.NaN()", "math.Pi", "1e15", "123456789.125", "-0.0", "5e-324"}

func constants() []string {
	lits := []string{"0", "1", "-1", "42", "0x1F", "0b101", "0o17", "1_000_000", "'a'", "'é'", "'\\n'", "1.5", "1e3", "0x1p-2", "1e100", ".5", "3.0", "true", "false",
		`"x"`, `""`, "`raw\\n`", `"\x00\xff\u00e9"`, `"日本"`, "1 << 40", "1<<62 - 1", "'a' + 1", "1.0 * 3", "7 / 2", "7 / 2.0", "-7 % 3", "limit", "limit * 2", "limit / 2", "limit / 2.0",
		"math.Pi", "math.MaxInt64", "math.MinInt64", "math.MaxUint8", "math.SmallestNonzeroFloat64", "math.MaxFloat64", "time.Second", "2 * time.Minute", "time.March", "os.O_RDWR", "len(\"abc\")", `"a" + "b"`,
		"uint8(200)", "int8(-128)", "float32(0.1)", "float64(1)", "rune(65)", "string(rune(65))", "Celsius(36.6)", "Weekday(1)", "uint64(math.MaxUint64)", "!true", "1 < 2", "^0", "^uint8(5)", "1 &^ 3"}
	var out []string
	for _, l := range lits {
		out = append(out, fmt.Sprintf("fmt.Printf(\"%%T %%v\\n\", %s, %s)", l, l), fmt.Sprintf("x := %s\nfmt.Printf(\"%%T %%v\\n\", x, x)", l),
			fmt.Sprintf("fmt.Println(describe(%s))", l), fmt.Sprintf("xs := []any{1}\n_ = xs\ny := %s\nz := y\nfmt.Println(z == y)", l))
	}
	var plain []string
	for _, p := range out {
		if !strings.Contains(p, "[]any") {
			plain = append(plain, p)
		}
	}
	return both(plain)
}

func arithmetic() []string {
	var out []string
	for _, t := range ints {
		for _, op := range []string{"+", "-", "*", "/", "%", "&", "|", "^", "&^"} {
			for i, a := range t.values {
				for j, b := range t.values {
					if (i*7+j*3+len(op))%3 != 0 && len(t.values) > 5 {
						continue
					}
					out = append(out, fmt.Sprintf("var a, b %s = %s, %s\nfmt.Println(\"start\")\nc := a %s b\nfmt.Printf(\"%%T %%v\\n\", c, c)\nd := (a %s b) + a*b - (b %s 1)\nfmt.Println(d, a %s b == c, (a %s b) < b)\na %s= b\na++\nb--\nfmt.Println(a, b, -a, ^b, +b)",
						t.name, a, b, op, op, op, op, op, op))
				}
				if a != "0" && !(strings.HasPrefix(t.name, "u") && a[0] == '-') {
					out = append(out, fmt.Sprintf("a := %s(%s)\nb := a %s %s\nc := %s(%s) %s (a | 1)\nfmt.Printf(\"%%T %%v %%T %%v\\n\", b, b, c, c)\nfmt.Println(a * a * a, a + a - a, min(a, b, c), max(a, b, c))",
						t.name, a, op, a, t.name, a, op))
				}
			}
		}
	}
	n := len(out)
	for i := 0; i < n; i += 2 {
		out[i] = local(out[i : i+1])[0]
	}
	return out
}

func shifts() []string {
	var out []string
	for _, t := range ints {
		for _, a := range t.values {
			for _, n := range []string{"0", "1", "7", "8", "31", "63", "64", "100"} {
				out = append(out, fmt.Sprintf("var a %s = %s\nvar n uint = %s\nfmt.Println(a << n, a >> n, a << %s >> 1)\nb := a << n\nfmt.Printf(\"%%T\\n\", b)\na <<= n\nfmt.Println(a)\na >>= 3\nfmt.Println(a, a>>1|1)", t.name, a, n, n))
			}
		}
	}
	out = append(out, "var s uint8 = 3\nx := 1 << s\nfmt.Printf(\"%T %v\\n\", x, x)", "var s uint64 = 70\nvar y int64 = 1 << s\nfmt.Println(y)", "n := uint16(4)\nfmt.Println(uint8(255)<<n, int8(-1)>>n, 1<<n)")
	return both(out)
}

func floats() []string {
	var out []string
	for _, t := range []string{"float64", "float32"} {
		for i, a := range floatValues {
			for j, b := range floatValues {
				if t == "float32" && (strings.Contains(a+b, "e300") || strings.Contains(a+b, "e-3") || strings.Contains(a, "324")) {
					continue
				}
				x, y := a, b
				if strings.Contains(a, "math.") && a != "math.Pi" {
					x = t + "(" + a + ")"
				}
				if strings.Contains(b, "math.") && b != "math.Pi" {
					y = t + "(" + b + ")"
				}
				p := fmt.Sprintf("var a %s = %s\nvar b %s = %s\nfmt.Println(a+b, a-b, a*b, a/b, a < b, a == b, a != b, a >= b, -a, (a+b)*a/b)\nc := a*b + a\nc += b\nc /= 3\nc--\nfmt.Printf(\"%%T %%v %%g %%.3f\\n\", c, c, a, b)", t, x, t, y)
				if (i+j)%2 == 0 {
					p = local([]string{p})[0]
				}
				out = append(out, p)
			}
			if t == "float64" {
				out = append(out, fmt.Sprintf("a := %s\nfmt.Println(min(a, 1), max(a, -1, 0.5), math.Abs(a), math.Floor(a), math.IsNaN(a))", strings.Replace(a, "math.Pi", "float64(math.Pi)", 1)))
			}
		}
	}
	return out
}

func comparisons() []string {
	var out []string
	vals := map[string][]string{"int": {"0", "5", "-3"}, "string": {`""`, `"a"`, `"b"`, `"ab"`, `"é"`}, "float64": {"0.5", "2.0", "-1.0"}, "uint8": {"0", "255"}, "rune": {"'a'", "'z'"}}
	for _, t := range []string{"int", "string", "float64", "uint8", "rune"} {
		for _, a := range vals[t] {
			for _, b := range vals[t] {
				out = append(out, fmt.Sprintf("var a, b %s = %s, %s\nfmt.Println(a == b, a != b, a < b, a <= b, a > b, a >= b)\nc := a < b && a == a || !(b > a)\nif c && (a != b || b == a) { fmt.Println(\"yes\") } else { fmt.Println(\"no\") }\nd := c == true\nfmt.Printf(\"%%T %%v\\n\", d, d != c)", t, a, b))
			}
		}
	}
	// Short circuits: the right side must not be evaluated.
	for _, p := range []string{"xs[5] > 0", "boom(3) > 0", "m[\"a\"] == 1", "xs[len(xs)-1] == 3", "p.X > 0", "double(xs[9]) > 1 || xs[0] == 1"} {
		for _, l := range []string{"len(xs) > 5", "len(xs) == 3", "false", "true"} {
			for _, op := range []string{"&&", "||"} {
				out = append(out, fmt.Sprintf("xs := []int{1, 2, 3}\nm := map[string]int{\"a\": 1}\nvar p *Point\n_, _, _ = xs, m, p\nfmt.Println(\"go\")\nfmt.Println(%s %s %s)\nif %s %s %s { fmt.Println(1) }", l, op, p, l, op, p))
			}
		}
	}
	return both(out)
}

func conversions() []string {
	var out []string
	for _, from := range ints {
		for _, v := range from.values {
			var b strings.Builder
			fmt.Fprintf(&b, "var a %s = %s\n", from.name, v)
			for _, to := range ints {
				fmt.Fprintf(&b, "fmt.Print(%s(a), \" \")\n", to.name)
			}
			b.WriteString("fmt.Println(float64(a), float32(a))\nc := uint8(a) + 1\nd := float64(a) / 3\nfmt.Printf(\"%T %v %T %v\\n\", c, c, d, d)")
			out = append(out, b.String())
		}
	}
	for _, f := range []string{"0.0", "1.9", "-1.9", "1e10", "-7.5", "255.99", "4294967296.5"} {
		out = append(out, fmt.Sprintf("f := %s\nfmt.Println(int(f), int64(f), float32(f), float64(float32(f)))\nn := int(f) %% 7\nfmt.Println(n)", f))
	}
	for _, s := range []string{`"héllo"`, `""`, `"\xff\xfe"`, `"日本語"`} {
		out = append(out, fmt.Sprintf("s := %s\nb := []byte(s)\nr := []rune(s)\nfmt.Println(b, r, len(b), len(r), string(b), string(r))\nfor i := range r { r[i]++ }\nfmt.Println(string(r), string(r) == s)", s))
	}
	for _, n := range []string{"65", "233", "26085", "-1", "1114112"} {
		out = append(out, fmt.Sprintf("n := rune(%s)\nfmt.Println(string(n), len(string(n)))\nb := byte(n)\nfmt.Println(b, string(rune(b)))", n))
	}
	out = append(out, "x := int64(5)\ny := int(x) + 2\nvar z uint8 = uint8(y) * 100\nfmt.Println(x, y, z, int8(z), uint16(int8(z)))", "xs := []byte(\"abc\")\nxs[0] = 'X'\nfmt.Println(string(xs), string(xs[1:]))")
	return both(out)
}
