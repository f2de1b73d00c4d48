// Linked in place of no_farm.cpp where MPI is there.
#include <mpi.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "analysis/study/sweep/farm.h"

namespace hubs {
namespace {

constexpr int request = 1, answer = 2;  // tags
constexpr std::int64_t none = -1;       // in place of a shard
constexpr std::int64_t more = 0, leaving = 1;
constexpr std::chrono::milliseconds patience(2);

std::int64_t shard_or_none(std::optional<std::uint32_t> shard) { return shard ? static_cast<std::int64_t>(*shard) : none; }

/// MPI as long as it lives.
class Ranks {
public:
    Ranks() {
        int given = 0;
        MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &given);
        if (given < MPI_THREAD_FUNNELED) throw std::runtime_error("this MPI does not allow threads beside it");
        MPI_Comm_rank(MPI_COMM_WORLD, &rank);
        MPI_Comm_size(MPI_COMM_WORLD, &size);
    }
    ~Ranks() { MPI_Finalize(); }
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;
    int rank = 0, size = 1;
};

/// The first rank: works in a thread of its own and serves the others from this one, which alone speaks MPI.
/// `first` is asked from both.
bool serve(const Ranks& ranks, const std::function<std::optional<std::uint32_t>()>& first,
           const std::function<bool(const std::function<std::optional<std::uint32_t>()>&, unsigned)>& work) {
    bool own = false;
    std::exception_ptr failure;
    std::thread worker([&] {
        try {
            own = work(first, 0);
        } catch (...) {
            failure = std::current_exception();
        }
    });
    for (int working = ranks.size - 1; working > 0;) {
        std::int64_t question = 0;
        MPI_Status status;
        int there = 0;  // a receive that waits would keep a core busy
        while (MPI_Iprobe(MPI_ANY_SOURCE, request, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE), there == 0) std::this_thread::sleep_for(patience);
        MPI_Recv(&question, 1, MPI_INT64_T, MPI_ANY_SOURCE, request, MPI_COMM_WORLD, &status);
        if (question == leaving) {
            --working;
            continue;
        }
        const std::int64_t shard = shard_or_none(first());
        MPI_Send(&shard, 1, MPI_INT64_T, status.MPI_SOURCE, answer, MPI_COMM_WORLD);
        if (shard == none) --working;
    }
    worker.join();
    if (failure) std::rethrow_exception(failure);
    return own;
}

bool ask_and_work(const Ranks& ranks, const std::function<bool(const std::function<std::optional<std::uint32_t>()>&, unsigned)>& work) {
    bool released = false;
    const auto next = [&]() -> std::optional<std::uint32_t> {
        if (released) return std::nullopt;
        MPI_Send(&more, 1, MPI_INT64_T, 0, request, MPI_COMM_WORLD);
        std::int64_t shard = none;
        MPI_Recv(&shard, 1, MPI_INT64_T, 0, answer, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        released = shard == none;
        return released ? std::nullopt : std::optional(static_cast<std::uint32_t>(shard));
    };
    const auto leave = [&] {
        if (!released) MPI_Send(&leaving, 1, MPI_INT64_T, 0, request, MPI_COMM_WORLD);
    };
    try {
        const bool own = work(next, static_cast<unsigned>(ranks.rank));
        leave();
        return own;
    } catch (...) {
        leave();
        throw;
    }
}

}  // namespace

bool has_farm() { return true; }

bool farm(const std::function<std::optional<std::uint32_t>()>& first,
          const std::function<bool(const std::function<std::optional<std::uint32_t>()>& next, unsigned rank)>& work) {
    const Ranks ranks;
    int own = 0, all = 0;
    std::exception_ptr failure;
    try {
        own = ranks.rank == 0 ? serve(ranks, first, work) : ask_and_work(ranks, work);
    } catch (...) {
        failure = std::current_exception();  // told once all ranks are done: none is left waiting
    }
    MPI_Allreduce(&own, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (failure) std::rethrow_exception(failure);
    return all != 0;
}

}  // namespace hubs
