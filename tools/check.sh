#!/usr/bin/env bash
# Run every check, all of them, and fail at the end if one failed.
set -uo pipefail
failed=()
run() {
  echo "── $*"
  "$@" || failed+=("$*")
}
run ruff check src server tools tests bench
run mypy
run lint-imports
run npm run --silent check
run e4j check
run reuse --suppress-deprecation lint --quiet
if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "all checks passed"
