// Whether intervals hold what they should: samples with a known effect, drawn again and again. Shares of 500 samples
// have a standard error of about one point; those printed stand in results/estimators/README.md.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/each_row.h"
#include "sim/base/random.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

constexpr double effect = 0.5;
constexpr std::uint32_t samples = 500;

/// One sample: two covariates and a start that tell of the outcome, half the rows treated by lot; with `clusters`, half
/// the clusters are, and their rows share a part of the outcome.
Sample drawn(std::size_t n, std::uint32_t number, std::size_t clusters) {
    const Luck luck({20261127, number}, Month{0}, stream_of("coverage", 8));
    std::uint32_t place = 0;
    const auto uniform = [&] { return (static_cast<double>(luck.words(place++)[0]) + 0.5) / 4294967296.0; };
    const auto normal = [&] {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(6.283185307179586 * uniform());
    };
    std::vector<double> shared(std::max<std::size_t>(clusters, 1), 0.0);
    for (double& s : shared) s = clusters > 0 ? 0.5 * normal() : 0.0;
    Sample out;
    const auto rows = static_cast<Eigen::Index>(n);
    out.outcome.resize(rows);
    out.before.resize(rows);
    out.covariates.resize(rows, 2);
    out.names = {"x", "rural"};
    for (Eigen::Index i = 0; i < rows; ++i) {
        const auto row = static_cast<std::size_t>(i);
        const std::size_t cluster = clusters > 0 ? row % clusters : 0;
        out.treated.push_back((clusters > 0 ? cluster : row) % 2 == 0);
        if (clusters > 0) out.clusters.push_back(static_cast<std::uint32_t>(cluster));
        out.covariates(i, 0) = normal();
        out.covariates(i, 1) = uniform() < 0.3 ? 1 : 0;
        out.before[i] = normal() + 0.5 * out.covariates(i, 0);
        out.outcome[i] = 0.7 * out.before[i] + 0.4 * out.covariates(i, 0) - 0.3 * out.covariates(i, 1) +
                         shared[cluster] + (out.treated.back() ? effect : 0.0) + normal();
    }
    return out;
}

/// What an interval may leave out, as its reader is told.
bool is_marked(const Answer& a) {
    return a.errors.find("not by cluster") != std::string::npos || a.errors.ends_with("few rows") || !a.notes.empty();
}

struct Held {
    double inside = 0, all = 0, marked = 0;
};

}  // namespace

TEST_CASE(
    "every interval that is printed holds the truth in 92 to 98 of 100 samples, or is marked with what it leaves out") {
    const bool told = std::getenv("HUBSIM_COVERAGE") != nullptr;  // prints the table of results/estimators/README.md
    for (const auto& [estimand, clusters] :
         {std::pair(Estimand::treated, std::size_t{0}), std::pair(Estimand::treated, std::size_t{24}),
          std::pair(Estimand::all, std::size_t{0}), std::pair(Estimand::controls, std::size_t{0})})
        for (const std::size_t n : {20, 70, 150, 1000}) {
            std::vector<Battery> batteries(samples);
            BatteryOptions options;
            options.single = n < 1000;
            options.estimand = estimand;
            each_row(samples, [&](std::size_t k) {
                batteries[k] = run_battery(drawn(n, static_cast<std::uint32_t>(k), clusters), options);
            });
            std::map<std::string, Held> held;
            for (const Battery& b : batteries)
                for (const Answer& a : b.answers) {
                    if (a.refused()) continue;
                    Held& h = held[a.id];
                    ++h.all;
                    h.inside += a.low <= effect && effect <= a.high;
                    h.marked += is_marked(a);
                }
            CHECK(held.size() >= 8);
            for (const auto& [id, h] : held) {
                const double share = 100 * h.inside / h.all, marked = 100 * h.marked / h.all;
                const std::string word(estimand_words[static_cast<std::size_t>(estimand)]);
                if (told)
                    std::printf("| %s | %zu | %zu | %s | %.1f | %.0f | %.0f |\n", word.c_str(), n, clusters, id.c_str(),
                                share, h.all, marked);
                INFO(word << ", " << id << ", " << n << " rows, " << clusters << " clusters: " << share << " %");
                CHECK(((share >= 92 && share <= 98) || marked == 100));
            }
        }
}
