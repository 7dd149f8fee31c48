package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// store is the folder of compiled cells and linked plugins of one engine, each file beside a .sum with its checksum.
type store struct {
	dir string // <engine>/cells
}

func (e *Engine) store() store { return store{filepath.Join(e.dir, "cells")} }

// lookup reads the file to compare its checksum, which also brings it into the page cache for whoever loads it. A
// damaged one is removed. Cost: about 1 ms a megabyte.
func (s store) lookup(name string) (file, sum string, ok bool) {
	file = filepath.Join(s.dir, name)
	want, err := os.ReadFile(file + ".sum")
	if err != nil {
		return file, "", false
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return file, "", false
	}
	got := sha256.Sum256(data)
	sum = hex.EncodeToString(got[:])
	if !bytes.Equal(want, []byte(sum)) {
		s.remove(name)
		return file, "", false
	}
	now := time.Now()
	_ = os.Chtimes(file, now, now) // least recently used goes first; a failure only makes it go earlier
	return file, sum, true
}

// keep moves a finished file in. Two sessions that do so at once replace like by like.
func (s store) keep(tmp, name string) (file, sum string, err error) {
	data, err := os.ReadFile(tmp)
	if err != nil {
		return "", "", err
	}
	got := sha256.Sum256(data)
	sum = hex.EncodeToString(got[:])
	file = filepath.Join(s.dir, name)
	if err := os.Rename(tmp, file); err != nil {
		return "", "", err
	}
	return file, sum, writeFile(file+".sum", []byte(sum))
}

func (s store) remove(name string) {
	_ = os.Remove(filepath.Join(s.dir, name) + ".sum")
	_ = os.Remove(filepath.Join(s.dir, name))
}

// lease names the files that a live session may still load; it is true for as long as the session's process lives and
// holds the lock on it. Safe for concurrent use.
type lease struct {
	dir string // the store's

	mu   sync.Mutex
	file *os.File
	held map[string]bool
}

func (s store) newLease() (*lease, error) {
	live := filepath.Join(s.dir, "live")
	if err := os.MkdirAll(live, 0o755); err != nil {
		return nil, err
	}
	lock, err := lockFile(context.Background(), filepath.Join(s.dir, "lock"), false, nil) // not while Clean looks for dead ones
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	f, err := os.CreateTemp(live, fmt.Sprintf("%d-*", os.Getpid()))
	if err != nil {
		return nil, err
	}
	if !tryLock(f) {
		f.Close()
		return nil, errors.New("cannot lock " + f.Name())
	}
	return &lease{dir: s.dir, file: f, held: map[string]bool{}}, nil
}

// hold protects the name from Clean from now on. It waits while Clean runs, some milliseconds.
func (l *lease) hold(ctx context.Context, name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[name] {
		return nil
	}
	if l.file == nil {
		return errors.New("the session is closed")
	}
	lock, err := lockFile(ctx, filepath.Join(l.dir, "lock"), false, nil)
	if err != nil {
		return err
	}
	defer lock.Close()
	if _, err := l.file.WriteString(name + "\n"); err != nil {
		return err
	}
	l.held[name] = true
	return nil
}

func (l *lease) release() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := os.Remove(l.file.Name())
	l.file.Close()
	l.file = nil
	return err
}
