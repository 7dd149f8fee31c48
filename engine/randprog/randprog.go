// Package randprog writes random Go programs: [Program]. They are well typed,
// end soon, and print the same in every run, so that two ways to run them can
// be compared. What they are made of is what a notebook's front end has to take
// apart: fields and methods that are not exported, embedding, interfaces,
// generics, closures, constants, initialisers, control flow, channels,
// goroutines, formatted output.
package randprog

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
)

// A gen is one program being written.
type gen struct {
	r      *rand.Rand
	suffix string // ends every name at package level

	imports   map[string]bool
	decls     []string // top-level declarations
	types     []*typ   // declared, instances included
	instances map[string]*typ
	impls     map[string]*typ // a declared type for each interface
	funcs     []*function
	consts    []constant
	helpers   map[string]bool
	typeCount int
	nameCount int

	body
}

// A body is a function's body being written.
type body struct {
	b     *strings.Builder
	scope *scope // the innermost
	depth int

	mult    int // how often the statement being written runs
	cost    int
	budget  int
	writes  bool       // it changes what others see
	prints  bool       // it prints
	loop    int        // loops around the statement
	ret     *signature // nil in main
	results []string   // names of results
	labels  int
}

type constant struct {
	name string
	t    *typ
}

// A function is declared at package level.
type function struct {
	method
}

// A scope is a block's variables.
type scope struct {
	outer *scope
	vars  []*variable
	// closed keeps expressions from the variables further out (in goroutines).
	closed bool
}

type variable struct {
	name   string
	t      *typ
	used   bool
	fixed  bool // must not be assigned
	hidden bool // must not be read before it is assigned: never used
	global bool
}

// Program returns a program. The same seed gives the same program; suffix ends
// the names of what it declares, so that several programs can share a package:
// their functions main are to be renamed.
func Program(seed uint64, suffix string) string {
	g := &gen{r: rand.New(rand.NewPCG(seed, 77)), suffix: suffix, imports: map[string]bool{"fmt": true}, helpers: map[string]bool{},
		instances: map[string]*typ{}, impls: map[string]*typ{}, body: body{b: &strings.Builder{}, scope: &scope{}, mult: 1}}
	for range 4 + g.r.IntN(8) {
		switch g.r.IntN(8) {
		case 0, 1, 2:
			g.declareType()
		case 3:
			g.declareConst()
		case 4:
			g.declareVar()
		case 5, 6:
			g.declareMethod()
		case 7:
			g.declareFunc()
		}
	}
	g.declareMethod()
	g.declareFunc()
	g.idioms()
	main := g.main()
	return g.assemble(main)
}

func (g *gen) assemble(main string) string {
	var b strings.Builder
	b.WriteString("package main\n\n")
	var paths []string
	for p := range g.imports {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	if g.chance(2) {
		b.WriteString("import (\n")
		for _, p := range paths {
			fmt.Fprintf(&b, "\t%q\n", p)
		}
		b.WriteString(")\n")
	} else {
		for _, p := range paths {
			fmt.Fprintf(&b, "import %q\n", p)
		}
	}
	decls := append([]string(nil), g.decls...)
	if g.chance(2) {
		g.r.Shuffle(len(decls), func(i, j int) { decls[i], decls[j] = decls[j], decls[i] })
	}
	for _, d := range decls {
		b.WriteString("\n" + d + "\n")
	}
	b.WriteString("\nfunc main() {\n" + main + "}\n")
	return b.String()
}

func (g *gen) main() string {
	g.body = body{b: &strings.Builder{}, scope: g.scope, mult: 1, budget: 60_000}
	g.push(false)
	for range 6 + g.r.IntN(8) {
		g.stmt(3)
	}
	g.pop()
	return g.b.String()
}

func (g *gen) chance(n int) bool { return g.r.IntN(n) == 0 }

func pick[T any](g *gen, options ...T) T { return options[g.r.IntN(len(options))] }

func (g *gen) use(path string) { g.imports[path] = true }

func (g *gen) decl(format string, args ...any) {
	g.decls = append(g.decls, fmt.Sprintf(format, args...))
}

func (g *gen) globalName(base string) string {
	g.nameCount++
	return base + strconv.Itoa(g.nameCount) + g.suffix
}

func (g *gen) line(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	g.b.WriteString(strings.Repeat("\t", g.depth) + format + "\n")
}

// push opens a block; pop closes it.
func (g *gen) push(closed bool) {
	g.scope = &scope{outer: g.scope, closed: closed}
	g.depth++
}

func (g *gen) pop() {
	g.blanks()
	g.scope = g.scope.outer
	g.depth--
}

// blanks uses the variables of the innermost block that nothing used.
func (g *gen) blanks() {
	for _, v := range g.scope.vars {
		if !v.used {
			g.line("_ = %s", v.name)
		}
	}
}

// visible returns the variables in scope, inner ones hiding outer ones.
func (g *gen) visible() []*variable {
	seen := map[string]bool{}
	var out []*variable
	for s := g.scope; s != nil; s = s.outer {
		for i := len(s.vars) - 1; i >= 0; i-- {
			v := s.vars[i]
			if !seen[v.name] {
				seen[v.name] = true
				out = append(out, v)
			}
		}
		if s.closed {
			break
		}
	}
	return out
}

// declareLocal adds a variable to the innermost block.
func (g *gen) declareLocal(t *typ) *variable {
	v := &variable{name: g.localName(), t: t}
	g.scope.vars = append(g.scope.vars, v)
	return v
}

// localName returns a name that is new in the innermost block; it may hide one
// further out.
func (g *gen) localName() string {
	for n := 0; ; n++ {
		name := pick(g, "a", "b", "c", "i", "k", "n", "s", "v", "xs", "ok", "err", "got", "tmp", "ñ")
		if n > 3 {
			name += strconv.Itoa(g.r.IntN(50))
		}
		taken := false
		for _, v := range g.scope.vars {
			taken = taken || v.name == name
		}
		if !taken {
			return name
		}
	}
}

// A written is a function's body, and what running it does.
type written struct {
	text           string
	cost           int
	writes, prints bool
}

// function writes a body of at most budget steps; named parameters and results
// are in scope, and what surrounds it unless closed.
func (g *gen) function(sig *signature, vars []*variable, results []string, budget int, closed bool) written {
	was := g.body
	g.body = body{b: &strings.Builder{}, scope: &scope{outer: was.scope, closed: closed, vars: vars}, depth: was.depth, mult: 1, budget: budget, ret: sig, results: results}
	g.push(false)
	for range 1 + g.r.IntN(4) {
		g.stmt(2)
	}
	ret := g.returnText()
	g.blanks()
	g.line("%s", ret)
	w := written{g.b.String(), g.cost + 2, g.writes, g.prints}
	g.body = was
	return w
}

// params returns variables for a signature's parameters.
func (g *gen) params(sig *signature) (names []string, vars []*variable) {
	for i, t := range sig.params {
		names = append(names, "p"+strconv.Itoa(i))
		vars = append(vars, &variable{name: names[i], t: t, used: true})
	}
	return names, vars
}

// namedResults returns variables for named results, nothing when they are not
// to be named.
func (g *gen) namedResults(sig *signature) (names []string, vars []*variable) {
	if len(sig.results) == 0 || !g.chance(3) {
		return nil, nil
	}
	for i, t := range sig.results {
		names = append(names, "r"+strconv.Itoa(i))
		vars = append(vars, &variable{name: names[i], t: t, used: true, hidden: !t.zeroWorks()})
	}
	return names, vars
}
