package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"image"
	"image/color"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"text/tabwriter"
)

type plain struct{ Lines []string }

func (p *plain) Enabled(ctx context.Context, l slog.Level) bool { return l >= slog.LevelInfo }
func (p *plain) Handle(ctx context.Context, r slog.Record) error {
	p.Lines = append(p.Lines, r.Level.String()+" "+r.Message)
	return nil
}
func (p *plain) WithAttrs(attrs []slog.Attr) slog.Handler { return p }
func (p *plain) WithGroup(name string) slog.Handler       { return p }

type checker struct{ Size int }

func (c checker) ColorModel() color.Model { return color.GrayModel }
func (c checker) Bounds() image.Rectangle { return image.Rect(0, 0, c.Size, c.Size) }
func (c checker) At(x, y int) color.Color { return color.Gray{Y: uint8((x + y) % 2 * 255)} }

type once struct{ Text string }

func (o *once) Read(p []byte) (int, error) {
	n := copy(p, o.Text)
	o.Text = o.Text[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (o *once) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, "by WriteTo: "+o.Text+"\n")
	return int64(n), err
}

type point struct{ A, B int }

func (p point) GoString() string { return "a point" }

func describe(img image.Image) string {
	return fmt.Sprint(img.Bounds(), img.At(0, 1))
}

func main() {
	p := &plain{}
	l := slog.New(p)
	l.Debug("hidden")
	l.Info("shown")
	fmt.Println(p.Lines)
	fmt.Println(describe(checker{4}))
	n, err := io.Copy(os.Stdout, &once{"text"})
	fmt.Println(n, err)
	files := fstest.MapFS{"a/b.txt": &fstest.MapFile{Data: []byte("x")}, "a/c.txt": &fstest.MapFile{Data: []byte("yy")}}
	err = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			fmt.Println(filepath.Base(path))
		}
		return err
	})
	fmt.Println(err)
	_, err = fs.ReadFile(files, "none")
	fmt.Println(errors.Is(err, fs.ErrNotExist), err)
	var h hash.Hash32 = crc32.NewIEEE()
	fmt.Fprint(h, "sum")
	fmt.Println(h.Sum32())
	rows, err := csv.NewReader(strings.NewReader("a,b\n1,2\n")).ReadAll()
	fmt.Println(rows, err)
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	fmt.Fprintln(tw, "x\ty")
	fmt.Fprintln(tw, "long\tz")
	tw.Flush()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx))
	fmt.Printf("%#v\n", point{1, 2})
}
