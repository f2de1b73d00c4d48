#include "analysis/study/sweep/share.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace hubs {
namespace {

std::optional<std::uint32_t> whole(std::string_view text) {
    std::uint32_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

}  // namespace

std::optional<Share> share_of(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const auto part = whole(std::string_view(text).substr(0, slash)), parts = whole(std::string_view(text).substr(slash + 1));
    if (!part || !parts || *part < 1 || *part > *parts) return std::nullopt;
    Share out;
    out.part = *part - 1;
    out.parts = *parts;
    return out;
}

std::optional<Share> share_from_environment(const std::function<const char*(const char*)>& variable) {
    const auto read = [&](const char* name) { return whole(variable(name) == nullptr ? "" : variable(name)); };
    struct Named {
        const char* name;
        std::uint32_t first;
    };
    for (const Named& n : {Named{"SLURM_ARRAY_TASK_ID", 0}, {"PBS_ARRAY_INDEX", 0}, {"JOB_COMPLETION_INDEX", 0}, {"SGE_TASK_ID", 1}}) {
        const auto task = read(n.name);
        if (!task || *task < n.first) continue;  // "undefined" in a Grid Engine job that is no array
        Share out;
        const std::uint64_t piece = std::uint64_t{*task} - n.first + read("HUBSIM_SHARD_OFFSET").value_or(0);
        out.only = static_cast<std::uint32_t>(std::min<std::uint64_t>(piece, std::numeric_limits<std::uint32_t>::max()));
        out.because = n.name;
        return out;
    }
    const auto rank = read("OMPI_COMM_WORLD_RANK"), size = read("OMPI_COMM_WORLD_SIZE");
    if (!rank || !size || *size < 2 || *rank >= *size) return std::nullopt;
    Share out;
    out.part = *rank;
    out.parts = *size;
    out.because = "OMPI_COMM_WORLD_RANK";
    return out;
}

}  // namespace hubs
