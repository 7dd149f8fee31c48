package parallel

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"unsafe"

	"github.com/goblaze/goblaze/vectorizer"
)

// interpreted is what a job keeps for its interpreted chunks.
type interpreted struct {
	mu    sync.Mutex
	frame func(line int) string
	line  *int // where code outside of chunks tells its line
	lines map[*vectorizer.Worker]*place
	stops map[context.Context]*flag
	at    map[int]int // where the items that failed were
	alone int         // the line of the sequential run
}

// Workers write their places all the time: each has cache lines of its own.
type (
	place struct {
		_    [128]byte
		line int
		_    [128]byte
	}
	flag struct {
		_    [128]byte
		stop bool
		_    [128]byte
	}
)

// BeginInterpreted is Begin for a job whose functions are interpreted code. line
// is where that code tells its line outside of chunks; what stands there before
// the run stands there again after it, whatever the job's functions called.
// frame writes the line that such code tells (see Chunk) as a frame of a stack
// dump.
func BeginInterpreted(key string, line *int, frame func(line int) string) *Job {
	j := Begin(key)
	j.interp = &interpreted{line: line, frame: frame, lines: map[*vectorizer.Worker]*place{}, stops: map[context.Context]*flag{}, at: map[int]int{}}
	return j
}

// Chunk is called by interpreted bodies once a chunk, and gives them what they
// share with their worker through pointers, because a call into compiled code
// would cost an item half a microsecond and a pointer costs it 20 ns: the item
// in progress (a slice of one, which is stored to in half a pointer's time),
// whether the run ends before the next one, and where to tell the
// line of the cell that runs. Several workers may call it at once.
func (j *Job) Chunk(w *vectorizer.Worker) (index []int, stop *bool, line *int) {
	in := j.interp
	in.mu.Lock()
	defer in.mu.Unlock()
	at := in.lines[w]
	if at == nil {
		at = new(place)
		in.lines[w] = at
	}
	ctx := w.Context()
	end := in.stops[ctx]
	if end == nil {
		end = new(flag)
		in.stops[ctx] = end
		context.AfterFunc(ctx, func() { end.stop = true })
	}
	if w.Stopped() {
		end.stop = true
	}
	return unsafe.Slice(&w.Index, 1), &end.stop, &at.line
}

// Alone is Chunk for the sequential run.
func (j *Job) Alone() (index []int, line *int) { return unsafe.Slice(&j.Index, 1), &j.interp.alone }

// guard notes where an interpreted item was when it panics: the interpreter's
// stack does not tell.
func (j *Job) guard(body func(w *vectorizer.Worker, lo, hi int)) func(w *vectorizer.Worker, lo, hi int) {
	if j.interp == nil {
		return body
	}
	return func(w *vectorizer.Worker, lo, hi int) {
		returned := false
		defer func() {
			if !returned {
				j.interp.failed(w)
			}
		}()
		body(w, lo, hi)
		returned = true
	}
}

func (in *interpreted) failed(w *vectorizer.Worker) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if p := in.lines[w]; p != nil {
		in.at[w.Index] = p.line
	}
}

// failedAlone is failed for the sequential run.
func (in *interpreted) failedAlone(item int) {
	if in != nil {
		in.at[item] = in.alone
	}
}

// forget drops what belongs to the workers of a run that is over.
func (in *interpreted) forget() {
	if in == nil {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	clear(in.lines)
	clear(in.stops)
}

// withLine adds to a stack dump where an interpreted item panicked.
func (j *Job) withLine(dump []byte, err error) []byte {
	var item *vectorizer.ItemError
	if j == nil || j.interp == nil || !errors.As(err, &item) {
		return dump
	}
	j.interp.mu.Lock()
	line := j.interp.at[item.Index]
	j.interp.mu.Unlock()
	if line == 0 {
		return dump
	}
	dump = bytes.TrimRight(dump, "\n")
	if len(dump) == 0 {
		dump = []byte("goroutine 1 [running]:")
	}
	return append(append(bytes.Clone(dump), '\n'), j.interp.frame(line)...)
}
