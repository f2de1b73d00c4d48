#pragma once
// Catch2 2 (Debian 12) or 3 (Ubuntu 24.04).
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch2/catch_all.hpp>
using Catch::Approx;
#endif
