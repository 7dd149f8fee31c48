package symbols

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
)

// mapTypes tells yaegi what to make of interpreted values that go into parameters of type any or into an interface whose
// values may have further methods: for a function the interfaces it looks for, for an interface's wrapper the
// larger wrappers, richest first. The first that a value's type implements is taken.
func mapTypes(all map[string]map[string]reflect.Value) map[reflect.Value][]reflect.Type {
	m := map[reflect.Value][]reflect.Type{}
	add := func(key string, names []string, ts ...reflect.Type) {
		for _, name := range names {
			m[all[key][name]] = ts
		}
	}
	// fmt asks in this order; Scan's operands are pointers.
	prints := []reflect.Type{
		reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[fmt.GoStringer](),
	}
	add("fmt/fmt", []string{
		"Append", "Appendf", "Appendln", "Errorf", "Fprint", "Fprintf", "Fprintln",
		"Print", "Printf", "Println", "Sprint", "Sprintf", "Sprintln",
	}, prints...)
	add("log/log", []string{"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Print", "Printf", "Println"}, prints...)
	add("fmt/fmt", []string{
		"Fscan", "Fscanf", "Fscanln", "Scan", "Scanf", "Scanln", "Sscan", "Sscanf", "Sscanln",
	}, reflect.TypeFor[fmt.Scanner]())
	add("encoding/json/json", []string{"Marshal", "MarshalIndent"}, reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]())
	add("encoding/json/json", []string{"Unmarshal"}, reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]())
	add("encoding/xml/xml", []string{"Marshal", "MarshalIndent"}, reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]())
	add("encoding/xml/xml", []string{"Unmarshal"}, reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]())
	add("net/http/http", []string{"_ResponseWriter"},
		reflect.TypeFor[responseWriterFlusherHijacker](), reflect.TypeFor[responseWriterFlusher](), reflect.TypeFor[responseWriterHijacker]())
	add("io/io", []string{"_Reader"}, reflect.TypeFor[readerWriterTo]())
	add("io/io", []string{"_Writer"}, reflect.TypeFor[writerReaderFrom]())
	m[errorWrapper()] = []reflect.Type{reflect.TypeFor[errorUnwrapper]()}
	return m
}
