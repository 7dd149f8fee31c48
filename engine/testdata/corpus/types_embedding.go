package main

import (
	"fmt"
	"strings"
)

type base struct {
	id   int
	name string
}

func (b base) describe() string { return fmt.Sprintf("base(%d,%s)", b.id, b.name) }
func (b *base) rename(s string) { b.name = s }
func (b base) Describe() string { return strings.ToUpper(b.describe()) }

type logger interface{ log(string) }

type memlog struct{ lines []string }

func (m *memlog) log(s string) { m.lines = append(m.lines, s) }

type service struct {
	base
	logger
	*counter
	deps map[string]int
}

type counter struct{ n int }

func (c *counter) inc() int { c.n++; return c.n }

func main() {
	ml := &memlog{}
	s := service{base: base{1, "svc"}, logger: ml, counter: &counter{10}, deps: map[string]int{"x": 1}}
	s.log("hello")
	s.rename("renamed")
	s.id = 42
	fmt.Println(s.name, s.base.name, s.describe(), s.Describe())
	fmt.Println(s.inc(), s.inc(), s.n, s.counter.n)
	s.n = 100
	fmt.Println(s.inc())
	s.logger.log("bye")
	fmt.Println(ml.lines, len(s.deps))
	f := s.describe
	s.rename("later")
	fmt.Println(f(), s.describe())
	g := (*base).rename
	g(&s.base, "expr")
	h := base.describe
	fmt.Println(h(s.base))
	var l logger = s
	l.log("third")
	fmt.Println(ml.lines)
}
