#include "analysis/results/tables/costs.h"

#include "analysis/results/results.h"
#include "sim/run/discounting.h"

namespace hubs {

std::vector<Costs::Row> Costs::rows(const Results& results) {
    const Finished& finished = results.finished();
    const Scenario& s = finished.scenario();
    std::vector<Row> out;
    for (std::size_t p = 0; p < s.plans.size(); ++p)
        for (unsigned year = 0; year * 12 < s.months; ++year)
            for (std::size_t line = 0; line < cost_line_count; ++line) {
                double pence = 0;
                for (const Observations& seen : finished.ensemble.seen[p])
                    for (unsigned m = year * 12; m < s.months && m < year * 12 + 12; ++m)
                        pence += static_cast<double>(seen.costs[m][line]);
                const double gbp = pence / 100.0 / s.replicates;
                out.push_back({s.plans[p].name, year + 1, static_cast<CostLine>(line),
                               std::string(cost_lines[line].label), std::string(cost_lines[line].payer), gbp,
                               gbp * discount_factor(s.discount_rate, year)});
            }
    return out;
}

}  // namespace hubs
