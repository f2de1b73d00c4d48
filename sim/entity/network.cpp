#include "sim/entity/network.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/connected_components.hpp>
#include <utility>

namespace hubs {
namespace {

struct TieLayers {
    std::uint8_t layers = no_layer;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, TieLayers, boost::no_property, std::uint32_t, std::uint32_t>;

/// Parts of the graph, following ties both ways (union by path halving).
std::uint32_t count_components(const Graph& graph) {
    const std::uint32_t n = static_cast<std::uint32_t>(num_vertices(graph));
    std::vector<std::uint32_t> root(n);
    for (std::uint32_t v = 0; v < n; ++v) root[v] = v;
    const auto find = [&](std::uint32_t v) {
        while (root[v] != v) v = root[v] = root[root[v]];
        return v;
    };
    std::uint32_t parts = n;
    for (auto [edge, last] = edges(graph); edge != last; ++edge) {
        const std::uint32_t a = find(static_cast<std::uint32_t>(source(*edge, graph)));
        const std::uint32_t b = find(static_cast<std::uint32_t>(target(*edge, graph)));
        if (a != b) {
            root[a] = b;
            --parts;
        }
    }
    return parts;
}

std::vector<PossibleTie> merged(std::vector<PossibleTie> ties) {
    std::stable_sort(ties.begin(), ties.end(), [](const PossibleTie& a, const PossibleTie& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
    std::vector<PossibleTie> out;
    out.reserve(ties.size());
    for (const PossibleTie& t : ties) {
        if (t.from == t.to) continue;
        if (!out.empty() && out.back().from == t.from && out.back().to == t.to) out.back().layers |= t.layers;
        else out.push_back(t);
    }
    return out;
}

}  // namespace

Network::Network(std::uint32_t establishments, std::vector<PossibleTie> ties, const std::vector<std::uint32_t>& addresses) {
    ties = merged(std::move(ties));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<TieLayers> layers;
    for (const PossibleTie& t : ties) {
        ends.emplace_back(t.from, t.to);
        layers.push_back({t.layers});
    }
    const Graph graph(boost::edges_are_sorted, ends.begin(), ends.end(), layers.begin(), establishments);
    components_ = count_components(graph);
    mean_ties_ = establishments == 0 ? 0.0 : static_cast<double>(num_edges(graph)) / establishments;

    first_.assign(1, 0);
    for (std::uint32_t e = 0; e < establishments; ++e) {
        std::vector<std::pair<std::uint32_t, std::uint8_t>> row;
        for (auto [edge, last] = out_edges(e, graph); edge != last; ++edge)
            row.emplace_back(static_cast<std::uint32_t>(target(*edge, graph)), graph[*edge].layers);
        std::sort(row.begin(), row.end(), [&](const auto& a, const auto& b) { return addresses[a.first] < addresses[b.first]; });
        if (row.size() > most_ties) row.resize(most_ties);
        while (row.size() % 4 != 0) row.emplace_back(e, no_layer);
        for (const auto& [peer, why] : row) {
            peers_.push_back(peer);
            layers_.push_back(why);
        }
        first_.push_back(static_cast<std::uint32_t>(peers_.size()));
    }
}

}  // namespace hubs
