#pragma once
#include "analysis/statistics/estimator/sample.h"
#include "sim/run/study.h"

namespace hubs {

/// Who is offered a place in the world that is evaluated.
enum class Assignment : std::uint8_t {
    as_planned,  ///< as the plan's waves say
    lottery,     ///< the same waves, drawn by lot; controls from the same areas
    stepped,     ///< half by lot at once, half a year later; controls are those still waiting
};
inline constexpr std::array<std::string_view, 3> assignment_words{"as_planned", "lottery", "stepped"};

/// How an evaluation is done.
struct EvaluationDesign {
    Assignment assignment = Assignment::as_planned;
    unsigned months = 11;         ///< from the first wave to the last return used; 11: September to July
    unsigned window = 7;          ///< months before the end in which a sample's last returns were made, in both arms
    double hub_answers = 0.82;    ///< share of members with both returns (S062)
    double other_answers = 0.38;  ///< share of all others with both returns (S063)
};

/// One replicate as an evaluator would find it, and what only the simulator knows. Columns by establishment.
struct Returns {
    enum class Arm : std::uint8_t { none, control, treated };  ///< none: joined later, or not eligible as a control
    std::vector<Arm> arm;
    std::vector<std::uint8_t> returned;  ///< made a return in the last twelve months
    std::vector<std::uint8_t> answered;  ///< in the estimation sample: a return in the window, thinned to the published shares
    std::vector<Status> status_before, status_after;
    std::vector<std::uint32_t> cluster;                                                ///< hub, or area for others
    std::vector<Items> items_before, items_after;                                      ///< reported
    std::vector<Benchmarks> reported_before, reported_after, true_before, true_after;  ///< with hubs
    std::vector<Benchmarks> true_after_without;                                        ///< the twin without hubs

    std::size_t count() const { return arm.size(); }
};

/// Simulates a plan and its twin without hubs up to the last return. The scenario's parameters
/// may differ from the study's. Throws EstimationError for a plan without a wave, or one that
/// ends after the scenario.
Returns returns_of(const Study& study, const Scenario& scenario, const Plan& plan, const EvaluationDesign& design, Replicate replicate, bool with_twin = true);

/// One run read at several dates: months after the first wave, rising. No twin; places as planned.
/// Throws EstimationError as `returns_of`.
std::vector<Returns> returns_after(const Study& study, const Scenario& scenario, const Plan& plan, const EvaluationDesign& design,
                                   const std::vector<unsigned>& months, Replicate replicate);

/// What stands in for outcomes, from what the evaluator has to what nobody could have.
enum class Outcome : std::uint8_t {
    reported,           ///< returns of those who answered
    honest,             ///< true attainment of those who answered
    complete,           ///< true attainment of all
    without_spill_over  ///< and controls as they would be had there been no hubs
};

/// The estimation sample: number of benchmarks, and the covariates an evaluation has. Columns
/// that are constant are left out.
Sample sample_of(const Study& study, const Returns& returns, Outcome outcome);

/// Mean over the treated of true attainment with hubs less without: the effect on the treated.
double true_effect(const Returns& returns);

}  // namespace hubs
