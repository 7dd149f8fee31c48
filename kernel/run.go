package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// errSignal and errOrphan are the causes of an end that Run takes as asked
// for.
var (
	errSignal = errors.New("kernel: ended by a signal")
	errOrphan = errors.New("kernel: the process that started it has ended")
)

// orphanPoll is how often the parent process is looked for.
const orphanPoll = time.Second

// Run is the kernel that Jupyter starts: it serves the connection file with
// exec until a front end asks for shutdown, SIGTERM or SIGHUP arrives, or the
// process that JPY_PARENT_PID names has ended; all of them return nil. SIGINT
// interrupts the cell that runs. Ports that are 0 in the file are chosen and
// written back to it. ctx ends the kernel with its cause as the error.
func Run(ctx context.Context, connectionFile string, exec Executor, opts Options) error {
	info, err := ReadConnectionFile(connectionFile)
	if err != nil {
		return err
	}
	server, err := Listen(info, exec, opts)
	if err != nil {
		return err
	}
	if server.Info() != info {
		if err := server.Info().write(connectionFile); err != nil {
			server.Close()
			return fmt.Errorf("connection file: %w", err)
		}
	}
	ctx, end := context.WithCancelCause(ctx)
	var watchers sync.WaitGroup
	defer watchers.Wait()
	defer end(nil)
	watchers.Go(func() { watchSignals(ctx, server, end) })
	watchers.Go(func() { watchParent(ctx, end) })

	err = server.Serve(ctx)
	if errors.Is(err, errSignal) || errors.Is(err, errOrphan) {
		return nil
	}
	return err
}

// watchSignals interrupts on SIGINT and ends on SIGTERM and SIGHUP.
func watchSignals(ctx context.Context, server *Server, end context.CancelCauseFunc) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	for {
		select {
		case <-ctx.Done():
			return
		case sig := <-signals:
			if sig == os.Interrupt {
				server.Interrupt()
				continue
			}
			end(fmt.Errorf("%w: %v", errSignal, sig))
		}
	}
}

// watchParent ends the kernel when the process that JPY_PARENT_PID names is
// gone. Without the variable the kernel is meant to outlive who started it.
func watchParent(ctx context.Context, end context.CancelCauseFunc) {
	pid, err := strconv.Atoi(os.Getenv("JPY_PARENT_PID"))
	if err != nil || pid <= 0 {
		return
	}
	gone := parentWatch(pid)
	ticker := time.NewTicker(orphanPoll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if gone() {
				end(errOrphan)
				return
			}
		}
	}
}
