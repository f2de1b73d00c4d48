#include "sim/neighbours.h"

#include <algorithm>
#include <cmath>

namespace hubs {
namespace {

/// A square grid over the places, about four to a cell.
class Grid {
public:
    Grid(const Establishments& who, const std::vector<std::uint32_t>& among) : who_(who) {
        west_ = south_ = 2000000;
        std::int32_t east = -2000000, north = -2000000;
        for (const std::uint32_t i : among) {
            west_ = std::min(west_, who.easting[EstablishmentId{i}]);
            south_ = std::min(south_, who.northing[EstablishmentId{i}]);
            east = std::max(east, who.easting[EstablishmentId{i}]);
            north = std::max(north, who.northing[EstablishmentId{i}]);
        }
        const double width = east - west_ + 1.0, height = north - south_ + 1.0;
        side_ = std::max(1.0, std::sqrt(width * height * 4.0 / static_cast<double>(among.size())));
        columns_ = static_cast<int>(width / side_) + 1;
        rows_ = static_cast<int>(height / side_) + 1;
        first_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
        for (const std::uint32_t i : among) ++first_[cell_of(i) + 1];
        for (std::size_t c = 1; c < first_.size(); ++c) first_[c] += first_[c - 1];
        members_.resize(among.size());
        std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
        for (const std::uint32_t i : among) members_[next[cell_of(i)]++] = i;
    }

    /// The nearest of i, as (squared distance, address, row), nearest first.
    struct Near {
        std::uint64_t distance;
        std::uint32_t address, row;
        bool operator<(const Near& o) const { return distance != o.distance ? distance < o.distance : address < o.address; }
    };
    void nearest(std::uint32_t i, unsigned most, std::vector<Near>& best) const {
        best.clear();
        const int cx = column_of(i), cy = row_of(i);
        for (int ring = 0; ring <= std::max(columns_, rows_); ++ring) {
            // A place outside the rings looked at is at least (ring - 1) cells away.
            const double clear = side_ * (ring - 1);
            if (best.size() == most && ring > 0 && clear > 0 && static_cast<double>(best.back().distance) < clear * clear) return;
            for (int y = cy - ring; y <= cy + ring; ++y)
                for (int x = cx - ring; x <= cx + ring; x += (y == cy - ring || y == cy + ring || ring == 0) ? 1 : 2 * ring) look(i, x, y, most, best);
        }
    }

private:
    int column_of(std::uint32_t i) const { return static_cast<int>((who_.easting[EstablishmentId{i}] - west_) / side_); }
    int row_of(std::uint32_t i) const { return static_cast<int>((who_.northing[EstablishmentId{i}] - south_) / side_); }
    std::size_t cell_of(std::uint32_t i) const {
        return static_cast<std::size_t>(row_of(i)) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column_of(i));
    }
    void look(std::uint32_t i, int x, int y, unsigned most, std::vector<Near>& best) const {
        if (x < 0 || y < 0 || x >= columns_ || y >= rows_) return;
        const std::size_t cell = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x);
        for (std::uint32_t m = first_[cell]; m < first_[cell + 1]; ++m) {
            const std::uint32_t k = members_[m];
            if (k == i) continue;
            const std::int64_t dx = who_.easting[EstablishmentId{i}] - who_.easting[EstablishmentId{k}];
            const std::int64_t dy = who_.northing[EstablishmentId{i}] - who_.northing[EstablishmentId{k}];
            const Near near{static_cast<std::uint64_t>(dx * dx + dy * dy), who_.address[EstablishmentId{k}], k};
            if (best.size() == most && !(near < best.back())) continue;
            if (best.size() == most) best.pop_back();
            best.insert(std::upper_bound(best.begin(), best.end(), near), near);
        }
    }

    const Establishments& who_;
    std::int32_t west_, south_;
    double side_ = 1;
    int columns_ = 1, rows_ = 1;
    std::vector<std::uint32_t> first_, members_;
};

}  // namespace

void add_nearest(const Establishments& who, const std::vector<std::uint32_t>& among, unsigned most, Layer layer, std::vector<PossibleTie>& ties) {
    if (among.size() < 2) return;
    const Grid grid(who, among);
    std::vector<Grid::Near> best;
    for (const std::uint32_t i : among) {
        grid.nearest(i, std::min<unsigned>(most, static_cast<unsigned>(among.size() - 1)), best);
        for (const auto& near : best) ties.push_back({i, near.row, layer});
    }
}

}  // namespace hubs
