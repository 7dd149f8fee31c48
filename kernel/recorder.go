package kernel

import (
	"encoding/base64"
	"encoding/json"

	"github.com/goblaze/goblaze/display"
	"github.com/goblaze/goblaze/kernel/notebook"
)

// A recorder is the Output of one notebook cell: it keeps what is shown as a
// front end would save it. It is safe for concurrent use and takes output
// after its cell has ended, until the document is saved.
type recorder struct {
	run   *notebookRun
	count int

	// Guarded by run.mu.
	outputs []*notebook.Output
	clear   bool                                // at the next output
	updated map[*notebook.Output]display.Bundle // shown as text when the cell ends
}

// Stream records text; what follows on itself is one output.
func (r *recorder) Stream(name, text string) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.clearPending()
	if n := len(r.outputs); n > 0 && r.outputs[n-1].Type == "stream" && r.outputs[n-1].Name == name {
		r.outputs[n-1].Text += text
	} else {
		r.outputs = append(r.outputs, &notebook.Output{Type: "stream", Name: name, Text: text})
	}
	r.run.progress.write(text)
}

// Display records b, or replaces what was shown under its ID, in whatever
// cell that was.
func (r *recorder) Display(b display.Bundle) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	if b.Update {
		r.update(b)
		return
	}
	r.add("display_data", b)
}

// Result records the cell's value.
func (r *recorder) Result(b display.Bundle) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.add("execute_result", b)
}

func (r *recorder) add(kind string, b display.Bundle) {
	r.clearPending()
	o := &notebook.Output{Type: kind, Data: documentData(b), Metadata: documentMetadata(b), Count: r.count}
	r.outputs = append(r.outputs, o)
	if b.ID != "" {
		r.run.displays[b.ID] = append(r.run.displays[b.ID], o)
	}
	r.run.progress.bundle(b)
}

func (r *recorder) update(b display.Bundle) {
	for _, o := range r.run.displays[b.ID] {
		o.Data, o.Metadata = documentData(b), documentMetadata(b)
		r.run.gone[o] = blank(b)
		if r.updated == nil {
			r.updated = map[*notebook.Output]display.Bundle{}
		}
		r.updated[o] = b
	}
}

// blank reports whether a bundle says nothing: a display updated to it was taken
// away, as a progress bar that is done. Front ends show nothing there, and the
// document need not keep it.
func blank(b display.Bundle) bool {
	for _, v := range b.Data {
		if text, ok := v.(string); !ok || text != "" {
			return false
		}
	}
	return true
}

// Clear removes the cell's outputs, with wait when the next one comes.
func (r *recorder) Clear(wait bool) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.clear = true
	if !wait {
		r.clearPending()
	}
}

func (r *recorder) clearPending() {
	if r.clear {
		r.outputs, r.clear = nil, false
		r.run.progress.newLine()
	}
}

// fail records the error that ended the cell.
func (r *recorder) fail(e *CellError) {
	content := errorContent(e)
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.clearPending()
	r.outputs = append(r.outputs, &notebook.Output{
		Type: "error", ErrName: e.Name, ErrValue: e.Value, Traceback: content["traceback"].([]string),
	})
}

// documentData is a bundle's data as documents keep it: binary data in
// base64, JSON decoded.
func documentData(b display.Bundle) map[string]any {
	data, _, _ := encodeBundle(b)
	for mimeType, v := range data {
		switch v := v.(type) {
		case []byte:
			data[mimeType] = base64.StdEncoding.EncodeToString(v)
		case json.RawMessage:
			var value any
			if json.Unmarshal(v, &value) == nil {
				data[mimeType] = value
			}
		}
	}
	return data
}

func documentMetadata(b display.Bundle) map[string]any {
	metadata := map[string]any{}
	if raw, ok := encodeMetadata(b).(json.RawMessage); ok {
		if json.Unmarshal(raw, &metadata) != nil {
			return map[string]any{}
		}
	}
	return metadata
}
