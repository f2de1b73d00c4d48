// Measures worked out by hand from a tally of ten establishments, six of which made a return in the year.
#include <cmath>

#include "analysis/results/summary.h"
#include "analysis/study/run/measures.h"
#include "tests/catch.h"

using namespace hubs;

TEST_CASE("measures of those with a return are of them alone, by hand") {
    Tally t;
    t.establishments = 10;
    t.returned = 6;
    // They report 0, 2, 4, 5, 6 and 8 benchmarks; at the start they reported 9 together.
    for (const unsigned n : {0u, 2u, 4u, 5u, 6u, 8u}) ++t.with_benchmarks_returned[n], t.returned_benchmarks += n;
    t.returned_at_start = 9;
    t.achieving_returned[2] = 3;
    // All ten as last reported: four more with 1 each.
    t.with_benchmarks_reported = t.with_benchmarks_returned;
    t.with_benchmarks_reported[1] = 4;
    t.achieving_reported[2] = 4;
    t.benchmarks_at_start = 11;
    const auto is = [&](const char* name, double expected) {
        INFO(name);
        CHECK(measure(name)(t) == Approx(expected));
    };
    is("benchmarks_mean_returned", 25.0 / 6);
    is("gain_returned", (25.0 - 9) / 6);
    is("share_none_returned", 100.0 / 6);
    is("share_four_plus_returned", 100 * 4.0 / 6);
    is("share_five_plus_returned", 100 * 3.0 / 6);
    is("share_six_plus_returned", 100 * 2.0 / 6);
    is("share_all_eight_returned", 100.0 / 6);
    is("share_b3_returned", 50);
    is("benchmarks_mean_reported", 2.9);
    is("gain_reported", 2.9 - 1.1);
    is("share_none_reported", 10);
    is("share_four_plus_reported", 40);
    is("share_b3_reported", 40);
    is("returned", 6);
    // Nobody returned: not known, rather than 0.
    for (const Measure& m : measures())
        if (m.of_returns) CHECK(std::isnan(m(Tally{})));
    // Every reported measure has one of those with a return.
    for (const Measure& m : measures())
        if (m.name.ends_with("_reported")) CHECK_NOTHROW(measure(m.name.substr(0, m.name.size() - 9) + "_returned"));
}

TEST_CASE("where runs in turn share a draw, the error of their mean is that of the draws' means") {
    CHECK(std::fabs(summarise({1, 3, 5, 7}).mcse - std::sqrt(20 / 3.0) / 2) < 1e-12);
    CHECK(std::fabs(summarise({1, 3, 5, 7}, 2).mcse - 2) < 1e-12);  // of 2 and 6: their standard deviation is √8
    CHECK(summarise({1, 3, 5, 7}, 2).mean == 4);
    CHECK(std::isnan(summarise({1, 3}, 2).mcse));  // one draw says nothing
}
