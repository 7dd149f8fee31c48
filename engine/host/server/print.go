package server

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/engine/wire"
)

// makePrint makes func(T1, T2, …) of the builtin print, or of println where the
// kind is that.
func makePrint(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	line := h.Kind == "println"
	return reflect.MakeFunc(reflect.FuncOf(ts, nil, false), func(in []reflect.Value) []reflect.Value {
		var b []byte
		for i, v := range in {
			if line && i > 0 {
				b = append(b, ' ')
			}
			b = appendPrinted(b, v)
		}
		if line {
			b = append(b, '\n')
		}
		rt.Builtin(b)
		return nil
	}), nil
}

// appendPrinted writes a value as the runtime prints it.
func appendPrinted(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		return append(b, strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits())...)
	case reflect.String:
		return append(b, v.String()...)
	case reflect.Slice:
		return fmt.Appendf(b, "[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	}
	return fmt.Appendf(b, "%#x", v.Pointer())
}
