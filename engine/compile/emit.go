// Package compile turns a checked cell into the source of a Go package:
// [Emit]. The package has the clause `package main`, so that %T prints what
// the user wrote, and a path of its own under nb/. Session variables become
// slots (pointers that the engine binds), names that other cells need get
// exported spellings, fields that are out of reach are reached through a type
// of the same layout, and every statement keeps its cell's position.
package compile

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"hash/fnv"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/rt/spelling"
)

// RuntimePath is the package that generated code calls.
const RuntimePath = "github.com/goblaze/goblaze/engine/rt"

// A World knows where the session's live objects were compiled.
type World interface {
	// Home returns the import path of the package that declares a function,
	// type, constant or struct field of an earlier cell.
	Home(obj types.Object) (path string, ok bool)
}

// A Package is an emitted cell.
type Package struct {
	Path    string // nb/<hash of the source>
	Source  []byte
	Imports []string // paths, sorted
	Slots   []Slot
	HasRun  bool // there are statements, initialisers, init or main to run
	// Vars are the session variables in the order in which running declares
	// them: a run that reached n declared the first n.
	Vars []*types.Var
	// Exported maps each declared object to its spelling for other packages.
	Exported map[types.Object]string
	// Fields are the struct fields whose home is this package.
	Fields []*types.Var
	// Instances are the instances of generic types and functions of cells that
	// other cells may use, by their check.InstanceKey.
	Instances []string
	// Shapes are the packages of struct type literals that this one imports.
	Shapes []*Package
}

// A Slot is a pointer to a session variable.
type Slot struct {
	Name string // the slot's, in the package and in rt.Unit.Vars
	Var  *types.Var
	New  bool // declared by this cell
}

// Options are how a cell is emitted.
type Options struct {
	World World
	// Whole calls func main at the end: the cell is a whole program.
	Whole bool
	// NoChecks leaves the stop checks out (for measuring their cost).
	NoChecks bool
	// Stretch is how much may run from one stop check to the next, for tests;
	// zero stands for the usual milliseconds.
	Stretch int
}

type emitter struct {
	u       *check.Unit
	opt     Options
	e       edits
	pkg     *Package
	decls   []string                   // generated package-level declarations
	slots   map[*types.Var]string      // slot names
	taken   map[string]bool            // package-level names in use
	imports map[string]string          // path → alias, for generated text
	userIm  map[check.ImportSpec][]int // where the user's text names a package
	keepIm  map[check.ImportSpec]bool  // packages that moved text names
	aliases map[*types.TypeName]string // foreign types
	mirrors map[*types.TypeName]string
	own     map[types.Object]bool // declared at package level by this unit
	ownFld  map[*types.Var]bool
	inits   []string            // names of renamed init functions
	inRun   map[*types.Var]bool // slots the statements use
	count   int
	commSet map[ast.Node]bool
	timed   *ast.BlockStmt // the body of a timed loop

	shapes   map[*ast.StructType]*types.Struct // literals that shapes stand for
	shapeFld map[*types.Var]bool               // their fields
	funcs    []ast.Node                        // around what is being walked

	regions   []region          // loops in which copies stand for variables
	regionEnd map[ast.Stmt]bool // their statements

	plans   map[ast.Stmt]*loopPlan // the loops' checks
	ahead   map[ast.Stmt]bool      // loops that check before they start
	pointed map[types.Object]bool  // see pointedTo

	hidden  map[string]bool            // names that the unit gives a meaning of its own, see findHidden
	inner   map[string]bool            // those of them that functions declare
	apartAs map[*types.TypeName]string // second names of types whose own is in inner

	short *types.Func // the function whose version for small n is being written
}

// Emit returns the package of a checked cell.
func Emit(u *check.Unit, opt Options) (*Package, error) {
	em := &emitter{u: u, opt: opt, e: edits{src: u.Src}, pkg: &Package{Exported: map[types.Object]string{}},
		slots: map[*types.Var]string{}, taken: map[string]bool{}, imports: map[string]string{},
		userIm: map[check.ImportSpec][]int{}, keepIm: map[check.ImportSpec]bool{}, aliases: map[*types.TypeName]string{}, mirrors: map[*types.TypeName]string{},
		own: map[types.Object]bool{}, ownFld: map[*types.Var]bool{}, inRun: map[*types.Var]bool{},
		shapes: map[*ast.StructType]*types.Struct{}, shapeFld: map[*types.Var]bool{},
		regionEnd: map[ast.Stmt]bool{}, plans: map[ast.Stmt]*loopPlan{}, ahead: map[ast.Stmt]bool{}}
	em.findHidden()
	em.collectShapes()
	em.collectOwn()
	em.findRegions()
	for _, d := range u.File.Decls {
		if !u.IsShadow(d) {
			em.walk(d)
		}
	}
	body := em.runBody()
	em.e.sorted()
	return em.assemble(body), nil
}

// collectOwn notes what the unit declares and the names it takes.
func (em *emitter) collectOwn() {
	scope := em.u.Pkg.Scope()
	for id, obj := range em.u.Info.Defs {
		if obj == nil {
			continue
		}
		if v, ok := obj.(*types.Var); ok && v.IsField() && !em.shapeFld[v] {
			em.ownFld[v] = true
			em.pkg.Fields = append(em.pkg.Fields, v)
		}
		if obj.Parent() == scope && em.u.Shadow[obj] == nil && id.Name != check.RunFunc && id.Name != "_" && id.Name != "init" {
			em.own[obj] = true
			em.taken[id.Name] = true
		}
	}
	for _, im := range em.u.Imports {
		em.taken[im.Name] = true
	}
	for _, v := range em.u.Vars {
		em.pkg.Vars = append(em.pkg.Vars, v)
		em.slot(v)
	}
	for _, obj := range em.u.Info.Uses {
		if t, ok := obj.(*types.TypeName); ok && em.foreign(t) {
			em.aliases[t] = t.Name() // its own name: the user's text stays
		}
	}
	var foreign []*types.TypeName
	for t := range em.aliases {
		foreign = append(foreign, t)
	}
	sort.Slice(foreign, func(i, j int) bool { return foreign[i].Name() < foreign[j].Name() })
	for _, t := range foreign {
		em.declareAlias(t, t.Name())
	}
}

// foreign reports whether obj is a package-level object of an earlier cell.
func (em *emitter) foreign(obj types.Object) bool {
	if obj.Pkg() == nil || obj.Pkg().Path() != "main" || em.own[obj] {
		return false
	}
	return obj.Pkg() != em.u.Pkg && obj.Parent() != nil && obj.Parent().Parent() == types.Universe
}

// typeName spells a session type.
func (em *emitter) typeName(o *types.TypeName) string {
	if !em.own[o] && !em.foreign(o) {
		return o.Name()
	}
	name, ok := em.aliases[o]
	if em.own[o] {
		name, ok = o.Name(), true
	}
	if ok && !em.inner[name] {
		return name
	}
	if name, ok := em.apartAs[o]; ok {
		return name
	}
	name = fmt.Sprintf("gbt%d_%s", len(em.aliases)+len(em.apartAs), o.Name())
	if !ok {
		em.aliases[o] = name
	} else {
		em.apartAs[o] = name
	}
	em.declareAlias(o, name)
	return name
}

func (em *emitter) declareAlias(o *types.TypeName, name string) {
	var tparams *types.TypeParamList
	switch t := o.Type().(type) {
	case *types.Named:
		tparams = t.TypeParams()
	case *types.Alias:
		tparams = t.TypeParams()
	}
	w := typeText{em}
	of := o.Name()
	if !em.own[o] {
		of = em.homeAlias(o) + "." + exported(of)
	}
	em.decls = append(em.decls, fmt.Sprintf("type %s%s = %s%s", name, w.params(tparams, true), of, w.params(tparams, false)))
}

// homeAlias imports the package that declares obj.
func (em *emitter) homeAlias(obj types.Object) string {
	path, ok := em.opt.World.Home(obj)
	if !ok {
		return "gbz_nowhere"
	}
	return em.importAlias(path)
}

// importAlias imports a package under a name that generated text may use
// anywhere.
func (em *emitter) importAlias(path string) string {
	if a, ok := em.imports[path]; ok {
		return a
	}
	a := "gbz_" + strconv.Itoa(len(em.imports))
	if path == RuntimePath {
		a = "gbz_rt"
	}
	em.imports[path] = a
	return a
}

func (em *emitter) rt() string { return em.importAlias(RuntimePath) }

// exported returns the spelling of a package-level name for other packages.
func exported(name string) string {
	if ast.IsExported(name) || name == "_" {
		return name
	}
	return spelling.Exported + name
}

// methodName is the spelling of a method everywhere: exported, so that
// interfaces match across packages.
func methodName(m *types.Func) string {
	if m.Pkg() == nil || m.Pkg().Path() != "main" {
		return m.Name()
	}
	return spelling.OfMethod(m.Name())
}

// slot returns the name of the slot of a session variable.
func (em *emitter) slot(v *types.Var) string {
	if s := em.u.Shadow[v]; s != nil {
		v = s
	}
	if o := em.u.Outer[v]; o != nil {
		v = o
	}
	if name, ok := em.slots[v]; ok {
		return name
	}
	name := "gbv_" + v.Name()
	isNew := false
	for _, n := range em.u.Vars {
		isNew = isNew || n == v
	}
	for em.taken[name] {
		name += "_"
	}
	em.taken[name] = true
	em.slots[v] = name
	em.pkg.Slots = append(em.pkg.Slots, Slot{Name: name, Var: v, New: isNew})
	return name
}

// sessionVar returns the session variable an object is, if it is one.
func (em *emitter) sessionVar(obj types.Object) (*types.Var, bool) {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() {
		return nil, false
	}
	if s := em.u.Shadow[v]; s != nil {
		return s, true
	}
	if o := em.u.Outer[v]; o != nil {
		return o, true
	}
	if _, ok := em.slots[v]; ok {
		return v, true
	}
	if em.foreign(v) {
		return v, true
	}
	return nil, false
}

// next returns a name for a temporary.
func (em *emitter) next(prefix string) string {
	em.count++
	return prefix + strconv.Itoa(em.count)
}

const pathMark = "nb/@@@@@@@@@@@@@@@@"

// assemble puts the file together.
func (em *emitter) assemble(run string) *Package {
	var decls strings.Builder
	for _, d := range em.u.File.Decls {
		if d == ast.Decl(em.u.Run) || em.u.IsShadow(d) {
			continue
		}
		if g, ok := d.(*ast.GenDecl); ok && (g.Tok.String() == "import" || g.Tok.String() == "var") {
			continue
		}
		decls.WriteString(em.declText(d))
	}
	em.slotDecls()
	register := em.register(run != "")
	if run != "" {
		em.pkg.HasRun = true
		run = fmt.Sprintf("func gbz_run(gbz_c *%s.Cell) {\n%s}\n", em.rt(), run)
	}
	var b strings.Builder
	for _, d := range em.decls {
		b.WriteString(d + "\n")
	}
	b.WriteString("func main() {}\n")
	b.WriteString(register)
	b.WriteString(decls.String())
	b.WriteString("/*line " + "/goblaze/generated" + ":1:1*/" + run)
	src := "package main\n" + em.importText(b.String()) + b.String()
	h := fnv.New128a()
	h.Write([]byte(src))
	em.pkg.Path = fmt.Sprintf("nb/%x", h.Sum(nil)[:8])
	em.pkg.Source = []byte(strings.ReplaceAll(src, pathMark, em.pkg.Path))
	for i, key := range em.pkg.Instances {
		em.pkg.Instances[i] = strings.ReplaceAll(key, pathMark, em.pkg.Path)
	}
	return em.pkg
}

// declText returns the text of a declaration with its position and its
// directives (//go:noinline and the like).
func (em *emitter) declText(d ast.Decl) string {
	var doc *ast.CommentGroup
	switch d := d.(type) {
	case *ast.FuncDecl:
		doc = d.Doc
	case *ast.GenDecl:
		doc = d.Doc
	}
	var b strings.Builder
	if doc != nil {
		for _, c := range doc.List {
			if strings.HasPrefix(c.Text, "//go:") && !strings.HasPrefix(c.Text, "//go:build") {
				p := em.u.Fset.Position(c.Pos())
				fmt.Fprintf(&b, "//line %s:%d:%d\n%s\n", p.Filename, p.Line, p.Column, em.directive(c.Text))
			}
		}
	}
	b.WriteString(em.at(d) + em.e.apply(em.u.Offset(d.Pos()), em.u.Offset(d.End())) + "\n")
	return b.String()
}

// directive returns a directive's text; one that links a function of this unit
// names it as it is spelled here.
func (em *emitter) directive(text string) string {
	words := strings.Fields(text)
	if len(words) < 2 || words[0] != "//go:linkname" {
		return text
	}
	if fn, ok := em.u.Pkg.Scope().Lookup(words[1]).(*types.Func); ok && em.own[fn] {
		words[1] = exported(words[1])
	}
	return strings.Join(words, " ")
}

// at returns the line directive of a node.
func (em *emitter) at(n ast.Node) string {
	p := em.u.Fset.Position(n.Pos())
	return fmt.Sprintf("/*line %s:%d:%d*/", p.Filename, p.Line, p.Column)
}

// slotDecls declares the slots and the exported spellings of types.
func (em *emitter) slotDecls() {
	w := typeText{em}
	for i := 0; i < len(em.pkg.Slots); i++ {
		s := em.pkg.Slots[i]
		em.decls = append(em.decls, fmt.Sprintf("var %s *%s", s.Name, w.of(s.Var.Type())))
	}
	var own []types.Object
	for obj := range em.own {
		own = append(own, obj)
	}
	sort.Slice(own, func(i, j int) bool { return own[i].Name() < own[j].Name() })
	for _, obj := range own {
		t, ok := obj.(*types.TypeName)
		if _, isVar := obj.(*types.Var); isVar {
			continue
		}
		em.pkg.Exported[obj] = exported(obj.Name())
		if !ok || ast.IsExported(t.Name()) {
			continue
		}
		var tparams *types.TypeParamList
		switch tt := t.Type().(type) {
		case *types.Named:
			tparams = tt.TypeParams()
		case *types.Alias:
			tparams = tt.TypeParams()
		}
		em.decls = append(em.decls, fmt.Sprintf("type %s%s = %s%s", exported(t.Name()), w.params(tparams, true), t.Name(), w.params(tparams, false)))
	}
}

// register emits the init function that hands the unit to the engine.
func (em *emitter) register(hasRun bool) string {
	var b strings.Builder
	rt := em.rt()
	fmt.Fprintf(&b, "func init() { %s.Register(%q, %s.Unit{", rt, pathMark, rt)
	if hasRun {
		b.WriteString("Run: gbz_run, ")
	}
	b.WriteString("Vars: " + rt + ".Values{")
	for _, s := range em.pkg.Slots {
		fmt.Fprintf(&b, "%q: &%s, ", s.Name, s.Name)
	}
	b.WriteString("}, Funcs: " + rt + ".Values{")
	w := typeText{em}
	var types_ []string
	var own []types.Object
	for obj := range em.pkg.Exported {
		own = append(own, obj)
	}
	sort.Slice(own, func(i, j int) bool { return own[i].Name() < own[j].Name() })
	for _, obj := range own {
		switch obj := obj.(type) {
		case *types.Func:
			if obj.Signature().TypeParams().Len() == 0 && obj.Name() != TimedFunc {
				fmt.Fprintf(&b, "%q: %s, ", obj.Name(), exported(obj.Name()))
			}
		case *types.TypeName:
			if isConcrete(obj) {
				types_ = append(types_, fmt.Sprintf("%q: %s.TypeFor[%s](), ", obj.Name(), em.importAlias("reflect"), w.of(obj.Type())))
			}
		}
	}
	for _, in := range em.instances() {
		em.pkg.Instances = append(em.pkg.Instances, in.key)
		if in.isType {
			types_ = append(types_, fmt.Sprintf("%q: %s.TypeFor[%s](), ", in.key, em.importAlias("reflect"), in.text))
		} else {
			fmt.Fprintf(&b, "%q: %s, ", in.key, in.text)
		}
	}
	b.WriteString("}")
	if len(types_) > 0 {
		fmt.Fprintf(&b, ", Types: %s.Types{%s}", rt, strings.Join(types_, ""))
	}
	if em.u.Pkg.Scope().Lookup(TimedFunc) != nil {
		fmt.Fprintf(&b, ", Entries: %s.Values{%q: %s}", rt, TimedFunc, exported(TimedFunc))
	}
	b.WriteString("}) }\n")
	return b.String()
}

// isConcrete reports whether values of the type exist: it is neither generic
// nor a constraint.
func isConcrete(o *types.TypeName) bool {
	switch t := o.Type().(type) {
	case *types.Named:
		if t.TypeParams().Len() > 0 {
			return false
		}
	case *types.Alias:
		if t.TypeParams().Len() > 0 {
			return false
		}
	}
	if i, ok := o.Type().Underlying().(*types.Interface); ok && !i.IsMethodSet() {
		return false
	}
	return !incomplete(o.Type())
}

// incomplete reports whether a type holds runtime/cgo.Incomplete, of which no
// instance can be made.
func incomplete(t types.Type) bool {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Name() == "Incomplete" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "runtime/cgo" {
		return true
	}
	switch t := t.Underlying().(type) {
	case *types.Array:
		return incomplete(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if incomplete(f.Type()) {
				return true
			}
		}
	}
	return false
}

// importText writes the imports of the user's text that are used, and those of
// generated text.
func (em *emitter) importText(body string) string {
	var lines, paths []string
	add := func(alias, path string) {
		line := fmt.Sprintf("import %s %q\n", alias, path)
		if path == "C" {
			line = em.cgoPreamble() + "import \"C\"\n"
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
		paths = append(paths, path)
	}
	for im, offs := range em.userIm {
		if em.keepIm[im] || !em.e.covers(offs, em.unwritten) {
			add(im.Name, im.Path)
		}
	}
	for _, im := range em.u.Imports {
		if im.Name == "_" || im.Name == "." && em.usesDot(im.Path) {
			add(im.Name, im.Path)
		}
	}
	for path, alias := range em.imports {
		if strings.Contains(body, alias+".") { // else what named it was replaced
			add(alias, path)
		}
	}
	sort.Strings(lines)
	sort.Strings(paths)
	for i, p := range paths {
		if i == 0 || paths[i-1] != p {
			em.pkg.Imports = append(em.pkg.Imports, p)
		}
	}
	return strings.Join(lines, "")
}

// cgoPreamble returns the comment before import "C", which cgo reads.
func (em *emitter) cgoPreamble() string {
	for _, d := range em.u.File.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT || g.Doc == nil {
			continue
		}
		for _, s := range g.Specs {
			if s.(*ast.ImportSpec).Path.Value == `"C"` {
				var b strings.Builder
				for _, c := range g.Doc.List {
					if !strings.HasPrefix(c.Text, "/*line ") { // ours
						b.WriteString(em.u.Text(c) + "\n")
					}
				}
				return b.String()
			}
		}
	}
	return ""
}

// unwritten reports whether an offset lies in a package-level var declaration
// outside its values: only these are emitted.
func (em *emitter) unwritten(off int) bool {
	for _, d := range em.u.File.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR || off < em.u.Offset(g.Pos()) || off >= em.u.Offset(g.End()) {
			continue
		}
		for _, in := range em.u.Info.InitOrder {
			if em.u.Offset(in.Rhs.Pos()) <= off && off < em.u.Offset(in.Rhs.End()) {
				return em.u.IsShadow(d)
			}
		}
		return true
	}
	return false
}

// usesDot reports whether a name of the package is used without qualifier.
func (em *emitter) usesDot(path string) bool {
	for id, obj := range em.u.Info.Uses {
		if obj.Pkg() != nil && obj.Pkg().Path() == path && obj.Parent() == obj.Pkg().Scope() && !em.qualified(id) {
			return true
		}
	}
	return false
}

func (em *emitter) qualified(id *ast.Ident) bool {
	off := em.u.Offset(id.Pos())
	return off > 0 && em.u.Src[off-1] == '.'
}
