package vectorizer

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// maxItemText is the length in runes past which an item's text is cut, and
// maxElements and maxDepth bound what is looked at of slices to make it.
const (
	maxItemText = 60
	maxElements = 16
	maxDepth    = 3
)

// textOf describes a value: strings quoted, all else as %v, cut when long. A
// slice of a million elements costs no more than one of sixteen.
func textOf(v any) string {
	if s, ok := v.(string); ok {
		return strconv.Quote(cut(s, maxItemText))
	}
	return cut(brief(v, 0), maxItemText)
}

// brief is fmt.Sprint that looks at the first elements of slices only.
func brief(v any, depth int) string {
	switch v.(type) {
	case fmt.Formatter, fmt.Stringer, error, nil:
		return fmt.Sprint(v)
	}
	r := reflect.ValueOf(v)
	if k := r.Kind(); k != reflect.Slice && k != reflect.Array {
		return fmt.Sprint(v)
	}
	if depth == maxDepth {
		return "[…]"
	}
	var b strings.Builder
	for i := range min(r.Len(), maxElements) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(brief(r.Index(i).Interface(), depth+1))
	}
	if r.Len() > maxElements {
		b.WriteString(" …")
	}
	return "[" + b.String() + "]"
}

// cut shortens s to n runes and an ellipsis.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}
