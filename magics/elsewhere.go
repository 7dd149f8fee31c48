package magics

// elsewhere says what to write instead of magics that IPython has and GoBlaze
// does not: a name that looks alike would lead astray.
var elsewhere = func() map[string]string {
	all := map[string]string{
		"run":             "write !go run FILE for a program; what cells use belongs into cells, or into a package that they import",
		"load":            "write !cat FILE and copy what you need: a cell can't be rewritten from inside",
		"save":            "write %history -n to see the cells, and %%writefile FILE on the first line of the one to keep",
		"edit":            "write %%writefile FILE on the first line of a cell",
		"rerun":           "run the cell again; %history shows what it was",
		"recall":          "write %history to see earlier cells",
		"macro":           "declare a function",
		"notebook":        "save the notebook in the front end; goblaze run executes one",
		"capture":         "write x := !command for a command; a cell's own output can go to a strings.Builder by fmt.Fprintln",
		"sx":              "write x := !command",
		"system":          "write x := !command",
		"magic":           "write %help",
		"quickref":        "write %help",
		"pinfo":           "write name?",
		"pinfo2":          "write name??",
		"pdoc":            "write name?",
		"pdef":            "write name?",
		"psource":         "write name??",
		"pfile":           "write name??",
		"psearch":         "write %who for the session's names, and press Tab after a package's dot",
		"who_ls":          "write %who",
		"xdel":            "write %reset to forget every name; a variable's memory is freed by x = nil",
		"del":             "write %reset to forget every name; a variable's memory is freed by x = nil",
		"reset_selective": "write %reset to forget every name",
		"pip":             "Go's modules are added by %get PATH, or by importing them",
		"conda":           "Go's modules are added by %get PATH, or by importing them",
		"mamba":           "Go's modules are added by %get PATH, or by importing them",
		"uv":              "Go's modules are added by %get PATH, or by importing them",
		"prun":            "write %timeit for the time of a statement; runtime/pprof writes profiles",
		"lprun":           "write %timeit for the time of a statement; runtime/pprof writes profiles",
		"memit":           "runtime.ReadMemStats tells what was allocated",
		"mprun":           "runtime.ReadMemStats tells what was allocated",
		"debug":           "there is no debugger: a panic names the cell's lines, fmt.Printf(\"%+v\\n\", x) shows a value",
		"pdb":             "there is no debugger: a panic names the cell's lines, fmt.Printf(\"%+v\\n\", x) shows a value",
		"tb":              "a panic names the cell's lines below it",
		"precision":       "write fmt.Printf(\"%.3f\\n\", x)",
		"pprint":          "write fmt.Printf(\"%+v\\n\", x)",
		"store":           "write the value to a file: encoding/json or encoding/gob",
		"clear":           "write display.Clear() for the cell's output; the front end's menu clears the others",
		"cls":             "write display.Clear() for the cell's output; the front end's menu clears the others",
		"page":            "name? shows a value's documentation in the pager",
		"pycat":           "write !cat FILE",
		"pushd":           "write %cd DIR, and %cd - to go back",
		"popd":            "write %cd -",
		"dhist":           "write %cd -, which goes back to the folder before",
		"dirs":            "write %cd -, which goes back to the folder before",
		"bookmark":        "write %cd DIR, or declare a constant",
		"alias":           "write !command",
		"unalias":         "write !command",
		"rehashx":         "write !command",
		"paste":           "paste into a cell",
		"cpaste":          "paste into a cell",
		"exit":            "close or restart the kernel in the front end's menu",
		"quit":            "close or restart the kernel in the front end's menu",
	}
	for _, name := range []string{"python", "python3", "python2", "pypy", "perl", "ruby", "cmd", "powershell", "node", "awk", "zsh"} {
		all[name] = "write %%script " + name + " on the first line"
	}
	for _, name := range []string{"cat", "cp", "mv", "rm", "mkdir", "rmdir", "less", "more", "man", "touch", "grep", "head", "tail"} {
		all[name] = "write !" + name + " …"
	}
	for _, name := range []string{"ll", "lf", "lx", "ldir", "lk"} {
		all[name] = "write %ls -l"
	}
	for _, name := range []string{"matplotlib", "pylab", "gui", "autoreload", "load_ext", "reload_ext", "unload_ext", "autocall", "automagic", "autoawait", "autosave", "autopx", "config", "colors", "xmode",
		"doctest_mode", "logstart", "logstop", "logon", "logoff", "logstate", "connect_info", "qtconsole", "killbgscripts", "code_wrap", "pastebin", "profile", "alias_magic", "subshell", "mypy", "black"} {
		all[name] = "it concerns IPython only: leave it out"
	}
	return all
}()
