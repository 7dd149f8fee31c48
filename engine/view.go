package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"strings"

	"github.com/goblaze/goblaze/engine/check"
	"github.com/goblaze/goblaze/engine/stdinfo"
)

// A view is what names mean while the user types: a snapshot of the session.
// What is checked against it changes nothing.
type view struct {
	s       *Session
	scope   map[string]types.Object
	imports map[string]string
}

func (s *Session) view() *view {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &view{s: s, scope: maps.Clone(s.scope), imports: maps.Clone(s.imports)}
}

// Import implements types.Importer for cells that are being written: packages
// that the session does not have yet are not fetched.
func (v *view) Import(path string) (*types.Package, error) {
	if stdinfo.IsStd(path) || path == displayPath || path == vectorizerPath {
		return v.s.importer.Import(path)
	}
	for _, p := range v.imports {
		if p == path {
			return v.s.importer.Import(path)
		}
	}
	return nil, stdinfo.ErrNotFound
}

// packages returns the packages that a name nobody declared may mean.
func (v *view) packages(name string) []*types.Package {
	paths := stdinfo.ByName(name)
	if p := v.imports[name]; p != "" {
		paths = []string{p}
	} else if p, ok := suggest(name, nil); ok {
		paths = []string{p}
	}
	var out []*types.Package
	for _, path := range paths {
		if p, err := v.Import(path); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// cursorFile names the cell at the cursor in line directives.
const cursorFile = "/goblaze/cursor"

// endings are tried in turn behind the mark until what is open parses.
var endings = []string{"", "()", " {}", " int", ":", " = 0", "; for {}"}

// markAt checks an unfinished cell with a mark in place of the word that
// stands at [word, at). path leads from the file to the mark; u is nil when
// the cell can't be understood. Declarations behind the cursor count.
func (v *view) markAt(text string, word, at int) (u *check.Unit, path []ast.Node) {
	closers := scanHead(text[:word]).closers
	tail := strings.TrimLeftFunc(text[at:], isWord)
	for _, end := range endings {
		chunks, ok := headChunks(text[:word] + mark + end + closers)
		if !ok {
			continue
		}
		u = v.check(append(chunks, tailChunks(tail)...))
		if path = pathTo(u, isMark); path != nil {
			return u, path
		}
	}
	// What stands before may be wrong: the line of the cursor alone.
	if line := strings.LastIndexByte(text[:word], '\n') + 1; strings.TrimSpace(text[:line]) != "" {
		return v.markAt(blank(text[:line])+text[line:at], word, at)
	}
	return nil, nil
}

func isMark(n ast.Node) bool {
	id, ok := n.(*ast.Ident)
	return ok && id.Name == mark
}

// headChunks splits the cell up to the cursor; ok is false when the part that
// holds the mark does not parse. Others that don't are left out.
func headChunks(text string) (out []check.Chunk, ok bool) {
	chunks, err := check.Split(check.Source{Text: text, File: cursorFile})
	if err != nil {
		return nil, false
	}
	for _, c := range chunks {
		if parses(c) {
			out = append(out, c)
			ok = ok || strings.Contains(c.Text, mark)
		}
	}
	return out, ok
}

// declStart matches where a declaration begins that is not inside another.
var declStart = regexp.MustCompile(`(?m)^(?:func|type|const|var|import)\b`)

// tailChunks returns the declarations that stand behind the cursor.
func tailChunks(text string) []check.Chunk {
	var out []check.Chunk
	starts := declStart.FindAllStringIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		chunks, err := check.Split(check.Source{Text: text[at[0]:end], File: genSource})
		if err == nil && len(chunks) > 0 && parses(chunks[0]) {
			out = append(out, chunks[0])
		}
	}
	return out
}

// genSource names text whose positions nobody asks for.
const genSource = "/goblaze/generated"

// check types chunks in the session; what is wrong in them does not matter. The
// unit is nil when go/types gives up: it panics on a method whose receiver is
// an alias of a type of another cell.
func (v *view) check(chunks []check.Chunk) (u *check.Unit) {
	defer func() {
		if recover() != nil {
			u = nil
		}
	}()
	u, _ = check.Tolerant(check.Request{
		Chunks: chunks, Extra: v.receivers(chunks), Scope: v.scope, Imports: v.imports, Importer: v, Suggest: suggest,
	})
	return u
}

// receivers returns the declarations of the session's types that chunks declare
// methods of, with their other methods: go/types wants them in one package.
func (v *view) receivers(chunks []check.Chunk) (extra []check.Chunk) {
	declared, wanted := map[string]bool{}, []string{}
	for _, c := range chunks {
		if c.Kind != check.Func && c.Kind != check.Type {
			continue
		}
		names, recv := chunkNames(c)
		for _, n := range names {
			declared[n] = true
		}
		wanted = append(wanted, recv)
	}
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	for _, name := range wanted {
		d := v.s.decls.byName[name]
		if d == nil || declared[name] {
			continue
		}
		declared[name] = true
		extra = append(extra, d.chunk)
		for _, m := range v.s.decls.methods(name) {
			if !declared[m.names[0]] {
				extra = append(extra, m.chunk)
			}
		}
	}
	return extra
}

func parses(c check.Chunk) bool {
	switch c.Kind {
	case check.Stmt:
		_, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc _() {\n"+c.Text+"\n}", parser.SkipObjectResolution)
		return err == nil
	case check.Package:
		return false
	}
	_, err := parseChunk(token.NewFileSet(), c)
	return err == nil
}

// pathTo returns the nodes from a unit's file to the first one that is wanted,
// nil when there is none. Generated declarations don't count.
func pathTo(u *check.Unit, wanted func(ast.Node) bool) (path []ast.Node) {
	if u == nil {
		return nil
	}
	found := false
	ast.Inspect(u.File, func(n ast.Node) bool {
		switch d := n.(type) {
		case nil:
			if !found {
				path = path[:len(path)-1]
			}
			return false
		case ast.Decl:
			if u.IsShadow(d) {
				return false
			}
		}
		if found {
			return false
		}
		path = append(path, n)
		found = wanted(n)
		return !found
	})
	if !found {
		return nil
	}
	return path
}

// parseDoc parses a declaration with its comments.
func parseDoc(c check.Chunk) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), "", "package p\n"+c.Text, parser.ParseComments|parser.SkipObjectResolution)
}
