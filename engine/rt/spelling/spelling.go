// Package spelling holds how names of the user's are written in generated
// code, where every cell is a package of its own.
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// Exported is put before names at package level that other cells need and
	// Go does not export.
	Exported = "Gbz_"
	// Method is put before such names of methods. It begins with an upper-case
	// letter (G at full width) that sorts behind those of the alphabets, as Go
	// sorts methods that are not exported behind the others: what counts them or
	// tells the first one that is missing finds them where they would be.
	Method = "\uff27bz_"
)

// OfMethod is the spelling of a cell's method.
func OfMethod(name string) string {
	if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) || name == "_" {
		return name
	}
	return Method + name
}

// Plain gives a text the user's spellings.
func Plain(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, Exported, ""), Method, "")
}
