#include "analysis/statistics/decision/discovery.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

double density_of(const std::vector<Eigen::Index>& rows, const std::vector<bool>& happens) {
    double sum = 0;
    for (const Eigen::Index r : rows) sum += happens[static_cast<std::size_t>(r)];
    return rows.empty() ? 0.0 : sum / static_cast<double>(rows.size());
}

bool limits_input(const Box& box, Eigen::Index input) {
    return std::any_of(box.limits.begin(), box.limits.end(), [&](const BoxLimit& l) { return l.input == input; });
}

void keep(Box& box, const BoxLimit& limit) {
    for (BoxLimit& old : box.limits)
        if (old.input == limit.input && old.above == limit.above) {
            old.value = limit.value;
            return;
        }
    box.limits.push_back(limit);
}

/// Limits that leave out fewer than a tenth of the draws say nothing; the box is as large as the others make it.
std::vector<Eigen::Index> without_empty_limits(Box& box, const Eigen::MatrixXd& inputs) {
    const auto outside = [&](const BoxLimit& l, Eigen::Index r) {
        return l.above ? inputs(r, l.input) < l.value : inputs(r, l.input) > l.value;
    };
    std::erase_if(box.limits, [&](const BoxLimit& l) {
        Eigen::Index left_out = 0;
        for (Eigen::Index r = 0; r < inputs.rows(); ++r) left_out += outside(l, r);
        return 10 * left_out < inputs.rows();
    });
    std::vector<Eigen::Index> inside;
    for (Eigen::Index r = 0; r < inputs.rows(); ++r)
        if (std::none_of(box.limits.begin(), box.limits.end(), [&](const BoxLimit& l) { return outside(l, r); }))
            inside.push_back(r);
    return inside;
}

}  // namespace

Box discover(const Eigen::MatrixXd& inputs, const std::vector<bool>& happens, unsigned most_limits) {
    Box box;
    std::vector<Eigen::Index> rows(static_cast<std::size_t>(inputs.rows()));
    for (std::size_t r = 0; r < rows.size(); ++r) rows[r] = static_cast<Eigen::Index>(r);
    const double n = static_cast<double>(rows.size());
    box.overall = box.density = density_of(rows, happens);
    box.coverage = box.support = 1;
    if (!(box.overall > 0) || !(box.overall < 1)) return box;
    std::vector<Eigen::Index> inputs_used;
    for (;;) {
        const auto peel = std::max<std::size_t>(1, rows.size() / 20);
        if (static_cast<double>(rows.size() - peel) < 0.1 * n) break;
        double best = density_of(rows, happens);
        std::vector<Eigen::Index> left;
        BoxLimit limit{};
        for (Eigen::Index k = 0; k < inputs.cols(); ++k) {
            if (!limits_input(box, k) && inputs_used.size() >= most_limits) continue;
            std::vector<Eigen::Index> sorted = rows;
            std::stable_sort(sorted.begin(), sorted.end(), [&](Eigen::Index a, Eigen::Index b) { return inputs(a, k) < inputs(b, k); });
            for (const bool above : {true, false}) {
                const std::vector<Eigen::Index> kept(sorted.begin() + (above ? static_cast<std::ptrdiff_t>(peel) : 0),
                                                     sorted.end() - (above ? 0 : static_cast<std::ptrdiff_t>(peel)));
                const double density = density_of(kept, happens);
                if (density <= best) continue;
                best = density;
                left = kept;
                limit = {k, above, inputs(above ? kept.front() : kept.back(), k)};
            }
        }
        if (left.empty()) break;
        rows = left;
        keep(box, limit);
        if (std::find(inputs_used.begin(), inputs_used.end(), limit.input) == inputs_used.end()) inputs_used.push_back(limit.input);
    }
    rows = without_empty_limits(box, inputs);
    box.density = density_of(rows, happens);
    box.support = static_cast<double>(rows.size()) / n;
    box.coverage = box.density * box.support / box.overall;
    return box;
}

double concentration_index(const std::vector<double>& gain) {
    const auto n = static_cast<double>(gain.size());
    double mean = 0, covariance = 0;
    for (const double g : gain) mean += g / n;
    for (std::size_t i = 0; i < gain.size(); ++i) covariance += (gain[i] - mean) * ((static_cast<double>(i) + 0.5) / n - 0.5) / n;
    return mean != 0 ? 2.0 * covariance / mean : std::nan("");
}

}  // namespace hubs
