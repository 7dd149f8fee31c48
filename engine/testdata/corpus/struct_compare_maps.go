package main

import "fmt"

type coord struct{ x, y int }
type seg struct{ a, b coord }
type holder struct {
	v    any
	name string
}

var visited = map[coord]bool{}
var grid = [2][2]coord{{{0, 0}, {0, 1}}, {{1, 0}, {1, 1}}}

func neighbors(c coord) []coord {
	return []coord{{c.x + 1, c.y}, {c.x - 1, c.y}, {c.x, c.y + 1}, {c.x, c.y - 1}}
}

func flood(c coord, n int) int {
	if n == 0 || visited[c] {
		return 0
	}
	visited[c] = true
	t := 1
	for _, d := range neighbors(c) {
		t += flood(d, n-1)
	}
	return t
}

func main() {
	fmt.Println(flood(coord{}, 4) > 10, visited[coord{1, 0}], visited[coord{9, 9}])
	s1, s2 := seg{coord{1, 2}, coord{3, 4}}, seg{b: coord{3, 4}, a: coord{x: 1, y: 2}}
	fmt.Println(s1 == s2, s1.a == s2.b, &s1 == &s2)
	m := map[seg]int{s1: 1}
	m[s2]++
	fmt.Println(m[s1], len(m))
	fmt.Println(holder{1, "a"} == holder{1, "a"}, holder{1, "a"} == holder{1.0, "a"})
	fmt.Println(grid, grid[1][0].x, grid == [2][2]coord{{{0, 0}, {0, 1}}, {{1, 0}, {1, 1}}})
	grid[0][1] = coord{7, 7}
	grid[1][1].y = -1
	for _, row := range grid {
		for _, c := range row {
			c.x = 100
			fmt.Print(c, " ")
		}
	}
	fmt.Println(grid[0][0])
	mp := map[string]coord{"o": {}}
	c := mp["o"]
	c.x = 5
	mp["o"] = c
	fmt.Println(mp, mp["none"].y)
	pm := map[coord]*seg{{1, 1}: {a: coord{2, 2}}}
	pm[coord{1, 1}].b.y = 8
	fmt.Println(*pm[coord{1, 1}])
	arrOfMaps := [2]map[string][]coord{{"a": {{1, 1}}}, nil}
	arrOfMaps[0]["a"][0].y = 3
	fmt.Println(arrOfMaps[0]["a"], arrOfMaps[1] == nil)
	defer func() { fmt.Println(recover()) }()
	fmt.Println(holder{[]int{}, ""} == holder{[]int{}, ""})
}
