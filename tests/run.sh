#!/usr/bin/env bash
# Runs all Go tests and ends with a line that counts them. Packages run two
# at a time, because several of them measure and all of them start processes.
set -euo pipefail
cd "$(dirname "$0")/.."
go test -json -p "${TEST_PACKAGES:-2}" -timeout 45m "$@" ./... | go run ./tests/summary
