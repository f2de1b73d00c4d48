#!/usr/bin/env bash
# The example of docs/sweeps.md: shards by a plain shell, one killed on the way. shell.sh PROGRAM FOLDER
set -euo pipefail
export PATH="$(dirname "$1"):$PATH"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$2"; mkdir -p "$2"; cp "$here"/*.json "$2"; cd "$2"
hubsim import table "$here/schools.csv" -o schools.json >/dev/null
hubsim sweep run small.json -o alone >/dev/null 2>&1
hubsim sweep merge alone >/dev/null

hubsim sweep plan small.json -o sweep >/dev/null
seq 0 63 | head -n 20 | JOB_COMPLETION_INDEX=99 xargs -P 2 -I{} env JOB_COMPLETION_INDEX={} hubsim sweep run sweep >/dev/null 2>&1
hubsim sweep missing sweep && exit 1
{ hubsim sweep missing sweep --json || true; } | tr -d '[] ' | tr ',' '\n' | xargs -P 2 -I{} env JOB_COMPLETION_INDEX={} hubsim sweep run sweep >/dev/null 2>&1
hubsim sweep verify sweep
hubsim sweep merge sweep >/dev/null
diff -r alone/merged sweep/merged && echo "shards by xargs: same bytes"
