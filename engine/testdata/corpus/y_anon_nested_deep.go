package main

import (
	"fmt"
)

var conf = struct {
	db struct {
		host  string
		ports []struct {
			n   int
			tls bool
		}
	}
	on map[string]struct{ f func(int) int }
}{}

type settings struct {
	ui struct {
		theme string
		size  struct{ w, h int }
	}
	keys []struct {
		k string
		v any
	}
}

func area(s struct{ w, h int }) int                                      { return s.w * s.h }
func (s *settings) resize(f func(struct{ w, h int }) struct{ w, h int }) { s.ui.size = f(s.ui.size) }

func main() {
	conf.db.host = "h"
	conf.db.ports = append(conf.db.ports, struct {
		n   int
		tls bool
	}{80, false}, struct {
		n   int
		tls bool
	}{n: 443, tls: true})
	conf.on = map[string]struct{ f func(int) int }{"dbl": {func(i int) int { return i * 2 }}}
	fmt.Println(conf.db.host, conf.db.ports, conf.on["dbl"].f(4))
	var s settings
	s.ui.size.w, s.ui.size.h = 2, 3
	s.resize(func(z struct{ w, h int }) struct{ w, h int } { z.w *= 10; return z })
	s.keys = []struct {
		k string
		v any
	}{{"a", 1}, {k: "b"}}
	fmt.Println(area(s.ui.size), s.keys, s)
	sz := s.ui.size
	sz.h = 100
	fmt.Println(sz, s.ui.size == sz, s.ui.size != struct{ w, h int }{20, 3})
	for _, p := range conf.db.ports {
		if p.tls {
			fmt.Println(p.n)
		}
	}
}
