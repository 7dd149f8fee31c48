package check

import (
	"go/types"
	"strconv"
	"strings"
)

// InstanceKey names an instance of a generic type or function of a cell, alike
// in all cells: home tells where an object was compiled. It fails for type
// arguments that only their own function can name.
func InstanceKey(home func(types.Object) (string, bool), obj types.Object, args *types.TypeList) (key string, ok bool) {
	k := keys{home: home, ok: true}
	k.instance(obj, args)
	return k.b.String(), k.ok
}

// keys writes types with the paths of the units that declare them.
type keys struct {
	home func(types.Object) (string, bool)
	b    strings.Builder
	ok   bool
}

func (k *keys) instance(obj types.Object, args *types.TypeList) {
	k.object(obj)
	k.b.WriteByte('[')
	for i := range args.Len() {
		if i > 0 {
			k.b.WriteByte(',')
		}
		k.of(args.At(i))
	}
	k.b.WriteByte(']')
}

func (k *keys) object(obj types.Object) {
	if obj.Pkg() == nil {
		k.b.WriteString(obj.Name())
		return
	}
	path := obj.Pkg().Path()
	if path == "main" {
		var ok bool
		if path, ok = k.home(obj); !ok {
			k.ok = false
		}
	}
	k.b.WriteString(path + "." + obj.Name())
}

func (k *keys) of(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		k.b.WriteString(types.Typ[t.Kind()].Name())
	case *types.Named:
		if t.TypeArgs().Len() > 0 {
			k.instance(t.Obj(), t.TypeArgs())
			return
		}
		k.object(t.Obj())
	case *types.Pointer:
		k.b.WriteByte('*')
		k.of(t.Elem())
	case *types.Slice:
		k.b.WriteString("[]")
		k.of(t.Elem())
	case *types.Array:
		k.b.WriteString("[" + strconv.FormatInt(t.Len(), 10) + "]")
		k.of(t.Elem())
	case *types.Map:
		k.b.WriteString("map[")
		k.of(t.Key())
		k.b.WriteByte(']')
		k.of(t.Elem())
	case *types.Interface:
		k.ok = k.ok && t.Empty()
		k.b.WriteString("any")
	default:
		k.ok = false
	}
}
