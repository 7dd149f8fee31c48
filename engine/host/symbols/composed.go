package symbols

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// Wrappers for interpreted values whose further methods std looks for behind an interface. yaegi takes the names of the
// methods a type must have from the fields after the first, so the fields are not embedded structs.

// responseWriterFlusher is an http.ResponseWriter that streams.
type responseWriterFlusher struct {
	IValue       any
	WHeader      func() http.Header
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
	WFlush       func()
}

func (w responseWriterFlusher) Header() http.Header         { return w.WHeader() }
func (w responseWriterFlusher) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w responseWriterFlusher) WriteHeader(status int)      { w.WWriteHeader(status) }
func (w responseWriterFlusher) Flush()                      { w.WFlush() }

// responseWriterHijacker is an http.ResponseWriter that hands over its connection.
type responseWriterHijacker struct {
	IValue       any
	WHeader      func() http.Header
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
	WHijack      func() (net.Conn, *bufio.ReadWriter, error)
}

func (w responseWriterHijacker) Header() http.Header         { return w.WHeader() }
func (w responseWriterHijacker) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w responseWriterHijacker) WriteHeader(status int)      { w.WWriteHeader(status) }
func (w responseWriterHijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.WHijack()
}

// responseWriterFlusherHijacker is both.
type responseWriterFlusherHijacker struct {
	IValue       any
	WHeader      func() http.Header
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
	WFlush       func()
	WHijack      func() (net.Conn, *bufio.ReadWriter, error)
}

func (w responseWriterFlusherHijacker) Header() http.Header         { return w.WHeader() }
func (w responseWriterFlusherHijacker) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w responseWriterFlusherHijacker) WriteHeader(status int)      { w.WWriteHeader(status) }
func (w responseWriterFlusherHijacker) Flush()                      { w.WFlush() }
func (w responseWriterFlusherHijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.WHijack()
}

// readerWriterTo is an io.Reader that io.Copy need not buffer.
type readerWriterTo struct {
	IValue   any
	WRead    func([]byte) (int, error)
	WWriteTo func(io.Writer) (int64, error)
}

func (r readerWriterTo) Read(p []byte) (int, error)               { return r.WRead(p) }
func (r readerWriterTo) WriteTo(w io.Writer) (n int64, err error) { return r.WWriteTo(w) }

// writerReaderFrom is an io.Writer that io.Copy need not buffer.
type writerReaderFrom struct {
	IValue    any
	WWrite    func([]byte) (int, error)
	WReadFrom func(io.Reader) (int64, error)
}

func (w writerReaderFrom) Write(p []byte) (int, error)               { return w.WWrite(p) }
func (w writerReaderFrom) ReadFrom(r io.Reader) (n int64, err error) { return w.WReadFrom(r) }
