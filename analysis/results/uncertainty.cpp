#include "analysis/results/uncertainty.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "analysis/calibration/tables.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

bool uses_shipped_draws(const Study& study) {
    for (const InputFile& i : study.inputs)
        if (i.role == "posterior") return i.text == embedded::posterior;
    return false;
}

/// Chosen columns of a table of the shipped calibration, with its rows where the study uses it.
Table page_of(const Study& study, const Table& whole, std::string_view csv, const std::vector<std::string>& wanted) {
    Table out{whole.name, whole.title, {}, {}};
    for (const std::string& name : wanted) out.columns.push_back(whole.columns[whole.column(name)]);
    if (!uses_shipped_draws(study)) return out;
    const auto rows = read_csv(std::string(csv));
    for (std::size_t r = 1; r < rows.size(); ++r) {
        std::vector<Cell> line;
        for (const std::string& name : wanted) {
            const std::string& cell = rows[r].at(whole.column(name));
            char* end = nullptr;
            const double x = std::strtod(cell.c_str(), &end);
            line.push_back(!cell.empty() && *end == 0 ? Cell(x) : Cell(cell));
        }
        out.rows.push_back(std::move(line));
    }
    return out;
}

}  // namespace

Table uncertainty_table(const Study& study, const Table& replicates) {
    const Scenario& s = study.scenario;
    Table t{"uncertainty",
            "Where the spread of the difference comes from",
            {{"plan", "Plan", "", 0},
             {"difference", "Difference, mean", "benchmarks", 3},
             {"sd_total", "Spread", "sd", 3},
             {"sd_luck", "from luck", "sd", 3},
             {"sd_parameters", "from parameters", "sd", 3},
             {"parameters_percent", "Variance from parameters", "percent", 0}},
            {}};
    const std::size_t column = replicates.column("benchmarks_mean");
    const auto level = [&](std::size_t p, std::uint32_t r) { return std::get<double>(replicates.rows[p * s.replicates + r][column]); };
    for (std::size_t p = 1; p < s.plans.size(); ++p) {
        double sum = 0, squares = 0, within = 0;
        std::uint32_t pairs = 0;
        for (std::uint32_t r = 0; r < s.replicates; ++r) {
            const double d = level(p, r) - level(0, r);
            sum += d;
            squares += d * d;
            if (r % 2 == 0) continue;
            const double before = level(p, r - 1) - level(0, r - 1);
            within += (d - before) * (d - before) / 2.0;
            ++pairs;
        }
        const double n = s.replicates, mean = sum / n, total = n > 1 ? std::max(0.0, (squares - n * mean * mean) / (n - 1)) : std::nan("");
        const bool drawn = s.draws.count() > 0;
        const double luck = !drawn ? total : pairs > 0 ? std::min(total, within / pairs) : std::nan("");
        t.rows.push_back({s.plans[p].name, mean, std::sqrt(total), std::sqrt(luck), drawn ? std::sqrt(total - luck) : 0.0,
                          !std::isfinite(total)    ? total
                          : !drawn || !(total > 0) ? 0.0
                                                   : 100.0 * (total - luck) / total});
    }
    return t;
}

Table structure_table(const Study& study, const Ensemble& ensemble, const Table& replicates) {
    const Scenario& s = study.scenario;
    Table t{"structure",
            "What the form of the model changes: three rules for how practice is shared",
            {{"plan", "Plan", "", 0},
             {"rule", "Sharing rule", "", 0},
             {"difference", "Difference, mean", "benchmarks", 3},
             {"change", "Against the study's rule", "benchmarks", 3},
             {"runs", "Runs", "", 0}},
            {}};
    if (ensemble.other_rules.empty()) return t;
    const std::size_t column = replicates.column("benchmarks_mean"), runs = ensemble.other_rules.front().level.front().size();
    const auto mean_difference = [&](std::size_t p, auto&& level) {
        double sum = 0;
        for (std::size_t r = 0; r < runs; ++r) sum += level(p, r) - level(0, r);
        return sum / static_cast<double>(runs);
    };
    const auto own = [&](std::size_t p, std::size_t r) { return std::get<double>(replicates.rows[p * s.replicates + r][column]); };
    for (std::size_t p = 1; p < s.plans.size(); ++p) {
        const double kept = mean_difference(p, own);
        const auto word = [](SharingRule rule) { return std::string(sharing_rule_words[static_cast<std::size_t>(rule)]); };
        t.rows.push_back({s.plans[p].name, word(Schedule::of<SharePractice>(s.parameters).rule) + " (this study)", kept, 0.0, static_cast<std::int64_t>(runs)});
        for (const OtherRule& other : ensemble.other_rules) {
            const double d = mean_difference(p, [&](std::size_t q, std::size_t r) { return other.level[q][r]; });
            t.rows.push_back({s.plans[p].name, word(other.rule), d, d - kept, static_cast<std::int64_t>(runs)});
        }
    }
    return t;
}

Table fit_page_table(const Study& study) {
    return page_of(study, fit_table({}), embedded::posterior_fit,
                   {"target", "quantity", "group", "unit", "use", "published", "predicted", "p2_5", "p97_5", "inside_90", "inside_95", "distance", "shift"});
}

Table identified_page_table(const Study& study) {
    return page_of(study, identified_table({}), embedded::posterior_identified,
                   {"parameter", "prior_low", "prior_high", "mean", "p2_5", "p97_5", "contraction", "overlap", "identified", "correlated_with", "correlation"});
}

}  // namespace hubs
