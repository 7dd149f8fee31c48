package randprog

import (
	"strconv"
	"strings"
)

// declareConst declares a constant or a few.
func (g *gen) declareConst() {
	t := pick(g, tInt, tString, tFloat)
	if d := g.declared(func(t *typ) bool { return t.kind == kInt || t.kind == kString || t.kind == kFloat }); d != nil && g.chance(2) {
		t = d
	}
	name := g.globalName(pick(g, "limit", "Greeting", "factor"))
	value := g.literal(t, 0)
	if t.named || t == tInt || g.chance(2) {
		g.decl("const %s %s = %s", name, t, value)
	} else if t != tFloat {
		g.decl("const %s = %s", name, value)
	} else {
		g.decl("const %s = float64(%s)", name, value)
	}
	g.consts = append(g.consts, constant{name, t})
}

// declareVar declares a package variable with an initialiser that may use
// earlier ones and functions.
func (g *gen) declareVar() {
	t := g.anyType(2)
	g.body = body{b: &strings.Builder{}, scope: g.scope, mult: 1, budget: 300}
	v := &variable{name: g.globalName(pick(g, "total", "Names", "cache", "state")), t: t, used: true, global: true}
	switch {
	case t.zeroWorks() && g.chance(3):
		g.decl("var %s %s", v.name, t)
	case g.chance(2):
		g.decl("var %s %s = %s", v.name, t, g.initialiser(t))
	default:
		g.decl("var %s = %s", v.name, g.typed(t, g.initialiser(t)))
	}
	g.scope.vars = append(g.scope.vars, v)
}

// initialiser returns a value that names at most other variables: what a
// function reads would make it depend on variables declared later.
func (g *gen) initialiser(t *typ) string {
	was := g.funcs
	g.funcs = nil
	text := g.expr(t, 2)
	g.funcs = was
	return text
}

// declareFunc declares a function.
func (g *gen) declareFunc() {
	if g.chance(4) {
		g.recursive()
		return
	}
	sig := g.signature(2)
	f := &function{method: method{name: g.globalName(pick(g, "compute", "Make", "fold", "check")), sig: sig}}
	names, vars := g.params(sig)
	results, rvars := g.namedResults(sig)
	w := g.topFunction(sig, append(vars, rvars...), results)
	f.cost, f.writes, f.prints = w.cost, w.writes, w.prints
	g.decl("func %s%s {\n%s}", f.name, sig.named(names, results), w.text)
	g.funcs = append(g.funcs, f)
}

func (g *gen) topFunction(sig *signature, vars []*variable, results []string) written {
	g.body = body{b: &strings.Builder{}, scope: g.scope}
	return g.function(sig, vars, results, 400, false)
}

// recursive declares a function that calls itself a few times.
func (g *gen) recursive() {
	t := g.anyType(1)
	sig := &signature{params: []*typ{tInt, t}, results: []*typ{t}}
	f := &function{method: method{name: g.globalName("rec"), sig: sig, cost: 60}}
	vars := []*variable{{name: "n", t: tInt, used: true, fixed: true}, {name: "x", t: t, used: true}}
	g.body = body{b: &strings.Builder{}, scope: &scope{outer: g.scope, vars: vars}, mult: 1, budget: 30}
	step := g.expr(t, 2)
	g.scope = g.scope.outer
	g.decl("func %s(n int, x %s) %s {\n\tif n <= 0 || n > 5 {\n\t\treturn x\n\t}\n\tx = %s\n\treturn %s(n-1, x)\n}", f.name, t, t, g.bounded(t, step), f.name)
	g.funcs = append(g.funcs, f)
}

// bounded keeps strings short.
func (g *gen) bounded(t *typ, text string) string {
	if t.kind == kString {
		return g.typed(t, g.helper("clip")+"(string("+text+"))")
	}
	return text
}

// declareMethod declares a method of a declared type.
func (g *gen) declareMethod() {
	t := g.declared(func(t *typ) bool {
		return t.kind != kIface && t.kind != kPointer && !strings.Contains(t.name, "[") && len(t.methods) < 4
	})
	if t == nil {
		g.declareType()
		return
	}
	m := &method{name: pick(g, "area", "Size", "label", "Grow", "update", "String", "Each"), sig: g.signature(1), pointer: g.chance(2)}
	if t.has(m.name) || t.hasField(m.name) || g.frozen(t, m) {
		return
	}
	if m.name == "String" {
		g.stringMethod(t, m)
		return
	}
	names, vars := g.params(m.sig)
	results, rvars := g.namedResults(m.sig)
	recv := &variable{name: "recv", t: t, used: true}
	rt := t.name
	if m.pointer {
		rt = "*" + t.name
		recv.t = pointerTo(t)
		recv.fixed = true
	}
	w := g.topFunction(m.sig, append(append(vars, rvars...), recv), results)
	m.cost, m.writes, m.prints = w.cost, w.writes, w.prints
	g.decl("func (recv %s) %s%s {\n%s}", rt, m.name, m.sig.named(names, results), w.text)
	t.methods = append(t.methods, m)
}

// frozen reports whether a new method would change what is already written: a
// type that is embedded or implements something may hide what was selected.
func (g *gen) frozen(t *typ, m *method) bool {
	for _, o := range g.types {
		if o != t && o.kind == kStruct {
			for _, f := range o.fields {
				u := f.t
				if u.kind == kPointer {
					u = u.elem
				}
				if f.embedded && u == t {
					return true
				}
			}
		}
		if o.kind == kIface && o.has(m.name) && g.impls[o.name] == t {
			return true
		}
	}
	for _, x := range t.members() {
		if x.name == m.name {
			return true
		}
	}
	return false
}

func (t *typ) hasField(name string) bool {
	for _, f := range t.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

// stringMethod declares String, which must not print its receiver.
func (g *gen) stringMethod(t *typ, m *method) {
	m.sig = &signature{results: []*typ{tString}}
	m.cost = 5
	text := `"` + t.name + `"`
	if t.kind == kStruct {
		for _, f := range t.fields {
			if f.t.kind <= kString && !f.t.named && !f.embedded {
				text = `fmt.Sprint("<", s.` + f.name + `, ">")`
			}
		}
	} else if t.kind == kSlice || t.kind == kMap || t.kind == kArray {
		g.use("strconv")
		text = `"` + t.name + `:" + strconv.Itoa(len(s))`
		if m.pointer {
			text = `"` + t.name + `:" + strconv.Itoa(len(*s))`
		}
	}
	rt := t.name
	if m.pointer {
		rt = "*" + rt
	}
	g.decl("func (s %s) String() string { return %s }", rt, text)
	t.methods = append(t.methods, m)
}

// helpers are functions that programs call: the import one needs, "" for none,
// and its text, in which %[1]s is its name.
var helpers = map[string]struct{ imports, text string }{
	"id":    {text: "func %[1]s[T any](x T) T { return x }"},
	"ptr":   {text: "func %[1]s[T any](x T) *T { return &x }"},
	"cond":  {text: "func %[1]s[T any](c bool, x, y T) T {\n\tif c {\n\t\treturn x\n\t}\n\treturn y\n}"},
	"at":    {text: "func %[1]s[T any](s []T, i int) T {\n\tif i < len(s) {\n\t\treturn s[i]\n\t}\n\tvar zero T\n\treturn zero\n}"},
	"few":   {text: "func %[1]s[S ~[]E, E any](s S) S { return s[:min(len(s), 3)] }"},
	"clip":  {text: "func %[1]s(s string) string {\n\tif r := []rune(s); len(r) > 12 {\n\t\treturn string(r[:12])\n\t}\n\treturn s\n}"},
	"times": {"iter", "func %[1]s[T any](n int, x T) iter.Seq2[int, T] {\n\treturn func(yield func(int, T) bool) {\n\t\tfor i := range n {\n\t\t\tif !yield(i, x) {\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}\n}"},
}

// helper returns the name of a helper function, which is then declared.
func (g *gen) helper(name string) string {
	h := helpers[name]
	if h.imports != "" {
		g.use(h.imports)
	}
	return g.once(name, h.text)
}

// once returns the program's name for a base name, and declares it the first
// time: %[1]s in the declarations is the name.
func (g *gen) once(base string, decls ...string) string {
	name := base + g.suffix
	if !g.helpers[base] {
		g.helpers[base] = true
		for _, d := range decls {
			g.decl(d, name)
		}
	}
	return name
}

// instance returns an instance of a generic type.
func (g *gen) instance() *typ {
	kinds := []string{"pair", "stack", "set", "opt"}
	base := kinds[g.r.IntN(len(kinds))]
	arg := g.basic()
	if g.chance(3) {
		if t := g.declared(func(t *typ) bool { return t.printable() && !strings.Contains(t.name, "[") }); t != nil {
			arg = t
		}
	}
	key := g.keyType()
	if strings.Contains(key.name, "[") {
		key = tInt
	}
	generic := g.once(base, generics[base]...)
	name := generic + "[" + arg.String() + "]"
	switch base {
	case "pair":
		name = generic + "[" + key.String() + ", " + arg.String() + "]"
	case "set":
		name = generic + "[" + key.String() + "]"
	}
	if t := g.instances[name]; t != nil {
		return t
	}
	t := &typ{kind: kStruct, name: name, named: true}
	g.instances[name] = t
	g.types = append(g.types, t)
	add := func(name string, pointer, writes bool, params []*typ, variadic bool, results ...*typ) {
		t.methods = append(t.methods, &method{name: name, sig: &signature{params: params, variadic: variadic, results: results}, pointer: pointer, writes: writes, cost: 10})
	}
	switch base {
	case "pair":
		t.fields = []*field{{name: "key", t: key}, {name: "Val", t: arg}}
		add("with", false, false, []*typ{arg}, false, t)
		add("String", false, false, nil, false, tString)
	case "stack":
		t.fields = []*field{{name: "items", t: sliceOf(arg)}}
		add("push", true, true, []*typ{sliceOf(arg)}, true, tInt)
		add("top", true, false, nil, false, arg)
	case "opt":
		t.fields = []*field{{name: "v", t: arg}, {name: "ok", t: tBool}}
		add("orElse", false, false, []*typ{arg}, false, arg)
	case "set":
		t.kind, t.key, t.elem = kMap, key, &typ{kind: kStruct}
		add("Has", false, false, []*typ{key}, false, tBool)
	}
	return t
}

// generics are generic types with their methods: %[1]s is the type's name.
var generics = map[string][]string{
	"pair": {
		"type %[1]s[K comparable, V any] struct {\n\tkey K\n\tVal V\n}",
		"func (p %[1]s[K, V]) with(v V) %[1]s[K, V] { p.Val = v; return p }",
		"func (p %[1]s[K, V]) String() string { return fmt.Sprintf(\"%%v=%%v\", p.key, p.Val) }",
	},
	"stack": {
		"type %[1]s[T any] struct{ items []T }",
		"func (s *%[1]s[T]) push(xs ...T) int { s.items = append(s.items, xs...); return len(s.items) }",
		"func (s *%[1]s[T]) top() (x T) {\n\tif n := len(s.items); n > 0 {\n\t\tx = s.items[n-1]\n\t}\n\treturn\n}",
	},
	"opt": {
		"type %[1]s[T any] struct {\n\tv  T\n\tok bool\n}",
		"func (o %[1]s[T]) orElse(x T) T {\n\tif o.ok {\n\t\treturn o.v\n\t}\n\treturn x\n}",
	},
	"set": {
		"type %[1]s[K comparable] map[K]struct{}",
		"func (s %[1]s[K]) Has(k K) bool { _, ok := s[k]; return ok }",
	},
}

// idioms adds declarations that the rest calls.
func (g *gen) idioms() {
	if g.chance(3) {
		for _, v := range g.scope.vars {
			if v.t.kind == kInt {
				g.decl("func init() { %s += %s }", v.name, strconv.Itoa(g.r.IntN(9)))
				return
			}
		}
	}
}
