#pragma once
#include <string>

#include "sim/base/month.h"

namespace hubs {

/// "2019-07" for the state at the end of that month; month 0 is the month before the start.
inline std::string month_name(const Calendar& calendar, unsigned months_run) {
    const int months = calendar.year * 12 + calendar.month - 1 + static_cast<int>(months_run) - 1;
    const int month = months % 12 + 1;
    return std::to_string(months / 12) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

}  // namespace hubs
