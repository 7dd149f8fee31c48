package symbols

import (
	"fmt"
	"log"
)

// ExitCode is what Exit panics with unless it is replaced.
type ExitCode int

func (c ExitCode) Error() string { return fmt.Sprintf("os.Exit(%d)", int(c)) }

// Exit is called where interpreted code calls os.Exit, syscall.Exit or log.Fatal, which would otherwise end the process
// with the session in it. It must not return. Set it before the first interpreted code runs.
var Exit = func(code int) { panic(ExitCode(code)) }

// exit looks Exit up when it is called, not when the tables are made.
func exit(code int) { Exit(code) }

// The file and line that log may write are those of the caller of these functions: two frames up.

func logFatal(v ...any) {
	logLast(fmt.Sprint(v...))
}

func logFatalf(format string, v ...any) {
	logLast(fmt.Sprintf(format, v...))
}

func logFatalln(v ...any) {
	logLast(fmt.Sprintln(v...))
}

// logLast writes a message with the standard logger and exits with 1, whether or not it could be written.
func logLast(message string) {
	_ = log.Output(3, message)
	Exit(1)
}
