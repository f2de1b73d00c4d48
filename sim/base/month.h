#pragma once
#include <cstdint>

namespace hubs {

/// A step of the run: 0 is the first month simulated.
struct Month {
    std::uint16_t index = 0;
};

/// Places steps in the academic year, which runs from September (1) to August (12).
struct Calendar {
    int year = 2018;  ///< calendar year of step 0
    int month = 9;    ///< calendar month of step 0, 1 = January

    constexpr unsigned academic_month(Month m) const { return static_cast<unsigned>((month - 9 + 12 + m.index) % 12) + 1u; }
    constexpr int year_of(Month m) const { return year + (month - 1 + m.index) / 12; }
    constexpr int month_of(Month m) const { return (month - 1 + m.index) % 12 + 1; }
    /// The step of a calendar month; negative before the run starts.
    constexpr int step_of(int other_year, int other_month) const { return (other_year - year) * 12 + other_month - month; }
    /// The month as a decimal year: September 2018 is 2018.67.
    constexpr double decimal_year(Month m) const { return year_of(m) + (month_of(m) - 1) / 12.0; }
    /// April 2020 to July 2021: schools were closed, or busy with what closing left behind.
    constexpr bool disrupted(Month m) const {
        const int step = m.index;
        return step >= step_of(2020, 4) && step <= step_of(2021, 7);
    }
    constexpr bool is_august(Month m) const { return academic_month(m) == 12; }
    /// September, January and April open the three terms.
    constexpr bool opens_term(Month m) const {
        const unsigned a = academic_month(m);
        return a == 1 || a == 5 || a == 8;
    }
};

}  // namespace hubs
