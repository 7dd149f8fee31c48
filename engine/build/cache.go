package build

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// DefaultCacheSize bounds the compiled cells and plugins of all engines: some 300 plugins.
const DefaultCacheSize = 1 << 30

const (
	abandonedAfter = time.Hour          // a build's temporary folder
	unusedAfter    = 7 * 24 * time.Hour // an engine that no session used: an old release or Go version
)

// Usage is what Clean found and did.
type Usage struct {
	Bytes   int64 // of cells and plugins that are left
	Removed int64 // bytes
}

// Clean bounds the cache: it removes the compiled cells and plugins that were used least recently until no more than
// limit bytes are left, engines that nobody used for a week, and what dead processes left behind. What a live session
// of any process uses stays, whatever the limit. Sessions wait for it some milliseconds.
func Clean(ctx context.Context, limit int64) (Usage, error) {
	root, err := CacheDir()
	if err != nil {
		return Usage{}, err
	}
	engines, err := filepath.Glob(filepath.Join(root, "engine", "*"))
	if err != nil {
		return Usage{}, err
	}
	var all []cached
	var problems []error
	for _, dir := range engines {
		found, err := tidy(ctx, dir)
		if ctx.Err() != nil {
			return Usage{}, ctx.Err()
		}
		if err != nil {
			problems = append(problems, err)
		}
		all = append(all, found...)
	}
	usage := Usage{}
	for _, c := range all {
		usage.Bytes += c.size
	}
	slices.SortFunc(all, func(a, b cached) int { return a.used.Compare(b.used) })
	excess := map[string][]cached{}
	left := usage.Bytes
	for _, c := range all {
		if left > limit && !c.live {
			excess[c.store.dir] = append(excess[c.store.dir], c)
			left -= c.size
		}
	}
	for dir, list := range excess {
		removed, err := store{dir}.evict(ctx, list)
		usage.Removed += removed
		if err != nil {
			problems = append(problems, err)
		}
	}
	usage.Bytes -= usage.Removed
	return usage, errors.Join(problems...)
}

// cached is a file of a store.
type cached struct {
	store store
	name  string
	size  int64
	used  time.Time
	live  bool
}

// tidy removes the engine when nobody needs it any more, else what is left of dead builds; and lists its store.
func tidy(ctx context.Context, dir string) ([]cached, error) {
	s := store{filepath.Join(dir, "cells")}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, err
	}
	lock, err := lockFile(ctx, filepath.Join(s.dir, "lock"), true, nil)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	live, sessions := s.live()
	if info, err := os.Stat(filepath.Join(dir, "ready.json")); err == nil && sessions == 0 && time.Since(info.ModTime()) > unusedAfter {
		return nil, os.RemoveAll(dir)
	}
	abandoned, err := filepath.Glob(filepath.Join(dir, "tmp", "*"))
	if err != nil {
		return nil, err
	}
	for _, tmp := range abandoned {
		if info, err := os.Stat(tmp); err == nil && time.Since(info.ModTime()) > abandonedAfter {
			if err := os.RemoveAll(tmp); err != nil {
				return nil, err
			}
		}
	}
	return s.list(live)
}

// live reads the leases of living sessions, and removes those of dead ones. The store's lock is held.
func (s store) live() (names map[string]bool, sessions int) {
	names = map[string]bool{}
	files, err := filepath.Glob(filepath.Join(s.dir, "live", "*"))
	if err != nil {
		return names, 0
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			continue // the session ended between
		}
		if tryLock(f) {
			_ = os.Remove(file)
		} else if data, err := os.ReadFile(file); err == nil {
			sessions++
			for name := range strings.Lines(string(data)) {
				names[strings.TrimSpace(name)] = true
			}
		}
		f.Close()
	}
	return names, sessions
}

func (s store) list(live map[string]bool) ([]cached, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	var list []cached
	for _, entry := range entries {
		name := entry.Name()
		if ext := filepath.Ext(name); !entry.Type().IsRegular() || (ext != ".a" && ext != ".so") {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, cached{s, name, info.Size(), info.ModTime(), live[name]})
	}
	slices.SortFunc(list, func(a, b cached) int { return cmp.Compare(a.name, b.name) })
	return list, nil
}

// evict removes those of the files that no session has taken up since they were listed.
func (s store) evict(ctx context.Context, list []cached) (removed int64, err error) {
	lock, err := lockFile(ctx, filepath.Join(s.dir, "lock"), true, nil)
	if err != nil {
		return 0, err
	}
	defer lock.Close()
	live, _ := s.live()
	for _, c := range list {
		if !live[c.name] {
			s.remove(c.name)
			removed += c.size
		}
	}
	return removed, nil
}
