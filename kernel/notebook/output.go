package notebook

import (
	"encoding/json"
	"strings"
)

// An Output is one output of a code cell. Which fields count depends on Type.
type Output struct {
	Type string // "stream", "display_data", "execute_result" or "error"

	Name string // stream: "stdout" or "stderr"
	Text string // stream

	// display_data and execute_result: by MIME type, text as a string, binary
	// data as a string in base64, JSON types as JSON.
	Data     map[string]any
	Metadata map[string]any
	Count    int // execute_result

	ErrName   string // error
	ErrValue  string
	Traceback []string
}

// encode brings an output into the form of documents.
func (o Output) encode() map[string]any {
	switch o.Type {
	case "stream":
		return map[string]any{"output_type": "stream", "name": o.Name, "text": lines(overwrite(o.Text))}
	case "error":
		traceback := o.Traceback
		if traceback == nil {
			traceback = []string{}
		}
		return map[string]any{"output_type": "error", "ename": o.ErrName, "evalue": o.ErrValue, "traceback": traceback}
	}
	data := make(map[string]any, len(o.Data))
	for mimeType, v := range o.Data {
		if s, ok := v.(string); ok && keptInLines(mimeType) {
			data[mimeType] = lines(s)
			continue
		}
		data[mimeType] = v
	}
	metadata := o.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	out := map[string]any{"output_type": o.Type, "data": data, "metadata": metadata}
	if o.Type == "execute_result" {
		out["execution_count"] = o.Count
	}
	return out
}

// keptInLines says which MIME types documents keep as lists of lines: all but
// binary and JSON ones.
func keptInLines(mimeType string) bool {
	return strings.HasPrefix(mimeType, "text/") || strings.HasSuffix(mimeType, "+xml") ||
		mimeType == "application/javascript"
}

func decodeOutput(fields map[string]any) Output {
	str := func(name string) string { s, _ := fields[name].(string); return s }
	o := Output{
		Type: str("output_type"), Name: str("name"), Text: Text(fields["text"]),
		ErrName: str("ename"), ErrValue: str("evalue"),
	}
	switch list := fields["traceback"].(type) {
	case []any:
		for _, line := range list {
			s, _ := line.(string)
			o.Traceback = append(o.Traceback, s)
		}
	case []string:
		o.Traceback = list
	}
	o.Metadata, _ = fields["metadata"].(map[string]any)
	switch n := fields["execution_count"].(type) {
	case json.Number:
		if i, err := n.Int64(); err == nil {
			o.Count = int(i)
		}
	case int:
		o.Count = n
	}
	data, _ := fields["data"].(map[string]any)
	if data != nil {
		o.Data = make(map[string]any, len(data))
	}
	for mimeType, v := range data {
		switch v.(type) {
		case []any, []string:
			if !isJSON(mimeType) {
				v = Text(v)
			}
		}
		o.Data[mimeType] = v
	}
	return o
}

func isJSON(mimeType string) bool {
	return mimeType == "application/json" || strings.HasSuffix(mimeType, "+json")
}

// overwrite does to text what a terminal does on a carriage return: what
// follows replaces the line so far, as far as it reaches.
func overwrite(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		body, newline := strings.CutSuffix(line, "\n")
		body = strings.TrimSuffix(body, "\r")
		var shown []rune
		for i, part := range strings.Split(body, "\r") {
			over := []rune(part)
			if i > 0 && len(over) < len(shown) {
				over = append(over, shown[len(over):]...)
			}
			shown = over
		}
		b.WriteString(string(shown))
		if newline {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
