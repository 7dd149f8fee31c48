package notebook

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	markdownhtml "github.com/yuin/goldmark/renderer/html"
)

//go:embed page.css
var pageCSS string

// HTML renders an executed notebook as one page that needs no network: style
// and highlighting are inside, HTML and scripts of outputs go in as they are,
// which means that the notebook is trusted. The title is the first heading,
// or fallbackTitle.
func HTML(data []byte, fallbackTitle string) ([]byte, error) {
	doc, err := Parse(data)
	if err != nil {
		return nil, err
	}
	title := doc.Title()
	if title == "" {
		title = fallbackTitle
	}
	r := newPage()
	var body bytes.Buffer
	for i, c := range doc.Cells() {
		if err := r.cell(&body, c); err != nil {
			return nil, fmt.Errorf("page: cell %d: %w", i+1, err)
		}
	}
	highlighting, err := r.highlightingCSS()
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"+
		"<title>%s</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<main>\n%s</main>\n</body>\n</html>\n",
		html.EscapeString(title), pageCSS, highlighting, body.String())
	return out.Bytes(), nil
}

// A page holds the renderers of one call of HTML.
type page struct {
	markdown goldmark.Markdown
	code     *chromahtml.Formatter
	lexer    chroma.Lexer
}

func newPage() *page {
	return &page{
		markdown: goldmark.New(
			goldmark.WithExtensions(extension.GFM, extension.Footnote),
			goldmark.WithParserOptions(parser.WithAutoHeadingID()),
			goldmark.WithRendererOptions(markdownhtml.WithUnsafe()),
		),
		code:  chromahtml.New(chromahtml.WithClasses(true)),
		lexer: chroma.Coalesce(lexers.Get("go")),
	}
}

// highlightingCSS is the code's colours on a light and on a dark ground, each
// for its ground only: the dark style leaves some to the text's own colour.
func (r *page) highlightingCSS() (string, error) {
	var b bytes.Buffer
	for _, ground := range []struct{ scheme, style string }{{"light", "github"}, {"dark", "github-dark"}} {
		fmt.Fprintf(&b, "@media (prefers-color-scheme: %s) {\n", ground.scheme)
		if err := r.code.WriteCSS(&b, styles.Get(ground.style)); err != nil {
			return "", err
		}
		b.WriteString("}\n")
	}
	b.WriteString(".bg, .chroma { background: none }\n")
	return b.String(), nil
}

func (r *page) cell(w *bytes.Buffer, c *Cell) error {
	switch c.Type() {
	case "markdown":
		w.WriteString("<section class=\"markdown\">\n")
		if err := r.writeMarkdown(w, withAttachments(c)); err != nil {
			return err
		}
		w.WriteString("</section>\n")
	case "code":
		return r.codeCell(w, c)
	}
	return nil // raw cells are for nbconvert's other formats
}

var attachmentLink = regexp.MustCompile(`attachment:([^\s)"'>]+)`)

// withAttachments is a cell's source with its attachments written in.
func withAttachments(c *Cell) string {
	return attachmentLink.ReplaceAllStringFunc(c.Source(), func(link string) string {
		if uri, ok := c.Attachment(strings.TrimPrefix(link, "attachment:")); ok {
			return uri
		}
		return link
	})
}

func (r *page) writeMarkdown(w *bytes.Buffer, source string) error {
	return r.markdown.Convert([]byte(source), w)
}

func (r *page) codeCell(w *bytes.Buffer, c *Cell) error {
	source := strings.TrimRight(c.Source(), "\n")
	if strings.TrimSpace(source) == "" {
		return nil
	}
	fmt.Fprintf(w, "<section class=\"code\">\n<div class=\"prompt\">[%s]</div>\n<div class=\"source\">", html.EscapeString(c.Count()))
	tokens, err := r.lexer.Tokenise(nil, source)
	if err != nil {
		return err
	}
	if err := r.code.Format(w, styles.Get("github"), tokens); err != nil {
		return err
	}
	w.WriteString("</div>\n</section>\n")
	outputs := c.Outputs()
	if len(outputs) == 0 {
		return nil
	}
	w.WriteString("<section class=\"outputs\">\n")
	for _, o := range outputs {
		if err := r.output(w, o); err != nil {
			return err
		}
	}
	w.WriteString("</section>\n")
	return nil
}

func (r *page) output(w *bytes.Buffer, o Output) error {
	switch o.Type {
	case "stream":
		fmt.Fprintf(w, "<pre class=\"%s\">%s</pre>\n", html.EscapeString(o.Name), ansiHTML(o.Text))
		return nil
	case "error":
		text := strings.Join(o.Traceback, "\n")
		if text == "" {
			text = o.ErrName + ": " + o.ErrValue
		}
		fmt.Fprintf(w, "<pre class=\"error\">%s</pre>\n", ansiHTML(text))
		return nil
	}
	return r.bundle(w, o)
}

// richness orders MIME types: the first that is there is shown.
var richness = []string{
	"text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
	"application/javascript", "text/markdown", "text/latex", "text/plain", "application/json",
}

func (r *page) bundle(w *bytes.Buffer, o Output) error {
	for _, mimeType := range richness {
		v, ok := o.Data[mimeType]
		if !ok {
			continue
		}
		text, isText := v.(string)
		switch {
		case mimeType == "text/html":
			fmt.Fprintf(w, "<div class=\"html\">%s</div>\n", text)
		case mimeType == "image/svg+xml":
			fmt.Fprintf(w, "<div class=\"image\">%s</div>\n", svgElement(text))
		case strings.HasPrefix(mimeType, "image/"):
			fmt.Fprintf(w, "<div class=\"image\"><img alt=\"%s\" src=\"data:%s;base64,%s\"%s></div>\n",
				html.EscapeString(Text(o.Data["text/plain"])), mimeType, html.EscapeString(strings.Join(strings.Fields(text), "")), imageSize(o, mimeType))
		case mimeType == "application/javascript":
			fmt.Fprintf(w, "<div class=\"html\"><script>%s</script></div>\n", text)
		case mimeType == "text/markdown":
			w.WriteString("<div class=\"markdown\">\n")
			if err := r.writeMarkdown(w, text); err != nil {
				return err
			}
			w.WriteString("</div>\n")
		default:
			if !isText {
				raw, err := json.MarshalIndent(v, "", "  ")
				if err != nil {
					return err
				}
				text = string(raw)
			}
			fmt.Fprintf(w, "<pre class=\"result\">%s</pre>\n", ansiHTML(text))
		}
		return nil
	}
	return nil
}

// svgElement is an SVG document without what may stand only at a file's start.
func svgElement(s string) string {
	if i := strings.Index(s, "<svg"); i > 0 {
		return s[i:]
	}
	return s
}

// imageSize is the width and height an output's metadata asks for.
func imageSize(o Output, mimeType string) string {
	metadata, _ := o.Metadata[mimeType].(map[string]any)
	var b strings.Builder
	for _, side := range []string{"width", "height"} {
		if v, ok := metadata[side]; ok {
			fmt.Fprintf(&b, ` %s="%s"`, side, html.EscapeString(fmt.Sprint(v)))
		}
	}
	return b.String()
}
