// Command host is the engine process: it runs the cells of a GoBlaze session.
// The kernel process builds it with the user's own toolchain, so that it can
// load plugins made by it, and starts it; see package server.
package main

import (
	"os"

	"github.com/goblaze/goblaze/engine/host/server"
	"github.com/goblaze/goblaze/engine/host/symbols"
)

func main() { os.Exit(server.Main(symbols.Symbols)) }
