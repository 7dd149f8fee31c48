package main

import (
	"context"
	"fmt"
	"strconv"
	"unique"
)

type ctxKey string
type reqID struct{ n int }

func with(ctx context.Context, n int) context.Context {
	return context.WithValue(context.WithValue(ctx, ctxKey("id"), reqID{n}), struct{ k int }{1}, "anon")
}

func main() {
	ctx := with(context.Background(), 7)
	fmt.Println(ctx.Value(ctxKey("id")).(reqID).n, ctx.Value("id"), ctx.Value(struct{ k int }{1}))
	a, b := unique.Make("x"+strconv.Itoa(1)), unique.Make("x1")
	fmt.Println(a == b, a.Value())
	h1, h2 := unique.Make(reqID{1}), unique.Make(reqID{1})
	fmt.Println(h1 == h2, h1.Value().n)
}
