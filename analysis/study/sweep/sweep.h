#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics/sensitivity/design.h"
#include "analysis/study/sweep/factor.h"
#include "sim/run/runs.h"
#include "sim/run/study.h"

namespace hubs {

/// One number watched at the end of every run: a measure of a group under a plan, or its difference between two plans.
struct SweepOutput {
    std::string name, label, unit;
    std::size_t plan = 0;
    std::optional<std::size_t> against;
    std::string measure, grouping = "all", group = "all";
    int decimals = 2;
};

/// When to stop early: once the Monte Carlo standard error of an output's mean over rows is small enough.
struct Until {
    std::string output;
    double mcse = 0;
};

/// Two outputs of which one is wanted and the other paid: which rows no other row beats.
struct FrontierWanted {
    std::string gain, cost;
};

/// A sweep over a scenario's settings, read and checked.
struct Sweep {
    std::string name, question;
    Study study;
    std::vector<Factor> factors;
    std::vector<SweepOutput> outputs;
    DesignRequest request;
    std::vector<std::vector<double>> given;  ///< rows of a table or of the posterior, by factor
    std::vector<std::string> groups;         ///< names of the groups of factors
    std::uint32_t replicates = 1;            ///< of every row, with the same luck on all rows
    std::uint32_t shards = 0;                ///< 0: from a timed pilot
    std::optional<Until> until;
    std::optional<FrontierWanted> frontier;
    double allowed_failures = 0;        ///< share of runs that may fail before a merge is refused
    std::vector<InputFile> inputs;      ///< the study itself first, then all it stands on
    std::vector<std::size_t> group_of;  ///< of each factor, into `groups`

    Design design() const;
    std::size_t rows() const;
};

/// What the command line may change of a study.
struct SweepOverrides {
    std::optional<std::uint32_t> shards, replicates;
    std::optional<double> until_mcse;
};

/// The result of reading: a sweep, or problems told in one report.
struct SweepRead {
    std::optional<Sweep> sweep;
    std::string report;
};

/// Reads a study file and everything it names.
SweepRead read_sweep(const std::string& file, const SweepOverrides& overrides = {});

/// Reads a study from the folder of inputs that a plan has kept.
SweepRead read_kept_sweep(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& roles_and_files, const SweepOverrides& overrides);

/// Plain values of one row, by factor.
std::vector<double> row_values(const Sweep& sweep, const Design& design, std::size_t row);

/// What a row and replicate ask for: each plan that an output is measured on.
Twins twins_of(const Sweep& sweep, const std::vector<double>& values, std::uint32_t replicate);
/// The outputs, from what was seen of each plan of the twins.
std::vector<double> outputs_of(const Sweep& sweep, const Twins& twins, const std::vector<Observations>& seen, const Groups& groups);

/// The outputs of one run. Throws what the simulation throws.
std::vector<double> run_outputs(const Sweep& sweep, const std::vector<double>& values, std::uint32_t replicate);

}  // namespace hubs
