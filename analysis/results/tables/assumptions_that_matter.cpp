#include "analysis/results/tables/assumptions_that_matter.h"

#include <algorithm>
#include <cmath>

#include "analysis/results/decision.h"
#include "analysis/results/sentences.h"
#include "analysis/statistics/decision/discovery.h"
#include "analysis/statistics/decision/information.h"

namespace hubs {
namespace {

constexpr Eigen::Index fewest_draws = 40;

}  // namespace

std::vector<Switching::Row> Switching::rows(const Results& results) {
    const WhatIfs& all = results.finished().ensemble.what_ifs;
    const auto& plans = results.finished().scenario().plans;
    std::vector<Row> out;
    for (const WhatIf& w : all.each) {
        const double low = w.at[0].gain(), high = w.at[1].gain();
        out.push_back({w.path, std::string(w.field.meaning), w.field.padlocks, std::string(w.field.unit), w.value,
                       w.low, w.high, plans[all.leader].name, all.middle.gain(), low, high, swing_of(w, all.middle),
                       plans[all.reference_leads ? all.leader : all.rival].name, all.middle.lead, w.at[0].lead,
                       w.at[1].lead, w.switches_at});
    }
    std::stable_sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.swing > b.swing; });
    return out;
}

std::vector<Curves::Row> Curves::rows(const Results& results) {
    std::vector<Row> out;
    for (const Switching::Row& most : results.of<Switching>())
        for (const WhatIf& w : results.finished().ensemble.what_ifs.each)
            if (w.path == most.parameter)
                for (const auto& [value, levels] : w.curve)
                    out.push_back({w.path, std::string(w.field.meaning), value, std::string(w.field.unit),
                                   100 * (value - w.low) / (w.high - w.low), levels.gain(), levels.lead});
    return out;
}

std::vector<Information::Row> Information::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    std::vector<Row> out;
    if (!d.several_plans()) return out;
    const double worth = d.choice_weighed().worth;
    out.push_back({worth, "everything, luck too", Cell{}, d.choice_weighed().perfect_information});
    const auto [inputs, value] = d.by_draw(worth);
    if (inputs.rows() < fewest_draws) return out;
    const auto fields = d.fields_of_draws();
    const auto add = [&](const std::string& what, int locks, const std::vector<Eigen::Index>& which) {
        const Eigen::MatrixXd chosen = inputs(Eigen::all, which);
        double worth_knowing = partial_information_beyond_chance(chosen, value);
        for (const Eigen::Index k : which)  // a group is worth no less than any of it: what says otherwise is noise
            worth_knowing =
                std::max(worth_knowing, partial_information_beyond_chance(inputs(Eigen::all, std::vector{k}), value));
        out.push_back({worth, what, static_cast<double>(locks), worth_knowing});
    };
    for (int locks = 0; locks <= 5; ++locks) {
        std::vector<Eigen::Index> group;
        for (std::size_t k = 0; k < fields.size(); ++k)
            if (fields[k].padlocks == locks) group.push_back(static_cast<Eigen::Index>(k));
        if (group.size() > 1 && group.size() * 3 * 5 < static_cast<std::size_t>(inputs.rows()))
            add("all calibrated parameters with evidence " + std::to_string(locks) + " of 5", locks, group);
    }
    for (std::size_t k = 0; k < fields.size(); ++k)
        add(std::string(fields[k].meaning), fields[k].padlocks, {static_cast<Eigen::Index>(k)});
    std::stable_sort(out.begin() + 1, out.end(), [](const Row& a, const Row& b) { return a.value_gbp > b.value_gbp; });
    return out;
}

std::vector<Discovery::Row> Discovery::rows(const Results& results) {
    const auto& d = results.shared<Decision>();
    if (!d.several_plans()) return {};
    const Acceptability& a = d.choice_weighed();
    const auto [inputs, value] = d.by_draw(a.worth);
    if (inputs.rows() < fewest_draws) return {};
    std::vector<bool> loses;
    for (Eigen::Index r = 0; r < value.rows(); ++r) loses.push_back(value.row(r).maxCoeff() > value(r, a.optimal));
    const Box box = discover(inputs, loses);
    const auto fields = d.fields_of_draws();
    std::string condition;
    for (const BoxLimit& l : box.limits) {
        const Field& f = fields[static_cast<std::size_t>(l.input)];
        condition += (condition.empty() ? "“" : " and “") + std::string(f.meaning) + "” at " +
                     amount_in_words(l.value, std::string(f.unit)) + (l.above ? " or more" : " or less");
    }
    return {{a.worth, d.plan(a.optimal), 100 * box.overall, condition, 100 * box.density, 100 * box.coverage}};
}

}  // namespace hubs
