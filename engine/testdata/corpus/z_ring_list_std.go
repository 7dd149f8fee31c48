package main

import (
	"container/list"
	"container/ring"
	"fmt"
)

type job struct {
	id  int
	pri string
}

func main() {
	l := list.New()
	e4 := l.PushBack(job{4, "lo"})
	e1 := l.PushFront(&job{1, "hi"})
	l.InsertBefore(job{3, "mid"}, e4)
	l.InsertAfter(job{2, "mid"}, e1)
	for e := l.Front(); e != nil; e = e.Next() {
		switch v := e.Value.(type) {
		case job:
			fmt.Print(v.id, v.pri, " ")
		case *job:
			v.id *= 100
			fmt.Print("*", v.id, " ")
		}
	}
	l.MoveToFront(e4)
	fmt.Println(l.Len(), l.Front().Value.(job).pri)
	r := ring.New(4)
	for i := range r.Len() {
		r.Value = job{id: i}
		r = r.Next()
	}
	s := 0
	r.Do(func(v any) { s += v.(job).id })
	fmt.Println(s, r.Move(2).Value.(job).id, r.Unlink(1).Len(), r.Len())
}
