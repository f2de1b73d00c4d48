#pragma once
#include <array>
#include <memory>
#include <vector>

#include "sim/card/arena.h"
#include "sim/card/machine.h"
#include "sim/entity/observation.h"
#include "sim/scenario.h"

namespace hubs::card {

struct CardWorld;

/// What all worlds of a batch read: the population, the framework, the groups. In a machine's memory as long as this
/// lives.
class Given {
public:
    Given(Machine& machine, const Population& population, const Framework& framework, const Groups& groups);

    const Population* population = nullptr;  ///< addresses there
    const Framework* framework = nullptr;
    const Groups* groups = nullptr;
    const NormalSteps* normal_steps = nullptr;

private:
    Piece memory_;
};

/// What is wanted of a run: how many benchmarks were achieved in the end; what was seen of it; that with the
/// fingerprint of its end.
enum class Wanted { level, seen, all };

/// One run: a start under a plan.
struct Job {
    const World* start;
    const Scenario* scenario;  ///< the replicate's own: its calendar, parameters and switches
    std::size_t plan;          ///< of the scenario's plans
    Replicate replicate;
    const Groups* groups;  ///< that are watched
    unsigned every = 12;   ///< months between full tallies
    Wanted wanted = Wanted::all;
};
/// What a run leaves. The world has its columns only where all is wanted; where the level is, only what is achieved.
struct Left {
    Observations seen;
    World world;
};

/// A world stands in four parts, each beside the same part of the others: a head, which knows where the rest is; its
/// columns; what is seen of it; and room to work in. Heads and columns go up; heads, what is seen and perhaps columns
/// come back.
enum Part : std::size_t { head, columns, observed, room, parts };
using Sizes = std::array<std::size_t, parts>;
using Places = std::array<std::uint64_t, parts>;

/// The shape of a batch's worlds: all have the same population, months and groups, and plans of their own.
class Shape {
public:
    explicit Shape(const std::vector<Job>& jobs);
    ~Shape();
    Shape(const Shape&) = delete;
    Shape& operator=(const Shape&) = delete;

    const Sizes& sizes() const { return sizes_; }
    /// Writes a world's head and, if `columns_here` is given, its columns at the start, as they will stand at `there`.
    void pack(const Job& job, const Given& given, const Places& there, char* head_here, char* columns_here) const;
    /// Reads what a world left; of parts that are not wanted nothing is read.
    Left unpack(const Job& job, const char* head_here, const char* columns_here, const char* observed_here) const;

private:
    struct Heads {
        CardWorld* card;
        Watch* watch = nullptr;
        Plan* plan;
    };
    Heads lay_out(std::array<Arena, parts>& arenas, const Job& job) const;
    Observations read_seen(const Job& job, const char* head_here, const char* observed_here) const;

    std::unique_ptr<CardWorld> like_;  ///< a world with all the room it needs, and a watch
    Watch watch_;
    bool watched_;
    Sizes sizes_{};
};

}  // namespace hubs::card
