#!/usr/bin/env bash
# library.sh BUILD WORK: the model as a library, as somebody else's program uses it. The example of docs/library is built
# against the installed library (moved elsewhere first) with CMake and with pkg-config, and must give the fingerprint of
# the program; add_subdirectory must configure.
set -euo pipefail
build=$1 work=$2 source=$(cd "$(dirname "$0")/.." && pwd)
fail() { echo "$*" >&2; exit 1; }
rm -rf "$work" && mkdir -p "$work"
cmake --install "$build" --prefix "$work/first" --component library >"$work/install.log"
mv "$work/first" "$work/prefix"  # wherever it is unpacked
expected=$(cat "$source/tests/golden/smoke.txt")

check() {  # NAME PROGRAM
    "$2" "$source/scenarios/smoke.json" >"$work/$1.csv" || fail "$1: the example failed"
    [ "$(tail -n 1 "$work/$1.csv")" = "$expected" ] || fail "$1: $(tail -n 1 "$work/$1.csv") instead of $expected"
    [ "$(head -n 1 "$work/$1.csv")" = plan,month,stuck_percent ] || fail "$1: no header"
    # two plans of 24 months and a start; nobody is a member under the first
    [ "$(grep -c '^no hubs,[0-9]*,0\.0$' "$work/$1.csv")" = 25 ] || fail "$1: months of \"no hubs\""
    [ "$(grep -c '^one area,' "$work/$1.csv")" = 25 ] || fail "$1: months of \"one area\""
}
cmake -S "$source/docs/library" -B "$work/example" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Release >"$work/configure.log"
cmake --build "$work/example" >"$work/build.log" || { cat "$work/build.log"; fail "find_package: the example does not build"; }
check find_package "$work/example/stuck"

if command -v pkg-config >/dev/null; then
    export PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name hubsim.pc)")
    # shellcheck disable=SC2046
    c++ -O2 "$source/docs/library/stuck.cpp" $(pkg-config --cflags --libs hubsim) -o "$work/stuck"
    check pkg-config "$work/stuck"
fi

mkdir "$work/parent"
printf 'cmake_minimum_required(VERSION 3.25)\nproject(parent LANGUAGES CXX)\nset(HUBSIM_CORE_ONLY ON)\nadd_subdirectory("%s" hubsim EXCLUDE_FROM_ALL)\nadd_executable(stuck "%s/docs/library/stuck.cpp")\ntarget_link_libraries(stuck PRIVATE hubsim::hubsim)\n' \
    "$source" "$source" >"$work/parent/CMakeLists.txt"
cmake -S "$work/parent" -B "$work/parent/build" -DCMAKE_BUILD_TYPE=Release >"$work/parent.log" || fail "add_subdirectory does not configure"
echo "the example has the fingerprint $expected with find_package$(command -v pkg-config >/dev/null && echo " and pkg-config"); add_subdirectory configures"
