#!/usr/bin/env bash
# Makes a report and a sweep's page and looks at them in a browser: run.sh PROGRAM FOLDER
set -euo pipefail
program=$1 folder=$2 here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$folder"
cp "$here"/package.json "$here"/package-lock.json "$here"/.npmrc "$here"/*.mjs "$folder"
[ -d "$folder/node_modules/axe-core" ] || npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error
rm -rf "$folder/out"
"$program" run "$here/../../scenarios/smoke.json" --replicates 40 --months 13 -o "$folder/out" >/dev/null 2>&1
node "$folder/report.mjs" "$folder/out/report.html"
node "$folder/live.mjs" "$folder/out/report.html"
# A worth that is stated, years that are watched on, plans that differ in the hub's money.
rm -rf "$folder/value"
"$program" run "$here/value.json" -o "$folder/value" >/dev/null 2>&1
"$program" verify "$folder/value" >/dev/null
node "$folder/report.mjs" "$folder/value/report.html"
node "$folder/live.mjs" "$folder/value/report.html"
cp "$here"/../sweep/*.json "$folder"
"$program" import table "$here/../sweep/schools.csv" -o "$folder/schools.json" >/dev/null 2>&1
for study in small small-sequence; do
  rm -rf "$folder/$study"
  "$program" sweep run "$folder/$study.json" -o "$folder/$study" >/dev/null 2>&1
  "$program" sweep merge "$folder/$study" >/dev/null
  node "$folder/report.mjs" "$folder/$study/merged/report.html"
done
if command -v soffice >/dev/null; then node "$folder/xlsx.mjs" "$folder/out" "$folder/xlsx"; node "$folder/choose.mjs" "$folder/out" "$folder/choose"; node "$folder/choose.mjs" "$folder/value" "$folder/choose"; else echo "the workbook was not opened: LibreOffice is not there"; fi
