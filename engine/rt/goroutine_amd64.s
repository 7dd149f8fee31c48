#include "textflag.h"

// func stackUsed() uintptr
TEXT ·stackUsed(SB), NOSPLIT, $0-8
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), AX // the goroutine, which begins with its stack's bounds
	MOVQ 8(AX), AX
	SUBQ SP, AX
	MOVQ AX, ret+0(FP)
	RET

// func panicking() unsafe.Pointer
TEXT ·panicking(SB), NOSPLIT, $0-8
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), AX
	MOVQ 32(AX), AX // behind the stack's bounds and guards
	MOVQ AX, ret+0(FP)
	RET
