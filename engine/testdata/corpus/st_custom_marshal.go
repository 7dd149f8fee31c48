package main

import (
	"encoding/json"
	"fmt"
)

type color struct{ r, g, b uint8 }

func (c color) MarshalJSON() ([]byte, error) {
	return json.Marshal(fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b))
}
func (c *color) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	_, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.r, &c.g, &c.b)
	return err
}

type theme struct {
	Fg, Bg color
	Alt    map[string]color
	list   []color
}
type shape interface{ kind() string }
type poly []shape
type sq struct{ Side float64 }

func (sq) kind() string { return "sq" }
func (p poly) MarshalJSON() ([]byte, error) {
	var out []map[string]any
	for _, s := range p {
		out = append(out, map[string]any{"kind": s.kind(), "data": s})
	}
	return json.Marshal(out)
}

func main() {
	t := theme{Fg: color{255, 0, 16}, Alt: map[string]color{"x": {1, 2, 3}}}
	b, err := json.Marshal(t)
	fmt.Println(string(b), err)
	var u theme
	fmt.Println(json.Unmarshal(b, &u), u.Fg == t.Fg, u.Alt["x"].b, u.list == nil)
	fmt.Println(json.Unmarshal([]byte(`{"Fg":5}`), &u) != nil)
	pb, _ := json.Marshal(poly{sq{2}, sq{}})
	fmt.Println(string(pb))
}
