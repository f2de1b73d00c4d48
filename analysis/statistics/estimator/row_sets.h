#pragma once
#include <algorithm>
#include <cmath>

#include "analysis/statistics/estimator/sample.h"

/// Sets of a sample's rows, as matching needs them.
namespace hubs {

/// Numbers of rows.
using Rows = std::vector<std::uint32_t>;

inline Rows rows_of(const Sample& sample, bool arm) {
    Rows rows;
    for (std::uint32_t i = 0; i < sample.size(); ++i)
        if (sample.treated[i] == arm) rows.push_back(i);
    return rows;
}

/// Rows with equal values together, each set rising, sets by their first row.
inline std::vector<Rows> by_place(Rows rows, const Eigen::MatrixXd& X) {
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
        for (Eigen::Index k = 0; k < X.cols(); ++k)
            if (X(a, k) != X(b, k)) return X(a, k) < X(b, k) ? -1 : 1;
        return 0;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
    std::vector<Rows> out;
    for (const std::uint32_t row : rows) {
        if (out.empty() || compare(out.back().front(), row) != 0) out.emplace_back();
        out.back().push_back(row);
    }
    std::sort(out.begin(), out.end(), [](const Rows& a, const Rows& b) { return a.front() < b.front(); });
    return out;
}

/// Mean and mean squared deviation of some rows' values, by their sampling weights.
struct Spread {
    double mean = 0, variance = 0;
    template <class Value>
    Spread(const Sample& sample, const Rows& rows, Value&& value) {
        double all = 0;
        for (const std::uint32_t i : rows) all += sample.weight(i);
        for (const std::uint32_t i : rows) mean += sample.weight(i) * value(i) / all;
        for (const std::uint32_t i : rows) variance += sample.weight(i) * std::pow(value(i) - mean, 2) / all;
    }
};

}  // namespace hubs
