package main

import (
	"go/scanner"
	"go/token"
)

// stdinUse returns what code calls to read standard input, "" for nothing. It
// goes by the spelling, so that it costs no check; os.Stdin and the functions
// of fmt that scan it.
func stdinUse(code string) string {
	var sc scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	sc.Init(file, []byte(code), func(token.Position, string) {}, 0)
	var before [2]string // the two tokens before, newest last
	for {
		_, tok, lit := sc.Scan()
		if tok == token.EOF {
			return ""
		}
		if tok == token.PERIOD {
			lit = "."
		}
		if before[1] == "." {
			switch name := before[0] + "." + lit; name {
			case "os.Stdin", "fmt.Scan", "fmt.Scanln", "fmt.Scanf":
				return name
			}
		}
		before = [2]string{before[1], lit}
	}
}

// stdinNote tells why a cell's reads of standard input end at once.
func stdinNote(use string) string {
	return "note: cells have no standard input: " + use + " finds its end at once (io.EOF); assign what you would type to a variable, or read a file\n"
}
