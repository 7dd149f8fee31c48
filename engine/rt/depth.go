package rt

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
)

// Go ends the process when a goroutine's stack passes 512 MB. To end the cell
// instead, the monitor watches the total of all stacks; when it passes
// stackTrigger, every check of generated code looks how much of its own stack
// the goroutine uses (2 ns), and fails the cell when that is too much.
const (
	// stackTrigger is passed when one goroutine has grown to 256 MB. A later
	// trigger costs seconds: memory is touched, copied and unwound in
	// proportion.
	stackTrigger = 200 << 20
	// stackMost is how much one goroutine may use when it is the only one.
	stackMost = 128 << 20
	// stackLeast is how much each may use in any case.
	stackLeast = 1 << 20
	// stackTotal is what all goroutines may use before each is granted less,
	// where the memory limit is not smaller.
	stackTotal = 512 << 20
)

var (
	deep     atomic.Bool    // stacks are beyond stackTrigger
	stackMay atomic.Uintptr // how much of its stack a goroutine may use while deep is set
)

// checkStacks starts or ends the search for a goroutine whose stack is too
// large, and says what is: many goroutines that recurse for ever each reach far
// less than one alone before memory ends.
func (m *monitor) checkStacks() {
	metrics.Read(m.stacks[:]) // more than is used: a stack that was left is counted until it is collected
	is := m.stacks[0].Value.Uint64() > stackTrigger
	if is {
		stackMay.Store(stackAllowance(m.stacksUsed(), m.limit))
	}
	switch was := deep.Swap(is); {
	case is && !was:
		Stopping.Add(1)
	case was && !is:
		Stopping.Add(^uint32(0))
		m.giveBack(runtime.GC) // until then new goroutines begin with stacks as large as those were
	}
}

// stacksUsed is what the cells' goroutines used at their last checks.
func (m *monitor) stacksUsed() (total int64) {
	m.cells = appendCells(m.cells[:0])
	for _, c := range m.cells {
		c.mu.Lock()
		for o := c.owners.next; o != &c.owners; o = o.next {
			total += o.stack.Load()
		}
		c.mu.Unlock()
	}
	clear(m.cells)
	return total
}

// stackAllowance is how many bytes of its stack a goroutine may use when all
// together use total; it falls with the cube of what they use too much.
func stackAllowance(total, limit int64) uintptr {
	granted := int64(stackTotal)
	if limit > 0 {
		granted = max(stackMost, min(granted, limit/8))
	}
	if total <= granted {
		return stackMost
	}
	share := float64(granted) / float64(total)
	return max(stackLeast, uintptr(stackMost*share*share*share))
}

// checkDepth fails the cell when the calling goroutine's stack is so large
// that Go, or the memory limit, would soon end the process. Deferred functions
// run.
func (o *owner) checkDepth() {
	used := stackUsed()
	o.stack.Store(int64(used))
	if used < stackMay.Load() {
		return
	}
	f := &Failure{Kind: KindOverflow, Text: "stack overflow", Stack: callers()}
	if len(f.Stack) > 0 {
		f.Text = fmt.Sprintf("stack overflow in %s, cell %d line %d", named(f.Stack[0].Func), f.Stack[0].Cell, f.Stack[0].Line)
	}
	o.cell.Stop(f)
	o.halt(false)
}

// named is a function's name in a sentence: a literal among the statements of a
// cell has none.
func named(fn string) string {
	if n, literal := strings.CutPrefix(fn, "func"); literal && n != "" && '0' <= n[0] && n[0] <= '9' {
		return "a function literal"
	}
	return fn
}
