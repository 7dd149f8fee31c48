package main

import (
	"fmt"
)

type handler func(ev event)
type event struct {
	name string
	data map[string]any
	stop bool
}
type bus struct {
	hs    map[string][]handler
	trace []string
}

func (b *bus) on(n string, h handler) func() {
	if b.hs == nil {
		b.hs = map[string][]handler{}
	}
	b.hs[n] = append(b.hs[n], h)
	i := len(b.hs[n]) - 1
	return func() { b.hs[n][i] = nil }
}
func (b *bus) emit(n string, kv ...any) (count int) {
	ev := event{name: n, data: map[string]any{}}
	for i := 0; i+1 < len(kv); i += 2 {
		ev.data[kv[i].(string)] = kv[i+1]
	}
	for _, h := range b.hs[n] {
		if h != nil {
			h(ev)
			count++
		}
	}
	b.trace = append(b.trace, fmt.Sprint(n, count))
	return
}

func main() {
	var b bus
	var got []string
	off := b.on("a", func(e event) { got = append(got, fmt.Sprint(e.name, e.data["x"])) })
	b.on("a", func(e event) {
		if e.data["x"] == 2 {
			b.emit("b", "from", e.name)
		}
	})
	b.on("b", func(e event) { got = append(got, "b<"+e.data["from"].(string)) })
	fmt.Println(b.emit("a", "x", 1), b.emit("a", "x", 2))
	off()
	fmt.Println(b.emit("a", "x", 3), got, b.trace)
}
