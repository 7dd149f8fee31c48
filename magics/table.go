package magics

var (
	timeitFlags = []flag{
		{short: "n", value: "N", help: "loops a run; without it powers of ten are tried until a run takes 0.2 s"},
		{short: "r", value: "R", help: "runs (default 7)"},
		{short: "p", value: "P", help: "significant digits (default 3)"},
		{short: "q", help: "print nothing"},
		{short: "o", help: "the value is the timing (implied by x := %timeit)"},
		{short: "v", value: "NAME", help: "keep the timing in NAME"},
		{short: "t", help: "wall-clock time (default)"},
		{short: "c", help: "CPU time of the process, user and system"},
		{short: "w", value: "N[,N…]", help: "run the statement on N workers at once, one line each, and a chart of throughput"},
	}
	vectorizeFlags = []flag{
		{short: "w", long: "workers", value: "N[,N…]", help: "workers: -1 (default) every core, 0 in the calling goroutine"},
		{short: "c", long: "chunk", value: "auto|N", help: "items taken at a time", choices: []string{"auto", "N"}},
		{long: "init", value: "FUNC", help: "func(rank int) S or (S, error), once a worker; S is the last argument of every call"},
		{long: "each", value: "FUNC", help: "func() or func(i int, r R), after every item, never at two places at once"},
		{long: "errors", value: "stop|collect", help: "the first error cancels the rest (default), or all are collected", choices: []string{"stop", "collect"}},
		{long: "timeout", value: "DURATION", help: "past it: an error with what was done"},
		{long: "tier", value: "auto|interp|compiled", help: "where the function runs; a list with --compare", choices: tierNames, list: true},
		{long: "compare", help: "also sequentially and with each number in -w, with chart and table"},
		{short: "r", long: "repeat", value: "R", help: "runs each with --compare (default 3)"},
		{long: "force", help: "accept a loop that may not be independent"},
		{long: "self-contained", help: "charts carry their library (Colab)"},
		{short: "q", long: "quiet", help: "no report"},
		{short: "o", long: "out", value: "NAME", help: "the result's name"},
	}
	scriptFlags = []flag{
		{long: "out", value: "NAME", help: "keep standard output in NAME, a string"},
		{long: "err", value: "NAME", help: "keep standard error in NAME, a string"},
		{long: "no-raise-error", help: "an exit status other than 0 is no error"},
	}
	historyFlags = []flag{
		{short: "n", help: "with line numbers"},
		{short: "o", help: "with outputs"},
		{short: "p", help: "with >>> prompts"},
		{short: "t", help: "as IPython: the translated source, which here is the source"},
		{short: "g", help: "search: the arguments are a glob pattern"},
		{short: "l", value: "[N]", optional: true, help: "the last N cells (10)"},
		{short: "u", help: "with -g: equal cells once"},
		{short: "f", value: "FILE", help: "write to FILE"},
	}
	resetFlags = []flag{
		{short: "f", help: "don't ask (a notebook never asks)"},
		{short: "s", help: "soft: keep the history"},
	}
	tierNames = []string{"auto", "interp", "compiled"}
)

// commands is the table: one row a magic, in the order of %help. It is filled
// in init because %help reads it.
var commands []*command

func init() {
	commands = []*command{
		{name: "vectorize", line: true, cell: true, usage: "[options] FUNC ITEMS [ARGS…]", flags: vectorizeFlags, run: vectorize,
			help: "Calls FUNC on every item in parallel; the results keep the order of the items.\n" +
				"Over a cell it runs the loop of the cell in parallel: %%vectorize -w 4"},
		{name: "timeit", line: true, cell: true, usage: "[options] STATEMENT", flags: timeitFlags, run: timeit,
			help: "Times a statement many times: mean and deviation of 7 runs.\n" +
				"Over a cell, the line is setup, run before every run, and the cell is timed."},
		{name: "time", line: true, cell: true, raw: true, usage: "STATEMENT", run: timeOnce,
			help: "Runs a statement, or a cell, once: CPU and wall-clock time; gives its value."},
		{name: "compare", line: true, cell: true, usage: "[-n N] [-r R] [LABEL: EXPRESSION]", flags: timeitFlags[:4], run: compare,
			help: "Times one \"label: expression\" a line as %timeit does: one table, one chart, speedup over the first.\n" +
				"Without lines it shows the timings taken so far."},
		{name: "workers", line: true, usage: "[N]", run: workers,
			help: "Shows or sets the default number of workers (-1: every core)."},
		{name: "tier", line: true, usage: "[auto|interp|compiled]", run: tier,
			flags: []flag{{short: "l", long: "log", help: "the log of the last failed build"}},
			help:  "Shows or sets which engine functions run on, with each function's tier and why."},
		{name: "get", line: true, raw: true, usage: "PATH[@VERSION]", run: get,
			help: "Adds a module to the session."},
		{name: "who", line: true, raw: true, usage: "[TYPE…]", run: who,
			help: "Lists the session's names, or those of the given types or kinds."},
		{name: "whos", line: true, raw: true, usage: "[TYPE…]", run: whos,
			help: "Lists the session's names with type and value."},
		{name: "reset", line: true, usage: "[-f] [-s] [in] [out] [dhist]", flags: resetFlags, run: reset,
			help: "Forgets all names, or only the lists named."},
		{name: "history", aliases: []string{"hist"}, line: true, usage: "[options] [RANGE…]", flags: historyFlags, run: history,
			help: "Prints the cells run so far; RANGE is 4 or 4-6."},
		{name: "cd", line: true, raw: true, usage: "[-q] [DIR|-|-N|--TEXT]", run: cd,
			help: "Changes the session's folder; - is the one before, -N the N-th visited, without DIR the home folder."},
		{name: "pwd", line: true, run: pwd, help: "The session's folder."},
		{name: "ls", line: true, raw: true, usage: "[ARGS…]", run: ls, help: "Lists a folder, as ls -F does."},
		{name: "env", aliases: []string{"set_env"}, line: true, raw: true, usage: "[NAME | NAME VALUE | NAME=VALUE]", run: env,
			help: "Shows the environment or one variable of it, or sets one."},
		{name: "writefile", aliases: []string{"file"}, cell: true, usage: "[-a] FILE", run: writefile,
			flags: []flag{{short: "a", long: "append", help: "append to the file"}},
			help:  "Writes the cell to a file."},
		{name: "bash", cell: true, raw: true, usage: "[options] [ARGS…]", flags: scriptFlags, run: script, help: "Runs the cell with bash."},
		{name: "sh", cell: true, raw: true, usage: "[options] [ARGS…]", flags: scriptFlags, run: script, help: "Runs the cell with sh."},
		{name: "script", cell: true, raw: true, usage: "[options] PROGRAM [ARGS…]", flags: scriptFlags, run: script,
			help: "Runs the cell with a program, which reads it from standard input."},
		{name: "html", cell: true, usage: "[--isolated]", run: show("text/html"),
			flags: []flag{{long: "isolated", help: "in a frame of its own"}}, help: "Shows the cell as HTML."},
		{name: "markdown", cell: true, run: show("text/markdown"), help: "Shows the cell as Markdown."},
		{name: "javascript", aliases: []string{"js"}, cell: true, run: show("application/javascript"), help: "Runs the cell as JavaScript in the page."},
		{name: "latex", cell: true, run: show("text/latex"), help: "Shows the cell as LaTeX."},
		{name: "svg", aliases: []string{"SVG"}, cell: true, run: show("image/svg+xml"), help: "Shows the cell as a drawing."},
		{name: "go111module", line: true, raw: true, usage: "on|off", run: go111module,
			help: "gophernotes' switch; modules are always on here."},
		{name: "lsmagic", line: true, run: lsmagic, help: "Lists the magics."},
		{name: "help", line: true, raw: true, usage: "[NAME]", run: help, help: "Shows this table, or one magic's usage."},
	}
}

func table() []*command { return commands }
