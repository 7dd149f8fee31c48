package main

import (
	"bufio"
	"container/heap"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const input = `47|53
97|13
75,47,61,53,29
97,61,53,29,13

Sensor at x=2, y=18: closest beacon is at x=-2, y=15
move 3 from 1 to 2
#.######
#>>.<^<#
#.<..<<#
########`

type pos struct{ r, c int }

func (p pos) add(q pos) pos { return pos{p.r + q.r, p.c + q.c} }

var dirs = [...]pos{{-1, 0}, {0, 1}, {1, 0}, {0, -1}}

type grid [][]byte

func parse(s string) (g grid) {
	for line := range strings.Lines(s) {
		g = append(g, []byte(strings.TrimSpace(line)))
	}
	return
}
func (g grid) at(p pos) (byte, bool) {
	if p.r < 0 || p.r >= len(g) || p.c < 0 || p.c >= len(g[p.r]) {
		return 0, false
	}
	return g[p.r][p.c], true
}

type item struct {
	pos
	dir, cost int
}
type pq []item

func (q pq) Len() int           { return len(q) }
func (q pq) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q pq) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *pq) Push(x any)        { *q = append(*q, x.(item)) }
func (q *pq) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func shortest(g grid, from, to pos) int {
	q := &pq{{pos: from}}
	seen := map[pos]bool{}
	for q.Len() > 0 {
		it := heap.Pop(q).(item)
		if it.pos == to {
			return it.cost
		}
		if seen[it.pos] {
			continue
		}
		seen[it.pos] = true
		for i, d := range dirs {
			n := it.add(d)
			if b, ok := g.at(n); ok && b != '#' {
				heap.Push(q, item{n, i, it.cost + int(b-'0')})
			}
		}
	}
	return -1
}

type monkey struct {
	items   []int
	op      func(int) int
	div     int
	targets [2]int
	seen    int
}

func mustInt(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

func fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}

type packet struct {
	list []packet
	n    int
	leaf bool
}

func read(s string) (packet, string) {
	if s[0] != '[' {
		i := strings.IndexAny(s, ",]")
		return packet{n: mustInt(s[:i]), leaf: true}, s[i:]
	}
	s = s[1:]
	p := packet{}
	for s[0] != ']' {
		var q packet
		if q, s = read(s); s[0] == ',' {
			s = s[1:]
		}
		p.list = append(p.list, q)
	}
	return p, s[1:]
}
func (p packet) cmp(q packet) int {
	switch {
	case p.leaf && q.leaf:
		return p.n - q.n
	case p.leaf:
		return packet{list: []packet{p}}.cmp(q)
	case q.leaf:
		return p.cmp(packet{list: []packet{q}})
	}
	return slices.CompareFunc(p.list, q.list, packet.cmp)
}

var memo = map[[2]int]int{}

func blink(n, times int) int {
	if times == 0 {
		return 1
	}
	key := [2]int{n, times}
	if v, ok := memo[key]; ok {
		return v
	}
	r := 0
	switch s := strconv.Itoa(n); {
	case n == 0:
		r = blink(1, times-1)
	case len(s)%2 == 0:
		r = blink(mustInt(s[:len(s)/2]), times-1) + blink(mustInt(s[len(s)/2:]), times-1)
	default:
		r = blink(n*2024, times-1)
	}
	memo[key] = r
	return r
}

func main() {
	rules := map[int][]int{}
	sc := bufio.NewScanner(strings.NewReader(input))
	re := regexp.MustCompile(`-?\d+`)
	section := 0
	var g grid
	for sc.Scan() {
		line := sc.Text()
		if line == "" {
			section++
			continue
		}
		switch {
		case section == 0 && strings.Contains(line, "|"):
			var a, b int
			fmt.Sscanf(line, "%d|%d", &a, &b)
			rules[a] = append(rules[a], b)
		case section == 0:
			var nums []int
			for f := range strings.SplitSeq(line, ",") {
				nums = append(nums, mustInt(f))
			}
			ok := slices.IsSortedFunc(nums, func(a, b int) int {
				if slices.Contains(rules[b], a) {
					return 1
				}
				return -1
			})
			fmt.Println(nums, ok, nums[len(nums)/2])
		case strings.HasPrefix(line, "#"):
			g = append(g, []byte(line))
		default:
			fmt.Println(fold(re.FindAllString(line, -1), 0, func(a int, s string) int { return a + mustInt(s) }))
		}
	}
	count := 0
	for r, row := range g {
		for c := range row {
			for _, d := range dirs {
				if b, ok := g.at(pos{r, c}.add(d)); ok && b == '#' {
					count++
				}
			}
		}
	}
	fmt.Println(count)
	fmt.Println(shortest(parse("116\n138\n213"), pos{}, pos{2, 2}))
	monkeys := []*monkey{
		{items: []int{79, 98}, op: func(o int) int { return o * 19 }, div: 23, targets: [2]int{1, 0}},
		{items: []int{54, 65}, op: func(o int) int { return o + o }, div: 19, targets: [2]int{0, 0}},
	}
	for range 5 {
		for _, m := range monkeys {
			for _, it := range m.items {
				m.seen++
				it = m.op(it) / 3
				t := m.targets[0]
				if it%m.div == 0 {
					t = m.targets[1]
				}
				monkeys[t].items = append(monkeys[t].items, it%1000)
			}
			m.items = m.items[:0]
		}
	}
	fmt.Println(monkeys[0].seen, monkeys[1].seen, monkeys[1].items)
	a, _ := read("[1,[2,[3]],4]")
	b, _ := read("[1,[2,3],5]")
	fmt.Println(a.cmp(b) < 0, fmt.Sprintf("%+v", a.list[1].list[0]))
	fmt.Println(blink(125, 25)+blink(17, 25), len(memo) > 10)
	stacks := [][]rune{[]rune("ZN"), []rune("MCD"), []rune("P")}
	move := func(n, from, to int) {
		src := &stacks[from-1]
		cut := len(*src) - n
		stacks[to-1] = append(stacks[to-1], (*src)[cut:]...)
		*src = (*src)[:cut]
	}
	move(1, 2, 1)
	move(3, 1, 3)
	for _, s := range stacks {
		fmt.Print(string(s), ";")
	}
	fmt.Println()
}
