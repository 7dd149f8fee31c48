package loops

import (
	"go/ast"
	"go/token"
)

// indexOf classifies an index expression.
func (w *walker) indexOf(e ast.Expr) index {
	e = unparen(e)
	if c, ok := constInt(w.info, e); ok {
		return index{kind: indexConst, off: c}
	}
	switch e := e.(type) {
	case *ast.Ident:
		o := w.info.ObjectOf(e)
		if o == nil {
			return index{}
		}
		if w.mutated[o] { // by a loop's head alone?
			ix, _ := w.innerIndex(o)
			return ix
		}
		if ix, ok := w.index[o]; ok {
			return ix
		}
		if rhs := w.alias[o]; rhs != nil {
			return w.indexOf(rhs)
		}
		if ix, ok := w.innerIndex(o); ok {
			return ix
		}
		return w.fixedIndex(e)
	case *ast.BinaryExpr:
		if ix, ok := w.formOf(e); ok {
			if x := w.indexOf(e.X); x.kind != indexParam { // i+1 is a parameter's own
				return ix
			}
			if _, isConst := constInt(w.info, e.Y); !isConst || e.Op == token.MUL {
				return ix
			}
		}
		for _, recognise := range []func(*ast.BinaryExpr) (index, bool){w.blockOf, w.columnOf, w.fromOwn} {
			if ix, ok := recognise(e); ok {
				return ix
			}
		}
		if e.Op != token.ADD && e.Op != token.SUB {
			return index{}
		}
		x, y := w.indexOf(e.X), w.indexOf(e.Y)
		if y.kind != indexConst && (x.kind != indexConst || e.Op == token.SUB) {
			if ix, ok := w.lineOf(e, x, y); ok {
				return ix
			}
		}
		if e.Op == token.ADD && x.kind == indexConst {
			x, y = y, x
		}
		if y.kind != indexConst || x.kind == indexAny || x.kind == indexConst || x.kind == indexBlock || x.kind == indexForm || !wideInt(w.info.TypeOf(e)) {
			return index{}
		}
		if e.Op == token.SUB {
			y.off = -y.off
		}
		x.off += y.off
		return x
	case *ast.CallExpr: // a conversion that loses nothing
		if tv := w.info.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 && keepsInts(w.info.TypeOf(e.Args[0]), tv.Type) {
			return w.indexOf(e.Args[0])
		}
		if ix, ok := w.formOf(e); ok {
			return ix
		}
		if ix, ok := w.calledIndex(e); ok {
			return ix
		}
	}
	return index{}
}
