package charts

import (
	"html"
	"strings"
	"unicode/utf8"
)

// A grid is a small table, written as text and as HTML.
type grid struct {
	head []string
	rows [][]string
}

// text writes the table with columns padded: the first to the left, the others
// to the right.
func (g grid) text() string {
	width := make([]int, len(g.head))
	for _, row := range append([][]string{g.head}, g.rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range append([][]string{g.head}, g.rows...) {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			switch {
			case i == 0:
				line.WriteString(cell + pad)
			default:
				line.WriteString("  " + pad + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

func (g grid) html() string {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums">`)
	row := func(tag string, cells []string) {
		b.WriteString("<tr>")
		for i, cell := range cells {
			align := "right;white-space:nowrap"
			if i == 0 {
				align = "left"
			}
			b.WriteString("<" + tag + ` style="text-align:` + align + `;padding:2px 10px;border-bottom:1px solid rgba(128,128,128,.35)">` +
				html.EscapeString(cell) + "</" + tag + ">")
		}
		b.WriteString("</tr>")
	}
	row("th", g.head)
	for _, cells := range g.rows {
		row("td", cells)
	}
	return b.String() + "</table>"
}
