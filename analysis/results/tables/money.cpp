#include "analysis/results/tables/money.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/results/decision.h"
#include "analysis/results/monthly_means.h"
#include "analysis/results/summary.h"
#include "sim/run/discounting.h"

namespace hubs {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t worth_stops = 11;  // of the worth's range, ends included

/// "2018-19" of the financial year that holds a month.
std::string financial_year(const Calendar& calendar, unsigned month) {
    const Month m{static_cast<std::uint16_t>(month)};
    const int first = calendar.month_of(m) >= 4 ? calendar.year_of(m) : calendar.year_of(m) - 1;
    const int second = (first + 1) % 100;
    return std::to_string(first) + (second < 10 ? "-0" : "-") + std::to_string(second);
}

}  // namespace

std::vector<ByYear::Row> ByYear::rows(const Results& results) {
    const Finished& finished = results.finished();
    const double establishments = finished.study.population.establishments.count();
    const auto& means = results.shared<MonthlyMeans>();
    std::vector<Row> out;
    for (std::size_t p = 0; p < means.plans.size(); ++p) {
        const MonthlyMeans::OfPlan& plan = means.plans[p];
        for (unsigned from = 0; from < plan.held.size(); from += 12) {
            const auto to = std::min<unsigned>(from + 12, static_cast<unsigned>(plan.held.size()));
            Row row{finished.scenario().plans[p].name,
                    from / 12 + 1,
                    to - from,
                    0,
                    plan.held[to - 1] / establishments,
                    0,
                    static_cast<std::int64_t>(from < means.months ? finished.replicates()
                                                                  : finished.ensemble.beyond[p].size())};
            for (unsigned m = from; m < to; ++m) {
                row.benchmark_years += plan.held[m] / 12.0;
                row.gbp += plan.gbp[m];
            }
            out.push_back(row);
        }
    }
    return out;
}

std::vector<Payers::Row> Payers::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Scenario& s = finished.scenario();
    std::vector<std::string> payers;
    for (const CostLineWords& line : cost_lines)
        if (std::find(payers.begin(), payers.end(), line.payer) == payers.end()) payers.emplace_back(line.payer);
    std::vector<Row> out;
    for (std::size_t p = 0; p < s.plans.size(); ++p) {
        const auto& runs = finished.ensemble.seen[p];
        for (unsigned m = 0; m < s.months;) {
            const std::string year = financial_year(s.calendar, m);
            unsigned end = m;
            while (end < s.months && financial_year(s.calendar, end) == year) ++end;
            for (const std::string& payer : payers) {
                double pence = 0;
                for (const Observations& seen : runs)
                    for (unsigned at = m; at < end; ++at)
                        for (std::size_t line = 0; line < cost_line_count; ++line)
                            if (cost_lines[line].payer == payer) pence += static_cast<double>(seen.costs[at][line]);
                out.push_back(
                    {s.plans[p].name, year, end - m, payer, pence / 100.0 / static_cast<double>(runs.size())});
            }
            m = end;
        }
    }
    return out;
}

std::vector<NetValue::Row> NetValue::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    const double stated = d.scenario.decision.worth_gbp, worth = stated > 0 ? stated : not_known;
    const Eigen::MatrixXd value = d.draws.net_benefit(stated);
    for (Eigen::Index p = 1; p < d.draws.plans(); ++p) {
        const Eigen::VectorXd effect = d.draws.effect.col(p), cost = d.draws.cost.col(p);
        const Summary v = summarise({value.col(p).begin(), value.col(p).end()});
        const bool enough = v.values >= fewest_runs_for_range;
        // A ratio says something only where more is bought for more, or less for less; a range, where every run does.
        const auto has_ratio = [](double gain, double extra) { return gain * extra > 0; };
        bool always = enough;
        for (Eigen::Index r = 0; r < effect.size(); ++r)
            always = always && has_ratio(effect[r], cost[r]) && (effect[r] > 0) == (effect.mean() > 0);
        const Eigen::VectorXd ratio = always ? Eigen::VectorXd(cost.cwiseQuotient(effect)) : Eigen::VectorXd();
        const Summary r = summarise({ratio.begin(), ratio.end()});
        const auto priced = [&](double x) { return stated > 0 ? x : not_known; };
        out.push_back({d.plan(p), worth, priced(v.mean), priced(enough ? v.p10 : not_known),
                       priced(enough ? v.p90 : not_known), priced(100 * v.share_above),
                       has_ratio(effect.mean(), cost.mean()) ? cost.mean() / effect.mean() : not_known,
                       always ? r.p10 : not_known, always ? r.p90 : not_known});
    }
    return out;
}

std::vector<WorthAndHorizon::Row> WorthAndHorizon::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    const auto& by_year = results.of<ByYear>();
    const auto plans = static_cast<std::size_t>(d.draws.plans());
    const std::size_t years = by_year.size() / plans;
    std::vector<double> effect(plans, 0.0), cost(plans, 0.0);
    for (std::size_t year = 0; year < years; ++year) {
        const double factor = discount_factor(d.scenario.discount_rate, static_cast<unsigned>(year));
        for (std::size_t p = 0; p < plans; ++p) {
            const ByYear::Row& row = by_year[p * years + year];
            effect[p] += row.benchmark_years * factor;
            cost[p] += row.gbp * factor;
        }
        for (std::size_t stop = 0; stop < worth_stops; ++stop) {
            const double worth = d.at.back().worth * static_cast<double>(stop) / (worth_stops - 1);
            const auto net = [&](std::size_t p) { return worth * (effect[p] - effect[0]) - (cost[p] - cost[0]); };
            std::size_t best = 0;
            for (std::size_t p = 1; p < plans; ++p)
                if (net(p) > net(best)) best = p;
            out.push_back({12 * static_cast<std::int64_t>(year) + by_year[year].months, worth,
                           d.scenario.plans[best].name, net(best)});
        }
    }
    return out;
}

}  // namespace hubs
