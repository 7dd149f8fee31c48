package charts

import (
	"maps"
	"strings"

	"github.com/goblaze/goblaze/display"
)

// Page makes the outputs of a notebook the parts of one self-contained page:
// it returns the bundles, in their order, without the library that some of
// them may carry, and head, an element for the page that carries it once; head
// is empty when no output holds a chart. The bundles may come from a notebook
// file, where text is a list of lines. The given bundles are not changed.
func Page(bundles []display.Bundle) (head string, out []display.Bundle) {
	out = make([]display.Bundle, len(bundles))
	for i, b := range bundles {
		out[i] = b
		text, ok := joinedText(b.Data[display.MIMETypeHTML])
		if !ok || !strings.Contains(text, `class="goblaze-chart"`) {
			continue
		}
		head = libraryElement()
		out[i].Data = maps.Clone(b.Data)
		out[i].Data[display.MIMETypeHTML] = WithoutLibrary(text)
	}
	return head, out
}

// PageHead is the element that Page returns for a page with charts.
func PageHead() string { return libraryElement() }

// WithoutLibrary returns HTML without the library it may carry.
func WithoutLibrary(html string) string {
	for {
		before, rest, found := strings.Cut(html, libraryOpen)
		if !found {
			return html
		}
		_, after, closed := strings.Cut(rest, libraryClose)
		if !closed {
			return html
		}
		html = before + after
	}
}

// joinedText reads text as notebooks hold it: a string or a list of lines.
func joinedText(v any) (string, bool) {
	switch t := v.(type) {
	case string:
		return t, true
	case []string:
		return strings.Join(t, ""), true
	case []any:
		var b strings.Builder
		for _, line := range t {
			s, ok := line.(string)
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	return "", false
}
