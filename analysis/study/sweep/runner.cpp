#include "analysis/study/sweep/runner.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <chrono>
#include <cmath>
#include <cstdlib>

namespace hubs {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t rows_between = 32;    // looks at the standard error
constexpr std::size_t runs_at_once = 1024;  // on a card

bool stopped(const SweepRun& o) {
    return (o.stop != nullptr && o.stop->load(std::memory_order_relaxed)) ||
           (o.failed != nullptr && o.failed->load() > o.most_failed);
}

void count_failure(const std::string& line, const SweepRun& options) {
    if (options.failed != nullptr && is_failed(line)) ++*options.failed;
}

/// Runs what is missing of a shard on the card while it lasts, and takes it off the list.
void run_on_card(const SweepPlan& plan, std::size_t first, std::vector<std::string>& lines,
                 std::vector<std::size_t>& missing, ShardStore::Checkpoint& checkpoint, const SweepRun& options) {
    auto saved = Clock::now();
    while (!missing.empty() && !stopped(options) && options.device->machine() != nullptr) {
        std::vector<std::size_t> runs, left;
        for (std::size_t m = 0; m < missing.size() && m < runs_at_once; ++m) runs.push_back(first + missing[m]);
        const std::vector<std::string> made = run_lines(plan, runs, *options.device, options.stop);
        for (std::size_t m = 0; m < missing.size(); ++m) {
            if (m >= made.size() || made[m].empty()) {
                left.push_back(missing[m]);
                continue;
            }
            lines[missing[m]] = made[m];
            count_failure(made[m], options);
            checkpoint.add(made[m]);
        }
        if (options.progress) options.progress(missing.size() - left.size());
        missing = std::move(left);
        if (std::chrono::duration<double>(Clock::now() - saved).count() < options.checkpoint_seconds) continue;
        checkpoint.save();
        saved = Clock::now();
    }
}

void run_shard(const SweepPlan& plan, std::uint32_t shard, bool begun, const SweepRun& options) {
    const ShardStore& store = plan.store;
    std::string why;
    if (store.read(shard, &why)) {
        if (options.progress) options.progress(store.runs(shard));
        return;
    }
    if (why != "missing" && options.notice) options.notice(store.path(shard) + ": " + why + "; it is made anew");
    std::vector<std::string> lines = begun ? store.recover(shard) : std::vector<std::string>(store.runs(shard));
    ShardStore::Checkpoint checkpoint(store, shard);
    std::mutex mutex;
    auto saved = Clock::now();
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].empty()) missing.push_back(i);
        else count_failure(lines[i], options);
    if (options.progress) options.progress(lines.size() - missing.size());
    if (options.device != nullptr && options.device->machine() != nullptr)
        run_on_card(plan, store.first_run(shard), lines, missing, checkpoint, options);
    tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(std::size_t{0}, missing.size(), [&](std::size_t m) {
            if (stopped(options)) return;
            const std::size_t i = missing[m];
            lines[i] = run_line(plan, store.first_run(shard) + i);
            count_failure(lines[i], options);
            const std::lock_guard lock(mutex);
            checkpoint.add(lines[i]);
            if (options.progress) options.progress(1);
            if (std::chrono::duration<double>(Clock::now() - saved).count() < options.checkpoint_seconds) return;
            checkpoint.save();
            saved = Clock::now();
        });
    });
    if (stopped(options)) {
        checkpoint.save();
        return;
    }
    store.commit(shard, lines);
    checkpoint.discard();
}

/// One cell of a line without quotes.
std::string cell(const std::string& line, std::size_t column) {
    std::size_t from = 0;
    for (; column > 0; --column) from = line.find(',', from) + 1;
    return line.substr(from, line.find(',', from) - from);
}

}  // namespace

Precision::Precision(const SweepPlan& plan) : plan_(plan) {
    for (std::size_t o = 0; plan.sweep.until && o < plan.sweep.outputs.size(); ++o)
        if (plan.sweep.outputs[o].name == plan.sweep.until->output) output_ = o;
}

std::optional<std::size_t> Precision::enough() {
    if (!plan_.sweep.until) return std::nullopt;
    while (!enough_ && read_ < plan_.store.shards()) {
        const auto lines = plan_.store.read(read_);
        if (!lines) break;
        ++read_;
        const std::uint32_t r = plan_.sweep.replicates;
        for (std::size_t i = 0; i + r <= lines->size() && !enough_; i += r) {
            double sum = 0;
            bool whole = true;
            for (std::size_t k = 0; k < r; ++k) {
                whole = whole && cell((*lines)[i + k], 3) == "ok";
                sum += std::strtod(cell((*lines)[i + k], 4 + output_).c_str(), nullptr);
            }
            ++rows_;
            if (!whole) continue;  // a row with a failed run tells nothing
            const double change = sum / r - mean_, n = static_cast<double>(++whole_);
            mean_ += change / n;
            squares_ += change * (sum / r - mean_);
            if (rows_ % rows_between == 0 && std::sqrt(squares_ / (n - 1) / n) <= plan_.sweep.until->mcse)
                enough_ = rows_;
        }
    }
    return enough_;
}

std::size_t most_failures(const SweepPlan& plan) {
    constexpr double always_borne = 20;
    return static_cast<std::size_t>(
        std::max(always_borne, plan.sweep.allowed_failures * static_cast<double>(plan.runs())));
}

bool run_shards(const SweepPlan& plan, const SweepRun& options) {
    const auto begun = plan.store.begun();  // looked up once: a folder may hold ten thousand files
    tbb::task_arena arena(options.threads == 0 ? tbb::task_arena::automatic : static_cast<int>(options.threads));
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<unsigned>(0, options.slots, 1),
            [&](const tbb::blocked_range<unsigned>&) {
                while (!stopped(options)) {
                    const auto shard = options.next();
                    if (!shard) return;
                    run_shard(plan, *shard, begun[*shard], options);
                }
            },
            tbb::simple_partitioner());
    });
    return !stopped(options);
}

}  // namespace hubs
