#include "analysis/results/uncertainty.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/run/embedded.h"

namespace hubs {
namespace {

bool uses_shipped_draws(const Study& study) {
    for (const InputFile& i : study.inputs)
        if (i.role == "posterior") return i.text == embedded::posterior;
    return false;
}

/// Chosen columns of a CSV that the program carries.
Table from_csv(Table out, std::string_view text, const std::vector<std::string>& wanted) {
    const auto rows = read_csv(std::string(text));
    for (std::size_t r = 1; r < rows.size(); ++r) {
        std::vector<Cell> line;
        for (const std::string& name : wanted) {
            const auto at = static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
            char* end = nullptr;
            const double x = std::strtod(rows[r].at(at).c_str(), &end);
            if (!rows[r][at].empty() && *end == 0) line.emplace_back(x);
            else line.emplace_back(rows[r][at]);
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
    Table t{"fit",
            "Published figures beside what the calibrated model predicts, misses first",
            {{"target", "Evidence", "", 0},
             {"quantity", "Quantity", "", 0},
             {"group", "Group", "", 0},
             {"unit", "Unit", "", 0},
             {"use", "Use", "", 0},
             {"published", "Published", "", 2},
             {"predicted", "Predicted, mean", "", 2},
             {"p2_5", "2.5th percentile", "", 2},
             {"p97_5", "97.5th percentile", "", 2},
             {"inside_95", "Inside", "1 if inside the 95 % interval", 0},
             {"distance", "Distance", "predictive standard deviations", 1},
             {"shift", "Shift", "standard deviations the model cannot make up", 2}},
            {}};
    if (!uses_shipped_draws(study)) return t;
    std::vector<std::string> wanted;
    for (const TableColumn& c : t.columns) wanted.push_back(c.name);
    return from_csv(std::move(t), embedded::posterior_fit, wanted);
}

Table identified_page_table(const Study& study) {
    Table t{"identified",
            "What the published figures tell about each parameter, the least told first",
            {{"parameter", "Parameter", "", 0},
             {"prior_low", "Prior, lowest", "", 3},
             {"prior_high", "Prior, highest", "", 3},
             {"mean", "Posterior mean", "", 3},
             {"p2_5", "2.5th percentile", "", 3},
             {"p97_5", "97.5th percentile", "", 3},
             {"contraction", "Contraction", "share of the prior's variance", 2},
             {"overlap", "Overlap with the prior", "share", 2},
             {"identified", "Identified", "1 if contraction is 0.2 or more", 0},
             {"correlated_with", "Most correlated with", "", 0},
             {"correlation", "Correlation", "", 2}},
            {}};
    if (!uses_shipped_draws(study)) return t;
    std::vector<std::string> wanted;
    for (const TableColumn& c : t.columns) wanted.push_back(c.name);
    return from_csv(std::move(t), embedded::posterior_identified, wanted);
}

}  // namespace hubs
