package rt

import (
	"errors"
	"flag"
	"os"
)

// FlagParse is flag.Parse for a cell.
func FlagParse() {
	if len(os.Args) > 0 {
		FlagSetParse(flag.CommandLine, os.Args[1:]) // which ends the cell on an error, unless told otherwise
	} else {
		flag.Parse() // which panics, as Go's does
	}
}

// FlagSetParse is (*flag.FlagSet).Parse: with flag.ExitOnError it ends the cell
// where Go's ends the process.
func FlagSetParse(f *flag.FlagSet, args []string) error {
	if f.ErrorHandling() != flag.ExitOnError || current() == nil {
		return f.Parse(args)
	}
	f.Init(f.Name(), flag.ContinueOnError)
	defer f.Init(f.Name(), flag.ExitOnError)
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		Exit(0)
	case err != nil:
		Exit(2)
	}
	return nil
}
