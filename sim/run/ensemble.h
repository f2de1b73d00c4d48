#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/field.h"
#include "sim/run/interrupted.h"
#include "sim/run/outcome.h"
#include "sim/run/runs.h"
#include "sim/run/study.h"

namespace hubs {

/// Mean benchmarks truly achieved at the end under another sharing rule, for the first replicates:
/// what the form of the model, rather than its parameters, changes. `level[plan][replicate]`.
struct OtherRule {
    SharingRule rule;
    std::vector<std::vector<double>> level;
};
inline constexpr std::uint32_t most_structure_replicates = 10;

/// By how much the reference, the plan shown and its rival are preferred under the scenario's rule, in units of the
/// outcome; where the reference is chosen it is the rival, and leads.
struct PlanLevels {
    std::array<double, 3> score{};
    double lead = 0;  ///< of the plan chosen over the next
    double gain() const { return score[1] - score[0]; }
    /// What the decision hangs on: the lead, or the gain where no other plan may be chosen.
    double decision() const { return lead == lead ? lead : gain(); }
    bool operator==(const PlanLevels&) const = default;
};

/// One parameter at either end of its plausible range (of its draws, if it is drawn: 5 to 95 %), all
/// else at the middle and with the same luck.
struct WhatIf {
    std::string path;
    Field field;
    double value, low, high;       ///< in the middle, and at the ends
    std::array<PlanLevels, 2> at;  ///< at low and high
    double switches_at;            ///< the value at which the leader stops leading; not a number if at none
    std::vector<std::pair<double, PlanLevels>> curve{};  ///< of those that move most: value by value, from low to high
};
inline constexpr std::size_t most_curves = 5;
struct WhatIfs {
    std::size_t leader = 0, rival = 0;  ///< the best alternative, and the next plan; the same where there is none
    bool reference_leads = false;       ///< the reference is chosen: the leader is what would take its place
    std::vector<WhatIf> each;
    PlanLevels middle;  ///< with nothing changed
};

/// How far an assumption moves the decision: the largest less the smallest of what it hangs on at the low end, in the
/// middle and at the high end. An assumption may bend: both ends can lie on one side of the middle.
double swing_of(const WhatIf& w, const PlanLevels& middle);

/// One run watched beyond the scenario's months: by month of the run, from the first, benchmarks truly held by all
/// establishments together at its end, and pence spent in it.
struct LongRun {
    std::vector<std::uint32_t> held;
    std::vector<std::int64_t> pence;
};
inline constexpr std::uint32_t most_long_runs = 20;

/// Observations of every plan and replicate: `seen[plan][replicate]`.
struct Ensemble {
    Groups groups;
    std::vector<std::vector<Observations>> seen;
    std::vector<OtherRule> other_rules;
    std::vector<std::vector<LongRun>> beyond;  ///< [plan][replicate]: the first ones, where the scenario watches on
    WhatIfs what_ifs;

    /// Hash of everything simulated, in order of replicate and plan.
    Fingerprint fingerprint() const;
    /// What each plan brings and costs for one establishment, mean over replicates.
    std::vector<RunValue> mean_values(const Study& study) const;
};

struct RunOptions {
    unsigned threads = 0;                            ///< 0 = as many as the machine has
    const std::atomic<bool>* stop = nullptr;         ///< set by a signal; the run ends early
    std::function<void(std::size_t done)> progress;  ///< after each replicate, from any thread
    Device* device = nullptr;                        ///< a graphics card; the same bytes come from it
};

/// What a run could not do: told once, with the commands that repeat it.
struct RunFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Simulates every plan × replicate. Plans of one replicate are twins: they share their
/// start and their luck. Results do not depend on the number of threads.
Ensemble run_ensemble(const Study& study, const RunOptions& options, const std::string& scenario_file);

/// What a run will take, before anything is allocated.
struct Needs {
    double agent_months = 0;
    double seconds = 0;  ///< on this machine, from the speed kept in results/bench
    std::uint64_t bytes = 0;
    std::uint64_t disk_bytes = 0;
};
Needs needs_of(const Study& study, unsigned threads);

/// Memory the machine can give, in bytes.
std::uint64_t memory_available();

}  // namespace hubs
