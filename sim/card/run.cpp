#include "sim/card/run.h"

#include <algorithm>
#include <memory>
#include <set>

namespace hubs::card {
namespace {

/// Worlds of one plan have one size.
std::size_t largest_size(const std::vector<Job>& jobs) {
    std::size_t largest = 0;
    std::set<std::pair<std::size_t, bool>> seen;
    for (const Job& job : jobs)
        if (seen.emplace(job.plan, job.groups != nullptr).second) largest = std::max(largest, size_of(job));
    return largest;
}

}  // namespace

void run_jobs(Machine& machine, const Given& given, const std::vector<Job>& jobs, const ForEach& for_each, const std::function<void()>& between,
              const std::function<void(std::size_t job, Left&&)>& take) {
    if (jobs.empty()) return;
    const std::size_t stride = largest_size(jobs);
    const std::size_t fit = machine.free_bytes() / 10 * 9 / stride;
    if (fit == 0) throw CardFailure("the card has too little memory for one world of " + std::to_string(stride) + " bytes");
    const auto at_once = static_cast<std::uint32_t>(std::min<std::size_t>({fit, most_worlds, jobs.size()}));
    const Piece memory(machine, stride * at_once);
    const std::unique_ptr<char[]> room(new char[stride * at_once]);
    for (std::size_t first = 0; first < jobs.size(); first += at_once) {
        const Worlds worlds{memory.address(), stride, static_cast<std::uint32_t>(std::min<std::size_t>(at_once, jobs.size() - first)),
                            jobs[first].start->count()};
        for_each(worlds.count, [&](std::uint32_t w) { pack(jobs[first + w], given, room.get() + stride * w, memory.address() + stride * w); });
        machine.upload(memory.address(), room.get(), stride * worlds.count);
        const Scenario& s = *jobs[first].scenario;
        for (std::uint16_t m = 0; m < s.months; ++m) {
            between();
            machine.step(worlds, Month{m}, s.switches);
        }
        machine.download(room.get(), memory.address(), stride * worlds.count);
        for_each(worlds.count, [&](std::uint32_t w) { take(first + w, unpack(jobs[first + w], room.get() + stride * w)); });
    }
}

}  // namespace hubs::card
