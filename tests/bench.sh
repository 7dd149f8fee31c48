#!/usr/bin/env bash
# Runs every benchmark program in turn. Each prints its own table with ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in tests/bench/*/; do
  echo "== ${program#tests/bench/}"
  go run "./$program" "$@"
  echo
done
if [ "${BENCH_PEERS:-1}" = 1 ]; then
  echo "== vectorizer beside its peers"
  (cd vectorizer/bench && go run .)
fi
