#include "sim/card/run.h"

#include <algorithm>

namespace hubs::card {

Batch::Batch(Machine& machine, const Shape& shape, std::size_t worlds)
    : machine_(machine), shape_(shape), sizes_(shape.sizes()), memory_{{machine, sizes_[head] * worlds},
                                                                       {machine, sizes_[columns] * worlds},
                                                                       {machine, sizes_[observed] * worlds + 1},
                                                                       {machine, sizes_[room] * worlds}} {
    char* at = machine.staging((sizes_[head] + sizes_[columns] + sizes_[observed]) * worlds);
    for (const Part part : {head, columns, observed}) {
        here_[part] = at;
        at += sizes_[part] * worlds;
    }
}

Worlds Batch::send(const Given& given, const Job* jobs, std::uint32_t count, const ForEach& for_each) {
    const auto same_start = [&](std::uint32_t w) { return w > 0 && jobs[w].start == jobs[w - 1].start; };
    for_each(count, [&](std::uint32_t w) {
        const Places places{there(head, w), there(columns, w), there(observed, w), there(room, w)};
        shape_.pack(jobs[w], given, places, here(head, w), same_start(w) ? nullptr : here(columns, w));
    });
    machine_.upload(there(head, 0), here(head, 0), sizes_[head] * count);
    for (std::uint32_t w = 0; w < count; ++w)
        if (same_start(w)) machine_.copy(there(columns, w), there(columns, w - 1), sizes_[columns]);
        else machine_.upload(there(columns, w), here(columns, w), sizes_[columns]);
    if (sizes_[observed] > 0) machine_.clear(there(observed, 0), sizes_[observed] * count);
    machine_.clear(there(room, 0), sizes_[room] * count);
    const Worlds worlds{there(head, 0), sizes_[head], count, jobs->start->count()};
    machine_.begin(worlds);
    return worlds;
}

void Batch::fetch(Wanted wanted, std::uint32_t count) {
    const auto part = [&](Part p) { machine_.download(here(p, 0), there(p, 0), sizes_[p] * count); };
    part(head);
    if (wanted != Wanted::level) part(observed);
    if (wanted != Wanted::seen) part(columns);
}

Left Batch::left(const Job& job, std::uint32_t world) const {
    return shape_.unpack(job, here(head, world), here(columns, world), here(observed, world));
}

void run_jobs(Machine& machine, const Given& given, const std::vector<Job>& jobs, std::size_t most,
              const ForEach& for_each, const std::function<void()>& between,
              const std::function<void(std::size_t job, Left&&)>& take) {
    if (jobs.empty()) return;
    const Shape shape(jobs);
    std::size_t world = 0;
    for (const std::size_t size : shape.sizes()) world += size;
    const std::size_t fit = machine.free_bytes() / 10 * 9 / world;
    if (fit == 0)
        throw CardFailure("the card has too little memory for one world of " + std::to_string(world) + " bytes");
    const std::size_t at_once = std::min<std::size_t>({fit, std::max<std::size_t>(1, most), jobs.size()});
    Batch batch(machine, shape, at_once);
    for (std::size_t first = 0; first < jobs.size(); first += at_once) {
        const auto count = static_cast<std::uint32_t>(std::min(at_once, jobs.size() - first));
        const Worlds worlds = batch.send(given, &jobs[first], count, for_each);
        const Scenario& s = *jobs[first].scenario;
        for (std::uint16_t m = 0; m < s.months; ++m) {
            between();
            machine.step(worlds, Month{static_cast<std::uint16_t>(jobs[first].start->first_month + m)}, s.switches);
        }
        batch.fetch(jobs[first].wanted, count);
        for_each(count, [&](std::uint32_t w) { take(first + w, batch.left(jobs[first + w], w)); });
    }
}

}  // namespace hubs::card
