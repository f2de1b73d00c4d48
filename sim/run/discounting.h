#pragma once
#include <array>
#include <string_view>

namespace hubs {

/// A real discount rate from a year on. Rates are data with a date: they change.
struct DiscountRate {
    unsigned from_year;  ///< the first year it applies to; year 0 is the first of the run
    double rate;         ///< a year
};

/// HM Treasury, The Green Book (February 2026), table of long-term rates; seen in TAG note of 16 April 2026.
struct DiscountSchedule {
    std::string_view name, source;
    std::array<DiscountRate, 6> rates;

    /// Value today of a pound in `year`, the rate of each year applied in turn.
    double factor(unsigned year) const;
};

inline constexpr DiscountSchedule green_book{
    "standard",
    "Green Book, February 2026",
    {{{0, 0.035}, {31, 0.03}, {76, 0.025}, {126, 0.02}, {201, 0.015}, {301, 0.01}}}};
inline constexpr DiscountSchedule green_book_health{
    "health",
    "Green Book, February 2026",
    {{{0, 0.015}, {31, 0.0129}, {76, 0.0107}, {126, 0.0086}, {201, 0.0064}, {301, 0.0043}}}};

/// At the standard rate the schedule, which falls after 30 years; at another rate that rate throughout.
double discount_factor(double rate, unsigned year);

}  // namespace hubs
