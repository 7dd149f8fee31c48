#!/usr/bin/env bash
# Runs all Go tests and ends with a line that counts them. Packages run two
# at a time, because several of them measure and all of them start processes.
# Those in which goroutines meet run under the race detector, but for what loads
# plugins: an engine with the detector would want plugins with it.
set -euo pipefail
cd "$(dirname "$0")/.."

raced=(./display ./engine/host/forge ./engine/process ./engine/rt/... ./engine/wire ./kernel/... ./magics/... ./vectorizer)
mapfile -t others < <(go list ./... | grep -vxFf <(go list "${raced[@]}"))
flags=(-json -p "${TEST_PACKAGES:-2}" -timeout 45m "$@")
{
  status=0
  go test -race "${flags[@]}" "${raced[@]}" || status=$?
  go test "${flags[@]}" "${others[@]}" || status=$?
  echo "{\"Action\":\"exit-status\",\"Output\":\"$status\"}"
} | go run ./tests/summary
