#include "sim/run/discounting.h"

#include <cmath>

namespace hubs {

double DiscountSchedule::factor(unsigned year) const {
    double value = 1.0;
    std::size_t band = 0;
    for (unsigned y = 1; y <= year; ++y) {
        while (band + 1 < rates.size() && rates[band + 1].from_year <= y) ++band;
        value /= 1.0 + rates[band].rate;
    }
    return value;
}

double discount_factor(double rate, unsigned year) {
    return rate == green_book.rates.front().rate ? green_book.factor(year)
                                                 : std::pow(1.0 + rate, -static_cast<double>(year));
}

}  // namespace hubs
