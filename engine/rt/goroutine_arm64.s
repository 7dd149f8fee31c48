#include "textflag.h"

// func stackUsed() uintptr
TEXT ·stackUsed(SB), NOSPLIT, $0-8
	MOVD 8(g), R0 // the goroutine begins with its stack's bounds
	MOVD RSP, R1
	SUB  R1, R0
	MOVD R0, ret+0(FP)
	RET

// func panicking() unsafe.Pointer
TEXT ·panicking(SB), NOSPLIT, $0-8
	MOVD 32(g), R0 // behind the stack's bounds and guards
	MOVD R0, ret+0(FP)
	RET
