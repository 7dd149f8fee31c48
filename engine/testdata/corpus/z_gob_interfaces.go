package main

//corpus: alone: gob keeps a type that was registered under a name for good

import (
	"bytes"
	"encoding/gob"
	"fmt"
)

type shape interface{ Area() float64 }
type Sq struct{ S float64 }
type Circle struct {
	R    float64
	note string
}

func (s Sq) Area() float64      { return s.S * s.S }
func (c *Circle) Area() float64 { return 3 * c.R * c.R }

type doc struct {
	Title  string
	Shapes []shape
	Meta   map[string]any
}

func init() { gob.Register(Sq{}); gob.Register(&Circle{}) }

func main() {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(doc{"t", []shape{Sq{2}, &Circle{R: 1, note: "lost"}}, map[string]any{"k": 5}})
	var d doc
	err2 := gob.NewDecoder(&b).Decode(&d)
	fmt.Println(err, err2, d.Title, d.Shapes[0].Area(), d.Shapes[1].(*Circle).R, d.Shapes[1].(*Circle).note == "", d.Meta)
	fmt.Printf("%T %T\n", d.Shapes[0], d.Shapes[1])
}
