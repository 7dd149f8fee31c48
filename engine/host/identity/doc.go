// Package identity makes the types and method tables that a plugin brings the
// ones that the process has already: [Unify].
//
// A type is its descriptor's address, and a value of an interface with methods
// is known by the address of its method table. The linker and the dynamic
// loader see to it that what several plugins bring is one. But what reflect or
// the runtime made before a plugin came is not: reflect.SliceOf(T) when no code
// had a []T yet, and the table that v.(fmt.Stringer) wants, which fmt asks for
// with every value that it prints. A plugin that brings its own would then take
// a []T for another type, and fmt.Stringer(v) for another value:
//
//	fmt.Println(v)                     // the runtime makes the table
//	var s fmt.Stringer = v             // in a later plugin: its own
//	any(v).(fmt.Stringer) == s         // false, and s.(T) of the one fails
//
// Unify looks at every word of the plugin that the dynamic loader made the
// address of such a thing, and puts the address of what was there before in its
// place. Code finds types and tables through these words only.
package identity
