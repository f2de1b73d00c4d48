#include "sim/run/discounting.h"

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
    if (rate == green_book.rates.front().rate) return green_book.factor(year);
    double value = 1.0;  // year by year: a power from the library may differ in its last digit between machines
    for (unsigned y = 1; y <= year; ++y) value /= 1.0 + rate;
    return value;
}

}  // namespace hubs
