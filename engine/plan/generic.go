package plan

import "go/types"

// stdGeneric are the generic functions of std of which the engine has instances
// for slices (and maps) of basic types; the value tells for which others it has
// them too.
var stdGeneric = map[string]reach{
	"slices.Sort": ordered, "slices.IsSorted": ordered, "slices.Max": ordered, "slices.Min": ordered, "slices.BinarySearch": ordered,
	"slices.Sorted": ordered, "slices.Compare": ordered, "cmp.Compare": ordered, "cmp.Less": ordered,
	"slices.Contains": anything, "slices.Index": anything, "slices.Reverse": anything, "slices.ContainsFunc": anything, "slices.IndexFunc": anything,
	"slices.SortFunc": anything, "slices.SortStableFunc": anything,
	"slices.Equal": basic, "slices.Compact": basic, "slices.Clone": basic, "slices.Concat": basic, "slices.Insert": basic, "slices.Delete": basic,
	"slices.Replace": basic, "slices.Repeat": basic, "slices.Grow": basic, "slices.Clip": basic, "slices.Collect": basic, "slices.Values": basic,
	"slices.AppendSeq": basic, "slices.DeleteFunc": basic, "slices.MaxFunc": basic, "slices.MinFunc": basic,
	"maps.Keys": mapKeys, "maps.Values": mapBasic, "maps.Clone": mapBasic, "maps.Equal": mapBasic, "maps.Copy": mapBasic,
}

// A reach says at which types a generic function of std has instances.
type reach int

const (
	ordered  reach = iota // int, string, float64, byte, rune, int64
	basic                 // these and bool
	anything              // slices of whatever interpreted code holds
	mapBasic              // maps from int, string, rune to int, string, bool, float64
	mapKeys               // these, and to []int, []string, any
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

// reaches looks at one type argument: the slice, the map, or an element.
func (r reach) reaches(t types.Type) bool {
	if r == anything {
		return true
	}
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Slice:
		return r.reaches(t.Elem())
	case *types.Map:
		k, ok := types.Unalias(t.Key()).(*types.Basic)
		return r >= mapBasic && ok && (k.Kind() == types.Int || k.Kind() == types.String || k.Kind() == types.Int32) && r.value(t.Elem())
	case *types.Basic:
		if r >= mapBasic {
			return r.value(t) || t.Kind() == types.Int32
		}
		return seqElems[t.Kind()] && (r != ordered || t.Kind() != types.Bool)
	case *types.Interface:
		return r == mapKeys && t.Empty()
	}
	return false
}

// value looks at a map's element.
func (r reach) value(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() == types.Int || t.Kind() == types.String || t.Kind() == types.Bool || t.Kind() == types.Float64
	case *types.Interface:
		return r == mapKeys && t.Empty()
	case *types.Slice:
		b, ok := types.Unalias(t.Elem()).(*types.Basic)
		return r == mapKeys && ok && (b.Kind() == types.Int || b.Kind() == types.String)
	}
	return false
}
