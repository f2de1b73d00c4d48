// Two hundred awkward tables: ties, constants, columns that follow from others, few rows, huge scales, weights, cells
// and clusters. The product must say what the plain twin says, and say the same whatever the order of rows and columns.
#include <algorithm>
#include <numeric>

#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/read_sample.h"
#include "sim/base/random.h"
#include "tests/estimator/plain_twin.h"
#include "tests/estimator/synthetic_schools.h"

using namespace hubs;
using namespace hubs::test;

namespace {

constexpr std::uint32_t tables = 200;

class Dice {
public:
    explicit Dice(std::uint32_t number) : luck_({20261128, number}, Month{0}, stream_of("awkward", 7)) {}
    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>((std::uint64_t{luck_.words(place_++)[0]} * n) >> 32);
    }
    double uniform() { return (below(1u << 30) + 0.5) / (1u << 30); }

private:
    Luck luck_;
    std::uint32_t place_ = 0;
};

Sample awkward(std::uint32_t number) {
    Dice dice(number);
    const auto n = static_cast<Eigen::Index>(number % 5 == 0 ? 8 + dice.below(8) : 20 + dice.below(50));
    Sample s;
    s.outcome.resize(n);
    s.before.resize(n);
    s.covariates.resize(n, 5);
    s.names = {"whole", "huge", "rural", "double", "constant"};
    for (Eigen::Index i = 0; i < n; ++i) {
        s.treated.push_back(dice.below(3) == 0 || i < 3);
        s.before[i] = dice.below(number % 2 == 0 ? 4 : 9);
        s.covariates(i, 0) = dice.below(3);
        s.covariates(i, 1) = 1e9 * (1 + dice.uniform());
        s.covariates(i, 2) = dice.below(4) == 0;
        s.covariates(i, 3) = number % 3 == 0 ? 2 * s.covariates(i, 0) + 7 : dice.uniform() * 1e-6;
        s.covariates(i, 4) = number % 7 == 0 ? dice.below(2) : 5;
        s.outcome[i] = std::min(8.0, s.before[i] + dice.below(3) + (s.treated.back() ? 1 : 0)) +
                       (number % 4 == 0 ? dice.uniform() : 0);
        s.clusters.push_back(dice.below(8));
        s.cells.push_back(dice.below(2));
    }
    for (std::size_t i = 3; i < 6; ++i) s.treated[i] = false;
    if (number % 2 == 0) s.clusters.clear();
    if (number % 3 != 1) s.cells.clear();
    if (number % 6 == 5) {
        s.weights.resize(n);
        for (double& w : s.weights) w = 0.5 + dice.below(4);
    }
    return s;
}

/// The same rows and columns in another order, some covariates coded otherwise.
Sample shuffled(const Sample& s, Dice& dice) {
    std::vector<Eigen::Index> rows(s.size()), columns(s.names.size());
    std::iota(rows.begin(), rows.end(), 0);
    std::iota(columns.begin(), columns.end(), 0);
    for (std::size_t i = rows.size(); i > 1; --i)
        std::swap(rows[i - 1], rows[dice.below(static_cast<std::uint32_t>(i))]);
    for (std::size_t i = columns.size(); i > 1; --i)
        std::swap(columns[i - 1], columns[dice.below(static_cast<std::uint32_t>(i))]);
    Sample out;
    out.outcome = s.outcome(rows);
    out.before_label = s.before_label;
    if (s.before.size() > 0) out.before = s.before(rows);
    if (s.weights.size() > 0) out.weights = s.weights(rows);
    out.covariates = s.covariates(rows, columns);
    for (const Eigen::Index k : columns) out.names.push_back(s.names[static_cast<std::size_t>(k)]);
    for (std::size_t k = 0; k < columns.size(); ++k)
        if (dice.below(2) == 0) out.covariates.col(static_cast<Eigen::Index>(k)).array() *= -4.0;
    for (const Eigen::Index i : rows) {
        const auto at = static_cast<std::size_t>(i);
        out.treated.push_back(s.treated[at]);
        if (!s.clusters.empty()) out.clusters.push_back(100000 - s.clusters[at]);
        if (!s.cells.empty()) out.cells.push_back(7 - s.cells[at]);
    }
    return out;
}

void same_answers(const Battery& one, const Battery& two) {
    REQUIRE(one.answers.size() == two.answers.size());
    for (const Answer& a : one.answers) {
        const auto found =
            std::find_if(two.answers.begin(), two.answers.end(), [&](const Answer& b) { return b.name == a.name; });
        REQUIRE(found != two.answers.end());
        INFO(a.name << ": " << a.refusal << " / " << found->refusal);
        REQUIRE(a.refusal == found->refusal);
        if (a.refused()) continue;
        CHECK(std::fabs(a.value - found->value) <= 1e-8 * std::max(1.0, std::fabs(a.value)));
        CHECK(std::fabs(a.error - found->error) <= 1e-7 * std::max(1.0, a.error));
        CHECK(a.pairs == found->pairs);
        CHECK(a.notes == found->notes);
    }
}

}  // namespace

TEST_CASE("two hundred awkward tables: the estimators are what the plain twin is") {
    std::size_t regressions = 0, matched = 0, weighted = 0;
    for (std::uint32_t number = 0; number < tables; ++number) {
        INFO("table " << number);
        const Sample s = awkward(number);
        const Battery b = run_battery(s);
        const Eigen::MatrixXd Z = plain::usable(s);
        const auto same_regression = [&](const char* id, const plain::Regression& r) {
            const Answer* a = b.find(id);
            if (a->refused()) return;
            ++regressions;
            same(id, a->value, r.value, 1e-7);
            same(std::string(id) + " error", a->error, s.clusters.empty() ? r.hc3 : r.cr2, 1e-6);
            if (!s.clusters.empty()) same(std::string(id) + " degrees of freedom", a->df, r.df, 1e-6);
        };
        const Eigen::MatrixXd none(s.outcome.size(), 0);
        same_regression("difference", plain::regression(s, s.outcome, none, plain::weights(s)));
        same_regression("difference_in_differences",
                        plain::regression(s, s.outcome - s.before, none, plain::weights(s)));
        same_regression("regression", plain::regression(s, s.outcome, Z, plain::weights(s)));
        if (const Answer* a = b.find("nearest_neighbour"); !a->refused()) {
            ++matched;
            const plain::Matching m = plain::matching(s, Z);
            same("matching", a->value, m.value, 1e-8);
            same("matching error", a->error, m.error, 1e-7);
            CHECK(a->pairs == m.pairs);
            CHECK(a->targets == m.targets);
        }
        if (const Answer* a = b.find("weighting"); !a->refused() && s.clusters.empty()) {
            ++weighted;
            const plain::Weighting w = plain::weighting(s, Z);
            same("weighting", a->value, w.value, 1e-6);
            const double n = static_cast<double>(s.size()), used = static_cast<double>(Z.cols()) + 2;
            same("weighting error", a->error, w.error * std::sqrt(n / (n - used)), 1e-4);
        }
    }
    CHECK(regressions > 550);
    CHECK(matched > 180);
    CHECK(weighted > 50);
}

TEST_CASE("the order of rows and columns, and how covariates are coded, change nothing") {
    for (std::uint32_t number = 0; number < tables; ++number) {
        INFO("table " << number);
        Dice dice(5000 + number);
        const Sample s = awkward(number);
        BatteryOptions options;
        options.estimand = static_cast<Estimand>(number % 3);
        options.drop_separating = number % 2 == 0;
        same_answers(run_battery(s, options), run_battery(shuffled(s, dice), options));
    }
    Dice dice(9999);
    same_answers(run_battery(schools()), run_battery(shuffled(schools(), dice)));
}

TEST_CASE("the order of rows and columns changes nothing on the cases either") {
    const std::string folder = std::string(HUBSIM_SOURCE) + "/tests/cases/";
    const std::vector<std::pair<std::string, std::vector<std::string>>> cases{
        {"01-bias-adjusted/const01.csv", {"rural"}},
        {"01-bias-adjusted/const12.csv", {"rural"}},
        {"01-bias-adjusted/const9_10.csv", {"rural"}},
        {"01-bias-adjusted/constant_outcome.csv", {"band"}},
        {"01-bias-adjusted/exact_effect_one.csv", {"band"}},
        {"01-bias-adjusted/tiny.csv", {"x"}},
        {"02-row-order/as_sorted_up.csv", {"a", "b", "c"}},
        {"02-row-order/as_sorted_down.csv", {"a", "b", "c"}},
        {"05-weighted-clusters/cl.csv", {"x"}},
        {"05-weighted-clusters/s600.csv", {"urban", "fsm", "pupils", "sixth", "ofsted"}},
        {"08-missing-codes/yesno.csv", {"fsm"}},
        {"08-missing-codes/tf.csv", {"fsm"}},
        {"08-missing-codes/factor.csv", {"region", "fsm"}},
        {"08-missing-codes/commacol.csv", {"Percentage FSM, all"}}};
    Dice dice(777);
    for (const auto& [file, covariates] : cases)
        for (const bool clustered : {false, true}) {
            INFO(file << (clustered ? " by cluster" : ""));
            SampleColumns columns;
            columns.outcome = "after", columns.treated = "hub", columns.before = "before",
            columns.covariates = covariates;
            if (clustered && file.starts_with("02")) continue;  // has no column to group by
            if (clustered)
                columns.clusters = file.find("s600") != std::string::npos     ? "area"
                                   : file.find("cl.csv") != std::string::npos ? "two"
                                                                              : "urn";
            const ReadSample read = read_sample(read_csv_file(folder + file), file, columns);
            REQUIRE(read.problems.empty());
            for (int k = 0; k < 5; ++k)
                same_answers(run_battery(read.sample), run_battery(shuffled(read.sample, dice)));
        }
}

TEST_CASE("a row with an unusual covariate is no separation, and what separates is told") {
    Dice dice(31);
    const Eigen::Index n = 300;
    Sample s;
    s.outcome.resize(n);
    s.covariates.resize(n, 1);
    s.names = {"x"};
    for (Eigen::Index i = 0; i < n; ++i) {
        s.covariates(i, 0) = dice.uniform() + dice.uniform() - 1;
        s.treated.push_back(dice.uniform() < 1 / (1 + std::exp(-6 * s.covariates(i, 0))));
        s.outcome[i] = s.covariates(i, 0) + dice.uniform();
    }
    s.covariates(0, 0) = 12;  // log-odds of about seventy
    s.treated[0] = true;
    CHECK_FALSE(run_battery(s).find("weighting")->refused());
    for (Eigen::Index i = 0; i < n; ++i)
        s.covariates(i, 0) = s.treated[static_cast<std::size_t>(i)] ? 1 + dice.uniform() : dice.uniform();
    CHECK(
        run_battery(s).find("weighting")->refusal ==
        "No overlap: \"x\" alone tells treated and control rows apart, so no propensity score can be fitted with that; leave it out.");
    // Apart only along x + z: neither alone, both together.
    s.covariates.conservativeResize(n, 2);
    s.names = {"x", "z"};
    for (Eigen::Index i = 0; i < n; ++i) {
        s.covariates(i, 0) = 4 * dice.uniform();
        s.covariates(i, 1) =
            (s.treated[static_cast<std::size_t>(i)] ? 0.2 : -0.2) - s.covariates(i, 0) + 0.1 * dice.uniform();
    }
    CHECK(
        run_battery(s).find("weighting")->refusal ==
        "No overlap: with the others, \"x\" and \"z\" tell treated and control rows apart, so no propensity score can be fitted with that; leave it out.");
}

TEST_CASE("a caliper holds on a covariate that is left out since it follows from others") {
    const Sample s = schools();
    Sample more = s;
    more.before.resize(0);
    more.covariates.conservativeResize(s.covariates.rows(), 7);
    more.covariates.col(6) = s.covariates.col(2) + s.covariates.col(3);
    more.names.push_back("sum");
    BatteryOptions options;
    options.calipers = {{"sum", 3.0}};
    const Battery limited = run_battery(more, options);
    CHECK(limited.left_out == std::vector<std::string>{"\"sum\" follows from other covariates"});
    CHECK(limited.find("nearest_neighbour")->dropped > 0);
    CHECK(run_battery(more).find("nearest_neighbour")->dropped == 0);
}

TEST_CASE("by cluster weighting has the larger of two errors, so never less than with schools on their own") {
    Sample s = schools();
    s.before.resize(0);
    s.clusters.clear();
    const double alone = run_battery(s).find("weighting")->error;
    for (std::uint32_t i = 0; i < s.size(); ++i) s.clusters.push_back(i);  // each its own
    CHECK(run_battery(s).find("weighting")->error >= alone);
}

TEST_CASE("of columns that follow from one another the last by name is left out") {
    Eigen::MatrixXd X(5, 4);
    X << 1, 2, 7, 1, 2, 4, 7, 0, 3, 6, 7, 4, 4, 8, 7, 1, 5, 10, 7, 2;
    const Columns c = independent_columns(X, {"b", "a", "c", "d"});
    CHECK(c.kept == std::vector<Eigen::Index>{1, 3});
    CHECK(c.follow == std::vector<Eigen::Index>{0});
    CHECK(c.constant == std::vector<Eigen::Index>{2});
    CHECK(quoted_list({0, 1, 2}, {"b", "a", "c", "d"}) == "\"a\", \"b\" and \"c\"");
    CHECK(independent_columns(X, {before_name, "a", "c", "d"}).kept == std::vector<Eigen::Index>{0, 3});
}
