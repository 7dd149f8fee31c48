package server

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goblaze/goblaze/engine/wire"
)

// stdInstances are instances of std's generic functions, by name and type:
// interpreted code calls these as they are.
var stdInstances = map[string]map[reflect.Type]reflect.Value{}

// stdInstanceTypes are instances of std's generic types.
var stdInstanceTypes = map[string]reflect.Type{}

func instance(name string, fs ...any) {
	if stdInstances[name] == nil {
		stdInstances[name] = map[reflect.Type]reflect.Value{}
	}
	for _, f := range fs {
		v := reflect.ValueOf(f)
		stdInstances[name][v.Type()] = v
	}
}

func init() {
	orderedInstances[int]()
	orderedInstances[string]()
	orderedInstances[float64]()
	orderedInstances[byte]()
	orderedInstances[rune]()
	orderedInstances[int64]()
	comparableInstances[bool]()
	mapInstances[string]()
	mapInstances[int]()
	mapInstances[rune]()
	instance("strings.Lines", strings.Lines)
	instance("strings.SplitSeq", strings.SplitSeq)
	instance("strings.SplitAfterSeq", strings.SplitAfterSeq)
	instance("strings.FieldsSeq", strings.FieldsSeq)
}

func orderedInstances[E cmp.Ordered]() {
	comparableInstances[E]()
	instance("slices.Sort", slices.Sort[[]E])
	instance("slices.IsSorted", slices.IsSorted[[]E])
	instance("slices.Max", slices.Max[[]E])
	instance("slices.Min", slices.Min[[]E])
	instance("slices.BinarySearch", slices.BinarySearch[[]E])
	instance("slices.Sorted", slices.Sorted[E])
	instance("slices.Compare", slices.Compare[[]E])
	instance("cmp.Compare", cmp.Compare[E])
	instance("cmp.Less", cmp.Less[E])
}

func comparableInstances[E comparable]() {
	stdInstanceTypes["iter.Seq["+reflect.TypeFor[E]().String()+"]"] = reflect.TypeFor[iter.Seq[E]]()
	instance("slices.Contains", slices.Contains[[]E])
	instance("slices.Index", slices.Index[[]E])
	instance("slices.Equal", slices.Equal[[]E])
	instance("slices.Compact", slices.Compact[[]E])
	instance("slices.Reverse", slices.Reverse[[]E])
	instance("slices.Clone", slices.Clone[[]E])
	instance("slices.Concat", slices.Concat[[]E])
	instance("slices.Insert", slices.Insert[[]E])
	instance("slices.Delete", slices.Delete[[]E])
	instance("slices.Replace", slices.Replace[[]E])
	instance("slices.Repeat", slices.Repeat[[]E])
	instance("slices.Grow", slices.Grow[[]E])
	instance("slices.Clip", slices.Clip[[]E])
	instance("slices.Collect", slices.Collect[E])
	instance("slices.Values", slices.Values[[]E])
	instance("slices.AppendSeq", slices.AppendSeq[[]E])
	instance("slices.IndexFunc", slices.IndexFunc[[]E])
	instance("slices.ContainsFunc", slices.ContainsFunc[[]E])
	instance("slices.DeleteFunc", slices.DeleteFunc[[]E])
	instance("slices.SortFunc", slices.SortFunc[[]E])
	instance("slices.SortStableFunc", slices.SortStableFunc[[]E])
	instance("slices.MaxFunc", slices.MaxFunc[[]E])
	instance("slices.MinFunc", slices.MinFunc[[]E])
}

func mapInstances[K cmp.Ordered]() {
	mapValues[K, int]()
	mapValues[K, string]()
	mapValues[K, bool]()
	mapValues[K, float64]()
	instance("maps.Keys", maps.Keys[map[K][]string], maps.Keys[map[K][]int], maps.Keys[map[K]any])
}

func mapValues[K cmp.Ordered, V comparable]() {
	instance("maps.Keys", maps.Keys[map[K]V])
	instance("maps.Values", maps.Values[map[K]V])
	instance("maps.Clone", maps.Clone[map[K]V])
	instance("maps.Equal", maps.Equal[map[K]V, map[K]V])
	instance("maps.Copy", maps.Copy[map[K]V, map[K]V])
}

// makeStd finds an instance of a generic function of std, or makes one by
// reflection; h.Text is its name and the first type the instance's.
func makeStd(h wire.Helper, ts []reflect.Type) (reflect.Value, error) {
	if f, ok := stdInstances[h.Text][ts[0]]; ok {
		return f, nil
	}
	if do, ok := anyInstances[h.Text]; ok {
		sig := ts[0]
		return reflect.MakeFunc(sig, func(in []reflect.Value) []reflect.Value { return do(sig, in) }), nil
	}
	return reflect.Value{}, fmt.Errorf("no instance of %s: %v", h.Text, ts[0])
}
