package engine

import (
	"context"
	"sort"

	"github.com/goblaze/goblaze/engine/wire"
)

// A TierStatus says what runs on which tier, and why.
type TierStatus struct {
	Mode    string // auto, interp or compiled
	Entries []TierEntry
	Pending int   // builds under way
	Plugins int   // plugins the engine has loaded
	Bytes   int64 // size of the loaded plugins
	Note    string
	Log     string // of the last failed build
}

// A TierEntry is one function or cell.
type TierEntry struct{ Name, Tier, Why string }

// TierStatus tells the tiers of the session's functions.
func (s *Session) TierStatus(ctx context.Context) (TierStatus, error) {
	st := TierStatus{Mode: s.Tier()}
	if s.builder == nil {
		st.Note = "there is no compiled tier: " + noToolchain
	} else {
		st.Pending, st.Log = s.builder.status()
	}
	s.mu.Lock()
	for name, d := range s.decls.byName {
		if s.builder == nil && d.node != nil && s.alive(name) {
			st.Entries = append(st.Entries, TierEntry{Name: name, Tier: tierInterpreted, Why: "there is no toolchain"})
		}
		if len(d.names) == 0 || d.unit == nil || !s.alive(name) {
			continue
		}
		st.Entries = append(st.Entries, TierEntry{Name: name, Tier: tierCompiled, Why: s.why(d)})
	}
	s.mu.Unlock()
	sort.Slice(st.Entries, func(i, j int) bool { return st.Entries[i].Name < st.Entries[j].Name })
	s.mu.Lock()
	st.Entries = append(st.Entries, s.cells...)
	s.mu.Unlock()
	if s.host.gen == 0 {
		return st, nil
	}
	var es wire.Status
	if err := s.call(ctx, wire.MethodStatus, nil, &es); err != nil {
		return st, err
	}
	st.Plugins, st.Bytes = es.Plugins, es.PluginBytes
	return st, nil
}

func (s *Session) alive(name string) bool {
	d := s.decls.byName[name]
	return d != nil && !d.broken
}

// why says where a declaration's code is.
func (s *Session) why(d *decl) string {
	switch {
	case d.unit.loaded != 0 && d.unit.loaded == s.host.gen:
		return "loaded"
	case d.unit.plugin != nil:
		return "built, loaded when it is needed"
	}
	return "being built"
}
