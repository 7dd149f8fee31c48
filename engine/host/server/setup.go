package server

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/engine/host/config"
	"github.com/goblaze/goblaze/engine/host/session"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// gcPercent is GOGC for an engine whose user did not set it: allocation-heavy
// workers scale about twice as well as with 100. The memory limit bounds it.
const gcPercent = 400

func newServer(symbols Symbols) (*server, error) {
	var cfg config.Config
	text, ok := os.LookupEnv(config.Env)
	if !ok {
		return nil, fmt.Errorf("%s is not set: this command is started by the kernel", config.Env)
	}
	if err := json.Unmarshal([]byte(text), &cfg); err != nil {
		return nil, fmt.Errorf("%s: %w", config.Env, err)
	}
	os.Unsetenv(config.Env)
	fds := inherited(cfg)
	crash := os.NewFile(fds[2], "crash")
	if err := apart(func() error { return debug.SetCrashOutput(crash, debug.CrashOptions{}) }); err != nil {
		return nil, err
	}
	stream, err := newStreams(cfg.Token)
	if err != nil {
		return nil, err
	}
	in, out := os.NewFile(fds[0], "requests"), os.NewFile(fds[1], "replies")
	s := &server{
		in:        in,
		out:       wire.NewWriter(out),
		pipes:     [2]*os.File{in, out},
		crash:     crash,
		limit:     memoryLimit(cfg.MemoryLimit),
		stream:    stream,
		cancelled: map[uint64]bool{},
	}
	ownFlags()
	s.around.begin(cfg.Procs)
	s.interp, s.stmts = newInterpreter(symbols), newStatements(symbols)
	s.loops.own(s)
	s.stdin.s, s.stdin.file = s, os.Stdin
	if s.stdin.null, err = openOwn(os.DevNull); err != nil {
		return nil, err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	// Under memory pressure the engine goes before the kernel and the browser.
	// Where /proc is not there, nothing is lost but this preference.
	os.WriteFile("/proc/self/oom_score_adj", []byte("800"), 0)
	s.connect()
	return s, nil
}

// ownFlags leaves the cells' flag.CommandLine without the flags of packages that
// the engine imports and a program would not (testing/quick's).
func ownFlags() {
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	flag.CommandLine.Usage = func() { flag.Usage() }
}

// openOwn opens a file with a descriptor of the engine's own.
func openOwn(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fd, err := duplicate(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return os.NewFile(fd, name), nil
}

// connect lets user code reach the server.
func (s *server) connect() {
	rt.SetHooks(rt.Hooks{
		Write:   s.stream.write,
		Display: s.display,
		Note:    func(cell uint64, n rt.Note) { s.event(wire.EventNote, cell, n) },
		Die:     s.die,
	})
	display.SetPublisher(func(b display.Bundle) { s.display(s.cellID(), b) })
	display.SetClear(func(wait bool) { s.event(wire.EventClear, s.cellID(), wire.Clear{Wait: wait}) })
}

func (s *server) display(cell uint64, b display.Bundle) {
	s.event(wire.EventDisplay, cell, wire.FromDisplay(b))
}

// cellID is the calling goroutine's cell, or the one that ran last.
func (s *server) cellID() uint64 {
	if c := rt.Current(); c != nil {
		return c.ID
	}
	return s.stream.current()
}

func (s *server) die(words string) {
	fmt.Fprintln(s.crash, words)
	session.Kill(os.Getpid(), os.Getpid())
	os.Exit(2)
}

// checkPipes ends the engine where a cell closed a descriptor by which it is in
// touch with the kernel process: nobody would hear of what follows.
func (s *server) checkPipes() {
	lost := s.stream.lost()
	for _, f := range s.pipes {
		if _, err := f.Stat(); err != nil {
			lost = f.Name()
		}
	}
	if lost != "" {
		s.die(lostPipe(lost))
	}
}

// lostPipe is the last words of an engine whose pipe a cell closed.
func lostPipe(name string) string {
	return "fatal error: a cell closed a file descriptor of the engine (" + name + ")"
}

// memoryLimit resolves a configured limit to bytes, 0 for none.
func memoryLimit(configured int64) int64 {
	if configured != 0 {
		return max(configured, 0)
	}
	total := memInfo("MemTotal")
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		b, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && (total == 0 || n < total) {
			total = n
		}
	}
	limit := total / 4 * 3
	// What others use already can't be had: filling it would freeze the machine
	// long before the limit is felt.
	if free := memInfo("MemAvailable"); free > 0 {
		limit = min(limit, free/10*9)
	}
	return limit
}

// memInfo is an entry of the machine's memory in bytes, 0 when unknown.
func memInfo(name string) int64 {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb int64
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			if _, err := fmt.Sscanf(rest, "%d kB", &kb); err == nil {
				return kb << 10
			}
		}
	}
	return 0
}
