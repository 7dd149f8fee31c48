package interp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strconv"
	"strings"
)

// scan decides how the calls of a statement are written: where something in it
// is looked at before it is used, every call goes into a temporary, in order,
// so that what is looked at is what is used.
func (l *lowerer) scan(nodes ...ast.Node) {
	l.hoist = false
	for _, n := range nodes {
		if n == nil {
			continue
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt, *ast.FuncLit:
				return false
			case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr:
				l.hoist = true
			case *ast.SelectorExpr:
				if s := l.u.Info.Selections[n]; s != nil {
					if _, ok := s.Recv().Underlying().(*types.Pointer); ok {
						l.hoist = true
					}
				}
			case *ast.BinaryExpr:
				l.hoist = l.hoist || n.Op == token.SHL || n.Op == token.SHR || n.Op == token.QUO || n.Op == token.REM
			case *ast.CallExpr:
				if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && l.u.Info.Types[id].IsBuiltin() && id.Name != "len" && id.Name != "cap" {
					l.hoist = true
				}
			}
			return true
		})
	}
	for _, n := range nodes {
		l.hoistCalls(n)
	}
}

// hoistCalls writes the calls inside a node, in their order, before everything
// else of it is looked at: as the Go compiler does, which calls first and then
// indexes, follows pointers and divides.
func (l *lowerer) hoistCalls(n ast.Node) {
	if !l.hoist || n == nil {
		return
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.FuncLit, *ast.CaseClause:
			return false
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(n.X).(*ast.CallExpr); ok && n.X != l.u.Last {
				l.hoistOperands(call)
				return false
			}
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				l.hoistCalls(n.X)
				return false
			}
		case *ast.CallExpr:
			return !l.hoistCall(n)
		}
		return true
	})
}

// hoistCall keeps a call's value in a temporary and reports whether that was
// to be done.
func (l *lowerer) hoistCall(x *ast.CallExpr) bool {
	fun := ast.Unparen(x.Fun)
	tv := l.u.Info.Types[x]
	if l.u.Info.Types[fun].IsType() || l.u.Info.Types[fun].IsBuiltin() || tv.Value != nil {
		return false
	}
	if _, tuple := tv.Type.(*types.Tuple); tuple || tv.IsVoid() {
		l.hoistOperands(x)
		return true
	}
	if _, done := l.kept[x]; !done {
		l.hoistOperands(x)
		l.kept[x] = l.temp(l.call(x))
	}
	return true
}

func (l *lowerer) hoistOperands(x *ast.CallExpr) {
	if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && l.u.Info.Selections[sel] != nil {
		l.hoistCalls(sel.X)
	}
	for _, a := range x.Args {
		l.hoistCalls(a)
	}
}

// expr writes an expression; what must happen before it is written as lines.
func (l *lowerer) expr(x ast.Expr) string {
	tv := l.u.Info.Types[x]
	if tv.Value != nil {
		return l.constant(tv)
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return l.expr(x.X)
	case *ast.Ident:
		return l.ident(x)
	case *ast.SelectorExpr:
		return l.field(x)
	case *ast.IndexExpr:
		return l.index(x)
	case *ast.SliceExpr:
		return l.slice(x)
	case *ast.StarExpr:
		return "(*" + l.notNil(l.expr(x.X)) + ")"
	case *ast.UnaryExpr:
		return l.unary(x)
	case *ast.BinaryExpr:
		return l.binary(x)
	case *ast.CallExpr:
		if name, ok := l.kept[x]; ok {
			return name
		}
		text := l.call(x)
		if l.hoist && !tv.IsVoid() {
			return l.temp(text)
		}
		return text
	case *ast.CompositeLit:
		return l.composite(x)
	}
	return l.fail("%T", x)
}

// value writes an expression where a value of type t is wanted.
func (l *lowerer) value(x ast.Expr, t types.Type) string {
	if l.u.Info.Types[x].IsNil() {
		if t == nil {
			l.fail("nil")
		}
		return l.null(t)
	}
	return l.expr(x)
}

// null writes the nil of a type.
func (l *lowerer) null(t types.Type) string {
	if types.IsInterface(t) {
		return "nil"
	}
	text := l.typeText(t)
	return "(" + text + ")(nil)"
}

// constant writes a constant as the checker folded it, with its type.
func (l *lowerer) constant(tv types.TypeAndValue) string {
	t := types.Default(tv.Type)
	v := tv.Value
	var text string
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return l.fail("a constant of type %s", t)
	}
	switch {
	case b.Info()&types.IsBoolean != 0:
		text = strconv.FormatBool(constant.BoolVal(v))
	case b.Info()&types.IsString != 0:
		text = strconv.Quote(constant.StringVal(v))
	case b.Info()&types.IsInteger != 0:
		text = constant.ToInt(v).ExactString()
	case b.Info()&types.IsFloat != 0:
		text = floatText(v, b.Kind() == types.Float32)
	default:
		return l.fail("a constant of type %s", t)
	}
	if bt, ok := types.Unalias(t).(*types.Basic); ok {
		switch bt.Kind() {
		case types.Bool, types.String:
			return text
		case types.Int:
			if text[0] == '-' {
				return "(" + text + ")"
			}
			return text
		}
	}
	return l.typeText(t) + "(" + text + ")"
}

// floatText writes a constant rounded to its type.
func floatText(v constant.Value, single bool) string {
	f, _ := constant.Float64Val(v)
	bits := 64
	if single {
		s, _ := constant.Float32Val(v)
		f, bits = float64(s), 32
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', 1, bits)
	}
	return strconv.FormatFloat(f, 'g', -1, bits)
}

func (l *lowerer) ident(x *ast.Ident) string {
	obj := l.u.Info.ObjectOf(x)
	if p, ok := l.slot(obj); ok {
		return "(*" + p + ")"
	}
	if _, ok := obj.(*types.Var); !ok {
		l.fail("%s as a value", x.Name)
	}
	if name, ok := l.chunk.alias[obj]; ok {
		return name
	}
	if l.isBoxed(obj) {
		return "(*" + l.local(obj) + ")"
	}
	return l.local(obj)
}

// stable writes an expression that may be evaluated twice: a name, or a
// temporary that holds its value now.
func (l *lowerer) stable(x ast.Expr, t types.Type) string {
	text := l.value(x, t)
	if isName(text) || l.u.Info.Types[x].Value != nil {
		return text
	}
	return l.temp(text)
}

// isName reports whether text is a variable, or a variable of the session.
func isName(text string) bool {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "(*"), ")")
	return strings.HasPrefix(text, "gbz_") && !strings.ContainsAny(text, ".()[]+-*/ ")
}

// notNil looks at a pointer before it is followed.
func (l *lowerer) notNil(p string) string {
	if !isName(p) || strings.HasPrefix(p, "(") {
		p = l.temp(p)
	}
	l.line("if %s == nil { gbz_rt.BadNil() }", p)
	return p
}

func (l *lowerer) field(x *ast.SelectorExpr) string {
	sel := l.u.Info.Selections[x]
	if sel == nil {
		return l.packageVar(x)
	}
	if sel.Kind() != types.FieldVal {
		l.fail("the selector %s", x.Sel.Name)
	}
	text := l.place(x.X)
	t := sel.Recv()
	for _, i := range sel.Index() {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			text = l.notNil(text)
			t = p.Elem()
		}
		f := t.Underlying().(*types.Struct).Field(i)
		text += "." + f.Name()
		t = f.Type()
	}
	return text
}

// packageVar writes a variable of a std package.
func (l *lowerer) packageVar(x *ast.SelectorExpr) string {
	v, ok := l.u.Info.Uses[x.Sel].(*types.Var)
	if !ok || v.Pkg() == nil {
		return l.fail("the selector %s", x.Sel.Name)
	}
	return l.std(v.Pkg().Path()) + "." + v.Name()
}

// place writes an operand whose parts are selected: it keeps its address.
func (l *lowerer) place(x ast.Expr) string {
	text := l.expr(x)
	if strings.HasPrefix(text, "gbz_") || strings.HasPrefix(text, "(*gbz_") {
		if !strings.HasSuffix(text, ")") || strings.HasPrefix(text, "(*gbz_") && strings.Count(text, "(") == 1 {
			return text
		}
	}
	if l.u.Info.Types[x].Addressable() {
		l.fail("an operand whose address is not kept") // a copy would be changed instead
	}
	return l.temp(text)
}

// index writes x[i], with the look at its bounds.
func (l *lowerer) index(x *ast.IndexExpr) string {
	base := l.place(x.X)
	t := types.Unalias(l.u.Info.TypeOf(x.X))
	if m, ok := t.(*types.Map); ok {
		return base + "[" + l.value(x.Index, m.Key()) + "]"
	}
	i := l.stableInt(x.Index)
	if !l.inRange(x) {
		l.checkIndex(base, i)
	}
	return base + "[" + i + "]"
}

func (l *lowerer) checkIndex(base, i string) {
	n := "len(" + base + ")"
	if _, err := strconv.Atoi(i); err == nil {
		l.line("if %s >= %s { gbz_rt.BadIndex(%s, %s) }", i, n, i, n)
		return
	}
	l.line("if %s < 0 || %s >= %s { gbz_rt.BadIndex(%s, %s) }", i, i, n, i, n)
}

// stableInt writes an index as an int that may be evaluated twice.
func (l *lowerer) stableInt(x ast.Expr) string {
	tv := l.u.Info.Types[x]
	if tv.Value != nil {
		return constant.ToInt(tv.Value).ExactString()
	}
	text := l.expr(x)
	if b, ok := types.Unalias(tv.Type).(*types.Basic); !ok || b.Kind() != types.Int {
		return l.temp("int(" + text + ")")
	}
	if isName(text) {
		return text
	}
	return l.temp(text)
}

func (l *lowerer) slice(x *ast.SliceExpr) string {
	base := l.place(x.X)
	bound := func(e ast.Expr) string {
		if e == nil {
			return ""
		}
		return l.stableInt(e)
	}
	lo, hi, top := bound(x.Low), bound(x.High), bound(x.Max)
	low := lo
	if low == "" {
		low = "0"
	}
	if b, ok := types.Unalias(l.u.Info.TypeOf(x.X)).(*types.Basic); ok && b.Info()&types.IsString != 0 {
		if hi == "" {
			return l.temp("gbz_rt.SubstringTo(" + base + ", " + low + ")")
		}
		return l.temp("gbz_rt.Substring(" + base + ", " + low + ", " + hi + ")")
	}
	switch {
	case top != "":
		l.line("gbz_rt.Bounds3(%s, %s, %s, cap(%s))", low, hi, top, base)
		return base + "[" + lo + ":" + hi + ":" + top + "]"
	case hi != "":
		l.line("gbz_rt.Bounds(%s, %s, cap(%s))", low, hi, base)
	default:
		l.line("gbz_rt.BoundsFrom(%s, len(%s))", low, base)
	}
	return base + "[" + lo + ":" + hi + "]"
}

func (l *lowerer) unary(x *ast.UnaryExpr) string {
	switch x.Op {
	case token.AND:
		return l.address(ast.Unparen(x.X))
	case token.ADD, token.SUB, token.XOR, token.NOT:
		t := l.u.Info.TypeOf(x)
		return l.rename(t, x.Op.String()+"("+l.basic(t, l.expr(x.X))+")")
	}
	return l.fail("the operator %s", x.Op)
}

func (l *lowerer) address(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return l.pointerTo(x)
	case *ast.CompositeLit:
		return "&" + l.composite(x)
	}
	return l.fail("an address")
}

// pointerTo writes the address of a variable.
func (l *lowerer) pointerTo(x *ast.Ident) string {
	obj := l.u.Info.ObjectOf(x)
	if p, ok := l.slot(obj); ok {
		return p
	}
	if !l.isBoxed(obj) {
		l.fail("the address of %s", x.Name)
	}
	return l.local(obj)
}

func (l *lowerer) binary(x *ast.BinaryExpr) string {
	switch x.Op {
	case token.LAND, token.LOR:
		return l.shortCircuit(x)
	case token.EQL, token.NEQ:
		if l.u.Info.Types[x.X].IsNil() {
			return "(" + l.stable(x.Y, nil) + " " + x.Op.String() + " nil)"
		}
		if l.u.Info.Types[x.Y].IsNil() {
			return "(" + l.stable(x.X, nil) + " " + x.Op.String() + " nil)"
		}
	}
	t := l.u.Info.TypeOf(x.X)
	a := l.basic(t, l.expr(x.X))
	b := l.operand(x.Op, x.Y)
	text := "(" + a + " " + x.Op.String() + " " + b + ")"
	switch x.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return text
	}
	return l.rename(t, text)
}

// basic writes a value of a named basic type as one of the basic type: yaegi
// loses the name of what it computes.
func (l *lowerer) basic(t types.Type, text string) string {
	if _, named := types.Unalias(t).(*types.Named); !named {
		return text
	}
	if b, ok := t.Underlying().(*types.Basic); ok {
		return basicName(b) + "(" + text + ")"
	}
	return text
}

// rename gives a computed value its named type back.
func (l *lowerer) rename(t types.Type, text string) string {
	if _, named := types.Unalias(t).(*types.Named); !named {
		return text
	}
	return l.typeText(t) + "(" + text + ")"
}

// operand writes the right operand of an operator; a shift count has a type of
// its own.
func (l *lowerer) operand(op token.Token, y ast.Expr) string {
	if op == token.SHL || op == token.SHR {
		if v := l.u.Info.Types[y].Value; v != nil {
			return "uint(" + constant.ToInt(v).ExactString() + ")"
		}
		if b, ok := l.u.Info.TypeOf(y).Underlying().(*types.Basic); ok && b.Info()&types.IsUnsigned == 0 {
			n := l.temp(l.expr(y))
			l.line("if %s < 0 { gbz_rt.BadShift(int(%s)) }", n, n)
			return "uint(" + n + ")"
		}
	}
	return l.basic(l.u.Info.TypeOf(y), l.expr(y))
}

// shortCircuit writes && and ||; when the right side needs lines before it, as
// an if.
func (l *lowerer) shortCircuit(x *ast.BinaryExpr) string {
	left := l.expr(x.X)
	before := l.b.String()
	l.b.Reset()
	l.hoistCalls(x.Y)
	right := l.expr(x.Y)
	lines := l.b.String()
	l.b.Reset()
	l.b.WriteString(before)
	if lines == "" {
		return "(" + left + " " + x.Op.String() + " " + right + ")"
	}
	t := l.temp(left)
	if x.Op == token.LAND {
		l.line("if %s {", t)
	} else {
		l.line("if !%s {", t)
	}
	l.b.WriteString(lines)
	l.line("%s = %s", t, right)
	l.line("}")
	return t
}

// composite writes a literal with every type spelled.
func (l *lowerer) composite(x *ast.CompositeLit) string {
	return l.literal(x, l.u.Info.TypeOf(x))
}

func (l *lowerer) literal(x *ast.CompositeLit, t types.Type) string {
	if s, ok := types.Unalias(t).(*types.Slice); ok && len(x.Elts) > 0 && isAny(s.Elem()) {
		return l.anySlice(x, s)
	}
	text := l.typeText(t) + "{"
	parts := make([]string, len(x.Elts))
	switch u := t.Underlying().(type) {
	case *types.Slice:
		l.elements(parts, x, nil, u.Elem())
	case *types.Array:
		l.elements(parts, x, nil, u.Elem())
	case *types.Map:
		l.elements(parts, x, u.Key(), u.Elem())
	case *types.Struct:
		for i, e := range x.Elts {
			f := u.Field(i)
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				f = l.u.Info.ObjectOf(kv.Key.(*ast.Ident)).(*types.Var)
				e = kv.Value
			}
			parts[i] = f.Name() + ": " + l.element(e, f.Type())
		}
	default:
		l.fail("a literal of %s", t)
	}
	return text + strings.Join(parts, ", ") + "}"
}

func isAny(t types.Type) bool {
	i, ok := types.Unalias(t).(*types.Interface)
	return ok && i.Empty()
}

// anySlice writes []any{…}, whose elements compiled code makes interfaces.
func (l *lowerer) anySlice(x *ast.CompositeLit, t *types.Slice) string {
	parts := make([]string, len(x.Elts))
	for i, e := range x.Elts {
		if l.u.Info.Types[e].IsNil() {
			parts[i] = "nil"
			continue
		}
		parts[i] = l.expr(e)
	}
	return "gbz_rt.Anys(" + strings.Join(parts, ", ") + ")"
}

func (l *lowerer) elements(parts []string, x *ast.CompositeLit, key, elem types.Type) {
	for i, e := range x.Elts {
		prefix := ""
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key != nil {
				prefix = l.element(kv.Key, key) + ": "
			} else {
				prefix = constant.ToInt(l.u.Info.Types[kv.Key].Value).ExactString() + ": "
			}
			e = kv.Value
		}
		parts[i] = prefix + l.element(e, elem)
	}
}

func (l *lowerer) element(x ast.Expr, t types.Type) string {
	if lit, ok := x.(*ast.CompositeLit); ok && lit.Type == nil {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			return "&" + l.literal(lit, p.Elem())
		}
		return l.literal(lit, t)
	}
	return l.value(x, t)
}
