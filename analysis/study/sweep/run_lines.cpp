#include <tbb/parallel_for.h>

#include <algorithm>

#include "analysis/study/sweep/sweep_plan.h"

namespace hubs {
namespace {

std::vector<std::string> as_text(const std::vector<double>& values) {
    std::vector<std::string> out;
    for (const double v : values) out.push_back(exact(v));
    return out;
}

}  // namespace

std::vector<std::string> text_outputs(const Sweep& sweep, const Design& design, std::size_t run) {
    return as_text(run_outputs(sweep, row_values(sweep, design, run / sweep.replicates),
                               static_cast<std::uint32_t>(run % sweep.replicates)));
}

namespace {

/// One line of a shard: the outputs, or why there are none.
std::string line_of(const SweepPlan& plan, std::size_t run, const std::vector<std::string>& values,
                    std::string message) {
    const std::size_t row = run / plan.sweep.replicates;
    std::string outputs;
    for (const std::string& value : values) outputs += "," + (is_nan(value) ? "" : value);
    for (std::size_t o = 0; o < values.size(); ++o)
        if (is_nan(values[o]))
            message +=
                (message.empty() ? "" : "; ") + plan.sweep.outputs[o].name + " is not a number: its group is empty";
    if (values.empty()) outputs = std::string(plan.sweep.outputs.size(), ',');
    std::replace_if(
        message.begin(), message.end(), [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; }, ' ');
    return std::to_string(run) + "," + std::to_string(row) + "," + std::to_string(run % plan.sweep.replicates) +
           (message.empty() ? ",ok" : ",failed") + outputs + "," + message;
}

}  // namespace

std::string run_line(const SweepPlan& plan, std::size_t run) {
    try {
        return line_of(plan, run, text_outputs(plan.sweep, plan.design, run), "");
    } catch (const std::exception& e) {
        return line_of(plan, run, {}, e.what());
    }
}

std::vector<std::string> run_lines(const SweepPlan& plan, const std::vector<std::size_t>& runs, Device& device,
                                   const std::atomic<bool>* stop) {
    const Sweep& sweep = plan.sweep;
    const Groups groups = groups_of(sweep.study.population);
    std::vector<std::string> lines(runs.size());
    std::vector<Twins> twins(runs.size());
    std::vector<std::vector<Observations>> seen(runs.size());
    tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
        try {
            twins[i] = twins_of(sweep, row_values(sweep, plan.design, runs[i] / sweep.replicates),
                                static_cast<std::uint32_t>(runs[i] % sweep.replicates));
            seen[i].resize(twins[i].plans.size());
        } catch (const std::exception& e) {
            lines[i] = line_of(plan, runs[i], {}, e.what());
        }
    });
    std::vector<std::size_t> made;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (lines[i].empty()) made.push_back(i);
    std::vector<std::atomic<std::size_t>> left(runs.size());
    for (const std::size_t i : made) left[i] = twins[i].plans.size();
    const Doing doing{sweep.study.population, sweep.study.framework, groups, &device, stop, false};
    run_twins(
        made.size(), doing, [&](std::size_t m) { return twins[made[m]]; },
        [&](std::size_t m, std::size_t k, RunEnd&& end) {
            const std::size_t i = made[m];
            seen[i][k] = std::move(end.seen);
            if (--left[i] != 0) return;
            try {
                lines[i] = line_of(plan, runs[i], as_text(outputs_of(sweep, twins[i], seen[i], groups)), "");
            } catch (const std::exception& e) {
                lines[i] = line_of(plan, runs[i], {}, e.what());
            }
        },
        [](const RunError&) {});
    return lines;
}

}  // namespace hubs
