#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hubs {

/// Which part of the work a process takes: every `parts`-th piece from `part` on (from 0), or the one piece that a
/// scheduler's task number names.
struct Share {
    std::uint32_t part = 0, parts = 1;
    std::optional<std::uint32_t> only;  ///< one piece
    std::string because;                ///< the variable it was read from, for the message

    bool takes(std::uint32_t piece) const { return only ? piece == *only : piece % parts == part; }
};

/// Reads "3/64": the third of 64 parts. Empty if it is not one.
std::optional<Share> share_of(const std::string& text);

/// What the scheduler's environment says: SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, JOB_COMPLETION_INDEX (from 0) and
/// SGE_TASK_ID (from 1) name one piece, HUBSIM_SHARD_OFFSET is added; OMPI_COMM_WORLD_RANK names a part of all.
std::optional<Share> share_from_environment(const std::function<const char*(const char*)>& variable);

}  // namespace hubs
