#pragma once
#include <string>

#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {

/// What stands in a sweep's folder.
struct Inventory {
    std::vector<std::uint32_t> missing;  ///< shards without a file, or with one that is not whole
    std::vector<std::string> damaged;    ///< files that are there and not whole, and why
    std::size_t rows = 0;                ///< that the merge is to take: all, or as many as suffice
    std::size_t failed = 0;              ///< runs with a message instead of numbers
    std::vector<std::string> failures;   ///< the first of them
};

/// Reads every shard that is needed and proves it whole.
Inventory take_inventory(const SweepPlan& plan);

/// Where a merge puts its files; what is partial never stands in the place of what is whole.
std::string merged_folder(const SweepPlan& plan, bool partial);

/// Gathers whole shards into DIR/merged: runs, tables, database, page and manifest; the same bytes for any shards.
/// Returns the fingerprint of the runs. Missing shards, or more failed runs than the study allows, are a SweepError
/// unless `partial`: then the runs alone are gathered into DIR/merged-partial and marked PARTIAL.
std::string merge(const SweepPlan& plan, bool partial);

}  // namespace hubs
