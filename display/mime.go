package display

import (
	"encoding/json"
	"fmt"
	"image"
	"os"
	"strings"
)

// The MIME types of what cells show. The names are gophernotes'.
const (
	MIMETypeHTML       = "text/html"
	MIMETypeJavaScript = "application/javascript"
	MIMETypeJPEG       = "image/jpeg"
	MIMETypeJSON       = "application/json"
	MIMETypeLatex      = "text/latex"
	MIMETypeMarkdown   = "text/markdown"
	MIMETypePDF        = "application/pdf"
	MIMETypePNG        = "image/png"
	MIMETypeSVG        = "image/svg+xml"
	MIMETypeText       = "text/plain"
)

// Data and MIMEMap are gophernotes' names for a Bundle and the maps in it.
type (
	Data            = Bundle
	MIMEMap         = map[string]any
	BundledMIMEData = map[string]any
)

// HTML returns a bundle of HTML. As all functions that return a bundle it
// shows nothing itself: a bundle is shown as the last value of a cell, or by
// Display.
func HTML(html string) Bundle { return MakeData(MIMETypeHTML, html) }

// Markdown returns a bundle of Markdown.
func Markdown(markdown string) Bundle { return MakeData(MIMETypeMarkdown, markdown) }

// JavaScript returns a bundle of a script that the page runs.
func JavaScript(javascript string) Bundle { return MakeData(MIMETypeJavaScript, javascript) }

// SVG returns a bundle of an SVG image's source.
func SVG(svg string) Bundle { return MakeData(MIMETypeSVG, svg) }

// Latex returns a bundle of an inline formula; the $ around it may be left out.
func Latex(latex string) Bundle {
	return MakeData3(MIMETypeLatex, latex, "$"+strings.Trim(latex, "$")+"$")
}

// Math returns a bundle of a displayed formula; the $$ around it may be left out.
func Math(latex string) Bundle {
	return MakeData3(MIMETypeLatex, latex, "$$"+strings.Trim(latex, "$")+"$$")
}

// PNG returns a bundle of an encoded PNG image.
func PNG(png []byte) Bundle { return MakeData(MIMETypePNG, png) }

// JPEG returns a bundle of an encoded JPEG image.
func JPEG(jpeg []byte) Bundle { return MakeData(MIMETypeJPEG, jpeg) }

// PDF returns a bundle of a PDF document.
func PDF(pdf []byte) Bundle { return MakeData(MIMETypePDF, pdf) }

// JSON returns a bundle of v as JSON, which front ends show as a tree. What
// encoding/json cannot write is shown as text, with the reason.
func JSON(v any) Bundle {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return Text(text(v, textLimit) + "\n(no JSON: " + err.Error() + ")")
	}
	return MakeData3(MIMETypeJSON, cutText(string(raw), textLimit), json.RawMessage(raw))
}

// Image returns a bundle of img as PNG.
func Image(img image.Image) Bundle { return Of(img, "image.Image") }

// MIME returns a bundle with the given content and metadata, both by MIME type.
func MIME(data, metadata MIMEMap) Bundle { return Bundle{Data: data, Metadata: metadata} }

// MakeData returns a bundle of one MIME type, with a text beside it.
func MakeData(mimeType string, data any) Bundle {
	plain := ""
	switch d := data.(type) {
	case string:
		plain = d
	case []byte:
		plain = fmt.Sprintf("%s, %s", mimeType, count(len(d), "byte"))
	default:
		plain = text(data, textLimit)
	}
	return MakeData3(mimeType, plain, data)
}

// MakeData3 returns a bundle of one MIME type with the text beside it.
func MakeData3(mimeType, plaintext string, data any) Bundle {
	b := Text(plaintext)
	b.Data[mimeType] = data
	return b
}

// Bytes and String are MakeData for one kind of content.
func Bytes(mimeType string, data []byte) Bundle { return MakeData(mimeType, data) }

// String is MakeData for text.
func String(mimeType, s string) Bundle { return MakeData(mimeType, s) }

// File returns a bundle of a file's content. With an empty mimeType the type
// is taken from the content. As gophernotes' it panics when the file cannot be
// read, which a cell shows as its error.
func File(mimeType, path string) Bundle {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(fmt.Errorf("display.File: %w", err))
	}
	return Any(mimeType, content)
}

// Any returns v as a bundle: strings and bytes under mimeType (for bytes an
// empty one is detected from the content), anything else as Of does.
func Any(mimeType string, v any) Bundle {
	switch v := v.(type) {
	case string:
		if mimeType == "" {
			mimeType = MIMETypeText
		}
		return MakeData(mimeType, v)
	case []byte:
		if mimeType == "" {
			mimeType = sniff(v)
		}
		if strings.HasPrefix(mimeType, "text/") || mimeType == MIMETypeSVG {
			return MakeData(mimeType, string(v))
		}
		return MakeData(mimeType, v)
	}
	return Of(v, "")
}

// Auto is Any with the MIME type taken from the value.
func Auto(v any) Bundle { return Any("", v) }
