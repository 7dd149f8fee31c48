package main

import (
	"errors"
	"fmt"
	"strings"
)

type matrix struct {
	rows, cols int
	data       []float64
}

func zeros(r, c int) *matrix { return &matrix{r, c, make([]float64, r*c)} }

func from(vals [][]float64) *matrix {
	m := zeros(len(vals), len(vals[0]))
	for i, row := range vals {
		copy(m.data[i*m.cols:], row)
	}
	return m
}

func (m *matrix) at(i, j int) float64     { return m.data[i*m.cols+j] }
func (m *matrix) set(i, j int, v float64) { m.data[i*m.cols+j] = v }

var errShape = errors.New("shape mismatch")

func (m *matrix) mul(o *matrix) (*matrix, error) {
	if m.cols != o.rows {
		return nil, fmt.Errorf("%dx%d by %dx%d: %w", m.rows, m.cols, o.rows, o.cols, errShape)
	}
	r := zeros(m.rows, o.cols)
	for i := range m.rows {
		for j := range o.cols {
			s := 0.0
			for k := range m.cols {
				s += m.at(i, k) * o.at(k, j)
			}
			r.set(i, j, s)
		}
	}
	return r, nil
}

func (m *matrix) t() *matrix {
	r := zeros(m.cols, m.rows)
	for i := 0; i < m.rows; i++ {
		for j := 0; j < m.cols; j++ {
			r.set(j, i, m.at(i, j))
		}
	}
	return r
}

func (m matrix) String() string {
	var sb strings.Builder
	for i := range m.rows {
		fmt.Fprintln(&sb, m.data[i*m.cols:(i+1)*m.cols])
	}
	return sb.String()
}

var grid [3][4]int

func main() {
	a := from([][]float64{{1, 2}, {3, 4}, {5, 6}})
	b := from([][]float64{{1, 0, 2}, {0, 1, 3}})
	c, err := a.mul(b)
	fmt.Print(c, err, "\n")
	_, err = a.mul(a)
	fmt.Println(err, errors.Is(err, errShape))
	fmt.Print(a.t())
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	g2 := grid
	g2[2][3] = -1
	fmt.Println(grid, g2, grid == g2, len(grid[0]))
	row := &grid[1]
	row[0] = 99
	fmt.Println(grid[1])
	id := [2][2]int{{1, 0}, {0, 1}}
	for _, r := range id {
		r[0] = 50
	}
	fmt.Println(id)
}
