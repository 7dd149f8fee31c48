package compile

import (
	"go/importer"
	"go/types"
	"testing"

	"github.com/goblaze/goblaze/engine/check"
)

// noWorld is a session without earlier cells.
type noWorld struct{}

func (noWorld) Home(types.Object) (string, bool) { return "", false }

// std imports std's packages, once for all tests.
var std = importer.Default()

// emit returns the package of a cell of a new session.
func emit(t *testing.T, src string, opt Options) string {
	t.Helper()
	chunks, err := check.Split(check.Source{Text: src, File: check.CellFile(1)})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	u, err := check.Check(check.Request{Chunks: chunks, Importer: std})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	opt.World = noWorld{}
	p, err := Emit(u, opt)
	if err != nil {
		t.Fatal(err)
	}
	return string(p.Source)
}
