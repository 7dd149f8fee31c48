package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
)

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

type counter struct{ n, lines int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	c.lines += bytes.Count(p, []byte("\n"))
	return len(p), nil
}

func main() {
	var out bytes.Buffer
	c := &counter{}
	n, err := io.Copy(io.MultiWriter(&out, c), upper{strings.NewReader("one\ntwo\n")})
	fmt.Println(n, err, out.String(), *c)
	pr, pw := io.Pipe()
	go func() { fmt.Fprint(pw, "through pipe"); pw.CloseWithError(io.ErrClosedPipe) }()
	b, err := io.ReadAll(pr)
	fmt.Println(string(b), err)
	r := io.TeeReader(io.LimitReader(strings.NewReader("abcdef"), 4), c)
	b, _ = io.ReadAll(r)
	fmt.Println(string(b), c.n)
	br := bufio.NewReader(strings.NewReader("l1\nl2"))
	for {
		l, err := br.ReadString('\n')
		fmt.Printf("%q %v;", l, err)
		if err != nil {
			break
		}
	}
	fmt.Println()
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write(bytes.Repeat([]byte("z"), 1000))
	w.Close()
	zr, _ := gzip.NewReader(&gz)
	z, _ := io.ReadAll(zr)
	fmt.Println(len(z), gz.Len() < 100)
	s := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	sb := make([]byte, 3)
	s.ReadAt(sb, 1)
	fmt.Println(string(sb), s.Size())
}
