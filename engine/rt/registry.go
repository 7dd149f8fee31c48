package rt

import "sync"

// cells are those that run or have live goroutines.
var cells = struct {
	sync.Mutex
	byID map[uint64]*Cell
}{byID: map[uint64]*Cell{}}

// FindCell returns the cell with the id if it runs or has live goroutines.
func FindCell(id uint64) (*Cell, bool) {
	cells.Lock()
	defer cells.Unlock()
	c, ok := cells.byID[id]
	return c, ok
}

// keep makes the cell known, forget takes that back. c.mu is held.
func (c *Cell) keep() {
	cells.Lock()
	cells.byID[c.ID] = c
	cells.Unlock()
	active.Add(1)
	wakeMonitor()
}

func (c *Cell) forget() {
	cells.Lock()
	delete(cells.byID, c.ID)
	cells.Unlock()
	active.Add(-1)
}

// allCells returns the cells with live goroutines.
func allCells() []*Cell { return appendCells(nil) }

// appendCells appends them to buf.
func appendCells(buf []*Cell) []*Cell {
	cells.Lock()
	defer cells.Unlock()
	for _, c := range cells.byID {
		buf = append(buf, c)
	}
	return buf
}

// anyCellRuns reports whether the statements of some cell run. It does not
// allocate.
func anyCellRuns() bool {
	cells.Lock()
	defer cells.Unlock()
	for _, c := range cells.byID {
		if !c.ended.Load() {
			return true
		}
	}
	return false
}
