package main

import (
	"fmt"
)

type ball struct {
	hits int
	log  []string
}

func player(name string, table chan *ball, done chan<- bool) {
	for b := range table {
		b.hits++
		b.log = append(b.log, name)
		if b.hits >= 6 {
			done <- true
			return
		}
		table <- b
	}
}

func main() {
	table, done := make(chan *ball), make(chan bool)
	b := &ball{}
	go player("ping", table, done)
	table <- b
	got := <-table
	got.log = append(got.log, "main")
	for got.hits < 4 {
		table <- got
		got = <-table
	}
	fmt.Println(got.hits, got.log, got == b)
	close(table)
}
