package charts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// funcMark stands around JavaScript that go-echarts keeps in JSON strings.
const funcMark = "__f__"

// knownSeries are the series the embedded build can draw.
var knownSeries = []string{"bar", "boxplot", "custom", "heatmap", "line", "pie", "scatter"}

// script returns option JSON as a JavaScript expression: strings between
// function marks become code, nothing can close the script element it is in.
func script(option []byte) (string, error) {
	var out bytes.Buffer
	for i := 0; i < len(option); i++ {
		if option[i] != '"' {
			out.WriteByte(option[i])
			continue
		}
		end := stringEnd(option, i)
		token := option[i:end]
		i = end - 1
		if !bytes.HasPrefix(token, []byte(`"`+funcMark)) {
			out.Write(token)
			continue
		}
		var code string
		if err := json.Unmarshal(token, &code); err != nil {
			return "", fmt.Errorf("a function of the chart: %w", err)
		}
		// The line break ends a comment the code may end with.
		out.WriteString(strings.ReplaceAll(code, funcMark, "") + "\n")
	}
	return scriptSafe(out.String()), nil
}

// stringEnd returns the index after the JSON string that starts at i.
func stringEnd(b []byte, i int) int {
	for j := i + 1; j < len(b); j++ {
		switch b[j] {
		case '\\':
			j++
		case '"':
			return j + 1
		}
	}
	return len(b)
}

// scriptSafe writes what would end or change a script element so that it does
// not; both only make sense inside strings and regular expressions.
func scriptSafe(code string) string {
	return strings.NewReplacer("</", `<\/`, "<!--", `<\!--`).Replace(code)
}

// An option is echarts' option object, for what go-echarts has no field for.
type option map[string]any

func parseOption(raw []byte) (option, error) {
	var o option
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fmt.Errorf("the chart's option is no JSON object: %w", err)
	}
	if o == nil {
		return nil, errors.New("the chart's option is null")
	}
	return o, nil
}

func (o option) json() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(o); err != nil {
		return nil, fmt.Errorf("the chart's option: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// part returns the i-th object under key, whether that is a list or the object
// alone; nil when there is none.
func (o option) part(key string, i int) option {
	switch v := o[key].(type) {
	case map[string]any:
		if i == 0 {
			return v
		}
	case []any:
		if i < len(v) {
			m, _ := v[i].(map[string]any)
			return m
		}
	}
	return nil
}

// parts returns all objects under key.
func (o option) parts(key string) (list []option) {
	for i := 0; ; i++ {
		p := o.part(key, i)
		if p == nil {
			return list
		}
		list = append(list, p)
	}
}

// unknownSeries returns the series types that the embedded build lacks.
func (o option) unknownSeries() (types []string) {
	for _, s := range o.parts("series") {
		if t, _ := s["type"].(string); t != "" && !slices.Contains(knownSeries, t) && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}
