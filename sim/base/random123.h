#pragma once
// The one door to Random123. It does not know WebAssembly and stops there; its portable
// branch is the one it takes for RISC-V, which gives the same integers.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <limits>
#include <stdexcept>
#if defined(__wasm__)
#define __riscv 1
#include <Random123/philox.h>
#undef __riscv
#else
#include <Random123/philox.h>
#endif
