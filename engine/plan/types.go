package plan

import (
	"go/ast"
	"go/types"
	"runtime"

	"github.com/goblaze/goblaze/engine/check"
)

// needType refuses a type that interpreted code can't hold as compiled code
// does.
func (p *planner) needType(n ast.Node, t types.Type) {
	if !p.holds(t, 0) {
		p.refuse(n, "the type %s", types.TypeString(t, types.RelativeTo(p.u.Pkg)))
	}
}

// holds reports whether values of a type are the same in interpreted and
// compiled code, identity included: basic types, named types of std and of
// compiled cells, functions, channels, structs without embedded fields, and
// pointers, slices, arrays and maps of those.
func (p *planner) holds(t types.Type, depth int) bool {
	if depth > 8 {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return (p.opt.Functions || t.Info()&types.IsComplex == 0) && t.Kind() != types.UnsafePointer && t.Kind() != types.UntypedNil && t.Kind() != types.Invalid
	case *types.Named:
		return p.named(t)
	case *types.Pointer:
		return p.holds(t.Elem(), depth+1)
	case *types.Slice:
		return p.holds(t.Elem(), depth+1)
	case *types.Array:
		return p.holds(t.Elem(), depth+1)
	case *types.Map:
		return (p.opt.Functions || !hashedInRuns(t.Key(), 0)) && p.holds(t.Key(), depth+1) && p.holds(t.Elem(), depth+1)
	case *types.Chan:
		return p.holds(t.Elem(), depth+1)
	case *types.Signature:
		return t.TypeParams().Len() == 0 && !p.apart(t) && p.holdsAll(t.Params(), depth) && p.holdsAll(t.Results(), depth)
	case *types.Struct:
		for i := range t.NumFields() {
			if f := t.Field(i); f.Embedded() || f.Name() == "_" || !p.holds(f.Type(), depth+1) {
				return false
			}
		}
		return true
	case *types.Interface:
		return t.Empty() || p.opt.Functions && p.holdsMethods(t, depth)
	}
	return false
}

// hashedInRuns reports whether keys of a type have another hash in maps whose type
// reflect makes than in those whose type the compiler made: this one takes
// neighbouring fields of a struct that are plain memory as one piece, if not all of
// the struct is. A map of the one type that is converted to a named one would lose
// its keys.
func hashedInRuns(t types.Type, depth int) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return depth > 8 || hashedInRuns(u.Elem(), depth+1)
	case *types.Struct:
		if depth > 8 {
			return true
		}
		plain, runs := 0, false
		for f := range u.Fields() {
			if f.Name() == "_" || hashedInRuns(f.Type(), depth+1) {
				return true
			}
			if plain++; !plainMemory(f.Type(), depth+1) {
				plain = 0
			}
			runs = runs || plain > 1
		}
		return runs && !plainMemory(t, depth)
	}
	return false
}

// sizes are those of this machine, which the engine runs on.
var sizes = types.SizesFor("gc", runtime.GOARCH)

// plainMemory reports whether values of a type are equal when their bytes are:
// there is no padding.
func plainMemory(t types.Type, depth int) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsInteger|types.IsBoolean) != 0 || u.Kind() == types.UnsafePointer
	case *types.Pointer, *types.Chan:
		return true
	case *types.Array:
		return depth <= 8 && plainMemory(u.Elem(), depth+1)
	case *types.Struct:
		fields := int64(0)
		for f := range u.Fields() {
			if depth > 8 || f.Name() == "_" || !plainMemory(f.Type(), depth+1) {
				return false
			}
			fields += sizes.Sizeof(f.Type())
		}
		return fields == sizes.Sizeof(u)
	}
	return false
}

// holdsMethods accepts an interface type without a name; the engine makes it.
func (p *planner) holdsMethods(t *types.Interface, depth int) bool {
	for i := range t.NumMethods() {
		if !p.holds(t.Method(i).Signature(), depth+1) {
			return false
		}
	}
	return t.IsMethodSet()
}

func (p *planner) holdsAll(list *types.Tuple, depth int) bool {
	for i := range list.Len() {
		if !p.holds(list.At(i).Type(), depth+1) {
			return false
		}
	}
	return true
}

func (p *planner) named(t *types.Named) bool {
	o := t.Obj()
	switch {
	case t.TypeArgs().Len() > 0:
		_, ok := p.instance(t)
		return ok
	case t.TypeParams().Len() > 0:
		return false
	case o.Pkg() == nil:
		return o.Name() == "error"
	case o.Pkg().Path() == "main":
		_, ok := p.opt.World.Home(o)
		_, isStruct := under[*types.Struct](t)
		return ok && o.Parent() != nil && (p.opt.Functions || !isLocal(o)) && (isStruct || !p.apart(t.Underlying()))
	}
	return p.holdsStd(o)
}

// isLocal reports whether a type is declared in a function.
func isLocal(o *types.TypeName) bool {
	return o.Pkg() != nil && o.Parent() != nil && o.Parent().Parent() != types.Universe
}

// NamesLocal reports whether a type's name holds that of one that a function
// declares.
func NamesLocal(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if NamesLocal(arg) {
				return true
			}
		}
		return isLocal(t.Obj())
	case interface{ Elem() types.Type }: // a pointer, slice, array or channel, and a map's elements
		if m, ok := t.(*types.Map); ok && NamesLocal(m.Key()) {
			return true
		}
		return NamesLocal(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if NamesLocal(f.Type()) {
				return true
			}
		}
	case *types.Signature:
		for _, list := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range list.Variables() {
				if NamesLocal(v.Type()) {
					return true
				}
			}
		}
	}
	return false
}

// holdsStd accepts the exported types of the packages on the list, and those of
// others that nothing but their declaration needs.
func (p *planner) holdsStd(o *types.TypeName) bool {
	path := o.Pkg().Path()
	return (p.onList(path) || loneTypes[path+"."+o.Name()]) && o.Exported() && has(path, o.Name())
}

// instance returns the unit that compiled an instance of a generic type, "" for
// one of std.
func (p *planner) instance(t *types.Named) (path string, ok bool) {
	o := t.Obj()
	if o.Pkg() == nil {
		return "", false
	}
	if o.Pkg().Path() != "main" {
		return "", p.iterator(t)
	}
	return p.compiled(o, t.TypeArgs())
}

// iterator accepts iter.Seq and iter.Seq2: of the elements that the engine has
// them for, and where nothing is compiled of all.
func (p *planner) iterator(t *types.Named) bool {
	o, args := t.Obj(), t.TypeArgs()
	if o.Pkg().Path() != "iter" || o.Name() != "Seq" && o.Name() != "Seq2" {
		return false
	}
	if b := plainBasic(args.At(0)); o.Name() == "Seq" && b != nil && seqElems[b.Kind()] {
		return true
	}
	for arg := range args.Types() {
		if !p.opt.Functions || NamesLocal(arg) || !p.holds(arg, 1) || !hasPlainName(arg) {
			return false
		}
	}
	return true
}

// hasPlainName reports whether a type is shown in the names of instances as it
// is written.
func hasPlainName(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic, *types.Named:
		return true
	case *types.Pointer:
		return hasPlainName(t.Elem())
	case *types.Slice:
		return hasPlainName(t.Elem())
	case *types.Array:
		return hasPlainName(t.Elem())
	case *types.Map:
		return hasPlainName(t.Key()) && hasPlainName(t.Elem())
	case *types.Interface:
		return t.Empty()
	}
	return false
}

// compiled returns the unit that compiled an instance.
func (p *planner) compiled(o types.Object, args *types.TypeList) (path string, ok bool) {
	for i := range args.Len() {
		if !p.holds(args.At(i), 0) {
			return "", false
		}
	}
	if _, isType := o.(*types.TypeName); isType {
		for t := range args.Types() {
			if NamesLocal(t) {
				return "", false // they are shown with numbers that the compiler gives
			}
		}
	}
	key, ok := check.InstanceKey(p.opt.World.Home, o, args)
	if !ok {
		return "", false
	}
	if !p.opt.World.Instantiate(key, o, args) {
		return "", false
	}
	return p.opt.World.Instance(key)
}

// apart reports whether values of a type are others in interpreted code than in
// compiled code, where there is any.
func (p *planner) apart(t types.Type) bool { return !p.opt.Functions && apart(t, 0) }

// apart reports whether values of a type, made by interpreted code, would have
// another dynamic type than compiled ones: a struct without a name is then of
// package main to reflect, and of its cell to the compiler.
func apart(t types.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	switch t := types.Unalias(t).(type) {
	case *types.Struct:
		for i := range t.NumFields() {
			if f := t.Field(i); !f.Exported() || apart(f.Type(), depth+1) {
				return true
			}
		}
	case *types.Pointer:
		return apart(t.Elem(), depth+1)
	case *types.Slice:
		return apart(t.Elem(), depth+1)
	case *types.Array:
		return apart(t.Elem(), depth+1)
	case *types.Chan:
		return apart(t.Elem(), depth+1)
	case *types.Map:
		return apart(t.Key(), depth+1) || apart(t.Elem(), depth+1)
	case *types.Signature:
		for _, list := range []*types.Tuple{t.Params(), t.Results()} {
			for i := range list.Len() {
				if apart(list.At(i).Type(), depth+1) {
					return true
				}
			}
		}
	}
	return false
}

// plainBasic returns the predeclared basic type t is, nil when it is another.
func plainBasic(t types.Type) *types.Basic {
	b, _ := types.Unalias(t).(*types.Basic)
	if b == nil || b.Kind() == types.UntypedNil || b.Kind() == types.Invalid || b.Kind() == types.UnsafePointer || b.Info()&types.IsComplex != 0 {
		return nil
	}
	return types.Default(b).(*types.Basic)
}

func isInterface(t types.Type) bool { return types.IsInterface(t) }

func under[T types.Type](t types.Type) (T, bool) {
	u, ok := t.Underlying().(T)
	return u, ok
}

// assignable accepts a value for what has the type to, nil when that is the
// value's own. A value becomes an interface in compiled code.
func (p *planner) assignable(n ast.Node, from, to types.Type) {
	if to == nil || from == nil || types.Identical(from, to) {
		return
	}
	p.needType(n, to)
	if p.apart(from) || p.apart(to) {
		p.refuse(n, "a struct type without a name that becomes another type")
	}
}

// compiledType refuses a struct type without a name where compiled code gives
// or takes it: it is another type there, see apart.
func (p *planner) compiledType(n ast.Node, t types.Type) {
	if p.apart(t) {
		p.refuse(n, "a struct type without a name in compiled code")
	}
}

// hashed refuses a key whose dynamic type may have no hash: yaegi's panic has
// other words.
func (p *planner) hashed(n ast.Node, t types.Type) {
	if !strictlyComparable(t) {
		p.refuse(n, "a key of type %s", t)
	}
}

// strictlyComparable reports whether == of values of a type never panics.
func strictlyComparable(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Interface:
		return false
	case *types.Struct:
		for i := range t.NumFields() {
			if !strictlyComparable(t.Field(i).Type()) {
				return false
			}
		}
	case *types.Array:
		return strictlyComparable(t.Elem())
	}
	return types.Comparable(t)
}

// comparable accepts the operands of ==.
func (p *planner) comparable(n ast.Node, x, y types.Type) {
	p.needType(n, types.Default(x))
	p.needType(n, types.Default(y))
	if !types.Identical(types.Default(x), types.Default(y)) && (p.apart(x) || p.apart(y)) {
		p.refuse(n, "a comparison of %s", x)
	}
}

// arithmetic returns the basic type below t, predeclared or named; nil when
// there is none.
func arithmetic(t types.Type) *types.Basic {
	b, _ := t.Underlying().(*types.Basic)
	if b == nil || b.Kind() == types.UntypedNil || b.Kind() == types.Invalid || b.Kind() == types.UnsafePointer || b.Info()&types.IsComplex != 0 {
		return nil
	}
	return types.Default(b).(*types.Basic)
}
