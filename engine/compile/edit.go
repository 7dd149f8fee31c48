package compile

import (
	"sort"
	"strings"
)

// edits is a set of changes to one source text. Opening and closing
// insertions may nest; replacements must not overlap.
type edits struct {
	src  []byte
	list []edit
}

type edit struct {
	lo, hi int
	text   string
	class  int // closing insertions before openings and replacements at one offset
	seq    int
}

const (
	closing = iota
	opening
)

// replace writes text over [lo, hi).
func (e *edits) replace(lo, hi int, text string) { e.add(lo, hi, text, opening) }

// open inserts text before what starts at off; an outer node's comes first
// when it is registered first.
func (e *edits) open(off int, text string) { e.add(off, off, text, opening) }

// close inserts text behind what ends at off; an inner node's comes first when
// it is registered first.
func (e *edits) close(off int, text string) { e.add(off, off, text, closing) }

// drop removes [lo, hi), whatever else was to stand there.
func (e *edits) drop(lo, hi int) {
	e.list = append(e.list, edit{lo: lo, hi: hi, class: opening, seq: -1})
}

func (e *edits) add(lo, hi int, text string, class int) {
	e.list = append(e.list, edit{lo, hi, text, class, len(e.list)})
}

// sorted orders the edits for apply.
func (e *edits) sorted() {
	sort.SliceStable(e.list, func(i, j int) bool {
		a, b := e.list[i], e.list[j]
		if a.lo != b.lo {
			return a.lo < b.lo
		}
		if a.class != b.class {
			return a.class < b.class
		}
		if ai, bi := a.hi == a.lo, b.hi == b.lo; ai != bi {
			return ai // insertions stand before what is replaced
		}
		if a.hi != b.hi {
			return a.hi > b.hi // the outer replacement wins
		}
		return a.seq < b.seq
	})
}

// apply returns the changed text of [lo, hi), with the insertions at both
// ends. sorted must have been called since the last change.
func (e *edits) apply(lo, hi int) string {
	var b strings.Builder
	pos := lo
	i := sort.Search(len(e.list), func(i int) bool { return e.list[i].lo >= lo })
	for ; i < len(e.list) && e.list[i].lo <= hi; i++ {
		ed := e.list[i]
		if ed.lo == lo && ed.class == closing && lo != hi || ed.lo == hi && ed.class == opening || ed.hi > hi {
			continue // belongs to a neighbour
		}
		if ed.lo < pos {
			continue // inside what an outer edit replaced
		}
		b.Write(e.src[pos:ed.lo])
		b.WriteString(ed.text)
		pos = ed.hi
	}
	b.Write(e.src[pos:hi])
	return b.String()
}

// covers reports whether every offset lies in text that was replaced, or that
// gone says is written nowhere.
func (e *edits) covers(offs []int, gone func(off int) bool) bool {
	for _, off := range offs {
		covered := gone(off)
		for _, ed := range e.list {
			if ed.lo <= off && off < ed.hi {
				covered = true
				break
			}
		}
		if !covered {
			return false
		}
	}
	return true
}
