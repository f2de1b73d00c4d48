#!/usr/bin/env bash
# Makes the workshop page: build.sh OUT.html. Needs em++ (Debian's emscripten), node and npm. The page is kept as
# results/published/workshop.html, goes into the program from there, and lends reports its engine: after a change of the
# model or of the page, make it anew there. A test holds its bytes.
set -euo pipefail
out=$(realpath -m "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

# Only the headers it needs, never /usr/include.
mkdir -p build/wasm/include
for headers in boost nlohmann eigen3; do ln -sfn "/usr/include/$headers" "build/wasm/include/$headers"; done
export NODE_PATH=/usr/share/nodejs
cmake --preset wasm
cmake --build --preset wasm --target workshop-engine

# The page is bundled in a folder of its own, so that no source folder holds node_modules.
page=build/wasm/page
mkdir -p "$page"
cp -r analysis/workshop/page/{package.json,package-lock.json,.npmrc,tsconfig.json,build.mjs,claims.mjs,src} "$page"
if ! cmp -s "$page/package-lock.json" "$page/installed-lock.json"; then
  npm --prefix "$page" ci --no-audit --no-fund --loglevel=error
  cp "$page/package-lock.json" "$page/installed-lock.json"
fi
(cd "$page" && ./node_modules/.bin/tsc --noEmit && node build.mjs "$root/build/wasm/workshop-engine.js" "$root/build/wasm/workshop-engine.wasm" "$out")
