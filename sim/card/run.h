#pragma once
#include <functional>
#include <vector>

#include "sim/card/image.h"

namespace hubs::card {

/// Does something for every number below `count`, perhaps at once.
using ForEach = std::function<void(std::uint32_t count, const std::function<void(std::uint32_t)>& one)>;

/// Runs jobs on a machine, as many at once as its memory holds, and gives each what is left of it.
/// `between` is called before every month; it may throw to stop. All jobs share months and switches.
void run_jobs(Machine& machine, const Given& given, const std::vector<Job>& jobs, const ForEach& for_each, const std::function<void()>& between,
              const std::function<void(std::size_t job, Left&&)>& take);

/// Most worlds at once: more gain nothing.
inline constexpr std::uint32_t most_worlds = 1024;

}  // namespace hubs::card
