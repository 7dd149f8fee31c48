package main

import (
	"fmt"
)

type owner struct {
	name string
	pets []*pet
}
type pet struct {
	*owner
	kind string
}

func (o *owner) adopt(k string) *pet { p := &pet{o, k}; o.pets = append(o.pets, p); return p }
func (p *pet) String() string        { return p.kind + " of " + p.name }

func main() {
	o := &owner{name: "ann"}
	c := o.adopt("cat")
	o.adopt("dog")
	c.owner.name = "bea"
	fmt.Println(o.pets, c.pets[1].kind, c.pets[0] == c)
	c.adopt("fish")
	fmt.Println(len(o.pets), o.pets[2].owner == o)
}
