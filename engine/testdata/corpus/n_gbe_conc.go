package main

import (
	"context"
	"fmt"
	"math/rand"
	"sync"
	"sync/atomic"
	"time"
)

func worker(id int, jobs <-chan int, results chan<- int) {
	for j := range jobs {
		time.Sleep(time.Millisecond)
		results <- j*2 + 0*id
	}
}

func ping(pings chan<- string, msg string) { pings <- msg }
func pong(pings <-chan string, pongs chan<- string) {
	msg := <-pings
	pongs <- msg
}

type readOp struct {
	key  int
	resp chan int
}
type writeOp struct {
	key, val int
	resp     chan bool
}

type Container struct {
	mu       sync.Mutex
	counters map[string]int
}

func (c *Container) inc(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counters[name]++
}

func gen(ctx context.Context) <-chan int {
	dst := make(chan int)
	n := 1
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case dst <- n:
				n++
			}
		}
	}()
	return dst
}

func main() {
	const numJobs = 5
	jobs := make(chan int, numJobs)
	results := make(chan int, numJobs)
	for w := 1; w <= 3; w++ {
		go worker(w, jobs, results)
	}
	for j := 1; j <= numJobs; j++ {
		jobs <- j
	}
	close(jobs)
	total := 0
	for a := 1; a <= numJobs; a++ {
		total += <-results
	}
	fmt.Println(total)

	pings, pongs := make(chan string, 1), make(chan string, 1)
	ping(pings, "passed message")
	pong(pings, pongs)
	fmt.Println(<-pongs)

	c1 := make(chan string, 1)
	go func() { time.Sleep(300 * time.Millisecond); c1 <- "result 1" }()
	select {
	case res := <-c1:
		fmt.Println(res)
	case <-time.After(10 * time.Millisecond):
		fmt.Println("timeout 1")
	}
	messages := make(chan string)
	select {
	case msg := <-messages:
		fmt.Println("received message", msg)
	default:
		fmt.Println("no message received")
	}

	timer2 := time.NewTimer(time.Second)
	go func() { <-timer2.C; fmt.Println("Timer 2 fired") }()
	if stop2 := timer2.Stop(); stop2 {
		fmt.Println("Timer 2 stopped")
	}
	ticker := time.NewTicker(5 * time.Millisecond)
	done := make(chan bool)
	ticks := 0
	go func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				ticks++
				if ticks == 3 {
					close(done)
					return
				}
			}
		}
	}()
	<-done
	ticker.Stop()
	fmt.Println("ticks", ticks)

	requests := make(chan int, 5)
	for i := 1; i <= 5; i++ {
		requests <- i
	}
	close(requests)
	limiter := time.Tick(time.Millisecond)
	for req := range requests {
		<-limiter
		fmt.Println("request", req)
	}

	var ops atomic.Uint64
	var wg sync.WaitGroup
	for range 50 {
		wg.Add(1)
		go func() {
			for range 1000 {
				ops.Add(1)
			}
			wg.Done()
		}()
	}
	wg.Wait()
	fmt.Println("ops:", ops.Load())

	c := Container{counters: map[string]int{"a": 0, "b": 0}}
	doIncrement := func(name string, n int) {
		for range n {
			c.inc(name)
		}
		wg.Done()
	}
	wg.Add(3)
	go doIncrement("a", 1000)
	go doIncrement("a", 1000)
	go doIncrement("b", 1000)
	wg.Wait()
	fmt.Println(c.counters)

	var readOps, writeOps uint64
	reads := make(chan readOp)
	writes := make(chan writeOp)
	quit := make(chan struct{})
	go func() {
		state := make(map[int]int)
		for {
			select {
			case read := <-reads:
				read.resp <- state[read.key]
			case write := <-writes:
				state[write.key] = write.val
				write.resp <- true
			case <-quit:
				return
			}
		}
	}()
	var rw sync.WaitGroup
	for range 10 {
		rw.Go(func() {
			for range 20 {
				read := readOp{key: rand.Intn(5), resp: make(chan int)}
				reads <- read
				<-read.resp
				atomic.AddUint64(&readOps, 1)
			}
		})
		rw.Go(func() {
			for range 10 {
				write := writeOp{key: rand.Intn(5), val: rand.Intn(100), resp: make(chan bool)}
				writes <- write
				<-write.resp
				atomic.AddUint64(&writeOps, 1)
			}
		})
	}
	rw.Wait()
	close(quit)
	fmt.Println("readOps:", readOps, "writeOps:", writeOps)

	ctx, cancel := context.WithCancel(context.Background())
	for n := range gen(ctx) {
		if n == 5 {
			break
		}
		fmt.Print(n, " ")
	}
	cancel()
	fmt.Println(ctx.Err())
	ctx2, cancel2 := context.WithTimeoutCause(context.Background(), time.Millisecond, fmt.Errorf("too slow"))
	defer cancel2()
	<-ctx2.Done()
	fmt.Println(ctx2.Err(), context.Cause(ctx2))
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	jobs2, done2 := make(chan int, 5), make(chan bool)
	go func() {
		for {
			j, more := <-jobs2
			if more {
				fmt.Println("received job", j)
			} else {
				fmt.Println("received all jobs")
				done2 <- true
				return
			}
		}
	}()
	for j := 1; j <= 3; j++ {
		jobs2 <- j
	}
	close(jobs2)
	<-done2
	_, ok := <-jobs2
	fmt.Println("received more jobs:", ok)
}
