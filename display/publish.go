package display

import (
	"errors"
	"strconv"
	"sync/atomic"
)

// The hooks of the process that runs cells: where bundles go.
var (
	publisher atomic.Pointer[func(Bundle)]
	clearer   atomic.Pointer[func(wait bool)]
	lastID    atomic.Uint64
)

// errNoNotebook is returned where nobody publishes, in a compiled program say.
var errNoNotebook = errors.New("display: not in a notebook: call it in a cell, or set display.SetPublisher")

// SetPublisher sets where Display and Update send bundles; nil: nowhere. The
// function is called on the goroutine that calls Display and must be safe for
// concurrent use.
func SetPublisher(f func(Bundle)) { setHook(&publisher, f, f == nil) }

// SetClear sets what Clear calls, on the same terms as SetPublisher.
func SetClear(f func(wait bool)) { setHook(&clearer, f, f == nil) }

func setHook[F any](p *atomic.Pointer[F], f F, none bool) {
	if none {
		p.Store(nil)
		return
	}
	p.Store(&f)
}

// Display shows each value at once, under the cell, as the last value of a
// cell would be shown. It may be called anywhere in a cell and by several
// goroutines. The error is not nil only outside of a notebook.
func Display(values ...any) error {
	for _, v := range values {
		if err := publish(Of(v, "")); err != nil {
			return err
		}
	}
	return nil
}

// Update replaces what is shown under a display id, wherever it is on the
// page. The id is one that NewHandle gave or that a Bundle was shown with.
func Update(id string, v any) error {
	b := Of(v, "")
	b.ID, b.Update = id, true
	return publish(b)
}

// Clear removes what the cell has shown so far; with wait (true) only when
// something new is shown, which avoids flicker.
func Clear(wait ...bool) error {
	f := clearer.Load()
	if f == nil {
		return errNoNotebook
	}
	(*f)(len(wait) > 0 && wait[0])
	return nil
}

// A Handle is a place on the page whose content can be replaced.
type Handle struct{ ID string }

// NewHandle shows v and returns the handle that replaces it later.
func NewHandle(v any) (Handle, error) {
	h := Handle{ID: "goblaze-" + strconv.FormatUint(lastID.Add(1), 10)}
	b := Of(v, "")
	b.ID = h.ID
	return h, publish(b)
}

// Update replaces what the handle shows.
func (h Handle) Update(v any) error { return Update(h.ID, v) }

func publish(b Bundle) error {
	f := publisher.Load()
	if f == nil {
		return errNoNotebook
	}
	(*f)(b)
	return nil
}
