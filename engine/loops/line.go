package loops

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A Piece is a piece of the line form's source.
type Piece struct {
	Text string
	Mark string // a line directive that says where it stands, may be empty
}

func (p Piece) String() string { return p.Mark + p.Text }

// LineText is the line form as it is written: %vectorize FUNC ITEMS [ARGS].
type LineText struct {
	Func, Items Piece
	Args        []Piece
	Spread      bool  // the last argument is spread: xs...
	Init        Piece // --init, empty without
}

// Unfit says that ITEMS (or with Init the function of --init) has a type that
// the line form can't take.
type Unfit struct {
	Init bool
	msg  string
}

func (u *Unfit) Error() string { return u.msg }

// Probe writes the loop that the line form stands for, to be type-checked in
// the line's place and given to Line as Input.Loop. items and init are the
// types of those expressions (init nil without one). The error is an *Unfit. Of
// the errors the checker finds in the loop, ProbeNoise are to be ignored, and
// ProbeWords words the others.
func Probe(l LineText, items, init types.Type) (string, error) {
	head, names, ok := probeHead(items)
	if !ok {
		return "", &Unfit{msg: fmt.Sprintf("ITEMS is a %s; want a slice, array, map, int, string, channel or iterator", shortType(items))}
	}
	args := make([]string, len(names))
	for i, name := range names {
		args[i] = l.Items.Mark + name
	}
	body := ""
	if init != nil {
		sig, ok := init.Underlying().(*types.Signature)
		if !ok || sig.Results().Len() < 1 || sig.Results().Len() > 2 || sig.Params().Len() != 1 {
			return "", &Unfit{Init: true, msg: fmt.Sprintf("--init %s is a %s; want func(rank int) S or func(rank int) (S, error)", l.Init.Text, shortType(init))}
		}
		vars := []string{"gbz_s", "gbz_s, _"}[sig.Results().Len()-1]
		body = fmt.Sprintf("%s := (%s)(0)\n", vars, l.Init)
	}
	for _, a := range l.Args {
		args = append(args, a.String())
	}
	if l.Spread {
		args[len(args)-1] += "..."
	}
	if init != nil {
		args = append(args, l.Init.Mark+"gbz_s")
	}
	fun := l.Func.String()
	if strings.HasPrefix(l.Func.Text, "*") || strings.HasPrefix(l.Func.Text, "<-") {
		fun = "(" + fun + ")"
	}
	return fmt.Sprintf("for %s range %s {\n%s%s(%s)\n}", head, l.Items, body, fun, strings.Join(args, ", ")), nil
}

func probeHead(items types.Type) (head string, args []string, ok bool) {
	const one, two = "gbz_v", "gbz_k, gbz_v"
	switch u := items.Underlying().(type) {
	case *types.Slice, *types.Array:
		return "_, " + one + " :=", []string{one}, true
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Array); ok {
			return "_, " + one + " :=", []string{one}, true
		}
	case *types.Map:
		return two + " :=", []string{"gbz_k", one}, true
	case *types.Chan:
		return one + " :=", []string{one}, true
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			return "_, " + one + " :=", []string{one}, true
		}
		if u.Info()&types.IsInteger != 0 {
			return one + " :=", []string{one}, true
		}
	case *types.Signature:
		if u.Params().Len() == 1 {
			switch yieldLen(u) {
			case 0:
				return "", nil, true
			case 1:
				return one + " :=", []string{one}, true
			case 2:
				return two + " :=", []string{"gbz_k", one}, true
			}
		}
	}
	return "", nil, false
}

// ProbeNoise tells whether an error of the type checker comes from the probe's
// form only: a builtin or a conversion whose value is not used.
func ProbeNoise(err types.Error) bool { return strings.HasSuffix(err.Msg, "is not used") }

// probeNames are the probe's own names as the checker's errors tell them.
var probeNames = strings.NewReplacer("gbz_v (variable of type ", "an item (of type ", "gbz_k (variable of type ", "a key (of type ",
	"gbz_s (variable of type ", "the state that --init makes (of type ", "gbz_v", "an item", "gbz_k", "a key", "gbz_s", "the state that --init makes")

// ProbeWords words an error of the type checker without the probe's own names.
func ProbeWords(msg string) string { return probeNames.Replace(msg) }

// LineInput is a line form to generate.
type LineInput struct {
	Input           // Loop is the checked probe
	Result []string // the names assigned: none, out, or out and err
	Op     string   // ":=" or "=", "" without names
}

// A lineForm is what Line knows of the call.
type lineForm struct {
	in       LineInput
	call     *ast.CallExpr
	init     *ast.CallExpr
	state    types.Type // S
	initErr  bool
	result   types.Type // R, nil when there is none
	fails    bool       // the last result is an error
	fun      string     // how the body calls it
	args     []string
	prepared []string
}

// Line analyses the line form and generates it. Its value is an expression
// statement (or an assignment) of type []R, map[K]R for a map.
func Line(in LineInput) (*Plan, *Refusal) {
	a := newAnalysis(&in.Input)
	sh, ref := a.shapeOf(in.Loop)
	if ref != nil {
		return nil, ref
	}
	if ref := a.check(sh); ref != nil {
		return nil, ref
	}
	lf := &lineForm{in: in}
	if ref := lf.read(a, sh); ref != nil {
		return nil, ref
	}
	if ref := a.eachFits(lf.call.Pos(), lf.result); ref != nil {
		return nil, ref
	}
	g := &gen{a: a, sh: sh}
	if ref := g.inPlace(); ref != nil {
		return nil, ref
	}
	return g.plan(g.line(lf)), nil
}

// read takes the probe apart.
func (lf *lineForm) read(a *analysis, sh *shape) *Refusal {
	for _, s := range sh.body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			lf.init = s.Rhs[0].(*ast.CallExpr)
			lf.initErr = len(s.Lhs) == 2
			lf.state = a.in.Info.TypeOf(s.Lhs[0])
		case *ast.ExprStmt:
			lf.call = unparen(s.X).(*ast.CallExpr)
		}
	}
	if ref := lf.results(a); ref != nil {
		return ref
	}
	lf.callee(a)
	return lf.assigned(a)
}

func (lf *lineForm) results(a *analysis) *Refusal {
	t := a.in.Info.TypeOf(lf.call)
	if t == nil {
		return nil
	}
	var list []types.Type
	if tup, ok := t.(*types.Tuple); ok {
		for i := range tup.Len() {
			list = append(list, tup.At(i).Type())
		}
	} else {
		list = []types.Type{types.Default(t)}
	}
	n := len(list)
	if n > 0 && types.Identical(list[n-1], types.Universe.Lookup("error").Type()) {
		lf.fails = true
		n--
	}
	switch {
	case n > 1:
		return a.refuse(lf.call.Pos(), "", fmt.Sprintf("%s returns %d values", a.text(lf.call.Fun), len(list)),
			"return one value (a struct), one value and an error, an error, or nothing")
	case n == 1:
		lf.result = list[0]
	}
	return nil
}

// callee finds how to call FUNC: by its name where it has one, else through a
// variable that is evaluated once.
func (lf *lineForm) callee(a *analysis) {
	fun := unparen(lf.call.Fun)
	tv := a.in.Info.Types[fun]
	w := a.newWalker(a.in.Info)
	byName := tv.IsType() || tv.IsBuiltin()
	if fn := w.funcObject(fun); fn != nil && fn.Signature().Recv() == nil {
		byName = true
	}
	lf.fun = a.source(lf.call.Fun)
	if !byName {
		g := gen{a: a}
		lf.prepared = append(lf.prepared, "gbz_f := "+g.marker(lf.call.Fun.Pos())+lf.fun)
		lf.fun = "gbz_f"
	}
	items := 1
	if r := lf.in.Loop.(*ast.RangeStmt); r.Key == nil {
		items = 0
	} else if id, ok := r.Key.(*ast.Ident); ok && id.Name == "gbz_k" {
		items = 2
	}
	for i, arg := range lf.call.Args {
		text := a.source(arg)
		tv := a.in.Info.Types[arg]
		last := lf.init != nil && i == len(lf.call.Args)-1
		if i >= items && !last && tv.Value == nil && !tv.IsNil() && !tv.IsType() {
			name := fmt.Sprintf("gbz_p%d", i)
			g := gen{a: a}
			lf.prepared = append(lf.prepared, fmt.Sprintf("var %s %s = %s%s", name, g.typ(tv.Type), g.marker(arg.Pos()), text))
			text = name
		}
		if lf.call.Ellipsis.IsValid() && i == len(lf.call.Args)-1 {
			text += "..."
		}
		lf.args = append(lf.args, text)
	}
}

func (lf *lineForm) assigned(a *analysis) *Refusal {
	names := len(lf.in.Result)
	fun := a.text(lf.call.Fun)
	switch {
	case names > 2:
		return a.refuse(lf.call.Pos(), "", fmt.Sprintf("%d names are assigned", names), "write out := or out, err :=")
	case names > 0 && lf.result == nil && !lf.fails:
		return a.refuse(lf.call.Pos(), "", fun+" returns nothing that could be assigned", "leave the assignment out")
	case names == 2 && lf.result == nil:
		return a.refuse(lf.call.Pos(), "", fun+" returns an error only", "write err := %vectorize …")
	}
	return nil
}

// line writes the line form.
func (g *gen) line(lf *lineForm) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	results := g.lineResults(lf)
	if len(lf.in.Result) > 0 {
		b.WriteString(strings.Join(lf.in.Result, ", ") + " " + lf.in.Op + " ")
	}
	p("func() %s {", results)
	p("gbz_job := gbz_parallel.Begin(%q)", g.a.in.Key)
	for _, s := range append(lf.prepared, g.prepare()...) {
		p("%s", s)
	}
	if lf.result != nil {
		p("var gbz_b []%s", g.typ(lf.result))
		p("gbz_job.Reset = func() { gbz_b = make([]%s, gbz_n) }", g.typ(lf.result))
		if g.a.in.Options.Compare {
			p("gbz_job.Fill(\"the results\", &gbz_b)")
		}
	}
	for _, s := range g.memory {
		p("%s", s)
	}
	if lf.init != nil {
		p("%s", g.lineInit(lf))
	}
	p("gbz_job.Body = func(gbz_w *gbz_vectorizer.Worker, gbz_lo, gbz_hi int) {")
	if lf.init != nil {
		p("gbz_s, _ := gbz_w.State.(%s)", g.typ(lf.state))
	}
	p("%s\n}", g.lineLoop(lf, "gbz_lo", "gbz_hi", "if gbz_w.Stopped() { return }\ngbz_w.Index = gbz_i", "if gbz_w.Fail(gbz_e) { return }\ncontinue"))
	if g.a.in.Options.Each != "" {
		p("%s", g.each())
	}
	if g.a.in.Options.Compare {
		p("%s", g.lineSequential(lf))
	}
	p("%s", g.lineEnd(lf))
	b.WriteString(g.marker(g.sh.stmt.Pos()) + "}()")
	return b.String()
}

// lineResults is the result list of the function that the line becomes.
func (g *gen) lineResults(lf *lineForm) string {
	if lf.result == nil {
		if len(lf.in.Result) == 1 {
			return "error"
		}
		return ""
	}
	t := "[]" + g.typ(lf.result)
	if m, ok := g.sh.xt.Underlying().(*types.Map); ok {
		t = "map[" + g.typ(m.Key()) + "]" + g.typ(lf.result)
	}
	if len(lf.in.Result) == 2 {
		return "(" + t + ", error)"
	}
	return t
}

func (g *gen) lineInit(lf *lineForm) string {
	call := fmt.Sprintf("%s%s(gbz_rank)", g.marker(lf.init.Fun.Pos()), g.a.source(lf.init.Fun))
	if lf.initErr {
		return fmt.Sprintf("gbz_job.Init = func(gbz_rank int) (interface{}, error) { gbz_s, gbz_e := %s; return gbz_s, gbz_e }", call)
	}
	return fmt.Sprintf("gbz_job.Init = func(gbz_rank int) (interface{}, error) { return %s, nil }", call)
}

func (g *gen) lineLoop(lf *lineForm, lo, hi, head, onError string) string {
	call := fmt.Sprintf("%s%s(%s)", g.marker(g.sh.stmt.Pos()), lf.fun, strings.Join(lf.args, ", "))
	var body string
	switch {
	case lf.result != nil && lf.fails:
		body = fmt.Sprintf("gbz_r, gbz_e := %s\nif gbz_e != nil {\n%s\n}\ngbz_b[gbz_i] = gbz_r", call, onError)
	case lf.result != nil:
		body = "gbz_b[gbz_i] = " + call
	case lf.fails:
		body = fmt.Sprintf("if gbz_e := %s; gbz_e != nil {\n%s\n}", call, onError)
	default:
		body = call
	}
	return fmt.Sprintf("for gbz_i := %s; gbz_i < %s; gbz_i++ {\n%s\n%s\n%s\n}", lo, hi, head, strings.Join(g.vars(), "\n"), body)
}

// lineSequential is the plain loop that a comparison is measured by.
func (g *gen) lineSequential(lf *lineForm) string {
	var b strings.Builder
	b.WriteString("gbz_job.Sequential = func() {\n")
	if lf.result != nil {
		b.WriteString("gbz_job.Reset()\n")
	}
	if lf.init != nil {
		fmt.Fprintf(&b, "gbz_any, gbz_e := gbz_job.Init(0)\nif gbz_e != nil { panic(gbz_e) }\ngbz_s, _ := gbz_any.(%s)\ndefer gbz_parallel.Close(gbz_any)\n", g.typ(lf.state))
	}
	b.WriteString(g.lineLoop(lf, "0", "gbz_n", "gbz_job.Index = gbz_i", "gbz_job.Fail(gbz_e)"))
	b.WriteString("\n}")
	return b.String()
}

// lineEnd runs the job and returns.
func (g *gen) lineEnd(lf *lineForm) string {
	names := len(lf.in.Result)
	at := g.marker(g.sh.stmt.Pos())
	if lf.result == nil {
		if names == 1 {
			return at + "return gbz_job.Try(gbz_n)"
		}
		return at + "gbz_job.Run(gbz_n)"
	}
	run, value := at+"gbz_job.Run(gbz_n)", "gbz_b"
	if names == 2 {
		run = at + fmt.Sprintf("gbz_err := gbz_job.Try(gbz_n)\nif gbz_b == nil { gbz_job.Reset() }\nif gbz_job.Abandoned() {\ngbz_c := make([]%s, gbz_n)\nfor gbz_i := range gbz_c { if !gbz_job.Held(gbz_i) { gbz_c[gbz_i] = gbz_b[gbz_i] } }\ngbz_b = gbz_c\n}", g.typ(lf.result))
	}
	if m, ok := g.sh.xt.Underlying().(*types.Map); ok {
		value = "gbz_out"
		run += fmt.Sprintf("\ngbz_out := make(map[%s]%s, gbz_n)\nfor gbz_i, gbz_k := range gbz_key { gbz_out[gbz_k] = gbz_b[gbz_i] }", g.typ(m.Key()), g.typ(lf.result))
	}
	if names == 2 {
		value += ", gbz_err"
	}
	return run + "\nreturn " + value
}

// each writes the --each call: func(), func(i int), or func(i int, r R).
func (g *gen) each() string {
	args := ""
	if sig, ok := g.a.in.Options.EachType.Underlying().(*types.Signature); ok {
		switch sig.Params().Len() {
		case 1:
			args = "gbz_i"
		case 2:
			args = "gbz_i, gbz_b[gbz_i]"
		}
	}
	return fmt.Sprintf("gbz_each := %s%s\ngbz_job.Each = func(gbz_i int) { gbz_each(%s) }", g.a.in.Options.EachMark, g.a.in.Options.Each, args)
}

// eachFits refuses an --each that doesn't take what it would be given.
func (a *analysis) eachFits(pos token.Pos, result types.Type) *Refusal {
	if a.in.Options.Each == "" {
		return nil
	}
	sig, ok := a.in.Options.EachType.Underlying().(*types.Signature)
	if ok {
		isInt := func(i int) bool { return types.Identical(sig.Params().At(i).Type(), types.Typ[types.Int]) }
		switch n := sig.Params().Len(); {
		case n == 0, n == 1 && isInt(0):
			return nil
		case n == 2 && isInt(0) && result != nil && types.AssignableTo(result, sig.Params().At(1).Type()):
			return nil
		}
	}
	want := "func() or func(i int)"
	if result != nil {
		want += " or func(i int, r " + shortType(result) + ")"
	}
	return a.refuse(pos, "", "--each "+a.in.Options.Each+" is a "+shortType(a.in.Options.EachType), "give a "+want)
}
