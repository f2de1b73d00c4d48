#!/usr/bin/env bash
# The workshop page: run.sh PROGRAM FOLDER. Needs the page beside the program (analysis/workshop/build.sh).
set -euo pipefail
program=$1 folder=$2 here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd) build=$(dirname "$1")
mkdir -p "$folder"
cp "$here"/../web/package.json "$here"/../web/package-lock.json "$here"/../web/.npmrc "$here"/../web/browser.mjs "$here"/*.mjs "$folder"
[ -d "$folder/node_modules/axe-core" ] || npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
cmp "$build/workshop.html" "$root/results/published/workshop.html" || {
  echo "the page that is kept is not what the sources make: bash analysis/workshop/build.sh results/published/workshop.html"
  exit 1
}
export ENGINE="$root/build/wasm/workshop-engine" PARTS="$root/build/wasm/page/parts.mjs" PROGRAM="$program" FINGERPRINT="$build/hubsim-fingerprint"
"$program" workshop -o "$folder/workshop.html" >/dev/null

# A page with schools of the user's own: names that could be mistaken for markup stay text.
"$program" import table "$here/schools.csv" -o "$folder/schools.json" >/dev/null 2>&1
"$program" workshop --preset "$folder/schools.json" -o "$folder/local.html" >/dev/null 2>"$folder/local.txt"
for faulty in not-json.txt empty.json; do
  status=0; "$program" workshop --preset "$here/$faulty" -o "$folder/never.html" >/dev/null 2>"$folder/faulty.txt" || status=$?
  [ "$status" = 3 ] && [ ! -e "$folder/never.html" ] || { echo "a faulty preset ($faulty) ended with $status"; exit 1; }
done

node "$folder/codes.mjs"
node "$folder/value.mjs"
node "$folder/engine.mjs" "$folder"
node "$root/build/wasm/page/claims.mjs" "$ENGINE.js" "$ENGINE.wasm" "$PARTS"
node "$folder/page.mjs" "$folder"
