package charts

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
)

// packed is echarts as charts/echarts/build.sh makes it.
//
//go:embed echarts/echarts.min.js.gz
var packed []byte

//go:embed loader.js
var loaderJS string

// The marks of the element that carries the library, by which Page finds it.
const (
	libraryOpen  = `<script data-goblaze="library">`
	libraryClose = `</script>`
)

// libraryElement is the script that carries echarts and the loader: about
// 275 KB. A page that holds it several times runs the first one.
var libraryElement = sync.OnceValue(func() string {
	return libraryOpen +
		"(function(){var g=window.goblazeCharts||(window.goblazeCharts={});if(g.run)return g.run();var packed=\"" +
		base64.StdEncoding.EncodeToString(packed) + "\";\n" + withoutComments(loaderJS) + "})();" + libraryClose
})

// withoutComments drops the lines of src that are only a comment or blank.
func withoutComments(src string) string {
	var b strings.Builder
	for line := range strings.Lines(src) {
		if t := strings.TrimSpace(line); t != "" && !strings.HasPrefix(t, "//") {
			b.WriteString(t + "\n")
		}
	}
	return b.String()
}

// librarySource unpacks echarts.
func librarySource() (string, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", fmt.Errorf("charts: the embedded echarts: %w", err)
	}
	src, err := io.ReadAll(z)
	if err != nil {
		return "", fmt.Errorf("charts: the embedded echarts: %w", err)
	}
	return string(src), nil
}

// A Library remembers which output of a notebook carries echarts for all of
// them: the first chart's cell, and that cell again whenever it is run again,
// because its old output is gone then. It is safe for concurrent use; the
// zero value is a notebook without charts.
type Library struct {
	mu   sync.Mutex
	sent bool
	cell string
	run  int
}

// Started says that a cell runs again, so that its old output is gone: if that
// carried the library, the next chart of any cell does.
func (l *Library) Started(cell string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent && cell != "" && cell == l.cell {
		l.sent = false
	}
}

// take tells whether a chart of this cell's run (the execution count) has to
// carry the library.
func (l *Library) take(cell string, run int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent && (cell == "" || cell != l.cell || run == l.run) {
		return false
	}
	l.sent, l.cell, l.run = true, cell, run
	return true
}
