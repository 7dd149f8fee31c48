package display

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func capture(t *testing.T) func() []Bundle {
	var mu sync.Mutex
	var shown []Bundle
	SetPublisher(func(b Bundle) { mu.Lock(); shown = append(shown, b); mu.Unlock() })
	t.Cleanup(func() { SetPublisher(nil); SetClear(nil) })
	return func() []Bundle { mu.Lock(); defer mu.Unlock(); return shown }
}

func TestDisplayPublishesInOrder(t *testing.T) {
	shown := capture(t)
	if err := Display(Markdown("* hello"), 7, HTML("<b>x</b>")); err != nil {
		t.Fatal(err)
	}
	h, err := NewHandle("first")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Update("second"); err != nil {
		t.Fatal(err)
	}
	got := shown()
	if len(got) != 5 || got[0].Data["text/markdown"] != "* hello" || got[1].Data["text/plain"] != "7" || got[2].Data["text/html"] != "<b>x</b>" {
		t.Fatalf("shown: %+v", got)
	}
	if got[3].ID != h.ID || got[3].Update || got[4].ID != h.ID || !got[4].Update || got[4].Data["text/plain"] != "second" {
		t.Errorf("handle: %+v", got[3:])
	}
}

func TestClear(t *testing.T) {
	capture(t)
	var got []bool
	SetClear(func(wait bool) { got = append(got, wait) })
	for _, err := range []error{Clear(), Clear(true), Clear(false)} {
		if err != nil {
			t.Error(err)
		}
	}
	if !reflect.DeepEqual(got, []bool{false, true, false}) {
		t.Error(got)
	}
}

func TestOutsideOfANotebook(t *testing.T) {
	if Display(1) == nil || Update("x", 1) == nil || Clear() == nil {
		t.Error("no error where nobody publishes")
	}
}

func TestDisplayIsSafeForConcurrentUse(t *testing.T) {
	shown := capture(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				_ = Display(i)
			}
		})
	}
	wg.Wait()
	if n := len(shown()); n != 400 {
		t.Errorf("%d of 400 shown", n)
	}
}

// TestGophernotesNames holds the calls of gophernotes' Display notebook.
func TestGophernotesNames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.png")
	png := []byte("\x89PNG\r\n\x1a\n")
	if err := os.WriteFile(file, png, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		b          Bundle
		mime, text string
		data       any
	}{
		"HTML":       {HTML("<b>"), MIMETypeHTML, "<b>", "<b>"},
		"Math":       {Math(`e^{i\Pi}+1=0`), MIMETypeLatex, `e^{i\Pi}+1=0`, `$$e^{i\Pi}+1=0$$`},
		"Latex":      {Latex("$x$"), MIMETypeLatex, "$x$", "$x$"},
		"SVG":        {SVG("<svg/>"), MIMETypeSVG, "<svg/>", "<svg/>"},
		"JavaScript": {JavaScript("1"), MIMETypeJavaScript, "1", "1"},
		"PNG":        {PNG(png), MIMETypePNG, "image/png, 8 bytes", png},
		"JPEG":       {JPEG(png), MIMETypeJPEG, "image/jpeg, 8 bytes", png},
		"PDF":        {PDF(png), MIMETypePDF, "application/pdf, 8 bytes", png},
		"JSON":       {JSON([]int{1}), MIMETypeJSON, "[\n  1\n]", json.RawMessage("[\n  1\n]")},
		"no JSON":    {JSON(func() {}), MIMETypeJSON, "(no JSON: json: unsupported type: func())", nil},
		"MakeData":   {MakeData("text/x", 5), "text/x", "5", 5},
		"MakeData3":  {MakeData3("text/x", "p", "d"), "text/x", "p", "d"},
		"Bytes":      {Bytes("image/gif", png), "image/gif", "image/gif, 8 bytes", png},
		"String":     {String(MIMETypeHTML, "<i>"), MIMETypeHTML, "<i>", "<i>"},
		"File":       {File("", file), MIMETypePNG, "image/png, 8 bytes", png},
		"Any":        {Any(MIMETypeHTML, "<i>"), MIMETypeHTML, "<i>", "<i>"},
		"Any SVG":    {Any(MIMETypeSVG, []byte("<svg/>")), MIMETypeSVG, "<svg/>", "<svg/>"},
		"Auto":       {Auto(5), "none", "5", nil},
		"Auto text":  {Auto("x"), "none", "x", nil},
		"MIME":       {Of(MIME(MIMEMap{"text/html": "h"}, nil), ""), MIMETypeHTML, "", "h"},
	} {
		text, _ := c.b.Data[MIMETypeText].(string)
		if !reflect.DeepEqual(c.b.Data[c.mime], c.data) || !strings.HasSuffix(text, c.text) {
			t.Errorf("%s: %+v", name, c.b)
		}
	}
	defer func() {
		if r := recover(); r == nil {
			t.Error("File of nothing does not panic")
		}
	}()
	File("", file+"x")
}
