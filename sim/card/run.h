#pragma once
#include <functional>
#include <vector>

#include "sim/card/image.h"

namespace hubs::card {

/// Does something for every number below `count`, perhaps at once.
using ForEach = std::function<void(std::uint32_t count, const std::function<void(std::uint32_t)>& one)>;

/// Worlds in a machine's memory, each part of all side by side, and room here for what goes up and comes back.
class Batch {
public:
    /// For so many worlds of one shape.
    Batch(Machine& machine, const Shape& shape, std::size_t worlds);
    /// Puts jobs at their starts; columns go up once for each start, whose jobs stand together. What is seen of the
    /// starts is counted.
    Worlds send(const Given& given, const Job* jobs, std::uint32_t count, const ForEach& for_each);
    void fetch(Wanted wanted, std::uint32_t count);
    /// What a fetched world left.
    Left left(const Job& job, std::uint32_t world) const;

private:
    char* here(Part part, std::uint32_t world) const { return here_[part] + sizes_[part] * world; }
    std::uint64_t there(Part part, std::uint32_t world) const { return memory_[part].address() + sizes_[part] * world; }

    Machine& machine_;
    const Shape& shape_;
    Sizes sizes_;
    Piece memory_[parts];
    char* here_[parts] = {};
};

/// Runs jobs on a machine, as many at once as its memory holds and at most `most`, and gives each what is left of it.
/// `between` is called before every month; it may throw to stop. All jobs share population, groups, months, switches
/// and what is wanted.
void run_jobs(Machine& machine, const Given& given, const std::vector<Job>& jobs, std::size_t most,
              const ForEach& for_each, const std::function<void()>& between,
              const std::function<void(std::size_t job, Left&&)>& take);

/// Worlds at once beyond which little is gained.
inline constexpr std::uint32_t most_worlds = 1024;

}  // namespace hubs::card
