#!/usr/bin/env bash
# Two ranks make the bytes of one process; stopped, they go on. mpi.sh PROGRAM FOLDER
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
mpirun -n 3 "$program" sweep run small.json -o stopped --mpi --threads 1 >/dev/null 2>&1 & job=$!
sleep 0.8; kill -TERM $job; wait $job || true
mpirun -n 3 "$program" sweep run small.json -o stopped --mpi --threads 1
"$program" sweep merge stopped >/dev/null
diff -r alone/merged stopped/merged && echo "three ranks, stopped and gone on: same bytes"
