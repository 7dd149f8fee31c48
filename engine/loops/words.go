package loops

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// text is the source of a node, on one line.
func (a *analysis) text(n ast.Node) string {
	f := a.in.Fset.File(n.Pos())
	if f == nil {
		return ""
	}
	lo, hi := f.Offset(n.Pos()), f.Offset(n.End())
	if lo < 0 || hi > len(a.in.Src) || lo > hi {
		return ""
	}
	return strings.Join(strings.Fields(string(a.in.Src[lo:hi])), " ")
}

// source is the source of a node as it stands.
func (a *analysis) source(n ast.Node) string {
	f := a.in.Fset.File(n.Pos())
	return string(a.in.Src[f.Offset(n.Pos()):f.Offset(n.End())])
}

func (a *analysis) position(pos token.Pos) (cell string, line, col int) {
	if a.in.Position != nil {
		return a.in.Position(pos)
	}
	p := a.in.Fset.Position(pos)
	return p.Filename, p.Line, p.Column
}

func (a *analysis) refuse(pos token.Pos, name, reason, instead string) *Refusal {
	cell, line, col := a.position(pos)
	return &Refusal{Cell: cell, Line: line, Col: col, Var: name, Reason: reason, Instead: instead}
}

// name of a place as a person would write it.
func (l *loc) name() string {
	s := ""
	if l.root.v != nil {
		s = l.root.v.Name()
	}
	if strings.HasPrefix(s, "gbz_") {
		s = "the items"
	}
	for _, st := range l.steps {
		switch st.kind {
		case stepField:
			s += "." + st.field
		case stepArray, stepSlice, stepMap:
			s += "[" + st.index.name() + "]"
		case stepDeep:
			return s
		}
	}
	return s
}

func (ix index) name() string {
	switch ix.kind {
	case indexOwn:
		if ix.n > 0 {
			break
		}
		return "i" + offset(ix.off)
	case indexConst:
		return strconv.FormatInt(ix.off, 10)
	}
	return "…"
}

func offset(n int64) string {
	if n == 0 {
		return ""
	}
	s := "+"
	if n < 0 {
		s, n = "-", -n
	}
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return s + digits
}

// chain tells through which functions an effect comes about.
func chain(e effect) string {
	if len(e.via) == 0 {
		return ""
	}
	return strings.Join(slices.Compact(slices.Clone(e.via)), " → ")
}
