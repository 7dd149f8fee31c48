package kernel

import (
	"encoding/json"
	"fmt"
	"mime"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/goblaze/goblaze/display"
)

// A cell is the Output of one execute_request. What is written to it keeps
// the request as its parent, after the request was answered too. It is safe
// for concurrent use.
type cell struct {
	server *Server
	parent parent
	count  int
	silent bool
	stdin  bool // the front end answers input requests

	mu    sync.Mutex
	carry map[string]string // per stream, the start of a character not yet complete
}

// Stream shows text; it is joined with what follows within flushDelay.
func (c *cell) Stream(name, text string) {
	if c.silent || text == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	text = c.carry[name] + text
	whole := len(text) - partialRune(text)
	if c.carry == nil {
		c.carry = map[string]string{}
	}
	c.carry[name] = text[whole:]
	if whole > 0 {
		c.server.pub.write(c, name, text[:whole])
	}
}

// flushPartial shows bytes that turned out not to begin a character.
func (c *cell) flushPartial() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range []string{"stdout", "stderr"} {
		if rest := c.carry[name]; rest != "" {
			c.carry[name] = ""
			c.server.pub.write(c, name, rest)
		}
	}
}

// partialRune returns the length of an incomplete UTF-8 sequence that ends s.
func partialRune(s string) int {
	for n := 1; n < utf8.UTFMax && n <= len(s); n++ {
		if b := s[len(s)-n]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRuneInString(s[len(s)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// Display shows b, or updates what was shown under its ID.
func (c *cell) Display(b display.Bundle) {
	msgType := "display_data"
	if b.Update {
		msgType = "update_display_data"
	}
	c.show(msgType, b, map[string]any{})
}

// Result shows the value of the cell.
func (c *cell) Result(b display.Bundle) {
	c.show("execute_result", b, map[string]any{"execution_count": c.count})
}

func (c *cell) show(msgType string, b display.Bundle, content map[string]any) {
	if c.silent {
		return
	}
	data, size, problems := encodeBundle(b)
	for _, p := range problems {
		c.server.log.printf("cell %d: %s: %v", c.count, msgType, p)
	}
	content["data"] = data
	content["metadata"] = encodeMetadata(b)
	if b.ID != "" {
		content["transient"] = map[string]any{"display_id": b.ID}
	} else if msgType != "execute_result" { // which has none in the protocol
		content["transient"] = map[string]any{}
	}
	c.server.pub.show(msgType, c.parent, nil, content, size)
}

// Clear removes what the cell has shown, with wait at the next output.
func (c *cell) Clear(wait bool) {
	if c.silent {
		return
	}
	c.server.pub.show("clear_output", c.parent, nil, map[string]bool{"wait": wait}, 0)
}

// encodeBundle brings a bundle's data into the form of the messages: text as
// strings, binary data in base64, JSON types as JSON. A form that cannot be
// encoded is left out and named; size is about what the rest takes.
func encodeBundle(b display.Bundle) (data map[string]any, size int, problems []error) {
	data = make(map[string]any, len(b.Data))
	for mimeType, v := range b.Data {
		encoded, n, err := encodeForm(mimeType, v)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s left out: %w", mimeType, err))
			continue
		}
		data[mimeType] = encoded
		size += n
	}
	return data, size, problems
}

func encodeForm(mimeType string, v any) (any, int, error) {
	switch v := v.(type) {
	case string:
		return v, len(v), nil
	case []byte:
		switch {
		case isJSONType(mimeType):
			if !json.Valid(v) {
				return nil, 0, fmt.Errorf("not valid JSON")
			}
			return json.RawMessage(v), len(v), nil
		case isTextType(mimeType):
			return string(v), len(v), nil
		}
		return v, len(v) * 4 / 3, nil // encoding/json writes base64
	}
	raw, err := encodeJSON(v)
	if err != nil {
		return nil, 0, err
	}
	return json.RawMessage(raw), len(raw), nil
}

// encodeMetadata returns the bundle's metadata, empty if JSON cannot hold it.
func encodeMetadata(b display.Bundle) any {
	if len(b.Metadata) == 0 {
		return map[string]any{}
	}
	raw, err := encodeJSON(b.Metadata)
	if err != nil {
		return map[string]any{}
	}
	return json.RawMessage(raw)
}

func isJSONType(mimeType string) bool {
	base, _, err := mime.ParseMediaType(mimeType)
	return err == nil && (base == "application/json" || strings.HasSuffix(base, "+json"))
}

func isTextType(mimeType string) bool {
	base, _, err := mime.ParseMediaType(mimeType)
	return err == nil && (strings.HasPrefix(base, "text/") || strings.HasSuffix(base, "+xml") ||
		base == "application/javascript")
}
