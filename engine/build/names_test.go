package build

import "testing"

func TestShortenName(t *testing.T) {
	long := "*map[string]nb/0123456789abcdef.user"
	for _, c := range []struct{ in, want string }{
		{"\x00\x00\x23*main.opt[nb/0123456789abcdef.user]tail", "\x00\x00\x14*main.opt[main.user]"},
		{"\x00\x00\x03*xy nb/0123456789abcdef.user", "\x00\x00\x03*xy nb/0123456789abcdef.user"},
		{"data.*main.opt[nb/0123456789abcdef.user]-type", "data.*main.opt[nb/0123456789abcdef.user]-type"},
		{"\x00\x01" + string(rune(len(long))) + long, "\x00\x01\x15*map[string]main.user"},
	} {
		b := []byte(c.in)
		at := pathInName.FindIndex(b)[0]
		shortenName(b, at)
		if got := string(b[:min(len(b), len(c.want))]); got != c.want {
			t.Errorf("%q became %q, want it to begin %q", c.in, b, c.want)
		}
	}
}
