package plan

import "go/types"

// stdGeneric are the generic functions of std of which the engine has instances,
// or makes them.
var stdGeneric = func() map[string]reach {
	m := map[string]reach{"slices.Replace": basic}
	for _, name := range []string{
		"slices.All", "slices.AppendSeq", "slices.Backward", "slices.BinarySearch", "slices.BinarySearchFunc", "slices.Chunk", "slices.Clip", "slices.Clone", "slices.Collect", "slices.Compact",
		"slices.CompactFunc", "slices.Compare", "slices.CompareFunc", "slices.Concat", "slices.Contains", "slices.ContainsFunc", "slices.Delete", "slices.DeleteFunc", "slices.Equal", "slices.EqualFunc", "slices.Grow", "slices.Index", "slices.IndexFunc",
		"slices.Insert", "slices.IsSorted", "slices.IsSortedFunc", "slices.Max", "slices.MaxFunc", "slices.Min", "slices.MinFunc", "slices.Repeat", "slices.Reverse", "slices.Sort", "slices.SortFunc", "slices.SortStableFunc",
		"slices.Sorted", "slices.SortedFunc", "slices.SortedStableFunc", "slices.Values", "maps.All", "maps.Clone", "maps.Collect", "maps.Copy", "maps.DeleteFunc", "maps.Equal", "maps.EqualFunc", "maps.Insert", "maps.Keys", "maps.Values",
		"cmp.Compare", "cmp.Less", "cmp.Or", "iter.Pull", "iter.Pull2", "errors.AsType", "sync.OnceValue", "sync.OnceValues",
	} {
		m[name] = anything
	}
	return m
}()

// A reach says at which types a generic function of std has instances.
type reach int

const (
	basic    reach = iota // slices of the basic types that there are iterators of
	anything              // whatever interpreted code holds
)

// stdInstance reports whether the engine has an instance of a function of std.
func (p *planner) stdInstance(fn *types.Func, inst types.Instance) bool {
	at, ok := stdGeneric[fn.FullName()]
	if !ok {
		return false
	}
	sig := inst.Type.(*types.Signature)
	for i := range inst.TypeArgs.Len() {
		if !at.reaches(inst.TypeArgs.At(i)) {
			return false
		}
	}
	return p.holds(sig, 0)
}

// reaches looks at one type argument: the slice, or an element.
func (r reach) reaches(t types.Type) bool {
	if r == anything {
		return true
	}
	switch t := types.Unalias(t).(type) {
	case *types.Slice:
		return r.reaches(t.Elem())
	case *types.Basic:
		return seqElems[t.Kind()]
	}
	return false
}
