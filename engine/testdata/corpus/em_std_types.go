package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"
)

type page struct {
	strings.Builder
	links int
}

func (p *page) link(s string) { p.links++; fmt.Fprintf(p, "<%s>", s) }

type stamp struct{ time.Time }
type errs struct {
	error
	code int
}
type deadline struct{ time.Duration }
type counts map[string]int
type stats struct {
	counts
	*bytes.Buffer
}

func main() {
	var p page
	p.link("a")
	p.WriteString("mid")
	p.link("b")
	fmt.Println(p.String(), p.Len(), p.links)
	s := stamp{time.Date(2020, 2, 3, 4, 5, 6, 0, time.UTC)}
	fmt.Println(s.Year(), s.Format("Jan 2"), s.AddDate(0, 1, 0).Month())
	e := errs{errors.New("inner"), 4}
	fmt.Println(e, e.Error(), e.error, e.code)
	st := stats{counts{"x": 1}, new(bytes.Buffer)}
	st.counts["y"] = 2
	st.WriteString("buf")
	fmt.Println(len(st.counts), st.String(), deadline{90 * time.Second}.Minutes())
}
