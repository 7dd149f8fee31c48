package main

import (
	"fmt"
)

type opcode byte

const (
	push opcode = iota
	add
	mul
	dup
	jnz
	dec
	halt
)

//go:noinline
func (o opcode) String() string {
	return [...]string{"push", "add", "mul", "dup", "jnz", "dec", "halt"}[o]
}

type instr struct {
	op  opcode
	arg int
}
type vm struct {
	stack     []int
	pc, steps int
}

func (v *vm) pop() int { x := v.stack[len(v.stack)-1]; v.stack = v.stack[:len(v.stack)-1]; return x }
func (v *vm) run(prog []instr) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pc %d (%v): %v", v.pc, prog[min(v.pc, len(prog)-1)].op, r)
		}
	}()
	for {
		in := prog[v.pc]
		v.pc++
		v.steps++
		switch in.op {
		case push:
			v.stack = append(v.stack, in.arg)
		case add:
			v.stack = append(v.stack, v.pop()+v.pop())
		case mul:
			v.stack = append(v.stack, v.pop()*v.pop())
		case dup:
			x := v.pop()
			v.stack = append(v.stack, x, x)
		case dec:
			v.stack[len(v.stack)-1] -= 1
		case jnz:
			if v.stack[len(v.stack)-1] != 0 {
				v.pc = in.arg
			}
		case halt:
			return nil
		}
	}
}

func main() {
	v := &vm{}
	fmt.Println(v.run([]instr{{push, 6}, {push, 7}, {op: mul}, {op: halt}}), v.stack)
	w := &vm{}
	fmt.Println(w.run([]instr{{push, 5}, {op: dec}, {jnz, 1}, {op: halt}}), w.steps, w.stack)
	u := &vm{}
	fmt.Println(u.run([]instr{{op: add}}), opcode(3))
}
