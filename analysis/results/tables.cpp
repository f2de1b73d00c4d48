#include "analysis/results/tables.h"

#include <cmath>

#include "analysis/decision/discounting.h"
#include "analysis/results/measures.h"
#include "analysis/results/readiness.h"
#include "analysis/results/summary.h"
#include "analysis/results/suppression.h"
#include "analysis/results/totals.h"

namespace hubs {

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

const std::vector<TableColumn> statistics{{"mean", "Mean over replicates", "", 3},
                                          {"p2_5", "2.5th percentile", "", 3},
                                          {"p10", "10th percentile", "", 3},
                                          {"p25", "25th percentile", "", 3},
                                          {"p50", "Median", "", 3},
                                          {"p75", "75th percentile", "", 3},
                                          {"p90", "90th percentile", "", 3},
                                          {"p97_5", "97.5th percentile", "", 3}};

void add_statistics(std::vector<Cell>& row, const Summary& s) {
    for (const double v : {s.mean, s.p2_5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p97_5}) row.emplace_back(v);
}

Table with_columns(std::string name, std::string title, std::vector<TableColumn> columns, bool stats) {
    Table t{std::move(name), std::move(title), std::move(columns), {}};
    if (stats) t.columns.insert(t.columns.end(), statistics.begin(), statistics.end());
    return t;
}

const std::vector<TableColumn> cell_columns{{"plan", "Plan", "", 0},
                                            {"month", "Months run", "months", 0},
                                            {"date", "State at the end of", "", 0},
                                            {"grouping", "Grouping", "", 0},
                                            {"group", "Group", "", 0},
                                            {"measure", "Measure", "", 0}};

/// Calls f(k, month, group, measure) for everything tallied. The first plan's layout is everyone's.
template <class F>
void each_cell(const Ensemble& e, const Scenario& s, F&& f) {
    const Observations& layout = e.seen.front().front();
    for (std::size_t k = 0; k < layout.tallies.size(); ++k) {
        const unsigned month = layout.tally_month[k];
        const Group& group = e.groups.groups[layout.tally_group[k]];
        const bool full = full_tally_at(s, month);
        for (const Measure& m : measures())
            if (full || !m.full_only) f(k, month, group, m);
    }
}

std::vector<double> values_of(const Ensemble& e, std::size_t plan, std::size_t k, const Measure& m) {
    std::vector<double> out;
    for (const Observations& seen : e.seen[plan]) out.push_back(m(seen.tallies[k]));
    return out;
}

bool known(const std::vector<double>& values) {
    for (const double v : values)
        if (std::isnan(v)) return false;
    return true;
}

void add_attainment(const Study& study, const Ensemble& e, Table& levels, Table& differences) {
    const Scenario& s = study.scenario;
    const auto hidden = too_few(e);
    each_cell(e, s, [&](std::size_t k, unsigned month, const Group& group, const Measure& m) {
        if (hidden[k]) return;
        const auto cell = [&](const std::string& plan) {
            return std::vector<Cell>{plan,
                                     std::int64_t{month},
                                     month_name(s.calendar, month),
                                     std::string(grouping_words[static_cast<std::size_t>(group.grouping)]),
                                     group.name,
                                     m.name};
        };
        std::vector<double> reference;
        for (std::size_t p = 0; p < s.plans.size(); ++p) {
            std::vector<double> values = values_of(e, p, k, m);
            if (!known(values)) continue;  // a group that is empty in some replicate has no figure
            auto row = cell(s.plans[p].name);
            add_statistics(row, summarise(values));
            levels.rows.push_back(std::move(row));
            if (p == 0) reference = std::move(values);
            else if (!reference.empty() && group.grouping != Grouping::status) {
                for (std::size_t r = 0; r < values.size(); ++r) values[r] -= reference[r];
                const Summary d = summarise(values);
                auto own = cell(s.plans[p].name);
                add_statistics(own, d);
                own.emplace_back(d.mcse);
                own.emplace_back(100.0 * d.share_above);
                differences.rows.push_back(std::move(own));
            }
        }
    });
}

/// Pounds by plan, academic year and line: mean over replicates, as spent and discounted.
Table costs_table(const Study& study, const Ensemble& e) {
    const Scenario& s = study.scenario;
    Table t{"costs",
            "Cost by plan, year and line",
            {{"plan", "Plan", "", 0},
             {"year", "Year of the run", "", 0},
             {"line", "Cost line", "", 0},
             {"label", "What it is", "", 0},
             {"payer", "Who pays", "", 0},
             {"gbp", "Pounds", "GBP " + s.price_base, 0},
             {"gbp_discounted", "Pounds, present value", "GBP " + s.price_base, 0}},
            {}};
    for (std::size_t p = 0; p < s.plans.size(); ++p)
        for (unsigned year = 0; year * 12 < s.months; ++year)
            for (std::size_t line = 0; line < cost_line_count; ++line) {
                double pence = 0;
                for (const Observations& seen : e.seen[p])
                    for (unsigned m = year * 12; m < s.months && m < year * 12 + 12; ++m)
                        pence += static_cast<double>(seen.costs[m][line]);
                const double gbp = pence / 100.0 / s.replicates;
                t.rows.push_back({s.plans[p].name, std::int64_t{year + 1}, cost_line_names[line],
                                  cost_line_labels[line], cost_line_payers[line], gbp,
                                  gbp * discount_factor(s.discount_rate, year)});
            }
    return t;
}

Table activity_table(const Study& study, const Ensemble& e) {
    const Scenario& s = study.scenario;
    Table t = with_columns("activity", "What happened each month",
                           {{"plan", "Plan", "", 0},
                            {"month", "Months run", "months", 0},
                            {"date", "Month", "", 0},
                            {"activity", "Activity", "", 0},
                            {"mean", "Mean count over replicates", "count", 1}},
                           false);
    for (std::size_t p = 0; p < s.plans.size(); ++p)
        for (unsigned m = 0; m < s.months; ++m)
            for (std::size_t a = 0; a < activity_count; ++a) {
                double sum = 0;
                for (const Observations& seen : e.seen[p]) sum += seen.activity[m][a];
                t.rows.push_back({s.plans[p].name, std::int64_t{m + 1}, month_name(s.calendar, m + 1),
                                  activity_names[a], sum / s.replicates});
            }
    return t;
}

Table replicates_table(const Study& study, const Ensemble& e) {
    const Scenario& s = study.scenario;
    Table t{"replicates",
            "Each replicate at the end of the run",
            {{"plan", "Plan", "", 0},
             {"replicate", "Replicate", "", 0},
             {"benchmarks_mean", "Benchmarks truly achieved, mean", "benchmarks (0-8)", 3},
             {"benchmarks_mean_reported", "Benchmarks reported, mean", "benchmarks (0-8)", 3},
             {"share_all_eight", "Share with all eight, truly", "percent", 2},
             {"lowest_mean", "Mean of those with none at the start", "benchmarks (0-8)", 3},
             {"benchmark_years", "Benchmark-years, all establishments", "benchmark-years", 0},
             {"cost_gbp_discounted", "Cost, present value", "GBP " + s.price_base, 0}},
            {}};
    const Observations& layout = e.seen.front().front();
    std::size_t all = 0, lowest = 0;
    for (std::size_t k = 0; k < layout.tallies.size(); ++k) {
        if (layout.tally_group[k] == e.groups.first[static_cast<std::size_t>(Grouping::all)]) all = k;
        if (layout.tally_group[k] == e.groups.first[static_cast<std::size_t>(Grouping::start_level)]) lowest = k;
    }
    const auto measure = [](const char* name) -> const Measure& {
        for (const Measure& m : measures())
            if (m.name == name) return m;
        throw std::runtime_error("no such measure");
    };
    for (std::size_t p = 0; p < s.plans.size(); ++p)
        for (std::uint32_t r = 0; r < s.replicates; ++r) {
            const Observations& seen = e.seen[p][r];
            t.rows.push_back({s.plans[p].name, std::int64_t{r}, measure("benchmarks_mean")(seen.tallies[all]),
                              measure("benchmarks_mean_reported")(seen.tallies[all]),
                              measure("share_all_eight")(seen.tallies[all]),
                              measure("benchmarks_mean")(seen.tallies[lowest]), benchmark_years(seen, e.groups),
                              present_value(s, seen)});
        }
    return t;
}

/// One row a plan: what a policy team compares first.
Table headline_table(const Study& study, const Table& replicates) {
    const Scenario& s = study.scenario;
    const double n = study.population.establishments.count();
    Table t{"headline",
            "The plans compared",
            {{"plan", "Plan", "", 0},
             {"benchmarks_mean", "Benchmarks achieved, of eight", "benchmarks (0-8)", 2},
             {"share_all_eight", "With all eight", "percent", 1},
             {"lowest_mean", "Benchmarks of those with none at the start", "benchmarks (0-8)", 2},
             {"difference", "More benchmarks than the reference", "benchmarks (0-8)", 2},
             {"difference_p10", "the same, 10th percentile", "benchmarks (0-8)", 2},
             {"difference_p90", "the same, 90th percentile", "benchmarks (0-8)", 2},
             {"difference_mcse", "the same, Monte-Carlo error", "benchmarks (0-8)", 4},
             {"ahead_percent", "Ahead of the reference", "percent of paired runs", 0},
             {"best_percent", "Best of all plans", "percent of paired runs", 0},
             {"cost_gbp", "Cost, present value", "GBP " + s.price_base, 0},
             {"cost_per_school_gbp", "Cost per establishment", "GBP " + s.price_base, 0},
             {"extra_cost_gbp", "Extra cost over the reference", "GBP " + s.price_base, 0},
             {"gbp_per_benchmark_year", "Extra cost per extra benchmark-year", "GBP " + s.price_base, 0}},
            {}};
    const auto column = [&](const char* name, std::size_t p) {
        std::vector<double> out;
        const std::size_t c = replicates.column(name);
        for (std::uint32_t r = 0; r < s.replicates; ++r)
            out.push_back(std::get<double>(replicates.rows[p * s.replicates + r][c]));
        return out;
    };
    std::vector<std::vector<double>> level;
    for (std::size_t p = 0; p < s.plans.size(); ++p) level.push_back(column("benchmarks_mean", p));
    for (std::size_t p = 0; p < s.plans.size(); ++p) {
        std::vector<double> difference = level[p];
        double best = 0;
        for (std::uint32_t r = 0; r < s.replicates; ++r) {
            difference[r] -= level[0][r];
            bool first = true;
            for (std::size_t q = 0; q < s.plans.size(); ++q) first &= q == p || level[p][r] > level[q][r];
            best += first ? 100.0 / s.replicates : 0.0;
        }
        const Summary d = summarise(difference);
        const double cost = summarise(column("cost_gbp_discounted", p)).mean,
                     extra = cost - summarise(column("cost_gbp_discounted", 0)).mean;
        const double gained =
            summarise(column("benchmark_years", p)).mean - summarise(column("benchmark_years", 0)).mean;
        const bool lowest_known = known(column("lowest_mean", p));
        t.rows.push_back({s.plans[p].name, summarise(level[p]).mean, summarise(column("share_all_eight", p)).mean,
                          lowest_known ? summarise(column("lowest_mean", p)).mean : nan_value,
                          p == 0 ? nan_value : d.mean, p == 0 ? nan_value : d.p10, p == 0 ? nan_value : d.p90,
                          p == 0 ? nan_value : d.mcse, p == 0 ? nan_value : 100.0 * d.share_above, best, cost, cost / n,
                          p == 0 ? nan_value : extra,
                          p == 0 || gained <= 0 || extra <= 0 ? nan_value : extra / gained});
    }
    return t;
}

/// Members' reports of each item at the start and at the last full tally.
Table items_table(const Study& study, const Ensemble& e) {
    const Scenario& s = study.scenario;
    Table t{"items",
            "Hub schools reporting each item at the end",
            {{"plan", "Plan", "", 0},
             {"item", "Item", "", 0},
             {"name", "Name", "", 0},
             {"hub_schools", "Hub schools reporting it, mean", "schools", 1}},
            {}};
    for (std::size_t p = 0; p < s.plans.size(); ++p)
        for (std::size_t i = 0; i < study.framework.items.size(); ++i) {
            double sum = 0;
            for (const Observations& seen : e.seen[p]) sum += seen.item_reported_hub.back()[i];
            t.rows.push_back(
                {s.plans[p].name, study.framework.items[i].id, study.framework.items[i].name, sum / s.replicates});
        }
    return t;
}

}  // namespace

std::string month_name(const Calendar& calendar, unsigned months_run) {
    const int months = calendar.year * 12 + calendar.month - 1 + static_cast<int>(months_run) - 1;
    const int month = months % 12 + 1;
    return std::to_string(months / 12) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

std::vector<Table> tables_of(const Study& study, const Ensemble& ensemble) {
    Table levels = with_columns("attainment", "Attainment by plan, month and group", cell_columns, true);
    Table differences =
        with_columns("differences", "Difference from the reference plan with the same luck", cell_columns, true);
    differences.columns.push_back({"mcse", "Monte-Carlo standard error of the mean", "", 4});
    differences.columns.push_back({"above_percent", "Replicates in which it is above 0", "percent", 0});
    add_attainment(study, ensemble, levels, differences);
    Table replicates = replicates_table(study, ensemble);
    Table headline = headline_table(study, replicates);
    std::vector<Table> out;
    std::vector<std::string> plans;
    for (const Plan& plan : study.scenario.plans) plans.push_back(plan.name);
    Table readiness = readiness_table(levels, plans);
    out.push_back(std::move(headline));
    out.push_back(std::move(levels));
    out.push_back(std::move(differences));
    out.push_back(costs_table(study, ensemble));
    out.push_back(activity_table(study, ensemble));
    out.push_back(items_table(study, ensemble));
    out.push_back(std::move(readiness));
    out.push_back(std::move(replicates));
    out.push_back(suppressed_table(ensemble));
    return out;
}

}  // namespace hubs
