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
    Decision(const Study& study, const Ensemble& ensemble, const Table& replicates, const Table& differences)
        : s_(study.scenario), ensemble_(ensemble), differences_(differences), money_("GBP " + s_.price_base) {
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
        top_ = top > 0 ? round_up(2 * top) : 10000;
        for (unsigned i = 0; i <= worth_steps; ++i) {
            at_.push_back(acceptability(draws_, top_ * i / worth_steps));
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
    Table switching_table() const {
        Table t{"switching",
                "What each assumption does to the answer",
                {{"parameter", "Assumption", "", 0},
                 {"meaning", "What it is", "", 0},
                 {"padlocks", "Strength of evidence", "0-5", 0},
                 {"unit", "Unit", "", 0},
                 {"value", "Value", "", 4},
                 {"low", "Low end", "", 4},
                 {"high", "High end", "", 4},
                 {"leader", "Plan that leads", "", 0},
                 {"difference", "Its gain over the reference", "benchmarks", 3},
                 {"difference_low", "the same at the low end", "benchmarks", 3},
                 {"difference_high", "the same at the high end", "benchmarks", 3},
                 {"swing", "Swing", "benchmarks", 3},
                 {"rival", "Next plan", "", 0},
                 {"lead_low", "Lead over the next plan at the low end", "benchmarks", 3},
                 {"lead_high", "the same at the high end", "benchmarks", 3},
                 {"switches_at", "The next plan leads from", "", 4}},
                {}};
        const WhatIfs& all = ensemble_.what_ifs;
        for (const WhatIf& w : all.each) {
            const auto gain = [](const std::array<double, 3>& level) { return level[1] - level[0]; };
            const auto lead = [](const std::array<double, 3>& level) { return level[1] - level[2]; };
            const double low = gain(w.level[0]), high = gain(w.level[1]);
            t.rows.push_back({w.path, std::string(w.field.meaning), std::int64_t{w.field.padlocks}, std::string(w.field.unit), w.value, w.low, w.high,
                              s_.plans[all.leader].name, gain(all.middle), low, high, std::fabs(high - low), s_.plans[all.rival].name, lead(w.level[0]),
                              lead(w.level[1]), w.switches_at});
        }
        std::stable_sort(t.rows.begin(), t.rows.end(), [](const auto& a, const auto& b) { return std::get<double>(a[11]) > std::get<double>(b[11]); });
        return t;
    }
    Table equity_table() const {
        Table t{
            "equity",
            "Who gains: differences between groups at the end",
            {{"plan", "Plan", "", 0}, {"measure", "Measure", "", 0}, {"label", "What it is", "", 0}, {"value", "Value", "", 3}, {"groups", "Groups", "", 0}},
            {}};
        for (std::size_t p = 1; p < s_.plans.size(); ++p) add_equity(s_.plans[p].name, t);
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
    void add_equity(const std::string& plan, Table& t) const {
        const Table& d = differences_;
        std::string last;
        std::vector<const std::vector<Cell>*> mine;
        for (const auto& row : d.rows)
            if (std::get<std::string>(row[0]) == plan && std::get<std::string>(row[d.column("measure")]) == "benchmarks_mean" &&
                std::get<std::string>(row[d.column("grouping")]) != "all") {
                last = std::max(last, std::get<std::string>(row[d.column("date")]));
                mine.push_back(&row);
            }
        const auto mean_of = [&](const std::string& grouping, const std::string& group) {
            for (const auto* row : mine)
                if (std::get<std::string>((*row)[d.column("date")]) == last && std::get<std::string>((*row)[d.column("grouping")]) == grouping &&
                    std::get<std::string>((*row)[d.column("group")]) == group)
                    return std::get<double>((*row)[d.column("mean")]);
            return std::nan("");
        };
        const auto add = [&](const char* measure, const char* label, double value, const std::string& groups) {
            if (std::isfinite(value)) t.rows.push_back({plan, std::string(measure), std::string(label), value, groups});
        };
        const auto gap = [&](const char* measure, const char* label, const char* grouping, const char* a, const char* b) {
            add(measure, label, mean_of(grouping, a) - mean_of(grouping, b), std::string(grouping) + ": " + a + " less " + b);
        };
        gap("fsm_gap", "Gain of the fifth with most free school meals, less that of the fifth with fewest", "fsm_fifth", "highest", "lowest");
        gap("rural_gap", "Gain of rural establishments, less that of urban", "rural", "rural", "urban");
        gap("special_gap", "Gain of special schools, less that of mainstream", "type", "special", "mainstream");
        gap("start_gap", "Gain of those with none at the start, less that of those with five or more", "start_level", "none at start", "5 to 8 at start");
        std::vector<double> fifths;
        for (const char* fifth : {"highest", "fourth", "third", "second", "lowest"}) fifths.push_back(mean_of("fsm_fifth", fifth));
        add("concentration", "Concentration index of the gain over free school meals; below 0: the poorer gain more", concentration_index(fifths), "fsm_fifth");
        std::string losers;
        double worse = 0;
        for (const auto* row : mine)
            if (std::get<std::string>((*row)[d.column("date")]) == last && std::get<double>((*row)[d.column("p90")]) < 0) {
                ++worse;
                losers += (losers.empty() ? "" : ", ") + std::get<std::string>((*row)[d.column("group")]);
            }
        add("groups_worse_off", "Groups worse off in nine runs of ten", worse, losers);
    }

    const Scenario& s_;
    const Ensemble& ensemble_;
    const Table& differences_;
    std::string money_;
    DecisionDraws draws_;
    Eigen::MatrixXd level_;
    std::vector<FrontierPlan> along_;
    std::vector<Acceptability> at_;
    std::size_t hardest_ = 0;
    double top_ = 0;
};

}  // namespace

std::vector<Table> decision_tables(const Study& study, const Ensemble& ensemble, const Table& replicates, const Table& differences) {
    const Decision d(study, ensemble, replicates, differences);
    std::vector<Table> out{d.acceptability_table(), d.frontier_table(), d.ranks_table(),     d.robust_table(),
                           d.information_table(),   d.equity_table(),   d.switching_table(), d.discovery_table()};
    if (study.scenario.plans.size() < 2)
        for (Table& t : out) t.rows.clear();
    return out;
}

}  // namespace hubs
