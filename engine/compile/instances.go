package compile

import (
	"go/ast"
	"go/types"
	"sort"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
)

// An instance is one of a generic type or function of a cell, that this unit
// compiles anyway: handed to the engine, interpreted statements use it.
type instance struct {
	key    string
	text   string // how it is spelled here
	isType bool
}

// instances finds the instances that the unit's code names, and those of types
// in the signatures of these functions and in its variables.
func (em *emitter) instances() []instance {
	found := map[string]instance{}
	decls := em.u.File.Decls
	if em.u.Beside != nil { // what its statements use is compiled here
		decls = append(decls[:len(decls):len(decls)], em.u.Beside)
	}
	for _, d := range decls {
		if em.u.IsShadow(d) {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			if in, ok := em.u.Info.Instances[id]; ok {
				if fn, isFunc := em.u.Info.Uses[id].(*types.Func); isFunc {
					em.funcInstance(found, fn, in)
				}
				em.typeInstances(found, in.Type, 0)
			}
			return true
		})
	}
	for _, s := range em.pkg.Slots {
		em.typeInstances(found, s.Var.Type(), 0)
	}
	list := make([]instance, 0, len(found))
	for _, in := range found {
		list = append(list, in)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].key < list[j].key })
	return list
}

func (em *emitter) home(o types.Object) (string, bool) {
	if em.own[o] {
		return pathMark, true
	}
	if !em.foreign(o) {
		return "", false
	}
	return em.opt.World.Home(o)
}

func (em *emitter) funcInstance(found map[string]instance, fn *types.Func, in types.Instance) {
	if fn.Pkg() == nil || fn.Pkg().Path() != "main" || fn.Signature().Recv() != nil {
		return
	}
	key, ok := check.InstanceKey(em.home, fn.Origin(), in.TypeArgs)
	if !ok || found[key].key != "" {
		return
	}
	name := exported(fn.Name())
	if !em.own[fn.Origin()] {
		name = em.homeAlias(fn.Origin()) + "." + name
	}
	args := make([]string, in.TypeArgs.Len())
	for i := range args {
		args[i] = typeText{em}.of(in.TypeArgs.At(i))
	}
	found[key] = instance{key: key, text: name + "[" + strings.Join(args, ", ") + "]"}
}

// typeInstances finds the instances in a type.
func (em *emitter) typeInstances(found map[string]instance, t types.Type, depth int) {
	if depth > 6 {
		return
	}
	in := func(t types.Type) { em.typeInstances(found, t, depth+1) }
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.TypeArgs().Len() == 0 || t.Obj().Pkg() == nil || t.Obj().Pkg().Path() != "main" {
			return
		}
		if i, ok := t.Underlying().(*types.Interface); ok && !i.IsMethodSet() {
			return
		}
		if key, ok := check.InstanceKey(em.home, t.Obj(), t.TypeArgs()); ok {
			found[key] = instance{key: key, text: typeText{em}.of(t), isType: true}
		}
	case *types.Pointer:
		in(t.Elem())
	case *types.Slice:
		in(t.Elem())
	case *types.Array:
		in(t.Elem())
	case *types.Map:
		in(t.Key())
		in(t.Elem())
	case *types.Chan:
		in(t.Elem())
	case *types.Signature:
		for _, list := range []*types.Tuple{t.Params(), t.Results()} {
			for i := range list.Len() {
				in(list.At(i).Type())
			}
		}
	}
}
