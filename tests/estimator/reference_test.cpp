// The estimators give what R gives (Matching, MatchIt, sandwich, clubSandwich) on 600 synthetic schools.
#include <algorithm>

#include "analysis/statistics/estimator/battery.h"
#include "analysis/statistics/estimator/least_squares.h"
#include "analysis/statistics/estimator/propensity.h"
#include "analysis/statistics/estimator/weighting.h"
#include "tests/estimator/synthetic_schools.h"

using namespace hubs;
using namespace hubs::test;
using nlohmann::json;

namespace {

json reference() { return reference_json("estimator_reference.json").at("synthetic_schools600"); }

void same_regression(const std::string& what, const LeastSquares& fit, const json& r) {
    same(what + " coefficient", fit.coefficients()[1], r.at("coef"));
    same(what + " classical", fit.classical_error(1), r.at("se_classical"));
    using Robust = LeastSquares::Robust;
    same(what + " HC0", fit.robust_error(1, Robust::HC0), r.at("HC0"));
    same(what + " HC1", fit.robust_error(1, Robust::HC1), r.at("HC1"));
    same(what + " HC2", fit.robust_error(1, Robust::HC2), r.at("HC2"));
    same(what + " HC3", fit.robust_error(1, Robust::HC3), r.at("HC3"));
    same(what + " R2", fit.r_squared(), r.at("r2"));
    CHECK(fit.degrees_of_freedom() == r.at("df_resid").get<int>());
}

void same_matching(const std::string& what, const MatchingEstimate& m, const json& r) {
    same(what + " estimate", m.value, r.at("est"));
    same(what + " error", m.error, r.at("se_AI"));
    same(what + " paired error", m.paired_error, r.at("se_standard"));
    same(what + " unadjusted", m.unadjusted, r.at("est_noadj"));
    CHECK(m.pairs() == r.at("n_pairs_unweighted").get<std::size_t>());
    CHECK(m.targets == r.at("sum_w").get<std::size_t>());
    CHECK(m.dropped == r.at("n_treated_dropped").get<std::size_t>());
}

void same_pairs(const std::string& file, const MatchingEstimate& m) {
    auto rows = numbers(file);
    std::sort(rows.begin(), rows.end());
    std::vector<std::vector<double>> pairs;
    for (const Matched& one : m.matched)
        for (const std::uint32_t target : one.targets)
            for (const std::uint32_t match : one.matches)
                pairs.push_back({target + 1.0, match + 1.0, 1.0 / static_cast<double>(one.matches.size())});
    std::sort(pairs.begin(), pairs.end());
    REQUIRE(rows.size() == pairs.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        INFO(file << " line " << i + 2);
        REQUIRE(pairs[i][0] == rows[i][0]);
        REQUIRE(pairs[i][1] == rows[i][1]);
        REQUIRE(std::fabs(pairs[i][2] - rows[i][2]) < 1e-12);
    }
}

}  // namespace

TEST_CASE("regressions and differences agree with R") {
    const Sample s = schools();
    const json r = reference();
    const LeastSquares raw(design(s, false), s.outcome, {"(constant)", "hub"});
    same("difference of means", raw.coefficients()[1], r.at("diff_means"));
    const LeastSquares ols(design(s), s.outcome, columns(s));
    same_regression("OLS", ols, r.at("ols"));
    const auto names = columns(s);
    for (std::size_t k = 0; k < names.size(); ++k)
        same("OLS " + names[k], ols.coefficients()[static_cast<Eigen::Index>(k)],
             r.at("ols").at("all_coef").at(k == 0 ? "(Intercept)" : names[k]));
    const auto clustered = ols.clustered_error(1, s.clusters);
    const json& c = r.at("ols_cluster");
    same("CR0", clustered.CR0, c.at("CR0"));
    same("CR1S", clustered.CR1S, c.at("stata_CR1S"));
    same("CR2", clustered.CR2, c.at("CR2"));
    same("Satterthwaite", clustered.df, c.at("CR2_satterthwaite_df"));
    CHECK(clustered.clusters == c.at("n_clusters").get<std::size_t>());

    const Eigen::VectorXd gain = s.outcome - s.before;
    same_regression("DiD", LeastSquares(design(s, false), gain, {"(constant)", "hub"}), r.at("did_simple"));
    Sample without_base = s;
    without_base.covariates = s.covariates.rightCols(5);
    without_base.names.erase(without_base.names.begin());
    same_regression("DiD with covariates", LeastSquares(design(without_base), gain, columns(without_base)),
                    r.at("did_cov"));

    const auto n = s.outcome.size();
    Eigen::MatrixXd stacked(2 * n, 4);
    Eigen::VectorXd y(2 * n);
    y << s.before, s.outcome;
    std::vector<std::uint32_t> units;
    for (Eigen::Index i = 0; i < 2 * n; ++i) {
        const double t = s.treated[static_cast<std::size_t>(i % n)], after = i >= n;
        stacked.row(i) << 1, t * after, t, after;
        units.push_back(static_cast<std::uint32_t>(i % n));
    }
    const LeastSquares pooled(stacked, y, {"(constant)", "hub after", "hub", "after"});
    same("pooled DiD", pooled.coefficients()[1], r.at("did_pooled").at("coef"));
    same("pooled DiD error", pooled.classical_error(1), r.at("did_pooled").at("se_classical"));
    same("pooled DiD CR0", pooled.clustered_error(1, units).CR0, r.at("did_pooled").at("cluster_unit_CR0"));
    same("pooled DiD CR1S", pooled.clustered_error(1, units).CR1S, r.at("did_pooled").at("cluster_unit_stata"));
}

TEST_CASE("the propensity score and weighting agree with R") {
    const Sample s = schools();
    const json r = reference();
    const Logit model = logit(s.covariates, s.treated, s.names);
    for (std::size_t k = 0; k < s.names.size(); ++k) {
        same("logit " + s.names[k], model.coefficients[static_cast<Eigen::Index>(k) + 1],
             r.at("logit").at("coef").at(s.names[k]));
        same("logit error " + s.names[k], model.errors[static_cast<Eigen::Index>(k) + 1],
             r.at("logit").at("se").at(s.names[k]));
    }
    same("deviance", -2 * model.log_likelihood, r.at("logit").at("deviance"));
    same("null deviance", -2 * model.null_log_likelihood, r.at("logit").at("null_deviance"));
    const auto rows = numbers("synthetic600_propensity.csv");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        same("score", model.fitted[static_cast<Eigen::Index>(i)], rows[i][1]);
        same("log-odds", model.linear[static_cast<Eigen::Index>(i)], rows[i][2]);
    }
    same("IPW, treated", weighted_effect(s, model.fitted, Estimand::treated), r.at("ipw_att_hajek"));
    same("IPW, all", weighted_effect(s, model.fitted, Estimand::all), r.at("ipw_ate_hajek"));
    same("regression adjustment, treated", regression_adjusted_effect(s, Estimand::treated), r.at("regadj_att"));
    same("regression adjustment, all", regression_adjusted_effect(s, Estimand::all), r.at("regadj_ate"));
    same("doubly robust", doubly_robust_value(s, model.fitted), r.at("aipw_att"));
    const Eigen::VectorXd w = treated_weights(s, model.fitted);
    same_regression("weighted regression", LeastSquares(design(s), s.outcome, columns(s), &w), r.at("ipw_wls_att"));
}

TEST_CASE("nearest-neighbour matching agrees with R's Matching, every pair and every error") {
    const Sample s = schools();
    const json all = reference();
    for (const auto& [name, r] : all.at("matching_mahalanobis").items()) {
        MatchingOptions o;
        o.estimand = name.starts_with("ATT")   ? Estimand::treated
                     : name.starts_with("ATE") ? Estimand::all
                                               : Estimand::controls;
        o.matches = static_cast<unsigned>(name[5] - '0');
        o.variance_matches = static_cast<unsigned>(name[name.find("varcalc") + 7] - '0');
        o.bias_adjusted = name[name.find("biasadj") + 7] == '1';
        o.population_error = name.ends_with("population");
        const MatchingEstimate m = matching(s, s.covariates, s.names, o);
        same_matching(name, m, r);
        if (const double between = r.at("se_cond"); between > 1e-6) {
            MatchingOptions population = o, sample = o;
            population.population_error = true;
            sample.population_error = false;
            const double wide = matching(s, s.covariates, s.names, population).error,
                         narrow = matching(s, s.covariates, s.names, sample).error;
            CHECK(std::fabs(std::sqrt(wide * wide - narrow * narrow) - between) <
                  1e-6 * between);  // a small difference of squares
        }
        if (name.starts_with("ATT_M1")) same_pairs("synthetic600_pairs_mahalanobis_M1.csv", m);
        if (name.starts_with("ATT_M3")) same_pairs("synthetic600_pairs_mahalanobis_M3.csv", m);
        if (name.starts_with("ATT_M4")) same_pairs("synthetic600_pairs_mahalanobis_M4.csv", m);
    }
    MatchingOptions o;
    o.metric = Metric::inverse_variance;
    same_matching("inverse variance", matching(s, s.covariates, s.names, o), all.at("matching_invvar").at("ATT_M1"));
    const json& before = all.at("balance_smd_treatedSD").at("before");
    const json& after = all.at("balance_smd_treatedSD").at("after_mahal_M1");
    for (const Balance& b : balance(s, weights_of(matching(s, s.covariates, s.names, {}).matched, s))) {
        same(b.covariate + " before", b.before, before.at(b.covariate));
        same(b.covariate + " after", b.after, after.at(b.covariate));
    }
}

TEST_CASE("matching on the score agrees with R's Matching, with ties and calipers") {
    const Sample s = schools();
    const Logit model = logit(s.covariates, s.treated, s.names);
    for (const auto& [name, r] : reference().at("matching_propensity").items()) {
        MatchingOptions o;
        o.matches = static_cast<unsigned>(name[name.find("_M") + 2] - '0');
        const std::string caliper = name.substr(name.find("caliper") + 7);
        o.caliper = caliper == "none" ? 0 : std::stod(caliper);
        const MatchingEstimate m = matching(s, name.starts_with("ps") ? model.fitted : model.linear, {"score"}, o);
        same_matching(name, m, r);
        if (name == "ps_ATT_M3_caliper0.2") same_pairs("synthetic600_pairs_ps_M3_cal0.2.csv", m);
        if (name == "lp_ATT_M3_caliper0.2") same_pairs("synthetic600_pairs_lp_M3_cal0.2.csv", m);
    }
}

// Its matching on the score is left out: which of two equally near controls comes first there
// depends on the last bit of the score, and differs between its own releases.
TEST_CASE("the first of tied matches agrees with MatchIt, with replacement") {
    const Sample s = schools();
    const json r = reference().at("matchit");
    const auto same_as = [&](const char* name, const Eigen::MatrixXd& X, const std::vector<std::string>& names,
                             unsigned most) {
        MatchingOptions o;
        o.metric = Metric::mahalanobis_within;
        o.matches = most;
        o.first_of_ties = true;
        const MatchingEstimate m = matching(s, X, names, o);
        same(name, m.value, r.at(name).at("att"));
        const Eigen::VectorXd w = weights_of(m.matched, s);
        int used = 0;
        for (std::size_t i = 0; i < s.size(); ++i) used += !s.treated[i] && w[static_cast<Eigen::Index>(i)] > 0;
        CHECK(used == r.at(name).at("n_control_used").get<int>());
    };
    same_as("nn_mahal_1to1_repl", s.covariates, s.names, 1);
    same_as("nn_mahal_1to4_repl", s.covariates, s.names, 4);
}

TEST_CASE("the score's correction wants the rows it was fitted on, and clusters need two on each side") {
    const Sample s = schools();
    const Logit model = logit(s.covariates, s.treated, s.names);
    MatchingOptions o;
    o.matches = 3;
    o.variance_matches = 2;
    const PropensityMatch m = propensity_matching(s, model, o, 20);
    CHECK(std::isfinite(m.corrected_error));
    Logit shorter = model;
    shorter.X = model.X.topRows(500);
    CHECK_THROWS_WITH(propensity_matching(s, shorter, o, 20),
                      "The propensity score was fitted on other rows than the sample has.");
    Sample one_hub = s;
    for (std::size_t i = 0; i < s.size(); ++i)
        if (s.treated[i]) one_hub.clusters[i] = 99;
    CHECK(run_battery(one_hub).find("difference")->refusal ==
          "Errors by cluster need at least two clusters of treated and two of controls.");
}
