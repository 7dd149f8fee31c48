package main

import (
	"go/scanner"
	"go/token"
	"slices"
)

// readsStdin reports whether code may read standard input, by its spelling, so
// that it costs no check: os.Stdin, and the functions of fmt that scan it.
func readsStdin(code string) bool {
	var sc scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	sc.Init(file, []byte(code), func(token.Position, string) {}, 0)
	for {
		switch _, tok, lit := sc.Scan(); {
		case tok == token.EOF:
			return false
		case slices.Contains(stdinNames, lit):
			return true
		}
	}
}

// stdinNames are looked for without their packages, which may have other
// names: what is found for nothing costs little.
var stdinNames = []string{"Stdin", "Scan", "Scanln", "Scanf"}
