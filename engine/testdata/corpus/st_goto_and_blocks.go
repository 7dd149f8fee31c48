package main

import (
	"fmt"
)

func main() {
	i := 0
top:
	if i < 3 {
		fmt.Print(i, " ")
		i++
		goto top
	}
	fmt.Println()
	{
		i := "inner"
		{
			i := 2.5
			fmt.Print(i, " ")
		}
		fmt.Println(i)
	}
	fmt.Println(i)
	if v := i * 2; v > 5 {
		w := v
		_ = w
		fmt.Println("big", v)
	} else if u := v + 1; u > 0 {
		fmt.Println(u)
	}
	for j := 0; j < 3; j++ {
		if j == 1 {
			goto next
		}
		fmt.Print("j", j, " ")
	next:
	}
	fmt.Println()
	var f func()
	defer func() { fmt.Println("deferred", i) }()
	f = func() { i *= 10 }
	f()
}
