package main

import (
	"bytes"
	"fmt"
	"go/constant"
	"go/types"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// pkg is what one package gives to its table; each entry is a line of Go.
type pkg struct {
	types   *types.Package
	ident   string
	imports map[string]bool
	values  []string // functions, typed constants, types and wrappers
	vars    []string // by address
	consts  []string // untyped constants
	lacking []string // generic names and constraints
	wraps   bytes.Buffer
}

func (p *pkg) empty() bool { return len(p.values)+len(p.vars)+len(p.consts) == 0 }

// add puts an exported object where it belongs.
func (p *pkg) add(obj types.Object) {
	name := obj.Name()
	full := p.types.Name() + "." + name
	switch o := obj.(type) {
	case *types.Const:
		p.constant(name, full, o)
	case *types.Var:
		p.vars = append(p.vars, fmt.Sprintf("{%q, &%s}", name, full))
	case *types.Func:
		if o.Signature().TypeParams().Len() > 0 {
			p.lacking = append(p.lacking, name)
			return
		}
		if s := standIns[full]; s != "" {
			full = s
		}
		p.values = append(p.values, fmt.Sprintf("{%q, %s}", name, full))
	case *types.TypeName:
		u, isInterface := o.Type().Underlying().(*types.Interface)
		if isGeneric(o.Type()) || isInterface && !u.IsMethodSet() {
			p.lacking = append(p.lacking, name)
			return
		}
		p.values = append(p.values, fmt.Sprintf("{%q, (*%s)(nil)}", name, full))
		if isInterface && !o.IsAlias() {
			p.wrap(name, u)
		}
	}
}

// constant adds a constant: a typed one as it is, an untyped one so that no digit is lost. Integers, strings and
// truth values are written by name, because some differ between platforms (os.PathSeparator); none of the floats does.
func (p *pkg) constant(name, full string, c *types.Const) {
	basic, ok := c.Type().(*types.Basic)
	if !ok || basic.Info()&types.IsUntyped == 0 {
		p.values = append(p.values, fmt.Sprintf("{%q, %s}", name, full))
		return
	}
	text := ""
	switch v := c.Val(); basic.Kind() {
	case types.UntypedFloat:
		text = fmt.Sprintf("exact(%q)", rational(v))
	case types.UntypedString:
		text = "string(" + full + ")"
	case types.UntypedBool:
		text = "bool(" + full + ")"
	case types.UntypedInt, types.UntypedRune:
		text = "int64(" + full + ")"
		if _, fits := constant.Int64Val(v); !fits {
			text = "uint64(" + full + ")"
		}
	default:
		panic(fmt.Sprintf("%s: untyped constants of kind %s are new in std; teach gen", full, basic))
	}
	p.consts = append(p.consts, fmt.Sprintf("{%q, %s}", name, text))
}

// rational writes a float constant as a quotient of integers, which is its exact value.
func rational(v constant.Value) string {
	switch x := constant.Val(constant.ToFloat(v)).(type) {
	case *big.Rat:
		return x.String()
	case *big.Float:
		r, _ := x.Rat(nil)
		return r.String()
	}
	panic(fmt.Sprintf("%v is no float constant", v))
}

// wrap adds a struct that lets an interpreted type be used as this interface: yaegi fills a field for each method.
func (p *pkg) wrap(name string, u *types.Interface) {
	ident := "_" + p.ident + "_" + name
	var fields, methods bytes.Buffer
	for m := range u.Methods() {
		if !m.Exported() || !nameable(m.Type(), map[types.Type]bool{}) {
			continue
		}
		params, args, result := p.signature(m.Signature())
		fmt.Fprintf(&fields, "W%s func(%s) %s\n", m.Name(), params, result)
		fmt.Fprintf(&methods, "func (W %s) %s(%s) %s {", ident, m.Name(), params, result)
		if m.Name() == "String" && result == "(string)" {
			methods.WriteString("if W.WString == nil { return \"\" }\n")
		}
		if result != "" {
			methods.WriteString("return ")
		}
		fmt.Fprintf(&methods, "W.W%s(%s) }\n", m.Name(), args)
	}
	fmt.Fprintf(&p.wraps, "\n// %s stands for an interpreted value where %s.%s is wanted.\ntype %s struct {\nIValue any\n%s}\n\n%s",
		ident, p.types.Name(), name, ident, &fields, &methods)
	p.values = append(p.values, fmt.Sprintf("{%q, (*%s)(nil)}", "_"+name, ident))
}

// signature writes a method's parameters, the arguments that hand them on, and its results.
func (p *pkg) signature(s *types.Signature) (params, args, result string) {
	var ps, as, rs []string
	for i := range s.Params().Len() {
		arg, typ := fmt.Sprintf("a%d", i), types.TypeString(s.Params().At(i).Type(), p.qualify)
		if s.Variadic() && i == s.Params().Len()-1 {
			ps, as = append(ps, arg+" ..."+strings.TrimPrefix(typ, "[]")), append(as, arg+"...")
			continue
		}
		ps, as = append(ps, arg+" "+typ), append(as, arg)
	}
	for v := range s.Results().Variables() {
		rs = append(rs, types.TypeString(v.Type(), p.qualify))
	}
	if len(rs) > 0 {
		result = "(" + strings.Join(rs, ", ") + ")"
	}
	return strings.Join(ps, ", "), strings.Join(as, ", "), result
}

// qualify notes the import and writes the package's name.
func (p *pkg) qualify(tp *types.Package) string {
	p.imports[tp.Path()] = true
	return tp.Name()
}

// source is the package's file.
func (p *pkg) source() []byte {
	var b bytes.Buffer
	b.WriteString(header)
	p.imports[p.types.Path()] = true
	b.WriteString("import (\n")
	for _, path := range slices.Sorted(maps.Keys(p.imports)) {
		fmt.Fprintf(&b, "%q\n", path)
	}
	b.WriteString(")\n\n")
	fmt.Fprintf(&b, "var table_%s = table{\nkey: %q,\n", p.ident, p.types.Path()+"/"+p.types.Name())
	section(&b, "values", p.values)
	section(&b, "vars", p.vars)
	section(&b, "consts", p.consts)
	b.WriteString("}\n")
	b.Write(p.wraps.Bytes())
	return b.Bytes()
}

func section(b *bytes.Buffer, name string, lines []string) {
	if len(lines) > 0 {
		fmt.Fprintf(b, "%s: []symbol{\n%s,\n},\n", name, strings.Join(lines, ",\n"))
	}
}

// isGeneric says whether the type has parameters of its own.
func isGeneric(t types.Type) bool {
	switch t := t.(type) {
	case *types.Named:
		return t.TypeParams().Len() > 0
	case *types.Alias:
		return t.TypeParams().Len() > 0
	}
	return false
}
