package randprog

import (
	"strconv"
	"strings"
)

// literal returns a value of the type, spelled out.
func (g *gen) literal(t *typ, depth int) string {
	switch t.kind {
	case kBool:
		return pick(g, "true", "false")
	case kInt:
		return g.integerLiteral(t)
	case kFloat:
		return pick(g, "0.5", "-2.25", "3", "1e3", "0")
	case kString:
		return pick(g, `"go"`, `"héllo"`, `""`, "`a\"b`", `"x y"`, `"日本"`)
	case kStruct:
		return g.structLiteral(t, t.String(), depth)
	case kSlice, kArray:
		return t.braced(g.elements(t, depth))
	case kMap:
		return t.braced(g.entries(t, depth))
	case kPointer:
		if t.elem.kind == kStruct && g.chance(2) {
			return g.structLiteral(t.elem, "&"+t.elem.String(), depth)
		}
		return g.helper("ptr") + "(" + g.typed(t.elem, g.literal(t.elem, depth)) + ")"
	case kFunc:
		return g.funcLiteral(t, depth)
	case kIface:
		return g.implementer(t, depth)
	}
	o := g.basic()
	if g.chance(3) {
		o = g.printableType()
	}
	return "any(" + g.typed(o, g.literal(o, depth-1)) + ")"
}

// braced returns a literal of the type: one that begins with a name stands in
// parentheses, for the headers of statements.
func (t *typ) braced(elements string) string {
	if t.name != "" {
		return "(" + t.name + elements + ")"
	}
	return t.String() + elements
}

func (g *gen) integerLiteral(t *typ) string {
	n := g.r.IntN(100)
	if t.signed && g.chance(4) {
		n = -n
	}
	switch g.r.IntN(8) {
	case 0:
		return "'" + string(rune('a'+g.r.IntN(26))) + "'"
	case 1:
		return "0x" + strconv.FormatInt(int64(g.r.IntN(100)), 16)
	}
	return strconv.Itoa(n)
}

// structLiteral writes a struct with or without the names of its fields; some
// of those whose zero value works are left out.
func (g *gen) structLiteral(t *typ, prefix string, depth int) string {
	keyed := g.chance(2)
	var parts []string
	for _, f := range t.fields {
		if f.mayNil || keyed && f.t.zeroWorks() && (g.chance(3) || depth <= 0) {
			if !keyed {
				parts = append(parts, "nil")
			}
			continue
		}
		value := ""
		if depth > 0 && g.chance(3) {
			value = g.leaf(f.t, depth-1)
		} else {
			value = g.literal(f.t, depth-1)
		}
		if keyed {
			value = f.literalName() + ": " + value
		}
		parts = append(parts, value)
	}
	return "(" + prefix + "{" + strings.Join(parts, ", ") + "})"
}

func (f *field) literalName() string {
	name, _, _ := strings.Cut(f.name, "[")
	return name
}

// elements writes the values of a slice or array, types left out where Go
// allows it.
func (g *gen) elements(t *typ, depth int) string {
	n := g.r.IntN(4)
	if t.kind == kArray {
		n = t.n
	}
	var parts []string
	for i := range n {
		value := g.element(t.elem, depth)
		if t.kind == kArray && i > 0 && g.chance(4) {
			value = strconv.Itoa(i) + ": " + value
		}
		parts = append(parts, value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (g *gen) entries(t *typ, depth int) string {
	var parts []string
	for i := range g.r.IntN(4) {
		key := g.literal(t.key, depth-1)
		switch {
		case t.key.kind == kInt:
			key = strconv.Itoa(i * 7)
		case t.key.kind == kString:
			key = strconv.Quote("k" + strconv.Itoa(i))
		case i > 0:
			continue // it might be the same
		}
		parts = append(parts, key+": "+g.element(t.elem, depth))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func (g *gen) element(t *typ, depth int) string {
	if g.chance(2) {
		switch {
		case t.kind == kStruct && depth > 0:
			return strings.TrimSuffix(strings.TrimPrefix(g.structLiteral(t, "", depth-1), "("), ")")
		case t.kind == kPointer && t.elem.kind == kStruct && depth > 0:
			return strings.TrimSuffix(strings.TrimPrefix(g.structLiteral(t.elem, "", depth-1), "("), ")")
		}
	}
	if depth > 1 && g.chance(3) {
		return g.expr(t, 1)
	}
	return g.literal(t, depth-1)
}

// implementer returns a value of a type that implements the interface.
func (g *gen) implementer(t *typ, depth int) string {
	if t == tError {
		g.use("errors")
		return pick(g, `errors.New("bad")`, `fmt.Errorf("wrapped: %w", errors.ErrUnsupported)`)
	}
	o := g.impls[t.name]
	if g.chance(3) {
		for _, other := range g.types {
			if other.kind != kIface && other.implements(t) {
				o = other
			}
		}
	}
	if o.implements(t) && g.chance(2) {
		return t.String() + "(" + g.typed(o, g.literal(o, depth-1)) + ")"
	}
	return t.String() + "(" + g.literal(pointerTo(o), depth-1) + ")"
}

// valueCost is what a call of a function value or an interface's method may take.
const valueCost = 400

// funcLiteral returns a closure.
func (g *gen) funcLiteral(t *typ, depth int) string {
	sig := t.sig
	for _, f := range g.funcs {
		if sameSig(f.sig, sig) && g.chance(2) && f.cost <= valueCost {
			return f.name
		}
	}
	names, vars := g.params(sig)
	if depth <= 0 || g.chance(2) {
		results := make([]string, len(sig.results))
		for i, r := range sig.results {
			results[i] = g.constantLike(r)
		}
		return "func" + sig.named(names, nil) + " { return " + strings.Join(results, ", ") + " }"
	}
	results, rvars := g.namedResults(sig)
	w := g.function(sig, append(vars, rvars...), results, 60, false)
	return "func" + sig.named(names, results) + " {\n" + w.text + "}"
}

// constantLike returns a literal that needs no variables.
func (g *gen) constantLike(t *typ) string {
	was := g.scope
	g.scope = &scope{closed: true}
	text := g.literal(t, 0)
	g.scope = was
	return text
}
