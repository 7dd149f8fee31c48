package kernel

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
)

// The logo is a flame in Go's blue, drawn on a 64×64 canvas from closed paths
// of cubic Bézier curves. SVG and PNG come from the same paths.
type logoPath struct {
	fill   color.RGBA
	start  point
	curves [][3]point
}

type point struct{ x, y float64 }

var logo = []logoPath{
	{color.RGBA{0x00, 0x7d, 0x9c, 0xff}, point{35, 2}, [][3]point{
		{{36, 14}, {56, 22}, {56, 40}}, {{56, 54}, {46, 62}, {32, 62}}, {{18, 62}, {8, 54}, {8, 40}},
		{{8, 30}, {14, 25}, {16, 15}}, {{21, 18}, {24, 22}, {25, 27}}, {{31, 21}, {35, 12}, {35, 2}},
	}},
	{color.RGBA{0x00, 0xad, 0xd8, 0xff}, point{36, 14}, [][3]point{
		{{38, 22}, {51, 29}, {51, 42}}, {{51, 53}, {43, 58}, {32, 58}}, {{21, 58}, {13, 52}, {13, 41}},
		{{13, 34}, {17, 30}, {18.5, 24}}, {{22, 27}, {23.5, 31}, {24, 35}}, {{31, 30}, {36, 23}, {36, 14}},
	}},
	{color.RGBA{0xfd, 0xdd, 0x00, 0xff}, point{34, 30}, [][3]point{
		{{35, 36}, {44, 40}, {44, 47}}, {{44, 54}, {38, 58}, {32, 58}}, {{25, 58}, {20, 54}, {20, 48}},
		{{20, 44}, {22, 42}, {23, 38}}, {{26, 40}, {26.5, 42}, {27, 44}}, {{31, 41}, {34, 36}, {34, 30}},
	}},
}

// logoFiles returns the kernelspec's logos by file name.
func logoFiles() map[string][]byte {
	return map[string][]byte{
		"logo-32x32.png": logoPNG(32), "logo-64x64.png": logoPNG(64), "logo-svg.svg": logoSVG(),
	}
}

func logoSVG() []byte {
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>GoBlaze</title>`)
	for _, p := range logo {
		var d strings.Builder
		fmt.Fprintf(&d, "M%g %g", p.start.x, p.start.y)
		for _, c := range p.curves {
			fmt.Fprintf(&d, "C%g %g %g %g %g %g", c[0].x, c[0].y, c[1].x, c[1].y, c[2].x, c[2].y)
		}
		fmt.Fprintf(&b, `<path fill="#%02x%02x%02x" d="%sZ"/>`, p.fill.R, p.fill.G, p.fill.B, d.String())
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// logoPNG draws the logo size pixels wide, with samples² samples a pixel.
func logoPNG(size int) []byte {
	const samples = 8
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	polygons := make([][]point, len(logo))
	for i, p := range logo {
		polygons[i] = p.flatten()
	}
	scale := 64 / float64(size*samples)
	for y := range size {
		for x := range size {
			var r, g, b, n float64
			for s := range samples * samples {
				at := point{(float64(x*samples+s%samples) + .5) * scale, (float64(y*samples+s/samples) + .5) * scale}
				for i := len(polygons) - 1; i >= 0; i-- {
					if inside(polygons[i], at) {
						c := logo[i].fill
						r, g, b, n = r+float64(c.R), g+float64(c.G), b+float64(c.B), n+1
						break
					}
				}
			}
			if n > 0 {
				alpha := math.Round(255 * n / (samples * samples))
				img.SetNRGBA(x, y, color.NRGBA{uint8(r / n), uint8(g / n), uint8(b / n), uint8(alpha)})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err) // only an image without area fails
	}
	return out.Bytes()
}

// flatten approximates the path by a polygon.
func (p logoPath) flatten() []point {
	const steps = 16
	polygon := []point{p.start}
	from := p.start
	for _, c := range p.curves {
		for i := 1; i <= steps; i++ {
			t := float64(i) / steps
			u := 1 - t
			polygon = append(polygon, point{
				u*u*u*from.x + 3*u*u*t*c[0].x + 3*u*t*t*c[1].x + t*t*t*c[2].x,
				u*u*u*from.y + 3*u*u*t*c[0].y + 3*u*t*t*c[1].y + t*t*t*c[2].y,
			})
		}
		from = c[2]
	}
	return polygon
}

// inside is the even-odd rule.
func inside(polygon []point, at point) bool {
	in := false
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		if (a.y > at.y) != (b.y > at.y) && at.x < (b.x-a.x)*(at.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}
