package interp

import (
	"fmt"
	"go/types"
	"hash/fnv"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/rt/spelling"
	"github.com/goblaze/goblaze/engine/wire"
)

// Declare describes a declared type to the engine, which makes it where nothing
// can be compiled. An error names what it can't make.
func Declare(o *types.TypeName, opt Options) (d wire.Declared, err error) {
	defer refused(&err)
	l := newLowerer(nil, opt, false)
	named, ok := o.Type().(*types.Named)
	if !ok || named.TypeParams().Len() > 0 {
		l.fail("a generic type")
	}
	path, _ := opt.World.Home(o)
	return l.describe(named, wire.Declared{Path: path, Name: o.Name(), Shown: "main." + o.Name()}), nil
}

// DeclareInstance is Declare for an instance of a generic type.
func DeclareInstance(named *types.Named, path, key string, opt Options) (d wire.Declared, err error) {
	defer refused(&err)
	shown := shownType(named, (*types.Package).Name)
	return newLowerer(nil, opt, false).describe(named, wire.Declared{Path: path, Name: key, Shown: shown}), nil
}

// shownType writes a type as its compiled descriptor is named: type arguments
// without blanks between them, packages in them by path.
func shownType(t types.Type, qualifier func(*types.Package) string) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicName(t)
	case *types.Interface:
		if t.Empty() {
			return "interface {}"
		}
	case *types.Pointer:
		return "*" + shownType(t.Elem(), qualifier)
	case *types.Slice:
		return "[]" + shownType(t.Elem(), qualifier)
	case *types.Array:
		return fmt.Sprintf("[%d]", t.Len()) + shownType(t.Elem(), qualifier)
	case *types.Map:
		return "map[" + shownType(t.Key(), qualifier) + "]" + shownType(t.Elem(), qualifier)
	case *types.Named:
		if t.TypeArgs().Len() == 0 {
			break
		}
		args := make([]types.Type, t.TypeArgs().Len())
		for i := range args {
			args[i] = t.TypeArgs().At(i)
		}
		return ShownInstance(qualifier(t.Obj().Pkg())+"."+t.Obj().Name(), args)
	}
	return types.TypeString(t, qualifier)
}

// ShownInstance is what %T prints of an instance with these type arguments.
func ShownInstance(name string, args []types.Type) string {
	texts := make([]string, len(args))
	for i, t := range args {
		texts[i] = shownType(t, (*types.Package).Path)
	}
	return name + "[" + strings.Join(texts, ",") + "]"
}

func (l *lowerer) describe(named *types.Named, d wire.Declared) wire.Declared {
	if it, ok := named.Underlying().(*types.Interface); ok {
		d.Under = wire.Type{Kind: "interface"}
		d.Methods = l.interfaceMethods(it)
		return d
	}
	d.Under = l.wireType(named.Underlying())
	if st, ok := named.Underlying().(*types.Struct); ok {
		for i := range st.NumFields() {
			if st.Field(i).Embedded() {
				d.Embedded = append(d.Embedded, i)
			}
		}
	}
	d.Methods = l.methodSet(named)
	return d
}

func (l *lowerer) interfaceMethods(it *types.Interface) []wire.DeclaredMethod {
	if !it.IsMethodSet() {
		l.fail("an interface that is a constraint")
	}
	var ms []wire.DeclaredMethod
	for i := range it.NumMethods() {
		m := it.Method(i)
		ms = append(ms, wire.DeclaredMethod{Name: methodName(m), Type: l.wireType(m.Signature())})
	}
	return ms
}

// methodName is a method's name in the engine: those that are not exported get
// an exported spelling, as in compiled cells, so that interfaces match.
func methodName(m *types.Func) string {
	return spelling.OfMethod(m.Name())
}

// methodSet describes a type's methods and those of its pointer, promoted ones
// too.
func (l *lowerer) methodSet(t *types.Named) []wire.DeclaredMethod {
	if types.IsInterface(t) {
		return nil
	}
	own, all := types.NewMethodSet(t), types.NewMethodSet(types.NewPointer(t))
	if _, isPtr := t.Underlying().(*types.Pointer); isPtr {
		return nil
	}
	var ms []wire.DeclaredMethod
	for i := range all.Len() {
		sel := all.At(i)
		m := sel.Obj().(*types.Func)
		if !m.Exported() && (m.Pkg() == nil || m.Pkg().Path() != "main") {
			if types.IsInterface(m.Signature().Recv().Type()) || m.Pkg() == nil || sealed(m.Pkg().Path()) {
				l.fail("an embedded type with a method that is not exported")
			}
			continue // nobody can ask for it
		}
		sig := m.Signature()
		d := wire.DeclaredMethod{
			Name: methodName(m), Pointer: own.Lookup(m.Pkg(), m.Name()) == nil,
			Type: l.wireType(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())),
		}
		if path := sel.Index(); len(path) > 1 {
			d.Through = path[:len(path)-1]
		}
		ms = append(ms, d)
	}
	return ms
}

// sealed reports whether a package of std has interfaces with methods that are
// not exported.
func sealed(path string) bool {
	return path == "reflect" || path == "testing" || path == "text/template/parse" || strings.HasPrefix(path, "go/")
}

// A MethodBody is a method that package plan accepts: of the type that the
// engine knows by path and key. Of an instance it is a function of the receiver,
// and Method its name in the engine.
type MethodBody struct {
	Function
	Path, TypeKey string
	Method        string
}

// Methods are written methods: what a request needs for them.
type Methods struct {
	Text    string
	Codes   []wire.MethodCode
	Vars    []wire.Variable
	Helpers []wire.Helper
	Imports []string
	Units   []string
}

// LowerMethods writes methods as functions whose first parameter is the
// receiver, with the functions they call.
func LowerMethods(ms []MethodBody, opt Options) (out *Methods, err error) {
	defer refused(&err)
	l := newLowerer(nil, opt, false)
	out = &Methods{}
	texts := make([]string, len(ms))
	for i, m := range ms {
		fn := m.Unit.Info.Defs[m.Decl.Name].(*types.Func)
		name := fmt.Sprintf("gbz_m%d_%s", i, fn.Name())
		texts[i] = l.functionText(name, m.Function, fn.Signature())
		method := m.Method
		if method == "" {
			method = methodName(fn)
		}
		out.Codes = append(out.Codes, wire.MethodCode{Path: m.Path, Type: m.TypeKey, Method: method, Func: name + nameMark})
	}
	for len(l.funcs.wanted) > 0 {
		fn := l.funcs.wanted[0]
		l.funcs.wanted = l.funcs.wanted[1:]
		l.funcs.written[fn] = l.function1(fn)
	}
	texts = append(texts, l.funcs.texts...)
	for _, text := range l.funcs.written {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	all := strings.Join(texts, "")
	h := fnv.New64a()
	h.Write([]byte(all))
	for _, c := range out.Codes {
		h.Write([]byte(c.Path))
	}
	suffix := fmt.Sprintf("_m%x", h.Sum64())
	out.Text = fewerMarks(strings.ReplaceAll(all, nameMark, suffix), true)
	for i := range out.Codes {
		out.Codes[i].Func = strings.ReplaceAll(out.Codes[i].Func, nameMark, suffix)
	}
	out.Vars, out.Helpers = l.out.Vars, l.out.Helpers
	out.Imports, out.Units = sorted(l.imports), sorted(l.units)
	return out, nil
}

// Receiver returns the type that a method is declared for.
func Receiver(f Function) *types.TypeName {
	fn, ok := f.Unit.Info.Defs[f.Decl.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return nil
	}
	t := fn.Signature().Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj()
	}
	return nil
}
