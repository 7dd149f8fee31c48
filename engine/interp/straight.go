package interp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/plan"
	"github.com/goblaze/goblaze/engine/wire"
)

// Straight writes the statements of a cell that plan.Decide accepts as code for
// the engine's own evaluator. An error means that they are not straight: they
// have loops or function literals, or something else that is rarer in a line of
// its own than what the evaluator knows; Lower writes these.
//
// Both write the same meaning. Here operands are evaluated from left to right,
// which is the compiler's order but for what it looks at only when all calls of
// a statement are made: see settled.
func Straight(u *check.Unit, opt Options) (out *Lowered, err error) {
	if opt.Alone || plan.Parallel(u) {
		return nil, unsupported{"a session without compiled code, or a parallel loop"}
	}
	s := straight{u: u, l: newLowerer(u, opt, false), locals: map[types.Object]int{}}
	defer refused(&err)
	for _, v := range u.Vars {
		s.l.declare(v)
	}
	s.run()
	s.l.out.Code, s.l.out.Units = s.finish(), sorted(s.l.units)
	return &Lowered{Statements: s.l.out, IDs: s.l.ids}, nil
}

// straight writes code; its lowerer finds variables, types and functions.
type straight struct {
	wire.CodeWriter
	u     *check.Unit
	l     *lowerer
	count int // statements of the block

	types  []types.Type // those of CodeTypes
	locals map[types.Object]int
	made   int // local variables
}

// finish returns the code of a block.
func (s *straight) finish() []byte {
	w := wire.CodeWriter{}
	w.Int(int64(s.count))
	return append(w.Bytes, s.Bytes...)
}

// begin begins a statement.
func (s *straight) begin(op byte, numbers ...int) {
	s.count++
	s.Op(op, numbers...)
}

// inner writes a block within a statement.
func (s *straight) inner(list ...ast.Stmt) {
	outer, n := s.Bytes, s.count
	s.Bytes, s.count = nil, 0
	for _, st := range list {
		s.statement(st)
	}
	s.Bytes, s.count = append(outer, s.finish()...), n
}

// run writes the initialisers and the statements.
func (s *straight) run() {
	reached := 0
	if s.u.PackageVars {
		for _, in := range s.u.Info.InitOrder {
			s.initialiser(in)
		}
		if reached = len(s.u.Vars); reached > 0 {
			s.begin(wire.CodeDeclared, reached)
		}
	}
	if len(Inits(s.u)) > 0 {
		s.l.fail("init functions")
	}
	for i, st := range s.u.List {
		es, ok := st.(*ast.ExprStmt)
		if ok && es.X == s.u.Last && i == len(s.u.List)-1 {
			s.last(es)
			continue
		}
		s.statement(st)
		if n := s.l.declared(st); n > 0 {
			reached += n
			s.begin(wire.CodeDeclared, reached)
		}
	}
}

// stands says where the next statement stands.
func (s *straight) stands(n ast.Node) { s.begin(wire.CodeAt, s.l.where(n)) }

func (s *straight) initialiser(in *types.Initializer) {
	s.stands(in.Rhs)
	s.settled(in.Rhs)
	targets := make([]func(), len(in.Lhs))
	for i, v := range in.Lhs {
		targets[i] = func() { s.variable(v) }
	}
	s.assignAll(targets, []ast.Expr{in.Rhs}, func(i int) types.Type { return in.Lhs[i].Type() })
}

func (s *straight) statement(st ast.Stmt) {
	switch st := st.(type) {
	case nil, *ast.EmptyStmt:
	case *ast.ExprStmt:
		s.stands(st)
		s.settled(st.X)
		s.begin(wire.CodeDo)
		s.several(st.X)
	case *ast.AssignStmt:
		s.stands(st)
		s.assign(st)
	case *ast.IncDecStmt:
		s.stands(st)
		s.settled(st.X)
		op := byte(wire.CodeAdd)
		if st.Tok == token.DEC {
			op = wire.CodeSub
		}
		t := s.u.Info.TypeOf(st.X)
		if plan.IsComplex(t) {
			s.l.fail("a complex number")
		}
		s.begin(wire.CodeUpdate)
		s.Op(op)
		s.target(st.X)
		s.constant(t, constant.MakeInt64(1))
	case *ast.DeclStmt:
		if g := st.Decl.(*ast.GenDecl); g.Tok == token.VAR {
			s.varDecl(g)
		}
	case *ast.BlockStmt:
		for _, st := range st.List {
			s.statement(st)
		}
	case *ast.IfStmt:
		s.statement(st.Init)
		s.stands(st.Cond)
		s.settled(st.Cond)
		s.begin(wire.CodeIf)
		s.expr(st.Cond)
		s.inner(st.Body.List...)
		s.inner(st.Else)
	default:
		s.l.fail("%T", st)
	}
}

// last writes the cell's last expression, whose value is its result: the rules
// are those of lowerer.last.
func (s *straight) last(st *ast.ExprStmt) {
	x := st.X
	tv := s.u.Info.Types[x]
	s.stands(x)
	s.settled(x)
	call, isCall := ast.Unparen(x).(*ast.CallExpr)
	isCall = isCall && tv.Value == nil
	tuple, isTuple := tv.Type.(*types.Tuple)
	switch {
	case tv.IsVoid(), isCall && s.l.printsOnly(call), isTuple && tuple.Len() == 0:
		s.begin(wire.CodeDo)
		s.several(x)
	case isTuple:
		s.begin(wire.CodeResults)
		s.several(x)
		s.Int(int64(tuple.Len()))
		for v := range tuple.Variables() {
			s.Text(static(v.Type()))
		}
		s.flag(isError(tuple.At(tuple.Len() - 1).Type()))
	case isCall && isError(tv.Type):
		s.begin(wire.CodeResultError)
		s.expr(x)
	case tv.Value != nil && tv.Value.Kind() == constant.Int && !fits(tv):
		s.begin(wire.CodeResult)
		s.constant(types.Typ[types.String], constant.MakeString(tv.Value.ExactString()))
		s.Text("untyped int constant")
	default:
		s.begin(wire.CodeResult)
		s.expr(x)
		s.Text(static(tv.Type))
	}
}

func (s *straight) flag(yes bool) {
	if yes {
		s.Op(1)
	} else {
		s.Op(0)
	}
}

func (s *straight) assign(st *ast.AssignStmt) {
	if st.Tok != token.ASSIGN && st.Tok != token.DEFINE {
		s.settled(st.Lhs[0], st.Rhs[0])
		s.begin(wire.CodeUpdate)
		s.Op(s.operator(updates[st.Tok], s.u.Info.TypeOf(st.Lhs[0])))
		s.target(st.Lhs[0])
		s.rightOf(updates[st.Tok], st.Rhs[0])
		return
	}
	s.settledTargets(st)
	targets := make([]func(), len(st.Lhs))
	for i, x := range st.Lhs {
		id, ok := x.(*ast.Ident)
		if v, isVar := s.u.Info.Defs[id].(*types.Var); ok && st.Tok == token.DEFINE && isVar && s.l.ids[v] == "" {
			targets[i] = s.local(v)
			continue
		}
		targets[i] = func() { s.target(x) }
	}
	s.assignAll(targets, st.Rhs, func(i int) types.Type { return s.u.Info.TypeOf(st.Lhs[i]) })
}

var updates = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
	token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
	token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}

// local makes a variable of a block and returns what writes it as a target.
func (s *straight) local(v *types.Var) func() {
	n := s.made
	s.made++
	s.locals[v] = n
	s.begin(wire.CodeLocal, n)
	s.typ(v.Type())
	return func() { s.Op(wire.CodeLocalVar, n) }
}

// assignAll writes an assignment of values to targets.
func (s *straight) assignAll(targets []func(), values []ast.Expr, typeOf func(int) types.Type) {
	switch {
	case len(targets) == 1:
		s.begin(wire.CodeSet)
		s.value(values[0], typeOf(0))
		targets[0]()
		return
	case len(values) == 1:
		s.begin(wire.CodeSetTuple)
		s.several(values[0])
	default:
		s.begin(wire.CodeSetAll, len(values))
		for i, x := range values {
			s.value(x, typeOf(i))
		}
	}
	s.Int(int64(len(targets)))
	for _, write := range targets {
		write()
	}
}

func (s *straight) varDecl(g *ast.GenDecl) {
	for _, sp := range g.Specs {
		sp := sp.(*ast.ValueSpec)
		s.stands(sp)
		s.settled(sp.Values...)
		targets := make([]func(), len(sp.Names))
		for i, id := range sp.Names {
			v, _ := s.u.Info.Defs[id].(*types.Var)
			switch {
			case v == nil || id.Name == "_":
				targets[i] = func() { s.Op(wire.CodeDiscard) }
			case s.l.ids[v] != "":
				targets[i] = func() { s.variable(v) }
			default:
				targets[i] = s.local(v)
			}
		}
		if len(sp.Values) == 0 {
			continue
		}
		s.assignAll(targets, sp.Values, func(i int) types.Type {
			if sp.Type != nil {
				return s.u.Info.TypeOf(sp.Type)
			}
			return s.u.Info.TypeOf(sp.Names[i])
		})
	}
}
