package proof

import "fmt"

// complexes are complex numbers of both sizes and with names.
func complexes() []string {
	var out []string
	vals := []string{"3 + 4i", "-1.5i", "0", "complex(math.Inf(1), -2)", "complex(math.NaN(), 1)", "1e200 + 1e-3i", "0.1 - 0.7i", "complex(0, math.Copysign(0, -1))"}
	for _, t := range []string{"complex128", "complex64", "Phasor"} {
		for i, a := range vals {
			for j, b := range vals {
				if (i+j)%2 == 1 && t != "complex128" {
					continue
				}
				if t == "complex64" {
					a, b = "complex64("+a+")", "complex64("+b+")"
					if i == 5 || j == 5 {
						continue
					}
				}
				if t == "Phasor" {
					a, b = "Phasor("+a+")", "Phasor("+b+")"
				}
				out = append(out,
					fmt.Sprintf("var a, b %s = %s, %s\nfmt.Println(a + b, a - b, a * b, a / b, -a, +b)\nfmt.Println(a == b, a != b, a == a, real(a), imag(b))\nc := a*b - b/(a + 1)\nfmt.Printf(\"%%T %%v %%.3f\\n\", c, c, c)\na += b\na *= 2\na -= 1i\na /= b\na++\nb--\nfmt.Println(a, b)", t, a, b),
					fmt.Sprintf("f := func(x, y %s) (%s, bool) { return x*y + 1, x == y }\nfmt.Println(f(%s, %s))\nxs := []%s{%s, %s, 2}\nvar s %s\nfor i, x := range xs { s += x; xs[i] = x * x }\nfmt.Println(s, xs)\nm := map[%s]int{%s: 1}\nm[%s]++\nfmt.Println(len(m))\nvar v any = xs[0]\n_, ok := v.(%s)\nfmt.Println(ok, v == any(xs[1]))", t, t, a, b, t, a, b, t, t, a, b, t))
			}
		}
	}
	return both(append(out,
		"z := 2i\nz *= z\nfmt.Println(z, real(z) < 0, complex(1, 2)*1i)\nfmt.Printf(\"%T %T %T\\n\", z, real(z), 1i)",
		"var c64 complex64 = complex(float32(1.1), 2.2)\nfmt.Printf(\"%T %v %T %v\\n\", c64, complex128(c64), real(c64), imag(c64))\nc := complex64(complex(0.1, 0.2))\nfmt.Println(c*c, c+c64)",
		"x, y := 1.5, -2.0\nc := complex(x, y)\np := &c\n*p = *p * 2\n*p += 1\nfmt.Println(c, real(*p), imag(c)*2)",
		"z, n := 0i, 0\nfor c := complex(-0.5, 0.6); real(z)*real(z)+imag(z)*imag(z) < 4 && n < 40; n++ { z = z*z + c }\nfmt.Println(z, n)",
		"type sig struct { v complex128; w []complex64 }\ns := sig{v: 1i}\ns.w = append(s.w, 2, 3i)\ns.v *= s.v\ns.w[1] *= 1i\nfmt.Printf(\"%+v\\n\", s)\nch := make(chan complex128, 1)\nch <- s.v\nfmt.Println(<-ch + 1)",
		"const k = 1 + 2i\nfmt.Println(k*k, real(k), imag(k), k == 1+2i)\nswitch c := complex(1, 2); c { case k: fmt.Println(\"k\"); default: fmt.Println(\"no\") }\nvar z complex128\nfmt.Println(1/z, z/z)"))
}
