package display

import (
	"bytes"
	"unicode/utf8"
)

// signatures are the first bytes of the binary types that front ends show.
var signatures = []struct{ prefix, mime string }{
	{"\x89PNG\r\n\x1a\n", MIMETypePNG},
	{"\xff\xd8\xff", MIMETypeJPEG},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"BM", "image/bmp"},
	{"%PDF-", MIMETypePDF},
	{"OggS\x00", "application/ogg"},
	{"ID3", "audio/mpeg"},
	{"\x1a\x45\xdf\xa3", "video/webm"},
	{"PK\x03\x04", "application/zip"},
	{"\x1f\x8b", "application/gzip"},
}

// sniff tells the MIME type of content from its first bytes, as browsers do.
// (net/http has the same; importing it here would make every compiled cell
// link it: 8.4 MB a plugin instead of 4.3.)
func sniff(b []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.prefix)) {
			return s.mime
		}
	}
	if len(b) > 12 && string(b[:4]) == "RIFF" {
		switch string(b[8:12]) {
		case "WEBP":
			return "image/webp"
		case "WAVE":
			return "audio/wave"
		}
	}
	if len(b) > 12 && string(b[4:8]) == "ftyp" {
		return "video/mp4"
	}
	head := bytes.ToLower(bytes.TrimLeft(b[:min(len(b), 512)], " \t\r\n\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")), bytes.HasPrefix(head, []byte("<div")), bytes.HasPrefix(head, []byte("<table")):
		return MIMETypeHTML
	case bytes.HasPrefix(head, []byte("<svg")), bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<svg")):
		return MIMETypeSVG
	case isText(b[:min(len(b), 512)]):
		return MIMETypeText
	}
	return "application/octet-stream"
}

// isText reports whether bytes hold no control characters that text has not.
// A rune cut at the end does not count.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 && len(b) >= utf8.UTFMax || r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\x1b' {
			return false
		}
		b = b[n:]
	}
	return true
}
