package source

import (
	"go/parser"
	"go/scanner"
	"go/token"
)

// A chunkType says what a top-level chunk of Go is.
type chunkType int

// The kinds of chunk.
const (
	stmtChunk chunkType = iota
	declChunk           // func, type, var or const
	importChunk
	packageChunk
)

// A chunk is one top-level statement or declaration of a cell, where Go's
// package syntax and Go's function-body syntax may stand mixed.
type chunk struct {
	Kind      chunkType
	Start     int // byte offset of the first token
	End       int // byte offset behind the last token
	Line, Col int // 1-based place of Start
}

// chunks cuts Go source at its top-level semicolons, written or automatic. It
// never fails: what does not parse is a stmtChunk. Comments between chunks
// belong to none.
func chunks(goText string) []chunk {
	var list []chunk
	lines := newLineIndex(goText)
	sc := newTokens(goText, 0)
	depth, start, end, header := 0, -1, 0, 0
	for {
		t := sc.next()
		if t.tok == token.COMMENT {
			continue
		}
		if t.tok == token.EOF || t.tok == token.SEMICOLON && depth == 0 && !inHeader(goText, start, t, &header) {
			if start >= 0 {
				c := chunk{Start: start, End: end, Kind: chunkKind(goText[start:end])}
				c.Line, c.Col = lines.pos(start)
				list = append(list, c)
			}
			header = 0
			if start = -1; t.tok == token.EOF {
				return list
			}
			continue
		}
		if start < 0 {
			start = t.off
		}
		depth = nest(depth, t.tok)
		if t.lit != "\n" {
			end = t.end
		}
	}
}

// inHeader reports whether a top-level semicolon belongs to a for, if or switch
// header: a written one, where the text so far is no statement yet. seen counts
// those of the chunk; more than maxHeader are no header, so that hostile input
// costs no quadratic time.
func inHeader(text string, start int, t tok, seen *int) bool {
	const maxHeader = 64
	if *seen++; start < 0 || t.lit != ";" || *seen > maxHeader {
		return false
	}
	sc := newTokens(text[:t.off], start)
	first := sc.next().tok
	if first == token.IDENT && sc.next().tok == token.COLON {
		first = sc.next().tok
	}
	switch first {
	case token.FOR, token.IF, token.SWITCH:
		return parseChunk(text[start:t.off], stmtChunk) != nil
	}
	return false
}

// chunkKind tells a chunk by its first token; only func needs a second look,
// for a function literal that is called at once.
func chunkKind(text string) chunkType {
	switch newTokens(text, 0).next().tok {
	case token.PACKAGE:
		return packageChunk
	case token.IMPORT:
		return importChunk
	case token.TYPE, token.VAR, token.CONST:
		return declChunk
	case token.FUNC:
		if parseChunk(text, declChunk) == nil || parseChunk(text, stmtChunk) != nil && namedFunc(text) {
			return declChunk
		}
	}
	return stmtChunk
}

// namedFunc reports whether a text that starts with func goes on with a name,
// as a declaration does.
func namedFunc(text string) bool {
	sc := newTokens(text, 0)
	sc.next()
	return sc.next().tok == token.IDENT
}

// parseChunk parses one chunk by itself; errors have offsets in text.
func parseChunk(text string, kind chunkType) error {
	before, after := "package p;", "\n"
	switch kind {
	case packageChunk:
		before = ""
	case stmtChunk:
		before, after = "package p;func _(){", "\n}"
	}
	fset := token.NewFileSet()
	_, err := parser.ParseFile(fset, "", before+text+after, parser.SkipObjectResolution)
	if list, ok := err.(scanner.ErrorList); ok {
		for _, e := range list {
			e.Pos.Offset -= len(before)
		}
		return list
	}
	return err
}
