// Command host opens the plugins named on its command line, in order, and runs what each hands over.
package main

import (
	"fmt"
	"os"
	"plugin"

	"github.com/goblaze/goblaze/engine/rt"
	"github.com/goblaze/goblaze/vectorizer"
)

func main() {
	for _, file := range os.Args[1:] {
		if _, err := plugin.Open(file); err != nil {
			fmt.Println("plugin.Open:", err)
			os.Exit(1)
		}
		for _, f := range rt.Take() {
			f()
		}
	}
	if vectorizer.Calls > 0 {
		fmt.Println("vectorizer calls seen by the host:", vectorizer.Calls)
	}
}
