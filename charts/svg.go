package charts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	_ "embed"

	"github.com/dop251/goja"
)

//go:embed static.js
var staticJS string

// renderLimit is how long one static chart may take: 0.1 s is usual.
const renderLimit = 10 * time.Second

// errTooSlow is why a chart whose functions never end has no image.
var errTooSlow = errors.New("drawing took more than " + renderLimit.String())

// A painter draws SVG by echarts' own server-side rendering, inside goja. It
// is used by one goroutine at a time; after an interrupt it starts afresh.
type painter struct {
	mu      sync.Mutex
	program *goja.Program // echarts, compiled once (0.2 s)
	vm      *goja.Runtime
	render  goja.Callable
}

var thePainter painter

// Prepare compiles echarts for static charts, which the first chart otherwise
// waits 0.3 s for. It may be called beside anything else.
func Prepare() error {
	thePainter.mu.Lock()
	defer thePainter.mu.Unlock()
	return thePainter.start()
}

// staticSVG draws an option, given as the source of a JavaScript expression,
// as an SVG of width × height pixels. The error is what JavaScript raised.
func staticSVG(option string, width, height int) (string, error) {
	thePainter.mu.Lock()
	defer thePainter.mu.Unlock()
	return thePainter.paint(option, width, height)
}

func (p *painter) start() error {
	if p.vm != nil {
		return nil
	}
	if p.program == nil {
		src, err := librarySource()
		if err != nil {
			return err
		}
		if p.program, err = goja.Compile("echarts.js", src, false); err != nil {
			return fmt.Errorf("charts: the embedded echarts: %w", err)
		}
	}
	vm := goja.New()
	if _, err := vm.RunString(staticJS); err != nil {
		return fmt.Errorf("charts: static.js: %w", err)
	}
	if _, err := vm.RunProgram(p.program); err != nil {
		return fmt.Errorf("charts: the embedded echarts: %w", err)
	}
	render, ok := goja.AssertFunction(vm.Get("render"))
	if !ok {
		return errors.New("charts: static.js has no function render")
	}
	p.vm, p.render = vm, render
	return nil
}

func (p *painter) paint(option string, width, height int) (svg string, err error) {
	if err := p.start(); err != nil {
		return "", err
	}
	defer func() {
		// goja turns what scripts raise into errors; a fault of its own panics.
		if r := recover(); r != nil {
			svg, err = "", fmt.Errorf("drawing the chart: %v", r)
		}
		if err != nil {
			p.vm = nil // what the script left behind goes with it
		}
	}()
	watch := time.AfterFunc(renderLimit, func(vm *goja.Runtime) func() {
		return func() { vm.Interrupt(errTooSlow) }
	}(p.vm))
	defer watch.Stop()
	maker, err := p.vm.RunString("(function(echarts){return " + option + "\n})")
	if err != nil {
		return "", scriptError(err)
	}
	v, err := p.render(goja.Undefined(), maker, p.vm.ToValue(width), p.vm.ToValue(height))
	if err != nil {
		return "", scriptError(err)
	}
	svg = v.String()
	if !strings.HasPrefix(svg, "<svg") {
		return "", errors.New("drawing the chart gave no SVG")
	}
	return slim(svg), nil
}

// What of the SVG only serves a live page: hover styles and echarts' marks. The
// counters in names would make each drawing differ.
var (
	svgTag   = regexp.MustCompile(`<[a-zA-Z][^>]*>`)
	svgExtra = regexp.MustCompile(` (?:ecmeta_[a-z_]+|class|pointer-events)="[^"]*"`)
	svgStyle = regexp.MustCompile(`(?s)<style ?>.*?</style>\n?`)
	svgID    = regexp.MustCompile(`\bzr\d+-`)
)

// slim takes out of an SVG what an image doesn't need, half of its bytes.
func slim(svg string) string {
	svg = svgStyle.ReplaceAllString(svg, "")
	svg = svgTag.ReplaceAllStringFunc(svg, func(tag string) string {
		return svgID.ReplaceAllString(svgExtra.ReplaceAllString(tag, ""), "z")
	})
	return strings.ReplaceAll(svg, ">\n<", "><")
}

// scriptError shortens a JavaScript error to its first line.
func scriptError(err error) error {
	var stopped *goja.InterruptedError
	if errors.As(err, &stopped) {
		return errTooSlow
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("drawing the chart: %s", line)
}
