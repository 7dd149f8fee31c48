package rt

import "reflect"

// Declare allocates the storage of a session variable, zeroed, and returns the
// pointer to it. Compiled units find it by Bind.
func Declare(id string, t reflect.Type) reflect.Value {
	p := reflect.New(t)
	session.Lock()
	defer session.Unlock()
	session.vars[id] = p
	return p
}
