#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/study/evaluation/returns.h"
#include "sim/run/study.h"

namespace hubs {

/// One replicate of a study's first plan, month by month, as the page draws it. Frames have months + 1 rows:
/// the start, then the end of each month. All are by month, then by establishment.
struct Trace {
    std::uint32_t months = 0, establishments = 0;
    std::vector<std::uint8_t> achieved;    ///< benchmarks truly achieved, one bit each
    std::vector<std::uint8_t> item_share;  ///< share of applicable items met, of 255; eight for each establishment
    std::vector<std::uint8_t> standing;    ///< bit 0: hub member, bit 1: in the network, bit 2: Lead School
    std::vector<std::uint8_t> employers;   ///< employers linked
    std::vector<std::int64_t> cost_pence;  ///< in all, by month
    std::vector<Event> events;
    std::uint64_t fingerprint = 0;  ///< of the observations: what `hubsim run` adds up
};
Trace trace_of(const Study& study, std::uint32_t replicate);

/// Numbers that one replicate comes to; the order is that of `outcome_names`.
struct OutcomeName {
    const char* key;
    const char* unit;
};
const std::vector<OutcomeName>& outcome_names();

/// One replicate as a row of outcomes, and mean benchmarks at the start and at the end of every fourth month.
struct Twin {
    std::vector<double> outcomes;
    std::vector<double> path;
    std::uint64_t fingerprint = 0;
};
Twin twin_of(const Study& study, std::uint32_t replicate);

/// What an evaluation of one replicate would say, and what is true. Not a number where the sample was too small.
struct EvaluatedTwin {
    double truth, level, change, matched, regression;  ///< benchmarks
    double schools, others;                            ///< establishments in the sample
};
EvaluatedTwin evaluated_twin(const Study& study, const EvaluationDesign& design, std::uint32_t replicate);

/// The fingerprint that `hubsim run` prints for runs with these fingerprints, replicate by replicate, plan by plan.
std::string fingerprint_of(const std::vector<std::uint64_t>& words);

}  // namespace hubs
