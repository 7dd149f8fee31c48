#!/usr/bin/env bash
# Runs every benchmark program in turn. Each prints its own table with ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in tests/bench; do
  go run "./$program" "$@"
done
