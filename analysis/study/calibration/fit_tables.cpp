#include "analysis/study/calibration/fit_tables.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

template <class... A>
std::string line(const char* format, A... values) {
    char buffer[400];
    std::snprintf(buffer, sizeof buffer, format, values...);
    return buffer;
}

std::vector<const FitRow*> misses_first(const Calibration& c) {
    std::vector<const FitRow*> rows;
    for (const FitRow& r : c.fit) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [](const FitRow* a, const FitRow* b) { return std::fabs(a->distance) > std::fabs(b->distance); });
    return rows;
}

}  // namespace

Table fit_table(const Calibration& c) {
    Table t{"fit",
            "Published figures beside what the calibrated model predicts, misses first",
            {{"target", "Evidence", "", 0},
             {"quantity", "Quantity", "", 0},
             {"group", "Group", "", 0},
             {"unit", "Unit", "", 0},
             {"use", "Use", "", 0},
             {"published", "Published", "", 3},
             {"published_se", "Its standard error", "", 3},
             {"predicted", "Predicted, mean", "", 3},
             {"p2_5", "2.5th percentile", "", 3},
             {"p5", "5th percentile", "", 3},
             {"p95", "95th percentile", "", 3},
             {"p97_5", "97.5th percentile", "", 3},
             {"inside_90", "Inside the 90 % interval", "1 if so", 0},
             {"inside_95", "Inside the 95 % interval", "1 if so", 0},
             {"distance", "Distance", "predictive standard deviations", 2},
             {"rounding_sd", "Rounding", "standard deviation", 3},
             {"discrepancy_sd", "Discrepancy", "standard deviation", 3},
             {"simulation_sd", "Noise of one run", "standard deviation", 3},
             {"emulator_sd", "Emulator", "standard deviation", 3},
             {"shift", "Shift", "standard deviations", 2},
             {"crps", "Ranked probability score", "", 3},
             {"crps_no_change", "The same of no change since the start", "", 3},
             {"crps_uniform", "The same of the published uplift spread evenly", "", 3}},
            {}};
    for (const FitRow* r : misses_first(c)) {
        const CalibrationTarget& k = *r->target;
        t.rows.push_back({k.id,
                          k.quantity,
                          k.group_named,
                          k.unit,
                          std::string(k.use()),
                          k.value,
                          k.published_error,
                          r->mean,
                          r->low_95,
                          r->low_90,
                          r->high_90,
                          r->high_95,
                          std::int64_t{r->inside_90},
                          std::int64_t{r->inside_95},
                          r->distance,
                          k.rounding / std::sqrt(3.0),
                          k.discrepancy,
                          r->noise,
                          r->emulator,
                          k.held_out ? Cell(std::nan("")) : Cell(r->shift),
                          r->crps,
                          r->crps_no_change,
                          r->crps_uniform});
    }
    return t;
}

Table identified_table(const Calibration& c) {
    Table t{"identified",
            "What the targets tell about each parameter, the least told first",
            {{"parameter", "Parameter", "", 0},
             {"prior_low", "Prior, lowest", "", 4},
             {"prior_high", "Prior, highest", "", 4},
             {"mean", "Posterior mean", "", 4},
             {"p2_5", "2.5th percentile", "", 4},
             {"p97_5", "97.5th percentile", "", 4},
             {"contraction", "Contraction", "share of the prior's variance", 3},
             {"overlap", "Overlap with the prior", "share", 2},
             {"identified", "Identified", "1 if contraction is 0.2 or more", 0},
             {"correlated_with", "Most correlated with", "", 0},
             {"correlation", "Correlation", "", 2},
             {"r_hat", "Rank R-hat", "", 3},
             {"bulk_ess", "Bulk effective draws", "", 0},
             {"tail_ess", "Tail effective draws", "", 0}},
            {}};
    std::vector<std::size_t> order(c.identified.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return c.identified[a].contraction < c.identified[b].contraction; });
    for (const std::size_t i : order) {
        const IdentifiedRow& r = c.identified[i];
        t.rows.push_back({r.path, c.problem.parameters[i].low, c.problem.parameters[i].high, r.mean, r.low, r.high, r.contraction, r.overlap,
                          std::int64_t{r.identified()}, r.with, r.correlation, r.r_hat, r.bulk_ess, r.tail_ess});
    }
    return t;
}

Table waves_table(const Calibration& c) {
    Table t{"waves",
            "The waves of the calibration",
            {{"wave", "Wave", "", 0},
             {"runs", "Runs", "", 0},
             {"failed", "Runs without an answer", "", 0},
             {"plausible", "Share not implausible", "share", 3},
             {"lowest_r_squared", "Lowest R-squared of an emulator on runs left out", "", 3},
             {"emulator_share", "Largest share of the emulator in a variance", "share", 3}},
            {}};
    for (std::size_t w = 0; w < c.waves.size(); ++w) {
        const WaveRecord& r = c.waves[w];
        t.rows.push_back({static_cast<std::int64_t>(w + 1), static_cast<std::int64_t>(r.runs), static_cast<std::int64_t>(r.failed), r.plausible, r.emulator_r2,
                          r.worst_emulator_share});
    }
    return t;
}

Table self_test_table(const SelfTest& s) {
    Table t{"self_test",
            "Simulation-based calibration: do intervals hold the truth as often as they say?",
            {{"what", "Parameter or quantity", "", 0},
             {"truths", "Truths", "", 0},
             {"coverage_50", "Truths inside the 50 % interval", "share", 3},
             {"coverage_90", "Truths inside the 90 % interval", "share", 3},
             {"coverage_95", "Truths inside the 95 % interval", "share", 3},
             {"recovery", "R-squared of the posterior mean on the truth", "", 2},
             {"width_90", "Width of the 90 % interval", "of the prior's", 2},
             {"uniformity", "Ranks are uniform: p-value, Holm", "", 3}},
            {}};
    for (const SelfTestRow& r : s.rows)
        t.rows.push_back({r.what, static_cast<std::int64_t>(s.finished), r.coverage_50, r.coverage_90, r.coverage_95, r.recovery, r.width, r.uniformity});
    return t;
}

Table second_opinion_table(const SecondOpinion& s) {
    Table t{"second_opinion",
            "The same parameters by other methods, the furthest apart first",
            {{"parameter", "Parameter", "", 0},
             {"median", "Median, as shipped", "", 4},
             {"p5", "5th percentile", "", 4},
             {"p95", "95th percentile", "", 4},
             {"other_median", "Median, approximate Bayesian computation", "", 4},
             {"other_p5", "5th percentile", "", 4},
             {"other_p95", "95th percentile", "", 4},
             {"apart", "Medians apart", "standard deviations of the wider", 2},
             {"agrees", "They agree", "1 if 0.5 apart at most; empty: no opinion", 0},
             {"no_discrepancy_median", "Median, no discrepancy declared", "", 4},
             {"no_discrepancy_p5", "5th percentile", "", 4},
             {"no_discrepancy_p95", "95th percentile", "", 4}},
            {}};
    std::vector<const SecondOpinionRow*> rows;
    for (const SecondOpinionRow& r : s.rows) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->apart > b->apart; });
    for (const SecondOpinionRow* r : rows) {
        const DrawsRange &a = r->posterior, &b = r->monte_carlo, &e = r->without_discrepancy;
        t.rows.push_back({r->path, a.median, a.low, a.high, b.median, b.low, b.high, r->apart, s.says_nothing() ? Cell(std::nan("")) : Cell(std::int64_t{r->agrees()}), e.median, e.low, e.high});
    }
    return t;
}

std::string second_opinion_text(const SecondOpinion& s) {
    std::string apart;
    for (const SecondOpinionRow& r : s.rows)
        if (!r.agrees())
            apart += line("  %-34s %.4g (%.4g to %.4g), other method %.4g (%.4g to %.4g)\n", r.path.c_str(), r.posterior.median, r.posterior.low,
                          r.posterior.high, r.monte_carlo.median, r.monte_carlo.low, r.monte_carlo.high);
    std::string out = line("second opinion: %u generations, %zu runs; %.1f %% of the last were nearer than the farthest kept before; worth %.0f equal draws; ",
                           s.generations, s.runs, 100 * s.acceptance, s.effective);
    if (s.says_nothing())
        return out + line("fewer than %.0f: no opinion, for or against\n", SecondOpinion::fewest_effective);
    return out + (apart.empty() ? "all medians agree\n" : "medians more than half a standard deviation apart:\n" + apart);
}

std::string findings(const Calibration& c) {
    std::string out;
    double directions = 0;
    struct Count {
        double inside = 0, all = 0;
    } fitted, held, partly, later;
    for (const FitRow& r : c.fit) {
        Count& of = !r.target->held_out ? fitted : r.target->later ? later : r.target->in_start ? partly : held;
        of.inside += r.target->held_out ? r.inside_90 : r.inside_95;
        ++of.all;
    }
    for (const FitRow* r : misses_first(c))
        if (!(r->target->held_out ? r->inside_90 : r->inside_95))
            out += line("miss  %-8s %-15s %-58.58s %-26.26s published %8.3f, predicted %8.3f (%.3f to %.3f)\n", r->target->id.c_str(), r->target->use(),
                        r->target->quantity.c_str(), r->target->group_named.c_str(), r->target->value, r->mean, r->low_95, r->high_95);
    if (out.empty()) out = "No target is missed.\n";
    out += line(
        "\nfitted targets inside their 95 %% interval: %.0f of %.0f; held-out targets inside the 90 %% interval: %.0f of %.0f, and %.0f of %.0f whose "
        "figures also set which items are met at the start\n",
        fitted.inside, fitted.all, held.inside, held.all, partly.inside, partly.all);
    for (const double e : c.information) directions += e > 1;
    out += line("the targets constrain %.0f directions of %zu parameters beyond their priors; Pareto k of the check %.2f%s\n", directions,
                c.problem.dimensions(), c.pareto_k, c.weighted ? "" : " (0.7 or more: draws are left unweighted)");
    double score = 0, no_change = 0, uniform = 0, scored = 0;
    for (const FitRow& r : c.fit) {
        if (!r.target->held_out || !std::isfinite(r.crps_no_change) || !std::isfinite(r.crps_uniform) || !(r.scale > 0)) continue;
        score += r.crps / r.scale;
        no_change += r.crps_no_change / r.scale;
        uniform += r.crps_uniform / r.scale;
        ++scored;
    }
    if (scored > 0)
        out += line("mean score of %.0f held-out targets (lower is better): %.2f; no change since the start %.2f; published uplift spread evenly %.2f\n",
                    scored, score / scored, no_change / scored, uniform / scored);
    std::string unknown;
    for (const IdentifiedRow& r : c.identified)
        if (!r.identified()) unknown += (unknown.empty() ? "" : ", ") + r.path;
    out += "not identified by these targets: " + (unknown.empty() ? "none" : unknown) + "\n";
    for (const std::string& w : c.weak) out += "the data hardly tell: " + w + "\n";
    return out;
}

}  // namespace hubs
