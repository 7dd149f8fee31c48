package kernel

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"sync"
	"time"
)

// ProtocolVersion is the version of the Jupyter messaging protocol spoken.
const ProtocolVersion = "5.3"

// delimiter ends the routing prefix of a message.
var delimiter = []byte("<IDS|MSG>")

// A header is a message's header. Raw keeps a received one exactly as it came,
// because replies carry it back as their parent header.
type header struct {
	MsgID    string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"`
	MsgType  string `json:"msg_type"`
	Version  string `json:"version"`
}

// A message is one Jupyter message as received.
type message struct {
	from     *peer    // the connection it came on
	ids      [][]byte // routing prefix, without the connection's own identity
	header   header
	raw      json.RawMessage // the header as received
	metadata json.RawMessage
	content  json.RawMessage
}

// parent is what the answers to a message carry: where they go and the header
// they name. The zero value is for messages that answer nothing.
type parent struct {
	to     *peer
	ids    [][]byte
	header json.RawMessage
}

func (m *message) parent() parent { return parent{to: m.from, ids: m.ids, header: m.raw} }

// A wire signs, encodes and decodes messages. It is safe for concurrent use.
type wire struct {
	key     []byte
	hash    func() hash.Hash
	session string

	mu   sync.Mutex
	seen map[string]struct{} // signatures already accepted
	ring []string            // the same in order of arrival, oldest at next
	next int
}

// replayWindow is how many signatures are remembered to refuse replays.
const replayWindow = 1 << 16

func newWire(key string, hash func() hash.Hash) *wire {
	return &wire{key: []byte(key), hash: hash, session: newID(), seen: map[string]struct{}{}}
}

// newID returns a random UUID (RFC 9562, version 4).
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// decode checks and decodes the frames that came from p. Every error means
// that the message is to be dropped.
func (w *wire) decode(p *peer, frames [][]byte) (*message, error) {
	at := -1
	for i, f := range frames {
		if bytes.Equal(f, delimiter) {
			at = i
			break
		}
	}
	if at < 0 {
		return nil, errors.New("no delimiter frame")
	}
	parts := frames[at+1:]
	if len(parts) < 5 {
		return nil, fmt.Errorf("%d frames after the delimiter, want at least 5", len(parts))
	}
	if err := w.verify(parts[0], parts[1:5]); err != nil {
		return nil, err
	}
	m := &message{from: p, ids: frames[:at], raw: parts[1], metadata: parts[3], content: parts[4]}
	if err := json.Unmarshal(m.raw, &m.header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if m.header.MsgType == "" {
		return nil, errors.New("header: no msg_type")
	}
	for i, name := range []string{"header", "parent header", "metadata", "content"} {
		if err := checkObject(parts[1+i]); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", name, m.header.MsgType, err)
		}
	}
	return m, nil
}

// checkObject refuses JSON that is not one object.
func checkObject(data []byte) error {
	var fields map[string]json.RawMessage
	return json.Unmarshal(data, &fields)
}

// verify compares the signature of parts and refuses one seen before.
func (w *wire) verify(signature []byte, parts [][]byte) error {
	if len(w.key) == 0 {
		return nil
	}
	want := w.sign(parts)
	if !hmac.Equal(signature, want) {
		return errors.New("wrong signature")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, dup := w.seen[string(want)]; dup {
		return errors.New("replayed signature")
	}
	if len(w.ring) < replayWindow {
		w.ring = append(w.ring, string(want))
	} else {
		delete(w.seen, w.ring[w.next])
		w.ring[w.next] = string(want)
		w.next = (w.next + 1) % replayWindow
	}
	w.seen[string(want)] = struct{}{}
	return nil
}

// sign returns the hexadecimal HMAC of parts, empty without a key.
func (w *wire) sign(parts [][]byte) []byte {
	if len(w.key) == 0 {
		return []byte{}
	}
	mac := hmac.New(w.hash, w.key)
	for _, p := range parts {
		mac.Write(p)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

// timestamp is the time now as messages tell it: ISO 8601 in UTC.
func timestamp() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000000Z") }

// encode builds the frames of a message of the given type: prefix, delimiter,
// signature and the four JSON parts. A content that cannot be encoded is an
// error; nothing else is.
func (w *wire) encode(prefix [][]byte, msgType string, p parent, metadata, content any) ([][]byte, error) {
	head, err := encodeJSON(header{
		MsgID: newID(), Session: w.session, Username: "kernel",
		Date: timestamp(), MsgType: msgType, Version: ProtocolVersion,
	})
	if err != nil {
		return nil, err
	}
	parentHeader := []byte(p.header)
	if len(parentHeader) == 0 {
		parentHeader = []byte("{}")
	}
	meta := []byte("{}")
	if metadata != nil {
		if meta, err = encodeJSON(metadata); err != nil {
			return nil, fmt.Errorf("metadata of %s: %w", msgType, err)
		}
	}
	body, err := encodeJSON(content)
	if err != nil {
		return nil, fmt.Errorf("content of %s: %w", msgType, err)
	}
	parts := [][]byte{head, parentHeader, meta, body}
	frames := make([][]byte, 0, len(prefix)+6)
	frames = append(frames, prefix...)
	frames = append(frames, delimiter, w.sign(parts))
	return append(frames, parts...), nil
}

// encodeJSON is json.Marshal without the escapes that only matter inside HTML
// script elements. Text that is not UTF-8 gets replacement characters.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
