package loops

import (
	"go/types"
	"strings"
)

// Which arguments do functions of the standard library change? Where nothing
// else is listed, a function of a package that is not pure changes every
// pointer, slice, map and interface it is given; a method those that its name
// and its parameters' names and types say (see methodWrites). So what nobody
// has looked at is refused rather than believed.

// pure are packages whose functions leave their arguments alone, but for those
// in writes and those that append to their first argument.
var pure = setOfWords(`bytes cmp context crypto crypto/aes crypto/cipher crypto/des crypto/ed25519 crypto/elliptic crypto/hkdf
	crypto/hmac crypto/md5 crypto/pbkdf2 crypto/rc4 crypto/sha1 crypto/sha256 crypto/sha3 crypto/sha512 encoding/asn1
	encoding/base32 encoding/base64 encoding/hex encoding/json encoding/pem encoding/xml errors fmt go/constant go/types
	hash/adler32 hash/crc32 hash/crc64 hash/fnv html image image/color io/fs index/suffixarray iter log log/slog maps math
	math/big math/bits math/cmplx math/rand math/rand/v2 mime net/netip net/url path path/filepath reflect regexp slices
	sort strconv strings sync testing/quick text/template html/template time unicode unicode/utf16 unicode/utf8 unique weak os
	runtime runtime/debug`)

// makers are functions that keep what they are given in their result, and
// leave it alone until a method of the result is called.
var makers = setOfWords(`io.LimitReader io.MultiReader io.MultiWriter io.NopCloser io.TeeReader io.NewSectionReader io.NewOffsetWriter
	encoding/hex.Dumper io/ioutil.NopCloser encoding/binary.Size encoding/binary.Uvarint encoding/binary.Varint
	encoding/csv.NewReader container/ring.New crypto/subtle.ConstantTimeCompare crypto/ecdsa.Verify crypto/ecdsa.VerifyASN1
	crypto/rsa.VerifyPKCS1v15 crypto/rsa.VerifyPSS bufio.ScanLines bufio.ScanWords bufio.ScanRunes bufio.ScanBytes
	container/heap.Interface`)

// writes lists which parameters (0 the first) functions of pure packages
// change, and those of others that change fewer than all.
var writes = map[string][]int{
	"sort.Slice": {0}, "sort.SliceStable": {0}, "sort.Sort": {0}, "sort.Stable": {0}, "sort.Ints": {0}, "sort.Strings": {0},
	"sort.Float64s": {0}, "slices.Sort": {0}, "slices.SortFunc": {0}, "slices.SortStableFunc": {0}, "slices.Reverse": {0},
	"slices.Compact": {0}, "slices.CompactFunc": {0}, "slices.Delete": {0}, "slices.DeleteFunc": {0}, "slices.Insert": {0},
	"slices.Replace": {0}, "slices.Grow": {0}, "slices.AppendSeq": {0}, "maps.Copy": {0}, "maps.DeleteFunc": {0},
	"maps.Insert": {0}, "encoding/json.Unmarshal": {1}, "encoding/xml.Unmarshal": {1}, "encoding/asn1.Unmarshal": {1},
	"encoding/asn1.UnmarshalWithParams": {1}, "encoding/json.Indent": {0}, "encoding/json.Compact": {0}, "encoding/json.HTMLEscape": {0},
	"encoding/xml.Escape": {0}, "encoding/xml.EscapeText": {0}, "encoding/pem.Encode": {0}, "encoding/hex.Encode": {0},
	"encoding/hex.Decode": {0}, "encoding/binary.Read": {0, 2}, "encoding/binary.Write": {0}, "encoding/binary.PutUvarint": {0},
	"encoding/binary.PutVarint": {0}, "encoding/binary.Decode": {2}, "encoding/binary.Encode": {0}, "encoding/binary.Append": {0},
	"encoding/binary.AppendUvarint": {0}, "encoding/binary.AppendVarint": {0}, "encoding/ascii85.Encode": {0}, "encoding/ascii85.Decode": {0},
	"fmt.Fprint": {0}, "fmt.Fprintf": {0}, "fmt.Fprintln": {0}, "fmt.Sscan": {1}, "fmt.Sscanf": {2}, "fmt.Sscanln": {1},
	"fmt.Fscan": {0, 1}, "fmt.Fscanf": {0, 2}, "fmt.Fscanln": {0, 1}, "fmt.Scan": {0}, "fmt.Scanf": {1}, "fmt.Scanln": {0},
	"io.Copy": {0, 1}, "io.CopyN": {0, 1}, "io.CopyBuffer": {0, 1, 2}, "io.ReadAll": {0}, "io.ReadFull": {0, 1},
	"io.ReadAtLeast": {0, 1}, "io.WriteString": {0}, "io/ioutil.ReadAll": {0}, "io/ioutil.WriteFile": {}, "math/rand.Read": {0},
	"crypto/rand.Read": {0}, "crypto/rand.Int": {0}, "crypto/rand.Prime": {0}, "crypto/subtle.ConstantTimeCopy": {1},
	"crypto/subtle.XORBytes": {0}, "image/draw.Draw": {0}, "image/draw.DrawMask": {0}, "image.Decode": {0}, "image.DecodeConfig": {0},
	"image/png.Decode": {0}, "image/png.Encode": {0}, "image/jpeg.Decode": {0}, "image/jpeg.Encode": {0}, "image/gif.Decode": {0},
	"image/gif.DecodeAll": {0}, "image/gif.Encode": {0}, "image/gif.EncodeAll": {0}, "unicode/utf8.EncodeRune": {0},
	"errors.As": {1}, "html/template.HTMLEscape": {0}, "html/template.JSEscape": {0}, "text/template.HTMLEscape": {0},
	"text/template.JSEscape": {0}, "regexp.MatchReader": {1}, "reflect.Swapper": {0}, "reflect.Select": {0}, "reflect.Copy": {0},
	"runtime.ReadMemStats": {0}, "runtime.Stack": {0}, "runtime/debug.ReadGCStats": {0}, "testing/quick.Value": {1}, "mime.FormatMediaType": {},
}

// functionWrites lists the parameters that a function changes.
func functionWrites(fn *types.Func, pkg, name string) []int {
	if list, ok := writes[name]; ok {
		return list
	}
	sig := fn.Signature()
	if strings.HasPrefix(fn.Name(), "Append") && sig.Params().Len() > 0 {
		return []int{0}
	}
	if pure[pkg] || makers[name] || strings.HasPrefix(fn.Name(), "New") || ours(fn.Pkg()) || outside[pkg] && pkg != "syscall" {
		return nil
	}
	return all(sig, refers)
}

// all lists the parameters for which want holds.
func all(sig *types.Signature, want func(*types.Var) bool) (list []int) {
	for i := range sig.Params().Len() {
		if want(sig.Params().At(i)) {
			list = append(list, i)
		}
	}
	return list
}

// refers tells whether a function could change what an argument refers to.
func refers(v *types.Var) bool {
	t := v.Type()
	if ifaceReaders[named(t)] || named(t) == "error" || types.Identical(t, types.Universe.Lookup("error").Type()) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Slice:
		_, text := u.Elem().Underlying().(*types.Basic)
		return !text || u.Elem().Underlying().(*types.Basic).Kind() != types.String
	case *types.Pointer, *types.Map:
		return true
	case *types.Interface:
		return true
	}
	return false
}

// A stream is an io.Reader or io.Writer, by the methods it wants.
func isStream(v *types.Var) bool {
	u, ok := v.Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for i := range u.NumMethods() {
		switch name := u.Method(i).Name(); {
		case strings.HasPrefix(name, "Read"), strings.HasPrefix(name, "Write"), name == "Scan":
			return true
		}
	}
	return false
}

// fillers begin the names of methods that fill the slices, pointers and
// interfaces they are given.
var fillers = []string{"Read", "Decode", "Decrypt", "Scan", "Put", "Append", "Encrypt", "XORKeyStream", "CryptBlocks", "Seal", "Open", "Sum", "Fill",
	"Draw", "Expand", "Unmarshal", "SetIter"}

// believed are methods with such a name that leave their arguments alone.
var believed = setOfWords(`sync.Pool.Put encoding/base64.Encoding.DecodeString encoding/base32.Encoding.DecodeString`)

// methodWrites lists the parameters that a method changes: readers and writers
// always; what is named dst; the first that refers to something, of a method
// whose name says that it fills it, and all of those of Scan.
func methodWrites(fn *types.Func, name string) []int {
	sig := fn.Signature()
	out := all(sig, func(v *types.Var) bool { return isStream(v) || v.Name() == "dst" })
	if believed[name] || strings.HasPrefix(fn.Name(), "Unmarshal") {
		return out
	}
	for _, f := range fillers {
		if !strings.HasPrefix(fn.Name(), f) {
			continue
		}
		list := all(sig, refers)
		if len(list) > 1 && f != "Scan" {
			list = list[:1]
		}
		return append(out, list...)
	}
	return out
}

// changers begin the names of methods that change a map, a slice, or what a
// reflect.Value or another small value leads to.
var changers = []string{"Set", "Add", "Del", "Swap", "Sort", "Grow", "Clear", "Send", "Recv", "TrySend", "TryRecv", "Close"}

// changesValue tells whether a method with a value receiver changes what the
// value leads to.
func changesValue(t types.Type, typ, method string) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Slice:
	default:
		if typ != "reflect.Value" {
			return false
		}
	}
	for _, c := range changers {
		if strings.HasPrefix(method, c) {
			return true
		}
	}
	return false
}

// settings begin the methods by which a value that is otherwise safe for
// concurrent use is set up.
var settings = []string{"regexp.Regexp.Longest", "regexp.Regexp.Unmarshal", "text/template.Template.Parse", "text/template.Template.Funcs",
	"text/template.Template.Option", "text/template.Template.Delims", "text/template.Template.New", "text/template.Template.AddParseTree",
	"html/template.Template.Parse", "html/template.Template.Funcs", "html/template.Template.Option", "html/template.Template.Delims",
	"html/template.Template.New", "html/template.Template.AddParseTree", "log.Logger.Set", "crypto/tls.Config.Set", "expvar.Map.Init"}

// changesSafe tells whether a method changes its receiver though that is safe
// for concurrent use.
func changesSafe(name string) bool {
	for _, s := range settings {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	return false
}
