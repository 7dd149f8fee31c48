package notebook

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

var (
	ansiSequence = regexp.MustCompile(`\x1b\[([0-9;]*)([A-Za-z])`)
	ansiOther    = regexp.MustCompile(`\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])`)
)

// StripANSI removes terminal escape sequences.
func StripANSI(s string) string {
	if !strings.Contains(s, "\x1b") {
		return s
	}
	return ansiSequence.ReplaceAllString(ansiOther.ReplaceAllString(s, ""), "")
}

// ansiHTML escapes text for HTML and turns terminal colours into spans of the
// classes a1 (bold), a30…a37 and a90…a97 (colours), b40…b47 (grounds).
func ansiHTML(s string) string {
	s = ansiOther.ReplaceAllString(s, "")
	var b strings.Builder
	style := ansiStyle{}
	at := 0
	write := func(text string) {
		if class := style.class(); class != "" && text != "" {
			fmt.Fprintf(&b, `<span class="%s">%s</span>`, class, html.EscapeString(text))
			return
		}
		b.WriteString(html.EscapeString(text))
	}
	for _, m := range ansiSequence.FindAllStringSubmatchIndex(s, -1) {
		write(s[at:m[0]])
		if s[m[4]:m[5]] == "m" {
			style.apply(s[m[2]:m[3]])
		}
		at = m[1]
	}
	write(s[at:])
	return b.String()
}

// An ansiStyle is the state of SGR sequences, 0 for the default.
type ansiStyle struct {
	bold               bool
	colour, background int
}

func (a ansiStyle) class() string {
	var classes []string
	if a.bold {
		classes = append(classes, "a1")
	}
	if a.colour != 0 {
		classes = append(classes, "a"+strconv.Itoa(a.colour))
	}
	if a.background != 0 {
		classes = append(classes, "b"+strconv.Itoa(a.background))
	}
	return strings.Join(classes, " ")
}

func (a *ansiStyle) apply(codes string) {
	list := strings.Split(codes, ";")
	for i := 0; i < len(list); i++ {
		n, err := strconv.Atoi(list[i])
		if err != nil {
			n = 0
		}
		switch {
		case n == 0:
			*a = ansiStyle{}
		case n == 1:
			a.bold = true
		case n == 22:
			a.bold = false
		case n >= 30 && n <= 37 || n >= 90 && n <= 97:
			a.colour = n
		case n == 39:
			a.colour = 0
		case n >= 40 && n <= 47:
			a.background = n
		case n == 49:
			a.background = 0
		case n == 38 || n == 48: // 256 or true colours: left at the default
			if i+1 < len(list) && list[i+1] == "5" {
				i += 2
			} else {
				i += 4
			}
		}
	}
}
