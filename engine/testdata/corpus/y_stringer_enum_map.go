package main

import (
	"fmt"
	"sort"
	"strconv"
)

type suit int

const (
	clubs suit = iota
	hearts
	spades
)

//go:generate stringer
func (s suit) String() string { return "♣♥♠"[s*3 : s*3+3] }

type card struct {
	suit
	rank int
}

func (c card) String() string { return strconv.Itoa(c.rank) + c.suit.String() }

type hand []card

func (h hand) Len() int { return len(h) }
func (h hand) Less(i, j int) bool {
	return h[i].rank < h[j].rank || h[i].rank == h[j].rank && h[i].suit < h[j].suit
}
func (h hand) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h hand) groups() map[int][]suit {
	g := map[int][]suit{}
	for _, c := range h {
		g[c.rank] = append(g[c.rank], c.suit)
	}
	return g
}

func main() {
	h := hand{{spades, 10}, {clubs, 2}, {hearts, 10}}
	sort.Sort(h)
	fmt.Println(h, h.groups(), h[0].suit, h[1])
	fmt.Printf("%v %+v %d %s\n", h[2], h[2], h[2], map[suit]int{hearts: 1})
	h[0].suit++
	fmt.Println(h[0], h[0].suit == hearts, card{spades, 1}.suit)
}
