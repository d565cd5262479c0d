#!/bin/sh
# Runs its arguments on the pinned Bun, wherever it comes from: PATH, node_modules, or npx.
# A machine with only Node + npm and a machine with only Bun both get the same runtime.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
want=$(sed -n 's/.*"packageManager": *"bun@\([0-9.]*\)".*/\1/p' "$here/package.json")
if command -v bun >/dev/null 2>&1 && [ "$(bun --version 2>/dev/null)" = "$want" ]; then
  exec bun "$@"
fi
if command -v npx >/dev/null 2>&1; then
  exec npx --yes "bun@$want" "$@"
fi
if command -v bun >/dev/null 2>&1; then
  echo "Bun $want is wanted, $(bun --version) is here; going on with it." >&2
  exec bun "$@"
fi
echo "Neither Bun nor Node with npm is on this machine. Install one of them: https://bun.sh or https://nodejs.org" >&2
exit 1
