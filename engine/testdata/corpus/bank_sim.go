package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type money int64

func (m money) String() string { return fmt.Sprintf("$%d.%02d", int64(m)/100, int64(m)%100) }

type txKind int

const (
	deposit txKind = iota + 1
	withdraw
	transfer
)

//go:noinline
func (k txKind) String() string {
	return map[txKind]string{deposit: "dep", withdraw: "wdr", transfer: "trf"}[k]
}

type tx struct {
	kind     txKind
	from, to string
	amount   money
}

type insufficient struct {
	acct       string
	have, want money
}

func (e insufficient) Error() string {
	return fmt.Sprintf("%s: have %v, want %v", e.acct, e.have, e.want)
}

var errUnknown = errors.New("unknown account")

type ledger struct {
	accts   map[string]money
	history []tx
	onTx    []func(tx)
}

func (l *ledger) apply(t tx) error {
	check := func(a string) error {
		if _, ok := l.accts[a]; !ok {
			return fmt.Errorf("%v %q: %w", t.kind, a, errUnknown)
		}
		return nil
	}
	switch t.kind {
	case deposit:
		if err := check(t.to); err != nil {
			return err
		}
		l.accts[t.to] += t.amount
	case withdraw, transfer:
		if err := check(t.from); err != nil {
			return err
		}
		if have := l.accts[t.from]; have < t.amount {
			return insufficient{t.from, have, t.amount}
		}
		l.accts[t.from] -= t.amount
		if t.kind == transfer {
			l.accts[t.to] += t.amount
		}
	default:
		panic("bad kind")
	}
	l.history = append(l.history, t)
	for _, f := range l.onTx {
		f(t)
	}
	return nil
}

func (l *ledger) report() string {
	names := make([]string, 0, len(l.accts))
	for n := range l.accts {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s=%v ", n, l.accts[n])
	}
	return strings.TrimSpace(b.String())
}

func main() {
	l := &ledger{accts: map[string]money{"ann": 1000, "bob": 0}}
	var total money
	l.onTx = append(l.onTx, func(t tx) { total += t.amount })
	for _, t := range []tx{{deposit, "", "bob", 250}, {transfer, "ann", "bob", 999}, {withdraw, "ann", "", 50}, {kind: withdraw, from: "zed"}} {
		err := l.apply(t)
		var ins insufficient
		switch {
		case errors.As(err, &ins):
			fmt.Println("short by", ins.want-ins.have, "|", err)
		case errors.Is(err, errUnknown):
			fmt.Println("unknown:", err)
		default:
			fmt.Println(t.kind, "ok", err)
		}
	}
	fmt.Println(l.report(), total, len(l.history), l.history[0].kind)
	fmt.Printf("%v %+v\n", l.history[1], l.history[1])
}
