package display

import "testing"

func TestSniff(t *testing.T) {
	for content, want := range map[string]string{
		"\x89PNG\r\n\x1a\nrest":          "image/png",
		"\xff\xd8\xff\xe0":               "image/jpeg",
		"GIF89a...":                      "image/gif",
		"RIFF\x00\x00\x00\x00WEBPVP8 ":   "image/webp",
		"%PDF-1.7":                       "application/pdf",
		"  <!DOCTYPE HTML><p>":           "text/html",
		"<svg xmlns='x'></svg>":          "image/svg+xml",
		"<?xml version='1.0'?>\n<svg />": "image/svg+xml",
		"plain text, ünïcode\n":          "text/plain",
		"":                               "text/plain",
		"\x00\x01\x02":                   "application/octet-stream",
		"\xff\xfe\xfd\xfc\xfb":           "application/octet-stream",
	} {
		if got := sniff([]byte(content)); got != want {
			t.Errorf("sniff(%q) = %s, want %s", content, got, want)
		}
	}
}
