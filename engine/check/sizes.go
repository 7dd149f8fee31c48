package check

import (
	"bytes"
	"go/ast"
	"go/types"
	"runtime"
)

// maxChanElem is how large an element of a channel may not be.
const maxChanElem = 1 << 16

// largeChans returns errors for the channels whose elements are too large: the
// compiler refuses them, and does not say where they are.
func (u *Unit) largeChans() (errs ErrorList) {
	if !bytes.Contains(u.Src, []byte("chan")) {
		return nil
	}
	sizes := types.SizesFor("gc", runtime.GOARCH)
	ast.Inspect(u.File, func(n ast.Node) bool {
		ct, ok := n.(*ast.ChanType)
		if !ok || sizes == nil {
			return true
		}
		t := u.Info.TypeOf(ct.Value)
		if t != nil && t != types.Typ[types.Invalid] && !dependent(t, 0) && sizes.Sizeof(t) >= maxChanElem {
			errs = append(errs, u.errorAt(ct.Pos(), "channel element type too large (>64kB)", "send pointers: chan *T"))
		}
		return true
	})
	return errs
}

// dependent reports whether the size of a type is that of type parameters.
func dependent(t types.Type, depth int) bool {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok || depth > 20 {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Array:
		return dependent(t.Elem(), depth+1)
	case *types.Struct:
		for f := range t.Fields() {
			if dependent(f.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}
