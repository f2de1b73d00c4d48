#!/usr/bin/env bash
# Makes a report and looks at it in a browser: run.sh PROGRAM FOLDER
set -euo pipefail
program=$1 folder=$2 here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$folder"
cp "$here"/package.json "$here"/package-lock.json "$here"/.npmrc "$here"/*.mjs "$folder"
[ -d "$folder/node_modules/axe-core" ] || npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
rm -rf "$folder/out"
"$program" run "$here/../../scenarios/smoke.json" --replicates 40 --months 13 -o "$folder/out" >/dev/null 2>&1
node "$folder/report.mjs" "$folder/out/report.html"
