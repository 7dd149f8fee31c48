package rt

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unsafe"
)

// A Unit is what one compiled package offers the session.
type Unit struct {
	// Run executes the cell's statements; nil when it only declares.
	Run func(*Cell)
	// Vars maps a slot's name to a pointer to the slot, itself a pointer to
	// the session variable: **T.
	Vars map[string]any
	// Funcs and Types are the declarations by their Go names.
	Funcs map[string]any
	Types map[string]reflect.Type
	// Entries are further entry points, each a func(*Cell, int): timed loops
	// (the int is n) and parallel bodies.
	Entries map[string]any
}

// A Binding says which session variable a slot of a unit points to.
type Binding struct {
	Slot string `json:"slot"`
	// Var identifies the variable, by name and version ("x#2").
	Var string `json:"var"`
	// New allocates the variable, zeroed. Without it the variable must exist.
	New bool `json:"new,omitempty"`
	// Replaces is the variable of the same type that the name stood for; the
	// functions of all units follow once the run has reached the declaration
	// with the number At (see Cell.Reached).
	Replaces string `json:"replaces,omitempty"`
	At       int    `json:"at,omitempty"`
}

var session = struct {
	sync.Mutex
	units map[string]*Unit
	vars  map[string]reflect.Value // pointers, by Binding.Var
}{units: map[string]*Unit{}, vars: map[string]reflect.Value{}}

// Register is called by the init function of a unit's package. The path is
// the package's import path, which names the unit for good.
func Register(path string, u Unit) {
	session.Lock()
	defer session.Unlock()
	session.units[path] = &u
}

// Lookup returns a registered unit.
func Lookup(path string) (*Unit, bool) {
	session.Lock()
	defer session.Unlock()
	u, ok := session.units[path]
	return u, ok
}

// Bind points the unit's slots to session variables. Either all bindings are
// made or none. It must not be called while code of the unit runs.
func Bind(path string, binds []Binding) error {
	session.Lock()
	defer session.Unlock()
	u, ok := session.units[path]
	if !ok {
		return fmt.Errorf("bind %s: the unit is not loaded", path)
	}
	values := make([]reflect.Value, len(binds))
	for i, b := range binds {
		v, err := u.variable(b)
		if err != nil {
			return fmt.Errorf("bind %s: %w", path, err)
		}
		values[i] = v
	}
	for i, b := range binds {
		session.vars[b.Var] = values[i]
		// The slot may spell the variable's type in its own package's words;
		// the layout is the same, so the pointer is stored untyped.
		slot := reflect.ValueOf(u.Vars[b.Slot])
		*(*unsafe.Pointer)(slot.UnsafePointer()) = values[i].UnsafePointer()
	}
	return nil
}

// variable finds or allocates the storage of one binding.
func (u *Unit) variable(b Binding) (reflect.Value, error) {
	t := reflect.TypeOf(u.Vars[b.Slot])
	if t == nil || t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Pointer {
		return reflect.Value{}, fmt.Errorf("slot %s is %v, not a pointer to a pointer", b.Slot, t)
	}
	elem := t.Elem().Elem()
	if b.New {
		return reflect.New(elem), nil
	}
	v, ok := session.vars[b.Var]
	if !ok {
		return v, fmt.Errorf("variable %s has no storage: run the cell that declares it", b.Var)
	}
	if have := v.Type().Elem(); have != elem && !sameLayout(have, elem) {
		return v, fmt.Errorf("variable %s is stored as %v, slot %s wants %v", b.Var, have, b.Slot, elem)
	}
	return v, nil
}

func sameLayout(a, b reflect.Type) bool {
	return a.Size() == b.Size() && a.Align() == b.Align() && a.Kind() == b.Kind()
}

// Variable returns a pointer to a session variable.
func Variable(id string) (reflect.Value, error) {
	session.Lock()
	defer session.Unlock()
	v, ok := session.vars[id]
	if !ok {
		return v, errors.New("variable " + id + " has no storage: run the cell that declares it")
	}
	return v, nil
}

// Forget drops the storage of session variables; the garbage collector frees
// what no unit's slot still points to.
func Forget(ids ...string) {
	session.Lock()
	defer session.Unlock()
	for _, id := range ids {
		delete(session.vars, id)
	}
}
