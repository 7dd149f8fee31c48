package display

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

// pixelsLimit bounds what is encoded: image.Uniform, say, has 4e18 pixels.
const pixelsLimit = 40_000_000

// imageBundle returns an image as PNG with its size in the metadata.
func imageBundle(v any, static string) (b Bundle, ok bool) {
	img, ok := v.(image.Image)
	if !ok {
		return Bundle{}, false
	}
	defer func() {
		if r := recover(); r != nil {
			b = Text(text(v, besideLimit) + fmt.Sprintf("\n%%!v(PANIC=image method: %v)", r))
			if isNilPointer(v) {
				b = Text("<nil>")
			}
		}
	}()
	if static == "" || static == "image.Image" {
		static = fmt.Sprintf("%T", v)
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	label := fmt.Sprintf("image of %d×%d pixels (%s)", w, h, static)
	if w <= 0 || h <= 0 || w > pixelsLimit/h {
		return Text(label + ": not shown, an image of 1 to " + count(pixelsLimit, "pixel") + " would be"), true
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return Text(label + ": " + err.Error()), true
	}
	b = MakeData3(MIMETypePNG, label, buf.Bytes())
	b.Metadata = map[string]any{MIMETypePNG: map[string]any{"width": w, "height": h}}
	return b, true
}
