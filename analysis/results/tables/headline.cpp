#include "analysis/results/tables/headline.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/results.h"
#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"
#include "analysis/study/run/measures.h"
#include "sim/run/outcome.h"

namespace hubs {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::vector<double> Replicates::of_plan(const std::vector<Row>& rows, const std::string& plan, double Row::*column) {
    std::vector<double> out;
    for (const Row& row : rows)
        if (row.plan == plan) out.push_back(row.*column);
    return out;
}

std::vector<Replicates::Row> Replicates::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Ensemble& e = finished.ensemble;
    const Scenario& s = finished.scenario();
    const double establishments = finished.study.population.establishments.count();
    const Observations& layout = e.seen.front().front();
    std::size_t all = 0, lowest = 0;
    for (std::size_t k = 0; k < layout.tallies.size(); ++k) {
        if (layout.tally_group[k] == e.groups.first[static_cast<std::size_t>(Grouping::all)]) all = k;
        if (layout.tally_group[k] == e.groups.first[static_cast<std::size_t>(Grouping::start_level)]) lowest = k;
    }
    const Measure &level = measure("benchmarks_mean"), &reported = measure("benchmarks_mean_reported"),
                  &eight = measure("share_all_eight");
    std::vector<Row> out;
    for (std::size_t p = 0; p < e.seen.size(); ++p)
        for (std::size_t r = 0; r < e.seen[p].size(); ++r) {
            const Observations& seen = e.seen[p][r];
            const RunValue v = value_of(s, seen, e.groups, establishments);
            out.push_back({s.plans[p].name, static_cast<std::int64_t>(r), level(seen.tallies[all]),
                           reported(seen.tallies[all]), eight(seen.tallies[all]), level(seen.tallies[lowest]),
                           benchmark_years(seen, e.groups, 0), benchmark_years(seen, e.groups, s.discount_rate),
                           present_value(s, seen), v.outcome, score_of(s.decision, v)});
        }
    return out;
}

std::vector<Headline::Row> Headline::rows(const Results& results) {
    const auto& replicates = results.of<Replicates>();
    const auto& plans = results.finished().scenario().plans;
    const double establishments = results.finished().study.population.establishments.count();
    const auto column = [&](std::size_t plan, double Replicates::Row::*member) {
        return Replicates::of_plan(replicates, plans[plan].name, member);
    };
    const auto mean = [&](std::size_t plan, double Replicates::Row::*member) {
        return summarise(column(plan, member)).mean;
    };
    std::vector<std::vector<double>> level;
    for (std::size_t p = 0; p < plans.size(); ++p) level.push_back(column(p, &Replicates::Row::benchmarks_mean));
    const std::size_t runs = level.front().size();
    std::vector<Row> out;
    for (std::size_t p = 0; p < plans.size(); ++p) {
        std::vector<double> difference = level[p];
        double best = 0;
        for (std::size_t r = 0; r < runs; ++r) {
            difference[r] -= level[0][r];
            double most = level[0][r], ties = 0;
            for (const auto& other : level) most = std::max(most, other[r]);
            for (const auto& other : level) ties += other[r] == most;
            best += level[p][r] == most ? 100.0 / ties / static_cast<double>(runs) : 0.0;
        }
        const double cost = mean(p, &Replicates::Row::cost_gbp_discounted),
                     extra = cost - mean(0, &Replicates::Row::cost_gbp_discounted),
                     gained = mean(p, &Replicates::Row::benchmark_years_discounted) -
                              mean(0, &Replicates::Row::benchmark_years_discounted);
        const Summary d = summarise(difference, results.finished().runs_to_a_draw());
        const auto range = [&](double x) { return runs < fewest_runs_for_range ? not_known : x; };
        const auto against_reference = [&](double value) { return p == 0 ? not_known : value; };
        const auto lowest = column(p, &Replicates::Row::lowest_mean);
        const bool lowest_known = std::none_of(lowest.begin(), lowest.end(), [](double v) { return std::isnan(v); });
        out.push_back({plans[p].name, summarise(level[p]).mean, mean(p, &Replicates::Row::share_all_eight),
                       lowest_known ? summarise(lowest).mean : not_known, against_reference(d.mean),
                       against_reference(range(d.p10)), against_reference(range(d.p90)), against_reference(d.mcse),
                       against_reference(100.0 * d.share_above), plans.size() > 1 ? best : not_known, cost,
                       cost / establishments, against_reference(extra),
                       p == 0 || gained <= 0 || extra <= 0 ? not_known : extra / gained});
    }
    return out;
}

}  // namespace hubs
