package compile

import (
	"fmt"
	"go/ast"
	"go/types"
	"hash/fnv"
	"sort"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// A struct type literal with unexported fields is another type in every
// package. So that it is one type in all cells, it is declared in a package of
// its own, named by its content, a shape: a generic alias whose parameters are
// the types of the fields. All cells reach its fields as those of a foreign
// type.

// collectShapes notes the struct type literals of the unit that shapes stand
// for, and that their fields are out of reach here.
func (em *emitter) collectShapes() {
	defined := map[ast.Expr]bool{}
	ast.Inspect(em.u.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if !n.Assign.IsValid() {
				defined[ast.Unparen(n.Type)] = true
			}
		case *ast.StructType:
			t, ok := em.u.Info.TypeOf(n).(*types.Struct)
			if defined[n] || !ok || !em.shaped(t) {
				return true
			}
			em.shapes[n] = t
			for i := range t.NumFields() {
				em.shapeFld[t.Field(i)] = true
			}
		}
		return true
	})
}

// shaped reports whether a shape stands for a struct type literal: it has
// unexported fields, and those embedded are of types that a package of its own
// can name.
func (em *emitter) shaped(t *types.Struct) bool {
	hidden := false
	for i := range t.NumFields() {
		f := t.Field(i)
		if !f.Exported() && f.Pkg() != nil && f.Pkg().Path() == "main" {
			hidden = true
		}
		if f.Embedded() && !em.embeddable(f.Type()) {
			return false
		}
		hidden = hidden || f.Embedded() && em.embedsForeign(f.Type())
	}
	return hidden
}

// embedsForeign reports whether an embedded type is one of an earlier cell,
// which has another name here: the field's would be that.
func (em *emitter) embedsForeign(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	return ok && em.foreign(n.Obj())
}

func (em *emitter) embeddable(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.(type) {
	case *types.Basic:
		return true
	case *types.Alias:
		return t.Obj().Pkg() == nil
	case *types.Named:
		o := t.Obj()
		if t.TypeArgs().Len() > 0 {
			return false
		}
		return o.Pkg() == nil || o.Pkg().Path() != "main" || em.foreign(o)
	}
	return false
}

// shapeType rewrites a struct type literal.
func (em *emitter) shapeType(n *ast.StructType) {
	if t, ok := em.shapes[n]; ok {
		em.e.replace(em.u.Offset(n.Pos()), em.u.Offset(n.End()), typeText{em}.of(t))
	}
}

// shape spells the shape of a struct type literal.
func (em *emitter) shape(t *types.Struct) string {
	var params, fields, args []string
	imports := map[string]string{RuntimePath: "gbz_rt"}
	var names []string
	for i := range t.NumFields() {
		f := t.Field(i)
		text := ""
		if f.Embedded() {
			text = em.embedText(f.Type(), imports, &names)
		} else {
			p := "T" + strconv.Itoa(i)
			params = append(params, p)
			args = append(args, typeText{em}.of(f.Type()))
			text = f.Name() + " " + p
		}
		if tag := t.Tag(i); tag != "" {
			text += " " + strconv.Quote(tag)
		}
		fields = append(fields, text)
	}
	path := em.shapePackage(imports, names, params, fields)
	name := em.importAlias(path) + ".Gbz_S"
	if len(args) == 0 {
		return name
	}
	return name + "[" + strings.Join(args, ", ") + "]"
}

// embedText spells an embedded type in a shape's package.
func (em *emitter) embedText(t types.Type, imports map[string]string, names *[]string) string {
	if p, ok := t.(*types.Pointer); ok {
		return "*" + em.embedText(p.Elem(), imports, names)
	}
	n, ok := t.(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return t.String()
	}
	path, foreign := n.Obj().Pkg().Path(), n.Obj().Pkg().Path() == "main"
	if foreign {
		path, _ = em.opt.World.Home(n.Obj())
	}
	if imports[path] == "" {
		imports[path] = "gbz_" + strconv.Itoa(len(imports))
	}
	if !foreign {
		return imports[path] + "." + n.Obj().Name()
	}
	*names = append(*names, fmt.Sprintf("type %s = %s.%s\n", n.Obj().Name(), imports[path], exported(n.Obj().Name())))
	return n.Obj().Name()
}

// shapePackage adds the shape's package to those the unit needs.
func (em *emitter) shapePackage(imports map[string]string, names, params, fields []string) string {
	var b strings.Builder
	b.WriteString("package main\n")
	var paths []string
	for path := range imports {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		fmt.Fprintf(&b, "import %s %q\n", imports[path], path)
	}
	for _, n := range names {
		b.WriteString(n)
	}
	tparams := ""
	if len(params) > 0 {
		tparams = "[" + strings.Join(params, ", ") + " any]"
	}
	fmt.Fprintf(&b, "type Gbz_S%s = struct{ %s }\n", tparams, strings.Join(fields, "; "))
	fmt.Fprintf(&b, "func main() {}\nfunc init() { gbz_rt.Register(%q, gbz_rt.Unit{}) }\n", pathMark)
	h := fnv.New128a()
	h.Write([]byte(b.String()))
	path := fmt.Sprintf("nb/%x", h.Sum(nil)[:8])
	for _, p := range em.pkg.Shapes {
		if p.Path == path {
			return path
		}
	}
	em.pkg.Shapes = append(em.pkg.Shapes, &Package{Path: path, Imports: paths, Source: []byte(strings.ReplaceAll(b.String(), pathMark, path))})
	return path
}

// A bridge is a conversion between struct types that are alike for the user
// but belong to different packages: (*(*To)(unsafe.Pointer(&x))).
type bridge struct{ open, close string }

// bridgeFor returns how a value becomes one of another type, ok when Go's own
// conversion would be refused here.
func (em *emitter) bridgeFor(x ast.Expr, to types.Type, explicit bool) (b bridge, ok bool) {
	from := em.u.Info.TypeOf(x)
	if from == nil || to == nil || types.Identical(from, to) {
		return b, false
	}
	unsafePtr := em.importUnsafe
	w := typeText{em}
	if em.apart(from, to) {
		return bridge{fmt.Sprintf("(*(*%s)(%s.Pointer(%s.Addr(", w.of(to), unsafePtr(), em.rt()), "))))"}, true
	}
	if !explicit {
		return b, false
	}
	p, ok1 := from.Underlying().(*types.Pointer)
	q, ok2 := to.Underlying().(*types.Pointer)
	if ok1 && ok2 && em.apart(p.Elem(), q.Elem()) {
		return bridge{fmt.Sprintf("(%s)(%s.Pointer(", w.of(to), unsafePtr()), "))"}, true
	}
	return b, false
}

func (em *emitter) importUnsafe() string { return em.importAlias("unsafe") }

// apart reports whether two struct types are alike but for the package of
// their unexported fields.
func (em *emitter) apart(a, b types.Type) bool {
	if types.Identical(a, b) {
		return false
	}
	s, ok1 := a.Underlying().(*types.Struct)
	t, ok2 := b.Underlying().(*types.Struct)
	if !ok1 || !ok2 || !types.IdenticalIgnoreTags(s, t) {
		return false
	}
	for i := range s.NumFields() {
		if em.outOfReach(s.Field(i)) || em.outOfReach(t.Field(i)) {
			return true
		}
	}
	return false
}

// bridges calls do for every expression directly below n whose value becomes
// one of another struct type without a conversion being written.
func (em *emitter) bridges(n ast.Node, do func(x ast.Expr, b bridge)) {
	try := func(x ast.Expr, to types.Type) {
		if b, ok := em.bridgeFor(x, to, false); ok {
			do(x, b)
		}
	}
	info := em.u.Info
	switch n := n.(type) {
	case *ast.AssignStmt:
		if len(n.Lhs) == len(n.Rhs) {
			for i, l := range n.Lhs {
				if !isBlank(l) {
					try(n.Rhs[i], info.TypeOf(l))
				}
			}
		}
	case *ast.ValueSpec:
		if n.Type != nil && len(n.Names) == len(n.Values) {
			for _, v := range n.Values {
				try(v, info.TypeOf(n.Type))
			}
		}
	case *ast.ReturnStmt:
		if sig := em.signature(); sig != nil && sig.Results().Len() == len(n.Results) {
			for i, x := range n.Results {
				try(x, sig.Results().At(i).Type())
			}
		}
	case *ast.SendStmt:
		if c, ok := em.under(n.Chan).(*types.Chan); ok {
			try(n.Value, c.Elem())
		}
	case *ast.IndexExpr:
		if t := info.TypeOf(n.X); t != nil {
			if m, ok := t.Underlying().(*types.Map); ok {
				try(n.Index, m.Key())
			}
		}
	case *ast.BinaryExpr:
		if n.Op.Precedence() == 3 { // comparisons
			try(n.Y, info.TypeOf(n.X))
		}
	case *ast.CallExpr:
		em.argBridges(n, try, do)
	case *ast.CompositeLit:
		em.elementBridges(n, try)
	}
}

func (em *emitter) argBridges(n *ast.CallExpr, try func(ast.Expr, types.Type), do func(ast.Expr, bridge)) {
	fun := em.u.Info.Types[n.Fun]
	switch {
	case fun.IsType():
		// A conversion: its own words would be refused.
		if b, ok := em.bridgeFor(n.Args[0], fun.Type, true); ok {
			do(n.Args[0], b)
		}
		return
	case fun.IsBuiltin():
		if s, ok := em.u.Info.TypeOf(n).(*types.Slice); ok && !n.Ellipsis.IsValid() && calls(n, "append") {
			for _, a := range n.Args[1:] {
				try(a, s.Elem())
			}
		}
		return
	case fun.Type == nil:
		return
	}
	sig, ok := fun.Type.Underlying().(*types.Signature)
	if !ok {
		return
	}
	if len(n.Args) == 1 && sig.Params().Len() > 1 {
		return // f(g()) with several results
	}
	for i, a := range n.Args {
		try(a, paramType(sig, i, n.Ellipsis.IsValid()))
	}
}

func calls(n *ast.CallExpr, builtin string) bool {
	id, ok := ast.Unparen(n.Fun).(*ast.Ident)
	return ok && id.Name == builtin
}

func (em *emitter) elementBridges(n *ast.CompositeLit, try func(ast.Expr, types.Type)) {
	t := em.u.Info.TypeOf(n)
	if t == nil {
		return
	}
	under := t.Underlying()
	if p, ok := under.(*types.Pointer); ok {
		under = p.Elem().Underlying()
	}
	for i, e := range n.Elts {
		kv, keyed := e.(*ast.KeyValueExpr)
		value := e
		if keyed {
			value = kv.Value
		}
		switch u := under.(type) {
		case *types.Slice:
			try(value, u.Elem())
		case *types.Array:
			try(value, u.Elem())
		case *types.Map:
			try(kv.Key, u.Key())
			try(value, u.Elem())
		case *types.Struct:
			if keyed {
				if id, ok := kv.Key.(*ast.Ident); ok {
					for j := range u.NumFields() {
						if u.Field(j).Name() == id.Name {
							try(value, u.Field(j).Type())
						}
					}
				}
			} else {
				try(value, u.Field(i).Type())
			}
		}
	}
}

// signature returns the type of the function that is being walked.
func (em *emitter) signature() *types.Signature {
	if len(em.funcs) == 0 {
		return nil
	}
	switch f := em.funcs[len(em.funcs)-1].(type) {
	case *ast.FuncDecl:
		if fn, ok := em.u.Info.Defs[f.Name].(*types.Func); ok && f.Name.Name != check.RunFunc {
			return fn.Signature()
		}
	case *ast.FuncLit:
		if sig, ok := em.u.Info.TypeOf(f).(*types.Signature); ok {
			return sig
		}
	}
	return nil
}
