package main

import "fmt"

type list struct{ items []int }

func (l *list) len() int { return len(l.items) }

func main() {
	for i := range 3 {
		fmt.Print(i)
	}
	var n8 uint8 = 3
	for i := range n8 {
		fmt.Printf("%T%d", i, i)
	}
	fmt.Println()
	for i, r := range "aé日" {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		fmt.Print(i, v, " ")
	}
	for i, v := range &arr {
		arr[2] = 20
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	xs := []int{1, 2}
	for i := range xs {
		xs = append(xs, i)
	}
	fmt.Println(xs)
	var i int
	var v string
	for i, v = range []string{"p", "q"} {
	}
	fmt.Println(i, v)
	m := map[string]int{"one": 1}
	var k string
	for k, m["val"] = range map[string]int{"z": 26} {
	}
	fmt.Println(k, m)
	for k := range m {
		delete(m, k)
	}
	fmt.Println(len(m))
	ch := make(chan int, 5)
	for i := range 5 {
		ch <- i * i
	}
	close(ch)
	for i = range ch {
		if i == 9 {
			break
		}
	}
	fmt.Println(i)
	for range ch {
		i++
	}
	fmt.Println(i)
	l := list{[]int{1, 2, 3}}
	for i := range l.len() {
		l.items[i] *= 2
	}
	fmt.Println(l)
	var fs []func() int
	for i, s := range []string{"a", "bb"} {
		fs = append(fs, func() int { return i + len(s) })
	}
	fmt.Println(fs[0](), fs[1]())
	var np *[4]int
	for i := range np {
		fmt.Print(i)
	}
	fmt.Println(len(np))
	for i := range []struct{ a int }{{1}, {2}} {
		fmt.Print(i)
	}
	for i, s := range []struct{ a int }{{1}, {2}} {
		fmt.Print(i, s.a)
	}
	fmt.Println()
}
