package main

import (
	"errors"
	"fmt"
	"io/fs"
	"testing/fstest"
)

type tree map[string]string

func (t tree) fs() fs.FS {
	m := fstest.MapFS{}
	for k, v := range t {
		m[k] = &fstest.MapFile{Data: []byte(v)}
	}
	return m
}

func main() {
	f := tree{"a/x.txt": "xx", "a/b/y.go": "package y", "z": ""}.fs()
	var seen []string
	err := fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			return nil
		}
		i, _ := d.Info()
		seen = append(seen, fmt.Sprint(p, i.Size()))
		return nil
	})
	fmt.Println(seen, err)
	b, err := fs.ReadFile(f, "a/x.txt")
	_, err2 := fs.Stat(f, "nope")
	fmt.Println(string(b), err, errors.Is(err2, fs.ErrNotExist))
	m, _ := fs.Glob(f, "*/*.txt")
	sub, _ := fs.Sub(f, "a/b")
	e, _ := fs.ReadDir(sub, ".")
	fmt.Println(m, len(e), e[0].Name())
}
