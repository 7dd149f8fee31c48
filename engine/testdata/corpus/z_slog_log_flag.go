package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"log/slog"
)

type attrs []slog.Attr

func (a attrs) get(k string) string {
	for _, x := range a {
		if x.Key == k {
			return x.Value.String()
		}
	}
	return ""
}

type user struct {
	name string
	pw   string
}

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", u.name), slog.String("pw", "***"))
}

func main() {
	var b bytes.Buffer
	lg := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}}))
	lg.Info("hello", "n", 3, "user", user{"ann", "secret"})
	lg.With("k", "v").Warn("w w", slog.Group("g", slog.Int("a", 1)))
	fmt.Print(b.String())
	l := log.New(&b, "[p] ", log.Lmsgprefix)
	b.Reset()
	l.Printf("x=%d", 5)
	fmt.Print(b.String(), attrs{slog.Int("z", 7)}.get("z"), "\n")
	flags := flag.NewFlagSet("t", flag.ContinueOnError)
	n := flags.Int("n", 1, "num")
	v := flags.Bool("v", false, "verbose")
	fmt.Println(flags.Parse([]string{"-n=5", "-v", "rest"}), *n, *v, flags.Args())
}
