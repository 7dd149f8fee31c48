package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

type shade struct {
	c color.RGBA
	n int
}
type palette map[string]color.Color

func main() {
	im := image.NewRGBA(image.Rect(0, 0, 4, 2))
	im.Set(1, 1, color.RGBA{255, 0, 0, 255})
	im.Set(2, 0, color.Gray{128})
	r, g, b, a := im.At(1, 1).RGBA()
	fmt.Println(r>>8, g, b, a>>8, im.Bounds().Dx(), im.RGBAAt(2, 0))
	p := palette{"red": color.RGBA{255, 0, 0, 255}}
	fmt.Println(p["red"] == color.Color(im.RGBAAt(1, 1)), shade{im.RGBAAt(1, 1), 2})
	sub := im.SubImage(image.Rect(1, 0, 3, 2)).(*image.RGBA)
	var buf bytes.Buffer
	fmt.Println(png.Encode(&buf, sub), buf.Len() > 50)
	back, err := png.Decode(&buf)
	fmt.Println(back.Bounds(), err, image.Pt(1, 2).In(im.Bounds()), image.Pt(1, 1).Add(image.Pt(2, 2)))
}
