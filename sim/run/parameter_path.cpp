#include "sim/run/parameter_path.h"

#include <algorithm>
#include <cstdlib>

#include "sim/run/document.h"
#include "sim/run/reader.h"

namespace hubs {
namespace {

struct Collector {
    std::string section;
    std::vector<ParameterPlace>& out;

    void operator()(const Field& field, double& value) {
        out.push_back({section + "." + std::string(field.name), field, &value});
    }
    void operator()(const Choice&, bool&) {}
    template <class Words, class Enum>
    void operator()(const Choice&, const Words&, Enum&) {}
};

/// Reads the rows under a heading that is already known.
class DrawReader {
public:
    DrawReader(std::string file, Scenario& scenario, Problems& problems)
        : file_(std::move(file)), places_(parameter_places(scenario)), problems_(problems) {}

    void heading(const std::vector<std::string>& cells) {
        std::vector<std::string> names;
        for (const auto& place : places_) names.push_back(place.path);
        if (cells.front() != "weight")
            problem("the first column is \"" + printable(cells.front()) + "\"", "weight", "a column \"weight\"");
        for (std::size_t c = 1; c < cells.size(); ++c) {
            const auto found = std::find(names.begin(), names.end(), cells[c]);
            if (found == names.end())
                problem("unknown parameter \"" + printable(cells[c]) + "\"", printable(cells[c]),
                        "a parameter of the model", nearest_word(cells[c], names));
            else fields_.push_back(&places_[static_cast<std::size_t>(found - names.begin())].field);
            out.paths.push_back(cells[c]);
        }
    }
    void row(const std::vector<std::string>& cells) {
        if (cells.size() != out.paths.size() + 1)
            return problem(std::to_string(cells.size()) + " cells", "",
                           std::to_string(out.paths.size() + 1) + " cells, as in the heading");
        for (std::size_t c = 0; c < cells.size(); ++c) {
            char* end = nullptr;
            const double x = std::strtod(cells[c].c_str(), &end);
            const bool number = !cells[c].empty() && *end == 0;
            const double low = c == 0 ? 0.0 : fields_[c - 1]->minimum, high = c == 0 ? 1.0 : fields_[c - 1]->maximum;
            if (!number || !(x >= low && x <= high))
                problem("\"" + printable(cells[c]) + "\" does not fit", c == 0 ? "weight" : out.paths[c - 1],
                        "a number from " + number_text(low) + " to " + number_text(high));
            if (c == 0) out.cumulative.push_back((out.cumulative.empty() ? 0.0 : out.cumulative.back()) + x);
            else out.values.push_back(x);
        }
    }
    bool usable() const { return problems_.empty(); }
    void problem(std::string headline, std::string path, std::string expected, std::string nearest = {}) {
        Problem p;
        p.file = file_;
        p.line = line;
        p.column = 1;
        p.headline = std::move(headline);
        p.path = std::move(path);
        p.expected = std::move(expected);
        p.nearest = std::move(nearest);
        problems_.push_back(std::move(p));
    }

    ParameterDraws out;
    int line = 0;

private:
    std::string file_;
    std::vector<ParameterPlace> places_;
    std::vector<const Field*> fields_;
    Problems& problems_;
};

/// Bits of a number mirrored behind the point: any first so many are spread evenly over 0 to 1.
double radical_inverse(std::uint32_t k) {
    double out = 0, place = 0.5;
    for (; k > 0; k >>= 1, place *= 0.5) out += (k & 1u) * place;
    return out;
}

}  // namespace

std::vector<ParameterPlace> parameter_places(Scenario& scenario) {
    std::vector<ParameterPlace> out;
    const auto section = [&]<class P>(std::string_view name, P& parameters) {
        Collector collector{std::string(name), out};
        P::describe(collector, parameters);
    };
    section(InitialState::name, scenario.initial);
    Schedule::each_process(
        [&]<class P>(std::type_identity<P>) { section(P::name, Schedule::of<P>(scenario.parameters)); });
    return out;
}

ParameterDraws read_draws(std::string_view csv, const std::string& file, Scenario& scenario, Problems& problems) {
    Problems own;
    DrawReader reader(file, scenario, own);
    while (!csv.empty() && reader.usable()) {
        const auto end = csv.find('\n');
        const std::string_view line = csv.substr(0, end);
        csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
        ++reader.line;
        if (reader.line == 1) reader.heading(cells_of(line));
        else if (!line.empty()) reader.row(cells_of(line));
    }
    if (own.empty() && !(reader.out.count() > 0 && reader.out.cumulative.back() > 0))
        reader.problem("no draws", "", "at least one row with a weight");
    problems.insert(problems.end(), own.begin(), own.end());
    return std::move(reader.out);
}

Scenario scenario_of(const Scenario& scenario, std::uint32_t replicate) {
    Scenario out = scenario;
    out.draws = {};
    const ParameterDraws& draws = scenario.draws;
    if (draws.count() == 0) return out;
    const double at = radical_inverse(replicate / replicates_per_draw) * draws.cumulative.back();
    const auto row = std::min<std::size_t>(
        static_cast<std::size_t>(std::upper_bound(draws.cumulative.begin(), draws.cumulative.end(), at) -
                                 draws.cumulative.begin()),
        draws.count() - 1);
    for (const ParameterPlace& place : parameter_places(out))
        for (std::size_t k = 0; k < draws.paths.size(); ++k)
            if (draws.paths[k] == place.path) *place.value = draws.values[row * draws.paths.size() + k];
    return out;
}

}  // namespace hubs
