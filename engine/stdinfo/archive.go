package stdinfo

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

//go:embed data/types.zip
var typesZip []byte

//go:embed data/docs.zip
var docsZip []byte

// archive is a zip file held in memory; its directory is read on first use.
type archive func() map[string]*zip.File

func newArchive(name string, data []byte) archive {
	return sync.OnceValue(func() map[string]*zip.File {
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			panic(fmt.Sprintf("stdinfo: embedded %s is damaged: %v; run go generate in engine/stdinfo", name, err))
		}
		files := make(map[string]*zip.File, len(zr.File))
		for _, f := range zr.File {
			files[f.Name] = f
		}
		return files
	})
}

var (
	typeArchive = newArchive("data/types.zip", typesZip)
	docArchive  = newArchive("data/docs.zip", docsZip)
)

// read returns the bytes of an entry; ok is false when the archive holds none of that name.
func (a archive) read(name string) (data []byte, ok bool, err error) {
	f := a()[name]
	if f == nil {
		return nil, false, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, true, err
	}
	defer r.Close()
	data = make([]byte, f.UncompressedSize64)
	_, err = io.ReadFull(r, data)
	return data, true, err
}
