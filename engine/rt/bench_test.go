package rt

import (
	"sync"
	"testing"
	"time"
)

// bench runs f in a cell, as generated code would be run.
func bench(b *testing.B, f func()) {
	b.Helper()
	inCell(func(*Cell) {
		b.ResetTimer()
		f()
	})
}

func BenchmarkReceive(b *testing.B) {
	for name, recv := range map[string]func(<-chan int) int{
		"go": func(ch <-chan int) int { return <-ch },
		"rt": Recv[int],
	} {
		b.Run(name+"/ready", func(b *testing.B) {
			ch := make(chan int, 1)
			bench(b, func() {
				for b.Loop() {
					ch <- 1
					recv(ch)
				}
			})
		})
		b.Run(name+"/blocked", func(b *testing.B) {
			ch, stop := make(chan int), make(chan struct{})
			go func() {
				for {
					select {
					case ch <- 1:
					case <-stop:
						return
					}
				}
			}()
			bench(b, func() {
				for b.Loop() {
					recv(ch)
				}
			})
			close(stop)
		})
	}
}

func BenchmarkGo(b *testing.B) {
	for name, start := range map[string]func(*sync.WaitGroup){
		"go": func(wg *sync.WaitGroup) { wg.Add(1); go wg.Done() },
		"rt": func(wg *sync.WaitGroup) { wg.Add(1); Go(wg.Done) },
	} {
		b.Run(name, func(b *testing.B) {
			bench(b, func() {
				var wg sync.WaitGroup
				for b.Loop() {
					start(&wg)
				}
				wg.Wait()
			})
		})
	}
}

func BenchmarkWait(b *testing.B) {
	for name, wait := range map[string]func(*sync.WaitGroup){"go": (*sync.WaitGroup).Wait, "rt": WaitGroupWait} {
		b.Run(name+"/done", func(b *testing.B) {
			bench(b, func() {
				var wg sync.WaitGroup
				for b.Loop() {
					wait(&wg)
				}
			})
		})
		b.Run(name+"/blocked", func(b *testing.B) {
			bench(b, func() {
				for b.Loop() {
					var wg sync.WaitGroup
					wg.Add(1)
					go wg.Done()
					wait(&wg)
				}
			})
		})
	}
}

func BenchmarkLock(b *testing.B) {
	for name, lock := range map[string]func(*sync.Mutex){"go": (*sync.Mutex).Lock, "rt": MutexLock} {
		b.Run(name+"/free", func(b *testing.B) {
			bench(b, func() {
				var mu sync.Mutex
				for b.Loop() {
					lock(&mu)
					mu.Unlock()
				}
			})
		})
		b.Run(name+"/contended8", func(b *testing.B) {
			bench(b, func() {
				var mu sync.Mutex
				var wg sync.WaitGroup
				n := 0
				for range 8 {
					WaitGroupGo(&wg, func() {
						for range b.N / 8 {
							lock(&mu)
							n++
							mu.Unlock()
						}
					})
				}
				wg.Wait()
			})
		})
	}
}

func BenchmarkSleep(b *testing.B) {
	for name, sleep := range map[string]func(time.Duration){"go": time.Sleep, "rt": Sleep} {
		b.Run(name+"/50µs", func(b *testing.B) {
			bench(b, func() {
				for b.Loop() {
					sleep(50 * time.Microsecond)
				}
			})
		})
	}
}

func BenchmarkSelect(b *testing.B) {
	a, c := make(chan int, 1), make(chan int)
	b.Run("go", func(b *testing.B) {
		bench(b, func() {
			for b.Loop() {
				a <- 1
				select {
				case <-a:
				case <-c:
				}
			}
		})
	})
	b.Run("rt", func(b *testing.B) {
		bench(b, func() {
			for b.Loop() {
				a <- 1
				select {
				case <-a:
				case <-c:
				case <-DoneFor(a, c):
					Halt()
				}
			}
		})
	})
}

func BenchmarkCurrent(b *testing.B) {
	bench(b, func() {
		for b.Loop() {
			Current()
		}
	})
}

func BenchmarkRunEmptyCell(b *testing.B) {
	for b.Loop() {
		inCell(func(*Cell) {})
	}
}
