package plan

import (
	"go/ast"
	"go/types"
)

// composite accepts literals of slices, arrays, maps and structs.
func (p *planner) composite(x *ast.CompositeLit) { p.literalOf(x, p.u.Info.TypeOf(x)) }

func (p *planner) literalOf(x *ast.CompositeLit, t types.Type) {
	p.needType(x, t)
	switch u := t.Underlying().(type) {
	case *types.Slice:
		p.elements(x, nil, u.Elem())
	case *types.Array:
		p.elements(x, nil, u.Elem())
	case *types.Map:
		p.elements(x, u.Key(), u.Elem())
	case *types.Struct:
		if _, named := types.Unalias(t).(*types.Named); named {
			for i := range u.NumFields() {
				p.compiledType(x, u.Field(i).Type())
			}
		}
		p.fields(x, u)
	default:
		p.refuse(x, "a literal of %s", t)
	}
}

func (p *planner) elements(x *ast.CompositeLit, key, elem types.Type) {
	for _, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key != nil {
				p.element(kv.Key, key)
				if t := p.u.Info.TypeOf(kv.Key); t != nil {
					p.hashed(kv.Key, t)
				}
			}
			e = kv.Value
		}
		p.element(e, elem)
	}
}

// element accepts an element of a literal, whose type may be left out.
func (p *planner) element(x ast.Expr, t types.Type) {
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		if ptr, ok := under[*types.Pointer](t); ok {
			p.needType(x, t)
			t = ptr.Elem()
		}
		p.literalOf(lit, t)
		return
	}
	p.operand(x, t)
}

func (p *planner) fields(x *ast.CompositeLit, st *types.Struct) {
	for i, e := range x.Elts {
		f := st.Field(i)
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			f, _ = p.u.Info.ObjectOf(kv.Key.(*ast.Ident)).(*types.Var)
			p.namedBy(kv, f)
			e = kv.Value
		} else if f.Name() == "_" {
			p.refuse(x, "a literal with a blank field") // the checker leaves its values unchecked
			return
		}
		p.element(e, f.Type())
	}
}
