// Package notebook reads, changes and writes Jupyter notebook documents
// (nbformat 4, any minor version) and renders them as pages.
//
// Parse a document, walk its Cells, and write it with Encode: everything that
// was not changed, unknown fields too, comes out as it went in.
package notebook

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Document is a notebook. It is not safe for concurrent use.
type Document struct {
	root  map[string]any
	cells []*Cell
}

// A Cell is one cell of a Document.
type Cell struct{ fields map[string]any }

// Parse reads a notebook document.
func Parse(data []byte) (*Document, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber() // numbers of unknown fields are kept as written
	var root map[string]any
	if err := d.Decode(&root); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not a notebook: there is text after the document")
	}
	if v := number(root["nbformat"]); v != 4 {
		return nil, fmt.Errorf("nbformat %v is not supported, only 4: convert it with `jupyter nbconvert --to notebook --nbformat 4`", root["nbformat"])
	}
	list, ok := root["cells"].([]any)
	if !ok {
		return nil, errors.New("not a notebook: it has no list of cells")
	}
	doc := &Document{root: root}
	for i, c := range list {
		fields, ok := c.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("not a notebook: cell %d is not an object", i+1)
		}
		doc.cells = append(doc.cells, &Cell{fields})
	}
	if _, ok := root["metadata"].(map[string]any); !ok {
		root["metadata"] = map[string]any{}
	}
	return doc, nil
}

func number(v any) int64 {
	n, ok := v.(json.Number)
	if !ok {
		return -1
	}
	i, err := n.Int64()
	if err != nil {
		return -1
	}
	return i
}

// Encode writes the document as Jupyter does: sorted keys, indented by one
// blank. Cells get ids where the minor version asks for them and none is
// there.
func (d *Document) Encode() ([]byte, error) {
	if number(d.root["nbformat_minor"]) >= 5 {
		used := map[string]bool{}
		for _, c := range d.cells {
			if id := c.ID(); id == "" || used[id] {
				c.fields["id"] = newCellID()
			}
			used[c.ID()] = true
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(d.root); err != nil {
		return nil, fmt.Errorf("notebook: %w", err)
	}
	return b.Bytes(), nil
}

func newCellID() string {
	var b [4]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Cells returns the cells in order; changes to them change the document.
func (d *Document) Cells() []*Cell { return d.cells }

// Metadata returns the notebook's metadata, which may be changed.
func (d *Document) Metadata() map[string]any { return d.root["metadata"].(map[string]any) }

// Title is the text of the first heading, or "".
func (d *Document) Title() string {
	for _, c := range d.cells {
		if c.Type() != "markdown" {
			continue
		}
		for line := range strings.Lines(c.Source()) {
			if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
				return strings.TrimSpace(title)
			}
		}
	}
	return ""
}

// Type is "code", "markdown" or "raw".
func (c *Cell) Type() string { s, _ := c.fields["cell_type"].(string); return s }

// ID is the cell's id, "" in documents before minor version 5.
func (c *Cell) ID() string { s, _ := c.fields["id"].(string); return s }

// Source is the cell's text.
func (c *Cell) Source() string { return Text(c.fields["source"]) }

// Tags are the tags in the cell's metadata.
func (c *Cell) Tags() (tags []string) {
	metadata, _ := c.fields["metadata"].(map[string]any)
	list, _ := metadata["tags"].([]any)
	for _, t := range list {
		if s, ok := t.(string); ok {
			tags = append(tags, s)
		}
	}
	return tags
}

// HasTag says whether the cell has a tag.
func (c *Cell) HasTag(tag string) bool { return slices.Contains(c.Tags(), tag) }

// SetExecuted sets the result of running a code cell; a count of 0 means that
// it was not run.
func (c *Cell) SetExecuted(count int, outputs []Output) {
	list := make([]any, len(outputs))
	for i, o := range outputs {
		list[i] = o.encode()
	}
	c.fields["outputs"] = list
	c.fields["execution_count"] = nil
	if count > 0 {
		c.fields["execution_count"] = count
	}
}

// Count is the cell's execution count, "" when it was not run.
func (c *Cell) Count() string {
	switch n := c.fields["execution_count"].(type) {
	case json.Number:
		return n.String()
	case int:
		return fmt.Sprint(n)
	}
	return ""
}

// Outputs reads the cell's outputs.
func (c *Cell) Outputs() (outputs []Output) {
	list, _ := c.fields["outputs"].([]any)
	for _, v := range list {
		if fields, ok := v.(map[string]any); ok {
			outputs = append(outputs, decodeOutput(fields))
		}
	}
	return outputs
}

// Attachment returns the data: URI of a file attached to a markdown cell.
func (c *Cell) Attachment(name string) (uri string, ok bool) {
	attachments, _ := c.fields["attachments"].(map[string]any)
	bundle, _ := attachments[name].(map[string]any)
	for mimeType, content := range bundle {
		return "data:" + mimeType + ";base64," + strings.TrimSpace(Text(content)), true
	}
	return "", false
}

// Text joins a document's multi-line string: a string or a list of strings.
func Text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, _ := line.(string)
			b.WriteString(s)
		}
		return b.String()
	case []string:
		return strings.Join(v, "")
	}
	return ""
}

// lines is the form in which documents keep longer text: one string a line,
// each with its newline.
func lines(s string) []string {
	out := []string{}
	for line := range strings.Lines(s) {
		out = append(out, line)
	}
	return out
}
