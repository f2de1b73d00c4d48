#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {

/// Whether a study that stops early has enough rows: reads finished shards from the first on, each once.
class Precision {
public:
    explicit Precision(const SweepPlan& plan);
    /// The number of rows that suffice, once known: the same whoever asks and however rows are cut into shards.
    std::optional<std::size_t> enough();

private:
    const SweepPlan& plan_;
    std::size_t output_ = 0;
    std::uint32_t read_ = 0;
    std::optional<std::size_t> enough_;
    std::size_t rows_ = 0, whole_ = 0;
    double mean_ = 0, squares_ = 0;
};

struct SweepRun {
    unsigned threads = 0;
    const std::atomic<bool>* stop = nullptr;
    double checkpoint_seconds = 30;
    std::function<void(std::size_t runs)> progress;       ///< runs done since the last call, from any thread
    std::function<void(const std::string& what)> notice;  ///< what was found wrong and mended
    std::function<std::optional<std::uint32_t>()> next;   ///< the next shard to run; nothing when there is none
    unsigned slots = 1;                                   ///< shards in work at once; one where there is a card
    Device* device = nullptr;                             ///< a graphics card, if one is used
    std::atomic<std::size_t>* failed = nullptr;           ///< counts runs that failed
    std::size_t most_failed = 0;                          ///< with more than that it stops
};

/// Failed runs after which going on makes no sense: what the study allows, and never fewer than twenty.
std::size_t most_failures(const SweepPlan& plan);

/// Runs shards until there are none left or it is stopped; whole ones are left as they are. Returns false if stopped.
bool run_shards(const SweepPlan& plan, const SweepRun& options);

}  // namespace hubs
