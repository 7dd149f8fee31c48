package rt

import (
	"errors"
	"flag"
	"io"
	"testing"
)

// TestFlagSetParseKeepsItsWays checks what is no error, and the other ways of
// handling one; the rest is shown by the hostile cells.
func TestFlagSetParseKeepsItsWays(t *testing.T) {
	f := flag.NewFlagSet("x", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	n := f.Int("n", 1, "a number")
	if err := FlagSetParse(f, []string{"-n", "7", "rest"}); err != nil || *n != 7 || f.Arg(0) != "rest" {
		t.Errorf("n = %d, rest %q, error %v", *n, f.Args(), err)
	}
	if err := FlagSetParse(f, []string{"-h"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h gives %v", err)
	}
	if f.ErrorHandling() != flag.ContinueOnError {
		t.Error("the way of handling errors has changed")
	}
}
