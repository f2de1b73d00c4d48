#include "analysis/study/run/measures.h"

#include <limits>
#include <stdexcept>

namespace hubs {
namespace {

using Numbers = std::array<std::uint32_t, benchmark_count + 1>;

double per_establishment(double sum, const Tally& t) {
    return t.establishments == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / t.establishments;
}
double mean_of(const Numbers& n, const Tally& t) {
    double sum = 0;
    for (unsigned k = 0; k < n.size(); ++k) sum += k * static_cast<double>(n[k]);
    return per_establishment(sum, t);
}
double at_least(const Numbers& n, unsigned k, const Tally& t) {
    double sum = 0;
    for (; k < n.size(); ++k) sum += n[k];
    return 100.0 * per_establishment(sum, t);
}

std::vector<Measure> make() {
    std::vector<Measure> out;
    out.push_back({"benchmarks_mean", "Benchmarks truly achieved, mean", "benchmarks (0-8)", 2, false,
                   [](const Tally& t, unsigned) { return mean_of(t.with_benchmarks, t); }});
    out.push_back({"benchmarks_mean_reported", "Benchmarks reported, mean", "benchmarks (0-8)", 2, false,
                   [](const Tally& t, unsigned) { return mean_of(t.with_benchmarks_reported, t); }});
    out.push_back({"gain_reported", "Gain in reported benchmarks since the start", "benchmarks (0-8)", 2, true,
                   [](const Tally& t, unsigned) {
                       return mean_of(t.with_benchmarks_reported, t) - per_establishment(t.benchmarks_at_start, t);
                   }});
    const auto shares = [&](const char* name, const char* label, unsigned k) {
        out.push_back({std::string("share_") + name, std::string(label) + ", truly", "percent", 1, false,
                       [](const Tally& t, unsigned n) {
                           return n == 0 ? 100.0 - at_least(t.with_benchmarks, 1, t)
                                         : at_least(t.with_benchmarks, n, t);
                       },
                       k});
        out.push_back({std::string("share_") + name + "_reported", std::string(label) + ", reported", "percent", 1,
                       false,
                       [](const Tally& t, unsigned n) {
                           return n == 0 ? 100.0 - at_least(t.with_benchmarks_reported, 1, t)
                                         : at_least(t.with_benchmarks_reported, n, t);
                       },
                       k});
    };
    shares("none", "Share with no benchmark", 0);
    shares("four_plus", "Share with four or more", 4);
    shares("five_plus", "Share with five or more", 5);
    shares("six_plus", "Share with six or more", 6);
    shares("all_eight", "Share with all eight", 8);
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const std::string n = std::to_string(b + 1);
        out.push_back({"share_b" + n, "Share achieving benchmark " + n + ", truly", "percent", 1, false,
                       [](const Tally& t, unsigned k) { return 100.0 * per_establishment(t.achieving[k], t); }, b});
        out.push_back(
            {"share_b" + n + "_reported", "Share achieving benchmark " + n + ", reported", "percent", 1, false,
             [](const Tally& t, unsigned k) { return 100.0 * per_establishment(t.achieving_reported[k], t); }, b});
    }
    for (unsigned b = 0; b < benchmark_count; ++b)
        out.push_back({"pupils_reached_b" + std::to_string(b + 1),
                       "Pupils of establishments achieving benchmark " + std::to_string(b + 1), "pupils", 0, true,
                       [](const Tally& t, unsigned k) { return static_cast<double>(t.pupils_reached[k]); }, b});
    out.push_back({"items_met_mean", "Items truly met, mean", "items", 1, true,
                   [](const Tally& t, unsigned) { return per_establishment(t.items_done, t); }});
    out.push_back({"items_known_mean", "Items the leader knows how to meet, mean", "items", 1, true,
                   [](const Tally& t, unsigned) { return per_establishment(t.items_known, t); }});
    out.push_back({"benchmarks_mean_returned",
                   "Benchmarks reported by those with a return in the last twelve months, mean", "benchmarks (0-8)", 2,
                   false, [](const Tally& t, unsigned) {
                       return t.returned == 0 ? std::numeric_limits<double>::quiet_NaN()
                                              : static_cast<double>(t.returned_benchmarks) / t.returned;
                   }});
    out.push_back({"returned", "Establishments with a return in the last twelve months", "establishments", 0, false,
                   [](const Tally& t, unsigned) { return static_cast<double>(t.returned); }});
    out.push_back({"establishments", "Establishments in the group", "establishments", 0, false,
                   [](const Tally& t, unsigned) { return static_cast<double>(t.establishments); }});
    return out;
}

}  // namespace

const std::vector<Measure>& measures() {
    static const std::vector<Measure> all = make();
    return all;
}

const Measure& measure(const std::string& name) {
    for (const Measure& m : measures())
        if (m.name == name) return m;
    throw std::logic_error("no measure " + name);
}

bool full_tally_at(const Scenario& s, unsigned month) {
    return month == 0 || month % s.observe_every == 0 ||
           s.calendar.academic_month(Month{static_cast<std::uint16_t>(month - 1)}) == 11;
}

}  // namespace hubs
