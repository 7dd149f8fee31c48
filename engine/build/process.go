package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// command is one run of a tool.
type command struct {
	dir  string
	env  []string
	argv []string
	nice bool // give way to the user's cells
}

type result struct {
	stdout []byte
	log    string // standard error, or standard output where the tool writes its complaints there
}

// run starts the command in a process group of its own and waits for it and for all it started. When ctx ends, the
// whole group is killed and ctx's error is returned. The error of a command that fails holds its first line.
func run(ctx context.Context, c command) (result, error) {
	if err := ctx.Err(); err != nil {
		return result{}, err
	}
	cmd := exec.CommandContext(ctx, c.argv[0], c.argv[1:]...)
	cmd.Dir, cmd.Env = c.dir, append(c.env[:len(c.env):len(c.env)], "PWD="+c.dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	ownGroup(cmd)
	cmd.WaitDelay = 2 * time.Second // a grandchild that left the group must not keep us
	err := cmd.Start()
	if err == nil {
		if c.nice {
			lowerPriority(cmd.Process.Pid)
		}
		err = cmd.Wait()
	}
	res := result{stdout.Bytes(), stderr.String()}
	if err == nil {
		return res, nil
	}
	if ctx.Err() != nil {
		return res, ctx.Err()
	}
	if strings.TrimSpace(res.log) == "" {
		res.log = stdout.String()
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return res, fmt.Errorf("starting %s: %w", c.argv[0], err)
	}
	return res, fmt.Errorf("%s: %w: %s", filepath.Base(c.argv[0]), err, firstLine(res.log))
}
