package wire

import (
	"encoding/binary"
	"errors"
	"math"
)

// Code is statements without loops and function literals, as a tree in prefix
// form, for the engine's own evaluator: package straight. Numbers are varints,
// texts have their length before them. The engine needs 1 µs to read what yaegi
// would need 50 to compile.
//
// A block is the count of its statements and these; a type is a TypeRef.

// Statements.
const (
	CodeAt          = iota + 1 // place: the next statement stands there
	CodeDo                     // expression: of any number of values, which nobody wants
	CodeSet                    // expression, target
	CodeSetAll                 // n, n expressions, n targets: all values, then all assignments
	CodeSetTuple               // tuple, n, n targets with the types that the values become
	CodeUpdate                 // operator, target, expression
	CodeIf                     // expression, block, block
	CodeLocal                  // number of the local variable, type: a new one, zero
	CodeResult                 // expression, type as the user writes it
	CodeResultError            // expression
	CodeResults                // tuple, n, n types as the user writes them, 1 when the last is an error to be told
	CodeDeclared               // how many variables of the cell are declared now
)

// Targets: places in memory, and what else is assigned to.
const (
	CodeDiscard    = iota + 32 // _
	CodeVariable               // number: New, then Vars
	CodeLocalVar               // number
	CodeFieldAt                // target, path: number of steps, fields; pointers on it are followed
	CodeFieldVia               // expression (a pointer), path
	CodeElementOf              // target (an array), index
	CodeElement                // expression (a slice, a pointer to an array), index
	CodeMapElement             // expression, key
	CodePointee                // expression
)

// Expressions.
const (
	CodeBool       = iota + 64 // type, 0 or 1
	CodeInt                    // type, signed
	CodeUint                   // type, unsigned
	CodeFloat                  // type, eight bytes
	CodeString                 // type, text
	CodeZero                   // type
	CodeLoad                   // target
	CodeAddress                // target
	CodeNewOf                  // expression: a pointer to a variable with that value
	CodeField                  // expression, path
	CodeIndex                  // expression (a string, an array), index
	CodeLookup                 // map, key
	CodeLookupOK               // map, key: a tuple
	CodeSlice                  // 1 for a low, 2 for a high, 4 for a max; expression, indices
	CodeBinary                 // operator, order, expression, expression
	CodeEqual                  // order, expression, expression
	CodeIsNil                  // expression
	CodeAnd                    // expression, expression
	CodeOr                     // expression, expression
	CodeNot                    // expression
	CodeNegate                 // expression
	CodeComplement             // expression
	CodeConvert                // type, expression
	CodeCall                   // function, 1 when the last argument is spread, n, n expressions: a tuple
	CodeSpread                 // function, tuple: a call with the tuple's values
	CodeStd                    // path, name: a function or variable of a package
	CodeUnit                   // path, name: a function of a unit
	CodeHelper                 // name: what the engine makes, of Statements.Helpers
	CodeMethod                 // type of the receiver, name, expression
	CodeSliceOf                // type, length, n, n indices and expressions
	CodeArrayOf                // type, n, n indices and expressions
	CodeMapOf                  // type, n, n keys and expressions
	CodeStructOf               // type, n, n fields and expressions
	CodeLen                    // expression
	CodeCap                    // expression
	CodeAppend                 // order, slice, n, n expressions
	CodeAppendAll              // slice, slice or string
	CodeCopy                   // slice, slice or string
	CodeDelete                 // map, key
	CodeClear                  // map or slice
	CodeMin                    // n, n expressions
	CodeMax                    // n, n expressions
	CodeNew                    // type
	CodeMakeSlice              // type, 1 or 2, length, capacity
	CodeMakeMap                // type, size
	CodePanic                  // expression
)

// Orders of evaluation of two operands.
const (
	CodeInOrder   = iota
	CodeFirstLast // the first one is read when the calls of the second are made
)

// Operators of CodeBinary and CodeUpdate.
const (
	CodeAdd = iota + 1
	CodeSub
	CodeMul
	CodeQuo
	CodeRem
	CodeAndBits
	CodeOrBits
	CodeXor
	CodeAndNot
	CodeShl
	CodeShr
	CodeLess
	CodeLessEqual
	CodeGreater
	CodeGreaterEqual
)

// BasicTypes are the types whose TypeRef is their index here; others are those
// of Statements.CodeTypes, behind them.
var BasicTypes = [...]string{
	"bool", "string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
	"float32", "float64", "error", "any",
}

// A CodeWriter writes Code.
type CodeWriter struct{ Bytes []byte }

// Op writes an operation, and numbers behind it.
func (w *CodeWriter) Op(op byte, numbers ...int) {
	w.Bytes = append(w.Bytes, op)
	for _, n := range numbers {
		w.Int(int64(n))
	}
}

// Int writes a signed number.
func (w *CodeWriter) Int(n int64) { w.Bytes = binary.AppendVarint(w.Bytes, n) }

// Uint writes a number without sign.
func (w *CodeWriter) Uint(n uint64) { w.Bytes = binary.AppendUvarint(w.Bytes, n) }

// Float writes a floating-point number.
func (w *CodeWriter) Float(f float64) {
	w.Bytes = binary.LittleEndian.AppendUint64(w.Bytes, math.Float64bits(f))
}

// Text writes a text.
func (w *CodeWriter) Text(s string) {
	w.Int(int64(len(s)))
	w.Bytes = append(w.Bytes, s...)
}

// A CodeReader reads Code. Its methods panic with ErrCode where there is none.
type CodeReader struct{ Bytes []byte }

// ErrCode is what reading code panics with that no CodeWriter wrote.
var ErrCode = errors.New("malformed code")

// Op reads an operation.
func (r *CodeReader) Op() byte {
	if len(r.Bytes) == 0 {
		panic(ErrCode)
	}
	op := r.Bytes[0]
	r.Bytes = r.Bytes[1:]
	return op
}

// Int reads a signed number.
func (r *CodeReader) Int() int64 {
	n, size := binary.Varint(r.Bytes)
	return read(r, n, size)
}

// Number reads a signed number as an int.
func (r *CodeReader) Number() int { return int(r.Int()) }

// Count reads how many of something follow, each of at least a byte.
func (r *CodeReader) Count() int {
	n := r.Int()
	if n < 0 || n > int64(len(r.Bytes)) {
		panic(ErrCode)
	}
	return int(n)
}

// Uint reads a number without sign.
func (r *CodeReader) Uint() uint64 {
	n, size := binary.Uvarint(r.Bytes)
	return read(r, n, size)
}

func read[T any](r *CodeReader, v T, size int) T {
	if size <= 0 {
		panic(ErrCode)
	}
	r.Bytes = r.Bytes[size:]
	return v
}

// Float reads a floating-point number.
func (r *CodeReader) Float() float64 {
	if len(r.Bytes) < 8 {
		panic(ErrCode)
	}
	bits := binary.LittleEndian.Uint64(r.Bytes)
	r.Bytes = r.Bytes[8:]
	return math.Float64frombits(bits)
}

// Text reads a text.
func (r *CodeReader) Text() string {
	n := r.Count()
	s := string(r.Bytes[:n])
	r.Bytes = r.Bytes[n:]
	return s
}
