#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/id.h"

namespace hubs {

/// Why two Careers Leaders could come to know one another. A tie may have several reasons.
enum Layer : std::uint8_t { no_layer = 0, neighbour_layer = 1, trust_layer = 2, type_layer = 4 };

/// An establishment that another may learn from.
struct PossibleTie {
    std::uint32_t from;  ///< the one that learns
    std::uint32_t to;    ///< the one it may learn from
    std::uint8_t layers;
};

/// The graph of possible ties, fixed for a run; only the strengths in World change.
/// A row of `peers` per establishment, in order of the peers' addresses and padded to
/// fours with the establishment itself and no layer, which never makes contact.
class Network {
public:
    static constexpr unsigned most_ties = 16;  ///< per establishment; four bits of luck name a place in a row

    Network() = default;
    /// Duplicate ties are merged, rows cut at `most_ties` (nearest reasons first as given).
    /// Boost.Graph holds the graph while it is checked and laid out.
    Network(std::uint32_t establishments, std::vector<PossibleTie> ties, const std::vector<std::uint32_t>& addresses);

    std::uint32_t first(EstablishmentId e) const { return first_[e.index]; }
    std::uint32_t end(EstablishmentId e) const { return first_[e.index + 1]; }
    std::uint32_t peer(std::uint32_t slot) const { return peers_[slot]; }
    std::uint8_t layers(std::uint32_t slot) const { return layers_[slot]; }
    std::uint32_t slots() const { return static_cast<std::uint32_t>(peers_.size()); }

    /// Calls `f(vector)` for what a row of the graph is read from.
    void each_vector(auto&& f) const { f(first_), f(peers_), f(layers_); }

    double mean_ties() const { return mean_ties_; }           ///< possible ties per establishment
    std::uint32_t components() const { return components_; }  ///< connected parts of the graph

private:
    std::vector<std::uint32_t> first_, peers_;
    std::vector<std::uint8_t> layers_;
    double mean_ties_ = 0;
    std::uint32_t components_ = 0;
};

}  // namespace hubs
