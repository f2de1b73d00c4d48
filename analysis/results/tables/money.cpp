#include "analysis/results/tables/money.h"

#include <cmath>
#include <map>

#include "analysis/results/decision.h"
#include "analysis/results/summary.h"
#include "analysis/results/tables/headline.h"
#include "sim/run/discounting.h"

namespace hubs {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t worth_stops = 11;  // of the worth's range, ends included

/// Benchmarks held by all establishments together at a month's end.
double held(const Tally& all) {
    double sum = 0;
    for (unsigned b = 0; b <= benchmark_count; ++b) sum += b * static_cast<double>(all.with_benchmarks[b]);
    return sum;
}

double pounds_of(const Observations& seen, unsigned month) {
    double pence = 0;
    for (const std::int64_t line : seen.costs[month]) pence += static_cast<double>(line);
    return pence / 100.0;
}

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
    const Scenario& s = finished.scenario();
    const double establishments = finished.study.population.establishments.count();
    const std::uint16_t everybody = finished.ensemble.groups.first[static_cast<std::size_t>(Grouping::all)];
    std::vector<Row> out;
    for (std::size_t p = 0; p < s.plans.size(); ++p) {
        const std::size_t first = out.size();
        for (unsigned m = 0; m < s.months; m += 12)
            out.push_back({s.plans[p].name, m / 12 + 1, std::min(12, s.months - static_cast<int>(m)), 0, 0, 0});
        const auto& runs = finished.ensemble.seen[p];
        const double n = static_cast<double>(runs.size());
        for (const Observations& seen : runs) {
            for (std::size_t k = 0; k < seen.tallies.size(); ++k) {
                const unsigned month = seen.tally_month[k];
                if (seen.tally_group[k] != everybody || month == 0) continue;
                Row& row = out[first + (month - 1) / 12];
                row.benchmark_years += held(seen.tallies[k]) / 12.0 / n;
                if (month == (row.year - 1) * 12 + row.months)
                    row.benchmarks_at_end += held(seen.tallies[k]) / establishments / n;
            }
            for (unsigned m = 0; m < s.months; ++m) out[first + m / 12].gbp += pounds_of(seen, m) / n;
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
    const double stated = d.scenario.decision.worth_gbp, worth = stated > 0 ? stated : d.hardest_choice().worth;
    const Eigen::MatrixXd value = d.draws.net_benefit(worth);
    for (Eigen::Index p = 1; p < d.draws.plans(); ++p) {
        const Eigen::VectorXd effect = d.draws.effect.col(p), cost = d.draws.cost.col(p);
        const Summary v = summarise({value.col(p).begin(), value.col(p).end()});
        const bool enough = v.values >= fewest_runs_for_range;
        // A ratio says something only where more is bought for more, in every run.
        const bool dearer_and_better = effect.mean() > 0 && cost.mean() > 0;
        const bool always = enough && effect.minCoeff() > 0 && cost.minCoeff() > 0;
        const Eigen::VectorXd ratio = always ? Eigen::VectorXd(cost.cwiseQuotient(effect)) : Eigen::VectorXd();
        const Summary r = summarise({ratio.begin(), ratio.end()});
        out.push_back({d.plan(p), worth, v.mean, enough ? v.p10 : not_known, enough ? v.p90 : not_known,
                       100 * v.share_above, dearer_and_better ? cost.mean() / effect.mean() : not_known,
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
            out.push_back({static_cast<std::int64_t>(year + 1), worth, d.scenario.plans[best].name, net(best)});
        }
    }
    return out;
}

}  // namespace hubs
