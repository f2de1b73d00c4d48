// derive-initial-state FRAMEWORK.json POPULATION.json
//
// Rewrites the framework's thresholds and benchmark factors so that the model's true
// state at the start has the published shares with all and with none of each benchmark
// (W001, W002), and prints what follows for the number of benchmarks (W005, W006).
// How questions are read is allowed for at each start (sim/start_levels.h).
// Shares are integrals of the one-factor probit of sim/initial_state.h on a fine grid.
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

namespace {

using Json = nlohmann::ordered_json;

constexpr int steps = 81;                                       // grid of a standard normal, -4 to 4
const std::array<const char*, 5> versions{"school_to_16", "school_with_sixth_form", "special", "alternative_provision", "college"};

double cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double quantile(double p) {
    double low = -8, high = 8;
    for (int i = 0; i < 80; ++i) (cdf((low + high) / 2) < p ? low : high) = (low + high) / 2;
    return (low + high) / 2;
}
struct Node {
    double x, weight;
};
std::vector<Node> normal_grid() {
    std::vector<Node> out;
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double x = -4.0 + 8.0 * i / (steps - 1);
        out.push_back({x, std::exp(-0.5 * x * x)});
        sum += out.back().weight;
    }
    for (Node& n : out) n.weight /= sum;
    return out;
}
const std::vector<Node> grid = normal_grid();

struct Group {
    double share, shift;
};  // network status at the start
struct Mix {
    std::array<double, 5> version{};
    std::vector<Group> groups;
};

/// Chance that all (or none) of a benchmark's items are reported, given the school's factor.
struct Chances {
    double all, none;
};
Chances chances(const Json& benchmark, const std::vector<double>& threshold, double a, double c, double factor, unsigned version) {
    Chances out{0, 0};
    for (const Node& g : grid) {
        double all = 1, none = 1;
        for (std::size_t i = 0; i < threshold.size(); ++i) {
            const Json& item = benchmark["items"][i];
            bool applies = true;
            if (item.contains("not_for"))
                for (const auto& v : item["not_for"]) applies &= v != versions[version];
            if (!applies) continue;
            const double met = cdf((std::sqrt(a) * factor + std::sqrt(c) * g.x - threshold[i]) / std::sqrt(1 - a - c));
            all *= met;
            none *= 1 - met;
        }
        out.all += g.weight * all;
        out.none += g.weight * none;
    }
    return out;
}

Chances national(const Json& benchmark, const std::vector<double>& threshold, double a, double c, const Mix& mix) {
    Chances out{0, 0};
    for (const Group& group : mix.groups)
        for (const Node& f : grid)
            for (unsigned v = 0; v < 5; ++v) {
                const Chances x = chances(benchmark, threshold, a, c, f.x + group.shift, v);
                out.all += group.share * f.weight * mix.version[v] * x.all;
                out.none += group.share * f.weight * mix.version[v] * x.none;
            }
    return out;
}

std::vector<double> thresholds_at(const Json& benchmark, double level) {
    std::vector<double> out;
    for (const Json& item : benchmark["items"]) out.push_back(level - quantile(item["profile"].get<double>()));
    return out;
}

/// The level at which the published share reports all items.
double solve_level(const Json& benchmark, double a, double c, const Mix& mix) {
    double low = -3, high = 3;
    for (int i = 0; i < 22; ++i) {
        const double mid = (low + high) / 2;
        (national(benchmark, thresholds_at(benchmark, mid), a, c, mix).all * 100 > benchmark["published_full_percent"].get<double>() ? low : high) = mid;
    }
    return (low + high) / 2;
}

void solve(Json& benchmark, double a, const Mix& mix) {
    double c = 0.3;
    if (benchmark.contains("published_none_percent")) {
        double low = 0.0, high = 0.98 - a;
        for (int i = 0; i < 12; ++i) {
            c = (low + high) / 2;
            const double level = solve_level(benchmark, a, c, mix);
            const double none = national(benchmark, thresholds_at(benchmark, level), a, c, mix).none * 100;
            (none < benchmark["published_none_percent"].get<double>() ? low : high) = c;
        }
    }
    const double level = solve_level(benchmark, a, c, mix);
    const auto threshold = thresholds_at(benchmark, level);
    benchmark["benchmark_factor"] = std::round(c * 1e4) / 1e4;
    for (std::size_t i = 0; i < threshold.size(); ++i) benchmark["items"][i]["threshold"] = std::round(threshold[i] * 1e4) / 1e4;
    const Chances x = national(benchmark, threshold, a, c, mix);
    std::cerr << "benchmark " << benchmark["id"] << ": all " << 100 * x.all << " none " << 100 * x.none << " factor " << c << '\n';
}

/// Distribution of the number of benchmarks reported, by status group.
void print_numbers(const Json& framework, double a, const Mix& mix) {
    std::array<double, 9> whole{};
    for (const Group& group : mix.groups) {
        std::array<double, 9> number{};
        for (const Node& f : grid)
            for (unsigned v = 0; v < 5; ++v) {
                std::array<double, 9> p{1};
                for (const Json& b : framework["benchmarks"]) {
                    std::vector<double> threshold;
                    for (const Json& item : b["items"]) threshold.push_back(item["threshold"]);
                    const double q = chances(b, threshold, a, b["benchmark_factor"], f.x + group.shift, v).all;
                    for (int n = 8; n >= 0; --n) p[n] = p[n] * (1 - q) + (n > 0 ? p[n - 1] * q : 0);
                }
                for (int n = 0; n < 9; ++n) number[n] += f.weight * mix.version[v] * p[n];
            }
        double mean = 0;
        for (int n = 0; n < 9; ++n) {
            mean += n * number[n];
            whole[n] += group.share * number[n];
        }
        std::cerr << "group of share " << group.share << ": mean " << mean << '\n';
    }
    double mean = 0;
    for (int n = 0; n < 9; ++n) mean += n * whole[n];
    std::cerr << "all: mean " << mean << " zero " << 100 * whole[0] << " four or more " << 100 * (whole[4] + whole[5] + whole[6] + whole[7] + whole[8])
              << " five or more " << 100 * (whole[5] + whole[6] + whole[7] + whole[8]) << '\n';
}

Mix mix_of(const Json& population) {
    Mix mix;
    mix.groups = {{0.6, 0.15}, {0.4, -0.20}};  // initial_state: network_share, network_shift, outside_shift
    double total = 0;
    for (const Json& area : population["areas"])
        for (const auto& [type, t] : area["types"].items()) {
            const double n = t["count"], sixth = t.value("sixth_form_share", 0.0);
            total += n;
            if (type == "mainstream") {
                mix.version[0] += n * (1 - sixth);
                mix.version[1] += n * sixth;
            } else mix.version[type == "special" ? 2 : type == "alternative_provision" ? 3 : 4] += n;
        }
    for (double& share : mix.version) share /= total;
    return mix;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: derive-initial-state FRAMEWORK.json POPULATION.json\n";
        return 2;
    }
    Json framework = Json::parse(std::ifstream(argv[1])), population = Json::parse(std::ifstream(argv[2]));
    const double a = framework["school_factor"];
    const Mix mix = mix_of(population);
    for (Json& benchmark : framework["benchmarks"]) solve(benchmark, a, mix);
    print_numbers(framework, a, mix);
    std::ofstream(argv[1]) << framework.dump(1) << '\n';
    return 0;
}
