package parallel

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// tooLarge is the size of a block that no int can hold.
const tooLarge = -1

// Block registers the next block: how many elements in a row belong to one
// item, as the product of factors.
func (j *Job) Block(factors ...int) {
	size := 1
	for _, f := range factors {
		switch {
		case f <= 0: // no inner loop of that many steps runs
			size = 0
		case size > math.MaxInt/f:
			size = tooLarge
		case size > 0:
			size *= f
		}
		if size <= 0 {
			break
		}
	}
	j.blocks = append(j.blocks, size)
}

// Within says that indices within rows of size elements stay below top: past size
// items would meet in the next row. said is the sentence that refuses the loop then,
// with places for both.
func (j *Job) Within(top, size int, said string) {
	if top > size && top > 0 {
		j.unfit = &Overlap{fmt.Sprintf(said, top, size)}
	}
}

// blocks follows the path from all elements of every item's own block. Where it
// ends in the elements, one span stands for an item's, or for all.
func (t *tracer) blocks(v reflect.Value, head string, rest []string, spare bool) {
	k, off := 0, 0
	if at := strings.IndexAny(head, "+-"); at > 0 {
		k, _ = strconv.Atoi(head[1:at])
		off, _ = strconv.Atoi(head[at:])
	}
	size, n := t.sizes[k], v.Len()
	if size == 0 || n == 0 {
		return
	}
	if !v.Index(0).CanAddr() {
		return
	}
	elem := v.Type().Elem().Size()
	base := addr(v.Index(0))
	var whole []span
	for i := range t.n {
		at := t.own.at(i)
		if size == tooLarge || at > math.MaxInt/size-1 || at < -(math.MaxInt/size-1) {
			t.add(base, uintptr(n)*elem, -1) // indices may wrap around
			return
		}
		lo, hi := max(0, (at+off)*size), min(n, (at+off+1)*size)
		switch {
		case lo >= hi:
		case len(rest) > 0:
			for e := lo; e < hi; e++ {
				t.walk(v.Index(e), rest, i, spare)
			}
		case hi-lo < size:
			t.add(base+uintptr(lo)*elem, uintptr(hi-lo)*elem, i)
		default:
			whole = append(whole, span{lo: base + uintptr(lo)*elem, size: uintptr(size) * elem, stride: uintptr(size) * elem, item: i, count: 1, region: t.region})
		}
	}
	t.spans = append(t.spans, inARow(whole)...)
}

// inARow makes one span of items whose memory follows one another.
func inARow(spans []span) []span {
	ordered := len(spans) > 1
	for i := 1; i < len(spans); i++ {
		ordered = ordered && spans[i].lo == spans[i-1].hi() && spans[i].item == spans[i-1].item+1
	}
	if !ordered {
		return spans
	}
	one := slices.Clone(spans[:1])
	one[0].count = len(spans)
	return one
}
