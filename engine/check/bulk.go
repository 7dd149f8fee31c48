package check

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

const (
	// maxParts bounds the parts of a type, laid out flat: go/types visits each
	// (validType), so that 40 lines of `type b struct{ x, y a }` take it years.
	maxParts = 1 << 20
	// maxString bounds the bytes of a constant string put together by +: the
	// checker holds it in memory, and 37 lines of `const b = a + a` are 1 TiB.
	maxString = 64 << 20
)

// bulk reports the declarations of a file that Go's type checker would spend
// hours or all memory on, before it is asked: it can't be interrupted, and runs
// in the process that must outlive every cell. It costs one walk of the file.
func (u *Unit) bulk(f *ast.File, scope map[string]types.Object) (errs ErrorList) {
	b := &bulkCounter{scope: scope, specs: map[string][]*ast.TypeSpec{}, consts: map[string]ast.Expr{},
		parts: map[string]int{}, named: map[*types.Named]int{}, lengths: map[string]int{}, sums: map[*ast.BinaryExpr]int{}}
	b.collect(f)
	ast.Inspect(f, func(n ast.Node) bool {
		if len(errs) > 0 {
			return false
		}
		switch n := n.(type) {
		case *ast.TypeSpec:
			if b.declared(n, nil) > maxParts {
				errs = append(errs, u.errorAt(n.Name.Pos(), "type "+n.Name.Name+" has more than a million parts, too many for Go's type checker", "share a part by a pointer or a slice"))
			}
		case *ast.BinaryExpr:
			if n.Op == token.ADD && b.length(n) > maxString {
				errs = append(errs, u.errorAt(n.OpPos, "constant string of more than "+strconv.Itoa(maxString>>20)+" MiB", "put it together when the cell runs: strings.Repeat, or a variable"))
			}
			return len(errs) == 0
		}
		return true
	})
	return errs
}

// A bulkCounter counts by the syntax, with the session's objects for the names
// that the file does not declare. Counts stop growing a little above the
// limits.
type bulkCounter struct {
	scope   map[string]types.Object
	specs   map[string][]*ast.TypeSpec // by name, those inside functions too
	consts  map[string]ast.Expr        // the first of a name
	parts   map[string]int             // by name and the parts of type arguments; 0 while it is counted
	named   map[*types.Named]int       // of earlier cells
	lengths map[string]int             // of constant strings; 0 while it is counted
	sums    map[*ast.BinaryExpr]int    // of each chain of +; 0 for a part of one
}

func (b *bulkCounter) collect(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			b.specs[n.Name.Name] = append(b.specs[n.Name.Name], n)
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				b.collectConsts(n.Specs)
			}
		}
		return true
	})
}

// collectConsts notes the constants of a declaration; one without a value
// repeats the one above.
func (b *bulkCounter) collectConsts(specs []ast.Spec) {
	var values []ast.Expr
	for _, s := range specs {
		s := s.(*ast.ValueSpec)
		if len(s.Values) > 0 {
			values = s.Values
		}
		for i, id := range s.Names {
			if _, have := b.consts[id.Name]; !have && i < len(values) {
				b.consts[id.Name] = values[i]
			}
		}
	}
}

// declared counts the parts of a declared type for type arguments of so many
// parts each.
func (b *bulkCounter) declared(s *ast.TypeSpec, args []int) int {
	key := s.Name.Name + "@" + strconv.Itoa(int(s.Pos()))
	env := map[string]int{}
	if s.TypeParams != nil {
		i := 0
		for _, field := range s.TypeParams.List {
			for _, id := range field.Names {
				env[id.Name] = 1
				if i < len(args) {
					env[id.Name] = args[i]
				}
				key += "," + strconv.Itoa(env[id.Name])
				i++
			}
		}
	}
	if n, ok := b.parts[key]; ok {
		return n
	}
	b.parts[key] = 0
	n := b.count(s.Type, env)
	b.parts[key] = n
	return n
}

// count counts the parts of a type expression that is held by value. What
// stands behind a pointer, slice, map, channel or function counts where it is
// an instance or an alias, which are written out to be told apart.
func (b *bulkCounter) count(x ast.Expr, env map[string]int) int {
	n := 1
	add := func(m int) { n = min(n+m, maxParts+1) }
	switch x := x.(type) {
	case *ast.Ident:
		return b.name(x.Name, nil, env)
	case *ast.IndexExpr:
		return b.instance(x.X, []ast.Expr{x.Index}, env)
	case *ast.IndexListExpr:
		return b.instance(x.X, x.Indices, env)
	case *ast.ParenExpr:
		return b.count(x.X, env)
	case *ast.UnaryExpr: // ~T
		return b.count(x.X, env)
	case *ast.BinaryExpr: // T | U
		add(b.count(x.X, env))
		add(b.count(x.Y, env))
	case *ast.ArrayType:
		if x.Len != nil {
			return b.count(x.Elt, env)
		}
		add(b.written(x.Elt, env))
	case *ast.StarExpr:
		add(b.written(x.X, env))
	case *ast.ChanType:
		add(b.written(x.Value, env))
	case *ast.MapType:
		add(b.written(x.Key, env))
		add(b.written(x.Value, env))
	case *ast.StructType:
		for _, f := range x.Fields.List {
			each := b.count(f.Type, env)
			for range max(1, len(f.Names)) {
				add(each)
			}
		}
	case *ast.InterfaceType:
		for _, f := range x.Methods.List {
			if len(f.Names) == 0 {
				add(b.count(f.Type, env))
			}
		}
	}
	return n
}

// written counts what is written out of a type behind a pointer and its kind:
// aliases and instances, not what defined types hold.
func (b *bulkCounter) written(x ast.Expr, env map[string]int) int {
	switch x := x.(type) {
	case *ast.Ident:
		if n, ok := env[x.Name]; ok {
			return n
		}
		for _, s := range b.specs[x.Name] {
			if s.Assign.IsValid() {
				return b.name(x.Name, nil, env)
			}
		}
		return 1
	case *ast.IndexExpr:
		return 1 + b.written(x.Index, env)
	case *ast.IndexListExpr:
		n := 1
		for _, arg := range x.Indices {
			n = min(n+b.written(arg, env), maxParts+1)
		}
		return n
	case *ast.SelectorExpr:
		return 1
	}
	return b.count(x, env)
}

func (b *bulkCounter) instance(generic ast.Expr, list []ast.Expr, env map[string]int) int {
	args := make([]int, len(list))
	for i, x := range list {
		args[i] = b.count(x, env)
	}
	id, ok := ast.Unparen(generic).(*ast.Ident)
	if !ok {
		return 1
	}
	return b.name(id.Name, args, env)
}

// name counts the parts of the type that a name stands for.
func (b *bulkCounter) name(name string, args []int, env map[string]int) int {
	if n, ok := env[name]; ok {
		return n
	}
	n := 0
	for _, s := range b.specs[name] {
		n = max(n, b.declared(s, args))
	}
	if obj, ok := b.scope[name].(*types.TypeName); ok && n == 0 {
		n = b.ofType(obj.Type())
	}
	return min(n+1, maxParts+1)
}

// ofType counts the parts of a type of an earlier cell.
func (b *bulkCounter) ofType(t types.Type) int {
	n := 1
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if n, ok := b.named[t]; ok {
			return n
		}
		b.named[t] = 0
		n = b.ofType(t.Underlying())
		b.named[t] = n
	case *types.Array:
		return b.ofType(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			n = min(n+b.ofType(f.Type()), maxParts+1)
		}
	case *types.Interface:
		for e := range t.EmbeddedTypes() {
			n = min(n+b.ofType(e), maxParts+1)
		}
	}
	return n
}

// length returns how long an expression is as a constant string, 0 for what is
// none.
func (b *bulkCounter) length(x ast.Expr) int {
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			return len(x.Value)
		}
	case *ast.ParenExpr:
		return b.length(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return b.sum(x)
		}
	case *ast.CallExpr: // a conversion, perhaps
		if len(x.Args) == 1 && !strings.HasPrefix(nameOf(x.Fun), "len") {
			return b.length(x.Args[0])
		}
	case *ast.Ident:
		return b.constant(x.Name)
	}
	return 0
}

// sum adds up a chain of +, which may be as long as the cell, once.
func (b *bulkCounter) sum(chain *ast.BinaryExpr) int {
	if n, ok := b.sums[chain]; ok {
		return n
	}
	n, x := 0, ast.Expr(chain)
	for {
		bin, ok := ast.Unparen(x).(*ast.BinaryExpr)
		if !ok || bin.Op != token.ADD {
			break
		}
		b.sums[bin] = 0
		right := b.length(bin.Y)
		if right == 0 {
			return 0
		}
		n, x = min(n+right, maxString+1), bin.X
	}
	left := b.length(x)
	if left == 0 {
		return 0
	}
	b.sums[chain] = min(n+left, maxString+1)
	return b.sums[chain]
}

func nameOf(x ast.Expr) string {
	id, _ := x.(*ast.Ident)
	if id == nil {
		return ""
	}
	return id.Name
}

// constant returns how long a named constant string is.
func (b *bulkCounter) constant(name string) int {
	if n, ok := b.lengths[name]; ok {
		return n
	}
	b.lengths[name] = 0
	n := 0
	if x, ok := b.consts[name]; ok {
		n = b.length(x)
	} else if c, ok := b.scope[name].(*types.Const); ok && c.Val().Kind() == constant.String {
		n = len(constant.StringVal(c.Val()))
	}
	b.lengths[name] = n
	return n
}
