package loops

import (
	"go/ast"
	"go/types"
	"strings"
)

// A loop over the rows or columns of an image sets pixels of its own: img.Set(x,
// y, c) with the loop's own index as y or x. The pixels of a row are a place of
// the image, as its fields are.

// pictures are the types of package image whose pixels have bytes of their own.
var pictures = setOfWords(`image.RGBA image.NRGBA image.RGBA64 image.NRGBA64 image.Alpha image.Alpha16 image.Gray image.Gray16 image.CMYK
	image.Paletted`)

// pixels notes what a method of an image does; false for all others.
func (w *walker) pixels(node ast.Node, fn *types.Func, typ string, recv set, args []set) ([]set, bool) {
	call, ok := node.(*ast.CallExpr)
	if !ok || !pictures[typ] {
		return nil, false
	}
	name := fn.Name()
	switch {
	case name == "Bounds" || name == "PixOffset" || name == "ColorModel":
		for l := range w.picture(recv) {
			if name != "ColorModel" {
				w.loadField(l, "Rect", call)
			}
			if name == "PixOffset" {
				w.loadField(l, "Stride", call)
			}
		}
	case strings.HasPrefix(name, "Set") && len(call.Args) == 3:
		ix, ok := w.pixelIndex(call)
		if !ok {
			return nil, false
		}
		for l := range w.picture(recv) {
			w.emit(effect{kind: effWrite, l: w.a.locs.extend(l, step{kind: stepArray, index: ix}, types.Typ[types.Uint8]), node: call})
		}
		w.readAll(args[2], node, nil)
	case strings.HasSuffix(name, "At") && len(call.Args) == 2:
		ix, ok := w.pixelIndex(call)
		if !ok || ix.kind != indexRow {
			return nil, false
		}
		for l := range w.picture(recv) {
			w.emit(effect{kind: effRead, l: w.a.locs.extend(l, step{kind: stepArray, index: ix}, types.Typ[types.Uint8]), node: call})
		}
	default:
		return nil, false
	}
	out := make([]set, fn.Signature().Results().Len())
	for i := range out {
		out[i] = set{}
		if hasRefs(fn.Signature().Results().At(i).Type()) {
			out[i][w.a.locs.addrOf(w.a.locs.site(node))] = struct{}{}
		}
	}
	return out, true
}

// picture gives the shared images behind pointers.
func (w *walker) picture(recv set) set {
	out := set{}
	for v := range recv {
		if !v.isSite() {
			out[w.followOne(v, stepDeref, index{})] = struct{}{}
		}
	}
	return out
}

func (w *walker) loadField(l *loc, name string, node ast.Node) {
	if f := fieldOf(l.typ, name); f != nil {
		w.emit(effect{kind: effRead, l: w.a.locs.extend(l, step{kind: stepField, field: name}, f.Type()), node: node})
	}
}

// pixelIndex tells which of a pixel's coordinates is the loop's own index: its
// row's, or else its column's.
func (w *walker) pixelIndex(call *ast.CallExpr) (index, bool) {
	if w.of != nil || w.a.noBlocks {
		return index{}, false
	}
	if y := w.indexOf(call.Args[1]); bare(y) {
		return index{kind: indexRow, off: y.off}, true
	}
	if x := w.indexOf(call.Args[0]); bare(x) {
		return index{kind: indexColumn, off: x.off}, true
	}
	return index{}, false
}
