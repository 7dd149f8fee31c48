package main

import "embed"

// sources are what the engine process is built from on the user's machine (build.Folders, and a test there compares
// the two lists). Whole folders: packages below them, assembly and generated symbols come along; tests are left out when
// they are extracted.
//
//go:embed go.mod go.sum display vectorizer engine/parallel engine/rt engine/wire engine/host
var sources embed.FS
