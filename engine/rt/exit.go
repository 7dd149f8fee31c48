package rt

import (
	"fmt"
	"log"
	"os"
	"runtime"
)

// Exit is os.Exit for a cell: it ends the cell and its goroutines, not the
// process. Deferred functions run, so that locks of the session are released,
// but what they print is dropped: after os.Exit they would not run at all.
func Exit(code int) {
	o := current()
	if o == nil {
		os.Exit(code)
	}
	o.cell.Stop(&Failure{Kind: KindExit, Code: code, Text: fmt.Sprintf("exit status %d", code), Stack: callers()})
	if o.halting {
		runtime.Goexit()
	}
	o.halt(true)
}

// Fatal, Fatalf and Fatalln are log.Fatal, log.Fatalf and log.Fatalln.
func Fatal(v ...any) { log.Output(2, fmt.Sprint(v...)); Exit(1) }

func Fatalf(format string, v ...any) { log.Output(2, fmt.Sprintf(format, v...)); Exit(1) }

func Fatalln(v ...any) { log.Output(2, fmt.Sprintln(v...)); Exit(1) }

// LoggerFatal, LoggerFatalf and LoggerFatalln are the methods of *log.Logger.
func LoggerFatal(l *log.Logger, v ...any) { l.Output(2, fmt.Sprint(v...)); Exit(1) }

func LoggerFatalf(l *log.Logger, format string, v ...any) {
	l.Output(2, fmt.Sprintf(format, v...))
	Exit(1)
}

func LoggerFatalln(l *log.Logger, v ...any) { l.Output(2, fmt.Sprintln(v...)); Exit(1) }
