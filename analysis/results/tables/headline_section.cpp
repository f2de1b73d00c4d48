#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "analysis/results/sentences.h"
#include "analysis/results/summary.h"

namespace hubs {

/// The plans as columns, which fits a page.
void Headline::section(Page& page) {
    const Table h = page.results.table<Headline>();
    Table out{"options", "Plans compared", {{"measure", "At the end of the run", "", 0}}, {}};
    for (const auto& row : h.rows) out.columns.push_back({"plan", text(row[0]), "", as_written});
    for (std::size_t c = 1; c < h.columns.size(); ++c) {
        const TableColumn& column = h.columns[c];
        const bool money = column.name.find("gbp") != std::string::npos;
        const bool says_unit = column.unit.empty() || column.unit.rfind("benchmarks", 0) == 0;
        std::vector<Cell> line{column.label + (says_unit ? "" : " (" + column.unit + ")")};
        for (const auto& row : h.rows) {
            const double value = number(row[c]);
            line.emplace_back(std::isnan(value) ? "–" : money ? pounds(value) : fixed(value, column.decimals));
        }
        if (page.several_plans() || text(line[1]) != "–") out.rows.push_back(std::move(line));
    }
    page.section(
        "options", page.several_plans() ? "The options side by side" : "The plan at the end of the run",
        "At the end of the run, " + page.facts.place +
            (page.several_plans() ? ". Same horizon, same price base (" + page.facts.price_base + "), same luck"
                                  : ". Price base " + page.facts.price_base),
        table_html(out, page.several_plans() ? "Plans compared; the first is the reference" : "The plan"));
}

/// A hundred dots: the quantiles of the difference, one dot for each percent of runs.
void Replicates::section(Page& page) {
    if (!page.several_plans()) return;
    const auto& plans = page.facts.plans;
    nlohmann::ordered_json data = nlohmann::ordered_json::array();
    Table table{"difference",
                "Difference from the reference",
                {{"plan", "Plan", "", 0},
                 {"ahead", "Runs ahead of the reference", "percent", 0},
                 {"p10", "10th percentile", outcome_words(page), 2},
                 {"p50", "Median", outcome_words(page), 2},
                 {"p90", "90th percentile", outcome_words(page), 2}},
                {}};
    const auto levels = [&](const std::string& plan) { return of_plan(page.of<Replicates>(), plan, &Row::outcome); };
    const auto reference = levels(plans.front());
    bool all_ahead = true, always = true, all_behind = true;
    for (std::size_t p = 1; p < plans.size(); ++p) {
        auto d = levels(plans[p]);
        double ahead = 0;
        for (std::size_t i = 0; i < d.size(); ++i) {
            d[i] -= reference[i];
            ahead += (d[i] > 0) * 100.0 / static_cast<double>(d.size());
        }
        std::sort(d.begin(), d.end());
        const double step = std::max(1e-9, (d.back() - d.front()) / 24.0);
        std::map<long, int> stacked;
        for (int dot = 0; dot < 100; ++dot) {
            const long bin = std::lround(quantile_of_sorted(d, (dot + 0.5) / 100.0) / step);
            data.push_back({{"plan", plans[p]}, {"difference", bin * step}, {"dot", ++stacked[bin]}});
        }
        all_ahead &= ahead >= 95;
        always &= ahead > 99.999;
        all_behind &= quantile_of_sorted(d, 0.9) < 0;
        const auto ranged = [&](double q) {
            return d.size() < fewest_runs_for_range ? std::nan("") : quantile_of_sorted(d, q);
        };
        table.rows.push_back({plans[p], ahead, ranged(0.1), quantile_of_sorted(d, 0.5), ranged(0.9)});
    }
    Chart c;
    c.id = "difference";
    c.table = table;
    c.title = no_difference(page) ? "No plan differs from the reference in any run"
              : plans.size() == 2 ? "“" + plans[1] + "” brings more in " + in_runs(number(table.rows.front()[1]), page)
              : all_ahead ? std::string("Every alternative brings more in ") + (always ? "all" : "nearly all") + " runs"
              : all_behind ? "Every alternative brings less in nearly all runs"
                           : "Not every alternative beats the reference";
    const bool years = page.facts.decision.outcome == PrimaryOutcome::benchmark_years;
    c.subtitle = std::string(years ? "Benchmark-years (discounted)" : "Benchmarks at the end of the run") +
                 " per establishment more than under “" + plans.front() + "”, " + page.facts.place +
                 ", same luck. Each dot: a hundredth of the runs";
    auto values = plan_values(plans);
    values["description"] = c.subtitle;
    values["unit"] = "More " + outcome_words(page) + " per establishment";
    c.spec = filled_chart(embedded::chart_difference, values, {{"rows", data}});
    page.chart(std::move(c));
}

}  // namespace hubs
