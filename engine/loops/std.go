package loops

import (
	"go/ast"
	"go/types"
	"strings"
)

// What is known of the standard library. Of every function: it reads all it is
// given, its results may hold what it was given, and it calls the functions it
// is given. Which of its arguments, and whether its receiver, it changes, is
// in stdwrites.go.

// isStd tells whether a package is of the standard library: its import path
// has no dot in the first element (and isn't a session's).
func isStd(p *types.Package) bool {
	first, _, _ := strings.Cut(p.Path(), "/")
	if strings.Contains(first, ".") {
		return false
	}
	return stdRoots[first]
}

// ours tells whether a package is one that generated loops call: it keeps the
// rules of the standard library's packages.
func ours(p *types.Package) bool { return p.Path() == parallelPath || p.Path() == vectorizerPath }

var stdRoots = setOfWords(`archive bufio bytes cmp compress container context crypto database debug embed encoding
	errors expvar flag fmt go hash html image index io iter log maps math mime net os path plugin reflect regexp
	runtime slices sort strconv strings structs sync syscall testing text time unicode unique unsafe weak`)

// concurrent lists types whose methods several goroutines may call at once.
var concurrent = setOfWords(`sync.Mutex sync.RWMutex sync.WaitGroup sync.Once sync.Map sync.Pool sync.Cond
	sync/atomic.Bool sync/atomic.Int32 sync/atomic.Int64 sync/atomic.Uint32 sync/atomic.Uint64 sync/atomic.Uintptr
	sync/atomic.Pointer sync/atomic.Value log.Logger log/slog.Logger database/sql.DB database/sql.Stmt net/http.Client
	net/http.Transport regexp.Regexp strings.Replacer text/template.Template html/template.Template time.Location
	net.Resolver go/token.FileSet unique.Handle expvar.Int expvar.Map
	encoding/base64.Encoding encoding/base32.Encoding unicode.RangeTable crypto/rsa.PrivateKey crypto/tls.Config
	mime.WordDecoder time.Timer time.Ticker github.com/goblaze/goblaze/vectorizer.Vectorizer`)

// outside lists packages, and functions, that act on the world.
var outside = setOfWords(`os/exec net net/http net/smtp net/rpc database/sql os/signal syscall log/syslog
	os.WriteFile os.Remove os.RemoveAll os.Rename os.Mkdir os.MkdirAll os.MkdirTemp os.Create os.CreateTemp os.OpenFile
	os.Setenv os.Unsetenv os.Chdir os.Chmod os.Chown os.Truncate os.Symlink os.Link os.Exit os.CopyFS os.Chtimes`)

// mutexes are the types whose Lock belongs to the loop's author, not to a
// parallel loop.
var mutexes = setOfWords(`sync.Mutex sync.RWMutex sync.Locker`)

// readers are names of methods that leave their receiver as it is: of every
// standard type under "", else of one package's types.
var readers = map[string]map[string]bool{
	"": setOfWords(`String GoString Error Unwrap Len Cap Size MarshalJSON MarshalText MarshalBinary AppendText AppendBinary`),
	"math/big": setOfWords(`Cmp CmpAbs Sign BitLen Bit Bits Int64 Uint64 IsInt64 IsUint64 Float64 Float32 IsInt IsInf Text Append
		Format Prec Mode Acc MinPrec ProbablyPrime TrailingZeroBits Num Denom Bytes FillBytes`),
	"container/list": setOfWords(`Front Back Next Prev`),
	"image": setOfWords(`At RGBAAt NRGBAAt GrayAt Gray16At RGBA64At AlphaAt ColorModel Bounds PixOffset Opaque SubImage
		ColorIndexAt CMYKAt YCbCrAt`),
	"bytes":    setOfWords(`Bytes String Available AvailableBuffer`),
	"bufio":    setOfWords(`Text Bytes Buffered Available`),
	"net/url":  setOfWords(`Get Has Encode EscapedFragment Query Hostname Port Path EscapedPath IsAbs Redacted RequestURI ResolveReference Parse JoinPath`),
	"go/token": setOfWords(`Position Offset Line Pos Name`),
	"os":       setOfWords(`Name Stat Fd ReadAt`),
	"net/http": setOfWords(`Get Values Clone`),
	"sort":     setOfWords(`Less Search`),
	"time":     setOfWords(`Stop`),
}

func reads(pkg, method string) bool { return readers[""][method] || readers[pkg][method] }

// ifaceReaders are interfaces whose methods only look.
var ifaceReaders = setOfWords(`error context.Context reflect.Type fmt.Stringer fmt.GoStringer image.Image image/color.Color
	image/color.Model crypto/cipher.Block crypto/cipher.AEAD io/fs.FileInfo io/fs.DirEntry io/fs.FS io/fs.FileMode image.PalettedImage image/draw.Image`)

// fresh lists functions whose result shares nothing with what they are given
// but what its elements refer to.
var fresh = setOfWords(`slices.Clone slices.Sorted slices.SortedFunc slices.SortedStableFunc slices.Collect slices.Concat
	slices.Repeat maps.Clone maps.Collect bytes.Clone bytes.ToUpper bytes.ToLower bytes.Replace bytes.ReplaceAll bytes.Join
	bytes.Repeat bytes.Map bytes.Title encoding/json.Marshal encoding/json.MarshalIndent encoding/xml.Marshal
	bytes.NewBufferString strings.NewReader strings.NewReplacer regexp.MustCompile regexp.Compile errors.New fmt.Errorf
	math/rand.New math/rand.NewSource math/rand/v2.New math/rand/v2.NewPCG math/rand/v2.NewChaCha8 strings.Fields
	strings.Split encoding/hex.DecodeString math/big.NewInt math/big.NewFloat math/big.NewRat image.NewRGBA image.NewGray
	image.NewNRGBA sync.OnceFunc fmt.Append container/list.New
	crypto/cipher.NewCTR crypto/cipher.NewGCM crypto/cipher.NewCBCEncrypter crypto/cipher.NewCBCDecrypter crypto/cipher.NewOFB`)

func setOfWords(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// callStd calls a function or method of the standard library (or of a
// universe type).
func (w *walker) callStd(node ast.Node, fn *types.Func, recv set, args []set) []set {
	sig := fn.Signature()
	pkg := ""
	if fn.Pkg() != nil {
		pkg = fn.Pkg().Path()
	}
	if sig.Recv() != nil {
		return w.stdMethod(node, fn, pkg, recv, args)
	}
	name := pkg + "." + fn.Name()
	w.stdWorld(node, pkg, name, fn)
	if pkg == "sync/atomic" && len(args) > 0 {
		w.atomicCall(node, args[0], "atomic."+fn.Name())
		return w.stdResults(node, name, args[1:], sig)
	}
	if pkg == "fmt" && strings.HasPrefix(fn.Name(), "Scan") {
		w.ordered(w.a.locs.variable(theInput), node, name, "scan")
	}
	w.stdWrites(node, functionWrites(fn, pkg, name), args, name, sig)
	if name == "errors.As" {
		w.asError(node, args[1])
	}
	if pkg == "fmt" || pkg == "log" {
		w.formatted(node, fn, args)
	}
	return w.stdResults(node, name, args, sig)
}

// lasting notes that a shared concurrency-safe value is changed for good.
func (w *walker) lasting(values set, node ast.Node, name string) {
	for v := range values {
		if !v.isSite() {
			w.emit(effect{kind: effLasting, l: w.a.locs.at(v), node: node, name: name})
		}
	}
}

// stdWorld notes effects on the world.
func (w *walker) stdWorld(node ast.Node, pkg, name string, fn *types.Func) {
	if (pkg == "fmt" || pkg == "log") && strings.HasPrefix(fn.Name(), "Print") {
		w.emit(effect{kind: effPrint, node: node, name: name})
	}
	if outside[pkg] || outside[name] {
		w.emit(effect{kind: effExternal, node: node, name: fn.Pkg().Name() + "." + fn.Name()})
	}
}

// stdWrites notes that the parameters listed are changed, and everything that
// hangs on them.
func (w *walker) stdWrites(node ast.Node, params []int, args []set, name string, sig *types.Signature) {
	for _, p := range params {
		for i := p; i < len(args); i++ {
			if i > p && !(sig.Variadic() && p == sig.Params().Len()-1) {
				break
			}
			w.changed(args[i], node, name)
		}
	}
}

// changed notes that the memory values refer to is written.
func (w *walker) changed(values set, node ast.Node, name string) {
	for v := range values {
		switch {
		case v.isSite() && v.root.site != any(node):
			// the session's own: made in this iteration
		case v.isSite(): // the slice that variadic arguments arrive in
			for c := range w.content[w.a.locs.at(v)] {
				if !c.isSite() && (c.addr || c.root.kind == rootParam || len(c.steps) > 0 || w.isPointer(c)) {
					w.changedPlace(c, node, name)
				}
			}
		case isStandardStream(v):
			w.emit(effect{kind: effPrint, node: node, name: name})
		default:
			w.changedPlace(v, node, name)
		}
	}
}

// isStandardStream tells whether v is os.Stdout or os.Stderr: writing to them
// is printing.
func isStandardStream(v *loc) bool {
	if v.root.kind != rootVar || v.root.v.Pkg() == nil || v.root.v.Pkg().Path() != "os" {
		return false
	}
	return v.root.v.Name() == "Stdout" || v.root.v.Name() == "Stderr"
}

func (w *walker) isPointer(l *loc) bool {
	if l.typ == nil {
		return true
	}
	_, ok := l.typ.Underlying().(*types.Pointer)
	return ok
}

func (w *walker) changedPlace(v *loc, node ast.Node, name string) {
	l := w.a.locs.at(v)
	if !v.addr {
		switch u := v.typ; {
		case elemOf(u, stepDeref) != nil:
			l = w.followOne(v, stepDeref, index{})
		case elemOf(u, stepSlice) != nil:
			l = w.followOne(v, stepSlice, index{})
		case elemOf(u, stepMap) != nil:
			l = w.followOne(v, stepMap, index{})
		default:
			l = w.a.locs.extend(v, step{kind: stepDeep}, nil)
		}
	}
	w.emit(effect{kind: effWrite, l: l, node: node, name: name})
}

func (w *walker) stdMethod(node ast.Node, fn *types.Func, pkg string, recv set, args []set) []set {
	sig := fn.Signature()
	rt := sig.Recv().Type()
	ptr, isPtr := rt.(*types.Pointer)
	if isPtr {
		rt = ptr.Elem()
	}
	typ := named(rt)
	if typ == "" && pkg == "" {
		typ = "error"
	}
	name := typ + "." + fn.Name()
	if out, ok := w.pixels(node, fn, typ, recv, args); ok {
		return out
	}
	w.stdWrites(node, methodWrites(fn, name), args, name, sig)
	if outside[pkg] && fn.Name() != "String" {
		w.emit(effect{kind: effExternal, node: node, name: shortType(rt) + "." + fn.Name()})
	}
	if typ == "log.Logger" || typ == "log/slog.Logger" {
		w.emit(effect{kind: effPrint, node: node, name: name})
	}
	if mutexes[typ] && strings.Contains(fn.Name(), "Lock") {
		w.emit(effect{kind: effBlock, node: node, name: fn.Name()})
	}
	switch {
	case pkg == "sync/atomic":
		w.atomicCall(node, recv, fn.Name())
	case pkg == "sync":
		w.syncCall(node, recv, typ, fn.Name())
	}
	all := append([]set{recv}, args...)
	iface := types.IsInterface(rt)
	safe := concurrent[typ] && !changesSafe(name)
	switch {
	case safe, reads(pkg, fn.Name()) && !iface, ifaceReaders[typ]:
	case isPtr, iface, changesValue(rt, typ, fn.Name()):
		w.changed(recv, node, name)
	}
	if typ == "reflect.Value" && strings.HasPrefix(fn.Name(), "Call") {
		w.emit(effect{kind: effUnknown, node: node, name: name + " (a function value)"})
	}
	if safe { // what its methods share is its own business
		all = args
	}
	results := w.stdResults(node, name, all, sig)
	if pkg == "math/big" && len(results) > 0 && types.Identical(sig.Results().At(0).Type(), sig.Recv().Type()) {
		results[0] = recv // z.Add(x, y) is z
	}
	return results
}

// stdResults: what goes in may be read, called, and come out again.
func (w *walker) stdResults(node ast.Node, name string, args []set, sig *types.Signature) []set {
	data, fns := set{}, set{}
	for _, a := range args {
		for v := range a {
			if _, isFunc := typeUnder(v).(*types.Signature); isFunc || w.lits[w.a.locs.at(v)] != nil || w.a.funcs[w.a.locs.at(v)] != nil {
				fns[v] = struct{}{}
				continue
			}
			data[v] = struct{}{}
		}
	}
	w.callUnordered(fns, data, node)
	w.readAll(data, node, nil)
	out := make([]set, sig.Results().Len())
	for i := range out {
		out[i] = set{}
		t := sig.Results().At(i).Type()
		if !hasRefs(t) {
			continue
		}
		site := w.a.locs.site(node)
		out[i][w.a.locs.addrOf(site)] = struct{}{}
		w.put(site, w.inner(data))
		if !fresh[name] {
			out[i].add(data)
		}
	}
	return out
}

// inner is what hangs on the elements of values.
func (w *walker) inner(values set) set {
	out := set{}
	for l := range w.reach(values) {
		if !l.isSite() && l.deep() {
			out[l] = struct{}{}
		}
	}
	return out
}

func typeUnder(l *loc) types.Type {
	if l.typ == nil {
		return nil
	}
	return l.typ.Underlying()
}
