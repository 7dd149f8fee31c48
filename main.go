// Command goblaze is a Jupyter kernel for Go that teaches and delivers
// parallelism. `goblaze install` makes it known to Jupyter; `goblaze run` runs
// a notebook with no Jupyter on the machine.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is the release's, set by the linker.
var version = "0.1.0-dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := rootCommand().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "goblaze:", err)
		os.Exit(1)
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "goblaze",
		Short:         "A Jupyter kernel for Go: instant, fast, and parallel with one line",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(installCommand(), uninstallCommand(), kernelCommand(), runCommand(), doctorCommand(), versionCommand(), engineCommand())
	return root
}
