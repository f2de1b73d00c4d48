#!/usr/bin/env bash
# What a build costs: build.sh [TARGET...] builds from nothing in a folder of its own and prints processor seconds, wall
# seconds, and the ten files that take longest. Default target: hubsim, what the first command of the README builds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$folder/configure.log"
TIMEFORMAT='%U user + %S system processor seconds, %R s of wall time'
[ $# -gt 0 ] || set -- hubsim
time cmake --build "$folder" --target "$@" >"$folder/build.log" || { tail -n 30 "$folder/build.log"; exit 1; }
awk '!/^#/ { seconds[$4] = ($2 - $1) / 1000 } END { for (f in seconds) printf "%6.1f s  %s\n", seconds[f], f }' "$folder/.ninja_log" |
  sort -rn | grep -F .o | head -n 10
