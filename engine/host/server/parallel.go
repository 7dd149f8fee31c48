package server

import (
	"context"
	"encoding/json"
	"os"
	"sync"
	"time"

	"github.com/goblaze/goblaze/engine/parallel"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
	"github.com/goblaze/goblaze/vectorizer"
)

// loops are the settings of the parallel loops that cells run, by key, and
// what was measured of them since the run began.
type loops struct {
	mu       sync.Mutex
	settings map[string]wire.Parallel
	reports  []wire.Report
	server   *server
}

// own lets the workers of every parallel run belong to the cell that starts
// them, and end with it.
func (l *loops) own(s *server) {
	l.server = s
	l.settings = map[string]wire.Parallel{}
	vectorizer.SetHooks(vectorizer.Hooks{
		Go:    rt.GoHalt,
		Spare: rt.Spare,
		Stop:  rt.Done,
	})
	parallel.Provide(l.provide)
}

// set adds the settings that come with a run and forgets old reports.
func (l *loops) set(settings map[string]wire.Parallel) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, p := range settings {
		l.settings[key] = p
	}
	l.reports = nil
}

// take returns the reports of the run that ends.
func (l *loops) take() []wire.Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.reports
	l.reports = nil
	return r
}

// provide returns the settings of the loop that begins in the calling
// goroutine.
func (l *loops) provide(key string) *parallel.Settings {
	l.mu.Lock()
	p := l.settings[key]
	l.mu.Unlock()
	cell := uint64(0)
	if c := rt.Current(); c != nil {
		cell = c.ID
	}
	set := &parallel.Settings{
		Context: context.WithoutCancel(context.Background()),
		Workers: p.Workers, Chunk: p.Chunk, Collect: p.Collect, Timeout: time.Duration(p.Timeout),
		Compare: p.Compare, Trial: p.Trial, Repeat: p.Repeat,
		Mute:   mute,
		Report: func(r *vectorizer.Report) { l.report(key, r) },
	}
	if p.Progress {
		set.Progress = func(done, total int) {
			l.server.event(wire.EventProgress, cell, wire.Progress{Done: done, Total: total})
		}
	}
	return set
}

func (l *loops) report(key string, r *vectorizer.Report) {
	raw, err := json.Marshal(r)
	if err != nil {
		return
	}
	l.mu.Lock()
	l.reports = append(l.reports, wire.Report{Key: key, Report: raw})
	l.mu.Unlock()
}

var muted struct {
	sync.Mutex
	stdout, null *os.File
}

// mute sends what is printed to nowhere while it is on: the runs of a
// comparison after the first.
func mute(on bool) {
	muted.Lock()
	defer muted.Unlock()
	switch {
	case on && muted.null == nil:
		null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		muted.stdout, muted.null = os.Stdout, null
		os.Stdout = null
	case !on && muted.null != nil:
		os.Stdout = muted.stdout
		muted.null.Close()
		muted.null = nil
	}
}
