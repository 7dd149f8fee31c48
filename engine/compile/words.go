package compile

import (
	"go/types"
	"strings"
)

// Generated text names predeclared types and the session's types. Go lets a
// cell give these names other meanings (`type any = fmt.Stringer`, `func f() {
// string := "x" }`): then the text names what the run-time package calls them,
// or an alias beside them.

// findHidden notes the names that the unit declares, anywhere.
func (em *emitter) findHidden() {
	em.hidden, em.inner, em.apartAs = map[string]bool{}, map[string]bool{}, map[*types.TypeName]string{}
	scope := em.u.Pkg.Scope()
	for id, obj := range em.u.Info.Defs {
		em.hidden[id.Name] = true
		if obj != nil && obj.Parent() != nil && obj.Parent() != scope {
			em.inner[id.Name] = true
		}
	}
	for _, im := range em.u.Imports {
		em.hidden[im.Name] = true
	}
	for _, obj := range em.u.Info.Uses {
		if t, ok := obj.(*types.TypeName); ok && em.foreign(t) {
			em.hidden[t.Name()] = true
		}
	}
}

// word spells a predeclared type.
func (em *emitter) word(name string) string {
	if !em.hidden[name] {
		return name
	}
	return em.rt() + ".Pre" + strings.ToUpper(name[:1]) + name[1:]
}

// never is a terminating statement that is not reached.
func (em *emitter) never() string {
	if em.hidden["panic"] {
		return "for {}"
	}
	return "panic(0)"
}
