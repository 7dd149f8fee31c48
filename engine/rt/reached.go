package rt

import (
	"reflect"
	"slices"
	"unsafe"
)

// Expect tells the cell which variables its run replaces.
func (c *Cell) Expect(binds []Binding) {
	c.replaces = nil
	for _, b := range binds {
		if b.Replaces != "" {
			c.replaces = append(c.replaces, b)
		}
	}
	slices.SortFunc(c.replaces, func(a, b Binding) int { return a.At - b.At })
}

// Reached notes that the first n declarations of the cell have run: functions
// that use a variable which one of them replaces use the new one from now on.
func (c *Cell) Reached(n int) {
	c.Declared = n
	for len(c.replaces) > 0 && c.replaces[0].At <= n {
		follow(c.replaces[0].Replaces, c.replaces[0].Var)
		c.replaces = c.replaces[1:]
	}
}

// follow points every slot of the session that points to one variable to
// another of the same type.
func follow(from, to string) {
	session.Lock()
	defer session.Unlock()
	old, ok := session.vars[from]
	now, ok2 := session.vars[to]
	if !ok || !ok2 {
		return
	}
	for _, u := range session.units {
		for _, slot := range u.Vars {
			p := (*unsafe.Pointer)(reflect.ValueOf(slot).UnsafePointer())
			if *p == old.UnsafePointer() {
				*p = now.UnsafePointer()
			}
		}
	}
}
