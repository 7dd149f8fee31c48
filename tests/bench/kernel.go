package bench

import (
	"flag"
	"fmt"

	"github.com/goblaze/goblaze/tests/client"
)

// Binary defines the flag that names the command to measure.
func Binary() *string { return flag.String("goblaze", "bin/goblaze", "the command to measure") }

// A Kernel is a kernel in which a failing cell ends the measurement.
type Kernel struct{ *client.Kernel }

// Launch starts the kernel of a goblaze binary and waits until it answers.
func Launch(binary string) (Kernel, error) {
	k, err := client.Launch([]string{binary, "kernel", "{connection_file}"}, nil)
	return Kernel{k}, err
}

// Run runs a cell and returns what it showed.
func (k Kernel) Run(code string) ([]client.Message, error) {
	reply, output, err := k.Execute(code)
	if err == nil && reply["status"] != "ok" {
		err = fmt.Errorf("cell failed: %v: %v\n%.300s", reply["ename"], reply["evalue"], code)
	}
	return output, err
}

// Print runs a cell and returns what it printed.
func (k Kernel) Print(code string) (string, error) {
	output, err := k.Run(code)
	return client.Stdout(output), err
}

// Report runs a cell of %vectorize and returns its report (UX.md,
// application/vnd.goblaze.report+json) and the wall-clock seconds in it.
func (k Kernel) Report(code string) (report map[string]any, wall float64, err error) {
	output, err := k.Run(code)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range output {
		data, _ := m.Content["data"].(map[string]any)
		report, _ := data["application/vnd.goblaze.report+json"].(map[string]any)
		if wall, ok := report["wall_s"].(float64); ok {
			return report, wall, nil
		}
	}
	return nil, 0, fmt.Errorf("%q showed no report", code)
}
