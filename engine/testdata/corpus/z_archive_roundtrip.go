package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

type file struct{ name, body string }

func pack(fs ...file) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range fs {
		fw, _ := w.Create(f.name)
		io.WriteString(fw, f.body)
	}
	w.Close()
	return b.Bytes()
}
func unpack(data []byte) (fs []file, err error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	for _, f := range r.File {
		rc, _ := f.Open()
		b, _ := io.ReadAll(rc)
		rc.Close()
		fs = append(fs, file{f.Name, string(b)})
	}
	return
}

func main() {
	d := pack(file{"a.txt", "hello"}, file{name: "b/c", body: strings.Repeat("z", 50)})
	fs, err := unpack(d)
	fmt.Println(len(fs), fs[0], len(fs[1].body), err)
	_, err = unpack(d[:10])
	fmt.Println(err)
}
