#include "analysis/study/calibration/group_figures.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>

namespace hubs {
namespace {

const std::vector<std::string> group_words{"hub", "network", "none", "all", "hub_schools", "hub_mainstream", "hub_special", "hub_colleges",
                                           "in_hubs", "in_network", "outside", "not_in_hubs"};

int item_of(const std::string& id, const Framework& f) {
    for (std::size_t i = 0; i < f.items.size(); ++i)
        if (f.items[i].id == id) return static_cast<int>(i);
    return -1;
}

/// The benchmark's number from 0 of "b1" to "b8", or -1.
int benchmark_of(const std::string& word) { return word.size() == 2 && word[0] == 'b' && word[1] >= '1' && word[1] <= '8' ? word[1] - '1' : -1; }

/// What stands behind a beginning such as "share_", or nothing.
std::string after(const std::string& text, const std::string& beginning) { return text.starts_with(beginning) ? text.substr(beginning.size()) : ""; }

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> out;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, '_');) out.push_back(part);
    return out;
}

/// A benchmark's items that concern somebody in the group.
std::vector<std::size_t> items_of(unsigned benchmark, const GroupSums& g, const Framework& f) {
    std::vector<std::size_t> out;
    each_item(f.items_of[benchmark], [&](unsigned item) {
        if (g.applies[item] > 0) out.push_back(item);
    });
    return out;
}

double percent(const GroupSums& g, std::size_t item) { return 100.0 * g.item[item] / g.applies[item]; }

/// How many of the named ones are among the as many lowest of `all`; of equal ones the first.
template <class Level>
double among_lowest(const std::vector<std::size_t>& named, std::vector<std::size_t> all, Level&& level) {
    std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) { return level(a) < level(b); });
    all.resize(std::min(all.size(), named.size()));
    return static_cast<double>(std::count_if(named.begin(), named.end(), [&](std::size_t n) { return std::find(all.begin(), all.end(), n) != all.end(); }));
}

double lowest(const GroupSums& g, const std::vector<std::string>& named, const Framework& f) {
    std::vector<std::size_t> own, all;
    if (benchmark_of(named.front()) >= 0) {
        for (const std::string& word : named) own.push_back(static_cast<std::size_t>(benchmark_of(word)));
        for (std::size_t b = 0; b < benchmark_count; ++b) all.push_back(b);
        return among_lowest(own, all, [&](std::size_t b) { return g.share[b]; });
    }
    for (const std::string& word : named) own.push_back(static_cast<std::size_t>(item_of(word, f)));
    return among_lowest(own, items_of(f.benchmark_of[own.front()], g, f), [&](std::size_t item) { return percent(g, item); });
}

double of_one(const GroupSums& g, const std::string& observe, const Framework& f) {
    if (g.n == 0) return not_available;
    const auto change = [&](std::size_t item) { return 100.0 * (g.item[item] - g.item_before[item]) / g.applies[item]; };
    if (observe == "mean") return g.sum / g.n;
    if (observe == "gain") return g.gain / g.n;
    if (observe == "sd") return std::sqrt(std::max(0.0, g.squares / g.n - g.sum * g.sum / (g.n * g.n)));
    if (observe == "over_half") return static_cast<double>(std::count_if(g.share.begin(), g.share.end(), [&](double met) { return met > 0.5 * g.n; }));
    if (const std::string b = after(observe, "share_"); !b.empty()) return 100.0 * g.share[static_cast<std::size_t>(benchmark_of(b))] / g.n;
    if (const std::string list = after(observe, "lowest_"); !list.empty()) return lowest(g, parts_of(list), f);
    if (const std::string b = after(observe, "items_above_90_"); !b.empty()) {
        const auto items = items_of(static_cast<unsigned>(benchmark_of(b)), g, f);
        return static_cast<double>(std::count_if(items.begin(), items.end(), [&](std::size_t i) { return percent(g, i) > 90.0; }));
    }
    if (const std::string list = after(observe, "least_"); !list.empty()) {
        std::vector<double> shares;
        for (const std::string& id : parts_of(list)) shares.push_back(percent(g, static_cast<std::size_t>(item_of(id, f))));
        const bool known = std::all_of(shares.begin(), shares.end(), [](double share) { return share >= 0; });
        return known ? *std::min_element(shares.begin(), shares.end()) : not_available;
    }
    if (const std::string one = after(observe, "item_gain_"); !one.empty()) {
        if (benchmark_of(one) < 0) return change(static_cast<std::size_t>(item_of(one, f)));
        const auto items = items_of(static_cast<unsigned>(benchmark_of(one)), g, f);
        double sum = 0;
        for (const std::size_t i : items) sum += change(i);
        return sum / static_cast<double>(items.size());
    }
    return percent(g, static_cast<std::size_t>(item_of(after(observe, "item_"), f)));
}

}  // namespace

bool GroupFigures::knows(const std::string& observe, const std::string& group, const Framework& f) {
    if (std::find(group_words.begin(), group_words.end(), group) == group_words.end()) return false;
    if (observe == "ahead_on" || observe == "type_order") return group == "hub";
    for (const char* word : {"mean", "gain", "sd", "over_half"})
        if (observe == word) return true;
    const auto is_item = [&](const std::string& id) { return item_of(id, f) >= 0; };
    const auto is_benchmark = [](const std::string& word) { return benchmark_of(word) >= 0; };
    for (const char* beginning : {"share_", "items_above_90_"})
        if (observe.starts_with(beginning)) return is_benchmark(after(observe, beginning));
    if (const auto parts = parts_of(after(observe, "lowest_")); !parts.empty()) {
        if (std::all_of(parts.begin(), parts.end(), is_benchmark)) return true;
        const auto benchmark = [&](const std::string& id) { return f.benchmark_of[static_cast<std::size_t>(item_of(id, f))]; };
        return std::all_of(parts.begin(), parts.end(), [&](const std::string& id) { return is_item(id) && benchmark(id) == benchmark(parts.front()); });
    }
    if (const auto parts = parts_of(after(observe, "least_")); !parts.empty()) return std::all_of(parts.begin(), parts.end(), is_item);
    if (const std::string one = after(observe, "item_gain_"); !one.empty()) return is_item(one) || is_benchmark(one);
    return is_item(after(observe, "item_"));
}

bool GroupFigures::in(std::size_t i, const std::string& group) const {
    const bool hub = returns_.arm[i] == Returns::Arm::treated;
    if (group == "all") return true;
    const Status now = returns_.status_after[i];
    if (group == "in_hubs" || group == "not_in_hubs") return (now == Status::hub) == (group == "in_hubs");
    if (group == "in_network") return now == Status::network;
    if (group == "outside") return now == Status::none;
    if (group == "hub") return hub;
    if (!group.starts_with("hub_")) return !hub && (returns_.status_before[i] == Status::none) == (group == "none");
    const Type type = study_.population.establishments.type[EstablishmentId{static_cast<std::uint32_t>(i)}];
    if (group == "hub_schools") return hub && type != Type::college;
    if (group == "hub_colleges") return hub && type == Type::college;
    return hub && (group == "hub_mainstream" ? type == Type::mainstream : type == Type::special || type == Type::alternative_provision);
}

const GroupSums& GroupFigures::sums(const std::string& group) {
    if (const auto at = sums_.find(group); at != sums_.end()) return at->second;
    GroupSums& g = sums_[group];
    for (std::size_t i = 0; i < returns_.count(); ++i) {
        if (returns_.returned[i] == 0 || !in(i, group)) continue;
        ++g.n;
        const double before = std::popcount(returns_.reported_before[i]), end = std::popcount(returns_.reported_after[i]);
        g.sum += end;
        g.squares += end * end;
        g.gain += end - before;
        for (unsigned b = 0; b < benchmark_count; ++b) g.share[b] += returns_.reported_after[i] >> b & 1u;
        for (unsigned k = 0; k < 64; ++k) {
            g.item[k] += static_cast<double>(returns_.items_after[i] >> k & 1u);
            g.item_before[k] += static_cast<double>(returns_.items_before[i] >> k & 1u);
            g.applies[k] += static_cast<double>(study_.population.establishments.applies[EstablishmentId{static_cast<std::uint32_t>(i)}] >> k & 1u);
        }
    }
    return g;
}

double GroupFigures::of(const std::string& observe, const std::string& group) {
    if (observe == "type_order") {
        const auto gain = [&](const char* type) { return sums(type).gain / sums(type).n; };
        if (sums("hub_special").n * sums("hub_mainstream").n * sums("hub_colleges").n == 0) return not_available;
        return (gain("hub_special") > gain("hub_mainstream")) + (gain("hub_mainstream") > gain("hub_colleges"));
    }
    if (observe == "ahead_on") {
        if (sums(group).n * sums("network").n * sums("none").n == 0) return not_available;
        double ahead = 0;
        for (unsigned b = 0; b < benchmark_count; ++b) {
            const auto share = [&](const std::string& of) { return sums(of).share[b] / sums(of).n; };
            ahead += share(group) > share("network") && share(group) > share("none");
        }
        return ahead;
    }
    return of_one(sums(group), observe, study_.framework);
}

}  // namespace hubs
