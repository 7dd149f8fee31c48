// Kernel measures the kernel through its protocol, as a front end feels it,
// beside IPython's kernel where Debian's is installed. One table, medians in
// milliseconds, with the ratio and the aim.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/goblaze/goblaze/tests/bench"
	"github.com/goblaze/goblaze/tests/client"
)

// A subject is a kernel and the cells that mean the same in its language.
type subject struct {
	name                       string
	argv                       []string
	sum, lines, endless, query string
	interruptBySignal          bool
}

var (
	binary = bench.Binary()
	rounds = flag.Int("rounds", 200, "round trips of the small cell")
)

func main() { bench.Main("kernel", run) }

func run() error {
	subjects := []subject{{
		name: "goblaze", argv: []string{*binary, "kernel", "{connection_file}"},
		sum: "1+1", lines: "for i := range 10_000 {\n\tfmt.Println(\"line\", i)\n}", endless: "for {\n}", query: "strings.To",
	}}
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import ipykernel").Run() == nil {
		subjects = append(subjects, subject{
			name: "ipykernel", argv: []string{python, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"},
			sum: "1+1", lines: "for i in range(10_000):\n    print('line', i)", endless: "while True: pass", query: "str.to",
			interruptBySignal: true,
		})
	}
	return compare(subjects)
}

// A row is one measurement: its name, the aim in ms (0 for none), and how.
type row struct {
	name string
	aim  float64
	take func(*client.Kernel, subject) (time.Duration, error)
	n    int
}

func compare(subjects []subject) error {
	rows := []row{
		{"start → kernel_info_reply", 100, nil, 7},
		{"1+1, request → idle", 2, execute(func(s subject) string { return s.sum }), *rounds},
		{"10,000 printed lines", 80, execute(func(s subject) string { return s.lines }), 10},
		{"complete", 0, complete, 50},
		{"interrupt → idle", 200, interrupt, 20},
	}
	results := make([][]time.Duration, len(rows))
	for _, s := range subjects {
		for i, r := range rows {
			m, err := measure(s, r)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", s.name, r.name, err)
			}
			results[i] = append(results[i], m)
		}
	}
	fmt.Printf("%-28s", "median, ms")
	for _, s := range subjects {
		fmt.Printf("%12s", s.name)
	}
	fmt.Printf("%10s%10s\n", "ratio", "aim")
	for i, r := range rows {
		fmt.Printf("%-28s", r.name)
		for _, d := range results[i] {
			fmt.Printf("%12.2f", ms(d))
		}
		ratio, aim := "", ""
		if len(subjects) > 1 {
			ratio = fmt.Sprintf("%.3f", ms(results[i][0])/ms(results[i][1]))
		}
		if r.aim > 0 {
			aim = fmt.Sprintf("≤ %g", r.aim)
		}
		fmt.Printf("%10s%10s\n", ratio, aim)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measure takes the median of r.n measurements in one kernel, or of as many
// starts where the row measures those.
func measure(s subject, r row) (time.Duration, error) {
	var times []time.Duration
	if r.take == nil {
		for range r.n {
			k, err := client.Launch(s.argv, os.Environ())
			if err != nil {
				return 0, err
			}
			times = append(times, k.Ready)
			if err := k.Close(); err != nil {
				return 0, err
			}
		}
		return bench.Median(times), nil
	}
	k, err := client.Launch(s.argv, os.Environ())
	if err != nil {
		return 0, err
	}
	for i := range r.n + 3 { // three to warm up
		d, err := r.take(k, s)
		if err != nil {
			return 0, errors.Join(err, k.Close())
		}
		if i >= 3 {
			times = append(times, d)
		}
	}
	return bench.Median(times), k.Close()
}

// execute measures a cell from its request to its idle.
func execute(code func(subject) string) func(*client.Kernel, subject) (time.Duration, error) {
	return func(k *client.Kernel, s subject) (time.Duration, error) {
		start := time.Now()
		reply, output, err := k.Execute(code(s))
		if err != nil {
			return 0, err
		}
		if reply["status"] != "ok" {
			return 0, fmt.Errorf("the cell failed: %v", reply)
		}
		if lines := strings.Count(client.Stdout(output), "\n"); lines != 0 && lines != 10_000 {
			return 0, fmt.Errorf("%d lines arrived", lines)
		}
		return output[len(output)-1].At.Sub(start), nil
	}
}

func complete(k *client.Kernel, s subject) (time.Duration, error) {
	start := time.Now()
	reply, err := k.Ask("complete_request", map[string]any{"code": s.query, "cursor_pos": len(s.query)})
	if err == nil && reply["status"] != "ok" {
		err = fmt.Errorf("the request failed: %v", reply)
	}
	return time.Since(start), err
}

// interrupt measures from the interrupt of an endless loop to idle.
func interrupt(k *client.Kernel, s subject) (time.Duration, error) {
	msgID, err := k.Begin(s.endless)
	if err != nil {
		return 0, err
	}
	if err := k.AwaitInput(msgID); err != nil {
		return 0, err
	}
	time.Sleep(20 * time.Millisecond) // let it loop: this is the load, not synchronisation
	start := time.Now()
	if s.interruptBySignal {
		err = k.Cmd.Process.Signal(os.Interrupt)
	} else {
		err = k.Interrupt()
	}
	if err != nil {
		return 0, err
	}
	reply, output, err := k.Finish(msgID)
	if err != nil {
		return 0, err
	}
	if reply["status"] != "error" {
		return 0, fmt.Errorf("the loop ended with %v", reply["status"])
	}
	return output[len(output)-1].At.Sub(start), nil
}
