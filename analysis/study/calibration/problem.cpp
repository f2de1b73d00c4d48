#include "analysis/study/calibration/problem.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/study/calibration/observables.h"
#include "analysis/statistics/estimator/sample.h"
#include "sim/run/messages.h"
#include "sim/run/parameter_path.h"
#include "sim/run/reader.h"

namespace hubs {

double CalibratedParameter::value(double u) const {
    return logarithmic ? low * std::pow(high / low, u) : low + u * (high - low);
}
double CalibratedParameter::place(double v) const {
    return logarithmic ? std::log(v / low) / std::log(high / low) : (v - low) / (high - low);
}

std::vector<unsigned> CalibrationProblem::dates() const {
    std::vector<unsigned> out;
    for (const CalibrationTarget& t : targets) out.push_back(t.months);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Scenario scenario_at(const Study& study, const CalibrationProblem& problem, const Eigen::VectorXd& u) {
    Scenario s = study.scenario;
    s.draws = {};
    const auto places = parameter_places(s);
    for (std::size_t k = 0; k < problem.parameters.size(); ++k)
        for (const ParameterPlace& place : places)
            if (place.path == problem.parameters[k].path)
                *place.value = problem.parameters[k].value(u[static_cast<Eigen::Index>(k)]);
    return s;
}

namespace {

void read_parameters(ObjectReader& r, Study& study, CalibrationProblem& out) {
    const Node* node = r.take("parameters", true);
    if (node == nullptr || !r.is(*node, Node::Kind::object, "parameters", "an object of paths and priors")) return;
    const auto places = parameter_places(study.scenario);
    std::vector<std::string> names;
    for (const auto& place : places) names.push_back(place.path);
    for (const auto& m : node->members) {
        const std::string path = "/parameters/" + m.key;
        const auto found = std::find(names.begin(), names.end(), m.key);
        if (found == names.end()) {
            r.problem(m.place, "unknown parameter \"" + m.key + "\"", path, "a parameter of the model",
                      nearest_word(m.key, names));
            continue;
        }
        const Field& field = places[static_cast<std::size_t>(found - names.begin())].field;
        ObjectReader one(m.value, path, r.document(), r.problems());
        const Node *log_uniform = one.take("log_uniform"), *uniform = one.take("uniform");
        const Node* prior = log_uniform != nullptr ? log_uniform : uniform;
        const std::string within =
            "two numbers, the lower first, within " + number_text(field.minimum) + " to " + number_text(field.maximum);
        if (prior == nullptr)
            one.problem(m.place, "parameter \"" + m.key + "\" has no prior", path,
                        "\"uniform\" or \"log_uniform\" with " + within);
        else if (prior->kind != Node::Kind::list || prior->list.size() != 2 ||
                 prior->list[0].kind != Node::Kind::number || prior->list[1].kind != Node::Kind::number ||
                 !(prior->list[0].number < prior->list[1].number) || prior->list[0].number < field.minimum ||
                 prior->list[1].number > field.maximum || (log_uniform != nullptr && prior->list[0].number <= 0))
            one.problem(prior->place, "the prior of \"" + m.key + "\" does not fit", path, within);
        else out.parameters.push_back({m.key, prior->list[0].number, prior->list[1].number, log_uniform != nullptr});
        one.finish();
    }
}

std::string month_text(const Calendar& c, int step) {
    const Month m{static_cast<std::uint16_t>(step)};
    const int month = c.month_of(m);
    return std::to_string(c.year_of(m)) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

/// Months from the first wave to the end of the month in which a target was observed.
void read_date(ObjectReader& one, const std::string& path, const Study& study, CalibrationProblem& out,
               CalibrationTarget& t) {
    const Node* node = one.take("date");
    t.months = out.months;
    if (node == nullptr) return;
    int year = 0, month = 0;
    const Scenario& s = study.scenario;
    const int wave = static_cast<int>(first_wave_of(study, out.plan));
    const bool read = node->kind == Node::Kind::text && read_year_month(node->text, year, month);
    const int ended = read ? s.calendar.step_of(year, month) + 1 : 0;
    if (!read || ended <= wave || ended > s.months)
        one.problem(node->place, shown(*node) + " where the month of a published figure belongs", path + "/date",
                    "a month of the run after the first wave, from " + month_text(s.calendar, wave) + " to " +
                        month_text(s.calendar, s.months - 1));
    else t.months = static_cast<unsigned>(ended - wave);
}

/// The published row with an id, or null.
const nlohmann::json* row_of(const nlohmann::json& all, const std::string& id) {
    for (const auto& row : all.is_array() ? all : all.at("targets"))
        if (row.at("id") == id) return &row;
    return nullptr;
}

void read_target(const Node& node, const std::string& path, ObjectReader& r, const nlohmann::json& published,
                 const std::string& targets_file, const Study& study, CalibrationProblem& out) {
    ObjectReader one(node, path, r.document(), r.problems());
    CalibrationTarget t;
    std::int64_t part = -1;
    one.text("id", t.id, true);
    one.whole("part", 0, 20, part);
    one.text("observe", t.observe, true);
    one.text("group", t.group);
    read_date(one, path, study, out, t);
    std::string reading;
    one.text("reading", reading);
    bool middle = false;
    one(Choice{"middle", "", ""}, middle);
    one(Choice{"at_least", "", ""}, t.at_least);
    double counted = not_available;  // what a figure in words comes to
    std::string unit;
    one(Field{"counted", "", 0, 1e9, "", "", 0, Use::input}, counted);
    one.text("unit", unit);
    one(Field{"rounding", "", 0, 1e9, "", "", 0, Use::input}, t.rounding);
    one(Field{"discrepancy", "", 0, 1e9, "", "", 0, Use::input}, t.discrepancy);
    one.finish();
    const nlohmann::json* row = row_of(published, t.id);
    if (row == nullptr) {
        std::vector<std::string> ids;
        for (const auto& p : published.is_array() ? published : published.at("targets")) ids.push_back(p.at("id"));
        if (!t.id.empty())
            one.problem(node.place, "unknown target \"" + t.id + "\"", path + "/id", "an id of " + targets_file,
                        nearest_word(t.id, ids));
        return;
    }
    const std::string use = row->at("use");
    t.held_out = use == "hold out";
    for (const Item& item : study.framework.items)
        t.in_start |= t.held_out && item.source.find(t.id) != std::string::npos;
    t.quantity = row->at("quantity");
    t.group_named = row->at("group");
    t.unit = unit.empty() ? row->at("unit").get<std::string>() : unit;
    if (use != "calibrate" && !t.held_out)
        one.problem(node.place, "target \"" + t.id + "\" is marked \"" + use + "\"", path + "/id",
                    "a target marked \"calibrate\" or \"hold out\"");
    nlohmann::json value = row->at("value");
    const bool in_words = value.is_string();
    if (!std::isnan(counted) && !in_words)
        one.problem(node.place, "target \"" + t.id + "\" is published as a number", path + "/counted",
                    "\"counted\" for figures in words alone");
    if (!t.held_out && (t.at_least || !std::isnan(counted)))
        one.problem(node.place, "target \"" + t.id + "\" is to be fitted", path,
                    "\"counted\" and \"at_least\" for held-out figures alone");
    if (in_words && !std::isnan(counted)) value = counted;
    if (row->at("se").is_number()) t.published_error = row->at("se").get<double>();
    else if (std::isnan(counted))
        one.problem(node.place, "target \"" + t.id + "\" has no standard error", path + "/id",
                    "a target with a standard error in " + targets_file);
    if (middle && value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number())
        value = 0.5 * (value[0].get<double>() + value[1].get<double>());
    if (value.is_array())
        value = part >= 0 && static_cast<std::size_t>(part) < value.size() ? value[static_cast<std::size_t>(part)]
                                                                           : nlohmann::json();
    if (!value.is_number())
        one.problem(node.place, "target \"" + t.id + "\" has no single value", path + "/part",
                    "the number of one of its values, from 0");
    else t.value = value.get<double>();
    if (part >= 0) t.id += "/" + std::to_string(part + 1);
    if (!reading.empty()) t.id += " (" + reading + ")";
    if (!t.observe.empty() && !can_observe(t.observe, t.group, study.framework))
        one.problem(
            node.place, "\"" + t.observe + "\" of \"" + t.group + "\" is nothing the simulator shows",
            path + "/observe",
            "mean, gain, sd, over_half, share_b1 to share_b8, item_ID, item_gain_ID with a group, or an estimator (docs/calibration.md)");
    for (const CalibrationTarget& other : out.targets)
        if (other.id == t.id)
            one.problem(node.place, "target \"" + t.id + "\" stands twice", path + "/id", "each target once");
    out.targets.push_back(std::move(t));
}

/// Two figures for the same thing that no model can meet together.
void check_contradictions(ObjectReader& r, const CalibrationProblem& p) {
    for (std::size_t a = 0; a < p.targets.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const auto &x = p.targets[a], &y = p.targets[b];
            if (x.held_out || y.held_out || x.observe != y.observe || x.group != y.group || x.months != y.months)
                continue;
            const double sd = std::sqrt(x.own_variance() + y.own_variance() + x.published_error * x.published_error +
                                        y.published_error * y.published_error);
            if (std::fabs(x.value - y.value) > 4 * sd)
                r.problem(r.node().place, "targets \"" + y.id + "\" and \"" + x.id + "\" contradict one another",
                          "/targets", "values of the same quantity within four standard errors");
        }
}

}  // namespace

namespace {

/// What read_target takes for granted of every published figure.
Problems check_targets(const Document& d) {
    Problems out;
    const auto problem = [&](const Node& at, std::string headline, std::string path, std::string expected) {
        Problem p;
        p.file = d.file;
        p.line = at.place.line;
        p.column = at.place.column;
        p.length = at.place.length;
        p.headline = std::move(headline);
        p.path = std::move(path);
        p.expected = std::move(expected);
        out.push_back(std::move(p));
    };
    const bool wrapped = d.root.kind == Node::Kind::object;
    const Node* list = wrapped ? d.root.find("targets") : &d.root;
    if (list == nullptr || list->kind != Node::Kind::list) {
        problem(list == nullptr ? d.root : *list,
                shown(list == nullptr ? d.root : *list) + " where published figures belong", wrapped ? "/targets" : "/",
                "a list of targets, or an object with \"targets\"");
        return out;
    }
    using Kind = Node::Kind;
    for (std::size_t i = 0; i < list->list.size(); ++i) {
        const Node& row = list->list[i];
        const std::string path = (wrapped ? "/targets/" : "/") + std::to_string(i);
        const auto check = [&](const char* key, std::initializer_list<Kind> kinds, const char* expected) {
            const Node* found = row.find(key);
            if (found == nullptr) problem(row, "\"" + std::string(key) + "\" is missing", path, expected);
            else if (std::find(kinds.begin(), kinds.end(), found->kind) == kinds.end())
                problem(*found, shown(*found) + " where " + expected + " belongs", path + "/" + key, expected);
        };
        for (const char* key : {"id", "quantity", "group", "unit", "use"}) check(key, {Kind::text}, "text");
        check("value", {Kind::number, Kind::list, Kind::text}, "a number, a list of numbers, or words");
        check("se", {Kind::number, Kind::null}, "a number or null");
    }
    return out;
}

}  // namespace

unsigned first_wave_of(const Study& study, const std::string& plan) {
    unsigned first = 0xffff;
    for (const Plan& p : study.scenario.plans)
        if (p.name == plan)
            for (const Wave& wave : p.waves)
                if (wave.joins()) first = std::min<unsigned>(first, wave.month);
    return first == 0xffff ? 0 : first;
}

CalibrationRead read_calibration(const std::string& file, const std::string& text, const std::string& targets_file,
                                 const std::string& targets_text, Study& study) {
    CalibrationRead out;
    CalibrationProblem& c = out.problem;
    const Document document = parse_document(file, text);
    const Document targets = parse_document(targets_file, targets_text);
    const Problems of_targets = targets.problems.empty() ? check_targets(targets) : targets.problems;
    if (!of_targets.empty()) out.report += report_of(of_targets, targets_text, "Nothing was calibrated.");
    if (!document.problems.empty()) out.report += report_of(document.problems, text, "Nothing was calibrated.");
    if (!out.report.empty()) return out;
    Problems problems;
    ObjectReader r(document.root, "", document, problems);
    std::string schema, note;
    r.text("note", note);
    std::int64_t version = 1, months = 11, seed = 1, runs = 4096, waves = 3, draws = 500, check = 16;
    r.whole("schema_version", 1, 1, version);
    r.text("plan", c.plan, true);
    r.whole("months", 1, 60, months);
    r.whole("seed", 0, 4294967295.0, seed);
    r.whole("wave_runs", 64, 65536, runs);
    r.whole("waves", 1, 8, waves);
    r.whole("draws", 50, 10000, draws);
    r.whole("check_replicates", 2, 256, check);
    c.months = static_cast<unsigned>(months);
    c.seed = static_cast<std::uint64_t>(seed);
    c.wave_runs = static_cast<unsigned>(runs);
    c.waves = static_cast<unsigned>(waves);
    c.draws = static_cast<unsigned>(draws);
    c.check_replicates = static_cast<unsigned>(check);
    read_parameters(r, study, c);
    if (const Node* list = r.take("targets", true);
        list != nullptr && r.is(*list, Node::Kind::list, "targets", "a list of targets")) {
        const auto published = nlohmann::json::parse(targets_text);
        for (std::size_t i = 0; i < list->list.size(); ++i)
            read_target(list->list[i], "/targets/" + std::to_string(i), r, published, targets_file, study, c);
    }
    bool found = false;
    for (const Plan& plan : study.scenario.plans) found |= plan.name == c.plan;
    if (!found && !c.plan.empty())
        r.problem(document.root.place, "unknown plan \"" + c.plan + "\"", "/plan",
                  "the name of a plan of the scenario");
    std::stable_partition(c.targets.begin(), c.targets.end(), [](const CalibrationTarget& t) { return !t.held_out; });
    for (const CalibrationTarget& t : c.targets) c.fitted += !t.held_out;
    if (problems.empty()) check_contradictions(r, c);
    if (problems.empty() && c.fitted == 0)
        r.problem(document.root.place, "no target to fit", "/targets", "at least one target marked \"calibrate\"");
    r.finish();
    if (!problems.empty()) out.report = report_of(problems, text, "Nothing was calibrated.");
    return out;
}

}  // namespace hubs
