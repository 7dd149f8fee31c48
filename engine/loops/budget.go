package loops

// budget is how many statements and effects of calls are looked at before a
// loop is refused: functions that lead into each other in many ways repeat much.
// Programs of thousands of lines spend a hundredth of it, which is about 0.1 s.
const budget = 500_000

// overBudget is what spend panics with, for walkWithin.
type overBudget struct{}

func (a *analysis) spend() {
	if a.budget--; a.budget < 0 {
		panic(overBudget{})
	}
}

// spendOn counts n values of places that are read as a statement for every 32:
// what a tree's functions store in each other may be many.
func (a *analysis) spendOn(n int) {
	if a.loaded += n; a.loaded >= 32 {
		a.budget -= a.loaded/32 - 1
		a.loaded %= 32
		a.spend()
	}
}

// walkWithin walks the loop and what it calls; false when that leads too far.
func (a *analysis) walkWithin(sh *shape) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, over := r.(overBudget); !over {
				panic(r)
			}
		}
	}()
	a.walkLoop(sh)
	return true
}
