#!/usr/bin/env bash
# What a graphics card makes of the model, in under three minutes: card.sh [FOLDER]. Prints the card and its driver, how many
# worlds have the processor's fingerprints, and nanoseconds per agent-month by number of worlds and by process, beside one
# processor thread. Builds what it needs, or runs hubsim-card-bench and card.ptx out of FOLDER, built elsewhere.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=${1:-$root/build/release}
if [ $# = 0 ]; then
  cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build "$folder" --target hubsim-card-bench card-code >/dev/null
fi
"$folder/hubsim-card-bench" "$folder/card.ptx" "$root/scenarios/smoke.json" 2 | sed -n '1,3p'
exec "$folder/hubsim-card-bench" "$folder/card.ptx" "$root/scenarios/expansion.json" "${HUBSIM_CARD_REPLICATES:-20}"
