package rt

import "reflect"

// The predeclared types, for generated text in packages that give their names
// other meanings.
type (
	PreAny        = any
	PreBool       = bool
	PreByte       = byte
	PreComparable = comparable
	PreComplex64  = complex64
	PreComplex128 = complex128
	PreError      = error
	PreFloat32    = float32
	PreFloat64    = float64
	PreInt        = int
	PreInt8       = int8
	PreInt16      = int16
	PreInt32      = int32
	PreInt64      = int64
	PreRune       = rune
	PreString     = string
	PreUint       = uint
	PreUint8      = uint8
	PreUint16     = uint16
	PreUint32     = uint32
	PreUint64     = uint64
	PreUintptr    = uintptr
)

// Values are things of a unit by name, see [Unit].
type Values = map[string]any

// Types are a unit's types by name.
type Types = map[string]reflect.Type

// Words are the texts that [Cell.Results] takes.
type Words = []string

// Failed reports whether there is an error.
func Failed(err error) bool { return err != nil }
