// Package forge makes Go types while the program runs: named ones, with
// methods, of any kind, and interface types. To reflect, fmt, encoders, type
// switches and comparisons they are types like those a compiler made: distinct
// by name, with their unexported fields, methods reached through interfaces. It
// serves where no compiler is at hand and a notebook declares a type.
//
// A type is made in two steps, because types mention each other: [New] gives
// it an identity, which pointers, slices and functions of it may use at once;
// [Type.Define] gives it its layout and methods. Values may exist only then.
// Types live as long as the process.
package forge

import (
	"errors"
	"fmt"
	"go/token"
	"hash/fnv"
	"reflect"
	"sort"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// Ready tells whether types can be made here: why not, else nil.
var Ready = sync.OnceValue(func() error {
	if !Supported {
		return errors.New("types can't be made on this architecture")
	}
	return check()
})

// maxMethods bounds the methods of one type and its pointer type.
const maxMethods = 256

// A Type is a type being made.
type Type struct {
	name string
	desc *full // of the type
	ptr  *full // of the pointer to it
	// shape is a type without a name of the same layout, nil before Define.
	shape reflect.Type
}

// full is a descriptor with room for every kind, its name's part (behind the
// head), a function's parameters (behind that), and its methods. What it points
// to is kept alive by keep and by reflect, which never frees a type.
type full struct {
	words   [maxHead/8 + 2 + maxParams]uintptr
	methods [maxMethods]abiMethod
}

const (
	maxHead   = 112 // a map's
	maxParams = 64
)

// A Method is a method of a type.
type Method struct {
	Name string       // exported
	Type reflect.Type // without the receiver
	// Pointer says that the receiver is a pointer.
	Pointer bool
	// Call gets the receiver (as Pointer says) in front of the arguments.
	Call func(args []reflect.Value) []reflect.Value
}

var made atomic.Uint64

// New gives a type its identity. kind is that of its layout, which Define
// gives; name is as %T prints it: "main.Point".
func New(name string, kind reflect.Kind) (*Type, error) {
	if err := Ready(); err != nil {
		return nil, err
	}
	t := &Type{name: name, desc: new(full), ptr: new(full)}
	h := fnv.New32a()
	fmt.Fprint(h, name, made.Add(1))
	d := t.descriptor()
	d.kind, d.hash, d.tflag = uint8(kind), h.Sum32(), flagNamed|flagUncommon
	d.str = nameOff(name, true)
	p := (*abiPtr)(t.ptr.pointer())
	p.abiType = *descriptor(reflect.TypeFor[*struct{ A int }]())
	p.hash, p.tflag, p.str = h.Sum32()*16777619, p.tflag&(flagRegular|flagDirectIface)|flagUncommon, nameOff("*"+name, false)
	p.elem, p.ptrToThis = d, 0
	d.ptrToThis = addReflectOff(unsafe.Pointer(p))
	return t, nil
}

func (f *full) pointer() unsafe.Pointer { return unsafe.Pointer(&f.words) }

func (t *Type) descriptor() *abiType { return (*abiType)(t.desc.pointer()) }

// Type returns the type.
func (t *Type) Type() reflect.Type { return asType(t.descriptor()) }

// Shape returns a type without a name that has the layout of the defined type.
func (t *Type) Shape() reflect.Type { return t.shape }

// Define gives the type the layout of shape. Of a struct, fields are its
// fields (Name, Tag, Anonymous and Type, each of the layout of the shape's);
// else underlying, or shape when it is nil, is the type without a name that the
// type has the structure of. Types that are defined later may be mentioned in
// both.
func (t *Type) Define(shape reflect.Type, fields []reflect.StructField, underlying reflect.Type) error {
	d := t.descriptor()
	if reflect.Kind(d.kind) != shape.Kind() {
		return fmt.Errorf("type %s: a %v, not a %v", t.name, shape.Kind(), reflect.Kind(d.kind))
	}
	from := shape
	if underlying != nil {
		from = underlying
	}
	old := *d
	n := headSize(shape.Kind())
	copy(unsafe.Slice((*byte)(unsafe.Pointer(d)), n), unsafe.Slice((*byte)(unsafe.Pointer(descriptor(from))), n))
	// What was copied as bytes is kept alive by the types themselves, which
	// reflect never frees.
	d.hash, d.str, d.ptrToThis = old.hash, old.str, old.ptrToThis
	d.tflag = d.tflag&^(flagExtraStar) | flagNamed | flagUncommon
	switch shape.Kind() {
	case reflect.Struct:
		s := (*abiStruct)(unsafe.Pointer(d))
		s.fields = append([]abiField(nil), s.fields...)
		for i, f := range fields {
			s.fields[i].typ = descriptor(f.Type)
			s.fields[i].name = name(f.Name, string(f.Tag), token.IsExported(f.Name), f.Anonymous)
		}
		keep(s.fields, fields)
	case reflect.Func:
		if err := t.params(from); err != nil {
			return err
		}
	}
	set(t.desc, shape.Kind(), nil)
	set(t.ptr, reflect.Pointer, nil)
	t.shape = shape
	keep(shape, from, t)
	return nil
}

// params copies a function type's parameters and results behind the name's
// part.
func (t *Type) params(from reflect.Type) error {
	n := from.NumIn() + from.NumOut()
	if n > maxParams {
		return fmt.Errorf("type %s: more than %d parameters", t.name, maxParams)
	}
	list := unsafe.Slice((**abiType)(unsafe.Add(t.desc.pointer(), headSize(reflect.Func)+unsafe.Sizeof(abiUncommon{}))), n)
	for i := range list {
		if i < from.NumIn() {
			list[i] = descriptor(from.In(i))
		} else {
			list[i] = descriptor(from.Out(i - from.NumIn()))
		}
	}
	return nil
}

// DefineInterface gives an interface type its methods, of which Name and Type
// count.
func (t *Type) DefineInterface(methods []Method) error {
	if len(methods) == 0 {
		return t.Define(reflect.TypeFor[any](), nil, nil)
	}
	if err := t.Define(reflect.TypeFor[error](), nil, nil); err != nil {
		return err
	}
	d := (*abiInterface)(t.desc.pointer())
	d.methods, d.pkgPath = nil, nil
	sort.Slice(methods, func(i, j int) bool { return methods[i].Name < methods[j].Name })
	for _, m := range methods {
		d.methods = append(d.methods, abiImethod{nameOff(m.Name, true), addReflectOff(unsafe.Pointer(descriptor(m.Type)))})
	}
	keep(d.methods, methods)
	return nil
}

var kept struct {
	sync.Mutex
	all []any
}

// keep keeps what descriptors point to without the collector's knowledge.
func keep(vs ...any) {
	kept.Lock()
	kept.all = append(kept.all, vs...)
	kept.Unlock()
}

// Methods gives the type and its pointer type their methods, once.
func (t *Type) Methods(methods []Method) error {
	sort.Slice(methods, func(i, j int) bool { return methods[i].Name < methods[j].Name })
	if len(methods) > maxMethods {
		return fmt.Errorf("type %s: more than %d methods", t.name, maxMethods)
	}
	var own, all []abiMethod
	for _, m := range methods {
		byPointer, byValue, err := t.code(m)
		if err != nil {
			return err
		}
		a := abiMethod{name: nameOff(m.Name, true), mtyp: addReflectOff(unsafe.Pointer(descriptor(m.Type)))}
		keep(m.Type)
		a.ifn, a.tfn = byPointer, byPointer
		all = append(all, a)
		if !m.Pointer {
			a.ifn, a.tfn = byPointer, byValue
			if t.descriptor().tflag&flagDirectIface != 0 {
				a.ifn = byValue
			}
			own = append(own, a)
		}
	}
	set(t.desc, reflect.Kind(t.descriptor().kind), own)
	set(t.ptr, reflect.Pointer, all)
	return nil
}

// set writes the methods behind a descriptor's head.
func set(f *full, k reflect.Kind, methods []abiMethod) {
	at := headSize(k)
	u := (*abiUncommon)(unsafe.Add(f.pointer(), at))
	u.pkgPath = nameOff("main", false)
	u.mcount, u.xcount = uint16(len(methods)), uint16(len(methods))
	u.moff = uint32(unsafe.Offsetof(f.methods) - at) // from u on
	copy(f.methods[:], methods)
}

var nextStub struct {
	sync.Mutex
	n int
}

// code makes the code of a method: as it is called with a pointer to the
// receiver, and (of a value method) with the receiver itself.
func (t *Type) code(m Method) (byPointer, byValue int32, err error) {
	ptr := asType((*abiType)(t.ptr.pointer()))
	byPointer, err = stub(m, ptr, func(args []reflect.Value) []reflect.Value {
		if !m.Pointer {
			if args[0].IsNil() {
				panic(nilReceiver{t.name, m.Name})
			}
			args[0] = args[0].Elem()
		}
		return m.Call(args)
	})
	if err != nil || m.Pointer {
		return byPointer, 0, err
	}
	byValue, err = stub(m, t.Type(), m.Call)
	return byPointer, byValue, err
}

// stub takes a stub and lets it call do.
func stub(m Method, recv reflect.Type, do func(args []reflect.Value) []reflect.Value) (off int32, err error) {
	in := []reflect.Type{recv}
	for i := range m.Type.NumIn() {
		in = append(in, m.Type.In(i))
	}
	var out []reflect.Type
	for i := range m.Type.NumOut() {
		out = append(out, m.Type.Out(i))
	}
	f := reflect.MakeFunc(reflect.FuncOf(in, out, m.Type.IsVariadic()), do)
	nextStub.Lock()
	defer nextStub.Unlock()
	if nextStub.n == numStubs {
		return 0, fmt.Errorf("more than %d methods were declared: restart the kernel", numStubs)
	}
	i := nextStub.n
	nextStub.n++
	fn := f.Interface()
	keep(fn)
	setStub(i, (*[2]unsafe.Pointer)(unsafe.Pointer(&fn))[1])
	return addReflectOff(stubCode(i)), nil
}

// nilReceiver is the panic of a value method called through a nil pointer.
type nilReceiver struct{ typ, method string }

func (nilReceiver) RuntimeError() {}

func (e nilReceiver) Error() string {
	short := e.typ
	for i := range e.typ {
		if e.typ[i] == '.' {
			short = e.typ[i+1:]
		}
	}
	return "value method " + e.typ + "." + spelling.Plain(e.method) + " called using nil *" + short + " pointer"
}
