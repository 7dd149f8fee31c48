package main

import (
	"container/heap"
	"fmt"
	"math"
	"sort"
	"strings"
)

type edge struct {
	to string
	w  float64
}

type graph map[string][]edge

func (g graph) add(a, b string, w float64) {
	g[a] = append(g[a], edge{b, w})
	g[b] = append(g[b], edge{a, w})
}

type item struct {
	node string
	dist float64
}

type minHeap []item

func (h minHeap) Len() int           { return len(h) }
func (h minHeap) Less(i, j int) bool { return h[i].dist < h[j].dist }
func (h minHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *minHeap) Push(x any)        { *h = append(*h, x.(item)) }
func (h *minHeap) Pop() (x any)      { o := *h; x, *h = o[len(o)-1], o[:len(o)-1]; return }

func (g graph) dijkstra(src string) (map[string]float64, map[string]string) {
	dist, prev := map[string]float64{}, map[string]string{}
	for n := range g {
		dist[n] = math.Inf(1)
	}
	dist[src] = 0
	h := &minHeap{{src, 0}}
	for h.Len() > 0 {
		cur := heap.Pop(h).(item)
		if cur.dist > dist[cur.node] {
			continue
		}
		for _, e := range g[cur.node] {
			if d := cur.dist + e.w; d < dist[e.to] {
				dist[e.to], prev[e.to] = d, cur.node
				heap.Push(h, item{e.to, d})
			}
		}
	}
	return dist, prev
}

func path(prev map[string]string, to string) string {
	var p []string
	for n, ok := to, true; ok; n, ok = prev[n] {
		p = append([]string{n}, p...)
	}
	return strings.Join(p, ">")
}

func (g graph) bfs(start string, visit func(string) bool) {
	seen := map[string]struct{}{start: {}}
	for q := []string{start}; len(q) > 0; q = q[1:] {
		if !visit(q[0]) {
			return
		}
		es := g[q[0]]
		sort.Slice(es, func(i, j int) bool { return es[i].to < es[j].to })
		for _, e := range es {
			if _, ok := seen[e.to]; !ok {
				seen[e.to] = struct{}{}
				q = append(q, e.to)
			}
		}
	}
}

func topo(deps map[string][]string) (out []string, err error) {
	const (
		white = iota
		grey
		black
	)
	color := map[string]int{}
	var visit func(string) error
	visit = func(n string) error {
		switch color[n] {
		case grey:
			return fmt.Errorf("cycle at %s", n)
		case black:
			return nil
		}
		color[n] = grey
		for _, d := range deps[n] {
			if err := visit(d); err != nil {
				return err
			}
		}
		color[n] = black
		out = append(out, n)
		return nil
	}
	keys := make([]string, 0)
	for k := range deps {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		if err = visit(k); err != nil {
			return nil, err
		}
	}
	return
}

func main() {
	g := graph{}
	g.add("a", "b", 4)
	g.add("a", "c", 1)
	g.add("c", "b", 2)
	g.add("b", "d", 5)
	dist, prev := g.dijkstra("a")
	fmt.Println(dist["d"], path(prev, "d"), len(g["b"]))
	var order []string
	g.bfs("a", func(n string) bool { order = append(order, n); return n != "d" })
	fmt.Println(order)
	fmt.Println(topo(map[string][]string{"app": {"lib", "log"}, "lib": {"std"}, "log": {"std"}}))
	fmt.Println(topo(map[string][]string{"x": {"y"}, "y": {"x"}}))
	fmt.Println(g["a"])
}
