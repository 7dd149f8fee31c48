package magics

import (
	"fmt"
	"html"
	"strings"
	"sync"
	"time"

	"github.com/goblaze/goblaze/display"
)

const (
	progressAfter = time.Second            // shorter work shows no bar
	progressEvery = 100 * time.Millisecond // a page can't take more than 10 a second
	progressWidth = 30                     // characters of the text bar
)

// A progress is the bar under a running %vectorize: shown after a second,
// moved at most ten times a second, taken away at the end. Its clock starts
// with the first event, so that checking and compiling before the run count
// neither for the second nor for the rate. Its methods may be called
// concurrently.
type progress struct {
	x  *run
	id string

	mu      sync.Mutex
	begun   bool
	start   time.Time // of the first event
	first   int       // items done by then
	last    int       // items done at the latest event
	shown   time.Time // last time, zero: never
	removed bool
}

func newProgress(x *run) *progress {
	x.nextID++
	return &progress{x: x, id: fmt.Sprintf("goblaze-progress-%d-%d", x.Charts.Run, x.nextID)}
}

// update moves the bar; total is -1 when it is unknown. Fewer items than
// before mean that the loop was started again: the clock starts again too.
func (p *progress) update(items, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.removed {
		return
	}
	now := p.x.now()
	if !p.begun || items < p.last {
		p.begun, p.start, p.first = true, now, items
	}
	p.last = items
	spent := now.Sub(p.start)
	if spent < progressAfter || now.Sub(p.shown) < progressEvery || p.shown.IsZero() && items == total {
		return
	}
	b := barBundle(items, total, float64(items-p.first)/spent.Seconds())
	b.ID, b.Update = p.id, !p.shown.IsZero()
	p.shown = now
	p.x.out.Display(b)
}

// remove takes the bar away; later updates do nothing.
func (p *progress) remove() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.removed = true
	if !p.shown.IsZero() {
		p.x.out.Display(display.Bundle{ID: p.id, Update: true, Data: map[string]any{"text/plain": "", "text/html": ""}})
	}
}

// barBundle draws the bar with the rate, in items a second, and the time left.
func barBundle(items, total int, rate float64) display.Bundle {
	words := fmt.Sprintf("%d of %d items · %.3g items/s", items, total, rate)
	if total < 0 {
		words = fmt.Sprintf("%d items · %.3g items/s", items, rate)
	}
	share := 0.0
	if total > 0 {
		share = min(float64(items)/float64(total), 1)
		if rate > 0 && items < total {
			left := time.Duration(float64(total-items) / rate * float64(time.Second))
			words += " · " + left.Round(time.Second).String() + " left"
		}
	}
	full := int(share * progressWidth)
	text := "[" + strings.Repeat("#", full) + strings.Repeat(" ", progressWidth-full) + "] " + words
	attr := fmt.Sprintf(` value="%.3f"`, share)
	if total < 0 {
		attr, text = "", words
	}
	return display.Bundle{Data: map[string]any{
		"text/plain": text,
		"text/html":  `<div class="goblaze-progress"><progress max="1"` + attr + ` style="width:240px"></progress> ` + html.EscapeString(words) + `</div>`,
	}}
}
