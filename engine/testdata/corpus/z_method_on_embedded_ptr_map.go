package main

import (
	"fmt"
)

type cache[K comparable, V any] struct {
	data         map[K]V
	hits, misses int
}

func (c *cache[K, V]) get(k K, load func(K) V) V {
	if v, ok := c.data[k]; ok {
		c.hits++
		return v
	}
	c.misses++
	if c.data == nil {
		c.data = make(map[K]V)
	}
	v := load(k)
	c.data[k] = v
	return v
}

type fetcher struct {
	*cache[string, []byte]
	prefix string
}

func (f fetcher) fetch(k string) string {
	return string(f.get(f.prefix+k, func(k string) []byte { return []byte("<" + k + ">") }))
}

func main() {
	f := fetcher{&cache[string, []byte]{}, "p/"}
	fmt.Println(f.fetch("a"), f.fetch("b"), f.fetch("a"), f.hits, f.misses, len(f.data))
	g := f
	g.prefix = "q/"
	g.fetch("a")
	fmt.Println(f.misses, len(f.cache.data))
}
