package interp

import (
	"go/types"
	"strconv"

	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// typeText spells a type.
func (l *lowerer) typeText(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicName(t)
	case *types.Named:
		if t.TypeArgs().Len() > 0 {
			return l.typeSymbol(t)
		}
		return l.namedText(t.Obj())
	case *types.Signature, *types.Struct, *types.Chan:
		return l.typeSymbol(t)
	case *types.Pointer:
		return "*" + l.typeText(t.Elem())
	case *types.Slice:
		return "[]" + l.typeText(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + l.typeText(t.Elem())
	case *types.Map:
		return "map[" + l.typeText(t.Key()) + "]" + l.typeText(t.Elem())
	case *types.Interface:
		if t.Empty() {
			return "interface{}"
		}
		return l.typeSymbol(t)
	}
	return l.fail("the type %s", t)
}

// basicName is the name of a basic type: uint8 for byte.
func basicName(t *types.Basic) string {
	return types.Typ[types.Default(t).(*types.Basic).Kind()].Name()
}

func (l *lowerer) namedText(o *types.TypeName) string {
	switch {
	case o.Pkg() == nil:
		return o.Name()
	case o.Pkg().Path() == "main":
		return l.home(o) + ".T_" + o.Name()
	}
	return l.std(o.Pkg().Path()) + "." + o.Name()
}

// home returns the name of the unit that declares obj.
func (l *lowerer) home(obj types.Object) string {
	path, ok := l.opt.World.Home(obj)
	if !ok {
		l.fail("%s, which is not compiled", obj.Name())
	}
	if path == plan.DisplayPath {
		l.fail("the name %s of package display", obj.Name())
	}
	l.units[path] = true
	return wire.UnitAlias(path)
}

func (l *lowerer) std(path string) string {
	l.imports[path] = true
	return wire.ImportAlias(path)
}

// wireType describes a type to the engine, which builds it.
func (l *lowerer) wireType(t types.Type) wire.Type {
	elem := func(t types.Type) *wire.Type { e := l.wireType(t); return &e }
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return wire.Type{Kind: "basic", Name: basicName(t)}
	case *types.Named:
		o := t.Obj()
		if t.TypeArgs().Len() > 0 {
			return l.wireInstance(t)
		}
		switch {
		case o.Pkg() == nil:
			return wire.Type{Kind: "basic", Name: o.Name()}
		case o.Pkg().Path() == "main":
			l.home(o)
			path, _ := l.opt.World.Home(o)
			return wire.Type{Kind: "unit", Path: path, Name: o.Name()}
		}
		return wire.Type{Kind: "std", Path: o.Pkg().Path(), Name: o.Name()}
	case *types.Pointer:
		return wire.Type{Kind: "pointer", Elem: elem(t.Elem())}
	case *types.Slice:
		return wire.Type{Kind: "slice", Elem: elem(t.Elem())}
	case *types.Array:
		return wire.Type{Kind: "array", Len: t.Len(), Elem: elem(t.Elem())}
	case *types.Map:
		return wire.Type{Kind: "map", Key: elem(t.Key()), Elem: elem(t.Elem())}
	case *types.Interface:
		if t.Empty() {
			return wire.Type{Kind: "basic", Name: "any"}
		}
		return l.wireInterface(t)
	case *types.Chan:
		return wire.Type{Kind: "chan", Len: int64(t.Dir()), Elem: elem(t.Elem())}
	case *types.Signature:
		return wire.Type{Kind: "func", In: l.wireTypes(t.Params()), Out: l.wireTypes(t.Results()), Variadic: t.Variadic()}
	case *types.Struct:
		return l.wireStruct(t)
	}
	l.fail("a variable of type %s", t)
	return wire.Type{}
}

// wireInterface describes an interface type without a name by its methods.
func (l *lowerer) wireInterface(t *types.Interface) wire.Type {
	w := wire.Type{Kind: "interface"}
	for _, m := range l.interfaceMethods(t) {
		w.Fields = append(w.Fields, wire.Field{Name: m.Name, Type: m.Type})
	}
	return w
}

func (l *lowerer) wireTypes(list *types.Tuple) []wire.Type {
	ts := make([]wire.Type, list.Len())
	for i := range ts {
		ts[i] = l.wireType(list.At(i).Type())
	}
	return ts
}

func (l *lowerer) wireStruct(t *types.Struct) wire.Type {
	w := wire.Type{Kind: "struct", Fields: make([]wire.Field, t.NumFields())}
	for i := range w.Fields {
		w.Fields[i] = wire.Field{Name: t.Field(i).Name(), Type: l.wireType(t.Field(i).Type()), Tag: t.Tag(i)}
	}
	return w
}

// wireInstance describes an instance of a generic type.
func (l *lowerer) wireInstance(t *types.Named) wire.Type {
	if o := t.Obj(); o.Pkg().Path() != "main" { // an iterator
		args := make([]types.Type, t.TypeArgs().Len())
		for i := range args {
			args[i] = t.TypeArgs().At(i)
		}
		under := l.wireType(t.Underlying())
		return wire.Type{Kind: "std", Path: o.Pkg().Path(), Name: ShownInstance(o.Name(), args), Elem: &under}
	}
	path, key := l.compiled(t.Obj(), t.TypeArgs())
	return wire.Type{Kind: "unit", Path: path, Name: key}
}
