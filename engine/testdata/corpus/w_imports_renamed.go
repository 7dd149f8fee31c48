package main

import (
	. "errors"
	f "fmt"
	_ "image/png"
	str "strings"
	"time"

	mrand "math/rand"
	"text/template"
)

type fmt struct{ n int }

func (x fmt) strings() string { return str.Repeat("s", x.n) }

var errBoom = New("boom")

var time2 = time.Second * 2

func seeded() int { return mrand.New(mrand.NewSource(1)).Intn(1) }

func main() {
	x := fmt{3}
	f.Println(x.strings(), Is(errBoom, errBoom), Join(errBoom, New("b")))
	f.Println(time2, seeded(), template.HTMLEscapeString("<a>"))
	{
		time := "shadowed"
		f.Println(time, str.ToUpper(time))
	}
	var b str.Builder
	f.Fprintf(&b, "%T", x)
	f.Println(b.String())
}
