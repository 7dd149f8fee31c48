package main

import (
	"context"
	"fmt"
	"sync"
)

type group struct {
	wg     sync.WaitGroup
	once   sync.Once
	err    error
	cancel func()
}

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}
func (g *group) Wait() error { g.wg.Wait(); return g.err }

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	g := &group{cancel: cancel}
	for i := range 5 {
		g.Go(func() error {
			if i == 3 {
				return fmt.Errorf("job %d failed", i)
			}
			<-ctx.Done()
			return ctx.Err()
		})
	}
	fmt.Println(g.Wait(), ctx.Err())
}
