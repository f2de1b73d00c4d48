#include "analysis/results/tables/fit.h"

#include <algorithm>

#include "analysis/results/results.h"
#include "sim/run/embedded.h"

namespace hubs {
namespace {

bool uses_shipped_draws(const Study& study) {
    for (const InputFile& i : study.inputs)
        if (i.role == "posterior") return i.text == embedded::posterior;
    return false;
}

/// Rows of a table of the shipped calibration, which has these columns and more.
template <class T>
std::vector<typename T::Row> shipped(std::string_view csv) {
    const auto all = read_csv(std::string(csv));
    const auto columns = columns_of<T>("");
    std::vector<std::vector<std::string>> chosen(all.size());
    for (const TableColumn& column : columns) {
        const auto at = std::find(all.front().begin(), all.front().end(), column.name) - all.front().begin();
        for (std::size_t r = 0; r < all.size(); ++r) chosen[r].push_back(all[r].at(static_cast<std::size_t>(at)));
    }
    return rows_of<T>(chosen);
}

}  // namespace

std::vector<Fit::Row> Fit::rows(const Results& results) {
    if (!uses_shipped_draws(results.finished().study)) return {};
    return shipped<Fit>(embedded::posterior_fit);
}

std::vector<Identified::Row> Identified::rows(const Results& results) {
    if (!uses_shipped_draws(results.finished().study)) return {};
    return shipped<Identified>(embedded::posterior_identified);
}

}  // namespace hubs
