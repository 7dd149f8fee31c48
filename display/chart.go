package display

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// ChartMIME is the private type under which a go-echarts chart leaves the
// process that runs cells; its value is a ChartSpec. The kernel replaces it
// by a chart (package charts), front ends never see it.
const ChartMIME = "application/vnd.goblaze.echarts+json"

// A ChartSpec is what a go-echarts value says of itself.
type ChartSpec struct {
	Charts []Chart `json:"charts"`
}

// A Chart is one chart: the echarts option as JSON, in which functions are
// strings between __f__ marks, and the size of the drawing in CSS units.
type Chart struct {
	Option     json.RawMessage `json:"option"`
	Width      string          `json:"width,omitempty"`
	Height     string          `json:"height,omitempty"`
	Background string          `json:"background,omitempty"`
}

// optionMethod is how, with Validate, a go-echarts chart is known without
// importing go-echarts: Validate settles its data, then this method, whose
// result is of a string type, returns its option.
const optionMethod = "JSONNotEscaped"

// chartBundle returns the bundle of a go-echarts chart, or of a page of them.
func chartBundle(v any) (b Bundle, ok bool) {
	list := []any{v}
	if !isChart(v) {
		if list = pageCharts(v); list == nil {
			return Bundle{}, false
		}
	}
	var spec ChartSpec
	for _, c := range list {
		chart, err := chartOf(c)
		if err != nil {
			return Text(err.Error()), true
		}
		spec.Charts = append(spec.Charts, chart)
	}
	b = Text(count(len(spec.Charts), "chart") + fmt.Sprintf(" (%T)", v))
	b.Data[ChartMIME] = spec
	return b, true
}

func isChart(v any) bool {
	if _, ok := v.(interface{ Validate() }); !ok || isNilPointer(v) {
		return false
	}
	m := reflect.ValueOf(v).MethodByName(optionMethod)
	return m.IsValid() && m.Type().NumIn() == 0 && m.Type().NumOut() == 1 && m.Type().Out(0).Kind() == reflect.String
}

// pageCharts returns the charts of a go-echarts page (a struct with a field
// Charts of values that are all charts), nil when v is none.
func pageCharts(v any) []any {
	rv := reflect.Indirect(reflect.ValueOf(v))
	if rv.Kind() != reflect.Struct {
		return nil
	}
	field := rv.FieldByName("Charts")
	if !field.IsValid() || !field.CanInterface() || field.Kind() != reflect.Slice || field.Len() == 0 {
		return nil
	}
	var list []any
	for i := range field.Len() {
		c := field.Index(i).Interface()
		if !isChart(c) {
			return nil
		}
		list = append(list, c)
	}
	return list
}

func chartOf(v any) (c Chart, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%T: %%!v(PANIC=%s method: %v)", v, optionMethod, r)
		}
	}()
	v.(interface{ Validate() }).Validate()
	raw := []byte(reflect.ValueOf(v).MethodByName(optionMethod).Call(nil)[0].String())
	if !json.Valid(raw) {
		return Chart{}, fmt.Errorf("%T: its option is no JSON (a NaN or infinite value?): %s", v, cutText(string(raw), 200))
	}
	c = Chart{Option: raw}
	init := reflect.Indirect(reflect.ValueOf(v)).FieldByName("Initialization")
	c.Width, c.Height = stringField(init, "Width"), stringField(init, "Height")
	c.Background = stringField(init, "BackgroundColor")
	return c, nil
}

func stringField(v reflect.Value, name string) string {
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName(name); f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}

// isNilPointer tells whether v is a typed nil.
func isNilPointer(v any) bool {
	rv := reflect.ValueOf(v)
	return rv.Kind() == reflect.Pointer && rv.IsNil()
}
