package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"text/template"
)

type line struct {
	Name  string
	Price float64
	Qty   int
}

func (l line) Total() float64 { return l.Price * float64(l.Qty) }

type invoice struct {
	ID    int
	Lines []line
	meta  string
}

func (i *invoice) Sum() (s float64) {
	for _, l := range i.Lines {
		s += l.Total()
	}
	return
}

var tpl = template.Must(template.New("inv").Funcs(template.FuncMap{"up": strings.ToUpper, "add": func(a, b int) int { return a + b }}).Parse(
	`Invoice {{.ID}}
{{range $i, $l := .Lines}}{{add $i 1}}. {{$l.Name | up | printf "%-6s"}} {{printf "%.2f" $l.Total}}
{{else}}none
{{end}}Sum {{.Sum}}{{if gt .Sum 10.0}} big{{end}}
`))

func main() {
	inv := &invoice{ID: 7, Lines: []line{{"pen", 1.5, 2}, {"book", 10, 1}}}
	if err := tpl.Execute(os.Stdout, inv); err != nil {
		fmt.Println(err)
	}
	tpl.Execute(os.Stdout, &invoice{})
	err := template.Must(template.New("x").Parse("{{.meta}}")).Execute(os.Stdout, inv)
	fmt.Println(err != nil)
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tcc")
	tw.Flush()
}
