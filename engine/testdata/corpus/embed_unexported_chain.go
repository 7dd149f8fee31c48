package main

import "fmt"

type animal struct {
	name string
	legs int
}

func (a *animal) grow()       { a.legs++ }
func (a animal) info() string { return fmt.Sprint(a.name, "/", a.legs) }

type mammal struct {
	animal
	fur bool
}

type pet struct {
	*mammal
	owner string
}

type talker interface {
	info() string
	grow()
}

type wrapper struct{ talker }

type deep struct {
	wrapper
	extra int
}

func newPet(n string) pet { return pet{&mammal{animal{n, 4}, true}, "me"} }

func main() {
	p := newPet("rex")
	p.grow()
	p.name += "!"
	p.mammal.animal.legs *= 10
	fmt.Println(p.name, p.legs, p.fur, p.info())
	q := p
	q.name = "shared"
	fmt.Println(p.name)
	w := wrapper{p}
	w.grow()
	fmt.Println(w.info(), w.talker.info())
	d := deep{wrapper{&p.animal}, 5}
	d.grow()
	fmt.Println(d.info(), d.extra, d.wrapper.talker == talker(&p.animal))
	f := p.grow
	f()
	g := (*mammal).grow
	g(p.mammal)
	h := talker.info
	fmt.Println(h(d))
	k := pet.info
	fmt.Println(k(p))
	addr := &p.legs
	*addr = 1
	fmt.Println(p.info())
	fs := []func() string{p.info, d.info, w.talker.info}
	for _, f := range fs {
		fmt.Println(f())
	}
}
