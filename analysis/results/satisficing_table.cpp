#include "analysis/results/decision_tables.h"

namespace hubs {
namespace {

/// Mean benchmarks of every group at the end of one run; below 0 for an empty group.
std::vector<double> levels_at_end(const Observations& seen, const Groups& groups) {
    std::vector<double> out(groups.groups.size(), -1.0);
    for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
        const Tally& t = seen.tallies[k];
        if (t.establishments == 0) continue;
        double sum = 0;
        for (unsigned n = 0; n <= benchmark_count; ++n) sum += n * static_cast<double>(t.with_benchmarks[n]);
        out[seen.tally_group[k]] = sum / t.establishments;  // later tallies replace earlier ones
    }
    return out;
}

struct Criterion {
    const char* words;
    Grouping grouping;
    double least;  ///< benchmarks that every group of the grouping must gain
};
constexpr Criterion criteria[] = {
    {"more benchmarks than the reference", Grouping::all, 0.0},       {"a tenth of a benchmark more than the reference", Grouping::all, 0.1},
    {"half a benchmark more than the reference", Grouping::all, 0.5}, {"no region worse off", Grouping::region, 0.0},
    {"no type of establishment worse off", Grouping::type, 0.0},      {"no fifth of free school meals worse off", Grouping::fsm_fifth, 0.0},
    {"neither town nor country worse off", Grouping::rural, 0.0}};

}  // namespace

Table satisficing_table(const Study& study, const Ensemble& e) {
    Table t{"satisficing",
            "How often each plan is good enough",
            {{"plan", "Plan", "", 0}, {"criterion", "Good enough means", "", 0}, {"percent", "Runs in which it is", "percent", 0}},
            {}};
    const auto& plans = study.scenario.plans;
    const std::size_t runs = e.seen.front().size();
    for (std::size_t p = 1; p < plans.size(); ++p) {
        std::vector<std::size_t> met(std::size(criteria), 0);
        for (std::size_t r = 0; r < runs; ++r) {
            const auto reference = levels_at_end(e.seen[0][r], e.groups), own = levels_at_end(e.seen[p][r], e.groups);
            for (std::size_t c = 0; c < std::size(criteria); ++c) {
                bool good = true;
                for (std::size_t g = 0; g < own.size(); ++g)
                    if (e.groups.groups[g].grouping == criteria[c].grouping && own[g] >= 0 && reference[g] >= 0) {
                        const double gain = own[g] - reference[g];
                        good = good && (criteria[c].grouping == Grouping::all ? gain > criteria[c].least : gain >= criteria[c].least);
                    }
                met[c] += good;
            }
        }
        for (std::size_t c = 0; c < std::size(criteria); ++c)
            t.rows.push_back({plans[p].name, std::string(criteria[c].words), 100.0 * static_cast<double>(met[c]) / static_cast<double>(runs)});
    }
    return t;
}

}  // namespace hubs
