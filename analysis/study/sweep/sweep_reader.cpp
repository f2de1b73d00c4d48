#include "analysis/study/sweep/sweep_reader.h"

#include <algorithm>
#include <cstdlib>

#include "analysis/study/run/measures.h"
#include "analysis/base/table.h"
#include "analysis/statistics/sampling/sampling.h"
#include "sim/entity/observation.h"

namespace hubs {
namespace {

/// The place of a plan by its name, reported if there is none.
std::optional<std::size_t> plan_of(ObjectReader& r, const Sweep& sweep, const Node& at, const char* key,
                                   const std::string& name) {
    std::vector<std::string> names;
    for (const Plan& p : sweep.study.scenario.plans) names.push_back(p.name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    r.problem(at.place, "unknown plan \"" + name + "\"", r.below(key), "a plan of the scenario",
              nearest_word(name, names));
    return std::nullopt;
}

/// Label and unit of a measure; the two totals beside the measures of groups.
void describe_measure(ObjectReader& r, const Node& at, SweepOutput& o, const std::string& price_base) {
    std::vector<std::string> names{"benchmark_years", "cost_gbp"};
    for (const Measure& m : measures()) {
        names.push_back(m.name);
        if (m.name != o.measure) continue;
        o.label = m.label;
        o.unit = m.unit;
        o.decimals = m.decimals;
    }
    if (o.measure == names[0])
        o.label = "Benchmark-years, all establishments", o.unit = "benchmark-years", o.decimals = 0;
    if (o.measure == names[1]) o.label = "Cost, present value", o.unit = "GBP " + price_base, o.decimals = 0;
    if (o.label.empty())
        r.problem(at.place, "unknown measure \"" + o.measure + "\"", r.below("measure"), "a measure of the results",
                  nearest_word(o.measure, names));
}

void check_group(ObjectReader& r, const Node& at, const Sweep& sweep, const SweepOutput& o) {
    std::vector<std::string> groupings(grouping_words.begin(), grouping_words.end()), names;
    if (std::find(groupings.begin(), groupings.end(), o.grouping) == groupings.end())
        return r.problem(at.place, "unknown grouping \"" + o.grouping + "\"", r.below("grouping"),
                         "a grouping of the results", nearest_word(o.grouping, groupings));
    for (const Group& g : groups_of(sweep.study.population).groups)
        if (grouping_words[static_cast<std::size_t>(g.grouping)] == o.grouping) names.push_back(g.name);
    if (std::find(names.begin(), names.end(), o.group) == names.end())
        r.problem(at.place, "unknown group \"" + o.group + "\"", r.below("group"), "a group of \"" + o.grouping + "\"",
                  nearest_word(o.group, names));
}

/// What an object says of a factor that was found.
void read_range(ObjectReader& r, Factor& f) {
    for (auto [name, value] : {std::pair<const char*, double*>{"low", &f.low}, {"high", &f.high}})
        r(Field{name, f.unit, f.minimum, f.maximum, "", "", 0, Use::input}, *value);
    if (const Node* scale = r.take("scale"))
        if (const auto found = r.one_of(*scale, "scale", {"linear", "logarithmic"})) f.logarithmic = *found == 1;
    r.text("group", f.group);
    if (const Node* values = r.take("values");
        values != nullptr && r.is(*values, Node::Kind::list, "values", "a list of numbers"))
        for (const Node& v : values->list) {
            if (v.kind == Node::Kind::number && v.number >= f.minimum && v.number <= f.maximum)
                f.values.push_back(v.number);
            else
                r.problem(v.place, shown(v) + " does not fit", r.below("values"),
                          "a number from " + number_text(f.minimum) + " to " + number_text(f.maximum));
        }
    if (const Node* values = r.node().find("values");
        values != nullptr && values->kind == Node::Kind::list && values->list.empty())
        r.problem(values->place, "no values", r.below("values"), "at least one value, or a range");
    f.has_range =
        f.has_range || !f.values.empty() || (r.node().find("low") != nullptr && r.node().find("high") != nullptr);
    r.finish();
}

void read_factor(ObjectReader& all, const Node& node, const std::string& path, Sweep& out) {
    Factor f;
    std::vector<std::string> known;
    std::string named;
    const bool short_form = node.kind == Node::Kind::text;
    if (!short_form &&
        !all.is(node, Node::Kind::object, path.substr(1), "a path, \"uncertain\", or an object with a \"path\""))
        return;
    if (short_form && node.text == "uncertain") {
        for (Factor& u : uncertain_factors(out.study.scenario)) out.factors.push_back(std::move(u));
        return;
    }
    std::optional<ObjectReader> r;
    if (!short_form) r.emplace(node, path, all.document(), all.problems());
    if (short_form) named = node.text;
    else r->text("path", named, true);
    if (!find_factor(out.study.scenario, named, f, known))
        return all.problem(node.place, "unknown setting \"" + named + "\"", short_form ? path : path + "/path",
                           "a parameter, or a lever as plans/NAME/lever", nearest_word(named, known));
    if (r) read_range(*r, f);
    if (!f.has_range)
        all.problem(node.place, "\"" + named + "\" has no plausible range of its own", path,
                    "an object with \"low\" and \"high\", or \"values\"");
    if (f.values.empty() && (!(f.low < f.high) || (f.logarithmic && f.low <= 0)))
        all.problem(node.place,
                    "the range " + number_text(f.low) + " to " + number_text(f.high) + " of \"" + named +
                        "\" cannot be varied over",
                    path, f.logarithmic ? "a low above 0 and below the high" : "a low below the high");
    out.factors.push_back(std::move(f));
}

/// Points given row by row: a heading of paths, plain values.
void read_table(ObjectReader& r, const Node& at, const std::string& file, Sweep& out) {
    const Document text = read_text_file(file, Limits{256u << 20, 64, 64u << 10, 100'000'000});
    for (const Problem& p : text.problems) return r.problem(at.place, p.headline, "/points_file", p.expected);
    std::vector<std::vector<std::string>> cells;
    try {
        cells = read_csv(text.text);
    } catch (const std::exception& e) {
        return r.problem(at.place, std::string("the table cannot be read: ") + e.what(), "/points_file",
                         "a CSV file of paths and values");
    }
    out.inputs.push_back({"points", file, text.text});
    if (cells.size() < 2)
        return r.problem(at.place, "a table without rows", "/points_file", "a heading of paths and at least one row");
    for (const std::string& path : cells.front()) {
        Factor f;
        std::vector<std::string> known;
        if (!find_factor(out.study.scenario, path, f, known))
            r.problem(at.place, "unknown setting \"" + path + "\" in the heading of the table", "/points_file",
                      "a parameter, or a lever as plans/NAME/lever", nearest_word(path, known));
        out.factors.push_back(std::move(f));
    }
    if (!r.problems().empty()) return;
    for (std::size_t i = 1; i < cells.size(); ++i) {
        std::vector<double> row;
        if (cells[i].size() != out.factors.size())
            return r.problem(
                at.place,
                "row " + std::to_string(i + 1) + " of the table has " + std::to_string(cells[i].size()) + " cells",
                "/points_file", std::to_string(out.factors.size()) + " cells, as in the heading");
        for (std::size_t k = 0; k < cells[i].size(); ++k) {
            char* end = nullptr;
            row.push_back(std::strtod(cells[i][k].c_str(), &end));
            const Factor& f = out.factors[k];
            if (cells[i][k].empty() || *end != 0 || !(row[k] >= f.minimum && row[k] <= f.maximum))
                r.problem(
                    at.place,
                    "\"" + cells[i][k] + "\" in row " + std::to_string(i + 1) + " of the table does not fit " + f.path,
                    "/points_file", "a number from " + number_text(f.minimum) + " to " + number_text(f.maximum));
        }
        out.given.push_back(std::move(row));
    }
}

/// Draws of the posterior, each as often as its weight says.
void take_posterior(ObjectReader& r, const Node& at, Sweep& out) {
    const ParameterDraws& draws = out.study.scenario.draws;
    if (draws.count() == 0)
        return r.problem(at.place, "a design of posterior draws without a posterior", "/design/kind",
                         "a scenario with a posterior");
    std::vector<std::size_t> columns;
    for (std::size_t k = 0; k < draws.paths.size(); ++k) {
        Factor f;
        std::vector<std::string> known;
        if (draws.paths[k].empty() || !find_factor(out.study.scenario, draws.paths[k], f, known)) continue;
        out.factors.push_back(std::move(f));
        columns.push_back(k);
    }
    const Eigen::MatrixXd places =
        scrambled_sobol(out.request.points, 1, out.request.seed);  // any first so many are spread evenly
    for (std::size_t i = 0; i < out.request.points; ++i) {
        const double place = places(static_cast<Eigen::Index>(i), 0) * draws.cumulative.back();
        const auto row = static_cast<std::size_t>(
            std::lower_bound(draws.cumulative.begin(), draws.cumulative.end(), place) - draws.cumulative.begin());
        std::vector<double> values;
        for (const std::size_t k : columns)
            values.push_back(draws.values[std::min(row, draws.count() - 1) * draws.paths.size() + k]);
        out.given.push_back(std::move(values));
    }
}

/// Which factors move together: named groups, or each factor by itself.
void make_groups(Sweep& out) {
    for (const Factor& f : out.factors) {
        const std::string& name = f.group.empty() ? f.path : f.group;
        const auto found = std::find(out.groups.begin(), out.groups.end(), name);
        out.group_of.push_back(static_cast<std::size_t>(found - out.groups.begin()));
        if (found == out.groups.end()) out.groups.push_back(name);
    }
}

/// A lever and the plan it belongs to; "*" for all plans.
std::pair<std::string, std::string> lever_of(const Factor& f) {
    const auto slash = f.path.rfind('/');
    return {f.path.substr(0, slash), f.path.substr(slash + 1)};
}

/// What is wrong with factors beside one another.
void check_together(ObjectReader& r, const Node& at, const Sweep& out) {
    const bool moves_groups = out.request.kind == DesignKind::morris || out.request.kind == DesignKind::sobol_indices;
    for (std::size_t i = 0; i < out.factors.size(); ++i) {
        const Factor& f = out.factors[i];
        if (!f.group.empty() && !moves_groups)
            r.problem(at.place, "\"" + f.path + "\" is in a group, which this design does not move together",
                      "/factors", "no \"group\", or a design of kind morris or sobol_indices");
        for (std::size_t j = 0; j < out.factors.size(); ++j) {
            const Factor& other = out.factors[j];
            if (j < i && f.path == other.path)
                r.problem(at.place, "\"" + f.path + "\" is varied twice", "/factors", "each setting once");
            if (i != j && f.group == other.path)
                r.problem(at.place, "group \"" + f.group + "\" has the name of a setting", "/factors",
                          "another name for the group");
            const bool both =
                f.is_lever() && other.is_lever() && i != j && lever_of(f).second == lever_of(other).second;
            if (both && lever_of(f).first == "plans/*")
                r.problem(at.place, "\"" + f.path + "\" and \"" + other.path + "\" set the same lever", "/factors",
                          "one of them");
        }
    }
}

}  // namespace

void read_outputs(ObjectReader& all, Sweep& out) {
    const Node* list = all.take("outputs", true);
    if (list == nullptr || !all.is(*list, Node::Kind::list, "outputs", "a list of outputs")) return;
    if (list->list.empty()) all.problem(list->place, "no outputs", "/outputs", "at least one output");
    for (std::size_t i = 0; i < list->list.size(); ++i) {
        const Node& node = list->list[i];
        ObjectReader r(node, "/outputs/" + std::to_string(i), all.document(), all.problems());
        SweepOutput o;
        std::string plan, against;
        r.text("name", o.name, true);
        r.text("plan", plan, true);
        r.text("against", against);
        r.text("measure", o.measure, true);
        r.text("grouping", o.grouping);
        r.text("group", o.group);
        r.finish();
        for (const SweepOutput& other : out.outputs)
            if (other.name == o.name)
                r.problem(node.place, "output \"" + o.name + "\" is named twice", r.below("name"),
                          "another name for each output");
        for (const char* reserved : {"run", "row", "replicate", "status", "message"})
            if (o.name == reserved)
                r.problem(node.place, "output name \"" + o.name + "\" heads another column", r.below("name"),
                          "another name");
        if (o.name.empty() || o.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
            r.problem(node.place, "output name \"" + o.name + "\"", r.below("name"),
                      "small letters, digits and _: it heads a column");
        if (const auto p = plan_of(r, out, node, "plan", plan)) o.plan = *p;
        if (!against.empty()) o.against = plan_of(r, out, node, "against", against);
        describe_measure(r, node, o, out.study.scenario.price_base);
        check_group(r, node, out, o);
        out.outputs.push_back(std::move(o));
    }
}

void read_factors(ObjectReader& r, Sweep& out, const std::string& folder, const std::string& table_file) {
    const bool table = out.request.kind == DesignKind::table, posterior = out.request.kind == DesignKind::posterior;
    std::string file;
    r.text("points_file", file, table);
    if (!table && !file.empty())
        r.problem(r.node().find("points_file")->place, "a file of points that is not used", "/points_file",
                  "a design of kind \"table\"");
    if (table && !file.empty())
        read_table(r, *r.node().find("points_file"), table_file.empty() ? folder + file : table_file, out);
    if (posterior) take_posterior(r, *r.node().find("design"), out);
    const Node* list = r.take("factors", !table && !posterior);
    if (list != nullptr && (table || posterior))
        r.problem(list->place, "factors beside points that are given", "/factors",
                  "no \"factors\": the columns of the points are the factors");
    else if (list != nullptr && r.is(*list, Node::Kind::list, "factors", "a list of factors")) {
        for (std::size_t i = 0; i < list->list.size(); ++i)
            read_factor(r, list->list[i], "/factors/" + std::to_string(i), out);
        if (list->list.empty()) r.problem(list->place, "no factors", "/factors", "at least one factor");
    }
    check_together(r, table ? *r.node().find("points_file") : list != nullptr ? *list : r.node(), out);
    make_groups(out);
}

}  // namespace hubs
