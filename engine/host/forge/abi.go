package forge

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"unsafe"
)

// What follows has the layout of the runtime's type descriptors (Go 1.26,
// internal/abi). check compares it with descriptors that the compiler made.

type abiType struct {
	size       uintptr
	ptrBytes   uintptr
	hash       uint32
	tflag      uint8
	align      uint8
	fieldAlign uint8
	kind       uint8
	equal      func(unsafe.Pointer, unsafe.Pointer) bool
	gcData     *byte
	str        int32
	ptrToThis  int32
}

const (
	flagUncommon    = 1 << 0
	flagExtraStar   = 1 << 1
	flagNamed       = 1 << 2
	flagRegular     = 1 << 3
	flagDirectIface = 1 << 5
)

type abiUncommon struct {
	pkgPath int32
	mcount  uint16
	xcount  uint16
	moff    uint32
	_       uint32
}

type abiMethod struct{ name, mtyp, ifn, tfn int32 }

type abiImethod struct{ name, typ int32 }

type abiInterface struct {
	abiType
	pkgPath *byte
	methods []abiImethod
}

type abiField struct {
	name   *byte
	typ    *abiType
	offset uintptr
}

type abiStruct struct {
	abiType
	pkgPath *byte
	fields  []abiField
}

type abiPtr struct {
	abiType
	elem *abiType
}

// headSize is the size of the descriptor of a kind, behind which the part of
// types with a name or methods follows.
func headSize(k reflect.Kind) uintptr {
	switch k {
	case reflect.Struct, reflect.Interface:
		return 80
	case reflect.Pointer, reflect.Func, reflect.Slice:
		return 56
	case reflect.Array:
		return 72
	case reflect.Chan:
		return 64
	case reflect.Map:
		return 112
	}
	return 48
}

//go:linkname addReflectOff reflect.addReflectOff
func addReflectOff(ptr unsafe.Pointer) int32

func descriptor(t reflect.Type) *abiType {
	return (*abiType)((*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1])
}

// asType gives the type that a descriptor stands for.
func asType(d *abiType) reflect.Type {
	t := reflect.TypeFor[int]()
	(*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1] = unsafe.Pointer(d)
	return t
}

// name encodes a name as descriptors hold it.
func name(s, tag string, exported, embedded bool) *byte {
	var bits byte
	if exported {
		bits |= 1
	}
	if embedded {
		bits |= 1 << 3
	}
	if tag != "" {
		bits |= 1 << 1
	}
	b := binary.AppendUvarint([]byte{bits}, uint64(len(s)))
	b = append(b, s...)
	if tag != "" {
		b = binary.AppendUvarint(b, uint64(len(tag)))
		b = append(b, tag...)
	}
	return &b[0]
}

func nameOff(s string, exported bool) int32 {
	return addReflectOff(unsafe.Pointer(name(s, "", exported, false)))
}

// Types the compiler described, to be compared with.
type (
	probeInt    int
	probeStruct struct {
		A int
		b string
	}
	probeMap   map[string]int
	probeSlice []int
	probeFunc  func()
	probeChan  chan int
	probeArray [3]int
)

func (probeInt) M()       {}
func (probeStruct) M()    {}
func (probeMap) M()       {}
func (probeSlice) M()     {}
func (probeFunc) M()      {}
func (probeChan) M()      {}
func (probeArray) M()     {}
func (p *probeStruct) N() { p.b = "" }

// check finds out whether this Go's descriptors are laid out as above.
func check() error {
	for _, t := range []reflect.Type{
		reflect.TypeFor[probeInt](), reflect.TypeFor[probeStruct](), reflect.TypeFor[probeMap](), reflect.TypeFor[probeSlice](),
		reflect.TypeFor[probeFunc](), reflect.TypeFor[probeChan](), reflect.TypeFor[probeArray](), reflect.TypeFor[*probeStruct](),
	} {
		d := descriptor(t)
		if d.size != t.Size() || reflect.Kind(d.kind) != t.Kind() || int(d.align) != t.Align() || d.tflag&flagUncommon == 0 {
			return fmt.Errorf("the descriptor of %v is laid out otherwise", t)
		}
		u := (*abiUncommon)(unsafe.Add(unsafe.Pointer(d), headSize(t.Kind())))
		if int(u.mcount) != t.NumMethod() || int(u.xcount) != t.NumMethod() || uintptr(u.moff) < unsafe.Sizeof(*u) || u.moff > 1<<10 {
			return fmt.Errorf("the methods of %v are laid out otherwise", t)
		}
	}
	e := (*abiInterface)(unsafe.Pointer(descriptor(reflect.TypeFor[interface{ M() }]())))
	s := (*abiStruct)(unsafe.Pointer(descriptor(reflect.TypeFor[probeStruct]())))
	if len(e.methods) != 1 || len(s.fields) != 2 || s.fields[1].offset != 8 || s.fields[0].typ != descriptor(reflect.TypeFor[int]()) {
		return errors.New("descriptors of structs and interfaces are laid out otherwise")
	}
	return nil
}
