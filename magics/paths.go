package magics

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// maxPaths bounds how many files are proposed.
const maxPaths = 500

var (
	// pathMagic matches a line up to the one path that its magic takes.
	pathMagic = regexp.MustCompile(`^\s*%(?:(cd)\s+(?:-q\s+)?|ls\s+(?:.*\s)?|%(?:writefile|file)\s+(?:-a\s+|--append\s+)?)`)
	// shellHead matches a line up to its command.
	shellHead = regexp.MustCompile(`^\s*(?:[\pL_][\pL\pN_, ]*:?=\s*)?!!?`)
)

// CompletePath completes a file's name at a cursor in a cell, where a magic or
// a shell command takes one; dir is the session's folder. The cursor is an
// offset in code points. It reads one folder.
func CompletePath(cell string, cursor int, dir string) (c Completions, ok bool) {
	r := []rune(cell)
	c.End = min(max(cursor, 0), len(r))
	before := string(r[:c.End])
	before = before[strings.LastIndexByte(before, '\n')+1:]
	word, folders, shell := "", false, false
	if m := pathMagic.FindStringSubmatch(before); m != nil {
		word, folders = before[len(m[0]):], m[1] != ""
	} else if head := shellHead.FindString(before); head != "" {
		word, shell = lastWord(before[len(head):]), true
		if len(word) == len(before)-len(head) && !strings.ContainsRune(word, '/') {
			return c, false // a command's name
		}
	} else {
		return c, false
	}
	if strings.HasPrefix(word, "-") || strings.ContainsAny(word, "\"'`$*?{") {
		return c, false
	}
	c.Start = c.End - len([]rune(word))
	c.Matches = paths(word, dir, folders, shell)
	return c, true
}

// lastWord returns what stands behind the last blank that no backslash takes.
func lastWord(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if isBlank(s[i]) && (i == 0 || s[i-1] != '\\') {
			return s[i+1:]
		}
	}
	return s
}

// paths lists the files whose names go on as written: folders with a slash,
// hidden ones when a dot is written, blanks with a backslash for the shell.
func paths(written, dir string, folders, shell bool) []string {
	list := []string{}
	plain := written
	if shell {
		plain = strings.ReplaceAll(written, `\ `, " ")
	}
	at := strings.LastIndexByte(plain, '/') + 1
	from := home(plain[:at])
	if !filepath.IsAbs(from) {
		from = filepath.Join(dir, from)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return list
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, plain[at:]) || name[0] == '.' && !strings.HasPrefix(plain[at:], ".") {
			continue
		}
		st, err := os.Stat(filepath.Join(from, name))
		isFolder := err == nil && st.IsDir()
		if folders && !isFolder {
			continue
		}
		if name = plain[:at] + name; isFolder {
			name += "/"
		}
		if shell {
			name = strings.ReplaceAll(name, " ", `\ `)
		}
		if list = append(list, name); len(list) == maxPaths {
			break
		}
	}
	return list
}
