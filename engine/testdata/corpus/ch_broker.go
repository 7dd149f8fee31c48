package main

import (
	"fmt"
)

type sub struct {
	id int
	ch chan string
}
type broker struct {
	subs []sub
	pub  chan string
	add  chan sub
	quit chan chan int
}

func (b *broker) loop() {
	n := 0
	for {
		select {
		case s := <-b.add:
			b.subs = append(b.subs, s)
		case m := <-b.pub:
			n++
			for _, s := range b.subs {
				s.ch <- fmt.Sprintf("%d:%s", s.id, m)
			}
		case q := <-b.quit:
			q <- n
			return
		}
	}
}

func main() {
	b := &broker{pub: make(chan string), add: make(chan sub), quit: make(chan chan int)}
	go b.loop()
	s1, s2 := sub{1, make(chan string, 4)}, sub{2, make(chan string, 4)}
	b.add <- s1
	b.pub <- "x"
	b.add <- s2
	b.pub <- "y"
	q := make(chan int)
	b.quit <- q
	fmt.Println(<-q, <-s1.ch, <-s1.ch, <-s2.ch, len(s2.ch), len(b.subs))
}
