package main

import (
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"regexp"
)

type route struct {
	re   *regexp.Regexp
	name string
}

var routes = []route{{regexp.MustCompile(`^/users/(?P<id>\d+)$`), "user"}, {regexp.MustCompile(`^/files/(?P<path>.+)\.(?P<ext>\w+)$`), "file"}}

func match(p string) (string, map[string]string) {
	for _, r := range routes {
		if m := r.re.FindStringSubmatch(p); m != nil {
			out := map[string]string{}
			for i, n := range r.re.SubexpNames() {
				if n != "" {
					out[n] = m[i]
				}
			}
			return r.name, out
		}
	}
	return "", nil
}

func main() {
	for _, p := range []string{"/users/42", "/files/a/b.tar.gz", "/nope"} {
		fmt.Println(match(p))
	}
	re := regexp.MustCompile(`(?i)\b(go)(lang)?\b`)
	fmt.Println(re.FindAllString("Go golang GOPHER go", -1), re.ReplaceAllString("go Golang", "<$1>"), re.FindStringIndex("x go"))
	fmt.Println(path.Join("/a", "../b", "c"), path.Base("/x/y.z"), path.Clean("a//b/./c/.."))
	u, err := url.Parse("https://u:p@h.com:80/p/q?x=1&y=a+b#frag")
	fmt.Println(u.Host, u.Port(), u.Path, u.Query().Get("y"), u.User.Username(), err)
	ip, _ := netip.ParseAddr("10.0.0.7")
	fmt.Println(ip.Is4(), ip.Next(), netip.MustParsePrefix("10.0.0.0/29").Contains(ip))
}
