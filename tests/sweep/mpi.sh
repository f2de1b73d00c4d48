#!/usr/bin/env bash
# Two ranks make the bytes of one process; stopped or failing, they go on. mpi.sh PROGRAM FOLDER [FAULTS]
set -euo pipefail
program=$1 here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
rm -rf "$2"; mkdir -p "$2"; cp "$here"/*.json "$2"; cd "$2"
"$program" import table "$here/schools.csv" -o schools.json >/dev/null
"$program" sweep run small.json -o alone >/dev/null 2>&1
"$program" sweep merge alone >/dev/null
mpirun -n 2 "$program" sweep run small.json -o ranks --mpi --threads 1
"$program" sweep merge ranks >/dev/null
diff -r alone/merged ranks/merged && echo "two ranks: same bytes"
# A rank whose disk fails says so, and leaves no other rank waiting.
if [ -n "${3:-}" ]; then
  "$program" sweep plan small.json -o failing >/dev/null
  code=0
  timeout 60 mpirun -n 1 "$program" sweep run failing --mpi --threads 1 : -n 1 -x LD_PRELOAD="$3" -x FAULT_UNDER=failing/shards/ -x FAULT_ERROR=28 -x FAULT_AT=20 \
    "$program" sweep run failing --mpi --threads 1 >failing.txt 2>&1 || code=$?
  grep -q 'No space left on device' failing.txt && [ $code != 124 ] && [ $code != 0 ] || { cat failing.txt; echo "code $code"; exit 1; }
  mpirun -n 2 "$program" sweep run failing --mpi --threads 1 >/dev/null
  "$program" sweep merge failing >/dev/null
  diff -r alone/merged failing/merged && echo "a rank failed, was told of, and gone on: same bytes"
fi
sed 's/"points": 16/"points": 64/' small.json > longer.json
mpirun -n 3 "$program" sweep run longer.json -o stopped --mpi --threads 1 >/dev/null 2>&1 & job=$!
sleep 1.5; kill -TERM $job; wait $job && { echo "it was not stopped"; exit 1; }
[ -n "$("$program" sweep missing stopped)" ] || { echo "nothing was left to do"; exit 1; }
mpirun -n 3 "$program" sweep run longer.json -o stopped --mpi --threads 1
"$program" sweep merge stopped >/dev/null
"$program" sweep run longer.json -o left-alone >/dev/null 2>&1
"$program" sweep merge left-alone >/dev/null
diff -r left-alone/merged stopped/merged && echo "three ranks, stopped and gone on: same bytes"
