// Package straight evaluates straight-line statements, as wire.Code has them:
// assignments, calls, prints, expressions. They need no compiler of their own,
// as yaegi is one, to be over in a few microseconds; what has loops or function
// literals, where a step's cost counts, is yaegi's.
//
// Values are reflect's, so their types are those of compiled code; what
// reflect would panic at is looked at before, and panics as Go does.
package straight

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// A World is where code finds what it names.
type World interface {
	// Type builds a type.
	Type(wire.Type) (reflect.Type, error)
	// Std returns a function of a package, or a variable of it.
	Std(path, name string) (reflect.Value, bool)
	// Unit returns a function of a loaded unit.
	Unit(path, name string) (reflect.Value, bool)
	// Helper returns a function that was made for the statements.
	Helper(name string) (reflect.Value, bool)
}

// A Program is code that is ready to run.
type Program struct {
	block  statement
	locals int
}

// Compile reads code. vars are the variables it numbers: pointers to them. What
// it names is looked up, so that a program that has begun to run finds
// everything. The cost is about a microsecond for ten operations.
func Compile(code []byte, types []wire.Type, vars []reflect.Value, w World) (p *Program, err error) {
	c := compiler{CodeReader: wire.CodeReader{Bytes: code}, world: w, vars: vars}
	defer func() {
		switch v := recover().(type) {
		case nil:
		case failed:
			err = v.error
		case error:
			if !errors.Is(v, wire.ErrCode) {
				panic(v)
			}
			err = v
		default:
			panic(v)
		}
	}()
	for _, t := range types {
		c.types = append(c.types, c.typeOf(t))
	}
	block := c.block()
	if len(c.Bytes) > 0 {
		panic(wire.ErrCode)
	}
	return &Program{block, c.locals}, nil
}

// Run runs a program as the cell's statements; line tells where it is.
func (p *Program) Run(c *rt.Cell, line *int) {
	p.block(&frame{cell: c, line: line, locals: make([]reflect.Value, p.locals)})
}

// A frame is what a run needs.
type frame struct {
	cell   *rt.Cell
	line   *int
	locals []reflect.Value // addressable
}

type (
	statement func(*frame)
	// A value is of its expression's type; it is a copy that nothing changes.
	value  func(*frame) reflect.Value
	values func(*frame) []reflect.Value
	// A place is addressable.
	place func(*frame) reflect.Value
	// A setter assigns.
	setter func(*frame, reflect.Value)
)

type compiler struct {
	wire.CodeReader
	world  World
	types  []reflect.Type
	vars   []reflect.Value
	locals int
}

type failed struct{ error }

func fail(format string, args ...any) { panic(failed{fmt.Errorf(format, args...)}) }

func (c *compiler) typeOf(t wire.Type) reflect.Type {
	r, err := c.world.Type(t)
	if err != nil {
		fail("%w", err)
	}
	return r
}

var basicTypes = func() (ts [len(wire.BasicTypes)]reflect.Type) {
	for i, t := range []reflect.Type{
		reflect.TypeFor[bool](), reflect.TypeFor[string](),
		reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
		reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](), reflect.TypeFor[uintptr](),
		reflect.TypeFor[float32](), reflect.TypeFor[float64](), reflect.TypeFor[error](), reflect.TypeFor[any](),
	} {
		ts[i] = t
	}
	return ts
}()

// typ reads a TypeRef.
func (c *compiler) typ() reflect.Type {
	n := c.Number()
	switch {
	case n < 0 || n >= len(basicTypes)+len(c.types):
		panic(wire.ErrCode)
	case n < len(basicTypes):
		return basicTypes[n]
	}
	return c.types[n-len(basicTypes)]
}

// list reads a count and so many of something.
func list[T any](c *compiler, one func() T) []T {
	all := make([]T, c.Count())
	for i := range all {
		all[i] = one()
	}
	return all
}

func (c *compiler) block() statement {
	all := list(c, c.statement)
	if len(all) == 1 {
		return all[0]
	}
	return func(f *frame) {
		for _, s := range all {
			s(f)
		}
	}
}

func (c *compiler) statement() statement {
	switch op := c.Op(); op {
	case wire.CodeAt:
		at := c.Number()
		return func(f *frame) {
			halt()
			*f.line = at
		}
	case wire.CodeDo:
		all := c.values()
		return func(f *frame) { all(f) }
	case wire.CodeSet:
		v := c.value()
		set := c.setter()
		return func(f *frame) { set(f, v(f)) }
	case wire.CodeSetAll:
		from := list(c, c.value)
		return setAll(func(f *frame) []reflect.Value { return evaluate(f, from) }, list(c, c.setter))
	case wire.CodeSetTuple:
		from := c.values()
		return setAll(from, list(c, c.setter))
	case wire.CodeUpdate:
		return c.update(c.Op())
	case wire.CodeIf:
		cond, then, otherwise := c.value(), c.block(), c.block()
		return func(f *frame) {
			if cond(f).Bool() {
				then(f)
			} else {
				otherwise(f)
			}
		}
	case wire.CodeLocal:
		n, t := c.Number(), c.typ()
		c.locals = max(c.locals, n+1)
		return func(f *frame) { f.locals[n] = reflect.New(t).Elem() }
	default:
		return c.told(op)
	}
}

// told compiles a statement that tells the session something.
func (c *compiler) told(op byte) statement {
	switch op {
	case wire.CodeResult:
		v, static := c.value(), c.Text()
		return func(f *frame) { f.cell.Result(v(f).Interface(), static) }
	case wire.CodeResultError:
		v := c.value()
		return func(f *frame) { tellError(f, v(f)) }
	case wire.CodeResults:
		return c.results()
	case wire.CodeDeclared:
		n := c.Number()
		return func(f *frame) { f.cell.Declared = n }
	}
	panic(wire.ErrCode)
}

func (c *compiler) results() statement {
	all, static, isError := c.values(), list(c, c.Text), c.Op() == 1
	return func(f *frame) {
		vs := all(f)
		if n := len(vs) - 1; isError {
			tellError(f, vs[n])
			vs = vs[:n]
		}
		if len(vs) == 1 {
			f.cell.Result(vs[0].Interface(), static[0])
			return
		}
		shown := make([]any, len(vs))
		for i, v := range vs {
			shown[i] = v.Interface()
		}
		f.cell.Results(static[:len(vs)], shown...)
	}
}

func tellError(f *frame, v reflect.Value) {
	err, _ := v.Interface().(error)
	f.cell.ResultErr(err)
}

// halt is the stop check of generated code.
func halt() {
	if rt.Stopping.Load() != 0 {
		rt.Halt()
	}
}

// late is the check behind what may have waited.
func late() {
	if rt.Stopping.Load() != 0 || rt.Late.Load() != 0 {
		rt.Halt()
	}
}

func evaluate(f *frame, from []value) []reflect.Value {
	vs := make([]reflect.Value, len(from))
	for i, v := range from {
		vs[i] = v(f)
	}
	return vs
}

func setAll(from values, to []setter) statement {
	return func(f *frame) {
		vs := from(f)
		for i, set := range to {
			set(f, vs[i])
		}
	}
}
