// Package rt stands for the run-time package, beside its guards.
package rt

import "reflect"

// Reset is told of every stop check.
var Reset func()

// Checked stands for the stop check.
func Checked() bool {
	Reset()
	return false
}

// Unit and Register stand for those of the run-time package.
type Unit struct {
	Vars, Funcs map[string]any
	Types       map[string]reflect.Type
}

// Register forgets the unit.
func Register(string, Unit) {}
