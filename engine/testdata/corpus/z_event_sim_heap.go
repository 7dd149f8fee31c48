package main

import (
	"container/heap"
	"fmt"
)

type ev struct {
	at   int
	name string
	do   func(*sim)
}
type sim struct {
	q   evq
	now int
	out []string
}
type evq []*ev

func (q evq) Len() int { return len(q) }
func (q evq) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].name < q[j].name
}
func (q evq) Swap(i, j int)                        { q[i], q[j] = q[j], q[i] }
func (q *evq) Push(x any)                          { *q = append(*q, x.(*ev)) }
func (q *evq) Pop() any                            { old := *q; e := old[len(old)-1]; *q = old[:len(old)-1]; return e }
func (s *sim) after(d int, n string, f func(*sim)) { heap.Push(&s.q, &ev{s.now + d, n, f}) }
func (s *sim) run(until int) {
	for s.q.Len() > 0 && s.q[0].at <= until {
		e := heap.Pop(&s.q).(*ev)
		s.now = e.at
		s.out = append(s.out, fmt.Sprintf("%d:%s", e.at, e.name))
		if e.do != nil {
			e.do(s)
		}
	}
}

func main() {
	s := &sim{}
	var tick func(*sim)
	tick = func(s *sim) { s.after(3, "tick", tick) }
	s.after(0, "tick", tick)
	s.after(4, "arrive", func(s *sim) { s.after(1, "leave", nil) })
	s.run(10)
	fmt.Println(s.out, s.now, s.q.Len(), s.q[0].at)
}
