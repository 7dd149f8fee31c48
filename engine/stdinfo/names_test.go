package stdinfo

import (
	"slices"
	"strings"
	"testing"
)

func TestByName(t *testing.T) {
	for name, want := range map[string][]string{
		"strings":  {"strings"},
		"rand":     {"crypto/rand", "math/rand", "math/rand/v2"},
		"template": {"html/template", "text/template"},
		"scanner":  {"go/scanner", "text/scanner"},
		"pprof":    {"net/http/pprof", "runtime/pprof"},
		"unsafe":   {"unsafe"},
		"nosuch":   nil,
	} {
		if got := ByName(name); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	ambiguous := []string{}
	for name, paths := range tables().byName {
		if len(paths) > 1 {
			ambiguous = append(ambiguous, name)
		}
	}
	slices.Sort(ambiguous)
	if want := []string{"pprof", "rand", "scanner", "template"}; !slices.Equal(ambiguous, want) {
		t.Errorf("ambiguous names are %v, the documentation says %v", ambiguous, want)
	}
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct{ use, want string }{
		{"strings", "strings"},
		{"strings.Fields", "strings"},
		{"strings.Nothing", ""},
		{"strings.fields", ""},
		{"http.Get", "net/http"},
		{"template.HTML", "html/template"},
		{"template.New", ""},
		{"template", ""},
		{"rand.Intn", "math/rand"},
		{"rand.IntN", "math/rand/v2"},
		{"rand.N", "math/rand/v2"},
		{"rand.Prime", "crypto/rand"},
		{"rand.Float64", "math/rand"},
		{"rand.Float64 IntN", "math/rand/v2"},
		{"rand.Read", ""},
		{"rand.Int", ""},
		{"rand.Int Intn", "math/rand"},
		{"pprof.StartCPUProfile", "runtime/pprof"},
		{"unsafe.Sizeof", "unsafe"},
		{"nosuch.X", ""},
	} {
		name, selectors, _ := strings.Cut(c.use, ".")
		got, ok := Suggest(name, strings.Fields(selectors)...)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %t; want %q", c.use, got, ok, c.want)
		}
	}
}

func TestDoc(t *testing.T) {
	for _, c := range []struct{ path, name, signature, text string }{
		{"fmt", "Println", "func Println(a ...any) (n int, err error)", "Spaces are always added between operands"},
		{"fmt", "", "package fmt", "implements formatted I/O"},
		{"strings", "Builder.WriteString", "func (b *Builder) WriteString(s string) (int, error)", "appends the contents of s"},
		{"io", "Reader.Read", "func (Reader) Read(p []byte) (n int, err error)", ""},
		{"fmt", "Stringer.String", "func (Stringer) String() string", ""},
		{"net/http", "Request.URL", "field URL *url.URL", "URL specifies either the URI being requested"},
		{"net/http", "Server.ConnState", "field ConnState func(net.Conn, ConnState)", "callback function"},
		{"net/http", "StatusNotFound", "const StatusNotFound = 404", "RFC 9110"},
		{"time", "Second", "const Second Duration = 1000000000", "Common durations"},
		{"io", "EOF", "var EOF error", "EOF is the error returned by Read"},
		{"bytes", "NewBufferString", "func NewBufferString(s string) *Buffer", ""},
		{"slices", "SortFunc", "func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int)", ""},
		{"sync", "Mutex", "type Mutex struct", "mutual exclusion lock"},
		{"builtin", "append", "func append(slice []Type, elems ...Type) []Type", "appends elements to the end"},
		{"builtin", "error", "type error interface", ""},
		{"unsafe", "Sizeof", "func Sizeof(x ArbitraryType) uintptr", ""},
	} {
		n, ok := Lookup(c.path, c.name)
		if !ok || !strings.HasPrefix(n.Signature, c.signature) || !strings.Contains(n.Text, c.text) {
			t.Errorf("%s.%s: %t\n%s\n%s", c.path, c.name, ok, n.Signature, n.Text)
		}
		doc, ok := Doc(c.path, c.name)
		if !ok || !strings.HasPrefix(doc, n.Signature) || !strings.HasSuffix(doc, n.Text) {
			t.Errorf("%s.%s: Doc is not signature and text: %q", c.path, c.name, doc)
		}
	}
	for _, c := range [][2]string{{"fmt", "Nothing"}, {"nosuch", "X"}, {"strings", "Builder.buf"}} {
		if doc, ok := Doc(c[0], c[1]); ok {
			t.Errorf("%s.%s is documented: %q", c[0], c[1], doc)
		}
	}
}

// TestEveryExportedNameIsDocumented holds the two archives together.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, path := range Packages() {
		pkg, err := NewImporter(nil).Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Scope().Names() {
			if pkg.Scope().Lookup(name).Exported() {
				if _, ok := Lookup(path, name); !ok {
					t.Errorf("%s.%s has types but no documentation", path, name)
				}
			}
		}
	}
}

func BenchmarkDecodeAllDocs(b *testing.B) {
	for b.Loop() {
		for _, path := range Packages() {
			decodeNotes(path)
		}
	}
}

func BenchmarkDecodeHTTPDocs(b *testing.B) {
	for b.Loop() {
		decodeNotes("net/http")
	}
}
