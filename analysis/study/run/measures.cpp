#include "analysis/study/run/measures.h"

#include <limits>
#include <stdexcept>

namespace hubs {
namespace {

using Numbers = std::array<std::uint32_t, benchmark_count + 1>;

double ratio(double sum, std::uint32_t of) { return of == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / of; }
double per_establishment(double sum, const Tally& t) { return ratio(sum, t.establishments); }
double mean_of(const Numbers& n, std::uint32_t of) {
    double sum = 0;
    for (unsigned k = 0; k < n.size(); ++k) sum += k * static_cast<double>(n[k]);
    return ratio(sum, of);
}
/// Percent with at least so many benchmarks; with none, where that is asked for as 0.
double share(const Numbers& n, unsigned k, std::uint32_t of) {
    double sum = 0;
    for (unsigned i = k == 0 ? 1 : k; i < n.size(); ++i) sum += n[i];
    return k == 0 ? 100.0 - 100.0 * ratio(sum, of) : 100.0 * ratio(sum, of);
}

std::vector<Measure> make() {
    std::vector<Measure> out;
    const auto count = [&](const char* name, const char* label, const char* unit, int decimals, auto of) {
        out.push_back({name, label, unit, decimals, false, false, of});
    };
    const auto full = [&](std::string name, std::string label, const char* unit, int decimals, auto of,
                          unsigned benchmark = 0) {
        out.push_back({std::move(name), std::move(label), unit, decimals, true, false, of, benchmark});
    };
    /// Truly, as reported, and as reported by those with a return in the year.
    const auto shares = [&](const std::string& name, const std::string& label, unsigned k, auto truly, auto reported,
                            auto returned) {
        out.push_back({name, label + ", truly", "percent", 1, false, false, truly, k});
        out.push_back({name + "_reported", label + ", reported", "percent", 1, false, false, reported, k});
        out.push_back({name + "_returned", label + ", reported by those with a return in the last twelve months",
                       "percent", 1, true, true, returned, k});
    };
    count("benchmarks_mean", "Benchmarks truly achieved, mean", "benchmarks (0-8)", 2,
          [](const Tally& t, unsigned) { return mean_of(t.with_benchmarks, t.establishments); });
    count("benchmarks_mean_reported", "Benchmarks reported, mean", "benchmarks (0-8)", 2,
          [](const Tally& t, unsigned) { return mean_of(t.with_benchmarks_reported, t.establishments); });
    full("gain_reported", "Gain in reported benchmarks since the start", "benchmarks (0-8)", 2,
         [](const Tally& t, unsigned) {
             return mean_of(t.with_benchmarks_reported, t.establishments) - per_establishment(t.benchmarks_at_start, t);
         });
    out.push_back({"gain_returned",
                   "Gain in reported benchmarks since the start, of those with a return in the last twelve months",
                   "benchmarks (0-8)", 2, true, true, [](const Tally& t, unsigned) {
                       return ratio(static_cast<double>(t.returned_benchmarks) - t.returned_at_start, t.returned);
                   }});
    const auto number = [&](const std::string& name, const std::string& label, unsigned least) {
        shares(
            "share_" + name, label, least,
            [](const Tally& t, unsigned k) { return share(t.with_benchmarks, k, t.establishments); },
            [](const Tally& t, unsigned k) { return share(t.with_benchmarks_reported, k, t.establishments); },
            [](const Tally& t, unsigned k) { return share(t.with_benchmarks_returned, k, t.returned); });
    };
    number("none", "Share with no benchmark", 0);
    number("four_plus", "Share with four or more", 4);
    number("five_plus", "Share with five or more", 5);
    number("six_plus", "Share with six or more", 6);
    number("all_eight", "Share with all eight", 8);
    for (unsigned b = 0; b < benchmark_count; ++b) {
        const std::string n = std::to_string(b + 1);
        shares(
            "share_b" + n, "Share achieving benchmark " + n, b,
            [](const Tally& t, unsigned k) { return 100.0 * ratio(t.achieving[k], t.establishments); },
            [](const Tally& t, unsigned k) { return 100.0 * ratio(t.achieving_reported[k], t.establishments); },
            [](const Tally& t, unsigned k) { return 100.0 * ratio(t.achieving_returned[k], t.returned); });
    }
    for (unsigned b = 0; b < benchmark_count; ++b)
        full(
            "pupils_reached_b" + std::to_string(b + 1),
            "Pupils of establishments achieving benchmark " + std::to_string(b + 1), "pupils", 0,
            [](const Tally& t, unsigned k) { return static_cast<double>(t.pupils_reached[k]); }, b);
    full("items_met_mean", "Items truly met, mean", "items", 1,
         [](const Tally& t, unsigned) { return per_establishment(t.items_done, t); });
    full("items_known_mean", "Items the leader knows how to meet, mean", "items", 1,
         [](const Tally& t, unsigned) { return per_establishment(t.items_known, t); });
    out.push_back({"benchmarks_mean_returned",
                   "Benchmarks reported by those with a return in the last twelve months, mean", "benchmarks (0-8)", 2,
                   false, true, [](const Tally& t, unsigned) { return ratio(t.returned_benchmarks, t.returned); }});
    count("returned", "Establishments with a return in the last twelve months", "establishments", 0,
          [](const Tally& t, unsigned) { return static_cast<double>(t.returned); });
    count("establishments", "Establishments in the group", "establishments", 0,
          [](const Tally& t, unsigned) { return static_cast<double>(t.establishments); });
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
