package parallel

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"time"

	"github.com/goblaze/goblaze/vectorizer"
)

// compare runs the loop as it was written, then with each number of workers,
// every time from the same start. The sequential results stay.
func (j *Job) compare(n int) (err error) {
	j.save(n)
	if j.set.Trial {
		j.mute(true)
	}
	done := false
	defer func() {
		j.mute(false)
		if !done {
			j.restore()
		}
		j.deliver()
	}()
	var after *state
	var difference string
	seq, err := j.repeat(j.sequential, func(round int) {
		if round == 0 {
			after = j.capture()
			j.mute(true)
		}
	})
	if err != nil {
		return err
	}
	runs := []vectorizer.Run{vectorizer.NewRun("sequential", 0, j.tier(), seq)}
	waits := false
	for _, w := range j.counts() {
		starved := 0.0
		times, err := j.repeat(func() error {
			rep, err := j.parallel(n, w, false)
			if err != nil {
				return err
			}
			j.fold()
			waits = waits || rep.Waits()
			starved += rep.StarvedS
			return nil
		}, func(int) {
			if difference == "" {
				difference = after.differs(j)
			}
		})
		if err != nil {
			return err
		}
		run := vectorizer.NewRun(workersLabel(w), w, j.tier(), times)
		run.StarvedS = starved / float64(len(times))
		runs = append(runs, run)
	}
	after.put()
	if difference == "" {
		difference = j.otherTier(after)
	}
	done = !j.set.Trial
	j.report = vectorizer.Compare(n, runs, waits)
	equal := difference == ""
	j.report.Equal, j.report.Difference = &equal, difference
	if j.Commit != nil && !j.set.Trial {
		j.Commit()
	}
	return nil
}

// trials hold what trial runs gave, by key, until the run after them.
var trials sync.Map

// otherTier keeps the results of a trial, and compares those of the run after
// it: "" when they are equal.
func (j *Job) otherTier(after *state) (difference string) {
	if j.set.Trial {
		trials.Store(j.key, after)
		return ""
	}
	if was, ok := trials.LoadAndDelete(j.key); ok {
		if d := was.(*state).differs(j); d != "" {
			return "between the tiers: " + d
		}
	}
	return ""
}

func (j *Job) mute(on bool) {
	if j.set.Mute != nil {
		j.set.Mute(on)
	}
}

func (j *Job) tier() string {
	if j.interp != nil {
		return vectorizer.TierInterpreted
	}
	return vectorizer.TierCompiled
}

// repeat times one, every round from the start state and after a collection. What
// then looks at the results is not timed.
func (j *Job) repeat(one func() error, then func(round int)) (times []float64, err error) {
	rounds := j.set.Repeat
	if rounds <= 0 {
		rounds = 3
	}
	for round := range rounds {
		if err := j.set.Context.Err(); err != nil {
			return nil, err
		}
		j.restore()
		runtime.GC()
		began := time.Now()
		if err := one(); err != nil {
			return nil, err
		}
		times = append(times, time.Since(began).Seconds())
		then(round)
	}
	return times, nil
}

// counts are the numbers of workers to compare.
func (j *Job) counts() []int {
	if len(j.set.Workers) > 1 {
		return j.set.Workers
	}
	most := vectorizer.Cores()
	if len(j.set.Workers) == 1 && j.set.Workers[0] > 0 {
		most = j.set.Workers[0]
	}
	var out []int
	for w := 1; w < most; w *= 2 {
		out = append(out, w)
	}
	return append(out, most)
}

func workersLabel(n int) string {
	if n == 1 {
		return "1 worker"
	}
	return fmt.Sprintf("%d workers", n)
}

// A state is what the loop has filled.
type state struct {
	memories []*memory
	fills    []filled
}

// filled is a variable that the loop fills, with the elements of its slices:
// another run may write them in the same array, behind what was there before.
type filled struct {
	variable
	elements memory
	copy     any // to be compared
}

func (j *Job) capture() *state {
	s := &state{}
	for _, m := range j.saves {
		c := &memory{}
		for _, p := range m.places {
			c.add(p)
		}
		s.memories = append(s.memories, c)
	}
	for _, f := range j.fills {
		one := filled{variable: variable{name: f.name, value: f.value, saved: snapshot(f.value)}, copy: deepCopy(f.value)}
		for _, list := range lists(f.value) {
			one.elements.add(list)
		}
		s.fills = append(s.fills, one)
	}
	return s
}

// lists returns the slices that the loop appends to in a variable: its own, or
// those in a map.
func lists(v reflect.Value) (all []reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		return []reflect.Value{settable(v)}
	case reflect.Map:
		if v.Type().Elem().Kind() == reflect.Slice {
			for it := v.MapRange(); it.Next(); {
				all = append(all, it.Value())
			}
		}
	}
	return all
}

// deepCopy copies a variable with the elements of its slices.
func deepCopy(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.Slice && !v.IsNil():
		return cloned(settable(v)).Interface()
	case v.Kind() == reflect.Map && v.Type().Elem().Kind() == reflect.Slice && !v.IsNil():
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := settable(v).MapRange(); it.Next(); {
			m.SetMapIndex(it.Key(), cloned(it.Value()))
		}
		return m.Interface()
	}
	return plain(snapshot(v))
}

func cloned(list reflect.Value) reflect.Value {
	if list.IsNil() {
		return list
	}
	c := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	reflect.Copy(c, list)
	return c
}

// put makes the state the current one.
func (s *state) put() {
	for _, m := range s.memories {
		m.restore()
	}
	for _, f := range s.fills {
		f.restore()
		f.elements.restore()
	}
}

// differs compares the state with what is there now; "" when equal.
func (s *state) differs(j *Job) string {
	now := j.capture()
	for i, f := range s.fills {
		if ok, why := vectorizer.EqualValues(f.copy, now.fills[i].copy); !ok {
			return f.name + why
		}
	}
	k := 0
	for _, r := range j.regions {
		if !r.saved() {
			continue
		}
		for p := range s.memories[k].copies {
			a, b := s.memories[k].copies[p], now.memories[k].copies[p]
			if ok, why := vectorizer.EqualValues(plain(a), plain(b)); !ok {
				return r.name + why
			}
		}
		k++
	}
	return ""
}

func plain(v reflect.Value) any {
	if s, ok := v.Interface().(mapSnapshot); ok {
		return s.entries
	}
	return v.Interface()
}
