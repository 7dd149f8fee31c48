package parallel

import (
	"image"
	"reflect"
	"strconv"
)

// pixelBytes is how many bytes a pixel has, by the name of the image's type.
var pixelBytes = map[string]int{"RGBA": 4, "NRGBA": 4, "RGBA64": 8, "NRGBA64": 8, "Alpha": 1, "Alpha16": 2, "Gray": 1, "Gray16": 2,
	"CMYK": 4, "Paletted": 1}

// pixels books the pixels of an image, v, that belong to the items: a row each,
// or, since columns lie in all rows, all of them at once. Rows that overlap
// belong to all.
func (t *tracer) pixels(v reflect.Value, head string) {
	off, _ := strconv.Atoi(head[1:])
	pix, stride := v.FieldByName("Pix"), int(v.FieldByName("Stride").Int())
	rect := v.FieldByName("Rect").Interface().(image.Rectangle)
	size := rect.Dx() * pixelBytes[v.Type().Name()]
	if pix.Len() == 0 {
		return
	}
	base := pix.Pointer()
	if stride < size {
		t.add(base, uintptr(pix.Len()), 0)
		t.add(base, uintptr(pix.Len()), 1)
		return
	}
	if head[0] == 'x' {
		t.add(base, uintptr(pix.Len()), -1)
		return
	}
	for i := range t.n {
		y := t.own.at(i) + off
		if lo := (y - rect.Min.Y) * stride; y >= rect.Min.Y && y < rect.Max.Y && lo+size <= pix.Len() {
			t.add(base+uintptr(lo), uintptr(size), i)
		}
	}
}
