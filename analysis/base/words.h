#pragma once
#include <cstdio>
#include <string>

namespace hubs {

/// "1 plan", "2 plans".
inline std::string counted(std::size_t n, const std::string& one) {
    return std::to_string(n) + " " + one + (n == 1 ? "" : "s");
}

/// A number with so many places; what rounds to nothing is 0, never -0. `plus`: with its sign.
inline std::string decimal(double x, int places, bool plus = false) {
    char text[400];
    std::snprintf(text, sizeof text, plus ? "%+.*f" : "%.*f", places, x);
    std::string out = text;
    if (out[0] == '-' && out.find_first_not_of("-0.") == std::string::npos) out.erase(0, 1);
    return out;
}

}  // namespace hubs
