#include "analysis/results/tables/uncertainty.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"
#include "analysis/results/tables/headline.h"

namespace hubs {
namespace {

/// Variance of a difference, and the part of it that is luck.
struct Parts {
    double mean, total, luck;
};
Parts parts_of(const std::vector<double>& difference, bool drawn) {
    double sum = 0, squares = 0, within = 0;
    std::size_t pairs = 0;
    for (std::size_t r = 0; r < difference.size(); ++r) {
        const double d = difference[r];
        sum += d;
        squares += d * d;
        if (r % 2 == 0) continue;
        const double before = difference[r - 1];
        within += (d - before) * (d - before) / 2.0;
        ++pairs;
    }
    const double n = static_cast<double>(difference.size()), mean = sum / n;
    const double total = n > 1 ? std::max(0.0, (squares - n * mean * mean) / (n - 1)) : std::nan("");
    const double luck = !drawn      ? total
                        : pairs > 0 ? std::min(total, within / static_cast<double>(pairs))
                                    : std::nan("");
    return {mean, total, luck};
}

/// "the first 10 runs"; of one run, that it says little.
std::string runs_again(const Page& page) {
    const std::int64_t runs = page.of<Structure>().front().runs;
    return runs == 1 ? "the first run alone, so that differences may be luck,"
                     : "the first " + std::to_string(runs) + " runs";
}

}  // namespace

std::vector<Uncertainty::Row> Uncertainty::rows(const Results& results) {
    const Scenario& s = results.finished().scenario();
    const bool drawn = s.draws.count() > 0;
    const auto levels = [&](std::size_t p) {
        return Replicates::of_plan(results.of<Replicates>(), s.plans[p].name, &Replicates::Row::outcome);
    };
    const std::vector<double> reference = levels(0);
    const std::size_t finished_runs = reference.size();
    std::vector<Row> out;
    if (finished_runs < fewest_runs_for_range) return out;  // luck cannot be told from parameters
    for (std::size_t p = 1; p < s.plans.size(); ++p) {
        std::vector<double> difference = levels(p);
        for (std::size_t r = 0; r < difference.size(); ++r) difference[r] -= reference[r];
        const auto [mean, total, luck] = parts_of(difference, drawn);
        out.push_back({s.plans[p].name, mean, std::sqrt(total), std::sqrt(luck), drawn ? std::sqrt(total - luck) : 0.0,
                       !std::isfinite(total)    ? total
                       : !drawn || !(total > 0) ? 0.0
                                                : 100.0 * (total - luck) / total});
    }
    return out;
}

std::vector<Structure::Row> Structure::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Scenario& s = finished.scenario();
    const auto& others = finished.ensemble.other_rules;
    std::vector<Row> out;
    if (others.empty()) return out;
    const std::size_t runs = others.front().level.front().size();
    const auto mean_difference = [&](std::size_t p, auto&& level) {
        double sum = 0;
        for (std::size_t r = 0; r < runs; ++r) sum += level(p, r) - level(0, r);
        return sum / static_cast<double>(runs);
    };
    std::vector<std::vector<double>> own;
    for (const Plan& plan : s.plans)
        own.push_back(Replicates::of_plan(results.of<Replicates>(), plan.name, &Replicates::Row::benchmarks_mean));
    const auto words = [](SharingRule rule) { return std::string(sharing_rule_words[static_cast<std::size_t>(rule)]); };
    const auto count = static_cast<std::int64_t>(runs);
    for (std::size_t p = 1; p < s.plans.size(); ++p) {
        const double kept = mean_difference(p, [&](std::size_t q, std::size_t r) { return own[q][r]; });
        out.push_back({s.plans[p].name, words(Schedule::of<SharePractice>(s.parameters).rule) + " (this study)", kept,
                       0.0, count});
        for (const OtherRule& other : others) {
            const double d = mean_difference(p, [&](std::size_t q, std::size_t r) { return other.level[q][r]; });
            out.push_back({s.plans[p].name, words(other.rule), d, d - kept, count});
        }
    }
    return out;
}

void Uncertainty::section(Page& page) {
    if (page.of<Uncertainty>().empty()) return;
    const auto& rows = page.of<Uncertainty>();
    const bool none_found = anything_drawn(page) && std::any_of(rows.begin(), rows.end(), [](const Row& row) {
                                return !(row.parameters_percent > 0) && row.sd_total > 0;
                            });
    page.section(
        "uncertainty", "Where the uncertainty comes from",
        "Spread of each plan's difference from the reference in the primary outcome of the decision",
        page.table<Uncertainty>("Luck and parameters apart") +
            "<p>Two runs in turn share a draw of parameters: what still differs between them is luck. What the model "
            "leaves out is in neither." +
            (none_found ? " 0 % means that luck alone explains the spread of these runs; more runs may find a part of "
                          "the parameters."
                        : "") +
            "</p>" +
            (page.of<Structure>().empty()
                 ? ""
                 : page.table<Structure>(
                       "The form of the model: " + runs_again(page) +
                       " again under other rules for how practice is shared, benchmarks at the end")));
}

}  // namespace hubs
