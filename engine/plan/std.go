package plan

import (
	"go/ast"
	"go/types"

	"github.com/goblaze/goblaze/engine/host/symbols"
)

// DisplayPath is the package that shows things; the engine gives it to the
// interpreter.
const DisplayPath = "github.com/goblaze/goblaze/display"

// displayNames are its names that interpreted code uses.
var displayNames = map[string]bool{
	"Text": true, "HTML": true, "Markdown": true, "JavaScript": true, "SVG": true, "Latex": true, "Math": true, "PNG": true, "JPEG": true, "PDF": true,
	"JSON": true, "File": true, "Display": true, "Update": true, "Clear": true, "NewHandle": true, "Bundle": true, "Handle": true,
}

// measured are the types of package vectorizer that the magics give to cells.
var measured = map[string]bool{"Timing": true, "Report": true}

// has reports whether the interpreter has a package's name.
func has(path, name string) bool {
	return path == DisplayPath && displayNames[name] || path == VectorizerPath && measured[name] || symbols.Has(path, name)
}

// loneTypes are types of packages that are not on the list otherwise.
var loneTypes = map[string]bool{
	"sync.WaitGroup": true, "sync.Mutex": true, "sync.RWMutex": true, "sync.Once": true,
	"sync/atomic.Int32": true, "sync/atomic.Int64": true, "sync/atomic.Uint32": true, "sync/atomic.Uint64": true, "sync/atomic.Bool": true,
	"context.Context": true, "context.CancelFunc": true, "context.CancelCauseFunc": true, "runtime.Error": true, "runtime.MemStats": true,
}

// seqElems are the basic types of which the engine has iterators, iter.Seq.
var seqElems = map[types.BasicKind]bool{
	types.Int: true, types.String: true, types.Float64: true, types.Uint8: true, types.Int32: true, types.Int64: true, types.Bool: true,
}

// lone are functions of packages that are not on the list otherwise.
var lone = map[string]bool{"reflect.DeepEqual": true, "runtime.NumCPU": true, "runtime.GOMAXPROCS": true}

// loneAlone are added to these where nothing can be compiled.
var loneAlone = set("runtime.GC", "runtime.Gosched", "runtime.ReadMemStats", "runtime.Version")

// stdPackages are those whose functions and types interpreted code uses: what
// they do depends on their arguments alone, not on the caller's frame, on
// goroutines or on blocking.
var stdPackages = map[string]bool{
	DisplayPath: true, VectorizerPath: true,
	"bufio": true, "bytes": true, "container/heap": true, "container/list": true, "container/ring": true,
	"crypto/md5": true, "crypto/sha1": true, "crypto/sha256": true, "crypto/sha512": true,
	"encoding/base64": true, "encoding/binary": true, "encoding/csv": true, "encoding/hex": true, "encoding/json": true,
	"errors": true, "fmt": true, "hash/crc32": true, "hash/fnv": true, "html": true, "image": true, "image/color": true, "io": true, "io/fs": true,
	"math": true, "math/big": true, "math/bits": true, "math/rand": true, "math/rand/v2": true,
	"net/url": true, "os": true, "path": true, "path/filepath": true, "regexp": true, "sort": true, "strconv": true,
	"strings": true, "text/tabwriter": true, "text/template": true, "time": true, "unicode": true, "unicode/utf16": true, "unicode/utf8": true,
}

// alonePackages are added where nothing can be compiled.
var alonePackages = set(
	"sync", "sync/atomic", "context", "iter", "reflect",
	"archive/tar", "archive/zip", "compress/bzip2", "compress/flate", "compress/gzip", "compress/lzw", "compress/zlib",
	"crypto", "crypto/aes", "crypto/cipher", "crypto/ecdsa", "crypto/ed25519", "crypto/elliptic", "crypto/hmac", "crypto/rand", "crypto/rc4", "crypto/rsa", "crypto/sha3", "crypto/subtle", "crypto/x509",
	"encoding", "encoding/ascii85", "encoding/base32", "encoding/gob", "encoding/pem", "encoding/xml",
	"go/ast", "go/format", "go/parser", "go/printer", "go/scanner", "go/token", "go/constant", "flag",
	"hash", "hash/adler32", "hash/crc64", "hash/maphash", "html/template",
	"image/color/palette", "image/draw", "image/gif", "image/jpeg", "image/png", "index/suffixarray", "log", "log/slog", "math/cmplx",
	"mime", "mime/multipart", "mime/quotedprintable", "net", "net/http", "net/http/cookiejar", "net/http/httptest", "net/mail", "net/netip", "net/textproto",
	"os/exec", "os/user", "regexp/syntax", "testing/fstest", "testing/iotest", "text/scanner", "text/template/parse",
)

// aloneFuncs are troublesome functions that are interpreted there.
var aloneFuncs = set("errors.As", "time.AfterFunc", "time.Tick", "time.After", "time.NewTimer", "time.NewTicker", "os.Exit", "io.Pipe")

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// refusedNames are names of these packages that are not interpreted: they look
// at the caller, end the process, or serve until it ends.
var refusedNames = set(
	"log.Lshortfile", "log.Llongfile", "flag.ExitOnError", "flag.CommandLine", "flag.Parse", "net/http.ListenAndServe", "net/http.ListenAndServeTLS", "net/http.Serve", "net/http.ServeTLS",
	"reflect.MakeFunc", "reflect.StructOf", "reflect.NewAt",
)

// refusedMethods are methods of that kind, and those that see how the engine
// spells methods that are not exported.
var refusedMethods = set(
	"(*log.Logger).Fatal", "(*log.Logger).Fatalf", "(*log.Logger).Fatalln", "(*net/http.Server).ListenAndServe", "(*net/http.Server).ListenAndServeTLS", "(*net/http.Server).Serve",
	"(reflect.Type).Method", "(reflect.Type).MethodByName", "(reflect.Type).Methods", "(reflect.Type).NumMethod", "(reflect.Type).PkgPath",
	"(reflect.Value).Method", "(reflect.Value).MethodByName", "(reflect.Value).Methods", "(reflect.Value).NumMethod", "(reflect.Value).UnsafeAddr", "(reflect.Value).UnsafePointer", "(reflect.Value).Pointer",
)

// namedBy refuses what a name of a package stands for, where it is trouble.
func (p *planner) namedBy(n ast.Node, o types.Object) {
	if o == nil || o.Pkg() == nil || o.Pkg().Path() == "main" {
		return
	}
	switch full := o.Pkg().Path() + "." + o.Name(); {
	case refusedNames[full]:
		p.refuse(n, "%s.%s", o.Pkg().Name(), o.Name())
	case o.Name() == "AddSource" && o.Pkg().Path() == "log/slog":
		p.refuse(n, "the field AddSource of package slog")
	}
}

// onList reports whether a package's functions and types are interpreted.
func (p *planner) onList(path string) bool {
	return stdPackages[path] || p.opt.Functions && alonePackages[path]
}

// troublesome are functions of these packages that are not interpreted: they
// end the process, start goroutines, look at the caller, or want values by
// methods that interpreted code does not give them.
var troublesome = map[string]bool{
	"os.Exit": true, "time.AfterFunc": true, "time.Tick": true, "time.After": true, "time.NewTimer": true, "time.NewTicker": true,
	"fmt.Scan": true, "fmt.Scanln": true, "fmt.Scanf": true, "os.NewFile": true, "io.Pipe": true,
}

// constantVars are variables of these packages that nobody assigns to: the
// interpreter keeps the value it was given.
var constantVars = map[string]bool{
	"io.EOF": true, "io.ErrUnexpectedEOF": true, "io.Discard": true, "time.UTC": true, "time.Local": true, "os.ErrNotExist": true, "os.ErrExist": true,
	"encoding/base64.StdEncoding": true, "encoding/base64.URLEncoding": true, "encoding/base64.RawStdEncoding": true, "encoding/base64.RawURLEncoding": true,
	"encoding/binary.LittleEndian": true, "encoding/binary.BigEndian": true, "strconv.ErrRange": true, "strconv.ErrSyntax": true,
}
