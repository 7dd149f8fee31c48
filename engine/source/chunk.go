package source

import (
	"go/parser"
	"go/scanner"
	"go/token"
)

// A ChunkKind says what a top-level chunk of Go is.
type ChunkKind int

// The kinds of Chunk.
const (
	Statement   ChunkKind = iota
	Declaration           // func, type, var or const
	Import
	PackageClause
)

// A Chunk is one top-level statement or declaration of a cell, where Go's
// package syntax and Go's function-body syntax may stand mixed.
type Chunk struct {
	Kind      ChunkKind
	Start     int // byte offset of the first token
	End       int // byte offset behind the last token
	Line, Col int // 1-based place of Start
}

// Chunks cuts Go source at its top-level semicolons, written or automatic. It
// never fails: what does not parse is a Statement. Comments between chunks
// belong to none.
func Chunks(goText string) []Chunk {
	var list []Chunk
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
				c := Chunk{Start: start, End: end, Kind: chunkKind(goText[start:end])}
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
		return parseChunk(text[start:t.off], Statement) != nil
	}
	return false
}

// chunkKind tells a chunk by its first token; only func needs a second look,
// for a function literal that is called at once.
func chunkKind(text string) ChunkKind {
	switch newTokens(text, 0).next().tok {
	case token.PACKAGE:
		return PackageClause
	case token.IMPORT:
		return Import
	case token.TYPE, token.VAR, token.CONST:
		return Declaration
	case token.FUNC:
		if parseChunk(text, Declaration) == nil || parseChunk(text, Statement) != nil && namedFunc(text) {
			return Declaration
		}
	}
	return Statement
}

// namedFunc reports whether a text that starts with func goes on with a name,
// as a declaration does.
func namedFunc(text string) bool {
	sc := newTokens(text, 0)
	sc.next()
	return sc.next().tok == token.IDENT
}

// parseChunk parses one chunk by itself; errors have offsets in text.
func parseChunk(text string, kind ChunkKind) error {
	before, after := "package p;", "\n"
	switch kind {
	case PackageClause:
		before = ""
	case Statement:
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
