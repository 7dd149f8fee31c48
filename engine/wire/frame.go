// Package wire is what the kernel process and the engine process say to each
// other. Write and Read move a Frame over a pipe; messages.go holds the
// parameters and results of each method.
//
// A frame is 8 bytes of header and a JSON body:
//
//	'G' 'Z'  version (1 byte)  0  length of the body (4 bytes, big-endian)
//
// Requests go to the engine, replies and events come back. Events of a run
// carry its cell id; replies carry their request's id. Order with what user
// code writes to file descriptors 1 and 2 is kept by marks, see mark.go.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// Version is the protocol's. Both sides come from one source tree, so a
// difference means a stale engine binary.
const Version = 1

// MaxBody is the largest body of a frame in bytes.
const MaxBody = 256 << 20

const headerSize = 8

// The types of frames.
const (
	Request = "request"
	Reply   = "reply"
	Event   = "event"
)

// A Frame is one message.
type Frame struct {
	Type   string          `json:"type"`
	ID     uint64          `json:"id,omitempty"`     // of the request
	Method string          `json:"method,omitempty"` // of a request, or the event's kind
	Cell   uint64          `json:"cell,omitempty"`   // the run an event belongs to
	Mark   uint64          `json:"mark,omitempty"`   // hold the frame until both streams have shown this mark
	Body   json.RawMessage `json:"body,omitempty"`
	Error  string          `json:"error,omitempty"` // of a reply: the request itself failed
}

// ErrTooLarge is returned for a frame beyond MaxBody; nothing was written.
var ErrTooLarge = fmt.Errorf("frame larger than %d MB", MaxBody>>20)

// A Writer writes frames; it is safe for concurrent use.
type Writer struct {
	mu sync.Mutex
	w  io.Writer
}

// NewWriter returns a Writer on w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write writes one frame with a single call to the underlying writer.
func (w *Writer) Write(f Frame) error {
	body, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode %s %s: %w", f.Type, f.Method, err)
	}
	if len(body) > MaxBody {
		return ErrTooLarge
	}
	buf := make([]byte, headerSize, headerSize+len(body))
	buf[0], buf[1], buf[2] = 'G', 'Z', Version
	binary.BigEndian.PutUint32(buf[4:], uint32(len(body)))
	buf = append(buf, body...)
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err = w.w.Write(buf)
	return err
}

// smallBody is how large a body is read in one piece.
const smallBody = 64 << 10

func readBody(r io.Reader, n int64) (body []byte, err error) {
	if n <= smallBody {
		body = make([]byte, n)
		var got int
		if got, err = io.ReadFull(r, body); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			body, err = body[:got], nil
		}
	} else {
		body, err = io.ReadAll(io.LimitReader(r, n))
	}
	if err == nil && int64(len(body)) < n {
		err = fmt.Errorf("%w: the stream ended in a body", ErrMalformed)
	}
	return body, err
}

// ErrMalformed is the error of bytes that are no frame. The stream can't be
// read on after it.
var ErrMalformed = errors.New("malformed frame")

// Read reads one frame. io.EOF means that the stream ended between frames.
// Memory is allocated as bytes arrive, not as a header claims them. A reader
// with a buffer spares system calls.
func Read(r io.Reader) (Frame, error) {
	var f Frame
	var h [headerSize]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		if err == io.ErrUnexpectedEOF {
			err = fmt.Errorf("%w: the stream ended in a header", ErrMalformed)
		}
		return f, err
	}
	if h[0] != 'G' || h[1] != 'Z' || h[3] != 0 {
		return f, fmt.Errorf("%w: it starts with % x", ErrMalformed, h)
	}
	if h[2] != Version {
		return f, fmt.Errorf("%w: protocol version %d, want %d: the engine binary is stale, remove it to have it built again", ErrMalformed, h[2], Version)
	}
	n := int64(binary.BigEndian.Uint32(h[4:]))
	if n > MaxBody {
		return f, fmt.Errorf("%w: it claims %d bytes", ErrMalformed, n)
	}
	body, err := readBody(r, n)
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(body, &f); err != nil {
		return f, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	return f, nil
}
