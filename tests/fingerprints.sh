#!/usr/bin/env bash
# The same scenario has the same fingerprint with g++ and clang++, at -O0, -O2 and -O3
# -march=native, under the address and undefined-behaviour sanitizers, and as WebAssembly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
expected=$(cat tests/golden/smoke.txt)
failed=0

check() {  # NAME COMMAND...
  local name=$1; shift
  local found
  found=$("$@") || found="failed"
  if [ "$found" = "$expected" ]; then echo "fingerprint equal: $name"; else echo "FINGERPRINT DIFFERS: $name: $found, expected $expected"; failed=1; fi
}

core() {  # NAME COMPILER FLAGS [CMAKE OPTIONS]
  local name=$1 compiler=$2 flags=$3; shift 3
  cmake -S . -B "build/core-$name" -G Ninja -DHUBSIM_CORE_ONLY=ON -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" "$@" >"build/core-$name.log" 2>&1 &&
    cmake --build "build/core-$name" --target hubsim-fingerprint >>"build/core-$name.log" 2>&1 || { tail -n 30 "build/core-$name.log"; exit 1; }
  check "$name" "build/core-$name/hubsim-fingerprint" scenarios/smoke.json
}

mkdir -p build
core gcc-O0 g++ "-O0"
core gcc-O2 g++ "-O2"
core gcc-O3-native g++ "-O3" -DHUBSIM_ARCH=-march=native
core clang-O2 clang++ "-O2"
core gcc-sanitized g++ "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"

# Two builds in two folders give the same bytes.
rm -rf build/elsewhere && mkdir -p build/elsewhere
git ls-files -z | xargs -0 cp --parents -t build/elsewhere
cmake -S build/elsewhere -B build/elsewhere/build -G Ninja -DHUBSIM_CORE_ONLY=ON -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS=-O2 >build/elsewhere.log 2>&1 &&
  cmake --build build/elsewhere/build --target hubsim-fingerprint >>build/elsewhere.log 2>&1 || { tail -n 30 build/elsewhere.log; exit 1; }
if cmp build/core-gcc-O2/hubsim-fingerprint build/elsewhere/build/hubsim-fingerprint; then echo "same bytes: two builds in two folders"; else failed=1; fi
rm -rf build/elsewhere

# The readers of files, given mutants, under the same sanitizers.
cmake --build build/core-gcc-sanitized --target hubsim-fuzz >>build/core-gcc-sanitized.log 2>&1 || { tail -n 30 build/core-gcc-sanitized.log; exit 1; }
(cd build && core-gcc-sanitized/hubsim-fuzz "${HUBSIM_MUTANTS:-300}") || failed=1

# WebAssembly with Debian's emscripten: only the headers it needs, never /usr/include.
mkdir -p build/wasm/include
for headers in boost nlohmann; do ln -sfn "/usr/include/$headers" "build/wasm/include/$headers"; done
export NODE_PATH=/usr/share/nodejs
{ cmake --preset wasm && cmake --build --preset wasm; } >build/wasm.log 2>&1 || { tail -n 30 build/wasm.log; exit 1; }
check wasm node build/wasm/hubsim-fingerprint.js scenarios/smoke.json
exit $failed
