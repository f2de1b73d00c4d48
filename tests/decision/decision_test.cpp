// Decision figures against published arithmetic: the reference numbers, and a case solved by hand.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/run/discounting.h"
#include "analysis/statistics/decision/information.h"
#include "analysis/statistics/decision/net_benefit.h"
#include "sim/base/deterministic_math.h"
#include "tests/catch.h"

using namespace hubs;

namespace {

nlohmann::json reference() { return nlohmann::json::parse(std::ifstream(HUBSIM_SOURCE "/tests/decision/decision_reference.json")); }

struct Draws {
    Eigen::MatrixXd parameters;
    DecisionDraws decision;
};

Draws stored() {
    std::ifstream file(HUBSIM_SOURCE "/tests/decision/decision_psa2000.csv");
    std::string line, cell;
    std::getline(file, line);
    Eigen::MatrixXd all(2000, 11);
    for (Eigen::Index r = 0; r < all.rows(); ++r) {
        REQUIRE(std::getline(file, line));
        std::istringstream cells(line);
        for (Eigen::Index c = 0; c < all.cols() && std::getline(cells, cell, ','); ++c) all(r, c) = std::stod(cell);
    }
    return {all.leftCols(3), {all.middleCols(3, 4), all.rightCols(4)}};
}

const auto equals = [](double expected) { return Approx(expected).epsilon(1e-10).margin(1e-12); };

}  // namespace

TEST_CASE("discount factors are those of the Green Book") {
    const auto g = reference()["green_book"];
    for (const unsigned year : {1u, 10u, 30u, 31u, 75u, 76u, 125u}) CHECK(green_book.factor(year) == equals(g["df_" + std::to_string(year)].get<double>()));
    CHECK(green_book_health.factor(30) == equals(g["health_df_30"].get<double>()));
    CHECK(green_book.factor(0) == 1.0);
    CHECK(discount_factor(0.035, 31) == equals(g["df_31"].get<double>()));
    CHECK(discount_factor(0.1, 2) == equals(1 / 1.21));
}

TEST_CASE("acceptability, frontier and information equal the reference on stored draws") {
    const auto ref = reference();
    const auto& psa = ref["psa"];
    const Draws d = stored();
    const std::vector<std::string> plans = psa["columns"];
    for (std::size_t i = 0; i < psa["k"].size(); ++i) {
        const Acceptability a = acceptability(d.decision, psa["k"][i].get<double>());
        CHECK(plans[static_cast<std::size_t>(a.optimal)] == psa["best"][i].get<std::string>());
        CHECK(a.best[a.optimal] == equals(psa["ceaf"][i].get<double>()));
        CHECK(a.perfect_information == equals(psa["evpi"][i].get<double>()));
        for (std::size_t p = 0; p < plans.size(); ++p) {
            const auto at = static_cast<Eigen::Index>(p);
            CHECK(a.expected[at] == equals(psa["expected_nb"][i][p].get<double>()));
            CHECK(a.best[at] == equals(psa["ceac"][i][p].get<double>()));
            CHECK(a.loss[at] == equals(psa["expected_loss"][i][p].get<double>()));
        }
    }
    const auto& icer = ref["icer_frontier"];
    for (const FrontierPlan& f : frontier(d.decision.effect.colwise().mean(), d.decision.cost.colwise().mean())) {
        const std::size_t p = static_cast<std::size_t>(f.plan);
        const std::string status = f.dominance == Dominance::none ? "ND" : f.dominance == Dominance::extended ? "ED" : "D";
        CHECK(status == icer["status"][p].get<std::string>());
        const auto& along = icer["icer_on_frontier"];
        if (along.contains(plans[p]) && along[plans[p]].is_number()) CHECK(f.ratio == equals(along[plans[p]].get<double>()));
    }
    const Eigen::MatrixXd value = d.decision.net_benefit(8);
    for (Eigen::Index k = 0; k < 3; ++k)
        CHECK(partial_information(d.parameters.col(k), value) ==
              Approx(ref["evppi_k8_cubic"]["x" + std::to_string(k + 1)].get<double>()).epsilon(1e-8).margin(1e-12));
}

TEST_CASE("the value of information equals its closed form") {
    const auto ref = reference()["voi_analytic"];
    const double a = ref["a"], b1 = ref["b1"], b2 = ref["b2"];
    constexpr Eigen::Index side = 300;  // normal quantiles on a grid: no luck
    Eigen::MatrixXd x(side * side, 2), value = Eigen::MatrixXd::Zero(side * side, 2);
    for (Eigen::Index i = 0; i < side; ++i)
        for (Eigen::Index j = 0; j < side; ++j)
            x.row(i * side + j) << normal_quantile((static_cast<double>(i) + 0.5) / side), normal_quantile((static_cast<double>(j) + 0.5) / side);
    value.col(1) = (a + b1 * x.col(0).array() + b2 * x.col(1).array()).matrix();
    const DecisionDraws draws{value, Eigen::MatrixXd::Zero(value.rows(), 2)};
    const Acceptability at = acceptability(draws, 1);
    CHECK(at.perfect_information == Approx(ref["EVPI"].get<double>()).epsilon(0.003));
    CHECK(at.best[1] == Approx(ref["P_cost_effective"].get<double>()).epsilon(0.002));
    CHECK(partial_information(x.col(0), value) == Approx(ref["EVPPI_x1"].get<double>()).epsilon(0.006));
    CHECK(partial_information(x.col(1), value) == Approx(ref["EVPPI_x2"].get<double>()).epsilon(0.006));
    CHECK(partial_information(x, value) == Approx(at.perfect_information).epsilon(1e-9));
}

TEST_CASE("dominance, ranks, regret and quadrants on a case worked by hand") {
    Eigen::VectorXd effect(5), cost(5);
    effect << 0, 1, 2, 2, 4;
    cost << 0, 10, 12, 15, 30;  // 1: a mixture of 0 and 2 does better; 3: dearer than 2 and no better
    const auto f = frontier(effect, cost);
    CHECK(f[1].dominance == Dominance::extended);
    CHECK(f[2].ratio == 6);
    CHECK(f[3].dominance == Dominance::strong);
    CHECK(f[4].ratio == 9);

    Eigen::MatrixXd value(2, 3);
    value << 1, 1, 0, 0, 2, 5;
    const Eigen::MatrixXd ranks = rank_shares(value);
    CHECK(ranks(0, 0) == 0.25);  // shares the first place in the first draw
    CHECK(ranks(2, 2) == 0.5);
    CHECK(regret(value)(1, 0) == 5);
    CHECK(robust_choices(value)[0].plan == 1);

    DecisionDraws draws{Eigen::MatrixXd(4, 2), Eigen::MatrixXd(4, 2)};
    draws.effect << 0, 1, 0, 1, 0, -1, 0, -1;
    draws.cost << 0, 1, 0, -1, 0, 1, 0, -1;
    const Quadrants q = quadrants(draws, 1, 0);
    CHECK(q.more_dearer == 0.25);
    CHECK(q.more_cheaper == 0.25);
    CHECK(q.less_dearer == 0.25);
    CHECK(q.less_cheaper == 0.25);
}

TEST_CASE("information that says nothing is worth nothing") {
    const Draws d = stored();
    const Eigen::MatrixXd value = d.decision.net_benefit(8).topRows(300);
    Eigen::MatrixXd noise(300, 5);  // no relation to any plan
    for (Eigen::Index r = 0; r < noise.rows(); ++r)
        for (Eigen::Index c = 0; c < noise.cols(); ++c) noise(r, c) = std::fmod(static_cast<double>((r + 1) * (7 + 3 * c)) * 0.61803398875, 1.0);
    CHECK(partial_information_beyond_chance(noise, value) < 0.2 * partial_information_beyond_chance(d.parameters.topRows(300), value));
}
