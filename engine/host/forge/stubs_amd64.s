#include "textflag.h"

// A stub is the code of one method: a call that tells by its return address
// which one it is. dispatch takes that address from the stack, so that the
// method's own caller is on top again, and goes on in the function that stands
// in the table, with every argument where it was: in ABIInternal R12 and R13
// hold none, and DX is the function's closure.
#define C CALL dispatch<>(SB)
#define C4 C; C; C; C
#define C16 C4; C4; C4; C4
#define C64 C16; C16; C16; C16
#define C256 C64; C64; C64; C64
#define C1024 C256; C256; C256; C256

// stubs<> holds numStubs of them, stubSize bytes each.
TEXT stubs<>(SB), NOSPLIT|NOFRAME, $0-0
	C1024; C1024; C1024; C1024

TEXT dispatch<>(SB), NOSPLIT|NOFRAME, $0-0
	POPQ R12
	LEAQ stubs<>(SB), R13
	SUBQ R13, R12
	LEAQ ·table(SB), R13
	MOVQ (R13)(R12*8), DX
	MOVQ (DX), R12
	JMP  R12

// func stubsAddress() uintptr
TEXT ·stubsAddress(SB), NOSPLIT, $0-8
	LEAQ stubs<>(SB), AX
	MOVQ AX, ret+0(FP)
	RET
