package main

import (
	"fmt"
	"strings"
)

type state int

const (
	idle state = iota
	running
	paused
	stopped
)

var names = [...]string{idle: "idle", running: "running", paused: "paused", stopped: "stopped"}

func (s state) String() string { return names[s] }

type event string

type transition struct {
	from state
	ev   event
}

type machine struct {
	cur   state
	table map[transition]state
	hooks map[state][]func(from, to state)
	trail []string
}

func newMachine() *machine {
	return &machine{table: map[transition]state{
		{idle, "start"}: running, {running, "pause"}: paused, {paused, "start"}: running, {running, "stop"}: stopped,
	}, hooks: map[state][]func(from, to state){}}
}

func (m *machine) on(s state, f func(from, to state)) { m.hooks[s] = append(m.hooks[s], f) }

func (m *machine) fire(e event) (ok bool) {
	next, ok := m.table[transition{m.cur, e}]
	if !ok {
		m.trail = append(m.trail, "!"+string(e))
		return
	}
	for _, h := range m.hooks[next] {
		h(m.cur, next)
	}
	m.cur = next
	m.trail = append(m.trail, string(e))
	return
}

type stateFn func(*lex) stateFn

type lex struct {
	in  string
	pos int
	out []string
}

func lexSpace(l *lex) stateFn {
	for l.pos < len(l.in) && l.in[l.pos] == ' ' {
		l.pos++
	}
	if l.pos == len(l.in) {
		return nil
	}
	return lexWord
}

func lexWord(l *lex) stateFn {
	start := l.pos
	for l.pos < len(l.in) && l.in[l.pos] != ' ' {
		l.pos++
	}
	l.out = append(l.out, l.in[start:l.pos])
	return lexSpace
}

func main() {
	m := newMachine()
	m.on(running, func(from, to state) { fmt.Println("hook", from, "->", to) })
	for _, e := range strings.Fields("start pause stop start stop start") {
		fmt.Print(m.fire(event(e)), " ")
	}
	fmt.Println(m.cur, m.trail)
	l := &lex{in: " the quick  fox "}
	for st := stateFn(lexSpace); st != nil; st = st(l) {
	}
	fmt.Printf("%q %d\n", l.out, l.pos)
	fmt.Printf("%v %d %s %x\n", m.cur, m.cur, m.cur, m.cur)
}
