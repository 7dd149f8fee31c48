package server

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
	"sync"
	"unsafe"

	"github.com/goblaze/goblaze/engine/host/forge"
	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/rt/spelling"
	"github.com/goblaze/goblaze/engine/wire"
)

// declared are the types that cells declared where nothing can be compiled:
// made at run time (package forge), with methods that interpreted functions
// run. They are registered as a compiled cell's are, so that whatever is done
// with types of cells is done with these.
type declared struct {
	mu    sync.Mutex
	types map[string]*forge.Type // by path and name; see key
	// code holds what runs each method now: a function with the receiver as
	// first parameter.
	code map[string]reflect.Value
}

var declaredTypes = declared{types: map[string]*forge.Type{}, code: map[string]reflect.Value{}}

func key(parts ...string) string { return fmt.Sprint(parts) }

// declare makes the types that are new.
func declare(ds []wire.Declared, symbols Symbols) error {
	d := &declarer{symbols: symbols, by: map[string]wire.Declared{}, shapes: map[string]reflect.Type{}}
	for _, t := range ds {
		if declaredTypes.get(key(t.Path, t.Name)) == nil {
			d.by[key(t.Path, t.Name)] = t
			d.list = append(d.list, t)
		}
	}
	if len(d.list) == 0 {
		return nil
	}
	return d.run()
}

func (d *declared) get(k string) *forge.Type {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.types[k]
}

func (d *declared) put(t wire.Declared, f *forge.Type) {
	d.mu.Lock()
	d.types[key(t.Path, t.Name)] = f
	d.mu.Unlock()
	u, ok := rt.Lookup(t.Path)
	types := map[string]reflect.Type{t.Name: f.Type()}
	if ok {
		for name, other := range u.Types {
			types[name] = other
		}
	}
	rt.Register(t.Path, rt.Unit{Types: types})
}

// A declarer makes types that may mention each other.
type declarer struct {
	symbols Symbols
	list    []wire.Declared
	by      map[string]wire.Declared
	shapes  map[string]reflect.Type
}

func (d *declarer) run() error {
	for _, t := range d.list {
		f, err := forge.New(t.Shown, kindOf(t.Under))
		if err != nil {
			return err
		}
		declaredTypes.put(t, f)
	}
	for _, step := range []func(wire.Declared) error{d.layout, d.mention, d.methods} {
		for _, t := range d.list {
			if err := step(t); err != nil {
				return fmt.Errorf("type %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

var kinds = map[string]reflect.Kind{
	"struct": reflect.Struct, "interface": reflect.Interface, "pointer": reflect.Pointer, "slice": reflect.Slice, "array": reflect.Array,
	"map": reflect.Map, "chan": reflect.Chan, "func": reflect.Func,
}

func kindOf(t wire.Type) reflect.Kind {
	if k, ok := kinds[t.Kind]; ok {
		return k
	}
	if b := basicTypes[t.Name]; b != nil {
		return b.Kind()
	}
	return reflect.Invalid
}

// layout gives a type its layout, after those that it holds by value. Types are
// mentioned only then (see mention), as those of maps need to know how large
// their elements are.
func (d *declarer) layout(t wire.Declared) error {
	k := key(t.Path, t.Name)
	if d.shapes[k] != nil {
		return nil
	}
	shape := reflect.TypeFor[any]()
	if t.Under.Kind != "interface" {
		var err error
		if shape, err = d.shape(t.Under); err != nil {
			return err
		}
	} else if len(t.Methods) > 0 {
		shape = reflect.TypeFor[error]()
	}
	d.shapes[k] = shape
	return declaredTypes.get(k).Define(shape, nil, nil)
}

// mention gives a type the types of its fields and elements.
func (d *declarer) mention(t wire.Declared) error {
	k := key(t.Path, t.Name)
	f := declaredTypes.get(k)
	switch t.Under.Kind {
	case "interface":
		methods, err := d.signatures(t)
		if err != nil {
			return err
		}
		return f.DefineInterface(methods)
	case "struct":
		fields := make([]reflect.StructField, len(t.Under.Fields))
		for i, wf := range t.Under.Fields {
			ft, err := typeOf(wf.Type, d.symbols)
			if err != nil {
				return err
			}
			fields[i] = reflect.StructField{Name: wf.Name, Type: ft, Tag: reflect.StructTag(wf.Tag)}
		}
		for _, i := range t.Embedded {
			fields[i].Anonymous = true
		}
		return f.Define(d.shapes[k], fields, nil)
	}
	under, err := typeOf(t.Under, d.symbols)
	if err != nil {
		return err
	}
	return f.Define(d.shapes[k], nil, under)
}

// nameless are interface types without a name, by their methods.
var nameless struct {
	sync.Mutex
	types map[string]reflect.Type
}

// namelessInterface makes an interface type of methods, once.
func namelessInterface(methods []reflect.StructField) (reflect.Type, error) {
	sort.Slice(methods, func(i, j int) bool { return methods[i].Name < methods[j].Name })
	var name strings.Builder
	name.WriteString("interface {")
	var list []forge.Method
	k := ""
	for i, m := range methods {
		sep := " "
		if i > 0 {
			sep = "; "
		}
		fmt.Fprintf(&name, "%s%s%s", sep, strings.Replace(m.Name, spelling.Method, "main.", 1), strings.TrimPrefix(m.Type.String(), "func"))
		k += fmt.Sprintf("%s %p;", m.Name, m.Type)
		list = append(list, forge.Method{Name: m.Name, Type: m.Type})
	}
	name.WriteString(" }")
	nameless.Lock()
	defer nameless.Unlock()
	if t := nameless.types[k]; t != nil {
		return t, nil
	}
	t, err := forge.New(name.String(), reflect.Interface)
	if err == nil {
		err = t.DefineInterface(list)
	}
	if err != nil {
		return nil, err
	}
	if nameless.types == nil {
		nameless.types = map[string]reflect.Type{}
	}
	nameless.types[k] = t.Type()
	return t.Type(), nil
}

// shape gives a type of the same layout that mentions no type being made.
func (d *declarer) shape(t wire.Type) (reflect.Type, error) {
	switch t.Kind {
	case "unit":
		if of, ok := d.by[key(t.Path, t.Name)]; ok {
			if err := d.layout(of); err != nil {
				return nil, err
			}
		}
		return typeOf(t, d.symbols)
	case "pointer":
		return reflect.TypeFor[*int](), nil
	case "slice":
		return reflect.TypeFor[[]int](), nil
	case "chan":
		return reflect.TypeFor[chan int](), nil
	case "func":
		return reflect.TypeFor[func()](), nil
	case "std":
		if t.Elem != nil { // an iterator
			return reflect.TypeFor[func()](), nil
		}
		return typeOf(t, d.symbols)
	case "map":
		return reflect.TypeFor[map[int]int](), nil
	case "interface":
		return reflect.TypeFor[error](), nil
	case "array":
		elem, err := d.shape(*t.Elem)
		if err != nil {
			return nil, err
		}
		return reflect.ArrayOf(int(t.Len), elem), nil
	case "struct":
		fields := make([]reflect.StructField, len(t.Fields))
		for i, f := range t.Fields {
			ft, err := d.shape(f.Type)
			if err != nil {
				return nil, err
			}
			fields[i] = reflect.StructField{Name: f.Name, Type: ft, PkgPath: fieldPackage(f.Name)}
		}
		return reflect.StructOf(fields), nil
	}
	return typeOf(t, d.symbols)
}

func (d *declarer) signatures(t wire.Declared) ([]forge.Method, error) {
	methods := make([]forge.Method, len(t.Methods))
	for i, m := range t.Methods {
		mt, err := typeOf(m.Type, d.symbols)
		if err != nil {
			return nil, err
		}
		methods[i] = forge.Method{Name: m.Name, Type: mt, Pointer: m.Pointer}
	}
	return methods, nil
}

func (d *declarer) methods(t wire.Declared) error {
	if t.Under.Kind == "interface" {
		return nil
	}
	methods, err := d.signatures(t)
	if err != nil {
		return err
	}
	for i, m := range t.Methods {
		if len(m.Through) > 0 {
			methods[i].Call = promoted(m)
			continue
		}
		k := key(t.Path, t.Name, m.Name)
		methods[i].Call = func(args []reflect.Value) []reflect.Value { return declaredTypes.call(k, args) }
	}
	return declaredTypes.get(key(t.Path, t.Name)).Methods(methods)
}

// call runs a method by the function that runs it now; a variadic method's
// takes a slice.
func (d *declared) call(k string, args []reflect.Value) []reflect.Value {
	d.mu.Lock()
	f := d.code[k]
	d.mu.Unlock()
	return f.Call(args)
}

// promoted calls the method of an embedded field.
func promoted(m wire.DeclaredMethod) func(args []reflect.Value) []reflect.Value {
	return func(args []reflect.Value) []reflect.Value {
		v := args[0]
		if v.Kind() != reflect.Pointer {
			p := reflect.New(v.Type())
			p.Elem().Set(v)
			v = p
		}
		v = v.Elem()
		for _, i := range m.Through {
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			f := v.Field(i)
			v = reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
		}
		f := v.MethodByName(m.Name)
		if !f.IsValid() {
			f = v.Addr().MethodByName(m.Name)
		}
		if m.Type.Variadic {
			return f.CallSlice(args[1:])
		}
		return f.Call(args[1:])
	}
}

// bind lets methods run the functions that the generation has.
func (g *generation) bind(p wire.Statements) error {
	if p.MethodText != "" && !g.imports[p.MethodText] {
		if err := g.declare(p.MethodText); err != nil {
			return err
		}
		g.imports[p.MethodText] = true
	}
	for _, m := range p.Methods {
		k := key(m.Path, m.Type, m.Method)
		if g.bound[k] == m.Func {
			continue
		}
		v, err := g.function(m.Func)
		if err != nil {
			return err
		}
		declaredTypes.mu.Lock()
		declaredTypes.code[k] = v
		declaredTypes.mu.Unlock()
		g.bound[k] = m.Func
	}
	return nil
}
