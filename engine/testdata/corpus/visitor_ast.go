package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

type node interface{ accept(v visitor) string }

type visitor interface {
	visitNum(numLit) string
	visitBin(*binOp) string
}

type numLit struct{ v int }
type binOp struct {
	op   rune
	l, r node
}

func (n numLit) accept(v visitor) string { return v.visitNum(n) }
func (b *binOp) accept(v visitor) string { return v.visitBin(b) }

type printer struct{ depth int }

func (p *printer) visitNum(n numLit) string { return fmt.Sprint(n.v) }
func (p *printer) visitBin(b *binOp) string {
	p.depth++
	return "(" + b.l.accept(p) + string(b.op) + b.r.accept(p) + ")"
}

type rpn struct{}

func (rpn) visitNum(n numLit) string { return fmt.Sprint(n.v) }
func (r rpn) visitBin(b *binOp) string {
	return strings.Join([]string{b.l.accept(r), b.r.accept(r), string(b.op)}, " ")
}

type funcNames struct{ names []string }

func (f *funcNames) Visit(n ast.Node) ast.Visitor {
	if d, ok := n.(*ast.FuncDecl); ok {
		f.names = append(f.names, d.Name.Name)
	}
	return f
}

func main() {
	var tree node = &binOp{'+', numLit{1}, &binOp{'*', numLit{2}, numLit{3}}}
	p := &printer{}
	fmt.Println(tree.accept(p), p.depth, tree.accept(rpn{}))
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "x.go", "package p\nfunc a() {}\nfunc (T) b() {}\ntype T int", 0)
	if err != nil {
		fmt.Println(err)
	}
	var fn funcNames
	ast.Walk(&fn, f)
	fmt.Println(fn.names)
	_, err = parser.ParseExpr("1 +")
	fmt.Println(err)
	if b, ok := tree.(*binOp); ok {
		b.l = b.r
		b.r.(*binOp).op = '-'
		fmt.Println(tree.accept(&printer{}))
	}
}
