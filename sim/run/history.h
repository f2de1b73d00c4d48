#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sim/scenario.h"

namespace hubs {

/// Of one item: the items of the earlier framework that it carries on, and the share of establishments with all of
/// those that meet it too. No items: it is new, and the share of all establishments has it.
///
///     "records are kept" -> "records are kept": share 1
///     "pupils see their records" -> "pupils and parents see their records": share 0.6
struct Carried {
    Items from = 0;
    double share = 1;
};

/// What a run starts from: another scenario, run under one of its plans up to the month in which this one begins.
/// ODD 5. The luck is that of the run which starts from it, so that one run is taken up where it stood.
class History {
public:
    std::shared_ptr<const Population> population;  ///< the same establishments, as the earlier framework asks them
    std::shared_ptr<const Framework> framework;
    Scenario scenario;
    std::size_t plan = 0;
    std::uint16_t months = 0;      ///< of it that lie before the run
    std::vector<Carried> carried;  ///< by item of the run's framework; empty: the framework is the same

    /// The world at the end of those months, without a plan. The first replicates are kept: a study asks for them
    /// often.
    World end(Replicate replicate) const;

    /// The same with parameters at the middle of their draws; made once.
    std::shared_ptr<const History> middle(const std::function<Scenario(const Scenario&)>& middle_of) const;

    static constexpr std::uint32_t most_kept = 64;

private:
    struct Kept {
        std::mutex mutex;
        std::shared_ptr<const History> middle;
        std::map<std::pair<std::uint64_t, std::uint32_t>, std::shared_ptr<const World>> worlds;
        Kept() = default;
        Kept(const Kept&) {}  // of other parameters, perhaps
    };
    mutable Kept kept_;
};

/// One replicate's world when the run begins: from its history if it has one, else from published shares. It holds no
/// plan. `scenario`: with the replicate's own parameters.
World first_world(const Scenario& scenario, const Population& population, const Framework& framework,
                  Replicate replicate);

}  // namespace hubs
