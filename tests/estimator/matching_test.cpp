// Matching where its answer can be worked out by hand.
#include "analysis/statistics/estimator/matching.h"

#include <cmath>
#include <numeric>

#include "tests/catch.h"

using namespace hubs;

TEST_CASE("where a covariate has few values, matches are kept by place and not by pair") {
    // Two strata: 30 treated and 70 controls of 100 in the one, 60 and 40 in the other; outcomes by formula.
    Sample s;
    s.covariates.resize(200, 1);
    s.outcome.resize(200);
    std::vector<double> of[2][2];
    for (std::size_t i = 0; i < 200; ++i) {
        const std::size_t stratum = i % 2;
        const bool treated = i / 2 < (stratum == 0 ? 30 : 60);
        const auto row = static_cast<Eigen::Index>(i);
        s.treated.push_back(treated);
        s.covariates(row, 0) = static_cast<double>(stratum);
        s.outcome[row] = static_cast<double>((i * 37) % 11) + (treated ? 2 : 0);
        of[stratum][treated].push_back(s.outcome[row]);
    }
    s.names = {"stratum"};
    const auto mean = [](const std::vector<double>& y) { return std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size()); };
    const auto variance = [&](const std::vector<double>& y) {
        double sum = 0;
        for (const double v : y) sum += (v - mean(y)) * (v - mean(y));
        return sum / static_cast<double>(y.size() - 1);
    };
    // Post-stratification: differences within strata, weighted by the treated; its variance as Abadie and Imbens (2006) have it,
    // every control of a stratum standing for n1 / n0 treated, and a row's nearest being all of its stratum and arm.
    double value = 0, sum = 0;
    for (auto& stratum : of) value += static_cast<double>(stratum[1].size()) * (mean(stratum[1]) - mean(stratum[0])) / 90;
    for (auto& stratum : of) {
        const double n0 = static_cast<double>(stratum[0].size()), n1 = static_cast<double>(stratum[1].size());
        for (const double y : stratum[1]) sum += std::pow(y - mean(stratum[0]) - value, 2);
        sum += n0 * (std::pow(n1 / n0, 2) - n1 / (n0 * n0)) * variance(stratum[0]);
    }
    for (const bool adjusted : {false, true}) {  // within a place there is nothing to adjust
        MatchingOptions o;
        o.variance_matches = 2;
        o.bias_adjusted = adjusted;
        const MatchingEstimate m = matching(s, s.covariates, s.names, o);
        CHECK(m.matched.size() == 2);
        CHECK(m.pairs() == 30 * 70 + 60 * 40);
        CHECK(m.targets == 90);
        CHECK(std::fabs(m.value - value) < 1e-12);
        CHECK(std::fabs(m.error - std::sqrt(sum) / 90) < 1e-12);
    }
}
