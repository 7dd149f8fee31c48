package wire

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/goblaze/goblaze/display"
)

// A Bundle is a display.Bundle on the wire: binary content stays []byte, and
// JSON content is carried as the engine wrote it.
type Bundle struct {
	Text     map[string]string          `json:"text,omitempty"`
	Binary   map[string][]byte          `json:"binary,omitempty"`
	JSON     map[string]json.RawMessage `json:"json,omitempty"`
	Metadata map[string]any             `json:"metadata,omitempty"`
	ID       string                     `json:"id,omitempty"`
	Update   bool                       `json:"update,omitempty"`
}

// FromDisplay encodes a bundle. A value that encoding/json refuses is replaced
// by a note at the end of text/plain, so that the rest is shown.
func FromDisplay(b display.Bundle) Bundle {
	w := Bundle{Text: map[string]string{}, Metadata: b.Metadata, ID: b.ID, Update: b.Update}
	var refused []string
	for mime, v := range b.Data {
		switch v := v.(type) {
		case string:
			w.Text[mime] = v
		case []byte:
			if w.Binary == nil {
				w.Binary = map[string][]byte{}
			}
			w.Binary[mime] = v
		default:
			if err := w.addJSON(mime, v); err != nil {
				refused = append(refused, fmt.Sprintf("\n(%s is not shown: %v)", mime, err))
			}
		}
	}
	if len(refused) > 0 {
		slices.Sort(refused)
		w.Text["text/plain"] += strings.Join(refused, "")
	}
	if _, err := json.Marshal(w.Metadata); err != nil {
		w.Metadata = nil
	}
	return w
}

func (w *Bundle) addJSON(mime string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if w.JSON == nil {
		w.JSON = map[string]json.RawMessage{}
	}
	w.JSON[mime] = raw
	return nil
}

// Display decodes the bundle. JSON content comes as json.RawMessage.
func (w Bundle) Display() display.Bundle {
	b := display.Bundle{Data: map[string]any{}, Metadata: w.Metadata, ID: w.ID, Update: w.Update}
	for mime, v := range w.Text {
		b.Data[mime] = v
	}
	for mime, v := range w.Binary {
		b.Data[mime] = v
	}
	for mime, v := range w.JSON {
		b.Data[mime] = v
	}
	return b
}
