package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/goblaze/goblaze/display"
)

func TestFramesArriveWhole(t *testing.T) {
	r, w := io.Pipe()
	out := NewWriter(w)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 50 {
				body := fmt.Sprintf("%q", strings.Repeat("x", i*j))
				if err := out.Write(Frame{Type: Event, ID: uint64(i), Cell: uint64(j), Body: []byte(body)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() { wg.Wait(); w.Close() }()
	n := 0
	for ; ; n++ {
		f, err := Read(r)
		if err == io.EOF {
			break
		}
		if err != nil || len(f.Body) != int(f.ID*f.Cell)+2 {
			t.Fatalf("frame %d: %d bytes for %d×%d, %v", n, len(f.Body), f.ID, f.Cell, err)
		}
	}
	if n != 400 {
		t.Errorf("%d frames, want 400", n)
	}
}

func header(n uint32, body string) string {
	return "GZ\x01\x00" + string(binary.BigEndian.AppendUint32(nil, n)) + body
}

func TestMalformedFramesAreErrors(t *testing.T) {
	for name, in := range map[string]string{
		"garbage":        "hello, world",
		"short header":   "GZ\x01",
		"huge claim":     header(1<<31, ""),
		"cut body":       header(100, "{}"),
		"large cut body": header(MaxBody, "{}"),
		"no JSON":        header(3, "{]}"),
		"wrong types":    header(11, `{"id":"abc"}`),
		"other version":  "GZ\x63\x00\x00\x00\x00\x02{}",
	} {
		if _, err := Read(strings.NewReader(in)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: error %v, want ErrMalformed", name, err)
		}
	}
	if _, err := Read(strings.NewReader("")); err != io.EOF {
		t.Errorf("end between frames: %v, want io.EOF", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(header(2, "{}")))
	f.Add([]byte(header(9, `{"id":"a"}`)))
	f.Fuzz(func(t *testing.T, in []byte) {
		r := bytes.NewReader(in)
		for {
			if _, err := Read(r); err != nil {
				return
			}
		}
	})
}

// split takes a stream apart in pieces of random sizes, joining text.
func split(t *testing.T, stream string, token string, rnd *rand.Rand) []string {
	t.Helper()
	s := NewSplitter(token)
	var got []string
	cell := uint64(0)
	yield := func(p Piece) {
		switch n := len(got); {
		case p.Text == nil:
			got = append(got, fmt.Sprintf("mark %d", p.Mark))
		case n > 0 && p.Cell == cell && strings.HasPrefix(got[n-1], "cell"):
			got[n-1] += string(p.Text)
		default:
			got = append(got, fmt.Sprintf("cell %d: %s", p.Cell, p.Text))
		}
		cell = p.Cell
	}
	for len(stream) > 0 {
		n := 1 + rnd.IntN(min(len(stream), 40))
		s.Split([]byte(stream[:n]), yield)
		stream = stream[n:]
	}
	s.Flush(yield)
	return got
}

func TestMarksAreFoundHoweverTheStreamIsCut(t *testing.T) {
	const token = "0123456789abcdef"
	mark := func(kind byte, n uint64) string { return string(AppendMark(nil, token, kind, n)) }
	fake := "\x00gbz:" + token + ":mx\n"
	stream := "before" + mark(MarkCell, 3) + "a\x00gbz:\x00" + mark(MarkFrame, 1) + mark(MarkFrame, 2) + "b" + fake +
		mark(MarkCell, 12) + "c" + mark(MarkCell, 3) + "d\x00gbz:01"
	want := []string{"cell 0: before", "cell 3: a\x00gbz:\x00", "mark 1", "mark 2", "cell 3: b" + fake, "cell 12: c", "cell 3: d\x00gbz:01"}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		if got := split(t, stream, token, rnd); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	}
}

func TestBundleKeepsEveryForm(t *testing.T) {
	in := display.Bundle{
		Data:     map[string]any{"text/plain": "t", "image/png": []byte{1, 2, 255}, "application/json": map[string]any{"a": 1.5}},
		Metadata: map[string]any{"m": "x"}, ID: "id", Update: true,
	}
	out := FromDisplay(in).Display()
	got := fmt.Sprintf("%v %s", out.Data["image/png"], out.Data["application/json"])
	if got != `[1 2 255] {"a":1.5}` || out.Data["text/plain"] != "t" || out.ID != "id" || !out.Update {
		t.Errorf("got %v (%s)", out, got)
	}
	want := "t\n(application/json is not shown: json: unsupported type: func())\n(application/x is not shown: json: unsupported type: chan int)"
	for range 50 { // maps have no order
		bad := FromDisplay(display.Bundle{Data: map[string]any{"text/plain": "t", "application/x": make(chan int), "application/json": func() {}}}).Display()
		if bad.Data["text/plain"] != want {
			t.Fatalf("values without JSON: %v", bad)
		}
	}
}
