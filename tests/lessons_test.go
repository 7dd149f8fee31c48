package tests

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goblaze/goblaze/kernel/notebook"
)

// lessons lists the notebooks that ship.
func lessons(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../notebooks/*.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range all {
		if !strings.HasSuffix(f, ".out.ipynb") { // what make demo writes
			files = append(files, f)
		}
	}
	if !slices.Contains(files, filepath.Join("..", "notebooks", tutorial)) {
		t.Fatalf("../notebooks holds %v, but not %s", files, tutorial)
	}
	return files
}

// interpretedShare is the least share of the lessons' cells with statements
// that is to be interpreted, those left out that %vectorize holds to a tier.
const interpretedShare = 0.7

// Every lesson runs without an error through nbclient against the installed
// kernelspec, and through `goblaze run`, which writes a page that needs no
// network; %tier then says which of its cells were interpreted.
func TestLessons(t *testing.T) {
	k := install(t, "..", "goblaze")
	ran, interpreted, all := 0, 0, 0
	files := lessons(t)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ran++
			folder := t.TempDir()
			byClient, byUs, page := filepath.Join(folder, "client.ipynb"), filepath.Join(folder, "run.ipynb"), filepath.Join(folder, "run.html")
			k.python(t, "execute.py", k.name, file, byClient)
			run(t, k.env, k.bin, "run", askingForTiers(t, file), "-o", byUs, "--html", page)
			k.python(t, "validate.py", byUs)
			for _, executed := range []string{byClient, byUs} {
				for i, c := range open(t, executed).Cells() {
					if c.Type() == "code" && !c.HasTag("raises-exception") {
						checkCell(t, i, c)
					}
				}
			}
			checkOffline(t, page)
			if filepath.Base(file) == tutorial {
				checkTutorial(t, open(t, byClient))
				checkTutorial(t, open(t, byUs))
			}
			n, of := countTiers(t, open(t, byUs))
			interpreted, all = interpreted+n, all+of
		})
	}
	t.Logf("%d of %d cells with statements are interpreted", interpreted, all)
	if ran == len(files) && float64(interpreted) < interpretedShare*float64(all) {
		t.Errorf("%d of %d cells with statements are interpreted, less than %.0f %%", interpreted, all, 100*interpretedShare)
	}
}

// askingForTiers copies a notebook and adds a cell that lists its cells' tiers.
func askingForTiers(t *testing.T, file string) (copied string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	doc["cells"] = append(doc["cells"].([]any), map[string]any{
		"cell_type": "code", "id": "tiers", "metadata": map[string]any{}, "source": "%tier", "outputs": []any{}, "execution_count": nil,
	})
	if data, err = json.Marshal(doc); err != nil {
		t.Fatal(err)
	}
	copied = filepath.Join(t.TempDir(), filepath.Base(file))
	if err := os.WriteFile(copied, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return copied
}

// tierLine is a cell in the table that %tier prints.
var tierLine = regexp.MustCompile(`(?m)^cell \d+ +(interpreted|compiled) *(.*)$`)

// countTiers reads the table of a notebook's last cell: how many of its cells
// with statements were interpreted, of those that chose their tier themselves.
func countTiers(t *testing.T, executed *notebook.Document) (interpreted, all int) {
	t.Helper()
	cells := executed.Cells()
	var table strings.Builder
	for _, o := range cells[len(cells)-1].Outputs() {
		text, _ := o.Data["text/plain"].(string)
		table.WriteString(o.Text + text)
	}
	for _, m := range tierLine.FindAllStringSubmatch(table.String(), -1) {
		switch {
		case m[1] == "interpreted":
			interpreted++
		case m[2] == "the tier is held":
			continue
		default:
			t.Logf("compiled: %s", m[2])
		}
		all++
	}
	if all == 0 {
		t.Errorf("%%tier lists no cells: %s", table.String())
	}
	return interpreted, all
}

// tutorial is the lesson whose outputs are looked at one by one.
const tutorial = "01-vectorize.ipynb"

func checkCell(t *testing.T, i int, c *notebook.Cell) {
	t.Helper()
	if strings.TrimSpace(c.Source()) != "" && c.Count() == "" {
		t.Errorf("cell %d was not executed", i)
	}
	for _, o := range c.Outputs() {
		if o.Type == "error" {
			t.Errorf("cell %d failed: %s: %s", i, o.ErrName, o.ErrValue)
		}
	}
}

// loads finds what a page would fetch: sources of scripts, styles and images.
var loads = regexp.MustCompile(`(?i)<(?:script|link|img|iframe)[^>]*\s(?:src|href)\s*=\s*["']?(https?:)?//`)

func checkOffline(t *testing.T, page string) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if found := loads.Find(data); found != nil {
		t.Errorf("the page needs the network: %s", found)
	}
	if !strings.Contains(string(data), "<main>") {
		t.Errorf("the page is empty")
	}
}

// A timeit line as IPython 8.12 writes it, and the report of %vectorize.
var (
	timeitLine  = regexp.MustCompile(`(?m)^[\d.]+ (ns|µs|ms|s) ± [\d.]+ (ns|µs|ms|s) per loop \(mean ± std\. dev\. of \d+ runs?, [\d,]+ loops? each\)$`)
	reportLine  = regexp.MustCompile(`(?m)^100 items · .*(compiled|interpreted)$`)
	staticChart = "data:image/svg+xml;base64,"
)

const reportMIME = "application/vnd.goblaze.report+json"

// checkTutorial looks for what the tutorial promises: two timings as IPython
// writes them, and a comparison with its report, its sentence and its chart.
func checkTutorial(t *testing.T, executed *notebook.Document) {
	t.Helper()
	timings, reports := 0, 0
	var plain, rich strings.Builder
	for _, c := range executed.Cells() {
		for _, o := range c.Outputs() {
			timings += len(timeitLine.FindAllString(o.Text, -1))
			text, _ := o.Data["text/plain"].(string)
			html, _ := o.Data["text/html"].(string)
			plain.WriteString(o.Text + text + "\n")
			rich.WriteString(html + "\n")
			if report, ok := o.Data[reportMIME].(map[string]any); ok && report["kind"] == "compare" {
				reports++
				checkReport(t, report)
			}
		}
	}
	if timings < 2 {
		t.Errorf("%d timeit lines, want 2:\n%s", timings, plain.String())
	}
	if reports == 0 {
		t.Errorf("no output holds a %s of a comparison", reportMIME)
	}
	if !strings.Contains(plain.String(), "results equal") {
		t.Errorf("the comparison does not say that the results are equal:\n%s", plain.String())
	}
	if !reportLine.MatchString(plain.String()) {
		t.Errorf("the report's line is missing:\n%s", plain.String())
	}
	if !strings.Contains(rich.String(), staticChart) || !strings.Contains(rich.String(), "<script") {
		t.Error("no output holds the speedup chart, static and live")
	}
}

// checkReport looks for the fields that charts and readers rely on.
func checkReport(t *testing.T, report map[string]any) {
	t.Helper()
	for _, field := range []string{"items", "tier", "cores", "wall_s", "runs", "speedup", "efficiency", "equal", "verdict"} {
		if _, ok := report[field]; !ok {
			t.Errorf("the report has no %q: %v", field, report)
		}
	}
	if report["equal"] != true || report["items"] != json.Number("100") {
		t.Errorf("the report says equal %v, items %v", report["equal"], report["items"])
	}
	runs, _ := report["runs"].([]any)
	if len(runs) < 2 {
		t.Errorf("%d runs in the report", len(runs))
	}
	for _, r := range runs {
		for _, field := range []string{"label", "workers", "mean_s", "std_s", "min_s", "all_s"} {
			if fields, _ := r.(map[string]any); fields[field] == nil {
				t.Errorf("a run has no %q: %v", field, r)
			}
		}
	}
}
