#include "analysis/results/decision_tables.h"

#include <algorithm>
#include <cmath>

#include "analysis/decision/discovery.h"
#include "analysis/decision/information.h"
#include "analysis/decision/net_benefit.h"
#include "sim/run/parameter_path.h"

namespace hubs {
namespace {

constexpr unsigned worth_steps = 20;

/// A round number at or above x: 1, 2 or 5 times a power of ten.
double round_up(double x) {
    const double power = std::pow(10.0, std::floor(std::log10(x)));
    for (const double m : {1.0, 2.0, 5.0})
        if (m * power >= x) return m * power;
    return 10.0 * power;
}

class Decision {
public:
    Decision(const Study& study, const Table& replicates) : s_(study.scenario), money_("GBP " + s_.price_base) {
        const auto plans = static_cast<Eigen::Index>(s_.plans.size()), runs = static_cast<Eigen::Index>(s_.replicates);
        const auto matrix = [&](const char* name) {
            Eigen::MatrixXd out(runs, plans);
            for (Eigen::Index p = 0; p < plans; ++p)
                for (Eigen::Index r = 0; r < runs; ++r)
                    out(r, p) = std::get<double>(replicates.rows[static_cast<std::size_t>(p * runs + r)][replicates.column(name)]);
            return out;
        };
        draws_ = {matrix("benchmark_years"), matrix("cost_gbp_discounted")};
        for (auto* m : {&draws_.effect, &draws_.cost}) *m = m->colwise() - Eigen::VectorXd(m->col(0));  // over the reference
        level_ = matrix("benchmarks_mean");
        along_ = frontier(draws_.effect.colwise().mean(), draws_.cost.colwise().mean());
        double top = 0;
        for (const FrontierPlan& f : along_)
            if (std::isfinite(f.ratio)) top = std::max(top, f.ratio);
        const double dearest = top > 0 ? round_up(2 * top) : 10000;
        for (unsigned i = 0; i <= worth_steps; ++i) {
            at_.push_back(acceptability(draws_, dearest * i / worth_steps));
            if (at_.back().perfect_information > at_[hardest_].perfect_information) hardest_ = i;
        }
    }

    Table acceptability_table() const {
        Table t{"acceptability",
                "Which plan is best value, by what a benchmark-year is worth",
                {{"worth_gbp", "A benchmark-year is worth", money_, 0},
                 {"plan", "Plan", "", 0},
                 {"expected_gbp", "Expected net benefit over the reference", money_, 0},
                 {"best_percent", "Best value", "percent of runs", 1},
                 {"expected_loss_gbp", "Expected loss if chosen", money_, 0},
                 {"optimal", "Highest expected net benefit", "1 = yes", 0},
                 {"perfect_information_gbp", "Value of knowing everything", money_, 0}},
                {}};
        for (const Acceptability& a : at_)
            for (Eigen::Index p = 0; p < draws_.plans(); ++p)
                t.rows.push_back({a.worth, name(p), a.expected[p], 100.0 * a.best[p], a.loss[p], std::int64_t{p == a.optimal}, a.perfect_information});
        return t;
    }
    Table frontier_table() const {
        Table t{"frontier",
                "What more money buys: plans in order of cost",
                {{"plan", "Plan", "", 0},
                 {"extra_cost_gbp", "Extra cost over the reference", money_, 0},
                 {"extra_benchmark_years", "Extra benchmark-years", "benchmark-years", 0},
                 {"standing", "Standing", "", 0},
                 {"gbp_per_benchmark_year", "Each further benchmark-year costs", money_, 0},
                 {"more_dearer_percent", "Runs with more for more", "percent", 0},
                 {"more_cheaper_percent", "more for less", "percent", 0},
                 {"less_dearer_percent", "less for more", "percent", 0},
                 {"less_cheaper_percent", "less for less", "percent", 0}},
                {}};
        for (const FrontierPlan& f : along_) {
            const Quadrants q = f.plan == 0 ? Quadrants{} : quadrants(draws_, f.plan, 0);
            const char* standing = f.dominance == Dominance::none     ? "worth considering"
                                   : f.dominance == Dominance::strong ? "another plan gives as much for no more"
                                                                      : "a mixture of two others gives as much for less";
            t.rows.push_back({name(f.plan), f.cost, f.effect, std::string(standing), f.ratio, 100 * q.more_dearer, 100 * q.more_cheaper, 100 * q.less_dearer,
                              100 * q.less_cheaper});
        }
        return t;
    }
    Table ranks_table() const {
        Table t{"ranks",
                "Chance of being first, second and so on in benchmarks at the end",
                {{"plan", "Plan", "", 0}, {"place", "Place", "1 = most benchmarks", 0}, {"percent", "Runs", "percent", 0}},
                {}};
        const Eigen::MatrixXd shares = rank_shares(level_);
        for (Eigen::Index p = 0; p < shares.rows(); ++p)
            for (Eigen::Index k = 0; k < shares.cols(); ++k) t.rows.push_back({name(p), std::int64_t{k + 1}, 100 * shares(p, k)});
        return t;
    }
    Table robust_table() const {
        Table t{"robust",
                "Plans that other rules of choice pick",
                {{"worth_gbp", "A benchmark-year is worth", money_, 0},
                 {"rule", "Rule", "", 0},
                 {"plan", "Plan", "", 0},
                 {"value_gbp", "Its value: net benefit over the reference, or regret", money_, 0},
                 {"satisfied_percent", "Runs in which that plan is worth its extra cost", "percent", 0}},
                {}};
        const Acceptability& a = at_[hardest_];
        const Eigen::MatrixXd value = draws_.net_benefit(a.worth);
        const auto satisfied = [&](Eigen::Index p) {
            return 100.0 * static_cast<double>((value.col(p).array() > 0).count()) / static_cast<double>(value.rows());
        };
        t.rows.push_back({a.worth, std::string("highest expected value"), name(a.optimal), a.expected[a.optimal], satisfied(a.optimal)});
        for (const RobustChoice& c : robust_choices(value)) t.rows.push_back({a.worth, std::string(c.rule), name(c.plan), c.value, satisfied(c.plan)});
        return t;
    }
    /// Value of knowing a drawn parameter, where the choice is hardest. Pairs of replicates share a draw.
    Table information_table() const {
        Table t{"information",
                "What knowing more would be worth",
                {{"worth_gbp", "A benchmark-year is worth", money_, 0},
                 {"parameters", "Knowing", "", 0},
                 {"padlocks", "Strength of evidence now", "0-5", 0},
                 {"value_gbp", "Worth at most", money_, 0}},
                {}};
        const double worth = at_[hardest_].worth;
        t.rows.push_back({worth, std::string("everything, luck too"), std::string(), at_[hardest_].perfect_information});
        const auto [inputs, value] = by_draw(worth);
        if (inputs.rows() < 40) return t;
        const auto fields = fields_of_draws();
        const auto add = [&](const std::string& what, int locks, const std::vector<Eigen::Index>& which) {
            const Eigen::MatrixXd chosen = inputs(Eigen::all, which);
            t.rows.push_back({worth, what, locks < 0 ? Cell{std::string()} : Cell{std::int64_t{locks}}, partial_information_beyond_chance(chosen, value)});
        };
        for (int locks = 0; locks <= 5; ++locks) {
            std::vector<Eigen::Index> group;
            for (std::size_t k = 0; k < fields.size(); ++k)
                if (fields[k].padlocks == locks) group.push_back(static_cast<Eigen::Index>(k));
            if (group.size() > 1 && group.size() * 3 * 5 < static_cast<std::size_t>(inputs.rows()))
                add("all calibrated parameters with evidence " + std::to_string(locks) + " of 5", locks, group);
        }
        for (std::size_t k = 0; k < fields.size(); ++k) add(s_.draws.paths[k], fields[k].padlocks, {static_cast<Eigen::Index>(k)});
        std::stable_sort(t.rows.begin() + 1, t.rows.end(), [](const auto& a, const auto& b) { return std::get<double>(a[3]) > std::get<double>(b[3]); });
        return t;
    }
    /// When the plan of highest expected value is not the best: a box of drawn parameters.
    Table discovery_table() const {
        Table t{"discovery",
                "When the plan of highest expected value would be the wrong choice",
                {{"worth_gbp", "A benchmark-year is worth", money_, 0},
                 {"plan", "Plan", "", 0},
                 {"overall_percent", "It is not the best in", "percent of draws", 0},
                 {"condition", "Most often when", "", 0},
                 {"density_percent", "and then in", "percent of draws", 0},
                 {"coverage_percent", "which holds", "percent of the cases", 0}},
                {}};
        const Acceptability& a = at_[hardest_];
        const auto [inputs, value] = by_draw(a.worth);
        if (inputs.rows() < 40) return t;
        std::vector<bool> loses;
        for (Eigen::Index r = 0; r < value.rows(); ++r) loses.push_back(value.row(r).maxCoeff() > value(r, a.optimal));
        const Box box = discover(inputs, loses);
        std::string condition;
        for (const BoxLimit& l : box.limits) {
            char text[32];
            std::snprintf(text, sizeof text, "%.3g", l.value);
            condition +=
                (condition.empty() ? "" : " and ") + s_.draws.paths[static_cast<std::size_t>(l.input)] + (l.above ? " at or above " : " at or below ") + text;
        }
        t.rows.push_back({a.worth, name(a.optimal), 100 * box.overall, condition, 100 * box.density, 100 * box.coverage});
        return t;
    }

private:
    std::string name(Eigen::Index p) const { return s_.plans[static_cast<std::size_t>(p)].name; }

    std::vector<Field> fields_of_draws() const {
        Scenario copy = s_;
        std::vector<Field> out;
        const auto places = parameter_places(copy);
        for (const std::string& path : s_.draws.paths)
            for (const ParameterPlace& place : places)
                if (place.path == path) out.push_back(place.field);
        return out;
    }
    /// Drawn parameters, and net benefits averaged over the replicates that share a draw.
    std::pair<Eigen::MatrixXd, Eigen::MatrixXd> by_draw(double worth) const {
        const auto k = static_cast<Eigen::Index>(s_.draws.paths.size());
        const Eigen::Index n = s_.draws.count() == 0 ? 0 : draws_.draws() / replicates_per_draw;
        const Eigen::MatrixXd value = draws_.net_benefit(worth);
        Eigen::MatrixXd inputs(n, k), mean = Eigen::MatrixXd::Zero(n, value.cols());
        for (Eigen::Index d = 0; d < n; ++d) {
            Scenario drawn = scenario_of(s_, static_cast<std::uint32_t>(d * replicates_per_draw));
            for (const ParameterPlace& place : parameter_places(drawn))
                for (Eigen::Index c = 0; c < k; ++c)
                    if (s_.draws.paths[static_cast<std::size_t>(c)] == place.path) inputs(d, c) = *place.value;
            for (Eigen::Index i = 0; i < replicates_per_draw; ++i) mean.row(d) += value.row(d * replicates_per_draw + i) / replicates_per_draw;
        }
        return {inputs, mean};
    }
    const Scenario& s_;
    std::string money_;
    DecisionDraws draws_;
    Eigen::MatrixXd level_;
    std::vector<FrontierPlan> along_;
    std::vector<Acceptability> at_;
    std::size_t hardest_ = 0;
};

}  // namespace

std::vector<Table> decision_tables(const Study& study, const Ensemble& ensemble, const Table& replicates, const Table& differences) {
    const Decision d(study, replicates);
    std::vector<Table> out{d.acceptability_table(),
                           d.frontier_table(),
                           d.ranks_table(),
                           d.robust_table(),
                           d.information_table(),
                           equity_table(study.scenario, differences),
                           switching_table(study.scenario, ensemble.what_ifs),
                           d.discovery_table()};
    if (study.scenario.plans.size() < 2)
        for (Table& t : out) t.rows.clear();
    return out;
}

}  // namespace hubs
