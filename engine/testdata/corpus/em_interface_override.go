package main

import (
	"fmt"
	"strings"
)

type animal interface {
	name() string
	sound() string
}
type base struct{ n string }

func (b base) name() string  { return b.n }
func (b base) sound() string { return "..." }

type dog struct{ base }

func (dog) sound() string { return "woof" }

type loud struct{ animal }

func (l loud) sound() string { return strings.ToUpper(l.animal.sound()) + "!" }
func speak(as ...animal) (out []string) {
	for _, a := range as {
		out = append(out, a.name()+" "+a.sound())
	}
	return
}

func main() {
	d := dog{base{"rex"}}
	fmt.Println(speak(d, loud{d}, loud{loud{base{"x"}}}, &d))
	var i animal = loud{&d}
	d.n = "renamed"
	fmt.Println(i.name(), i.(loud).animal.(*dog).n)
	type named interface{ name() string }
	_, ok := any(d).(named)
	_, bad := any(3).(named)
	fmt.Println(ok, bad)
}
