package engine

import (
	"go/token"
	"go/types"
	"io"

	"github.com/goblaze/goblaze/engine/stdinfo"
)

// The packages that cells may use without importing them.
const (
	displayPath    = "github.com/goblaze/goblaze/display"
	vectorizerPath = "github.com/goblaze/goblaze/vectorizer"
)

// suggest proposes the package to import for an undefined name that is used as
// name.member.
func suggest(name string, members []string) (path string, ok bool) {
	switch name {
	case "display":
		return displayPath, true
	case "vectorizer":
		return vectorizerPath, true
	}
	if path, ok = stdinfo.Suggest(name, members...); ok {
		return path, true
	}
	// A member that is in no package of that name: the error then names it.
	if all := stdinfo.ByName(name); len(all) == 1 {
		return all[0], true
	}
	return "", false
}

// ownPackages gives the types of this module's packages where nothing can be
// compiled; without them importing one says so.
func (s *Session) ownPackages() stdinfo.Fallback {
	if s.opt.Sources == nil {
		return nil
	}
	f, err := ownTypes(s.opt.Sources)
	if err != nil {
		return func(string) (io.ReadCloser, error) { return nil, err }
	}
	return f
}

// predeclare puts the name Display into the scope: display.Display, which
// gophernotes' notebooks call so.
func (s *Session) predeclare() {
	p, err := s.importer.Import(displayPath)
	if err != nil {
		return // the engine's sources are incomplete; using the package says so
	}
	fn, ok := p.Scope().Lookup("Display").(*types.Func)
	if !ok {
		return
	}
	own := types.NewFunc(token.NoPos, types.NewPackage("main", "main"), "Display", fn.Signature())
	types.NewScope(types.Universe, token.NoPos, token.NoPos, "predeclared").Insert(own)
	s.scope["Display"] = own
	s.homes[own] = displayPath
}
