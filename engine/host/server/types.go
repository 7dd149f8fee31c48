package server

import (
	"fmt"
	"go/token"
	"path"
	"reflect"
	"strings"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

var basicTypes = map[string]reflect.Type{
	"bool": reflect.TypeFor[bool](), "string": reflect.TypeFor[string](),
	"int": reflect.TypeFor[int](), "int8": reflect.TypeFor[int8](), "int16": reflect.TypeFor[int16](), "int32": reflect.TypeFor[int32](), "int64": reflect.TypeFor[int64](),
	"uint": reflect.TypeFor[uint](), "uint8": reflect.TypeFor[uint8](), "uint16": reflect.TypeFor[uint16](), "uint32": reflect.TypeFor[uint32](), "uint64": reflect.TypeFor[uint64](),
	"uintptr": reflect.TypeFor[uintptr](), "float32": reflect.TypeFor[float32](), "float64": reflect.TypeFor[float64](),
	"complex64": reflect.TypeFor[complex64](), "complex128": reflect.TypeFor[complex128](),
	"error": reflect.TypeFor[error](), "any": reflect.TypeFor[any](),
	wire.FrameType: reflect.TypeFor[*rt.Frame](),
}

// typeOf builds the type that a description stands for.
func typeOf(t wire.Type, symbols Symbols) (reflect.Type, error) {
	switch t.Kind {
	case "basic":
		if b := basicTypes[t.Name]; b != nil {
			return b, nil
		}
	case "std":
		if v, ok := packageOf(symbols, t.Path)[t.Name]; ok && v.Kind() == reflect.Pointer {
			return v.Type().Elem(), nil
		}
		if st, ok := stdInstanceTypes[t.Path+"."+t.Name]; ok {
			return st, nil
		}
		if t.Elem != nil {
			return iteratorType(t, symbols)
		}
	case "unit":
		if u, ok := rt.Lookup(t.Path); ok && u.Types[t.Name] != nil {
			return u.Types[t.Name], nil
		}
	default:
		return unnamed(t, symbols)
	}
	return nil, fmt.Errorf("no type %s %s", t.Kind, strings.TrimPrefix(t.Path+"."+t.Name, "."))
}

// unnamed builds a type that has no name of its own.
func unnamed(t wire.Type, symbols Symbols) (reflect.Type, error) {
	var err error
	of := func(d *wire.Type) (r reflect.Type) {
		if d == nil || err != nil {
			return nil
		}
		r, err = typeOf(*d, symbols)
		return r
	}
	all := func(ds []wire.Type) (rs []reflect.Type) {
		for i := range ds {
			rs = append(rs, of(&ds[i]))
		}
		return rs
	}
	key, elem, in, out := of(t.Key), of(t.Elem), all(t.In), all(t.Out)
	var fields []reflect.StructField
	for _, f := range t.Fields {
		fields = append(fields, reflect.StructField{Name: f.Name, Type: of(&f.Type), Tag: reflect.StructTag(f.Tag), PkgPath: fieldPackage(f.Name)})
	}
	if err != nil {
		return nil, err
	}
	switch t.Kind {
	case "pointer":
		return reflect.PointerTo(elem), nil
	case "slice":
		return reflect.SliceOf(elem), nil
	case "array":
		return reflect.ArrayOf(int(t.Len), elem), nil
	case "map":
		return reflect.MapOf(key, elem), nil
	case "chan":
		return reflect.ChanOf([]reflect.ChanDir{reflect.BothDir, reflect.SendDir, reflect.RecvDir}[t.Len], elem), nil
	case "interface":
		return namelessInterface(fields)
	case "func":
		return reflect.FuncOf(in, out, t.Variadic), nil
	case "struct":
		return reflect.StructOf(fields), nil
	}
	return nil, fmt.Errorf("no type of kind %q", t.Kind)
}

// fieldPackage is the package of a field that is not exported: as the user
// sees it, that of every cell.
func fieldPackage(name string) string {
	if token.IsExported(name) {
		return ""
	}
	return "main"
}

// packageOf returns the symbols of an import path; their key ends in the
// package's name, which is the path's last element but for a version.
func packageOf(symbols Symbols, importPath string) map[string]reflect.Value {
	if m, ok := symbols[importPath+"/"+path.Base(importPath)]; ok {
		return m
	}
	return symbols[importPath+"/"+path.Base(path.Dir(importPath))]
}
