#include "analysis/statistics/estimator/question.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <set>

#include "analysis/base/words.h"
#include "analysis/statistics/estimator/columns.h"
#include "analysis/statistics/estimator/least_squares.h"

namespace hubs {
namespace {

/// The sample with the start among the covariates.
Sample with_before(const Sample& sample) {
    Sample out = sample;
    if (sample.before.size() == 0) return out;
    out.covariates.resize(sample.covariates.rows(), sample.covariates.cols() + 1);
    out.covariates << sample.before, sample.covariates;
    out.names.insert(out.names.begin(), sample.before_label);
    return out;
}

void keep_columns(Sample& s, const std::vector<Eigen::Index>& kept) {
    std::vector<std::string> names;
    for (const Eigen::Index k : kept) names.push_back(s.names[static_cast<std::size_t>(k)]);
    s.covariates = Eigen::MatrixXd(s.covariates(Eigen::all, kept));
    s.names = std::move(names);
}

}  // namespace

Question::Question(const Sample& given, const BatteryOptions& o) : options(o), sample_(with_before(given)) {
    given_ = sample_.covariates;
    given_names_ = sample_.names;
    const Columns columns = independent_columns(sample_.covariates, sample_.names, sample_.before_label);
    for (const Eigen::Index k : columns.constant)
        left_out_.push_back('"' + sample_.names[static_cast<std::size_t>(k)] + "\" is the same in all rows");
    for (const Eigen::Index k : columns.follow)
        left_out_.push_back('"' + sample_.names[static_cast<std::size_t>(k)] + "\" follows from other covariates");
    keep_columns(sample_, columns.kept);
    scaled_ = sample_;
    scaled_.covariates = standardised(sample_.covariates);
    if (sample_.covariates.cols() > 0) fit_score();
}

void Question::fit_score() {
    Eigen::MatrixXd X = scaled_.covariates;
    std::vector<std::string> names = scaled_.names;
    while (X.cols() > 0) try {
            score_ = logit(X, sample_.treated, names, sample_.weights.size() > 0 ? &sample_.weights : nullptr);
            return;
        } catch (const Separation& e) {
            no_score_ = e.what();
            separated_ = !e.columns.empty();
            if (!options.drop_separating || e.columns.empty()) return;
            std::vector<Eigen::Index> kept;
            // of columns that tell apart only together one is enough: the last by name
            const auto last = *std::max_element(e.columns.begin(), e.columns.end(), [&](auto a, auto b) {
                return names[static_cast<std::size_t>(a)] < names[static_cast<std::size_t>(b)];
            });
            for (Eigen::Index k = 0; k < X.cols(); ++k) {
                const bool drop =
                    e.together ? k == last : std::find(e.columns.begin(), e.columns.end(), k) != e.columns.end();
                if (drop) left_out_of_score_.push_back(names[static_cast<std::size_t>(k)]);
                else kept.push_back(k);
            }
            std::vector<std::string> fewer;
            for (const Eigen::Index k : kept) fewer.push_back(names[static_cast<std::size_t>(k)]);
            X = Eigen::MatrixXd(X(Eigen::all, kept));
            names = std::move(fewer);
        } catch (const EstimationError& e) {
            no_score_ = e.what();
            return;
        }
}

std::size_t Question::aimed_at() const {
    const std::size_t treated = sample_.treated_count();
    return options.estimand == Estimand::all       ? sample_.size()
           : options.estimand == Estimand::treated ? treated
                                                   : sample_.size() - treated;
}

const Logit& Question::score() const {
    if (!score_)
        throw EstimationError(no_score_.empty() ? "There are no covariates for a propensity score." : no_score_);
    return *score_;
}

MatchLimits Question::limits() const {
    MatchLimits out;
    std::vector<Eigen::Index> which;
    std::vector<double> widest;
    for (const auto& [name, width] : options.calipers) {
        const auto at = std::find(given_names_.begin(), given_names_.end(), name);
        if (at == given_names_.end()) throw EstimationError("A caliper is on \"" + name + "\", which is no covariate.");
        which.push_back(at - given_names_.begin());
        widest.push_back(width);
    }
    out.values = given_(Eigen::all, which);
    out.widest = Eigen::Map<const Eigen::VectorXd>(widest.data(), static_cast<Eigen::Index>(widest.size()));
    return out;
}

Sample Question::exchanged() const {
    Sample out = sample_;
    out.treated.flip();
    return out;
}

void Answers::add(Answer about, const std::function<void(Answer&)>& work) {
    Answer a = about;
    try {
        work(a);
    } catch (const EstimationError& e) {
        a = std::move(about);
        a.targets = 0;
        a.refusal = e.what();
    }
    list.push_back(std::move(a));
}

void set(Answer& a, double value, double error, double df) {
    a.value = value;
    a.error = error;
    a.df = df;
    const double z = std::isnan(df) ? boost::math::quantile(boost::math::normal(), 0.975)
                                    : boost::math::quantile(boost::math::students_t(df), 0.975);
    a.low = value - z * error;
    a.high = value + z * error;
}

void regress(const Question& q, Answer& a, const Eigen::VectorXd& outcome, bool with_covariates,
             const Eigen::VectorXd* weights) {
    const Sample& s = q.scaled();
    Eigen::MatrixXd X(outcome.size(), 2 + (with_covariates ? s.covariates.cols() : 0));
    X.leftCols(2) << Eigen::VectorXd::Ones(outcome.size()), s.treatment();
    std::vector<std::string> columns{"(constant)", "treated"};
    if (with_covariates) {
        X.rightCols(s.covariates.cols()) = s.covariates;
        columns.insert(columns.end(), s.names.begin(), s.names.end());
    }
    if (weights == nullptr && s.weights.size() > 0) weights = &s.weights;
    const LeastSquares fit(X, outcome, columns, weights);
    a.r_squared = fit.r_squared();
    if (!q.clustered()) {
        a.errors = "HC3";
        return set(a, fit.coefficients()[1], fit.robust_error(1, LeastSquares::Robust::HC3),
                   static_cast<double>(fit.degrees_of_freedom()));
    }
    std::set<std::uint32_t> arm[2];
    for (std::size_t i = 0; i < s.size(); ++i) arm[s.treated[i]].insert(s.clusters[i]);
    if (arm[0].size() < 2 || arm[1].size() < 2) throw EstimationError(two_clusters_needed);
    const auto clustered = fit.clustered_error(1, s.clusters);
    a.errors = "by cluster (CR2)";
    set(a, fit.coefficients()[1], clustered.CR2, clustered.df);
    if (clustered.df < 4 - 1e-6)
        a.notes.push_back("few clusters count: " + decimal(clustered.df, 1) +
                          " degrees of freedom; below 4 such intervals are rough");
}

MatchingOptions matching_options(const Question& q) {
    MatchingOptions out;
    out.estimand = q.options.estimand;
    out.variance_matches = 2;
    out.limits = q.limits();
    return out;
}

void set_matching(const Question& q, Answer& a, const MatchingEstimate& m) {
    set(a, m.value, m.error);
    a.targets = m.targets;
    a.dropped = m.dropped;
    a.pairs = m.pairs();
    if (q.clustered()) a.errors += ", not by cluster";
    for (const bool arm : {false, true}) {
        const Columns& c = m.unadjusted_for[arm];
        const char* const who = arm ? "treated" : "controls";
        if (!c.constant.empty())
            a.notes.push_back("not adjusted for " + quoted_list(c.constant, q.sample().names) +
                              ": the same in all matched " + who);
        if (!c.follow.empty())
            a.notes.push_back("not adjusted for " + quoted_list(c.follow, q.sample().names) +
                              ": follows from others among the matched " + who);
    }
    if (m.targets < few_matched) a.errors += ", few rows";
    const Eigen::VectorXd weights = weights_of(m.matched, q.sample());
    if (q.options.with_balance) a.balance = balance(q.sample(), weights);
    if (!q.options.keep_rows || a.id == "nearest_neighbour_single") return;  // their pairs would drown the others
    a.matched = m.matched;
    a.weights = weights;
}

}  // namespace hubs
