package magics

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A UsageError is a magic that is written wrongly, or can't do what it is
// asked: where, what, and what to write instead.
type UsageError struct {
	Magic     string // with its per cent signs
	Line, Col int    // 1-based place in the cell, 0 when unknown
	Msg       string
	Hint      string // may be empty
}

func (e *UsageError) Error() string { return sentence(e.Magic+": "+e.Msg, e.Hint) }

// An UnknownError is a name that no magic has, or an option that the magic
// does not have.
type UnknownError struct {
	What      string // "magic" or "option"
	Name      string // as written
	Magic     string // of an option: its magic, with per cent signs
	Nearest   string // the nearest that exists, "" when none is near
	Instead   string // what does the same here, of a magic that IPython has
	Line, Col int
}

func (e *UnknownError) Error() string {
	if e.What == "option" {
		return sentence(fmt.Sprintf("%s has no option %s", e.Magic, e.Name), e.Hint())
	}
	return sentence("no magic "+e.Name, e.Hint())
}

// Hint says what to write instead.
func (e *UnknownError) Hint() string {
	switch {
	case e.Instead != "":
		return e.Instead
	case e.Nearest != "":
		return "did you mean " + e.Nearest + "?"
	case e.What == "option":
		return e.Magic + " -h lists them"
	}
	return "%lsmagic lists them"
}

// An ExitError is a script that ended with a code other than 0.
type ExitError struct {
	Command  string
	ExitCode int
}

func (e *ExitError) Error() string {
	return fmt.Sprintf("%s: exit status %d (--no-raise-error goes on in spite of it)", e.Command, e.ExitCode)
}

func sentence(what, hint string) string {
	if hint == "" {
		return what
	}
	return what + " (" + hint + ")"
}

// nearest returns the candidate with the smallest edit distance to name, ""
// when even that one shares little with it.
func nearest(name string, candidates []string) string {
	best, at := "", 1+utf8.RuneCountInString(name)/2
	for _, c := range candidates {
		if d := distance(strings.ToLower(name), c); d < at || d == at && best == "" {
			best, at = c, d
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours cost one each.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, above := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row := make([]int, len(t)+1)
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above = above, row
	}
	return above[len(t)]
}
