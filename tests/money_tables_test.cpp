// The tables of value for money, worked out again from what was observed.
#include <cmath>
#include <map>

#include "analysis/results/decision.h"
#include "analysis/results/tables.h"
#include "sim/run/discounting.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

/// Two plans over twenty months, so that neither years of the run nor financial years are whole; enough runs for
/// ranges.
struct Ran {
    Study study;
    Finished finished;
    Results results;

    explicit Ran(const std::string& decision = "")
        : study(read(decision)), finished{study, run_ensemble(study, {}, "s.json"), std::nullopt}, results(finished) {}

    static Study read(const std::string& decision) {
        const StudyRead r = read_study_text(
            "s.json",
            R"({"schema_version": 1, "name": "s", "population": {"synthetic": true, "areas": {"North East": 80}},
                "start": "2018-09", "months": 20, "replicates": 20, "seed": 5)" +
                decision + R"(, "plans": [{"name": "none"},
                {"name": "hub", "waves": [{"start": "2018-09", "rule": "volunteers", "members": 40}]},
                {"name": "later", "waves": [{"start": "2019-09", "rule": "volunteers", "members": 40}]}]})",
            {});
        INFO(r.report);
        REQUIRE(r.study);
        return *r.study;
    }
};

double close_to(double x) { return 1e-9 * std::max(1.0, std::fabs(x)); }

}  // namespace

TEST_CASE("totals by year are the months' levels and costs added up") {
    const Ran ran;
    const auto& by_year = ran.results.of<ByYear>();
    REQUIRE(by_year.size() == 6);
    for (const ByYear::Row& row : by_year) {
        INFO(row.plan << ", year " << row.year);
        CHECK(row.months == (row.year == 1 ? 12 : 8));
        double held = 0, end = 0, gbp = 0;
        for (const Attainment::Row& a : ran.results.of<Attainment>())
            if (a.plan == row.plan && a.grouping == Grouping::all && a.measure == "benchmarks_mean" &&
                a.month > (row.year - 1) * 12 && a.month <= row.year * 12)
                held += a.mean * 80 / 12, end = a.mean;
        for (const Costs::Row& c : ran.results.of<Costs>())
            if (c.plan == row.plan && c.year == row.year) gbp += c.gbp;
        CHECK(std::fabs(row.benchmark_years - held) <= close_to(held));
        CHECK(std::fabs(row.benchmarks_at_end - end) <= close_to(end));
        CHECK(std::fabs(row.gbp - gbp) <= close_to(gbp));
    }
}

TEST_CASE("who pays adds up to all costs, by financial years from April to March") {
    const Ran ran;
    std::map<std::string, std::int64_t> months;
    std::map<std::string, double> by_payer, expected;
    double first_seven = 0, expected_seven = 0;
    for (const Payers::Row& row : ran.results.of<Payers>()) {
        months[row.financial_year] = row.months;
        by_payer[row.plan + ", " + row.payer] += row.gbp;
        if (row.plan == "hub" && row.financial_year == "2018-19") first_seven += row.gbp;
    }
    // September 2018 to April 2020.
    CHECK(months == std::map<std::string, std::int64_t>{{"2018-19", 7}, {"2019-20", 12}, {"2020-21", 1}});
    for (std::size_t p = 0; p < 3; ++p)
        for (const Observations& seen : ran.finished.ensemble.seen[p])
            for (std::size_t m = 0; m < 20; ++m)
                for (std::size_t line = 0; line < cost_line_count; ++line) {
                    const double gbp = static_cast<double>(seen.costs[m][line]) / 100.0 / 20;
                    expected[ran.study.scenario.plans[p].name + ", " + std::string(cost_lines[line].payer)] += gbp;
                    if (p == 1 && m < 7) expected_seven += gbp;
                }
    REQUIRE(by_payer.size() == expected.size());
    for (const auto& [who, gbp] : expected) {
        INFO(who);
        CHECK(std::fabs(by_payer[who] - gbp) <= 1e-6);
    }
    CHECK(std::fabs(first_seven - expected_seven) <= 1e-6);
    CHECK(by_payer["hub, schools"] > 0);
}

TEST_CASE("net present social value is the gain at its price less the extra cost, run by run") {
    for (const auto& [decision, worth] : std::vector<std::pair<std::string, double>>{
             {R"(, "decision": {"rule": "net_benefit", "worth_gbp": 7000})", 7000.0}, {"", 0.0}}) {
        const Ran ran(decision);
        const double price = worth;
        const auto& runs = ran.results.of<Replicates>();
        const auto& rows = ran.results.of<NetValue>();
        REQUIRE(rows.size() == 2);
        for (std::size_t p = 1; p < 3; ++p) {
            const NetValue::Row& row = rows[p - 1];
            INFO(row.plan << " at " << price);
            CHECK(std::isnan(row.worth_gbp) == (price == 0));
            CHECK(std::isnan(row.value_gbp) == (price == 0));  // no worth is made up where none is stated
            std::vector<double> value, ratio;
            double gain = 0, cost = 0;
            for (std::size_t r = 0; r < 20; ++r) {
                const auto &run = runs[p * 20 + r], &reference = runs[r];
                const double g = run.benchmark_years_discounted - reference.benchmark_years_discounted,
                             c = run.cost_gbp_discounted - reference.cost_gbp_discounted;
                value.push_back(price * g - c);
                if (g * c > 0) ratio.push_back(c / g);
                gain += g / 20, cost += c / 20;
            }
            const auto above = std::count_if(value.begin(), value.end(), [](double v) { return v > 0; });
            std::sort(value.begin(), value.end());
            if (price > 0) {
                CHECK(std::fabs(row.value_gbp - (price * gain - cost)) <= 1e-4);
                CHECK(std::fabs(row.value_p10_gbp - quantile_of_sorted(value, 0.1)) <= 1e-4);
                CHECK(std::fabs(row.value_p90_gbp - quantile_of_sorted(value, 0.9)) <= 1e-4);
                CHECK(row.above_percent == Approx(100.0 * static_cast<double>(above) / 20));
            }
            if (gain * cost > 0) CHECK(row.gbp_per_benchmark_year == Approx(cost / gain));
            CHECK(std::isnan(row.ratio_p10_gbp) == (ratio.size() < 20));  // a range only where every run has a ratio
        }
    }
}

TEST_CASE("the best value by worth and horizon is the plan of most net benefit up to there") {
    const Ran ran;
    const auto& rows = ran.results.of<WorthAndHorizon>();
    REQUIRE(rows.size() == 2 * 11);
    const double rate = ran.study.scenario.discount_rate;
    CHECK(rows.front().worth_gbp == 0);
    CHECK(rows.front().plan == "none");  // what is worth nothing is not paid for
    for (const WorthAndHorizon::Row& row : rows) {
        std::map<std::string, double> net;
        for (const ByYear::Row& y : ran.results.of<ByYear>())
            if (12 * (y.year - 1) < row.months)
                net[y.plan] += (row.worth_gbp * y.benchmark_years - y.gbp) / std::pow(1 + rate, y.year - 1);
        double best = net["none"];
        for (const auto& [plan, value] : net) best = std::max(best, value);
        INFO(row.months << " months at " << row.worth_gbp << ": " << row.plan);
        CHECK(std::fabs(net[row.plan] - best) <= 1e-6 * std::fabs(best));
        CHECK(std::fabs(row.value_gbp - (best - net["none"])) <= 1e-6 * std::fabs(best));
    }
    // All of the run at a worth of the acceptability curve: the same choice.
    for (const AcceptabilityCurve::Row& a : ran.results.of<AcceptabilityCurve>())
        for (const WorthAndHorizon::Row& row : rows)
            if (row.months == 20 && row.worth_gbp == a.worth_gbp && a.optimal == 1) CHECK(row.plan == a.plan);
}

TEST_CASE("the draws that are written are those that were simulated: a run with one of them set gives its replicate") {
    const Ran ran;
    const auto& draws = ran.results.of<Draws>();
    REQUIRE(!draws.empty());
    std::map<std::string, double> third;
    for (const Draws::Row& row : draws)
        if (row.replicate == 3) third[row.parameter] = row.value;
    CHECK(third.size() * 20 == draws.size());
    // Everything drawn for replicate 3, set outright.
    Scenario set = ran.study.scenario;
    set.draws = {};
    for (const ParameterPlace& place : parameter_places(set))
        if (const auto found = third.find(place.path); found != third.end()) *place.value = found->second;
    Study fixed = ran.study;
    fixed.scenario = set;
    const Ensemble e = run_ensemble(fixed, {}, "s.json");
    for (std::size_t p = 0; p < 3; ++p)
        CHECK(e.seen[p][3].final_state.word() == ran.finished.ensemble.seen[p][3].final_state.word());
    CHECK(e.seen[1][4].final_state.word() != ran.finished.ensemble.seen[1][4].final_state.word());
}

TEST_CASE("year groups share out each establishment's pupils, and each activity reaches the years it is for") {
    CHECK(shares_of_years(Type::mainstream, false) == std::array{0.2, 0.2, 0.2, 0.2, 0.2, 0.0, 0.0});
    CHECK(shares_of_years(Type::college, false) == std::array{0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5});
    CHECK(shares_of_years(Type::mainstream, true)[0] == 1 / 6.0);
    CHECK(shares_of_years(Type::mainstream, true)[6] == 0.5 / 6);
    CHECK(shares_of_years(Type::alternative_provision, false)[3] == 0.5);
    const Ran ran;
    const auto& who = ran.study.population.establishments;
    double pupils = 0;
    for (const std::uint32_t p : who.pupils) pupils += p;
    for (const Plan& plan : ran.study.scenario.plans) {
        INFO(plan.name);
        double all = 0, employers = 0, reached = 0;
        for (const YearGroups::Row& row : ran.results.of<YearGroups>()) {
            if (row.plan != plan.name) continue;
            all += row.pupils;
            employers += row.employers;
            CHECK((row.workplace > 0) == (row.year == 10 || row.year == 12));
            CHECK((row.guidance > 0) == (row.year == 11 || row.year == 13));
            CHECK((row.education > 0) == (row.year >= 9));
            CHECK(row.workplace <= row.pupils);
        }
        std::int64_t last = 0;
        for (const Attainment::Row& a : ran.results.of<Attainment>())
            if (a.plan == plan.name && a.grouping == Grouping::type) last = std::max(last, a.month);
        double of_all = 0;
        std::map<std::string, double> of_type;
        for (const Attainment::Row& a : ran.results.of<Attainment>()) {
            if (a.plan != plan.name || a.month != last || a.measure != "pupils_reached_b5") continue;
            if (a.grouping == Grouping::all) of_all = a.mean;
            if (a.grouping == Grouping::type) of_type[a.group] = a.mean;
        }
        const char* names[] = {"mainstream", "special", "alternative_provision", "college"};
        CHECK(of_type.size() < 4);  // a type of fewer than five is not shown, and counts as all do
        for (std::size_t t = 0; t < 4; ++t) {
            double of = 0;
            for (std::uint32_t i = 0; i < who.count(); ++i)
                of += static_cast<std::size_t>(who.type[EstablishmentId{i}]) == t ? who.pupils[EstablishmentId{i}] : 0;
            reached += of_type.count(names[t]) != 0 ? of_type[names[t]] : of * of_all / pupils;
        }
        CHECK(std::fabs(all - pupils) <= close_to(pupils));
        CHECK(std::fabs(employers - reached) <= close_to(reached));
    }
}

TEST_CASE("what a school spends is its leader's hours and what schools pay beside them") {
    const Ran ran;
    for (const SchoolSpending::Row& row : ran.results.of<SchoolSpending>()) {
        CHECK(std::fabs(row.leader - 0.975 * 14.5 * 39 * 30) < 1e-9);
        double paid = 0;
        for (const Costs::Row& cost : ran.results.of<Costs>())
            if (cost.plan == row.plan && (cost.line == CostLine::release_days || cost.line == CostLine::peer_review ||
                                          cost.line == CostLine::awards))
                paid += cost.gbp;
        CHECK(paid > 0);
        CHECK(std::fabs(row.other - paid / 80 / (20 / 12.0)) <= close_to(paid));
        CHECK(row.sum == row.leader + row.other);
        CHECK(row.estimate == 44676);
    }
}
