package main

import (
	"fmt"
)

type reader interface{ read() string }
type writer interface{ write(string) }
type rw interface {
	reader
	writer
}
type closer interface{ close() error }
type rwc interface {
	rw
	closer
	fmt.Stringer
}
type mem struct {
	buf  []string
	shut bool
}

func (m *mem) read() string {
	if len(m.buf) == 0 {
		return ""
	}
	s := m.buf[0]
	m.buf = m.buf[1:]
	return s
}
func (m *mem) write(s string) { m.buf = append(m.buf, s) }
func (m *mem) close() error {
	if m.shut {
		return fmt.Errorf("closed twice")
	}
	m.shut = true
	return nil
}
func (m *mem) String() string { return fmt.Sprintf("mem%v", m.buf) }

type limited struct {
	rw
	left int
}

func (l *limited) write(s string) {
	if l.left > 0 {
		l.left--
		l.rw.write(s)
	}
}
func copyAll(w writer, r reader) (n int) {
	for s := r.read(); s != ""; s = r.read() {
		w.write(s)
		n++
	}
	return
}

func main() {
	a, b := &mem{buf: []string{"x", "y", "z"}}, &mem{}
	l := &limited{b, 2}
	fmt.Println(copyAll(l, a), b, l.left)
	var r rwc = b
	fmt.Println(r.close(), r.close(), r)
	_, ok := any(l).(closer)
	_, ok2 := rw(l).(writer)
	fmt.Println(ok, ok2, reader(r).(rwc) == r)
	fs := []func(string){b.write, l.write}
	fs[0]("direct")
	fmt.Println(b)
}
