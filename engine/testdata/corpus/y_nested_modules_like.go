package main

import (
	"fmt"
	"math"
)

type layer interface {
	forward([]float64) []float64
	params() int
}
type dense struct {
	w   [][]float64
	b   []float64
	act func(float64) float64
}
type seq struct {
	layers []layer
	name   string
}

func (d *dense) forward(x []float64) []float64 {
	out := make([]float64, len(d.b))
	for i := range d.w {
		s := d.b[i]
		for j, v := range x {
			s += d.w[i][j] * v
		}
		out[i] = d.act(s)
	}
	return out
}
func (d *dense) params() (n int) {
	for _, r := range d.w {
		n += len(r)
	}
	return n + len(d.b)
}
func (s seq) forward(x []float64) []float64 {
	for _, l := range s.layers {
		x = l.forward(x)
	}
	return x
}
func (s seq) params() (n int) {
	for _, l := range s.layers {
		n += l.params()
	}
	return
}
func relu(x float64) float64 { return math.Max(0, x) }

func main() {
	net := seq{[]layer{&dense{[][]float64{{1, -1}, {2, 0.5}}, []float64{0, 1}, relu}, seq{layers: []layer{&dense{[][]float64{{0.5, 1}}, []float64{-1}, func(x float64) float64 { return x }}}}}, "net"}
	fmt.Println(net.forward([]float64{1, 2}), net.params(), net.name)
	net.layers[0].(*dense).b[0] = 10
	fmt.Println(net.forward([]float64{1, 2}), len(net.layers[1].(seq).layers))
}
