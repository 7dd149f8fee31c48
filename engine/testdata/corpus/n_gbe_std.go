package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"time"
)

type response1 struct {
	Page   int
	Fruits []string
}
type response2 struct {
	Page   int      `json:"page"`
	Fruits []string `json:"fruits"`
}
type Plant struct {
	XMLName xml.Name `xml:"plant"`
	Id      int      `xml:"id,attr"`
	Name    string   `xml:"name"`
	Origin  []string `xml:"origin"`
}

func (p Plant) String() string {
	return fmt.Sprintf("Plant id=%v, name=%v, origin=%v", p.Id, p.Name, p.Origin)
}

type point struct{ x, y int }

func check(e error) {
	if e != nil {
		panic(e)
	}
}

func hello(w http.ResponseWriter, req *http.Request) {
	fmt.Fprintf(w, "hello %s\n", req.URL.Query().Get("who"))
}

func headers(w http.ResponseWriter, req *http.Request) {
	for name, hs := range req.Header {
		for _, h := range hs {
			if name == "X-Test" {
				fmt.Fprintf(w, "%v: %v\n", name, h)
			}
		}
	}
}

func mayPanic() { panic("a problem") }

func createFile(p string) *os.File {
	fmt.Println("creating")
	f, err := os.Create(p)
	check(err)
	return f
}
func closeFile(f *os.File) {
	fmt.Println("closing")
	if err := f.Close(); err != nil {
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
	}
}

func main() {
	p := point{1, 2}
	fmt.Printf("struct1: %v\nstruct2: %+v\nstruct3: %#v\ntype: %T\n", p, p, p, p)
	fmt.Printf("bool: %t int: %d bin: %b char: %c hex: %x float1: %f float2: %e float3: %E\n", true, 123, 14, 33, 456, 78.9, 123400000.0, 123400000.0)
	fmt.Printf("str1: %s str2: %q str3: %x\n", "\"string\"", "\"string\"", "hex this")
	fmt.Printf("width1: |%6d|%6d| width2: |%6.2f|%6.2f| width3: |%-6.2f|%-6.2f| |%6s|%-6s|\n", 12, 345, 1.2, 3.45, 1.2, 3.45, "foo", "b")
	t1 := template.Must(template.New("t1").Parse("Value: {{.}}\n"))
	check(t1.Execute(os.Stdout, "some text"))
	check(t1.Execute(os.Stdout, []string{"Go", "Rust"}))
	t2 := template.Must(template.New("t2").Parse("Name: {{.Name}}\n"))
	check(t2.Execute(os.Stdout, struct{ Name string }{"Jane Doe"}))
	check(t2.Execute(os.Stdout, map[string]string{"Name": "Mickey Mouse"}))
	t3 := template.Must(template.New("t3").Parse("{{if . -}} yes {{else -}} no {{end}}\n"))
	t3.Execute(os.Stdout, "not empty")
	t3.Execute(os.Stdout, "")
	r := regexp.MustCompile("p([a-z]+)ch")
	fmt.Println(r.MatchString("peach"), r.FindStringIndex("peach punch"), r.FindStringSubmatch("peach punch"), r.FindAllString("peach punch pinch", -1))
	fmt.Println(r.ReplaceAllString("a peach", "<fruit>"), string(r.ReplaceAllFunc([]byte("a peach"), bytes.ToUpper)), r)
	res1B, _ := json.Marshal(&response1{1, []string{"apple", "peach"}})
	fmt.Println(string(res1B))
	res2B, _ := json.Marshal(&response2{1, []string{"apple", "peach"}})
	fmt.Println(string(res2B))
	var dat map[string]interface{}
	check(json.Unmarshal([]byte(`{"num":6.13,"strs":["a","b"]}`), &dat))
	fmt.Println(dat, dat["num"].(float64), dat["strs"].([]interface{})[0].(string))
	res := response2{}
	json.Unmarshal([]byte(`{"page": 1, "fruits": ["apple", "peach"]}`), &res)
	fmt.Println(res, res.Fruits[0])
	json.NewEncoder(os.Stdout).Encode(map[string]int{"apple": 5, "lettuce": 7})
	coffee := &Plant{Id: 27, Name: "Coffee"}
	coffee.Origin = []string{"Ethiopia", "Brazil"}
	out, _ := xml.MarshalIndent(coffee, " ", "  ")
	fmt.Println(string(out))
	var pl Plant
	check(xml.Unmarshal(out, &pl))
	fmt.Println(pl)
	then := time.Date(2009, 11, 17, 20, 34, 58, 651387237, time.UTC)
	fmt.Println(then, then.Year(), then.Weekday(), then.Add(36*time.Hour).Sub(then).Hours(), then.Unix(), then.Format(time.RFC3339), then.Format("3:04PM"))
	_, e := time.Parse("Mon Jan _2 15:04:05 2006", "8:41PM")
	fmt.Println(e)
	u, err := url.Parse("postgres://user:pass@host.com:5432/path?k=v#f")
	check(err)
	host, port, _ := net.SplitHostPort(u.Host)
	m, _ := url.ParseQuery(u.RawQuery)
	fmt.Println(u.Scheme, u.User, host, port, u.Path, u.Fragment, u.RawQuery, m["k"][0])
	h := sha256.New()
	h.Write([]byte("sha256 this string"))
	fmt.Printf("%x\n", h.Sum(nil))
	sEnc := base64.StdEncoding.EncodeToString([]byte("abc123!?$*&()'-=@~"))
	sDec, _ := base64.StdEncoding.DecodeString(sEnc)
	fmt.Println(sEnc, string(sDec))
	dir, err := os.MkdirTemp("", "sampledir")
	check(err)
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "dat1")
	check(os.WriteFile(path, []byte("hello\ngo\n"), 0644))
	dd, err := os.ReadFile(path)
	check(err)
	fmt.Print(string(dd))
	f, err := os.Open(path)
	check(err)
	b1 := make([]byte, 5)
	n1, err := f.Read(b1)
	check(err)
	fmt.Printf("%d bytes: %s\n", n1, string(b1[:n1]))
	o2, _ := f.Seek(6, 0)
	b4, err := bufio.NewReader(f).Peek(2)
	check(err)
	fmt.Println(o2, string(b4))
	f.Close()
	scanner := bufio.NewScanner(strings.NewReader("hello\nfilter\n"))
	for scanner.Scan() {
		fmt.Println(strings.ToUpper(scanner.Text()))
	}
	check(os.MkdirAll(filepath.Join(dir, "parent", "child"), 0755))
	check(filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		fmt.Println(" ", rel, d.IsDir())
		return err
	}))
	fmt.Println(filepath.Join("p", "..", "dir1//", "f.txt"), filepath.Ext("config.json"), strings.TrimSuffix("config.json", ".json"))
	func() {
		ff := createFile(filepath.Join(dir, "defer.txt"))
		defer closeFile(ff)
		fmt.Fprintln(ff, "data")
	}()
	func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("Recovered. Error:\n", r)
			}
		}()
		mayPanic()
		fmt.Println("After mayPanic()")
	}()
	os.Setenv("FOO", "1")
	fmt.Println("FOO:", os.Getenv("FOO"), "BAR:", os.Getenv("BAR_NOT_SET"))
	fsx := flag.NewFlagSet("foo", flag.ContinueOnError)
	enable := fsx.Bool("enable", false, "enable")
	name := fsx.String("name", "", "name")
	fsx.Parse([]string{"-enable", "-name=joe", "a1"})
	fmt.Println(*enable, *name, fsx.Args())
	var buf bytes.Buffer
	buflog := log.New(&buf, "buf:", 0)
	buflog.Println("hello")
	fmt.Print(buf.String())
	lg := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}}))
	lg.Info("hello again", "key", "val", "age", 25)
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", hello)
	mux.HandleFunc("/headers", headers)
	srv := httptest.NewServer(mux)
	resp, err := http.Get(srv.URL + "/hello?who=gopher")
	check(err)
	fmt.Println("Response status:", resp.Status)
	sc := bufio.NewScanner(resp.Body)
	for i := 0; sc.Scan() && i < 5; i++ {
		fmt.Println(sc.Text())
	}
	resp.Body.Close()
	rq, _ := http.NewRequest("GET", srv.URL+"/headers", nil)
	rq.Header.Set("X-Test", "yes")
	resp, err = http.DefaultClient.Do(rq)
	check(err)
	sc = bufio.NewScanner(resp.Body)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	resp.Body.Close()
	srv.Close()
	grepCmd := exec.Command("grep", "hello")
	grepIn, _ := grepCmd.StdinPipe()
	grepOut, _ := grepCmd.StdoutPipe()
	grepCmd.Start()
	grepIn.Write([]byte("hello grep\ngoodbye grep"))
	grepIn.Close()
	gb := new(bytes.Buffer)
	gb.ReadFrom(grepOut)
	grepCmd.Wait()
	fmt.Print(gb.String())
	lsOut, err := exec.Command("bash", "-c", "echo $((3*4))").Output()
	fmt.Println(string(lsOut), err)
	_, err = exec.Command("false").Output()
	switch e := err.(type) {
	case *exec.Error:
		fmt.Println("failed executing:", err)
	case *exec.ExitError:
		fmt.Println("command exit rc =", e.ExitCode())
	}
}
