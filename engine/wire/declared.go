package wire

// A Declared is a type of a cell that the engine makes where nothing can be
// compiled. Kinds of Type that mention it have the kind "unit".
type Declared struct {
	Path  string `json:"path"`  // of the unit that stands for the cell
	Name  string `json:"name"`  // as other descriptions name it
	Shown string `json:"shown"` // as %T prints it: "main.Point"
	// Under is what it has the structure of; for an interface type, which has
	// Methods instead, its kind is "interface".
	Under Type `json:"under"`
	// Embedded are the indexes of a struct's embedded fields.
	Embedded []int            `json:"embedded,omitempty"`
	Methods  []DeclaredMethod `json:"methods,omitempty"`
}

// A DeclaredMethod is a method of a declared type.
type DeclaredMethod struct {
	Name    string `json:"name"` // exported
	Type    Type   `json:"type"` // a "func", without the receiver
	Pointer bool   `json:"pointer,omitempty"`
	// Through leads to the embedded field whose method it is; empty for the
	// type's own.
	Through []int `json:"through,omitempty"`
}

// A MethodCode says which interpreted function runs a method.
type MethodCode struct {
	Path   string `json:"path"`
	Type   string `json:"type"`
	Method string `json:"method"`
	Func   string `json:"func"`
}
