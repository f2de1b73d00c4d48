#pragma once
#include <Eigen/Dense>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hubs {

/// How the points of a sweep are laid out.
enum class DesignKind : std::uint8_t { grid, fractional_grid, latin_hypercube, sobol_sequence, morris, sobol_indices, posterior, table };
inline constexpr std::array<std::string_view, 8> design_words{"grid",   "fractional_grid", "latin_hypercube", "sobol_sequence",
                                                              "morris", "sobol_indices",   "posterior",       "table"};

struct DesignRequest {
    DesignKind kind = DesignKind::sobol_sequence;
    std::size_t points = 1024;  ///< of a sequence, hypercube or posterior; a scramble's of `sobol_indices`; start points of `morris`
    std::size_t scrambles = 8;  ///< independent ones, for intervals of `sobol_indices`
    std::size_t levels = 3;     ///< of each factor of a `grid` that lists no values
    std::uint64_t seed = 1;
};

/// The largest design that is laid out, in rows and in rows by factors.
inline constexpr std::size_t most_rows = 10'000'000, most_cells = 200'000'000;

/// Points of the unit cube, row by row, worked out when asked for. Factors of one group move together in
/// `morris` and `sobol_indices`; elsewhere groups play no part. A pure function of what it is made from.
class Design {
public:
    /// `group[k]` of factor k counts from 0 without gaps; `levels[k]` of factor k is used by grids only.
    /// Throws std::length_error for a design above `most_rows` or `most_cells`.
    Design(const DesignRequest& request, std::vector<std::size_t> group, std::vector<std::size_t> levels);

    std::size_t rows() const { return rows_; }
    std::size_t factors() const { return group_.size(); }
    std::size_t groups() const { return groups_; }
    const std::vector<std::size_t>& group_of() const { return group_; }
    const DesignRequest& request() const { return request_; }
    /// Where row `row` stands, one number within 0 to 1 a factor.
    std::vector<double> row(std::size_t row) const;

    /// Rows of one start point: `morris` has the point and one row a group; `sobol_indices` has A, B and one a group.
    std::size_t block() const;

private:
    DesignRequest request_;
    std::vector<std::size_t> group_, levels_;
    std::size_t groups_ = 0, rows_ = 0;
    Eigen::MatrixXd base_;  ///< points drawn; for `sobol_indices` A and B side by side
};

/// How far a factor moves in `morris`, as a share of its range: half of it, up or down, so that no effect is
/// a difference over almost nothing.
inline constexpr double morris_step = 0.5;

}  // namespace hubs
